"""Reads all of a table once it is known what its columns are: who wrote, where it is filed, and which row is which."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.addresses import SiteAddresses, host_name
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.limits import limit_of
from standfirst.importers.reading.people import Bylines, ParsedByline
from standfirst.importers.reading.records import LeftBehind, Publicity
from standfirst.importers.tables.columns import STATED, Column, Columns, columns_of
from standfirst.importers.tables.dates import may_be_either, read_date
from standfirst.importers.tables.fields import ROLES, Field
from standfirst.importers.tables.sheets import Sheet, Sheets, open_sheets
from standfirst.importers.tables.states import Said, all_said, said
from standfirst.text.slugs import slug_for
from standfirst.text.urls import parts_of

# A browser numbers what is downloaded again, and Notion adds a key of its own.
_COPY = re.compile(r"(?:[ _-]*\(\d{1,3}\)|[ _-]+[0-9a-f]{32})\Z")
# Of these an article may have several, each in a row of its own.
_JOINED = frozenset({*ROLES, Field.GIVEN_NAME, Field.FAMILY_NAME, Field.SECTION, Field.TOPICS})

# What holds the words of an article, and so nothing that is said of it.
_OF_WORDS = frozenset(
    {*ROLES, Field.HEADLINE, Field.STANDFIRST, Field.TEXT, Field.GIVEN_NAME, Field.FAMILY_NAME}
)
_OF_THE_ROW = tuple(field for field in Field if field not in _OF_WORDS)


@dataclass(frozen=True, slots=True)
class Row:
    """One row, its values by what they are."""

    columns: Columns
    number: int
    values: tuple[str, ...]

    def first(self, field: Field) -> str:
        return next((value for _, value in self.each(field)), "")

    def each(self, *fields: Field) -> Iterator[tuple[Column, str]]:
        for column in self.columns.all:
            if column.field in fields and column.number < len(self.values) and self.values[column.number]:
                yield column, self.values[column.number]

    @property
    def place(self) -> str:
        return f"{self.columns.sheet.name}, row {self.number:,}"

    @property
    def own_id(self) -> str:
        """What the table itself knows the row by; empty if by nothing."""
        return self.first(Field.ID) or self.first(Field.ADDRESS) or self.first(Field.SLUG)

    @property
    def key(self) -> str:
        if own := self.own_id:
            return own if len(own) <= 200 else f"{own[:120]}#{_hash(own)}"
        return f"#{_hash(self.first(Field.HEADLINE) or self.first(Field.TEXT), self.first(Field.DATE))}"

    @property
    def contents(self) -> str:
        """A digest of the row but for what there may be several of, each in a row of its own."""
        own = (column.number for column in self.columns.all if column.field not in _JOINED)
        return _hash(*(self.values[number] for number in own if number < len(self.values)))

    @property
    def is_empty(self) -> bool:
        return not any(True for _ in self.each(Field.HEADLINE, Field.TEXT))

    @property
    def bylines(self) -> tuple[ParsedByline, ...]:
        found = [
            ParsedByline(
                value, field=column.heading if ROLES[column.field] else "author", role=ROLES[column.field]
            )
            for column, value in self.each(*ROLES)
        ]
        whole = " ".join(filter(None, [self.first(Field.GIVEN_NAME), self.first(Field.FAMILY_NAME)]))
        return (ParsedByline(whole), *found) if whole else tuple(found)

    @property
    def categories(self) -> tuple[str, ...]:
        return _items(self.each(Field.SECTION))

    @property
    def topics(self) -> tuple[str, ...]:
        return _items(self.each(Field.TOPICS))


@dataclass(slots=True)
class Joined:
    """What further rows say of the same article: a view that joins writers to articles has a row for each writer."""

    bylines: dict[ParsedByline, None] = field(default_factory=dict)
    categories: dict[str, None] = field(default_factory=dict)
    topics: dict[str, None] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.bylines |= dict.fromkeys(row.bylines)
        self.categories |= dict.fromkeys(row.categories)
        self.topics |= dict.fromkeys(row.topics)


@dataclass(slots=True)
class Survey:
    """Everything about a table but its texts. Travels to another process."""

    name: str
    tables: list[Columns]
    bylines: Bylines
    zone: tzinfo
    now: datetime
    site: SiteAddresses = field(default_factory=SiteAddresses)
    address: str = ""
    articles: int = 0
    copies: dict[tuple[int, int], int] = field(
        default_factory=dict
    )  # by table and row: the row it is a copy of
    clashes: dict[tuple[int, int], int] = field(default_factory=dict)  # and the other row of the same id
    joined: dict[tuple[int, int], Joined] = field(default_factory=dict)
    categories: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)  # of categories and tags, by slug
    tags: dict[str, str] = field(default_factory=dict)
    left_behind: list[LeftBehind] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    conclusions: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Every row of every table of articles, with the number of its table."""
        for number, columns in enumerate(self.tables):
            for row, values in columns.sheet.rows():
                yield number, Row(columns, row, tuple(values))

    def said_of(self, table: int, row: Row) -> Joined:
        """Who an article is by and where it is filed, by all rows that say it."""
        own, more = Joined(), self.joined.get((table, row.number), Joined())
        own.add(row)
        return Joined(own.bylines | more.bylines, own.categories | more.categories, own.topics | more.topics)


