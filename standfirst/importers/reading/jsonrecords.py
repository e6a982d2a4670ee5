"""Takes single values out of JSON of any size, one at a time, within bounds. The tokens are ijson's."""

from collections.abc import Callable, Iterator
from typing import IO, Any

import ijson

from standfirst.importers.errors import ArchiveDamaged
from standfirst.importers.reading.members import Member

MOST_DEPTH = 64
MOST_BYTES = 32_000_000  # of one value: memory holds one whole
_CHUNK = 262_144


def stream_values(member: Member, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Any]]:
    """Yields what stands at every wanted place of a file, whole, with the place: `data.item` are the items of a list `data`.

    Raises ArchiveDamaged for JSON that is broken, cut short or beyond the bounds. What is inside a wanted value is of it.
    """
    with member.open() as file:
        source = _Source(file)
        events = ijson.parse(source, buf_size=_CHUNK, use_float=True)
        try:
            for place, event, value in events:
                if event in ("map_key", "end_map", "end_array") or not wanted(place):
                    continue
                source.begin()
                yield place, _value(events, event, value, 1)
                source.begin()
        except (ijson.JSONError, ValueError) as error:
            raise ArchiveDamaged(
                f"{member.name} is broken or ends too early ({str(error).splitlines()[0][:120]}); nothing was imported; make or "
                "download it again.",
                path=member.path,
            ) from error


class _Source:
    """The bytes of a file, counted from the last value on."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._given = 0
        self._is_first = True

    def begin(self) -> None:
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        if size == 0:  # ijson asks for nothing first, to see of what kind it is given
            return b""
        data = self._file.read(_CHUNK)
        if self._is_first and data:
            self._is_first = False
            data = data.removeprefix(b"\xef\xbb\xbf")
        self._given += len(data)
        if self._given > MOST_BYTES:
            raise ValueError("a record is larger than any honest one")
        return data


def _value(events: Iterator[tuple[str, str, Any]], event: str, value: Any, depth: int) -> Any:
    if depth > MOST_DEPTH:
        raise ValueError("a record is deeper than any honest one")
    if event == "start_map":
        found: dict[str, Any] = {}
        key = ""
        for _, event, value in events:
            if event == "end_map":
                break
            if event == "map_key":
                key = value
            else:
                found[key] = _value(events, event, value, depth + 1)
        return found
    if event == "start_array":
        items: list[Any] = []
        for _, event, value in events:
            if event == "end_array":
                break
            items.append(_value(events, event, value, depth + 1))
        return items
    return value
