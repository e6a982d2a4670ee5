"""Pages that somebody wrote by hand, and say what they are in words and by position alone."""

from datetime import UTC, datetime

import pytest

from standfirst.importers.pages.handmade import common_name, date_in
from tests.importers.folders.sites import names, opened, site

WORDS = "<p>" + "For forty years the crossing was late, and nobody minded. " * 12 + "</p>"


def page(title: str, byline: str, foot: str = "") -> str:
    return (
        f"<html><head><title>{title} B #7</title></head><body><div class=wide><p><a href=x.html>&lt;-- prev</a></p>"
        f"<h1>{title}</h1>{byline}{WORDS}{foot}</div></body></html>"
    )


def test_issues_made_by_hand_come_home_with_their_people_and_dates(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "07/index.html": "<html><title>The Beacon : March 1999 (#7)</title><h2>March 1999</h2><ul>"
            "<li><a href=ferry.html>The Ferry</a><li><a href=storm.html>Storm</a></ul></html>",
            "07/ferry.html": page(
                "The Ferry", "<p class=byline>by <a href=../authors/quill.html>Ada Quill</a></p>"
            ),
            "07/storm.html": page(
                "Storm", "<p>By Ben Marsh</p>", "<p>Published in Issue 7 of The Beacon, 12 April 1999</p>"
            ),
            "authors/quill.html": "<html><title>The Beacon : Authors : Ada Quill</title><h1>Ada Quill</h1>"
            "<p>Ada Quill writes about the sea.</p><ul><li><a href=../07/ferry.html>The Ferry</a></ul></html>",
        },
    )

    archive = opened(folder)
    found = {draft.headline: draft for draft in archive.drafts(processes=1)}
    [ada] = [person for person in archive.contributors if person.display_name == "Ada Quill"]

    assert archive.site.title == "The Beacon"
    assert {
        name: (names(archive, draft), f"{draft.published_at:%Y-%m-%d}") for name, draft in found.items()
    } == {
        "The Ferry": ([("Ada Quill", "author")], "1999-03-01"),
        "Storm": ([("Ben Marsh", "author")], "1999-04-12"),
    }
    assert "writes about the sea" in ada.biography
    assert len(archive.conclusions) == 2
    assert not any(
        "prev" in str(block.value) or "By Ben" in str(block.value) for block in found["Storm"].body
    )


def test_pieces_of_pages_are_pages(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            f"{n}.html": f"<center><h2>Text {n}</h2><b>By Ada Quill</b></center>{WORDS}<i>Dated June 2001</i>"
            for n in "ab"
        },
    )

    archive = opened(folder)
    drafts = list(archive.drafts(processes=1))

    assert [(draft.headline, draft.published_at.year, names(archive, draft)) for draft in drafts] == [
        ("Text a", 2001, [("Ada Quill", "author")]),
        ("Text b", 2001, [("Ada Quill", "author")]),
    ]


@pytest.mark.parametrize("scope", ["", " itemscope", " itemscope itemtype='http://schema.org/Article'"])
def test_microdata_says_title_date_and_text_with_or_without_a_scope(tmp_path, scope):
    folder = site(
        tmp_path / "m",
        {
            f"{n}.html": f"<html><body><div{scope}><span itemprop=name>Text {n}</span><span itemprop=author>Ada Quill</span>"
            f"<time itemprop=datePublished datetime=2011-03-04>x</time><div itemprop=articleBody>{WORDS}</div></div>"
            "<p>Furniture of the page</p></body></html>"
            for n in "ab"
        },
    )

    archive = opened(folder)
    first = next(archive.drafts(processes=1))

    assert (first.headline, f"{first.published_at:%Y-%m-%d}") == ("Text a", "2011-03-04")
    assert names(archive, first) == [("Ada Quill", "author")]
    assert [block.type for block in first.body] == ["paragraph"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Published in Issue 7 of The Beacon, March 1999", (1999, 3, 1)),
        ("12 April 1999", (1999, 4, 12)),
        ("April 12th, 1999", (1999, 4, 12)),
        ("Issue 12, 1999", None),
        ("Copyright 1999", None),
    ],
)
def test_words_say_a_day_or_a_month_or_nothing(words, day):
    assert date_in(words, "en", UTC) == (datetime(*day, tzinfo=UTC) if day else None)


def test_what_titles_have_in_common_is_the_publication():
    assert common_name(["The Beacon : March", "The Beacon : Authors : Ada", "Storm"]) == "The Beacon"
    assert common_name(["One", "Two", "Three"]) == ""
