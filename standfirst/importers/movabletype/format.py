"""How a file in Movable Type's import format is recognised."""

import re
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered

# The words an entry begins with, and what parts it from its text.
_KEY = r"(?:author|title|basename|unique url|status|allow comments|allow pings|convert breaks|primary category|category|date|tags|no entry|image)"
_BEGINS = re.compile(rf"\s*(?:{_KEY}:[^\n]*\n+){{2,}}")
_PARTED = re.compile(r"^-----\s*$", re.M)


def is_export(text: str) -> bool:
    """Whether a file begins as an export does; `text` is in small letters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BEGINS.match(text) is not None and _PARTED.search(text) is not None


def _recognises(offered: Offered) -> bool:
    return not offered.is_folder and is_export(offered.text)


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.movabletype.archive import MovableTypeArchive

    if path.is_dir():
        raise NotAnArchive(f"{path} is a folder; an export of Movable Type's is a file: give that.")
    return MovableTypeArchive(path, opening)


MOVABLE_TYPE = Format(
    "movabletype",
    "a text file in Movable Type's import format (from Movable Type, TypePad, Hatena and others)",
    recognises=_recognises,
    open=_open,
)
