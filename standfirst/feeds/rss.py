"""RSS 2.0 (https://www.rssboard.org/rss-specification), with Dublin Core, the text in full, and the archive of RFC 5005.

Who wrote it is said twice. `dc:creator` is one, and names all authors in one line: of several, some readers show the
first alone, some the last, and some set them beside each other. Programs find each in an element of their own,
`dcterms:creator`, and whoever did something else in `dc:contributor`.
"""

from email.utils import format_datetime

from standfirst.bodies.feed_links import FEED_TYPES
from standfirst.bylines.wording import BylinePart, joined

from .atom import add_links
from .rows import FeedDocument, FeedEntry, FeedPerson
from .xml import ATOM, HISTORY, Element, add, named, root, sound, written

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
_PREFIXES = {"atom": ATOM, "content": CONTENT, "dc": DC, "dcterms": DCTERMS, "fh": HISTORY}


def write(document: FeedDocument) -> bytes:
    """The document as RSS."""
    rss = root("rss", _PREFIXES, version="2.0")
    channel = add(rss, "channel")
    add(channel, "title", document.title)
    add(channel, "link", document.page)
    add(channel, "description", sound(document.description).strip() or document.title)
    add(channel, "language", document.language)
    add(channel, "lastBuildDate", format_datetime(document.updated_at))
    add(channel, "generator", "Standfirst")
    add_links(channel, document, FEED_TYPES["rss"])
    for entry in document.entries:
        _item(add(channel, "item"), entry)
    return written(rss)


def in_one_line(people: tuple[FeedPerson, ...]) -> str:
    """Names as a sentence lists them."""
    return "".join(part.text for part in joined([BylinePart(person.name) for person in people]))


def _item(item: Element, entry: FeedEntry) -> None:
    add(item, "title", entry.title)
    add(item, "link", entry.url)
    # It was an address once, perhaps, and is none that lasts.
    add(item, "guid", entry.id, isPermaLink="false")
    add(item, "pubDate", format_datetime(entry.published_at))
    add(item, named(ATOM, "updated"), entry.updated_at.isoformat(timespec="seconds"))
    if entry.authors:
        add(item, named(DC, "creator"), in_one_line(entry.authors))
    for author in entry.authors:
        add(item, named(DCTERMS, "creator"), author.name)
    for other in entry.others:
        add(item, named(DC, "contributor"), other.name)
    for category in entry.categories:
        add(item, "category", category.name, domain=category.scheme)
    if entry.standfirst:
        add(item, "description", entry.standfirst)
    if entry.html is not None:
        add(item, named(CONTENT, "encoded"), entry.html)
