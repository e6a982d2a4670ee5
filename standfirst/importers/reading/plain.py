"""Archives whose records each say everything of one article: its text as HTML, its byline in words, its categories by name.

Such a format is a `Source`: what it holds, one record after another, as often as it is asked. `PlainArchive` makes of it what
planning and applying ask for, so that a format says only what is its own. Who may see what is settled in one place: an article
is public only if its source says so of it (`Audience`), and of a date to stand under.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import NamedTuple, Protocol, TypeAlias

from standfirst.importers.reading.addresses import host_name, last_word
from standfirst.importers.reading.archive import Opening, weight_of
from standfirst.importers.reading.documents import Unreadable
from standfirst.importers.reading.drafting import with_body
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.keys import ledger_key
from standfirst.importers.reading.limits import limit_of, moment_in
from standfirst.importers.reading.people import Bylines, ParsedByline
from standfirst.importers.reading.records import (
    BodyBlock,
    Claim,
    ConvertedBody,
    DraftArticle,
    DraftContributor,
    LeftBehind,
    MediaRef,
    OldPath,
    Outcome,
    ParsedAuthor,
    ParsedMedia,
    ParsedSite,
    Publicity,
    Refused,
    Skipped,
)
from standfirst.importers.reading.sections import Categories, Shelved, Shelves
from standfirst.importers.reading.texts import blocks_of
from standfirst.importers.reading.uploads import PictureFinder
from standfirst.importers.reading.workers import read_ahead
from standfirst.text import markup
from standfirst.text.slugs import slug_for
from standfirst.text.urls import parts_of

MOST_NAMED = 50  # records of one reason that are kept by name
NO_AUTHOR = "name no author"


class Audience(StrEnum):
    """Who could read a text on the old site."""

    EVERYBODY = "everybody"
    SOME = "some"  # members, payers, those with a password
    NOBODY = "nobody"  # a draft, or nobody can tell


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article or page as its source holds it, with what is said beside its text."""

    key: str  # the source's own id, with its kind: "post:123"
    title: str  # words, no HTML
    content: str  # HTML
    audience: Audience
    is_page: bool = False
    published: datetime | None = None
    updated: datetime | None = None
    standfirst: str = ""  # words
    byline: tuple[ParsedByline, ...] = ()
    printed_note: str = ""  # what is printed beside its authors' names
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    slug: str = ""
    address: str = ""  # where it was, with host or without; what its links are relative to
    old_paths: tuple[str, ...] = ()  # all the paths it was at
    image: str = ""
    image_alt: str = ""
    image_caption: str = ""
    image_credit: str = ""
    newlines_break: bool = False
    marks: tuple[tuple[BodyBlock, ...], ...] = ()
    after: tuple[BodyBlock, ...] = ()  # what comes after the text, such as a player
    search_description: str = ""
    seo_title: str = ""
    is_sticky: bool = False
    status: str = ""  # in the source's own word
    feed_id: str = ""
    limits: tuple[tuple[str, str], ...] = ()  # names and values of fields that may keep it from readers
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return "pages" if self.is_page else "articles"

    @property
    def record(self) -> str:
        return f"{self.key.replace(':', ' ', 1)} “{self.title[:80]}”"


# What a record of a source comes to, before it is known who else is in the archive.
Record: TypeAlias = ParsedArticle | LeftBehind | Refused


