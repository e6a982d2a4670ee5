"""A Blogger backup as an archive that can be imported."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from standfirst.bylines.reading import read_byline
from standfirst.importers.blogger.format import backups_in
from standfirst.importers.blogger.reader import BloggerEntry, BloggerHead, Kind, read_backup
from standfirst.importers.errors import NotAnArchive
from standfirst.importers.reading.addresses import old_path
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.htmlbody import embed_block
from standfirst.importers.reading.members import Member, TooLarge, members_of
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.plain import Audience, ParsedArticle, PlainArchive, Record
from standfirst.importers.reading.records import LeftBehind, OldPath, ParsedAuthor, ParsedSite
from standfirst.importers.reading.texts import has_paragraphs
from standfirst.importers.reading.uploads import PicturesByAddress

_SETTINGS = ("BLOG_READ_ACCESS_MODE", "BLOG_LOCALE", "BLOG_SUBDOMAIN")
_LARGEST_SETTINGS = 1_000_000
_DOMAIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,250}", re.I)
_LOCALE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z]{2,4})?")
_LEFT_OUT = {
    Kind.COMMENT: ("comments", "comments are not imported"),
    Kind.TEMPLATE: ("other", "a template of the old site"),
    Kind.SETTING: ("other", "a setting of the old site"),
    Kind.UNKNOWN: ("other", "an entry that does not say clearly what it is, so it is left out"),
}
_FEEDS = (
    "/feeds/posts/default",
    "/feeds/posts/default?alt=rss",
    "/feeds/posts/summary",
    "/atom.xml",
    "/rss.xml",
)


@dataclass(slots=True)
class BloggerSource:
    """The entries of one blog."""

    backup: Member
    beside: tuple[str, ...]  # names of the other files of a Takeout
    zone: tzinfo
    settings: tuple[tuple[str, str], ...] = ()  # of a Takeout, which has them in a file of their own
    site: ParsedSite = field(default_factory=lambda: ParsedSite("", ""))
    is_private: bool = False
    people: dict[str, str] = field(default_factory=dict)  # names by the numbers of profiles

    @property
    def warnings(self) -> tuple[str, ...]:
        if not self.is_private:
            return ()
        return ("The blog was not open to everybody, so every article and page of it is a draft here.",)

    def records(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        for item in read_backup(self.backup, self.zone, on_bytes):
            if isinstance(item, BloggerHead):
                number = f"blog-{item.number}" if item.number else ""
                self.site = ParsedSite(item.title, item.address, identity=number)
                for setting, value in self.settings:
                    self._learn(setting, value)
            elif item.kind in _LEFT_OUT:
                self._learn(item.setting, item.value)
                yield LeftBehind(*_LEFT_OUT[item.kind], 1)
            elif item.is_trashed or "TRASH" in item.status.upper():
                yield LeftBehind(
                    "pages" if item.kind is Kind.PAGE else "articles", "in the trash", 1, (_record(item),)
                )
            else:
                kind = "pages" if item.kind is Kind.PAGE else "articles"
                yield fenced(partial(self._article, item), kind=kind, record=_record(item))
        if self.beside:
            yield LeftBehind(
                "other",
                "a file of the Takeout that is not read: the blog's settings and themes, or what its owner wrote elsewhere",
                len(self.beside),
                self.beside[:50],
            )

    def profiles(self) -> Iterable[ParsedAuthor]:
        """Its writers by the numbers of their profiles, but for names that several have, or that are several people's."""
        used = Counter(self.people.values())
        for number, name in self.people.items():
            read = read_byline(name, field="author", publication=self.site.title).credits
            if used[name] == 1 and [credit.name for credit in read] == [name]:
                yield ParsedAuthor("account", number, display_name=name)

    def category_paths(self, name: str) -> Iterable[str]:
        return (f"/search/label/{quote(name)}",)

    def site_paths(self) -> Iterable[OldPath]:
        return (OldPath(path, "articles", is_feed=True) for path in _FEEDS)

    def _learn(self, setting: str, value: str) -> None:
        """Takes in a setting, by the name that both kinds of backup give it."""
        value = value.strip()
        if setting == "BLOG_READ_ACCESS_MODE" and value:
            self.is_private = value.upper() != "PUBLIC"
        elif setting == "BLOG_LOCALE" and _LOCALE.fullmatch(value):
            self.site = replace(self.site, language=value.replace("_", "-"))
        elif setting == "BLOG_SUBDOMAIN" and _DOMAIN.fullmatch(value) and not self.site.address:
            host = value if "." in value else f"{value}.blogspot.com"
            self.site = replace(self.site, address=f"https://{host}")

    def _article(self, entry: BloggerEntry) -> ParsedArticle:
        audience, notes = self._audience(entry)
        address = entry.address or (
            f"{self.site.address.rstrip('/')}{entry.filename}" if entry.filename else ""
        )
        if entry.author and entry.profile:
            self.people.setdefault(entry.profile, entry.author)
        return ParsedArticle(
            key=f"{entry.kind.value}:{entry.id.rpartition('-')[2] or entry.id}",
            title=entry.title,
            content=entry.content,
            audience=audience,
            is_page=entry.kind is Kind.PAGE,
            published=entry.published,
            updated=entry.updated,
            byline=(ParsedByline(entry.author),) if entry.author else (),
            categories=entry.labels,
            address=address,
            old_paths=(old_path(address),) if address else (),
            after=tuple(map(embed_block, entry.players)),
            newlines_break=not has_paragraphs(entry.content) and "<br" not in entry.content.lower(),
            search_description=entry.description,
            status=entry.status or ("draft" if entry.is_draft else ""),
            feed_id=entry.id,
            notes=(*notes, "name a place on a map, which is not kept") if entry.place else notes,
        )

    def _audience(self, entry: BloggerEntry) -> tuple[Audience, tuple[str, ...]]:
        """Who could read an entry: everybody only if all that is said of it says so."""
        status = entry.status.upper()
        if entry.is_draft or status == "DRAFT":
            return Audience.NOBODY, ()
        if status not in ("", "LIVE", "SCHEDULED"):
            return Audience.NOBODY, (f"had the status “{entry.status[:40]}”, so it is a draft here",)
        if status == "SCHEDULED" and not entry.published:
            return Audience.NOBODY, ("was scheduled without a date, so it is a draft here",)
        if not entry.address and not (entry.filename and status):
            return Audience.NOBODY, ("had no address on the old site, so it is a draft here",)
        if self.is_private:
            return Audience.SOME, ("stood on a blog that was not open to everybody, so it is a draft here",)
        return Audience.EVERYBODY, ()


