"""An archive: everything public by one contributor, in one section, on one topic, or at all, oldest to newest.

One definition serves the count, the list, its pages, and whatever else shows them: they cannot disagree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Value
from django.utils import timezone

from standfirst.articles.models import Listing
from standfirst.articles.paths import CITED_AS, EVERYTHING
from standfirst.articles.querysets import ListingQuerySet
from standfirst.bodies.rows import Link
from standfirst.bylines.models import Role
from standfirst.contributors.models import Contributor
from standfirst.database.prepared import Prepared
from standfirst.pagecache.recording import shows
from standfirst.publications.models import Section, Topic

from . import cachekeys
from .paging import Cut

# What an archive is to be had as, whole: how each ends, and what it is called.
WHOLE_AS = {"csv": "CSV", **CITED_AS, "json": "JSON"}
# How many articles a page leads on to.
MORE = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of archives: that of an article, which need not be there any more."""

    published_at: datetime
    article: int


@dataclass(frozen=True)
class Archive:
    """Which articles, and the address they are browsed at (with its slashes, as `/author/ada-quill/`)."""

    path: str
    contributor: int | None = None
    role: int | None = None
    section: int | None = None
    topic: int | None = None

    @classmethod
    def by(cls, contributor: Contributor, role: Role | None = None) -> "Archive":
        """A contributor's articles or, with a role, their other work in that role."""
        path = contributor.path
        if role is None:
            return cls(path, contributor=contributor.pk)
        return cls(f"{path}{role.code}/", contributor=contributor.pk, role=role.pk)

    @classmethod
    def in_section(cls, section: Section) -> "Archive":
        return cls(section.path, section=section.pk)

    @classmethod
    def on_topic(cls, topic: Topic) -> "Archive":
        return cls(topic.path, topic=topic.pk)

    @classmethod
    def of_everything(cls) -> "Archive":
        return cls(EVERYTHING)

    def path_of_page(self, number: int | str) -> str:
        """The address of an archive page, be there one of this number or not."""
        return f"{self.path}page/{number}/"

    def path_of_works(self, kind: str) -> str:
        """The address at which the archive is whole, in one file of a kind (`WHOLE_AS`)."""
        return f"{self.path}works.{kind}"

    @property
    def works(self) -> tuple[Link, ...]:
        """The archive whole, in each kind of file; nothing where there is nothing."""
        return tuple(Link(name, self.path_of_works(kind)) for kind, name in WHOLE_AS.items() if self.count)

    def path_of_feed(self, kind: str, page: int | str = "") -> str:
        """The address of the feed of a kind, the twin of the archive's own address or of one of its archive pages."""
        return f"{self.path_of_page(page) if page else self.path}feed.{kind}"

    @property
    def listings(self) -> ListingQuerySet[Listing]:
        """The archive's rows: one range of one index."""
        return _listings(**self._which)

    @property
    def _which(self) -> dict[str, Any]:
        return {
            "contributor": self.contributor,
            "role": self.role,
            "section": self.section,
            "topic": self.topic,
        }

    @property
    def key(self) -> str:
        """What the archive's surrogate keys begin with."""
        return cachekeys.archive(
            contributor=self.contributor, role=self.role, section=self.section, topic=self.topic
        )

    @cached_property
    def count(self) -> int:
        [(_name, number)] = COUNT.rows(**self._which)
        return number

    @cached_property
    def cut(self) -> Cut:
        return Cut(self.count)

    def newest(self) -> list[int]:
        """The ids of the articles that the archive's own address shows, newest first."""
        shows(cachekeys.newest(self.key))
        return self.first(self.cut.newest)

    def newest_entries(self) -> list[int]:
        """As `newest`, for what shows the entries alone: other work of a contributor's does not change it."""
        shows(cachekeys.entries(self.key))
        return self.first(self.cut.newest)

    def first(self, limit: int) -> list[int]:
        """The ids of the newest articles, for another page than the archive's own."""
        return NEWEST.rows(limit=limit, **self._which)

    def page(self, number: int) -> list[int]:
        """The ids of the articles on an archive page, newest first; empty if there is no such page."""
        shows(cachekeys.page(self.key, number), cachekeys.pages(self.key))
        positions = self.cut.range_of(number)
        if not positions:
            return []
        # Read from the nearer end: the index is walked from there to the page.
        if positions.start <= self.count // 2:
            return OLDEST.rows(limit=len(positions), offset=positions.start, **self._which)[::-1]
        return NEWEST.rows(limit=len(positions), offset=self.count - positions.stop, **self._which)

    def places(self, *, before: Place | None = None, limit: int) -> list[Place]:
        """The newest places or, newest first, those before one: for who walks the archive from place to place."""
        if before is None:
            shows(cachekeys.entries(self.key))
            found = NEWEST_PLACES.rows(limit=limit, **self._which)
        else:
            beside = self._which | {"moment": before.published_at, "article": before.article}
            [(_name, older)] = COUNT_OLDER.rows(**beside)
            self._shows_positions(range(max(older - limit, 0), older))
            found = OLDER_PLACES.rows(limit=limit, **beside)
        return [Place(*row) for row in found]

    def batches(self, size: int) -> Iterator[list[int]]:
        """The ids of all articles, newest first, so many at a time."""
        shows(cachekeys.entries(self.key))
        last: Place | None = None
        while True:
            beside: dict[str, Any] = {"moment": last.published_at, "article": last.article} if last else {}
            rows = (OLDER_PLACES if last else NEWEST_PLACES).rows(limit=size, **self._which, **beside)
            if rows:
                yield [article for _moment, article in rows]
            if len(rows) < size:
                return
            last = Place(*rows[-1])

    def _shows_positions(self, positions: range) -> None:
        """Note that these positions are shown, counted from the oldest: by archive pages, for those that are cut off."""
        # An older one that comes or goes moves all of them.
        shows(cachekeys.pages(self.key))
        pages = {self.cut.page_at(position) for position in positions} or {None}
        shows(*(cachekeys.page(self.key, page) for page in pages if page))
        if None in pages:
            shows(cachekeys.entries(self.key))

    def newer_than(self, row: Listing) -> ListingQuerySet[Listing]:
        """The rows after one, which need not be there itself."""
        return _newer_than(**self._beside(row))

    def more_beside(self, row: Listing) -> list[int]:
        """The ids of the articles just older than one, filled up with those just newer; newest first.

        Not the newest of the archive: then every new article would change the pages of all older ones.
        """
        older = OLDER.rows(limit=MORE, **self._beside(row))
        newer = NEWER.rows(limit=MORE - len(older), **self._beside(row)) if len(older) < MORE else []
        return [*reversed(newer), *older]

    def leading_to(self, row: Listing) -> list[int]:
        """The ids of the articles whose `more_beside` changes when one comes or goes."""
        newer = NEWER.rows(limit=MORE, **self._beside(row))
        older = OLDER.rows(limit=MORE + 1, **self._beside(row))
        # Only the very first have too few before them and are filled up with what is newer.
        return [*newer, *(older[-MORE:] if len(older) <= MORE else ())]

    def _beside(self, row: Listing) -> dict[str, Any]:
        return self._which | {"moment": row.published_at, "article": row.article_id}

    def years(self) -> list[tuple[int, int | None]]:
        """Each year with entries, newest first, and the archive page that holds its newest (None: the own address)."""
        first, last = FIRST.first(**self._which), LAST.first(**self._which)
        if first is None or last is None:
            return []
        zone = timezone.get_current_timezone()
        span = range(first.astimezone(zone).year, last.astimezone(zone).year + 1)
        years: list[tuple[int, int | None]] = []
        gathered = 0
        # A hundred at a time: SQLite joins at most 500 in one query.
        for start in range(0, len(span), 100):
            some = span[start : start + 100]
            new_years = [datetime(year, 1, 1, tzinfo=zone) for year in (*some, some[-1] + 1)]
            for place, entries in sorted(ENTRIES_BETWEEN.rows(moments=new_years, **self._which)):
                if entries:
                    gathered += entries
                    years.append((some[place], self.cut.page_at(gathered - 1)))
        return years[::-1]


