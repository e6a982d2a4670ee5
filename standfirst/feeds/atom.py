"""Atom: RFC 4287, with the archive of RFC 5005."""

from collections.abc import Iterable

from standfirst.bodies.feed_links import FEED_TYPES

from .rows import FeedDocument, FeedEntry, FeedPerson
from .xml import ATOM, HISTORY, Element, add, named, root, sound, written

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def write(document: FeedDocument) -> bytes:
    """The document as Atom: an author each, with an address, and whoever did something else a contributor each."""
    feed = root(named(ATOM, "feed"), {None: ATOM, "fh": HISTORY}, **{_LANGUAGE: document.language})
    add(feed, named(ATOM, "id"), document.id)
    add(feed, named(ATOM, "title"), document.title)
    if document.description:
        add(feed, named(ATOM, "subtitle"), document.description)
    add(feed, named(ATOM, "updated"), document.updated_at.isoformat(timespec="seconds"))
    # Whoever wrote what no entry's author is named for: an unsigned article is the magazine's.
    _people(feed, "author", [FeedPerson(document.publication, document.home)])
    add(feed, named(ATOM, "generator"), "Standfirst")
    add_links(feed, document, FEED_TYPES["atom"])
    add(feed, named(ATOM, "link"), rel="alternate", type="text/html", href=document.page)
    for entry in document.entries:
        _entry(add(feed, named(ATOM, "entry")), entry)
    return written(feed)


def add_links(feed: Element, document: FeedDocument, content_type: str) -> None:
    """The links that make documents one feed (RFC 5005, section 4), and name its hub (WebSub, section 4)."""
    if document.is_archive:
        add(feed, named(HISTORY, "archive"))
        add_link(feed, "current", document.current, content_type)
    add_link(feed, "self", document.own_url, content_type)
    add_link(feed, "prev-archive", document.older, content_type)
    add_link(feed, "next-archive", document.newer, content_type)
    add_link(feed, "hub", document.hub)


def add_link(parent: Element, rel: str, href: str, content_type: str = "") -> None:
    """A link, if it leads anywhere."""
    if href:
        add(parent, named(ATOM, "link"), rel=rel, type=content_type, href=href)


def _entry(element: Element, entry: FeedEntry) -> None:
    add(element, named(ATOM, "id"), entry.iri)
    add(element, named(ATOM, "title"), entry.title)
    add(element, named(ATOM, "link"), rel="alternate", type="text/html", href=entry.url)
    add(element, named(ATOM, "published"), entry.published_at.isoformat(timespec="seconds"))
    add(element, named(ATOM, "updated"), entry.updated_at.isoformat(timespec="seconds"))
    _people(element, "author", entry.authors)
    _people(element, "contributor", entry.others)
    for category in entry.categories:
        add(
            element,
            named(ATOM, "category"),
            term=category.slug,
            scheme=category.scheme,
            label=category.name,
        )
    if entry.standfirst:
        add(element, named(ATOM, "summary"), entry.standfirst)
    if entry.html is not None:
        add(element, named(ATOM, "content"), entry.html, type="html")


def _people(parent: Element, what: str, people: Iterable[FeedPerson]) -> None:
    for person in people:
        element = add(parent, named(ATOM, what))
        add(element, named(ATOM, "name"), sound(person.name) or "?")
        if person.uri:
            add(element, named(ATOM, "uri"), person.uri)
