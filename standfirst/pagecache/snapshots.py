"""Reading the database as it was at one moment, so that the parts of a page cannot disagree."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection, transaction

# SAVEPOINT and RELEASE are Django's own, and what is set for a transaction ends with it; everything else that is no SELECT
# changes something.
READS = (
    "SELECT",
    "WITH",
    "EXPLAIN",
    "PRAGMA",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "SET TRANSACTION",
    "SET LOCAL",
)


Made = TypeVar("Made")
_is_reading: ContextVar[bool] = ContextVar("is_reading", default=False)


class WritesWhileReading(Exception):
    """Something was to be written while a page was rendered from a snapshot."""


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read inside is as of one moment. Whoever writes inside gets WritesWhileReading.

    Inside a transaction already begun, as in tests, it is that transaction which decides what is seen.
    """
    if connection.in_atomic_block:
        yield
        return
    with _deferred(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        token = _is_reading.set(True)
        try:
            with connection.execute_wrapper(_reads_only):
                yield
        finally:
            _is_reading.reset(token)


def beside_the_snapshot(make: Callable[[], Made]) -> Made:
    """What `make` returns: something a page needs and that must be stored, such as a size of an image.

    Outside a snapshot it is simply called; inside one, on a connection of its own.
    """
    if not _is_reading.get():
        return make()

    def make_elsewhere() -> Made:
        try:
            return make()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(make_elsewhere).result()


@contextmanager
def _deferred() -> Iterator[None]:
    """SQLite's transactions begin as writers' here (see the settings); this one is a reader's."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]


def _reads_only(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    # A message may have several statements in it. Values go apart, so none has a semicolon of its own.
    for statement in filter(str.strip, sql.split(";")):
        if not statement.lstrip(" (\n").upper().startswith(READS):
            raise WritesWhileReading(statement[:80])
    return execute(sql, params, many, context)
