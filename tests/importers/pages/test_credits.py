"""Whom a page credits, from all the places that say so."""

import pytest

from standfirst.bylines.reading import Byline, learn
from standfirst.importers.pages.credits import CreditReader
from standfirst.importers.pages.reading import read_page
from standfirst.importers.reading.documents import read_document

from .site import article, ld
from .test_reading import LONDON


def decide(byline="", head="", **known):
    base = "http://lantern.example/ferry/"
    document = read_document(article(byline=byline, head=head).encode())
    found = read_page(document, file="f", base=base, file_address=base, zone=LONDON, is_own=lambda url: True)
    return CreditReader("The Lantern", **known).decide(found.named, "en")


def author(*names, **more):
    people = [{"@type": "Person", "name": name} for name in names]
    return ld({"@type": "NewsArticle", "headline": "The Ferry", "author": people} | more)


def credits(decision):
    return [(entry.raw, entry.role) for entry in decision.entries]


AGREE = [
    ('<p class="byline">By Ada Quill</p>', author("Ada Quill")),
    ('<p class="byline">By Ada Quill</p>', '<meta name="author" content="Ada Quill">'),
    ('<p>By <a href="/author/ada/" rel="author">Ada Quill</a></p>', ""),
    ("<p>By Ada Quill</p>", ""),
    ("", '<meta name="dc.creator" content="Ada Quill">'),
    ('<span class="h-entry"><b class="p-author h-card">Ada Quill</b></span>', ""),
    ('<span itemprop="author">Ada Quill</span>', ""),
    ('<span class="author-name">Ada Quill</span>', author("admin")),
    ('<p class="byline">By Ada Quill</p>', '<meta name="author" content="The Lantern">'),
    ("", author("Ada Quill", creator="Ada Quill")),
]


@pytest.mark.parametrize(("byline", "head"), AGREE)
def test_one_author_is_credited_once_wherever_they_are_named(byline, head):
    decision = decide(byline, head)

    assert credits(decision) == [("Ada Quill", "author")]
    assert decision.doubts == ()


def test_the_places_that_agree_are_all_named():
    decision = decide(
        '<p class="byline">By <a rel="author" href="/author/ada/">Ada Quill</a></p>', author("Ada Quill")
    )

    assert decision.evidence == ("visible byline, JSON-LD, rel=author",)


def test_the_fuller_place_is_believed():
    decision = decide('<p class="byline">By Ada Quill and Ben Marsh</p>', author("Ada Quill"))

    assert credits(decision) == [("Ada Quill", "author"), ("Ben Marsh", "author")]
    assert decision.doubts == ()


def test_what_readers_saw_says_who_did_what():
    decision = decide(
        '<p class="byline">By Ada Quill, photographs by Ben Marsh</p>',
        author("Ada Quill", contributor={"@type": "Person", "name": "Ben Marsh"}),
    )

    assert credits(decision) == [("Ada Quill", "author"), ("Ben Marsh", "photographer")]


def test_credits_at_the_foot_are_kept():
    decision = decide(
        "<dl><dt>Editor</dt><dd><a href='/author/cy/'>Cy Noon</a></dd></dl>", author("Ada Quill")
    )

    assert credits(decision) == [("Ada Quill", "author"), ("Cy Noon", "editor")]


def test_a_contradiction_is_asked_about_and_nobody_is_left_out_in_silence():
    decision = decide('<p class="byline">By Ben Marsh</p>', author("Ada Quill"))

    assert credits(decision) == [("Ada Quill", "author")]
    assert [doubt.reasons for doubt in decision.doubts] == [("places on the page name different people",)]
    assert "Ben Marsh" in decision.doubts[0].reading["places"]


def test_two_people_of_one_name_on_one_article_stay_two():
    byline = (
        '<p class="byline">By <a rel="author" href="/author/james-1/">James Marsh</a> and '
        '<a rel="author" href="/author/james-2/">James Marsh</a></p>'
    )

    decision = decide(byline, person_at=lambda url: url.rpartition("/author/")[2].strip("/"))

    assert [entry.person for entry in decision.entries] == ["james-1", "james-2"]


def test_an_author_who_is_only_an_address_has_the_name_of_the_page_there():
    decision = decide(
        head='<meta property="article:author" content="http://lantern.example/author/ada/">',
        name_at=lambda url: "Ada Quill" if "ada" in url else "",
    )

    assert credits(decision) == [("Ada Quill", "author")]


def test_an_organisation_signs_as_one():
    head = ld(
        {
            "@type": "NewsArticle",
            "headline": "The Ferry",
            "author": {"@type": "Organization", "name": "River Watch"},
        }
    )

    assert credits(decide(head=head)) == [("River Watch", "organisation")]


def test_authors_of_other_articles_on_the_page_are_not_its_own():
    teaser = '<aside class="related"><article><p class="byline">By Cy Noon</p></article></aside>'

    assert credits(decide('<p class="byline">By Ada Quill</p>' + teaser)) == [("Ada Quill", "author")]


@pytest.mark.parametrize("name", ["Reuters", "Editorial Team", "The Data Team"])
def test_who_is_no_person_is_credited_as_an_organisation(name):
    assert credits(decide(f'<p class="byline">By {name}</p>')) == [(name, "organisation")]


def test_what_the_other_pages_say_settles_a_byline():
    raws = ["Wrzz Quill", "Ada Marsh and Wrzz Quill"]
    archive = learn(Byline(f"By {raw}", "byline") for raw in raws)
    byline = '<p class="byline">By Wrzz Quill</p>'

    assert [doubt.raw for doubt in decide(byline).doubts] == ["By Wrzz Quill"]
    assert decide(byline, archive=archive).doubts == ()
