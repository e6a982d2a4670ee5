"""Articles in JATS go in, and a magazine comes out."""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.importers.jats.archive import JatsArchive
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.records import DraftArticle
from standfirst.importers.recognising import recognise
from tests.importers.blogger.backups import zipped
from tests.importers.dumps import dump

from .documents import DATE, article, person, write

ORCID = "0000-0002-1825-0097"


def blocks():
    return [(block["type"], block["value"]) for block in ArticlePage.objects.get().body.raw_data]


def test_an_article_comes_home_with_its_people_and_their_identifiers(bring, tmp_path):
    people = (
        person(orcid=ORCID) + '<contrib contrib-type="author"><collab>The Harbour Group</collab></contrib>'
    )
    people += person("Ben", "Marsh", role="editor")
    meta = "<abstract><title>Abstract</title><p>A boat and a quarrel.</p></abstract><kwd-group><kwd>tides</kwd></kwd-group>"

    report = bring(write(tmp_path, article(1, people=people, meta=meta)))

    page = ArticlePage.objects.get()
    assert (page.title, page.standfirst, page.live) == ("Title 1", "A boat and a quarrel.", True)
    assert page.first_published_at.date() == datetime(2019, 3, 4, tzinfo=UTC).date()
    assert [topic.name for topic in page.topics.all()] == ["tides"]
    credits = Credit.objects.order_by("sort_order").values_list(
        "contributor__display_name", "role__code", "contributor__kind"
    )
    assert list(credits) == [
        ("Ada Quill", "author", "person"),
        ("The Harbour Group", "author", "organisation"),
        ("Ben Marsh", "editor", "person"),
    ]
    assert Contributor.objects.get(display_name="Ada Quill").authority_ids.get().value == ORCID
    assert report.source == "The Lantern"
    assert "mail.example" not in str(dump())


def test_two_of_one_name_with_two_identifiers_are_two(bring, tmp_path):
    other = "0000-0001-5109-3700"

    bring(write(tmp_path, article(1, people=person(orcid=ORCID)), article(2, people=person(orcid=other))))

    assert Contributor.objects.filter(display_name="Ada Quill").count() == 2


def test_sections_lists_figures_notes_and_references_are_what_they_are(bring, tmp_path):
    body = (
        '<sec><title>Tides</title><p>High<xref ref-type="fn" rid="n1">1</xref> and <italic>low</italic>.</p><sec><title>Neap</title>'
        '<list list-type="order"><list-item><p>One</p></list-item></list></sec></sec><fig><label>Figure 1.</label><caption><p>The boat.</p>'
        '</caption><graphic xlink:href="boat.jpg"/></fig><p>Read <ext-link xlink:href="https://tides.example/">more</ext-link>.</p>'
    )
    back = (
        '<fn-group><fn id="n1"><p>At noon.</p></fn></fn-group><ref-list><ref><mixed-citation>Penn D. On Tides. 1999.</mixed-citation>'
        "</ref></ref-list>"
    )

    bring(write(tmp_path, article(1, body, back=back)))

    found = blocks()
    headings = [value["text"] for kind, value in found if kind == "heading"]
    assert headings == ["Tides", "Neap", "References"]
    assert [kind for kind, _ in found if kind != "heading"] == [
        "paragraph",
        "list",
        "unknown",
        "paragraph",
        "list",
        "footnotes",
    ]
    text = str(found)
    for words in (
        "<i>low</i>",
        "https://tides.example/",
        "Figure 1.",
        "The boat.",
        "Penn D. On Tides. 1999.",
        "At noon.",
    ):
        assert words in text


def test_a_date_that_is_a_month_is_its_first_day_and_none_makes_a_draft(bring, tmp_path):
    month = '<pub-date pub-type="ppub"><month>3</month><year>2019</year></pub-date>'

    report = bring(write(tmp_path, article(1, date=month), article(2, date="")))

    assert dict(ArticlePage.objects.values_list("title", "live")) == {"Title 1": True, "Title 2": False}
    assert "have a date without its day, so the first one was taken" in {note.reason for note in report.notes}


def test_an_embargo_to_come_makes_a_draft_and_one_that_is_over_does_not(bring, tmp_path):
    embargo = '<pub-date date-type="embargo"><year>{}</year></pub-date>'
    received = (
        '<history><date date-type="embargo"><day>1</day><month>2</month><year>2131</year></date></history>'
    )

    report = bring(
        write(
            tmp_path,
            article(1, date=DATE + embargo.format(2131)),
            article(2, date=DATE + embargo.format(2020)),
            article(3, meta=received),
        )
    )

    assert dict(ArticlePage.objects.values_list("title", "live")) == {
        "Title 1": False,
        "Title 2": True,
        "Title 3": False,
    }
    assert "had an embargo (“embargo”), so they are drafts here" in {note.reason for note in report.notes}


def test_one_broken_file_is_left_out_by_name(bring, tmp_path):
    report = bring(write(tmp_path, article(1), article(2)[:-30]))

    assert [article.title for article in ArticlePage.objects.all()] == ["Title 1"]
    assert {record for group in report.left_out for record in group.records} == {"2.xml"}


def test_it_is_recognised_for_all_its_document_type(tmp_path):
    folder = write(tmp_path, article(1))

    for path in (folder, folder / "1.xml", zipped(folder)):
        assert recognise(path).name == "jats"


TAGS = st.sampled_from(
    [
        "p",
        "sec",
        "title",
        "list",
        "list-item",
        "bold",
        "disp-quote",
        "boxed-text",
        "fig",
        "caption",
        "xref",
        "named-content",
        "def-list",
        "table-wrap",
        "ref-list",
        "fn-group",
        "fn",
    ]
)
# A picture may stand wherever words do.
PICTURE = '<graphic xlink:href="boat.jpg"/>'
TREES = st.recursive(
    st.integers(100, 999).map(lambda number: f"w{number}x ") | st.just(PICTURE),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)


@given(text=TREES)
def test_no_word_of_a_text_is_lost(text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("jats")
    archive = JatsArchive(
        write(folder, article(1, text)), Opening(zone=UTC, now=datetime(2026, 1, 1, tzinfo=UTC))
    )

    (draft,) = (item for item in archive.drafts(processes=1) if isinstance(item, DraftArticle))
    assert sorted(re.findall(r"w\d+x", " ".join(draft.words))) == sorted(re.findall(r"w\d+x", text))
