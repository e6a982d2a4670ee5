"""Articles in NITF go in, and a magazine comes out."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.importers.errors import ImportRefused
from standfirst.importers.nitf.archive import NitfArchive
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.records import DraftArticle
from standfirst.importers.recognising import recognise
from tests.importers.blogger.backups import zipped
from tests.importers.dumps import dump

from .documents import article, write


def states():
    return dict(ArticlePage.objects.values_list("title", "live"))


def blocks():
    return [(block["type"], block["value"]) for block in ArticlePage.objects.get().body.raw_data]


def test_an_article_comes_home_with_all_that_is_beside_its_text(bring, tmp_path):
    byline = "<byline>By <person>Ada Quill</person> and <person>Ben Marsh</person><byttl>Staff writers</byttl></byline>"
    head = "<hl2>A boat and a quarrel</hl2><dateline><location>NORTH HARBOUR</location></dateline>"
    docdata = '<key-list><keyword key="ferries"/></key-list><urgency ed-urg="4"/>'

    report = bring(
        write(
            tmp_path,
            article(1, byline=byline, head=head, docdata=docdata, end="<tagline>He sails.</tagline>"),
        )
    )

    page = ArticlePage.objects.get()
    assert (page.title, page.standfirst, page.section.name) == ("Title 1", "A boat and a quarrel", "News")
    assert [topic.name for topic in page.topics.all()] == ["ferries"]
    assert page.first_published_at == datetime(2019, 3, 4, 19, 15, tzinfo=UTC)
    assert blocks() == [("paragraph", "<p>NORTH HARBOUR — It rained.</p>"), ("paragraph", "<p>He sails.</p>")]
    credits = Credit.objects.order_by("sort_order").values_list("contributor__display_name", "printed_note")
    assert list(credits) == [("Ada Quill", "Staff writers"), ("Ben Marsh", "Staff writers")]
    assert any("urgency (1 ×, as “4”)" in warning for warning in report.warnings)


def test_a_picture_beside_the_article_comes_with_caption_and_photographer(bring, tmp_path):
    media = (
        '<media media-type="image"><media-reference source="small.jpg" width="100"/><media-reference source="boat.jpg" width="900"'
        ' alternate-text="A boat"/><media-caption><p>The boat.</p></media-caption><media-producer>Cleo Wren</media-producer></media>'
    )
    folder = write(tmp_path, article(1, f"<p>Look.</p>{media}"))
    Picture.new("RGB", (9, 8)).save(folder / "1" / "boat.jpg")

    report = bring(folder)

    (_, (kind, picture)) = blocks()
    assert (kind, picture["alt"], picture["credit"]) == ("image", "A boat", "Cleo Wren")
    assert "The boat." in picture["caption"]
    assert report.media["created"] == 1
    assert Credit.objects.get(contributor__display_name="Cleo Wren").role.code == "photographer"


@pytest.mark.parametrize(
    "kept",
    [
        article(1, status='management-status="embargoed"'),
        article(1, status='management-status="withheld"'),
        article(1, status='management-status="canceled"'),
        article(1, docdata='<date.expire norm="20190401T000000Z"/>'),
        article(1, released=""),
        f'<NewsML><NewsItem><Status FormalName="Withheld"/>{article(1).partition("?>")[2]}</NewsItem></NewsML>',
    ],
    ids=["embargoed", "withheld", "canceled", "expired", "no date", "withheld by its envelope"],
)
def test_what_may_not_be_used_is_a_draft(bring, tmp_path, kept):
    bring(write(tmp_path, kept, article(2)))

    assert states() == {"Title 1": False, "Title 2": True}


def test_an_embargo_is_kept(bring, tmp_path):
    report = bring(write(tmp_path, article(1, released="21000304T191500-0500")))

    assert report.articles == {"scheduled": 1}


def test_a_note_to_editors_is_no_text(bring, tmp_path):
    bring(
        write(
            tmp_path,
            article(
                1, "<p>It rained.</p><note><body.content><p>EDS: do not print.</p></body.content></note>"
            ),
        )
    )

    assert "do not print" not in str(dump())


def test_a_document_type_is_dropped_and_nothing_in_it_expands(bring, tmp_path):
    doctype = (
        '<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd" [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    )

    bring(write(tmp_path, article(1, "<p>It &amp; rained.</p>", doctype=doctype)))

    assert blocks() == [("paragraph", "<p>It &amp; rained.</p>")]


def test_one_broken_file_is_left_out_by_name_and_the_rest_come_in(bring, tmp_path):
    report = bring(write(tmp_path, article(1), article(2)[:-40], "<nitf>" + "<block>" * 2000))

    assert states() == {"Title 1": True}
    left = {record for group in report.left_out for record in group.records}
    assert left == {"2/2.xml", "3/3.xml"}


def test_it_is_recognised_as_file_folder_and_zip_archive(tmp_path):
    folder = write(tmp_path, article(1), article(2))

    for path in (folder, folder / "1" / "1.xml", zipped(folder)):
        assert recognise(path).name == "nitf"


def test_a_file_of_another_kind_is_none(bring, tmp_path):
    path = tmp_path / "x.xml"
    path.write_text("<other/>", encoding="utf-8")

    with pytest.raises(ImportRefused, match="holds no article in NITF"):
        bring(path, format="nitf")


TAGS = st.sampled_from(
    [
        "p",
        "block",
        "bq",
        "ul",
        "li",
        "em",
        "person",
        "a",
        "fn",
        "hl2",
        "pre",
        "q",
        "chron",
    ]
)
TREES = st.recursive(
    st.integers(100, 999).map(lambda number: f"w{number}x "),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)


@given(text=TREES)
def test_no_word_of_a_text_is_lost(text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nitf")
    archive = NitfArchive(
        write(folder, article(1, text)), Opening(zone=UTC, now=datetime(2026, 1, 1, tzinfo=UTC))
    )

    (draft,) = (item for item in archive.drafts(processes=1) if isinstance(item, DraftArticle))
    assert sorted(re.findall(r"w\d+x", " ".join(draft.words))) == sorted(re.findall(r"w\d+x", text))