class Source(Protocol):
    """An archive of such records, opened. It may travel to another process."""

    @property
    def site(self) -> ParsedSite:
        """The publication; known once all records were read."""

    @property
    def warnings(self) -> Sequence[str]: ...

    def records(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        """Yields every record, always in the same order. Raises ImportRefused for what is damaged.

        Each is made inside a fence (`fences`), as drafts are.
        """

    def profiles(self) -> Iterable[ParsedAuthor]:
        """Those it has a record of; known once all records were read."""

    def category_paths(self, name: str) -> Iterable[str]:
        """Where the old site listed the articles of a category."""

    def site_paths(self) -> Iterable[OldPath]:
        """Other old addresses that are no article's."""


class _Left(NamedTuple):
    kind: str
    reason: str


@dataclass(slots=True)
class _Found:
    """What the first pass over the records learned."""

    read: Counter[str] = field(default_factory=Counter)
    left: dict[_Left, list[str]] = field(default_factory=dict)
    left_counts: Counter[_Left] = field(default_factory=Counter)
    bylines: Counter[tuple[ParsedByline, ...]] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)  # by name
    tags: Counter[str] = field(default_factory=Counter)

    def take(self, record: Record) -> None:
        if isinstance(record, LeftBehind):
            why = _Left(record.kind, record.reason)
            named = self.left.setdefault(why, [])
            named += record.records[: MOST_NAMED - len(named)]
            self.left_counts[why] += record.count
            self.read[record.kind] += record.count
            return
        self.read[record.kind] += 1
        if isinstance(record, Refused) or record.is_page:
            return
        self.bylines[record.byline] += 1
        self.categories.update(list(dict.fromkeys(record.categories)))
        self.tags.update(list(dict.fromkeys(record.tags)))


@dataclass(slots=True)
class _Drafting:
    """All that is needed to draft one record after another; it travels to another process."""

    source: Source
    format: str
    bylines: Bylines
    shelves: Shelves
    own_hosts: frozenset[str]
    now: datetime


class PlainArchive(Shelved):
    """A source, surveyed. Raises ImportRefused if it is none, or is damaged."""

    format: str
    system: str

    def __init__(self, source: Source, opening: Opening, *, name: str, pictures: PictureFinder) -> None:
        found = _Found()
        for record in source.records(opening.on_bytes):
            found.take(record)
        self._source, self._found, self.pictures = source, found, pictures
        bylines = Bylines(publication=source.site.title, language=source.site.language)
        for author in source.profiles():
            bylines.profile(author)
        for byline, count in found.bylines.items():
            for _ in range(count):
                bylines.see(byline)
        uses: Counter[str] = Counter()
        for category, count in found.categories.items():
            uses[_slug(category)] += count
        categories = Categories(name, uses, _names(found.categories))
        self._shelves = Shelves(categories, _names(found.tags))
        hosts = (host_name(parts_of(address).netloc) for address in source.site.addresses)
        own_hosts = frozenset(host for host in hosts if host)
        self._drafting = _Drafting(source, self.format, bylines, self._shelves, own_hosts, opening.now)

    @property
    def site(self) -> ParsedSite:
        return self._source.site

    @property
    def expected(self) -> int:
        return self._found.read["articles"] + self._found.read["pages"]

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._source.warnings)

    @property
    def media(self) -> Mapping[str, ParsedMedia]:
        return {}

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return self._drafting.bylines.contributors

    @property
    def author_records(self) -> int:
        return self._drafting.bylines.records

    def read_counts(self) -> dict[str, int]:
        return {
            **self._found.read,
            "authors": self.author_records,
            "categories": len(self._shelves.categories.uses),
            "tags": len(self._shelves.tags),
        }

    def left_out(self) -> Iterator[LeftBehind]:
        for why, count in self._found.left_counts.items():
            yield LeftBehind(why.kind, why.reason, count, tuple(self._found.left[why]))

    def site_paths(self) -> Iterator[OldPath]:
        for name in self._found.categories:
            for path in self._source.category_paths(name):
                yield OldPath(path, f"category:{_slug(name)}")
        yield from self._source.site_paths()

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def drafts(self, *, processes: int | None = None) -> Iterator[Outcome]:
        read = partial(read_drafts, self._drafting)
        return read_ahead(read, weigh=weight_of, expected=self.expected, processes=processes)


def read_drafts(using: _Drafting) -> Iterator[Outcome]:
    """The second pass over the records; may run in a process of its own."""
    for record in using.source.records():
        if isinstance(record, ParsedArticle):
            yield fenced(partial(_draft, record, using), kind=record.kind, record=record.record)
        elif isinstance(record, Refused):
            yield record


