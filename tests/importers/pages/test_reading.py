"""What a page is, and what it says of itself."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from standfirst.importers.pages.listings import claim_in
from standfirst.importers.pages.profiles import name_in_heading
from standfirst.importers.pages.reading import read_page
from standfirst.importers.pages.records import Kind
from standfirst.importers.reading.documents import Unreadable, decode, read_document
from standfirst.importers.reading.moments import printed_date, stated_moment

from .site import TEXT, article, author_page, ld, page

LONDON = ZoneInfo("Europe/London")


def read(content, address="/2014/03/ferry/", host="lantern.example"):
    base = f"http://{host}{address}"
    return read_page(
        read_document(content.encode()),
        file="f.html",
        base=base,
        file_address=base,
        zone=LONDON,
        is_own=lambda url: host in url,
    )


KINDS = [
    (article(), "/2014/03/ferry/", Kind.ARTICLE),
    (
        page(head=ld({"@type": "NewsArticle", "headline": "The Ferry", "author": "Ada"})),
        "/ferry.html",
        Kind.ARTICLE,
    ),
    (
        page('<div class="h-entry"><h1 class="p-name">The Ferry</h1><div class="e-content">x</div></div>'),
        "/f",
        Kind.ARTICLE,
    ),
    (page(f"<article><h1>The Ferry</h1><p>By Ada Quill</p><p>{TEXT}</p></article>"), "/ferry", Kind.ARTICLE),
    (page("<h1>Ada</h1>", head='<meta property="og:type" content="profile">'), "/ada", Kind.AUTHOR),
    (author_page("Articles by Ada Quill", []), "/author/ada-quill/", Kind.AUTHOR),
    (page("<h1>Ada Quill</h1>"), "/autoren/ada-quill/", Kind.AUTHOR),
    (article(head=ld({"@type": "Article", "headline": "The Ferry"})), "/author/of-our-times/", Kind.ARTICLE),
    (page("<h1>The Lantern</h1>"), "/", Kind.LISTING),
    (page("<h1>Tag: rivers</h1>"), "/tag/rivers/", Kind.LISTING),
    (page('<div class="hentry"><b class="entry-title">1</b></div>' * 3), "/news/", Kind.LISTING),
    (page("<h1>Page not found</h1>", title="404 Not Found"), "/gone", Kind.OTHER),
    (page("<h1>About us</h1>", head=ld({"@type": "AboutPage"})), "/about/", Kind.TEXT),
    (page("<h1>Something</h1><p>Else</p>"), "/something", Kind.OTHER),
]


@pytest.mark.parametrize(("content", "address", "kind"), KINDS)
def test_a_page_is_what_it_says_or_where_it_lies(content, address, kind):
    found = read(content, address)

    assert found.kind is kind
    assert found.why


CLAIMS = [
    ("22 Articles by Ivo Larch", 22),
    ("1 Article by: Percy Thorne", 1),
    ("1,024 stories", 1024),
    ("Articles (22)", 22),
    ("Articles by Ivo Larch (22)", 22),
    ("See all 22", 22),
    ("View all 22 posts", 22),
    ("Showing 1–10 of 22", 22),
    ("No articles yet by: Nadia Rahimi", 0),
    ("22 Beiträge", 22),
    ("Posts: 22", 22),
    ("22 篇", 22),
    ("Ivo Larch", None),
    ("4 March 2014", None),
    ("2014 articles", None),
    ("5 min read", None),
    ("12 comments", None),
]


@pytest.mark.parametrize(("text", "number"), CLAIMS)
def test_a_heading_claims_a_number_of_articles_or_none(text, number):
    assert claim_in(text) == number


@pytest.mark.parametrize(
    "heading",
    [
        "22 Articles by: Ivo Larch",
        "Articles by Ivo Larch",
        "Author: Ivo Larch",
        "All posts by Ivo Larch",
        "Ivo Larch, Author at The Lantern",
        "Ivo Larch’s articles",
        "No articles yet by: Ivo Larch",
        "Ivo Larch | The Lantern",
        "About Ivo Larch",
    ],
)
def test_the_name_is_found_in_the_heading_of_an_author_page(heading):
    assert name_in_heading(heading, "The Lantern") == "Ivo Larch"


MOMENTS = [
    ("2014-03-04T09:00:00Z", datetime(2014, 3, 4, 9, tzinfo=UTC)),
    ("2014-03-04T09:00:00+0100", datetime(2014, 3, 4, 8, tzinfo=UTC)),
    ("2014-03-04 09:00:00.000000", datetime(2014, 3, 4, 9, tzinfo=UTC)),
    ("2014-07-04T09:00", datetime(2014, 7, 4, 8, tzinfo=UTC)),
    ("2014-07-04", datetime(2014, 7, 3, 23, tzinfo=UTC)),
    ("Tue, 04 Mar 2014 09:00:00 GMT", datetime(2014, 3, 4, 9, tzinfo=UTC)),
    ("20140304", datetime(2014, 3, 4, tzinfo=UTC)),
    ("2014-02-31", None),
    ("0000-00-00", None),
    ("soon", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "moment"), MOMENTS)
def test_a_moment_is_read_as_it_is_stated(text, moment):
    assert stated_moment(text, LONDON) == moment


def test_a_printed_date_is_taken_only_if_it_means_one_day():
    assert printed_date("4 March 2014", "en", LONDON) == datetime(2014, 3, 4, tzinfo=UTC)
    assert printed_date("12. März 2014", "de", LONDON) == datetime(2014, 3, 12, tzinfo=UTC)
    assert printed_date("03/04/2014", "en", LONDON) is None
    assert printed_date("March 2014", "en", LONDON) is None


def test_letters_are_read_by_what_declares_them_or_as_windows_wrote_them():
    assert decode("Zoë".encode()) == "Zoë"
    assert decode("\ufeffZoë".encode("utf-16-le")) == "Zoë"
    assert decode(b'<meta charset="iso-8859-1">\x93Zo\xeb\x94') == '<meta charset="iso-8859-1">“Zoë”'
    assert decode(
        '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">Ада'.encode("koi8-r")
    ).endswith("Ада")
    assert decode("<meta charset=utf-8>Zoë ".encode() + b"\x93") == "<meta charset=utf-8>Zoë “"


def test_no_page_is_too_deep_and_none_too_large():
    deep = read_document(b"<div>" * 1500 + b"word" + b"</div>" * 1500).root

    assert "".join(deep.itertext()).strip() == "word"
    assert max(sum(1 for _ in node.iterancestors()) for node in deep.iter()) < 120
    with pytest.raises(Unreadable):
        read_document(b"<p>" + b"x" * 13_000_000)


def test_a_browsers_own_note_says_where_a_page_was():
    found = read(
        "<!-- saved from url=(0042)http://lantern.example/2014/03/the-ferry/ -->" + article(),
        "/The Ferry.html",
    )

    assert found.address == "http://lantern.example/2014/03/the-ferry/"


def test_what_readers_saw_is_the_headline_and_the_rest_is_where_pages_keep_it():
    head = ld(
        {
            "@type": "NewsArticle",
            "headline": "Ferry news, cheap ferries",
            "articleSection": ["Rivers"],
            "keywords": "Floods, Ferries",
            "dateModified": "2014-03-05T09:00:00Z",
            "image": {"@type": "ImageObject", "url": "/dawn.jpg"},
            "inLanguage": "en-GB",
        }
    )

    found = read(article(byline='<p class="standfirst">It was a good year for ferries.</p>', head=head))

    assert found.headline == "The Ferry"
    assert found.standfirst == "It was a good year for ferries."
    assert found.published == datetime(2014, 3, 4, 9, tzinfo=UTC)
    assert found.updated == datetime(2014, 3, 5, 9, tzinfo=UTC)
    assert [shelf.name for shelf in found.sections] == ["Rivers"]
    assert [shelf.name for shelf in found.tags] == ["Floods", "Ferries"]
    assert found.image == "http://lantern.example/dawn.jpg"


def test_places_that_state_different_days_are_told():
    found = read(
        article(head=ld({"@type": "NewsArticle", "headline": "The Ferry", "datePublished": "2011-01-01"}))
    )

    assert "2011-01-01" in found.dates_differ
    assert "2014-03-04" in found.dates_differ
