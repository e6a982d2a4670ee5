"""Reading kept pages without Django: one look-up by the page's path.

Two stores, one contract (`tests/pagecache/test_lookups.py`): `find` returns the page that holds now, or None. A row that
is not as it was kept is no page; the next rendering takes its place.
"""

import mmap
import os
import sqlite3
import threading
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import quote

from .answers import Answer
from .keys import EVERYTHING
from .signposts import Signpost

if TYPE_CHECKING:
    from standfirst.database.pool import Pool

# What the checksum is made of, in this order, between the row's id and the checksum itself.
COLUMNS = "path, generation, status, headers, etag, modified, gzip, brotli"
# The lighter of two wordings: nothing is prepared (see `PostgreSQLLookup`), and a join takes a planner longer.
WHERE = f"generation = (SELECT version FROM pagecache_key WHERE name = '{EVERYTHING}') AND path ="


class Found(NamedTuple):
    """A kept page, and its row's id."""

    page: int
    answer: Answer


class StoreFails(Exception):
    """Kept pages can't be read at the moment; whether pages can be rendered, Django finds out."""


class NoDatabase(StoreFails):
    """The database cannot be reached: nobody can know at the moment what has changed in it."""


class DamagedRow(Exception):
    """A kept page is not as it was kept."""


class Lookup(Protocol):
    """Where kept pages are found."""

    def find(self, path: str) -> Found | None:
        """The page kept under this path, if it holds. Raises StoreFails, DamagedRow."""

    def holds(self, signpost: Signpost) -> bool:
        """Whether nothing that this answer depends on has changed. Raises StoreFails."""

    def used(self, pages: Mapping[int, int]) -> None:
        """Note when pages were last asked for: by their id, the minute since 1970. Raises StoreFails."""


class SQLiteLookup:
    """Kept pages in a SQLite file, with copies in memory for as long as nobody writes to it."""

    QUERY = f"SELECT id, {COLUMNS}, checksum FROM pagecache_keptpage WHERE {WHERE} ?"
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
            # Looked at before anything is read: what is read is as new as this, or newer.
            state = self._state()
            copies = self._copies
            if copies.state != state:
                copies = self._copies = Copies(state, self.LIMIT)
            elif (copy := copies.get(path)) is not None:
                return copy
            row = self._execute(self.QUERY, (path,)).fetchone()
        except (sqlite3.Error, OSError) as error:
            raise self._trouble(error) from error
        return copies.add(path, found_from(row)) if row else None

    def holds(self, signpost: Signpost) -> bool:
        try:
            state = self._state()
            if signpost.state == state:
                return True
            names = tuple(signpost.versions)
            query = f"SELECT name, version FROM pagecache_key WHERE name IN ({', '.join('?' * len(names))})"
            versions = self._execute(query, names).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise self._trouble(error) from error
        if not signpost.is_of(versions):
            return False
        signpost.state = state
        return True

    def used(self, pages: Mapping[int, int]) -> None:
        try:
            with closing(sqlite3.connect(self._path, timeout=5)) as connection, connection:
                connection.executemany(
                    "UPDATE pagecache_keptpage SET used = ? WHERE id = ?",
                    [(minute, page) for page, minute in pages.items()],
                )
        except sqlite3.Error as error:
            raise self._trouble(error) from error

    def _state(self) -> bytes:
        if self._commits is None:
            self._commits = Commits(self._path)
        return self._commits.state()

    def _execute(self, query: str, parameters: tuple[Any, ...]) -> sqlite3.Cursor:
        try:
            execute: Callable[..., sqlite3.Cursor] = self._of_thread.execute
        except AttributeError:
            execute = self._of_thread.execute = reading(self._path).execute
        return execute(query, parameters)

    def _trouble(self, error: Exception) -> StoreFails:
        """NoDatabase, if the file is not there or its disk can't be read. Busy, damaged or full, it is there."""
        code = (
            getattr(error, "sqlite_errorcode", 0) & 0xFF
        )  # https://www.sqlite.org/rescode.html: the primary one
        is_out_of_reach = code == sqlite3.SQLITE_IOERR or not os.access(self._path, os.R_OK)
        return (NoDatabase if is_out_of_reach else StoreFails)(str(error))


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
    # Damaged bytes are for the checksum to find.
    connection.text_factory = _text
    connection.execute("PRAGMA mmap_size = 268435456")
    return connection