def survey(path: Path, opening: Opening) -> tuple[Survey, Sheets]:
    """Raises ImportRefused for what is no table of articles, or where somebody named a column that is not there."""
    sheets = open_sheets(path, on_bytes=opening.on_bytes)
    used: set[str] = set()
    tables: list[Columns] = []
    others: list[tuple[Sheet, int, str]] = []
    for sheet in sheets.sheets:
        columns = columns_of(sheet, opening, used)
        if not columns.rows:
            continue
        if sheet.is_hidden:
            others.append((sheet, columns.rows, "a row of a sheet that is hidden"))
        elif columns.holds_articles:
            tables.append(columns)
        else:
            others.append((sheet, columns.rows, "a row of a sheet without articles"))
    _refuse_misnamed(opening, used, sheets)
    if not tables:
        raise _without_articles(path, sheets)
    found = Survey(_name(path), tables, Bylines(), opening.zone, opening.now)
    found.left_behind = [LeftBehind("other", f"{why} ({sheet.name})", rows) for sheet, rows, why in others]
    found.warnings += sheets.notes
    _settle_site(found)
    _see(found)
    return found, sheets


def _refuse_misnamed(opening: Opening, used: set[str], sheets: Sheets) -> None:
    for name in opening.columns:
        if name not in used:
            raise ImportRefused(
                f"There is no column “{name}”; nothing was imported; the columns are {_headings(sheets)}."
            )


def _without_articles(path: Path, sheets: Sheets) -> ImportRefused:
    return ImportRefused(
        f"No column of {path.name} looks like headlines or texts of articles; nothing was imported; the columns are "
        f"{_headings(sheets)}: say which is which, as in --column 'HEADING=headline' --column 'HEADING=text'."
    )


def _headings(sheets: Sheets) -> str:
    names = list(dict.fromkeys(heading for sheet in sheets.sheets for heading in sheet.headings))
    return ", ".join(f"“{name}”" for name in names[:20]) + (" …" if len(names) > 20 else "")


def _name(path: Path) -> str:
    return _COPY.sub("", path.name if path.is_dir() else path.stem) or path.name


