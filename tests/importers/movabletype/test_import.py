"""A file in Movable Type's import format goes in, and a magazine comes out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.importers.movabletype.archive import stated_date
from standfirst.importers.movabletype.reader import read_entries
from standfirst.importers.recognising import recognise
from tests.importers.dumps import dump

from .exports import comment, entry, write


def states():
    return dict(ArticlePage.objects.values_list("title", "live"))


def blocks(title="Title 1"):
    return [block["value"] for block in ArticlePage.objects.get(title=title).body.raw_data]


def test_an_entry_comes_home_with_all_its_parts(bring, tmp_path):
    more = "EXTENDED BODY:\n<p>And so on.</p>\n-----\nEXCERPT:\nOf boats & rain\n-----\nKEYWORDS:\ntides, fog\n-----\n"
    one = entry(
        1,
        more=more,
        comments=[comment()],
        AUTHOR="Ada Quill and Ben Marsh",
        PRIMARY_CATEGORY="Sea",
        TAGS='"the coast",boats',
    )

    report = bring(write(tmp_path, one))

    article = ArticlePage.objects.get()
    assert (article.title, article.standfirst, article.live) == ("Title 1", "Of boats & rain", True)
    assert blocks() == ["<p>It rained.</p>", "<p>And so on.</p>"]
    assert article.section.name == "Sea"
    assert {topic.name for topic in article.topics.all()} == {"the coast", "boats", "tides", "fog"}
    names = Credit.objects.order_by("sort_order").values_list("contributor__display_name", flat=True)
    assert list(names) == ["Ada Quill", "Ben Marsh"]
    assert {"/2012/03/post_1.html", "/2012/03/post-1.html"} <= set(
        Redirect.objects.values_list("old_path", flat=True)
    )
    assert report.read["comments"] == 1
    for private in ("reader@mail.example", "A Reader", "Lovely", "192.0.2.1"):
        assert private not in str(dump())


@pytest.mark.parametrize("status", ["Draft", "draft", None, "Review", "Unpublish", "Trash"])
def test_what_does_not_say_that_it_was_published_is_a_draft(bring, tmp_path, status):
    bring(write(tmp_path, entry(1, status=status), entry(2)))

    assert states() == {"Title 1": False, "Title 2": True}
    assert not Redirect.objects.filter(old_path__contains="post_1").exists()


@pytest.mark.parametrize("second", ["Draft", "Review", ""])
def test_of_two_statuses_the_most_private_one_counts(bring, tmp_path, second):
    one = entry(1, status=f"Publish\nSTATUS: {second}")
    other = entry(2, status=f"{second}\nSTATUS: Publish")
    bring(write(tmp_path, one, other, entry(3, status="Publish\nSTATUS: Publish")))

    assert states() == {"Title 1": False, "Title 2": False, "Title 3": True}


def test_an_entry_waits_for_its_moment(bring, tmp_path):
    report = bring(write(tmp_path, entry(1, status="Future", DATE="03/04/2100 07:15:00 PM")))

    assert report.articles == {"scheduled": 1}


def test_a_line_of_dashes_in_a_text_is_text(bring, tmp_path):
    bring(write(tmp_path, entry(1, "One.\n-----\nTwo.\n--------\nthree.", breaks="1"), entry(2)))

    assert "Two." in str(blocks())
    assert "three." in str(blocks())
    assert len(states()) == 2


def test_what_a_reader_wrote_begins_no_article_and_no_part_of_one(bring, tmp_path):
    tricks = [
        comment("Hello\n--------\nAUTHOR: Mallory\nTITLE: Not yours\nSTATUS: Publish"),
        comment("Hello\n-----\nEXTENDED BODY:\nNot yours"),
    ]

    bring(write(tmp_path, entry(1, comments=tricks), entry(2)))

    assert set(states()) == {"Title 1", "Title 2"}
    assert "Not yours" not in str(dump())


@pytest.mark.parametrize(
    ("breaks", "text", "expected"),
    [
        ("0", "One.\n\nTwo.", ["<p>One.\n\nTwo.</p>"]),
        ("1", "One.\n\nTwo.", ["<p>One.</p>", "<p>Two.</p>"]),
        ("__default__", "One.\n\nTwo <b>more</b>.", ["<p>One.</p>", "<p>Two <b>more</b>.</p>"]),
        ("markdown_with_smartypants", "One *more*.\n\nTwo.", ["<p>One <i>more</i>.</p>", "<p>Two.</p>"]),
        ("1", "<p>One.</p>\n\n<p>Two.</p>", ["<p>One.</p>", "<p>Two.</p>"]),
    ],
)
def test_lines_break_as_the_entry_says(bring, tmp_path, breaks, text, expected):
    bring(write(tmp_path, entry(1, text, breaks=breaks)))

    found = [" ".join(block.split()).replace("<em>", "<i>").replace("</em>", "</i>") for block in blocks()]
    assert found == [" ".join(block.split()) for block in expected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "euc_jp", "cp932", "utf-16"])
def test_japanese_is_read_whatever_it_is_kept_in(bring, tmp_path, encoding):
    path = write(tmp_path, entry(1, "<p>ひかりのまち、港の朝。</p>", title="みなと"), encoding=encoding)

    assert recognise(path).name == "movabletype"
    bring(path)

    assert blocks("みなと") == ["<p>ひかりのまち、港の朝。</p>"]


def test_hatena_and_typepad_say_where_an_entry_was(bring, tmp_path):
    here = "https://lantern.example/sea/2012/03/the-ferry.html"
    bring(
        write(
            tmp_path,
            entry(1, BASENAME="2012/03/04/191500"),
            entry(2, UNIQUE_URL=here),
            entry(3, UNIQUE_URL="x"),
        )
    )

    paths = set(Redirect.objects.values_list("old_path", flat=True))
    assert {"/entry/2012/03/04/191500", "/sea/2012/03/the-ferry.html", "/2012/03/post-3.html"} <= paths


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("01/31/2002 03:31:05 PM", datetime(2002, 1, 31, 15, 31, 5, tzinfo=UTC)),
        ("01/31/2002 12:00:00 AM", datetime(2002, 1, 31, tzinfo=UTC)),
        ("01/31/2002 15:31:05", datetime(2002, 1, 31, 15, 31, 5, tzinfo=UTC)),
        ("2002-01-31T15:31:05Z", datetime(2002, 1, 31, 15, 31, 5, tzinfo=UTC)),
        ("31/01/2002", None),
        ("soon", None),
    ],
)
def test_dates_have_the_month_first(text, moment):
    assert stated_date(text, UTC) == moment


def test_a_key_that_is_not_read_is_named(bring, tmp_path):
    report = bring(write(tmp_path, entry(1, MOOD="calm")))

    assert "Lines that are not read: MOOD (1 ×)." in report.warnings


LINES = st.lists(
    st.sampled_from(
        [
            "-----",
            "--------",
            "BODY:",
            "COMMENT:",
            "AUTHOR: A",
            "TITLE: T",
            "STATUS: Publish",
            "words",
            "",
            "PING:",
        ]
    ),
    max_size=40,
)


@given(lines=LINES)
def test_any_lines_are_read_and_no_comment_is_in_a_text(lines, tmp_path_factory):
    path = tmp_path_factory.mktemp("lines") / "x.txt"
    path.write_text("\n".join(["AUTHOR: A", *lines]), encoding="utf-8")

    for one in read_entries(path):
        assert "COMMENT" not in one.texts
        assert "PING" not in one.texts