class BloggerArchive(PlainArchive):
    """One backup, surveyed. Raises ImportRefused if it is none, is damaged, or is of several blogs."""

    format = "blogger"
    system = "Blogger"

    def __init__(self, path: Path, opening: Opening) -> None:
        backup, beside = _found_in(path)
        source = BloggerSource(
            backup, tuple(member.name for member in beside), opening.zone, _settings(backup, beside)
        )
        super().__init__(source, opening, name=path.name, pictures=PicturesByAddress(opening.uploads))


def _found_in(path: Path) -> tuple[Member, tuple[Member, ...]]:
    """The entries of the one blog there is below a path, and what stands beside them."""
    members = list(members_of(path))
    if not path.is_dir() and len(members) == 1 and not members[0].inside:
        return members[0], ()
    backups = list(backups_in(path))
    if not backups:
        raise NotAnArchive(f"{path.name} holds no Blogger backup; nothing was imported.")
    if len(backups) > 1:
        names = ", ".join(
            sorted(PurePosixPath(member.name).parent.name or member.name for member in backups)[:6]
        )
        raise NotAnArchive(
            f"{path.name} holds several blogs ({names}); nothing was imported; give the feed.atom of one of them."
        )
    return backups[0], tuple(member for member in members if member != backups[0])


def _settings(backup: Member, beside: Iterable[Member]) -> tuple[tuple[str, str], ...]:
    """The settings of a Takeout's blog that say whose it is and who may read it; of the rest, addresses of mail, nothing."""
    wanted = PurePosixPath(backup.name).with_name("settings.csv").as_posix()
    table = next((member for member in beside if member.name == wanted), None)
    if table is None:
        return ()
    try:
        rows = list(csv.reader(io.StringIO(table.read(_LARGEST_SETTINGS).decode("utf-8-sig", "replace"))))
    except (TooLarge, csv.Error):
        return ()
    # A column for each, or a line for each.
    pairs = (
        zip(*rows[:2], strict=False)
        if len(rows) > 1 and len(rows[0]) > 2
        else (tuple(row[:2]) for row in rows)
    )
    named = {pair[0].strip().upper(): pair[1] for pair in pairs if len(pair) == 2}
    return tuple((name, named[name]) for name in _SETTINGS if name in named)


def _record(entry: BloggerEntry) -> str:
    return f"{entry.kind.value} {entry.id.rpartition('-')[2]} “{entry.title[:80]}”"
