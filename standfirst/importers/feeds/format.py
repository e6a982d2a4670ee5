"""How feeds are recognised."""

import re
from pathlib import Path

from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered

_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.I)
_JSON = re.compile(r"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version", re.I)
_NOT_FEEDS = ("wordpress.org/export/", "<wp:", "<!doctype html", "<html", "<opml", "<urlset", "<sitemapindex")


def is_feed(text: str) -> bool:
    """Whether a file begins as a feed does."""
    if text.startswith("{"):
        return bool(_JSON.search(text))
    return bool(_ROOT.search(text[:6000])) and not any(word in text for word in _NOT_FEEDS)


def _recognises(offered: Offered) -> bool:
    """A file that is one, or a folder of them without a page beside them."""
    if not offered.is_folder:
        return is_feed(offered.text)
    from standfirst.importers.feeds.survey import feed_files

    files = feed_files(offered.path)[:50]
    if (
        not files
        or next(offered.path.rglob("*.htm*"), None) is not None
        or next(offered.path.rglob("*.md"), None)
    ):
        return False
    return any(is_feed(Offered(file, _head(file)).text) for file in files)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(16_384)
    except OSError:
        return b""


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.feeds.archive import FeedArchive

    return FeedArchive(path, opening)


FEED = Format(
    "feed", "a feed (RSS, Atom or JSON Feed), or a folder of them", recognises=_recognises, open=_open
)
