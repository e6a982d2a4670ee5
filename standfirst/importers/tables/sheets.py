"""The sheets of what was offered, each with its headings and its rows by their numbers."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.tables.dates import kind_of
from standfirst.importers.tables.delimited import Writing, rows_of, writing_of
from standfirst.importers.tables.fields import said_by
from standfirst.importers.tables.workbooks import SpooledSheet, spool

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
DELIMITED = frozenset({".csv", ".tsv", ".tab"})
_LOOKED_AT = 40
_FARTHEST_HEADING = 15


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its headings found. Travels to another process."""

    name: str  # as a sentence calls it
    file: Path
    writing: Writing | None  # None for a sheet of a workbook
    headings: tuple[str, ...]
    first_row: int  # of the data, counted from 0
    is_hidden: bool = False
    has_headings: bool = True

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that holds anything, with its number as a spreadsheet shows it."""
        for number, row in enumerate(_raw_rows(self.file, self.writing), start=1):
            if number > self.first_row and any(row):
                yield number, row


@dataclass(slots=True)
class Sheets:
    """All the sheets of what was offered, and the folder their rows are in."""

    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)
    spooled: "tempfile.TemporaryDirectory[str] | None" = None


def open_sheets(path: Path, *, on_bytes: Callable[[int], None] | None = None) -> Sheets:
    """Raises ImportRefused for what is no table, or is damaged."""
    files = table_files(path) if path.is_dir() else [path]
    found = Sheets([])
    for file in files:
        if file.suffix.lower() in WORKBOOKS or _is_packed(file):
            found.spooled = found.spooled or tempfile.TemporaryDirectory(prefix="standfirst-import-")
            folder = Path(found.spooled.name) / str(len(found.sheets))
            folder.mkdir()
            for sheet in spool(file, folder):
                name = f"{file.name}, sheet “{sheet.name}”" if len(files) > 1 else f"sheet “{sheet.name}”"
                found.sheets.append(_with_headings(name, sheet.file, None, sheet.is_hidden))
        else:
            writing = writing_of(file, on_bytes=on_bytes)
            if writing.said:
                found.notes.append(f"{file.name} was read as {writing.said}")
            found.sheets.append(_with_headings(file.name, file, writing, False))
    if not any(True for sheet in found.sheets for _ in islice(sheet.rows(), 1)):
        raise NotAnArchive(f"{path.name} is a table without rows; nothing was imported; export it again.")
    return found


def table_files(folder: Path) -> list[Path]:
    """The tables of a folder; what hides or locks is none."""
    return sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in WORKBOOKS | DELIMITED and not file.name.startswith((".", "~$"))
    )


def _is_packed(file: Path) -> bool:
    with file.open("rb") as source:
        return source.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def _raw_rows(file: Path, writing: Writing | None) -> Iterator[list[str]]:
    return rows_of(file, writing) if writing else SpooledSheet("", file, False).rows()


# ----------------------------------------------------------------------------------------------------------- headings


def _with_headings(name: str, file: Path, writing: Writing | None, is_hidden: bool) -> Sheet:
    head = list(islice(_raw_rows(file, writing), _LOOKED_AT))
    number = heading_row(head)
    width = max((len(row) for row in head), default=0)
    if number is None:
        headings = tuple(letters(column) for column in range(width))
        return Sheet(name, file, writing, headings, 0, is_hidden, has_headings=False)
    row = head[number] + [""] * (width - len(head[number]))
    return Sheet(name, file, writing, _distinct(row), number + 1, is_hidden)


def letters(column: int) -> str:
    """What a spreadsheet calls a column: A to Z, then AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _distinct(row: Sequence[str]) -> tuple[str, ...]:
    """Headings that tell columns apart: one that is empty is its letter, one that stands twice is counted."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for column, heading in enumerate(row):
        heading = " ".join(heading.split())[:120] or letters(column)
        seen[heading] += 1
        found.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return tuple(found)


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows holds the headings; None if the data begin at once.

    Above it may stand a title, a blank row, or headings over several columns each. Headings are short, say no dates, addresses
    or sentences, and differ; what they say may be known.
    """
    filled = [sum(map(bool, row)) for row in rows]
    if not filled:
        return None
    usual = sorted(filled)[len(filled) // 2]
    best: tuple[float, int] | None = None
    for number, row in enumerate(rows[:_FARTHEST_HEADING]):
        cells = [value for value in row if value]
        if len(cells) < 2 or len(cells) * 2 < usual:
            continue
        known = sum(max(said_by(value).values(), default=0.0) for value in cells)
        if not _may_be_headings(cells, known):
            if best is None or known < 1:
                break  # data have begun
            continue
        score = 2 * known + len(cells) / 10
        if best is None or score > best[0]:
            best = (score, number)
        elif known < 1:
            break
    if best is None:
        return None
    row = rows[best[1]]
    known = sum(max(said_by(value).values(), default=0.0) for value in row if value)
    # Words nobody knows may be the first row of data that is all short words: what follows tells.
    return best[1] if known >= 1 or _differs(row, rows[best[1] + 1 :]) else None


def _may_be_headings(cells: Sequence[str], known: float) -> bool:
    if len({value.casefold() for value in cells}) * 10 < len(cells) * 7:
        return False
    if any(
        len(value) > 120 or value.startswith(("http://", "https://", "<")) or kind_of(value)
        for value in cells
    ):
        return False
    numbers = sum(value.replace(".", "").isdigit() for value in cells)
    return known >= 1 or numbers == 0


def _differs(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether what stands below a row is of another kind in some column: dates, numbers, or far longer."""
    for column, heading in enumerate(row):
        values = [line[column] for line in below if column < len(line) and line[column]]
        if not values or not heading:
            continue
        odd = sum(
            bool(kind_of(value)) or value.replace(".", "").isdigit() or value.startswith("http")
            for value in values
        )
        if odd * 2 > len(values) or sum(map(len, values)) / len(values) > max(80, 4 * len(heading)):
            return True
    return False