def _listings(
    *, contributor: Any = None, role: Any = None, section: Any = None, topic: Any = None
) -> ListingQuerySet[Listing]:
    if contributor is not None:
        return Listing.objects.filter(contributor=contributor, role=role)
    if section is not None:
        return Listing.objects.filter(section=section)
    if topic is not None:
        return Listing.objects.filter(topic=topic)
    return Listing.objects.filter(contributor=None, section=None, topic=None)


def _older_than(*, moment: Any, article: Any, **which: Any) -> ListingQuerySet[Listing]:
    """The rows before a place in the archive, which need not be taken."""
    return (
        _listings(**which)
        .filter(published_at__lte=moment)
        .exclude(published_at=moment, article_id__gte=article)
    )


def _newer_than(*, moment: Any, article: Any, **which: Any) -> ListingQuerySet[Listing]:
    """The rows after a place in the archive, which need not be taken."""
    return (
        _listings(**which)
        .filter(published_at__gte=moment)
        .exclude(published_at=moment, article_id__lte=article)
    )


def _counted(listings: QuerySet[Listing], name: int = 0) -> QuerySet[Listing, tuple[int, int]]:
    """One row: `name`, and how many there are."""
    return (
        listings.order_by()
        .annotate(name=Value(name, output_field=IntegerField()))
        .values("name")
        .annotate(entries=Count("pk"))
        .values_list("name", "entries")
    )


def _places(listings: ListingQuerySet[Listing]) -> QuerySet[Listing, tuple[datetime, int]]:
    return listings.newest_first().values_list("published_at", "article_id")


def _counted_between(*, moments: Any, **which: Any) -> QuerySet[Listing, tuple[int, int]]:
    """A row for each two moments that follow each other: its place, and how many there are between them."""
    first, *others = [
        _counted(
            _listings(**which).filter(published_at__gte=moments[place], published_at__lt=moments[place + 1]),
            place,
        )
        for place in range(len(moments) - 1)
    ]
    return first.union(*others, all=True) if others else first


COUNT = Prepared(lambda **which: _counted(_listings(**which)))
COUNT_OLDER = Prepared(lambda **which: _counted(_older_than(**which)))
NEWEST_PLACES = Prepared(lambda **which: _places(_listings(**which)))
OLDER_PLACES = Prepared(lambda **which: _places(_older_than(**which)))
NEWEST = Prepared(lambda **which: _listings(**which).newest_first().values_list("article_id", flat=True))
OLDEST = Prepared(lambda **which: _listings(**which).oldest_first().values_list("article_id", flat=True))
OLDER = Prepared(lambda **which: _older_than(**which).newest_first().values_list("article_id", flat=True))
NEWER = Prepared(lambda **which: _newer_than(**which).oldest_first().values_list("article_id", flat=True))
FIRST = Prepared(lambda **which: _listings(**which).oldest_first().values_list("published_at", flat=True))
LAST = Prepared(lambda **which: _listings(**which).newest_first().values_list("published_at", flat=True))
ENTRIES_BETWEEN = Prepared(_counted_between)
