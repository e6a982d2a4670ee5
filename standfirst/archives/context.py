"""What every public page is given besides its own."""

from typing import Any

from django.http import HttpRequest

from standfirst.publications.queries import publication
from standfirst.publications.rows import PublicationRow

from .archive import Archive
from .rows import FeedLink

# What each kind of feed is called, and ends with; the one that says most of who did what comes first.
FEED_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}


def on_every_page(request: HttpRequest) -> dict[str, Any]:
    """The publication: its name, navigation and footer; and its feeds, for what has none of its own."""
    return {
        "publication": publication_for(request),
        "site_feeds": feed_links(Archive.of_everything(), "", request),
    }


def feed_links(archive: Archive, title: str, request: HttpRequest) -> tuple[FeedLink, ...]:
    """The feeds of an archive of this title, one of each kind; without a title, of the whole publication."""
    publication = publication_for(request).name
    of = feed_title(title, publication)
    return tuple(
        FeedLink(f"{of} ({name})", archive.path_of_feed(kind), name, title or publication)
        for kind, name in FEED_NAMES.items()
    )


def feed_title(title: str, publication: str) -> str:
    """What a feed is called where there are feeds of others beside it."""
    return f"{title} · {publication}" if title else publication


def publication_for(request: HttpRequest) -> PublicationRow:
    """The publication, read once for each request."""
    if not hasattr(request, "publication"):
        request.publication = publication()  # type: ignore[attr-defined]
    found: PublicationRow = request.publication  # type: ignore[attr-defined]
    return found
