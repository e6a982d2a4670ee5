"""Work that one process at a time may do, for as long as it takes; whoever comes second is told at once.

The lock is the system's on SQLite, and the server's on PostgreSQL: whoever holds it and dies, however that comes, leaves
nothing behind.
"""

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(work: str) -> Iterator[bool]:
    """Whether nobody else does this work on this database now, and nobody will until the end of the block."""
    if connection.vendor == "postgresql":
        with _locked_by_the_server(work) as is_ours:
            yield is_ours
        return
    # A file of its own: to close the database's would drop SQLite's locks on it.
    file = os.open(f"{connection.settings_dict['NAME']}-{work}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _is_locked(file)
    finally:
        os.close(file)


def _is_locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def _locked_by_the_server(work: str) -> Iterator[bool]:
    """In a transaction of a connection of its own, which a pooler in transaction mode keeps, and which holds nothing else."""
    own = connection.copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [zlib.crc32(f"alone:{work}".encode())])
            yield bool(cursor.fetchone()[0])
    finally:
        own.close()  # and with it the transaction, and the lock