def _text(stored: bytes | None) -> str:
    return (stored or b"").decode(errors="replace")


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
    """Kept pages in PostgreSQL, read on connections of the pool that Django takes its own from.

    Nothing is prepared: behind a pooler in transaction mode the next statement may reach another session, which knows
    nothing of it, or something else by its name. (What that costs: `docs/performance.md`.)
    """

    QUERY = f"SELECT id, {COLUMNS}, checksum FROM pagecache_keptpage WHERE {WHERE} $1".encode()

    def __init__(self, pool: "Pool") -> None:
        from psycopg import Error

        from standfirst.database.pool import Silent, asked, says_there_is_no_server

        self._pool = pool
        self._error, self._silent = Error, Silent
        self._asked, self._says_there_is_no_server = asked, says_there_is_no_server

    def find(self, path: str) -> Found | None:
        rows = self._ask(self.QUERY, path)
        return found_from(_decoded(rows[0])) if rows else None

    def holds(self, signpost: Signpost) -> bool:
        names = list(signpost.versions)
        slots = ", ".join(f"${number}" for number in range(1, len(names) + 1))
        rows = self._ask(f"SELECT name, version FROM pagecache_key WHERE name IN ({slots})".encode(), *names)
        return signpost.is_of((_text(name), _number(version)) for name, version in rows)

    def used(self, pages: Mapping[int, int]) -> None:
        for page, minute in sorted(pages.items()):
            self._ask(
                b"UPDATE pagecache_keptpage SET used = $1::int WHERE id = $2::bigint", str(minute), str(page)
            )

    def _ask(self, query: bytes, *values: str) -> list[Any]:
        try:
            rows = self._answer(query, values)
            if rows is None:  # A session that was lost says nothing of the server: a new one does.
                self._pool.close_idle()
                rows = self._answer(query, values, is_last=True)
        except self._error as error:
            if isinstance(error, self._silent):
                self._pool.was_silent()
            kind = NoDatabase if self._says_there_is_no_server(error) else StoreFails
            raise kind(str(error)) from error
        self._pool.has_answered()
        return rows or []

    def _answer(self, query: bytes, values: tuple[str, ...], *, is_last: bool = False) -> list[Any] | None:
        """The rows; None if the session was lost or silent, and it was not the last try."""
        connection = self._pool.take()
        try:
            return self._asked(connection, query, *(value.encode() for value in values))
        except self._error as error:
            if is_last or not (connection.closed or self._says_there_is_no_server(error)):
                raise
            return None
        finally:
            self._pool.give_back(connection)


def _decoded(row: list[bytes | None]) -> tuple[Any, ...]:
    """A row of `QUERY`, of PostgreSQL's binary form."""
    page, path, generation, status, headers, etag, modified, gzip, brotli, checksum = row
    return (
        _number(page),
        _text(path),
        _number(generation),
        _number(status),
        _text(headers),
        _text(etag),
        _number(modified),
        gzip,
        brotli,
        _number(checksum),
    )


def _number(stored: bytes | None) -> int | None:
    return None if stored is None else int.from_bytes(stored, "big", signed=True)


def lookup_in(name: str, pool: "Pool | None") -> Lookup:
    """Where kept pages are found: in a SQLite file of this name, or with the connections of a pool."""
    return SQLiteLookup(name) if pool is None else PostgreSQLLookup(pool)


def checksum_of(*stored: object) -> int:
    """A number made of what `COLUMNS` names. It tells damage by chance, not on purpose."""
    *words, gzip, brotli = stored
    return zlib.crc32(brotli, zlib.crc32(gzip, zlib.crc32(repr(words).encode())))  # type: ignore[arg-type]


def found_from(row: Any) -> Found:
    """The page in a row: its id, the columns of `COLUMNS` and the checksum. Raises DamagedRow."""
    page, *stored, checksum = row
    path, _generation, status, headers, etag, modified, gzip, brotli = stored
    try:
        is_whole = checksum_of(*stored) == checksum
    except (TypeError, ValueError):  # Not even of the kind that it was.
        is_whole = False
    if not is_whole:
        raise DamagedRow(path)
    pairs = tuple(
        (name, value) for name, _, value in (line.partition(": ") for line in headers.split("\n")) if name
    )
    return Found(page, Answer(status, pairs, etag, modified, bytes(gzip), bytes(brotli)))
