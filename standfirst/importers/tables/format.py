"""How a table is recognised."""

import zipfile
from pathlib import Path

from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_DELIMITED = frozenset({".csv", ".tsv", ".tab", ".txt", ""})


def _recognises(offered: Offered) -> bool:
    """A workbook, a file of separated values, or a folder of nothing else."""
    suffix = offered.path.suffix.lower()
    if offered.is_folder:
        return _is_folder_of_tables(offered.path)
    if suffix in _WORKBOOKS:
        return True
    if offered.head.startswith(b"PK\x03\x04"):
        return _is_workbook(offered.path)
    # Here, not above: reading takes libraries that recognising the other formats does without.
    from standfirst.importers.tables.delimited import looks_delimited

    return suffix in _DELIMITED and looks_delimited(
        offered.head, is_called_so=suffix in (".csv", ".tsv", ".tab")
    )


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                return True
            return "mimetype" in names and b"opendocument.spreadsheet" in packed.open("mimetype").read(200)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return False


def _is_folder_of_tables(folder: Path) -> bool:
    from standfirst.importers.tables.sheets import table_files

    tables = table_files(folder)
    others = [
        file for file in folder.iterdir() if not file.name.startswith((".", "~$")) and file not in tables
    ]
    return bool(tables) and not others


def _open(path: Path, opening: Opening) -> Archive:
    from standfirst.importers.tables.archive import TableArchive

    return TableArchive(path, opening)


TABLES = Format(
    "tables",
    "a table (CSV, TSV, Excel or OpenDocument), or a folder of them",
    recognises=_recognises,
    open=_open,
    has_columns=True,
)
