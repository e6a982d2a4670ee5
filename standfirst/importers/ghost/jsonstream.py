"""Streams the records of an export's tables out of JSON, one at a time, however large the file is.

The tokens are ijson's. Here is what it leaves open: where the tables stand, how deep and how large a record may be, and a
sentence about a file that is broken that names the place.
"""

import codecs
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import ijson

from standfirst.importers.errors import ArchiveDamaged, NotAnArchive

MOST_DEPTH = 64
MOST_BYTES = 32_000_000  # of one record: memory holds one whole, and again as what it becomes
# Of a string cut by the end of a chunk, the tokens are looked for again from its beginning: so, few and large.
_CHUNK = 1_048_576
_PACES = (16_384, 256, 1)  # in which the place of an error is narrowed down
# The maps whose lists are tables: of an export, of one without its envelope, and of what the interface for programs gives.
_HOLDERS = frozenset({(), ("db",), ("data",), ("db", "data")})

Event = tuple[str, Any]


class Record(NamedTuple):
    """One row of a table; `value` is None for a table nobody asked for, whose rows are only counted."""

    table: str
    value: Any


def stream_records(
    path: Path, *, wanted: Collection[str], on_bytes: Callable[[int], None] | None = None
) -> Iterator[Record]:
    """Yields the rows of every table, in the order of the file.

    Raises NotAnArchive for JSON that is not made of tables, and ArchiveDamaged for what is broken, cut short or beyond
    the bounds.
    """
    with path.open("rb") as file:
        source = _Source(file, on_bytes)
        walk = _Walk(path, source, wanted)
        try:
            yield from walk.run()
        except (ijson.JSONError, ValueError) as error:
            walk.damaged(error)


class _Source:
    """The bytes of a file as UTF-8, counted."""

    def __init__(self, file: Any, on_bytes: Callable[[int], None] | None = None) -> None:
        self._file = file
        self._on_bytes = on_bytes
        self._decoder: codecs.IncrementalDecoder | None = None
        self.given = 0
        self.slow_from: int | None = None  # from here on at a slower pace, to find a place
        self.pace = _CHUNK
        self.record_from = 0
        head = file.read(3)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        file.seek(3 if head == codecs.BOM_UTF8 else 0)

    def read(self, size: int = -1) -> bytes:
        if size == 0:  # ijson asks for nothing first, to see of what kind it is given
            return b""
        if self.given - self.record_from > MOST_BYTES:
            raise _Beyond("too large")
        pace = self.pace if self.slow_from is not None and self.given >= self.slow_from else _CHUNK
        data: bytes = self._file.read(pace)
        if self._decoder is not None:
            text = self._decoder.decode(data, final=not data)
            while data and not text:
                data = self._file.read(pace)
                text = self._decoder.decode(data, final=not data)
            data = text.encode("utf-8", "replace")
        self.given += len(data)
        if self._on_bytes is not None:
            self._on_bytes(self._file.tell())
        return data


class _Beyond(ValueError):
    """A record is deeper or larger than any honest one."""


