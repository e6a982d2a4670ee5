"""What other rooms call when something has changed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from . import store
from .conf import settings
from .keys import EVERYTHING
from .models import PendingPurge

# A page that was on its way to a cache outside when the purge passed it is caught by a second one.
REPEATED_AFTER = timedelta(seconds=15)


WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|WITH\b.*\b(INSERT|UPDATE|DELETE)\b)", re.I | re.S
)
# What is announced inside `announced_together`, until it ends.
_gathered: ContextVar[set[str] | None] = ContextVar("gathered", default=None)
# More keys than this at once cost more than keeping pages anew.
MOST_TOGETHER = 1_000


@transaction.atomic(savepoint=False)
def changed(*keys: str) -> None:
    """Announce, in the transaction that makes a change, what it changed: before and after.

    The kept pages that showed it are gone when the transaction commits, and caches outside are told afterwards.
    """
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(keys)
        return
    if not keys:
        return
    store.purge(keys)
    if settings().purger:
        told = None if EVERYTHING in keys else sorted(set(keys))
        now = timezone.now()
        PendingPurge.objects.bulk_create(
            [
                PendingPurge(keys=told, created_at=now, due_at=now),
                PendingPurge(keys=told, created_at=now, due_at=now + REPEATED_AFTER, is_repeat=True),
            ]
        )


def everything_changed() -> None:
    """Announce that every page may have changed. It costs the same however many there are."""
    changed(EVERYTHING)


@contextmanager
def announced_together() -> Iterator[None]:
    """Announce all that changes inside at once, when it ends: for writes in bulk, inside their transaction."""
    if _gathered.get() is not None:
        yield
        return
    keys: set[str] = set()
    token = _gathered.set(keys)
    try:
        yield
    finally:
        _gathered.reset(token)
    changed(*(keys if len(keys) <= MOST_TOGETHER else [EVERYTHING]))


@contextmanager
def any_write_announced() -> Iterator[None]:
    """Take every write inside, of whatever to whatever table, for a change of everything.

    For commands that are not ours: they may write in any way. Each write is announced in its own transaction.
    """
    with connection.execute_wrapper(_announce_write):
        yield


def _announce_write(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if not WRITES.match(sql) or "pagecache_" in sql:
        return execute(sql, params, many, context)
    with transaction.atomic(savepoint=False):
        done = execute(sql, params, many, context)
        everything_changed()
    return done
