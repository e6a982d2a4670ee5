"""What the conversions of bodies came to, so that the next import converts only those that changed.

Converting is most of the work of reading. A conversion is remembered under a digest of all that it is made of, this code
included: what is found is never out of date, and the file may be thrown away at any time.
"""

import hashlib
import json
import logging
import sqlite3
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import standfirst
from standfirst.importers.reading.records import CameTo, DraftArticle, MediaRef

_log = logging.getLogger(__name__)
# Where conversions are made. What they are made with is installed beside them.
_ROOMS = ("bodies", "importers", "text")


class Memory:
    """Conversions remembered in a file; without one, nothing is. Travels to another process, where it opens its own.

    A file that can't be used costs conversions, and no import.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._opened: sqlite3.Connection | None = None

    def __reduce__(self) -> tuple[type["Memory"], tuple[Path | None]]:
        return Memory, (self._file,)

    def mark_of(self, source: str, made_of: tuple[Any, ...]) -> str:
        """What a conversion is known by: the same of the same, by the same code."""
        if self._file is None:
            return ""
        digest = hashlib.blake2b(f"{edition()} {source}".encode(), digest_size=16)
        for part in made_of:
            # A text as it is: to spell it out takes some times as long.
            said = part if isinstance(part, str) else repr(part)
            digest.update(f"\n{type(part).__name__} {len(said)}\n{said}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def recall(self, mark: str) -> CameTo | None:
        """What the conversion came to, if it was ever made."""
        if self._file is None or not self._file.exists():
            return None
        try:
            found = (
                self._connection().execute("SELECT came_to FROM conversion WHERE mark = ?", [mark]).fetchone()
            )
            return _read(mark, found[0]) if found else None
        except (sqlite3.Error, ValueError, TypeError) as error:
            self._given_up(error)
            return None

    def keep(self, drafts: Iterable[DraftArticle]) -> None:
        """Remembers the conversions of these drafts that are not yet."""
        if self._file is None:
            return
        new = [
            (draft.came_to.mark, _written(draft.came_to))
            for draft in drafts
            if draft.came_to.mark and draft.made_of is None
        ]
        try:
            with self._connection() as connection:
                connection.executemany("INSERT OR REPLACE INTO conversion VALUES (?, ?)", new)
        except sqlite3.Error as error:
            self._given_up(error)

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            assert self._file is not None
            self._opened = sqlite3.connect(self._file, timeout=20)
            # A power cut may take all of it, which is then made anew.
            self._opened.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")
            with self._opened as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS edition (name TEXT)")
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS conversion (mark TEXT PRIMARY KEY, came_to TEXT) WITHOUT ROWID"
                )
                if connection.execute("SELECT name FROM edition").fetchall() != [(edition(),)]:
                    connection.execute("DELETE FROM conversion")  # by other code: none of it is found again
                    connection.execute("DELETE FROM edition")
                    connection.execute("INSERT INTO edition VALUES (?)", [edition()])
        return self._opened

    def _given_up(self, error: Exception) -> None:
        _log.warning("%s can't be used (%s), so every text is converted; delete it", self._file, error)
        self._file = None


@cache
def edition() -> str:
    """A name that differs whenever a conversion may come to something else."""
    libraries = sorted(f"{found.name} {found.version}" for found in distributions())
    package = Path(standfirst.__file__).parent
    code = sorted(path for room in _ROOMS for path in (package / room).rglob("*.py"))
    states = [(str(path.relative_to(package)), *state_of_file(path)) for path in code]
    return hashlib.blake2b(repr((libraries, states)).encode(), digest_size=8).hexdigest()


def state_of_file(path: Path) -> tuple[int, int]:
    """What differs once a file was changed; of one that can't be read, nothing."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _written(came_to: CameTo) -> str:
    pictures = [(picture.source_id, picture.url) for picture in came_to.pictures]
    return json.dumps(
        (came_to.digest, pictures, came_to.unknown_shortcodes, came_to.unknown_blocks, came_to.notes)
    )


def _read(mark: str, text: str) -> CameTo:
    digest, pictures, shortcodes, blocks, notes = json.loads(text)
    if not all(isinstance(said, str) for said in (digest, *shortcodes, *blocks, *notes)):
        raise ValueError("it holds what nobody wrote there")
    return CameTo(
        mark,
        digest,
        tuple(MediaRef(source_id, url) for source_id, url in pictures),
        tuple(shortcodes),
        tuple(blocks),
        tuple(notes),
    )
