"""Keeping the journal: rows are read before a change and after it, and what differs is written down.

So a change may be made by the ordinary actions of the rooms below, which know nothing of a journal.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from standfirst.contributors.models import Contributor
from standfirst.database.batches import BATCH, batched
from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import announced_together

from .giving import references_of_credits
from .models import ChangedRow, ChangeKind, IdentityChange
from .tables import (
    ALIASES,
    AUTHORITY_IDS,
    CONTRIBUTORS,
    CREDITS,
    LINKS,
    LISTINGS,
    REFERENCES,
    SLUGS,
    WORDINGS,
    Table,
    Values,
)


@dataclass(slots=True)
class Journal:
    """What is being watched, as it was when the watching began."""

    change: IdentityChange
    _watched: list[tuple[Table, str, Collection[Any]]] = field(default_factory=list)
    _before: dict[Table, dict[str, Values]] = field(default_factory=dict)

    def watch(self, table: Table, column: str, wanted: Iterable[Any]) -> None:
        """Watch the rows that have one of these values in a column, now or when the change is made."""
        wanted = sorted(set(wanted))
        self._watched.append((table, column, wanted))
        self._before.setdefault(table, {}).update(table.read(column, wanted))

    def watch_made(self, table: Table, key: str) -> None:
        """Take note of a row that this change has made."""
        self._watched.append((table, "pk", [key]))
        self._before.setdefault(table, {})

    def watch_people(self, people: Iterable[int]) -> None:
        """Watch contributors and all that belongs to them, but for their credits."""
        people = set(people)
        self.watch(CONTRIBUTORS, "pk", people)
        self.watch(SLUGS, "owner_id", people)
        for table in (ALIASES, LINKS, AUTHORITY_IDS):
            self.watch(table, "contributor_id", people)

    def watch_articles(self, articles: Iterable[int]) -> None:
        """Watch the credits of articles, and what follows from them."""
        articles = set(articles)
        self.watch(CREDITS, "article_id", articles)
        self.watch(LISTINGS, "article_id", articles)
        self.watch(WORDINGS, "pk", articles)
        for some in batched(articles):
            self.watch(REFERENCES, "pk", references_of_credits(some).values_list("pk", flat=True))

    def write(self) -> None:
        """Write down what differs from when the watching began."""
        rows = [
            ChangedRow(change=self.change, table=table.name, row=key, before=before, after=after)
            for table, was in self._before.items()
            for key, before, after in _differences(table, was, self._after(table))
        ]
        ChangedRow.objects.bulk_create(rows, batch_size=BATCH)

    def _after(self, table: Table) -> dict[str, Values]:
        now: dict[str, Values] = {}
        for watched, column, wanted in self._watched:
            if watched is table:
                now.update(table.read(column, wanted))
        # What is no longer found that way may only have become another's.
        return now | table.read("pk", self._before[table].keys() - now.keys())


@contextmanager
def journalled(
    kind: ChangeKind,
    contributor: Contributor,
    *,
    by: AbstractBaseUser | None,
    note: str,
    absorbed: Contributor | None = None,
    **details: Any,
) -> Iterator[Journal]:
    """Inside, a change is made: whole or not at all, announced at once when it ends, and written down."""
    with in_turn(), announced_together():
        editor: Any = by
        change = IdentityChange.objects.create(
            kind=kind,
            contributor=contributor,
            absorbed=absorbed,
            made_by=editor,
            made_at=timezone.now(),
            note=note,
            details=details,
        )
        journal = Journal(change)
        yield journal
        journal.write()


def _differences(
    table: Table, was: dict[str, Values], now: dict[str, Values]
) -> Iterator[tuple[str, Values | None, Values | None]]:
    for key, before in was.items():
        after = now.get(key)
        if after is None:
            yield key, before, None
        elif changed := {name for name in before if before[name] != after.get(name)}:
            told = [name for name in before if name in changed | table.always]
            yield key, {name: before[name] for name in told}, {name: after.get(name) for name in told}
    for key, after in now.items():
        if key not in was:
            yield key, None, after
