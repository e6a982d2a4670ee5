"""Reads workbooks of Excel and OpenDocument with calamine, in a process of its own.

A workbook is packed: a small file may unpack to any size, or say one cell a million times. So it is read where memory has an
end: what does not fit there is refused, with a way that has none (CSV). The rows come back through a file, one by one.
"""

import datetime as clock
import multiprocessing
import os
import pickle
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from standfirst.importers.errors import ArchiveDamaged, ImportRefused

MOST_MEMORY = 1_000_000_000
LARGEST_UNPACKED = 400_000_000
LONGEST_READING = 600  # seconds
_CHUNK = 200
_CUT = 1 << 20


@dataclass(frozen=True, slots=True)
class SpooledSheet:
    """One sheet of a workbook, its rows in a file of this import's own."""

    name: str
    file: Path
    is_hidden: bool

    def rows(self) -> Iterator[list[str]]:
        with self.file.open("rb") as source:
            while True:
                try:
                    yield from pickle.load(source)
                except EOFError:
                    return


def spool(path: Path, folder: Path) -> list[SpooledSheet]:
    """The sheets of a workbook. Raises ImportRefused for what is none, is damaged, or does not fit."""
    _weigh(path)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    reader = context.Process(target=_spool, args=(path, folder, theirs), daemon=True)
    reader.start()
    theirs.close()
    answer: Any = None
    try:
        if ours.poll(LONGEST_READING):
            answer = ours.recv()
    except EOFError:
        pass
    finally:
        reader.terminate()
        reader.join(timeout=10)
    if isinstance(answer, list):
        return answer
    if isinstance(answer, str):
        raise ArchiveDamaged(
            f"{path.name} cannot be read ({answer}); nothing was imported; save it again.", path=path
        )
    raise _too_large(path)


def _too_large(path: Path) -> ImportRefused:
    return ImportRefused(
        f"{path.name} unpacks to more than a workbook is read with; nothing was imported; save each sheet as CSV (UTF-8), "
        "which may be of any size."
    )


def _locked(path: Path) -> ImportRefused:
    return ImportRefused(f"{path.name} is locked with a password; nothing was imported; save it without one.")


def _locked_or_damaged(path: Path) -> ImportRefused:
    with path.open("rb") as source:
        # A workbook with a password is wrapped in the kind of file that Excel wrote before 2007.
        if source.read(4) == b"\xd0\xcf\x11\xe0":
            return _locked(path)
    return ArchiveDamaged(
        f"{path.name} is no workbook, whatever its name says; nothing was imported.", path=path
    )


def _weigh(path: Path) -> None:
    """Refuses a packed workbook that unpacks to too much, whatever its own list of contents says."""
    if not zipfile.is_zipfile(path):
        if path.suffix.lower() == ".xls":
            return  # of Excel before 2007, which is not packed
        raise _locked_or_damaged(path)
    total = 0
    try:
        with zipfile.ZipFile(path) as packed, path.open("rb") as source:
            for part in packed.infolist():
                if part.flag_bits & 1:
                    raise _locked(path)
                source.seek(part.header_offset + 26)
                lengths = source.read(4)
                skipped = int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
                source.seek(skipped, 1)
                total += _unpacked(source, part, LARGEST_UNPACKED - total)
                if total > LARGEST_UNPACKED:
                    raise _too_large(path)
    except (zipfile.BadZipFile, OSError, zlib.error, ValueError) as error:
        raise ArchiveDamaged(
            f"{path.name} cannot be unpacked ({error}); nothing was imported; save it again.", path=path
        ) from error


def _unpacked(source: Any, part: zipfile.ZipInfo, most: int) -> int:
    """How many bytes a part unpacks to, counted no further than just beyond `most`."""
    if part.compress_type != zipfile.ZIP_DEFLATED:
        return part.compress_size
    inflate = zlib.decompressobj(-15)
    left, count = part.compress_size, 0
    while left > 0 and count <= most and not inflate.eof:
        data = inflate.unconsumed_tail or source.read(min(_CUT, left))
        if not data:
            break
        if not inflate.unconsumed_tail:
            left -= len(data)
        count += len(inflate.decompress(data, _CUT))
    while inflate.unconsumed_tail and count <= most:
        count += len(inflate.decompress(inflate.unconsumed_tail, _CUT))
    return count


# ------------------------------------------------------------------------------------------------- in the other process


def _spool(path: Path, folder: Path, pipe: Connection) -> None:
    _end_memory()
    # Where memory ends the reader dies with a line of its own; whoever started it says what that means.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    import python_calamine as calamine

    try:
        found: list[SpooledSheet] = []
        with calamine.CalamineWorkbook.from_path(str(path)) as workbook:
            for number, about in enumerate(workbook.sheets_metadata):
                if about.typ is not calamine.SheetTypeEnum.WorkSheet:
                    continue
                file = folder / f"sheet-{number}"
                sheet = workbook.get_sheet_by_index(number)
                _write(sheet.iter_rows(), file)
                found.append(
                    SpooledSheet(about.name, file, about.visible is not calamine.SheetVisibleEnum.Visible)
                )
        pipe.send(found)
    except MemoryError:
        return
    except Exception as error:
        pipe.send(" ".join(str(error).split())[:200] or type(error).__name__)


def _end_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bounds
        return
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, hard))
    except (ValueError, OSError):  # nor has every Unix
        return


def _write(rows: Iterator[list[Any]], file: Path) -> None:
    with file.open("wb") as out:
        some: list[list[str]] = []
        for row in rows:
            cells = [words_of_cell(value) for value in row]
            while cells and not cells[-1]:  # a sheet may be as wide as its colours
                cells.pop()
            some.append(cells)
            if len(some) == _CHUNK:
                pickle.dump(some, out, pickle.HIGHEST_PROTOCOL)
                some = []
        pickle.dump(some, out, pickle.HIGHEST_PROTOCOL)


def words_of_cell(value: Any) -> str:
    """A cell as text: what a CSV of the same sheet would say, but with dates in full."""
    if isinstance(value, str):
        return value.replace("_x000D_", "").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, clock.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return "" if value is None else str(value)
