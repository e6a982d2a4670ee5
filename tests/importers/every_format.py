"""The same articles as an archive of every format, for rules that hold whatever an archive is of.

Whoever adds a format adds it here: a test notices when one is missing.
"""

import json
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from standfirst.text.printable import printable

from .exports import author, post, write
from .feeds import feeds
from .folders import sites
from .ghost import exports as ghost
from .pages import site as pages


class Piece(NamedTuple):
    """An article of an archive-to-be; its text is HTML."""

    headline: str
    text: str
    byline: str = "Ada Quill"


def _wordpress(folder: Path, pieces: Sequence[Piece]) -> Path:
    # XML can hold no character that nothing can print.
    pieces = [Piece(*map(printable, piece)) for piece in pieces]
    names = list(dict.fromkeys(piece.byline for piece in pieces))
    authors = [author(f"author-{n}", name, number=n + 1) for n, name in enumerate(names)]
    posts = [
        post(number, piece.headline, piece.text, creator=f"author-{names.index(piece.byline)}")
        for number, piece in enumerate(pieces, 1)
    ]
    return write(folder, *authors, *posts)


def _ghost(folder: Path, pieces: Sequence[Piece]) -> Path:
    names = list(dict.fromkeys(piece.byline for piece in pieces))
    users = [ghost.user(str(n), name, f"author-{n}") for n, name in enumerate(names)]
    posts = [
        ghost.post(number, piece.headline, html=piece.text, author=str(names.index(piece.byline)))
        for number, piece in enumerate(pieces, 1)
    ]
    path = folder / "ghost.json"
    path.write_text(json.dumps(ghost.export(*posts, users=users)), encoding="utf-8")
    return path


def _feed(folder: Path, pieces: Sequence[Piece]) -> Path:
    items = [
        {
            "id": f"{feeds.LINK}/{number}/",
            "url": f"{feeds.LINK}/{number}/",
            "title": piece.headline,
            "content_html": piece.text,
            "date_published": "2014-03-04T09:00:00Z",
            "authors": [{"name": piece.byline}],
        }
        for number, piece in enumerate(pieces, 1)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Lantern",
        "home_page_url": feeds.LINK,
        "items": items,
    }
    path = folder / "feed.json"
    path.write_text(json.dumps(feed), encoding="utf-8")
    return path


def _pages(folder: Path, pieces: Sequence[Piece]) -> Path:
    saved = {
        f"/{number}/": pages.article(
            escape(piece.headline),
            byline=pages.signed(escape(piece.byline), f"author-{number}"),
            text=f"</p>{piece.text}<p>",
        ).encode("utf-8", "replace")
        for number, piece in enumerate(pieces, 1)
    }
    return pages.save(folder, saved)


def _folders(folder: Path, pieces: Sequence[Piece]) -> Path:
    files = {
        f"_posts/2014-03-04-post-{number}.html": (
            f"---\ntitle: {json.dumps(piece.headline)}\nauthor: {json.dumps(piece.byline)}\n---\n{piece.text}\n"
        ).encode("utf-8", "replace")
        for number, piece in enumerate(pieces, 1)
    }
    return sites.site(folder, {"_config.yml": "title: The Lantern\n", **files})


ARCHIVES: dict[str, Callable[[Path, Sequence[Piece]], Path]] = {
    "wordpress": _wordpress,
    "ghost": _ghost,
    "feed": _feed,
    "pages": _pages,
    "folders": _folders,
}
