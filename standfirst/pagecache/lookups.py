"""Reading kept pages without Django: one look-up by primary key, on a connection of each thread's own.

Two stores, one contract (`tests/pagecache/test_lookups.py`): `find` returns the page that holds now, or None.
"""

import mmap
import os
import sqlite3
import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from .answers import Answer
from .keys import EVERYTHING

COLUMNS = "p.id, p.status, p.headers, p.etag, p.modified, p.gzip, p.brotli"
TABLES = (
    "pagecache_keptpage p JOIN pagecache_key k ON k.name = '" + EVERYTHING + "' AND k.version = p.generation"
)


class Found(NamedTuple):
    """A kept page, and its row's id."""

    page: int
    answer: Answer


class StoreFails(Exception):
    """The database can't be read at the moment."""


class Lookup(Protocol):
    """Where kept pages are found."""

    def find(self, path: str) -> Found | None:
        """The page kept under this path, if it holds. Raises StoreFails."""

    def used(self, pages: Mapping[int, int]) -> None:
        """Note when pages were last asked for: by their id, the minute since 1970. Raises StoreFails."""


class SQLiteLookup:
    """Kept pages in a SQLite file, with copies in memory for as long as nobody writes to it."""

    QUERY = f"SELECT {COLUMNS} FROM {TABLES} WHERE p.path = ?"
    # Bytes of copies in each process.
    LIMIT = 32 * 1024 * 1024

    def __init__(self, path: str) -> None:
        self._path = path
        self._of_thread = threading.local()
        self._commits: Commits | None = None
        # Shared by the threads, and replaced, never emptied, by any that sees a commit.
        self._copies = Copies(b"", self.LIMIT)

    def find(self, path: str) -> Found | None:
        try:
            if self._commits is None:
                self._commits = Commits(self._path)
            # Looked at before anything is read: what is read is as new as this, or newer.
            state = self._commits.state()
            copies = self._copies
            if copies.state != state:
                copies = self._copies = Copies(state, self.LIMIT)
            elif (copy := copies.get(path)) is not None:
                return copy
            row = self._execute(self.QUERY, (path,)).fetchone()
        except (sqlite3.Error, OSError) as error:
            raise StoreFails(str(error)) from error
        return copies.add(path, found_from(row)) if row else None

    def used(self, pages: Mapping[int, int]) -> None:
        try:
            with closing(sqlite3.connect(self._path, timeout=5)) as connection, connection:
                connection.executemany(
                    "UPDATE pagecache_keptpage SET used = ? WHERE id = ?",
                    [(minute, page) for page, minute in pages.items()],
                )
        except sqlite3.Error as error:
            raise StoreFails(str(error)) from error

    def _execute(self, query: str, parameters: tuple[Any, ...]) -> sqlite3.Cursor:
        try:
            execute: Callable[..., sqlite3.Cursor] = self._of_thread.execute
        except AttributeError:
            execute = self._of_thread.execute = reading(self._path).execute
        return execute(query, parameters)


class Commits:
    """Tells, at the price of comparing some bytes, whether anybody has committed anything to a SQLite file.

    The WAL-index, a small file that SQLite's processes share in memory, begins with a header (twice) that holds a
    counter of changes, the length of the log and checksums of both; every commit writes it before it returns
    (https://www.sqlite.org/walformat.html, section 2.1). Equal bytes, then, mean no commit. `PRAGMA data_version`
    says the same, but lets go of Python's lock while it asks, and with several threads waiting for that lock
    this costs a third of all requests (`docs/performance.md`).
    """

    HEADER = 2 * 48

    def __init__(self, path: str) -> None:
        # Its first read makes the WAL-index; and as long as it is open nobody takes the file for unused and removes it.
        self._anchor = reading(path)
        (mode,) = self._anchor.execute("PRAGMA journal_mode").fetchone()
        self._anchor.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        self._memory = None
        if mode == "wal":
            # Never closed: closing any descriptor of a file gives up all the locks that this process, and so the
            # SQLite in it, has on the file (POSIX, fcntl).
            descriptor = os.open(f"{path}-shm", os.O_RDONLY | os.O_CLOEXEC)
            self._memory = mmap.mmap(descriptor, self.HEADER, prot=mmap.PROT_READ)
            _never_closed.append(self)

    def state(self) -> bytes:
        """Bytes that differ after any commit; where there is no WAL, bytes that always differ."""
        return os.urandom(16) if self._memory is None else self._memory[: self.HEADER]


_never_closed: list[Commits] = []


def reading(path: str) -> sqlite3.Connection:
    """A connection that can only read."""
    connection = sqlite3.connect(
        f"file:{quote(path)}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA mmap_size = 268435456")
    return connection


class Copies(dict[str, Found]):
    """Pages as they are in one state of the database, up to a limit in bytes; beyond it they are read again each time."""

    def __init__(self, state: bytes, limit: int) -> None:
        super().__init__()
        self.state = state
        self._room = limit

    def add(self, path: str, found: Found) -> Found:
        size = found.answer.size_in_memory
        if size <= self._room:
            self._room -= size
            self[path] = found
        return found


class PostgreSQLLookup:
    """Kept pages in PostgreSQL. `conninfo` is libpq's."""

    QUERY = f"SELECT {COLUMNS} FROM {TABLES} WHERE p.path = %s"

    def __init__(self, conninfo: str) -> None:
        import psycopg

        self._psycopg = psycopg
        self._conninfo = conninfo
        self._of_thread = threading.local()

    def find(self, path: str) -> Found | None:
        row = self._execute(self.QUERY, (path,)).fetchone()
        return found_from(row) if row else None

    def used(self, pages: Mapping[int, int]) -> None:
        for page, minute in sorted(pages.items()):
            self._execute("UPDATE pagecache_keptpage SET used = %s WHERE id = %s", (minute, page))

    def _execute(self, query: str, parameters: tuple[Any, ...]) -> Any:
        connection = getattr(self._of_thread, "connection", None)
        for attempt in (1, 2):
            try:
                if connection is None or connection.closed:
                    connection = self._psycopg.connect(self._conninfo, autocommit=True, prepare_threshold=1)
                    self._of_thread.connection = connection
                return connection.execute(query, parameters, binary=True)
            except self._psycopg.OperationalError as error:
                # The server has gone, or was restarted; a new connection tells which.
                if connection is not None:
                    connection.close()
                if attempt == 2:
                    raise StoreFails(str(error)) from error
            except self._psycopg.Error as error:
                raise StoreFails(str(error)) from error


def lookup_in(database: Mapping[str, Any]) -> Lookup:
    """Where the kept pages of a database are found; `database` is as Django's settings describe one."""
    if database["ENGINE"].endswith("sqlite3"):
        return SQLiteLookup(str(database["NAME"]))
    from psycopg.conninfo import make_conninfo

    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parts = {libpqs: database.get(djangos) or None for libpqs, djangos in named.items()}
    return PostgreSQLLookup(make_conninfo("", **parts, **database.get("OPTIONS", {})))


def found_from(row: Any) -> Found:
    page, status, headers, etag, modified, gzip, brotli = row
    pairs = tuple(
        (name, value) for name, _, value in (line.partition(": ") for line in headers.split("\n")) if name
    )
    return Found(page, Answer(status, pairs, etag, modified, bytes(gzip), bytes(brotli)))
