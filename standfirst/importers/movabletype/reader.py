"""Reads Movable Type's import format, entry by entry.

https://movabletype.org/documentation/appendices/import-export-format.html: an entry is lines of `KEY: value`, then sections, each
after a line of five dashes, and ends with a line of eight. A text may hold such lines itself; so one is a boundary only if what
follows it is the beginning of a section, or of an entry. What readers wrote comes last, and begins nothing but more of that: no
comment becomes an article.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from standfirst.importers.errors import ArchiveDamaged

LARGEST_ENTRY = 20_000_000  # letters
# What an entry says that was published, or is to be.
PUBLIC = frozenset(["publish", "published", "future", "scheduled"])
_SECTION_END, _ENTRY_END = "-----", "--------"
_SECTIONS = ("BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING")
_READERS = ("COMMENT", "PING")
_SECTION = re.compile(rf"({'|'.join(_SECTIONS)}):\s*\Z")
_KEY = re.compile(r"([A-Z][A-Z ]{2,30}):[ \t]*(.*)\Z")
_KEYS = frozenset(
    ["AUTHOR", "TITLE", "BASENAME", "UNIQUE URL", "STATUS", "ALLOW COMMENTS", "ALLOW PINGS", "CONVERT BREAKS", "PRIMARY CATEGORY",
     "CATEGORY", "DATE", "TAGS", "NO ENTRY", "IMAGE"]
)  # fmt: skip
_JAPANESE = re.compile("[\u3040-\u30ff]")
_SNIFFED = 400_000


@dataclass(slots=True)
class MovableTypeEntry:
    """One entry, as the file says it. Of comments and pings only their number is kept."""

    line: int
    values: dict[str, str] = field(default_factory=dict)  # by key
    categories: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)  # by section
    comments: int = 0
    unread: dict[str, str] = field(default_factory=dict)  # keys that nothing is known of


def read_entries(path: Path, on_bytes: Callable[[int], None] | None = None) -> Iterator[MovableTypeEntry]:
    """Yields the entries of a file. Raises ArchiveDamaged for one beyond all bounds."""
    builder: _Builder | None = None
    for number, line, following, done in _lines(path):
        if builder is None:
            if not line.strip():
                continue
            builder = _Builder(MovableTypeEntry(number), path)
        if line.rstrip() == _ENTRY_END and builder.ends_before(following):
            yield builder.finished()
            builder = None
            if on_bytes is not None:
                on_bytes(done)
        else:
            builder.take(line, following)
    if builder is not None and (builder.entry.values or builder.entry.texts):
        yield builder.finished()


class _Builder:
    def __init__(self, entry: MovableTypeEntry, path: Path) -> None:
        self.entry = entry
        self._path = path
        self._section = ""  # the one we are in; empty among the keys
        self._text: list[str] = []
        self._size = 0
        self._expects_section = False

    def take(self, line: str, following: str) -> None:
        self._size += len(line)
        if self._size > LARGEST_ENTRY:
            raise ArchiveDamaged(
                f"{self._path.name} holds an entry larger than any, from line {self.entry.line:,} on; nothing was imported.",
                path=self._path,
                line=self.entry.line,
            )
        if line.rstrip() == _SECTION_END and self._begins_section(following):
            self._close()
            self._expects_section = True
        elif self._expects_section and (found := _SECTION.match(line)):
            self._section = found.group(1)
            self._expects_section = False
        elif self._section:
            self._text.append(line)
        elif not self._expects_section:
            self._key(line)

    def ends_before(self, line: str) -> bool:
        """Whether a line of eight dashes ends the entry, by what stands around it."""
        if self._expects_section:
            return True
        return self._section not in _READERS and (not line.strip() or _KEY.match(line) is not None)

    def finished(self) -> MovableTypeEntry:
        self._close()
        return self.entry

    def _begins_section(self, line: str) -> bool:
        found = _SECTION.match(line)
        if found is None:
            return line.rstrip() in (_ENTRY_END, "")
        is_text = not self.entry.comments and self._section not in _READERS
        return is_text or found.group(1) in _READERS

    def _key(self, line: str) -> None:
        found = _KEY.match(line)
        if found is None:
            return
        key, value = found.group(1), found.group(2).strip()
        if key == "CATEGORY":
            self.entry.categories.append(value)
        elif key == "STATUS" and self.entry.values.get(key, "").lower() in PUBLIC:
            self.entry.values[key] = value  # of several, the most private one counts
        elif key in _KEYS:
            self.entry.values.setdefault(key, value)
        elif value:
            self.entry.unread.setdefault(key, value)

    def _close(self) -> None:
        if self._section in _READERS:
            self.entry.comments += 1
        elif self._section:
            text = "\n".join(self._text).strip("\n")
            known = self.entry.texts.get(self._section)
            self.entry.texts[self._section] = f"{known}\n\n{text}" if known else text
        self._section = ""
        self._text.clear()


def _lines(path: Path) -> Iterator[tuple[int, str, str, int]]:
    """Every line with its number, the next one that is not empty if it is a boundary, and how far in the file it is."""
    waiting: list[tuple[int, str, int]] = []
    with path.open("r", encoding=encoding_of(path), errors="standfirst.movabletype", newline=None) as source:
        done = 0
        for number, raw in enumerate(source, 1):
            done += len(raw)
            line = raw.rstrip("\n").removeprefix("\ufeff") if number == 1 else raw.rstrip("\n")
            if waiting and line.strip():
                for n, before, at in waiting:
                    yield n, before, line, at
                waiting.clear()
            if waiting or line.rstrip() in (_SECTION_END, _ENTRY_END):
                waiting.append((number, line, done))
            else:
                yield number, line, "", done
        for n, before, at in waiting:
            yield n, before, "", at


def encoding_of(path: Path) -> str:
    """The encoding of a file: UTF-8, else one of those Japanese blogs were kept in, else what Windows used to write."""
    with path.open("rb") as source:
        head = source.read(_SNIFFED)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for name in ("utf-8", "euc_jp", "cp932"):
        # What is cut off at the end of what was read is no fault.
        decoder = codecs.getincrementaldecoder(name)()
        try:
            text = decoder.decode(head)
        except UnicodeDecodeError:
            continue
        if name == "utf-8" or _JAPANESE.search(text):
            return name
    return "cp1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Reads a byte that does not belong there as Windows-1252, which is what it nearly always is."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("standfirst.movabletype", _as_windows)