def _hash(*parts: str) -> str:
    text = "\x1f".join(" ".join(part.split()) for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _number(*parts: str) -> int:
    return int(_hash(*parts)[:15], 16)


def _items(cells: Iterable[tuple[Column, str]]) -> tuple[str, ...]:
    """The names in cells that hold one or several, each once."""
    found: dict[str, None] = {}
    for column, value in cells:
        items = _listed(value)
        if items is None:
            sign = r"[;|,\n]" if column.splits_commas else r"[;|\n]"
            items = re.split(sign, value)
        found |= dict.fromkeys(name for item in items if (name := " ".join(item.split()).strip("#")[:200]))
    return tuple(found)


def _listed(value: str) -> list[str] | None:
    """The items of a list as programs write one."""
    if not value.startswith("["):
        return None
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else None


def _settle_site(found: Survey) -> None:
    hosts: Counter[str] = Counter()
    schemes: dict[str, str] = {}
    for columns in found.tables:
        if not columns.of(Field.ADDRESS):
            continue
        for number, values in columns.sheet.rows():
            parts = parts_of(Row(columns, number, tuple(values)).first(Field.ADDRESS))
            if parts.scheme in ("http", "https") and parts.netloc:
                hosts[host_name(parts.netloc)] += 1
                schemes.setdefault(host_name(parts.netloc), f"{parts.scheme}://{parts.netloc}")
    if not hosts:
        return
    host, count = hosts.most_common(1)[0]
    # Links to elsewhere, as of a list of readings, are no addresses of these articles.
    if count * 2 > hosts.total():
        found.site, found.address = SiteAddresses(frozenset({host})), schemes[host]


def _see(found: Survey) -> None:
    seen: dict[int, int] = {}  # the first row of each digest: a table may have a million rows
    states: Counter[str] = Counter()
    for table, row in found.rows():
        found.articles += 1
        if row.is_empty:
            continue
        first = seen.setdefault(_number(str(table), row.key), row.number)
        alike = seen.setdefault(_number(str(table), row.key, row.contents), row.number)
        if alike != row.number:
            found.copies[table, row.number] = alike
            found.joined.setdefault((table, alike), Joined()).add(row)
        elif first != row.number:
            found.clashes[table, row.number] = first
        found.bylines.see(row.bylines)
        _count_terms(row, found)
        if (table, row.number) not in found.copies:
            states[standing_of(row, found)[0].value] += 1
    for columns in found.tables:
        found.conclusions += columns.conclusions
    found.conclusions += _on_what_is_public(found, states)


def _count_terms(row: Row, found: Survey) -> None:
    for name in row.categories:
        found.names.setdefault(slug_for(name, fallback="topic"), name)
    found.categories.update({slug_for(name, fallback="topic") for name in row.categories})
    for name in row.topics:
        found.tags.setdefault(slug_for(name, fallback="topic"), name)


def _on_what_is_public(found: Survey, states: Counter[str]) -> list[str]:
    live, drafts = states[Publicity.LIVE], states[Publicity.DRAFT]
    columns = [column for table in found.tables for column in table.of(Field.STATE)]
    if columns:
        names = " and ".join(dict.fromkeys(f"“{column.heading}”" for column in columns))
        return [f"what {names} says, with its date, makes {live:,} articles live and {drafts:,} drafts"]
    return [
        f"no column says what was published: {live:,} articles with a date in the past are taken as published, the other "
        f"{drafts:,} are drafts; --drafts makes all of them drafts"
    ]


# ------------------------------------------------------------------------------------------------------- what is public


def date_of(row: Row, field: Field, found: Survey) -> datetime | None:
    for column, value in row.each(field):
        return read_date(value, column.order, found.zone)
    return None


def standing_of(row: Row, found: Survey) -> tuple[Publicity, str]:
    """Whether a row is a live article, and what an editor should know of it. Without evidence it is a draft."""
    when = date_of(row, Field.DATE, found)
    for column, value in row.each(Field.DATE):
        if when is None:
            return Publicity.DRAFT, (
                "have a date of which nobody can say whether day or month comes first, so they are drafts here"
                if may_be_either(value, column.order)
                else "have a date that cannot be read, so they are drafts here"
            )
    if not row.columns.of(Field.TEXT):
        return Publicity.DRAFT, "are of a table without a column of texts, so they are drafts here"
    if not row.first(Field.TEXT) and not row.first(Field.STANDFIRST):
        return Publicity.DRAFT, "have a headline and no text, so they are drafts here"
    if limit := _limit(row, found):
        return Publicity.DRAFT, f"{limit}, so they are drafts here"
    states = list(row.each(Field.STATE))
    verdict = all_said([said(value, column.heading) for column, value in states])
    if verdict is Said.NOT_PUBLISHED:
        return Publicity.DRAFT, "were not published, so they are drafts here"
    if verdict is Said.UNKNOWN:
        return Publicity.DRAFT, "are in a state that is not understood, so they are drafts here"
    if verdict is Said.NOTHING and not states and row.columns.of(Field.STATE):
        return Publicity.DRAFT, "say nothing of their state, so they are drafts here"
    if when is None:
        return Publicity.DRAFT, "have no date, so they are drafts here"
    if when > found.now:
        is_promised = verdict in (Said.PUBLISHED, Said.SCHEDULED)
        return (
            (Publicity.SCHEDULED, "")
            if is_promised
            else (Publicity.DRAFT, "have a date to come, so they are drafts here")
        )
    if verdict is Said.SCHEDULED:
        return Publicity.DRAFT, "were planned for a day that is past, so they are drafts here"
    return Publicity.LIVE, ""


def _limit(row: Row, found: Survey) -> str:
    """What keeps a row from readers by the heading of a column, whatever that is else; what somebody said it is counts more."""
    for column, value in row.each(*_OF_THE_ROW):
        if column.because != STATED:
            read = partial(read_date, order=column.order, zone=found.zone)
            if limit := limit_of(column.heading, value, now=found.now, moment=read):
                return f"{limit} (“{column.heading[:60]}”)"
    return ""
