"""What other rooms call when something has changed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from standfirst.database.turns import in_turn

from . import store
from .conf import settings
from .keys import EDITION, EVERYTHING
from .models import Key, PendingPurge
from .signals import announced

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
    # Whoever is not in turn already: two changes must not take keys in different orders.
    with in_turn(savepoint=False):
        store.purge(keys)
        _tell_outside(None if EVERYTHING in keys else sorted(set(keys)))
        announced.send(None, keys=frozenset(keys))


def everything_changed() -> None:
    """Announce that every page may have changed. It costs the same however many there are."""
    changed(EVERYTHING)


@transaction.atomic
def edition_serves() -> bool:
    """Announce which edition of the software, the theme and the settings is served from now on. Says if it is a new one.

    Our own pages are kept under their edition, and need nothing; a cache outside must forget those of another.
    """
    edition = EDITION + settings().edition
    served = set(Key.objects.filter(name__startswith=EDITION).values_list("name", flat=True))
    if served == {edition}:
        return False
    Key.objects.filter(name__startswith=EDITION).exclude(name=edition).delete()
    # Not of version 0: those that no page shows are swept away.
    Key.objects.get_or_create(name=edition, defaults={"version": 1})
    _tell_outside(None)
    return True


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
    with connection.execute_wrapper(_announce_write), _plain_inserts():
        yield


@contextmanager
def _plain_inserts() -> Iterator[None]:
    """SQLite cannot commit an INSERT … RETURNING before its rows are fetched, which is after we have announced it."""
    if connection.vendor != "sqlite":
        yield
        return
    features = connection.features
    could, features.can_return_columns_from_insert = features.can_return_columns_from_insert, False
    try:
        yield
    finally:
        features.can_return_columns_from_insert = could


def _announce_write(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if not WRITES.match(sql) or "pagecache_" in sql:
        return execute(sql, params, many, context)
    with transaction.atomic(savepoint=False):
        done = execute(sql, params, many, context)
        everything_changed()
    return done


def _tell_outside(keys: list[str] | None) -> None:
    """Leave word for `delivery`, in the transaction of the change."""
    if settings().purger:
        now = timezone.now()
        PendingPurge.objects.create(keys=keys, created_at=now, due_at=now)
