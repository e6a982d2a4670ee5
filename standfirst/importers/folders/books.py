"""The tables of contents of mdBook and its kin: `SUMMARY.md`, where issues are months and years."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from posixpath import normpath

from standfirst.importers.folders.settings import MDBOOK
from standfirst.importers.folders.tree import Tree

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "一月"),
            ("february", "二月"),
            ("march", "三月"),
            ("april", "四月"),
            ("may", "五月"),
            ("june", "六月"),
            ("july", "七月"),
            ("august", "八月"),
            ("september", "九月"),
            ("october", "十月"),
            ("november", "十一月"),
            ("december", "十二月"),
        ),
        1,
    )
    for name in names
}
_LINE = re.compile(r"^(#{1,6})[ \t]+(.+)$|^([ \t]*)[-*+][ \t]+\[(.*)\]\(([^)\s]*)\)[ \t]*$", re.MULTILINE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


@dataclass(slots=True)
class Contents:
    """What a table of contents says of the texts it lists."""

    dates: dict[str, datetime] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)


def contents_of(tree: Tree, generator: str) -> Contents:
    """The issue each text is in, and its month if the table names months and a year."""
    found = Contents()
    if generator != MDBOOK:
        return found
    for path in tree.texts:
        if path.rpartition("/")[2] == "SUMMARY.md":
            _read(tree.read(path), path.rpartition("/")[0], found)
    _fill_folders(tree, found)
    return found


def _fill_folders(tree: Tree, found: Contents) -> None:
    """What the table forgot is in the issue of the folder it lies in, if that is one issue's."""
    folders: dict[str, set[str]] = {}
    samples: dict[str, str] = {}
    for path, part in found.parts.items():
        folder = path.rpartition("/")[0]
        folders.setdefault(folder, set()).add(part)
        samples[folder] = path
    for path in tree.texts:
        folder = path.rpartition("/")[0]
        if path not in found.parts and len(folders.get(folder, ())) == 1:
            found.parts[path] = found.parts[samples[folder]]
            found.dates[path] = found.dates[samples[folder]]


def _read(text: str, folder: str, into: Contents) -> None:
    year = 0
    part, month = "", 0
    for match in _LINE.finditer(text):
        if match[2]:
            stated = _YEAR.search(match[2])
            year = int(stated[1]) if stated else year
            part, month = "", 0
            continue
        indent, name, target = match[3] or "", match[4], match[5]
        path = (
            normpath(f"{folder}/{target.partition('#')[0]}") if folder else normpath(target.partition("#")[0])
        )
        if not indent:
            part, month = name.strip(), _month(name)
            stated = _YEAR.search(name)
            if stated and month:
                year = int(stated[1])
        if part and month and year:
            into.parts[path] = part
            into.dates[path] = datetime(year, month, 1)  # noqa: DTZ001


def _month(name: str) -> int:
    lower = name.lower()
    # The longest first: 十一月 holds 一月.
    for word in sorted(_MONTHS, key=len, reverse=True):
        if re.search(rf"\b{word}\b", lower) if word.isascii() else word in lower:
            return _MONTHS[word]
    return 0
