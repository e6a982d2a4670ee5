"""The same articles as an archive of every format, for rules that hold whatever an archive is of.

Whoever adds a format adds it here: a test notices when one is missing.
"""

import json
import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from standfirst.importers.reading.documents import read_document
from standfirst.text import markup
from standfirst.text.printable import printable

from .blogger import backups
from .drupal import documents as drupal
from .exports import author, post, write
from .feeds import feeds
from .folders import sites
from .ghost import exports as ghost
from .jats import documents as jats
from .joomla import exports as joomla
from .manuscripts import documents as manuscripts
from .medium import exports as medium
from .movabletype import exports as movabletype
from .nitf import documents as nitf
from .pages import site as pages
from .substack import exports as substack
from .tables import writing as tables


class Piece(NamedTuple):
    """An article of an archive-to-be; its text is HTML."""

    headline: str
    text: str
    byline: str = "Ada Quill"


def _printable(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces as XML and files of text can hold them: without characters that nothing can print."""
    return [Piece(*map(printable, piece)) for piece in pieces]


# Characters that XML cannot hold.
_CONTROLS = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _closed(html: str, method: str = "html") -> str:
    """HTML with everything closed that is opened, as programs write it; or the same in the spelling of XML."""
    body = read_document(f"<!doctype html><body>{html}".encode()).root.find("body")
    written = etree.tostring(body, encoding="unicode", method=method)
    return _CONTROLS.sub("", re.sub(r"\A<body>|</body>\Z", "", written))


def _wordpress(folder: Path, pieces: Sequence[Piece]) -> Path:
    pieces = _printable(pieces)
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


def _blogger(folder: Path, pieces: Sequence[Piece]) -> Path:
    pieces = _printable(pieces)
    names = list(dict.fromkeys(piece.byline for piece in pieces))
    return backups.write(
        folder,
        *(
            backups.post(
                number, piece.headline, piece.text, by=piece.byline, profile=names.index(piece.byline) + 1
            )
            for number, piece in enumerate(pieces, 1)
        ),
    )


def _substack(folder: Path, pieces: Sequence[Piece]) -> Path:
    posts = [
        substack.post(number, piece.text, title=piece.headline, author=piece.byline)
        for number, piece in enumerate(_printable(pieces), 1)
    ]
    return substack.write(folder, *posts, columns=(*substack.COLUMNS, "author"))


def _medium(folder: Path, pieces: Sequence[Piece]) -> Path:
    stories = {
        f"2020-09-17_Story-{number:012x}": medium.story(
            _closed(piece.text),
            title=escape(piece.headline),
            author=escape(piece.byline),
            number=f"{number:012x}",
            canonical=f"{medium.ACCOUNT}/story-{number:012x}",
        )
        for number, piece in enumerate(_printable(pieces), 1)
    }
    return medium.write(folder, stories)


def _drupal(folder: Path, pieces: Sequence[Piece]) -> Path:
    names = list(dict.fromkeys(piece.byline for piece in pieces))
    people = [drupal.resource("node--person", f"p{n}", title=name) for n, name in enumerate(names)]
    data = [
        drupal.article(
            number, piece.text, title=piece.headline, related=drupal.by(f"p{names.index(piece.byline)}")
        )
        for number, piece in enumerate(pieces, 1)
    ]
    path = folder / "article.json"
    path.write_text(
        json.dumps(drupal.document(*data, included=[drupal.WEBMASTER, *people])), encoding="utf-8"
    )
    return path


def _joomla(folder: Path, pieces: Sequence[Piece]) -> Path:
    rows = [
        joomla.row(number, piece.text, title=piece.headline, created_by_alias=piece.byline)
        for number, piece in enumerate(pieces, 1)
    ]
    path = folder / "joomla.json"
    path.write_text(json.dumps(joomla.tables(*rows)), encoding="utf-8")
    return path


def _movabletype(folder: Path, pieces: Sequence[Piece]) -> Path:
    return movabletype.write(
        folder,
        *(
            movabletype.entry(number, piece.text, title=escape(piece.headline), AUTHOR=piece.byline)
            for number, piece in enumerate(_printable(pieces), 1)
        ),
    )


def _nitf(folder: Path, pieces: Sequence[Piece]) -> Path:
    articles = [
        nitf.article(
            number, _closed(piece.text, "xml"), byline=f"<byline>{escape(piece.byline)}</byline>"
        ).replace(f"Title {number}", escape(piece.headline))
        for number, piece in enumerate(_printable(pieces), 1)
    ]
    return nitf.write(folder, *articles)


_JATS = {
    "b": "bold", "i": "italic", "h2": "title", "ul": "list", "li": "list-item", "code": "monospace", "blockquote": "disp-quote",
    "cite": "attrib", "br": "break", "pre": "preformat", "dl": "def-list", "dt": "term", "dd": "def", "figure": "fig",
    "figcaption": "caption", "div": "sec",
}  # fmt: skip


def _jats(folder: Path, pieces: Sequence[Piece]) -> Path:
    articles = [
        jats.article(
            number,
            re.sub(
                r"(</?)([\w-]+)", lambda tag: tag[1] + _JATS.get(tag[2], tag[2]), _closed(piece.text, "xml")
            ),
            people=f'<contrib contrib-type="author"><string-name>{escape(piece.byline)}</string-name></contrib>',
            title=escape(piece.headline),
        )
        for number, piece in enumerate(_printable(pieces), 1)
    ]
    return jats.write(folder, *articles)


def _tables(folder: Path, pieces: Sequence[Piece]) -> Path:
    rows = [
        tables.row(number, Title=piece.headline, Author=piece.byline, Text=piece.text)
        for number, piece in enumerate(_printable(pieces), 1)
    ]
    return tables.table(folder, *rows)


def _manuscripts(folder: Path, pieces: Sequence[Piece]) -> Path:
    folder = folder / "manuscripts"
    for number, piece in enumerate(_printable(pieces), 1):
        lines = _CONTROLS.sub("", markup.plain_text(piece.text)).splitlines()
        paragraphs = [manuscripts.p(line) for line in lines if line.strip()]
        manuscripts.docx(
            folder / f"{number}.docx",
            manuscripts.p(piece.headline, "Title"),
            manuscripts.p(f"By {piece.byline}"),
            *paragraphs,
        )
    return folder


# Formats that say nothing of what was published: all of their articles are drafts.
OF_DRAFTS = frozenset({"manuscripts"})
ARCHIVES: dict[str, Callable[[Path, Sequence[Piece]], Path]] = {
    "wordpress": _wordpress,
    "ghost": _ghost,
    "blogger": _blogger,
    "substack": _substack,
    "medium": _medium,
    "drupal": _drupal,
    "joomla": _joomla,
    "movabletype": _movabletype,
    "nitf": _nitf,
    "jats": _jats,
    "tables": _tables,
    "manuscripts": _manuscripts,
    "feed": _feed,
    "pages": _pages,
    "folders": _folders,
}
