"""A Substack export as an archive that can be imported.

`posts.csv` says of each post what it is and who may read it; its text is a file `posts/ID.SLUG.html` beside that. Nothing says
who wrote it: a column `author` that somebody adds to the table is read as a byline. The lists of subscribers, and of who opened
which post, are never opened.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial
from pathlib import Path, PurePosixPath

from standfirst.importers.errors import ArchiveDamaged, NotAnArchive
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.documents import LARGEST, Unreadable, decode
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.htmlbody import embed_block
from standfirst.importers.reading.members import Member, TooLarge, members_of
from standfirst.importers.reading.moments import stated_moment
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.plain import Audience, ParsedArticle, PlainArchive, Record
from standfirst.importers.reading.records import LeftBehind, OldPath, ParsedAuthor, ParsedSite
from standfirst.importers.reading.uploads import PicturesByAddress
from standfirst.importers.substack.format import TABLE, table_in
from standfirst.importers.substack.texts import is_for_some, plain_html

_SUBSCRIBERS = re.compile(r"\Aemail_list\.(.+)\.csv\Z")
_OWN = re.compile(r"https://([\w-]+)\.substack\.com/(?:p/|subscribe)")
_BYLINES = ("author", "authors", "byline", "bylines", "by", "writer", "writers")
_SEEN_BY = {
    "only_paid": "paying subscribers",
    "only_free": "free subscribers",
    "founding": "founding members",
}
_KINDS = frozenset({"newsletter", "podcast", "video", "page"})
_FEED = "/feed"


@dataclass(slots=True)
class SubstackSource:
    """The posts of one publication."""

    table: Member
    texts: Mapping[str, Member]  # by what the table calls them: ID.SLUG
    others: tuple[str, ...]
    zone: tzinfo
    name: str  # the publication's at substack.com, where a file says so
    archive: str
    links: Counter[str] = field(default_factory=Counter)
    has_bylines: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def site(self) -> ParsedSite:
        name = self.name or next((name for name, _ in self.links.most_common(1)), "")
        return ParsedSite(name or self.archive, f"https://{name}.substack.com" if name else "")

    def records(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        self.links.clear()
        named: set[str] = set()
        for number, row in enumerate(_rows(self.table), 1):
            if not any(row.values()):
                continue
            key = row.get("post_id", "")
            named.add(key)
            article = partial(self._article, row, self.texts.get(key))
            yield fenced(article, kind="articles", record=f"post {key}")
            if on_bytes is not None:
                on_bytes(number)
        for key in sorted(set(self.texts) - named):
            # Nobody says that it was published.
            row = {"post_id": key, "title": PurePosixPath(key).name.partition(".")[2].replace("-", " ")}
            notes = ("stand in no row of posts.csv, so they are drafts here",)
            article = partial(self._article, row, self.texts[key], notes)
            yield fenced(article, kind="articles", record=f"post {key}")
        if self.others:
            yield LeftBehind(
                "other",
                "a file about subscribers or readers, or of another kind, which is not opened",
                len(self.others),
                self.others[:50],
            )
        if not self.has_bylines:
            self.warnings = (
                "Substack's export names no author. Add a column “author” to posts.csv, with each post's byline as it was "
                "printed, and import again: it is read as any byline is.",
            )

    def profiles(self) -> Iterable[ParsedAuthor]:
        return ()

    def category_paths(self, name: str) -> Iterable[str]:
        return ()

    def site_paths(self) -> Iterable[OldPath]:
        return (OldPath(_FEED, "articles", is_feed=True), OldPath("/archive", "articles"))

    def _article(
        self, row: Mapping[str, str], text: Member | None, said: tuple[str, ...] = ()
    ) -> ParsedArticle:
        notes = list(said)
        html = self._text(text, notes)
        kind = row.get("type", "newsletter").strip().lower()
        audience = _audience(row, kind, html, notes)
        try:
            content, more = plain_html(html)
            notes += more
        except Unreadable:
            content = html  # whoever drafts it says so
        number, _, slug = row.get("post_id", "").partition(".")
        byline = next((row[name].strip() for name in _BYLINES if row.get(name, "").strip()), "")
        self.has_bylines = self.has_bylines or bool(byline)
        player = row.get("podcast_url", "").strip()
        heard = player.startswith(("http://", "https://"))
        return ParsedArticle(
            key=f"post:{number or slug}",
            title=row.get("title", ""),
            content=content,
            audience=audience,
            is_page=kind == "page",
            published=stated_moment(row.get("post_date", ""), self.zone),
            standfirst=row.get("subtitle", ""),
            byline=(ParsedByline(byline, "author"),) if byline else (),
            slug=slug,
            address=f"{self.site.address}/p/{slug}" if slug else "",
            old_paths=(f"/p/{slug}",) if slug else (),
            after=(embed_block(player),) if heard else (),
            status=f"{row.get('is_published', '')} {row.get('audience', '')} {kind}".strip(),
            notes=tuple(notes),
        )

    def _text(self, text: Member | None, notes: list[str]) -> str:
        if text is None:
            notes.append("have no text in the archive, so they are drafts here")
            return ""
        try:
            html = decode(text.read(LARGEST))
        except TooLarge:
            notes.append("have a text larger than any (over 12 MB), which is left out")
            return ""
        if not self.name:
            self.links.update(_OWN.findall(html[:200_000]))
        return html


class SubstackArchive(PlainArchive):
    """One export, surveyed. Raises ImportRefused if it is none, or is damaged."""

    format = "substack"
    system = "Substack"

    def __init__(self, path: Path, opening: Opening) -> None:
        table = table_in(path)
        if table is None:
            raise NotAnArchive(
                f"{path.name} holds no table posts.csv of Substack's; nothing was imported; make the export in Substack under "
                "Settings → Exports."
            )
        source = _opened(path, table, opening.zone)
        super().__init__(source, opening, name=path.name, pictures=PicturesByAddress(opening.uploads))


def _opened(path: Path, table: Member, zone: tzinfo) -> SubstackSource:
    """The export a table belongs to: the texts in the folder beside it, and what else lies there."""
    beginning = table.name.removesuffix(TABLE)
    everything = members_of(path if path.is_dir() or table.inside else path.parent)
    members = [
        member for member in everything if member.name.startswith(beginning) and member.name != table.name
    ]
    texts: dict[str, Member] = {}
    others: list[str] = []
    name = ""
    for member in members:
        inside = member.name.removeprefix(beginning)
        if inside.startswith("posts/") and member.ending == ".html":
            texts[PurePosixPath(inside).stem] = member
            continue
        others.append(inside)
        if found := _SUBSCRIBERS.match(inside):
            name = found.group(1)
    return SubstackSource(table, texts, tuple(others), zone, name, path.resolve().stem)


def _rows(table: Member) -> Iterator[dict[str, str]]:
    """The rows of the table, by small names of columns."""
    with table.open() as source:
        reader = csv.DictReader(io.TextIOWrapper(source, encoding="utf-8-sig", errors="replace", newline=""))
        try:
            for row in reader:
                yield {
                    name.strip().lower(): value
                    for name, value in row.items()
                    if name and isinstance(value, str)
                }
        except csv.Error as error:
            raise ArchiveDamaged(
                f"{table.name} is broken at line {reader.line_num} ({error}); nothing was imported; make the export again.",
                path=table.path,
                line=reader.line_num,
            ) from error


def _audience(row: Mapping[str, str], kind: str, html: str, notes: list[str]) -> Audience:
    """Who could read a post: everybody only if all that is said of it says so."""
    if row.get("is_published", "").strip().lower() != "true":
        return Audience.NOBODY
    if not html.strip():
        return Audience.NOBODY
    audience = row.get("audience", "").strip().lower()
    if audience != "everyone":
        readers = _SEEN_BY.get(audience, f"readers of the kind “{audience[:40]}”")
        notes.append(f"was for {readers} only, so it is a draft here")
        return Audience.SOME
    if is_for_some(html):
        notes.append("holds a part that only some readers saw, so it is a draft here")
        return Audience.SOME
    if kind == "thread":
        notes.append(
            "was a discussion of readers, whose words the export does not hold, so it is a draft here"
        )
        return Audience.SOME
    if kind not in _KINDS:
        notes.append(f"was of the kind “{kind[:40]}”, so it is a draft here")
        return Audience.SOME
    return Audience.EVERYBODY
