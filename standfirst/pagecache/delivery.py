"""Tells the cache outside what has changed: from rows written with the change, until it has heard, and once again.

*Once again*: a page may have been on its way to that cache, rendered from the old rows, when the purge passed it. So
what has been told becomes due once more. The time is counted from the first telling and not from the row: a row that
was written early in a long transaction is seen only after it.

*At least once*: a row goes after the cache has answered. Whoever is killed in between leaves it to be told again, and
two deliverers at once do no more harm than that. On PostgreSQL a row that one of them has taken is left out by the
other. On SQLite nothing is held while we wait for an answer, because every other writer would wait with us.
"""

import logging
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from itertools import groupby

from django.db import connection, transaction
from django.db.models import QuerySet

from standfirst.database.batches import batched

from .models import PendingPurge
from .purgers import PurgeFailed, Purger

log = logging.getLogger("standfirst.delivery")

# `docs/operations/standfirst.vcl` waits ten seconds at most for a page that is kept.
REPEATED_AFTER = timedelta(seconds=15)
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=10)
# Rows in one round, and keys in one telling: beyond, it is told that everything has changed.
ROWS, KEYS = 1000, 2000
# Rows that may pile up while it does not listen, before one that stands for everything takes their place.
PILE = 10_000
LONGEST_ERROR = 500


def deliver_due(now: datetime, purger: Purger) -> int:
    """Tell what is due; says how many rows were told. What fails is put off, and noted in its row."""
    if not PendingPurge.objects.filter(due_at__lte=now).exists():
        return 0
    _collapse_a_pile()
    with _held():
        due = list(_rows().filter(due_at__lte=now)[:ROWS])
        if any(row.keys is None and not row.is_repeat for row in due):
            return _deliver_everything(due, now, purger)
        # What failed before is told by itself, lest it take with it what was never tried.
        new = [row for row in due if not row.attempts]
        failed = [row for row in due if row.attempts]
        return _deliver(new, now, purger) + _deliver(failed, now, purger)


def _deliver(rows: Sequence[PendingPurge], now: datetime, purger: Purger) -> int:
    if not rows or not _told(_merged(rows), rows, now, purger):
        return 0
    _tell_again([row.pk for row in rows if not row.is_repeat], now)
    _forget([row.pk for row in rows if row.is_repeat])
    return len(rows)


def _deliver_everything(due: Sequence[PendingPurge], now: datetime, purger: Purger) -> int:
    """Tell that everything has changed, which is true of all that waits: that it is told again will do for all."""
    waiting = list(_rows().values_list("pk", flat=True))
    if not _told(None, due, now, purger):
        return 0
    last = max(row.pk for row in due if row.keys is None and not row.is_repeat)
    if _tell_again([last], now):
        _forget([pk for pk in waiting if pk != last])
    else:  # Another deliverer has done with it.
        _tell_again(waiting, now)
    return len(waiting)


def _told(keys: list[str] | None, rows: Sequence[PendingPurge], now: datetime, purger: Purger) -> bool:
    try:
        purger.purge(keys)
    except PurgeFailed as failure:
        log.warning("The cache outside could not be told what has changed: %s", failure)
        _put_off(rows, now, failure)
        return False
    return True


def _merged(rows: Iterable[PendingPurge]) -> list[str] | None:
    keys: set[str] = set()
    for row in rows:
        if row.keys is None:
            return None
        keys.update(row.keys)
    return sorted(keys) if len(keys) <= KEYS else None


def _tell_again(rows: Iterable[int], now: datetime) -> int:
    return sum(
        PendingPurge.objects.filter(pk__in=batch).update(
            is_repeat=True, created_at=now, due_at=now + REPEATED_AFTER, attempts=0, error=""
        )
        for batch in batched(rows)
    )


def _forget(rows: Iterable[int]) -> None:
    for batch in batched(rows):
        PendingPurge.objects.filter(pk__in=batch).delete()


def _put_off(rows: Sequence[PendingPurge], now: datetime, failure: PurgeFailed) -> None:
    asked = timedelta(seconds=failure.retry_after)
    for attempts, same in groupby(sorted(rows, key=lambda row: row.attempts), lambda row: row.attempts):
        pause = min(FIRST_PAUSE * 2 ** min(attempts, 20), LONGEST_PAUSE)
        for batch in batched(row.pk for row in same):
            PendingPurge.objects.filter(pk__in=batch).update(
                attempts=attempts + 1,
                due_at=now + max(pause, asked),
                error=str(failure)[:LONGEST_ERROR],
            )


def _collapse_a_pile() -> None:
    if PendingPurge.objects.count() <= PILE:
        return
    with transaction.atomic():
        pile = list(_rows().values_list("pk", "created_at", "due_at", "attempts", "error"))
        if len(pile) <= PILE:
            return
        rows, created, due, attempts, errors = zip(*pile, strict=True)
        PendingPurge.objects.create(
            keys=None,
            created_at=min(created),
            due_at=min(due),
            attempts=max(attempts),
            error=next(filter(None, reversed(errors)), ""),
        )
        _forget(rows)


def _rows() -> QuerySet[PendingPurge]:
    return PendingPurge.objects.select_for_update(skip_locked=True).order_by("pk")


def _held() -> AbstractContextManager[object]:
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
