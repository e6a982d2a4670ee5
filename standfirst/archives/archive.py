"""An archive: everything public by one contributor, in one section, on one topic, or at all, oldest to newest.

One definition serves the count, the list, its pages, and whatever else shows them: they cannot disagree.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any

from django.db import connection
from django.utils import timezone

from standfirst.articles.models import Listing
from standfirst.articles.querysets import ListingQuerySet
from standfirst.bylines.models import Role
from standfirst.contributors.models import Contributor
from standfirst.pagecache.recording import shows
from standfirst.publications.models import Section, Topic

from . import cachekeys
from .paging import Cut

# How many articles a page leads on to.
MORE = 3


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
        path = f"/author/{contributor.slug}/"
        if role is None:
            return cls(path, contributor=contributor.pk)
        return cls(f"{path}{role.code}/", contributor=contributor.pk, role=role.pk)

    @classmethod
    def in_section(cls, section: Section) -> "Archive":
        return cls(f"/section/{section.slug}/", section=section.pk)

    @classmethod
    def on_topic(cls, topic: Topic) -> "Archive":
        return cls(f"/topic/{topic.slug}/", topic=topic.pk)

    @classmethod
    def of_everything(cls) -> "Archive":
        return cls("/articles/")

    @property
    def listings(self) -> ListingQuerySet[Listing]:
        """The archive's rows: one range of one index."""
        if self.contributor is not None:
            return Listing.objects.filter(contributor=self.contributor, role=self.role)
        if self.section is not None:
            return Listing.objects.filter(section=self.section)
        if self.topic is not None:
            return Listing.objects.filter(topic=self.topic)
        return Listing.objects.filter(contributor=None, section=None, topic=None)

    @property
    def key(self) -> str:
        """What the archive's surrogate keys begin with."""
        return cachekeys.archive(
            contributor=self.contributor, role=self.role, section=self.section, topic=self.topic
        )

    @cached_property
    def count(self) -> int:
        return self.listings.count()

    @cached_property
    def cut(self) -> Cut:
        return Cut(self.count)

    def newest(self) -> list[int]:
        """The ids of the articles that the archive's own address shows, newest first."""
        shows(cachekeys.newest(self.key))
        return self.first(self.cut.newest)

    def first(self, limit: int) -> list[int]:
        """The ids of the newest articles, for another page than the archive's own."""
        return list(self.listings.newest_first().values_list("article_id", flat=True)[:limit])

    def page(self, number: int) -> list[int]:
        """The ids of the articles on an archive page, newest first; empty if there is no such page."""
        shows(cachekeys.page(self.key, number), cachekeys.pages(self.key))
        positions = self.cut.range_of(number)
        if not positions:
            return []
        # Read from the nearer end: the index is walked from there to the page.
        if positions.start <= self.count // 2:
            rows = self.listings.oldest_first().values_list("article_id", flat=True)
            return list(rows[positions.start : positions.stop])[::-1]
        rows = self.listings.newest_first().values_list("article_id", flat=True)
        return list(rows[self.count - positions.stop : self.count - positions.start])

    def newer_than(self, row: Listing) -> ListingQuerySet[Listing]:
        """The rows after one, which need not be there itself."""
        return self.listings.filter(published_at__gte=row.published_at).exclude(
            published_at=row.published_at, article_id__lte=row.article_id
        )

    def older_than(self, row: Listing) -> ListingQuerySet[Listing]:
        """The rows before one, which need not be there itself."""
        return self.listings.filter(published_at__lte=row.published_at).exclude(
            published_at=row.published_at, article_id__gte=row.article_id
        )

    def more_beside(self, row: Listing) -> list[int]:
        """The ids of the articles just older than one, filled up with those just newer; newest first.

        Not the newest of the archive: then every new article would change the pages of all older ones.
        """
        older = list(self.older_than(row).newest_first().values_list("article_id", flat=True)[:MORE])
        newer = self.newer_than(row).oldest_first().values_list("article_id", flat=True)
        return [*reversed(newer[: MORE - len(older)]), *older]

    def leading_to(self, row: Listing) -> list[int]:
        """The ids of the articles whose `more_beside` changes when one comes or goes."""
        newer = list(self.newer_than(row).oldest_first().values_list("article_id", flat=True)[:MORE])
        older = list(self.older_than(row).newest_first().values_list("article_id", flat=True)[: MORE + 1])
        # Only the very first have too few before them and are filled up with what is newer.
        return [*newer, *(older[-MORE:] if len(older) <= MORE else ())]

    def years(self) -> list[tuple[int, int | None]]:
        """Each year with entries, newest first, and the archive page that holds its newest (None: the own address)."""
        first = self.listings.oldest_first().values_list("published_at", flat=True).first()
        last = self.listings.newest_first().values_list("published_at", flat=True).first()
        if first is None or last is None:
            return []
        zone = timezone.get_current_timezone()
        span = range(first.astimezone(zone).year, last.astimezone(zone).year + 1)
        years: list[tuple[int, int | None]] = []
        gathered = 0
        for year, entries in self._counts_by_year(span, zone):
            if not entries:
                continue
            gathered += entries
            years.append((year, self.cut.page_at(gathered - 1)))
        return years[::-1]

    def _counts_by_year(self, years: range, zone: tzinfo) -> list[tuple[int, int]]:
        # By hand: Django takes ten times as long to put the parts together as the database to count.
        listed, conditions = self.listings.order_by().values("published_at").query.sql_with_params()
        one = f"SELECT %s, COUNT(*) FROM ({listed}) AS listed WHERE published_at >= %s AND published_at < %s"
        counts: list[tuple[int, int]] = []
        with connection.cursor() as cursor:
            # A hundred at a time: SQLite joins at most 500 in one query.
            for some in (years[start : start + 100] for start in range(0, len(years), 100)):
                parameters = [
                    part
                    for year in some
                    for part in (year, *conditions, _new_year(year, zone), _new_year(year + 1, zone))
                ]
                cursor.execute(" UNION ALL ".join([one] * len(some)), parameters)
                counts += cursor.fetchall()
        return sorted(counts)


def _new_year(year: int, zone: tzinfo) -> Any:
    """The first moment of a year, as the database is asked for it."""
    return connection.ops.adapt_datetimefield_value(datetime(year, 1, 1, tzinfo=zone))