class _Walk:
    def __init__(self, path: Path, source: _Source, wanted: Collection[str]) -> None:
        self.path = path
        self.source = source
        self.wanted = wanted
        self.table = ""
        self.number = 0
        self.has_tables = False  # whether one of them is of posts
        self.events: Iterator[Event] = ijson.basic_parse(source, buf_size=_CHUNK, use_float=True)

    def run(self) -> Iterator[Record]:
        event, _ = next(self.events)
        if event != "start_map":
            self._is_something_else()
        yield from self._holder(())
        for _ in self.events:  # what follows the end is an error of its own
            pass
        if not self.has_tables:
            self._is_something_else()

    def _holder(self, path: tuple[str, ...]) -> Iterator[Record]:
        """Walks a map that may hold tables; its start was taken."""
        for event, key in self.events:
            if event == "end_map":
                return
            inner = (*path, str(key))
            event, value = next(self.events)
            self.source.record_from = self.source.given
            if event == "start_array":
                yield from self._list(inner)
            elif event == "start_map" and inner in _HOLDERS:
                yield from self._holder(inner)
            elif key == "meta":
                yield Record("meta", self._value(event, value, 1))
            else:
                self._skip(event)

    def _list(self, path: tuple[str, ...]) -> Iterator[Record]:
        """Walks a list in a holder: a table, or the list of databases around the tables."""
        name = path[-1]
        is_table = path not in _HOLDERS
        if is_table:
            self.table, self.number = name, 0
            self.has_tables = self.has_tables or name == "posts"
        for event, value in self.events:
            if event == "end_array":
                break
            self.source.record_from = self.source.given
            if not is_table and event == "start_map":
                yield from self._holder(path)
                continue
            if not is_table:
                self._skip(event)
                continue
            self.number += 1
            if name in self.wanted:
                yield Record(name, self._value(event, value, 1))
            else:
                self._skip(event)
                yield Record(name, None)
        self.table, self.number = "", 0

    def _value(self, event: str, value: Any, depth: int) -> Any:
        if event == "start_map":
            self._check(depth)
            found: dict[str, Any] = {}
            for event, key in self.events:
                if event == "end_map":
                    return found
                event, value = next(self.events)
                found[key] = self._value(event, value, depth + 1)
        elif event == "start_array":
            self._check(depth)
            items: list[Any] = []
            for event, value in self.events:
                if event == "end_array":
                    return items
                items.append(self._value(event, value, depth + 1))
        return value

    def _skip(self, event: str) -> None:
        depth = int(event in ("start_map", "start_array"))
        while depth:
            event, _ = next(self.events)
            depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
            self._check(depth)

    def _check(self, depth: int) -> None:
        if depth > MOST_DEPTH:
            raise _Beyond("too deep")

    # ---------------------------------------------------------------------------------------------------- what is wrong

    def _is_something_else(self) -> NoReturn:
        raise NotAnArchive(
            f"{self.path.name} is JSON, but not a Ghost export: it holds no table of posts; nothing was imported; make the "
            "export in Ghost under Settings → Import/Export (in older versions: Labs → Export)."
        )

    def damaged(self, error: Exception) -> NoReturn:
        where = f" in record {self.number:,} of “{self.table[:40]}”" if self.table and self.number else ""
        line, byte = (0, 0) if isinstance(error, _Beyond) else self._place()
        place = f"at line {line:,}, byte {byte:,},{where}".rstrip(",")
        again = "export the site again from Ghost under Settings → Import/Export (in older versions: Labs → Export)"
        if isinstance(error, _Beyond):
            raise ArchiveDamaged(
                f"{self.path.name} holds a record that is {error},{where or ' at its beginning'}, which no Ghost export does; "
                f"nothing was imported; {again}.",
                path=self.path,
            ) from error
        if "premature EOF" in str(error):
            message = (
                f"{self.path.name} ends too early, {place}; nothing was imported; the download was probably cut short: "
                f"{again}."
            )
        else:
            message = f"{self.path.name} is broken {place}; nothing was imported; {again}."
        raise ArchiveDamaged(message, path=self.path, line=line) from error

    def _place(self) -> tuple[int, int]:
        """The line and byte where reading stopped, found by reading again, ever slower towards the end."""
        slow_from, byte = self.source.given - _CHUNK, 0
        for pace in _PACES:
            with self.path.open("rb") as file:
                source = _Source(file)
                source.slow_from, source.pace = slow_from, pace
                try:
                    for _ in ijson.basic_parse(source, buf_size=_CHUNK, use_float=True):
                        source.record_from = source.given
                except (ijson.JSONError, ValueError):
                    pass
                slow_from, byte = source.given - pace, file.tell()
        line, left = 1, max(0, byte - 1)
        with self.path.open("rb") as file:
            while left and (some := file.read(min(left, _CHUNK))):
                line += some.count(b"\n")
                left -= len(some)
        return line, byte