def _draft(article: ParsedArticle, using: _Drafting) -> DraftArticle | Skipped:
    try:
        blocks = blocks_of(
            article.content,
            base=article.address if article.address.startswith("http") else "",
            own_hosts=using.own_hosts,
            newlines_break=article.newlines_break,
            marks=article.marks,
        )
    except Unreadable as why:
        return Skipped(article.kind, f"its text {why}", article.record)
    blocks += article.after
    if not article.title.strip() and not blocks:
        return Skipped(article.kind, "empty", article.record)
    if blocks and article.image and _shows(blocks[0], article.image):
        blocks = blocks[1:]
    notes = list(article.notes)
    publicity = _publicity(article, using.now, notes)
    byline = using.bylines.byline(article.byline)
    if not byline.credits and not article.is_page:
        notes.append(NO_AUTHOR)
    credits = tuple(
        replace(credit, printed_note=article.printed_note) if credit.role == "author" else credit
        for credit in byline.credits
    )
    section, topics = "", tuple[str, ...]()
    if not article.is_page:
        section, topics = using.shelves.shelve(
            list(dict.fromkeys(map(_slug, article.categories))), list(dict.fromkeys(map(_slug, article.tags)))
        )
    headline = _headline(article, notes)
    draft = DraftArticle(
        key=ledger_key(article.key),
        is_page=article.is_page,
        publicity=publicity,
        headline=headline,
        slug=slug_for(
            article.slug or last_word(parts_of(article.address).path) or headline, fallback="article"
        ),
        standfirst=article.standfirst.strip(),
        published_at=article.published if article.audience is not Audience.NOBODY else None,
        updated_at=max(filter(None, (article.updated, article.published)), default=None),
        credits=() if article.is_page else credits,
        section_key=section,
        topic_keys=topics,
        lead_image=MediaRef(url=article.image) if article.image else None,
        lead_alt=article.image_alt,
        lead_caption=article.image_caption,
        lead_credit=article.image_credit,
        # A draft has no address, so none leads to it.
        old_paths=article.old_paths if publicity is not Publicity.DRAFT else (),
        raw_byline=byline.raw,
        doubts=() if article.is_page else byline.doubts,
        notes=(*notes, *byline.notes),
        is_sticky=article.is_sticky,
        search_description=article.search_description[:500],
        seo_title=article.seo_title,
        source_status=article.status,
        feed_id=article.feed_id,
    )
    return with_body(draft, ConvertedBody(tuple(blocks)), source=using.format)


def _publicity(article: ParsedArticle, now: datetime, notes: list[str]) -> Publicity:
    if article.audience is not Audience.EVERYBODY:
        return Publicity.DRAFT
    for name, value in article.limits:
        if limit := limit_of(name, value, now=now, moment=moment_in(UTC)):
            notes.append(f"{limit} (“{name[:60]}”), so they are drafts here")
            return Publicity.DRAFT
    if article.published is None:
        notes.append("have no date, so they are drafts here")
        return Publicity.DRAFT
    return Publicity.SCHEDULED if article.published > now else Publicity.LIVE


def _headline(article: ParsedArticle, notes: list[str]) -> str:
    title = " ".join(article.title.split())
    if title:
        return title
    notes.append("have no title, so their first words are the headline")
    words = markup.plain_text(article.content[:4000]).split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "") or "Untitled"


def _shows(block: BodyBlock, url: str) -> bool:
    return block.type == "image" and block.value["image"].url == url


def _slug(name: str) -> str:
    return slug_for(name, fallback="topic")


def _names(used: Mapping[str, int]) -> dict[str, str]:
    """A name for each slug: the one most articles write."""
    return {_slug(name): name for name, _ in sorted(used.items(), key=lambda pair: (pair[1], pair[0]))}
