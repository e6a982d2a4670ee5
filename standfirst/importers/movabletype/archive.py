"""A file in Movable Type's import format as an archive that can be imported."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cache, partial
from pathlib import Path

from markdown_it import MarkdownIt

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.movabletype.reader import PUBLIC, MovableTypeEntry, read_entries
from standfirst.importers.reading.addresses import old_path
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.moments import stated_moment
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.plain import Audience, ParsedArticle, PlainArchive, Record
from standfirst.importers.reading.records import LeftBehind, OldPath, ParsedAuthor, ParsedSite
from standfirst.importers.reading.texts import has_paragraphs
from standfirst.importers.reading.uploads import PicturesByAddress
from standfirst.text import markup
from standfirst.text.urls import parts_of

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?\Z", re.I)
_HATENA = re.compile(r"\d{4}/\d{2}/\d{2}/\d{6}\Z|\d{4}/\d{2}/\d{2}/[\w-]+\Z")
_MARKDOWN = re.compile(r"markdown", re.I)
_OTHER_MARKUP = re.compile(r"textile|hatena|wiki", re.I)
_NO_BREAKS = ("0", "html", "richtext", "none", "wysiwyg", "tinymce")


@dataclass(slots=True)
class MovableTypeSource:
    """The entries of one file."""

    path: Path
    zone: tzinfo
    hosts: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)

    @property
    def site(self) -> ParsedSite:
        address = next((address for address, _ in self.hosts.most_common(1)), "")
        return ParsedSite("" if address else self.path.stem, address)

    @property
    def warnings(self) -> tuple[str, ...]:
        if not self.unread:
            return ()
        named = ", ".join(f"{key} ({count:,} ×)" for key, count in self.unread.most_common(20))
        return (f"Lines that are not read: {named}.",)

    def records(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        self.hosts.clear()
        self.unread.clear()
        for entry in read_entries(self.path, on_bytes):
            if entry.comments:
                yield LeftBehind("comments", "comments are not imported", entry.comments)
            if entry.values.get("NO ENTRY"):
                continue  # comments on an entry that stands elsewhere
            self.unread.update(list(entry.unread))
            record = f"entry “{entry.values.get('TITLE', '')[:80]}” at line {entry.line:,}"
            yield fenced(partial(self._article, entry), kind="articles", record=record)

    def profiles(self) -> Iterable[ParsedAuthor]:
        return ()

    def category_paths(self, name: str) -> Iterable[str]:
        return ()

    def site_paths(self) -> Iterable[OldPath]:
        return (
            OldPath(path, "articles", is_feed=True)
            for path in ("/atom.xml", "/index.xml", "/rss.xml", "/feed")
        )

    def _article(self, entry: MovableTypeEntry) -> ParsedArticle:
        values = entry.values
        notes: list[str] = []
        published = stated_date(values.get("DATE", ""), self.zone)
        url = values.get("UNIQUE URL", "")
        parts = parts_of(url)
        if parts.netloc:
            self.hosts[f"{parts.scheme}://{parts.netloc}"] += 1
        html, newlines_break = _text(entry, notes)
        excerpt = markup.plain_text(entry.texts.get("EXCERPT", ""))
        tags = [*_listed(values.get("TAGS", "")), *_listed(entry.texts.get("KEYWORDS", ""))]
        categories = [values.get("PRIMARY CATEGORY", ""), *entry.categories]
        author = values.get("AUTHOR", "")
        basename = values.get("BASENAME", "")
        title = markup.plain_text(values.get("TITLE", ""))
        named = url or basename or f"{values.get('DATE', '')} {title}"
        return ParsedArticle(
            key=f"entry:{named}",
            title=title,
            content=html,
            audience=_audience(values.get("STATUS", ""), notes),
            published=published,
            standfirst="" if not excerpt or _is_beginning(excerpt, html) else excerpt,
            byline=(ParsedByline(author),) if author else (),
            categories=tuple(dict.fromkeys(name[:200] for name in categories if name)),
            tags=tuple(dict.fromkeys(name[:200] for name in tags)),
            slug=basename if "/" not in basename else "",
            address=url,
            old_paths=tuple(dict.fromkeys(_paths(url, basename, published))),
            image=image if (image := values.get("IMAGE", "")).startswith(("http://", "https://")) else "",
            newlines_break=newlines_break,
            status=values.get("STATUS", ""),
            notes=tuple(notes),
        )


class MovableTypeArchive(PlainArchive):
    """One file, surveyed. Raises ImportRefused if it is none, or is damaged."""

    format = "movabletype"
    system = "Movable Type"

    def __init__(self, path: Path, opening: Opening) -> None:
        source = MovableTypeSource(path, opening.zone)
        super().__init__(source, opening, name=path.name, pictures=PicturesByAddress(opening.uploads))
        if not self.expected:
            raise NotAnArchive(
                f"{path.name} holds no entry in Movable Type's import format; nothing was imported."
            )


def stated_date(text: str, zone: tzinfo) -> datetime | None:
    """A date as the format has it, month first: 01/31/2002 03:31:05 PM; also as other standards have it."""
    found = _DATE.match(text.strip())
    if found is None:
        return stated_moment(text, zone)
    month, day, year, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    if half := (found.group(7) or "").upper():
        hour = hour % 12 + (12 if half == "PM" else 0)
    return stated_moment(f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}", zone)


def _audience(status: str, notes: list[str]) -> Audience:
    """Who could read an entry: everybody only if it says that it was published."""
    stated = status.strip().lower()
    if stated in PUBLIC:
        return Audience.EVERYBODY
    if not stated:
        notes.append("do not say whether they were published, so they are drafts here")
    elif stated != "draft":
        notes.append(f"had the status “{status[:40]}”, so it is a draft here")
    return Audience.NOBODY


def _text(entry: MovableTypeEntry, notes: list[str]) -> tuple[str, bool]:
    """The body and what goes on after the fold, as HTML; and whether their lines break."""
    text = "\n\n".join(
        part for name in ("BODY", "EXTENDED BODY") if (part := entry.texts.get(name, "").strip("\n"))
    )
    breaks = entry.values.get("CONVERT BREAKS", "").strip().lower()
    if _MARKDOWN.search(breaks):
        return str(_markdown().render(text)), False
    if _OTHER_MARKUP.search(breaks):
        notes.append(f"were written in “{breaks[:40]}”, whose marks are printed as they stand")
    if breaks in _NO_BREAKS:
        return text, False
    return text, not has_paragraphs(text) and (bool(breaks) or "<br" not in text.lower())


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def _listed(text: str) -> list[str]:
    """Names with commas between them, some in quotation marks."""
    found = re.findall(r'"([^"]{1,200})"|([^,"\n]{1,200})', text[:20_000])
    return [name for pair in found if (name := (pair[0] or pair[1]).strip())]


def _is_beginning(excerpt: str, html: str) -> bool:
    squeezed = re.sub(r"\W+", "", excerpt).casefold()
    return re.sub(r"\W+", "", markup.plain_text(html[:5000])).casefold().startswith(squeezed[:80])


def _paths(url: str, basename: str, published: datetime | None) -> Iterator[str]:
    """Where an entry was: as it says, or where these systems put one of its name."""
    if parts_of(url).netloc:
        yield old_path(url)
        return
    if _HATENA.match(basename):
        yield f"/entry/{basename}"
    elif basename and published is not None and "/" not in basename:
        for name in (basename, basename.replace("_", "-")):
            yield f"/{published:%Y/%m}/{name}.html"
