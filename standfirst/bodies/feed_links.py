"""How a page names the feeds of what it lists."""

from collections.abc import Callable
from dataclasses import dataclass

# What each kind of feed is called, and ends with; the one that says most of who did what comes first.
FEED_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
FEED_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed, as a page names it: to machines by its title, and to readers at its foot by `text`, if it has one.

    `of` is whom or what it follows.
    """

    title: str
    url: str
    text: str = ""
    of: str = ""

    @property
    def media_type(self) -> str:
        return FEED_TYPES[self.url.partition("?")[0].rpartition(".")[2]]


def feed_links(title: str, publication: str, path_of: Callable[[str], str]) -> tuple[FeedLink, ...]:
    """The feeds of a list of this title, one of each kind; without a title, of the whole publication."""
    of = feed_title(title, publication)
    return tuple(
        FeedLink(f"{of} ({name})", path_of(kind), name, title or publication)
        for kind, name in FEED_NAMES.items()
    )


def feed_title(title: str, publication: str) -> str:
    """What a feed is called where there are feeds of others beside it."""
    return f"{title} · {publication}" if title else publication
