"""Reading kept pages without Django: one look-up by primary key, on a connection of each thread's own.

Two stores, one contract (`tests/pagecache/test_lookups.py`): `find` returns the page that holds now, or None.
"""

import sqlite3
import threading
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

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
    """Kept pages in a SQLite file, with copies in memory for as long as nobody writes to it.

    `PRAGMA data_version` says, in a fraction of the time of a look-up, whether anybody has committed anything
    since. (https://www.sqlite.org/pragma.html#pragma_data_version)
    """

    # Bytes of copies in each thread.
    LIMIT = 16 * 1024 * 1024

    def __init__(self, path: str) -> None:
        self._path = path
        self._of_thread = threading.local()

    def find(self, path: str) -> Found | None:
        try:
            read = self._of_thread.read
        except AttributeError:
            read = self._of_thread.read = _SQLiteReader(self._path, self.LIMIT)
        try:
            return read.find(path)
        except sqlite3.Error as error:
            raise StoreFails(str(error)) from error

    def used(self, pages: Mapping[int, int]) -> None:
        try:
            connection = sqlite3.connect(self._path, timeout=5)
            try:
                with connection:
                    connection.executemany(
                        "UPDATE pagecache_keptpage SET used = ? WHERE id = ?",
                        [(minute, page) for page, minute in pages.items()],
                    )
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise StoreFails(str(error)) from error


class _SQLiteReader:
    """One thread's connection and its copies."""

    QUERY = f"SELECT {COLUMNS} FROM {TABLES} WHERE p.path = ?"

    def __init__(self, path: str, limit: int) -> None:
        self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        self._execute = self._connection.execute
        self._execute("PRAGMA mmap_size = 268435456")
        self._limit = limit
        self._copies: dict[str, Found] = {}
        self._size = 0
        self._version = -1

    def find(self, path: str) -> Found | None:
        (version,) = self._execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._copies.clear()
            self._size, self._version = 0, version
        elif (copy := self._copies.get(path)) is not None:
            return copy
        row = self._execute(self.QUERY, (path,)).fetchone()
        if row is None:
            return None
        found = found_from(row)
        self._size += found.answer.size
        if self._size <= self._limit:
            self._copies[path] = found
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
