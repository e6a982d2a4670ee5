"""One writer at a time, on either database.

SQLite has one writer. On PostgreSQL two would work side by side, each deciding from rows that the other is about to
change: a credit for somebody who is being merged away, a name printed while it is changed everywhere, two articles in one
place of the tree. So there too whoever writes what readers see waits for a turn before reading what to decide from, and
has it until the transaction ends. Readers wait for nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# A lock of PostgreSQL's that stands for nothing but this (“turn” in ASCII). It ends with its transaction, so a pooler in
# transaction mode keeps it.
TURN = 0x7475726E
# As long as a writer waits on SQLite, see `config.settings`.
SECONDS_TO_WAIT = 20
_UNDER_WAY = "_standfirst_turns"


@contextmanager
def in_turn(*, savepoint: bool = True) -> Iterator[None]:
    """A transaction, or a part of one, in which nobody else writes. Also a decorator: `@in_turn()`.

    Raises OperationalError if others have been writing for too long. To be entered before a row is locked or written:
    who holds a row and then waits for a turn may be waited for by whoever has it.
    """
    with transaction.atomic(savepoint=savepoint):
        under_way = getattr(connection, _UNDER_WAY, 0)
        if not under_way:
            _wait()
        setattr(connection, _UNDER_WAY, under_way + 1)
        try:
            yield
        finally:
            setattr(connection, _UNDER_WAY, under_way)


def _wait() -> None:
    if connection.vendor != "postgresql":
        return  # Its transactions begin as writers' (`transaction_mode`), and so one after another.
    # Asked of the driver: it is no part of the work, which costs the same queries on either database.
    with connection.wrap_database_errors:
        connection.connection.execute(
            "SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)",
            [f"{SECONDS_TO_WAIT}s", TURN],
        )
