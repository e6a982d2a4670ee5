"""Reads tables that are text: fields between commas, semicolons or tabs (RFC 4180, and what programs make of it).

The encoding and the separator are found by reading, not by the file's name. The whole file is read once before anything of
it is used, so that one that was cut short is refused, and not half imported.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path

import charset_normalizer

from standfirst.importers.errors import ArchiveDamaged, NotAnArchive
from standfirst.importers.reading import mending  # noqa: F401 (it registers “standfirst.cp1252”)

LARGEST_FIELD = 12_000_000
MOST_COLUMNS = 500
HEAD = 65_536
_SEPARATORS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What these say of themselves is right; their programs write one language in one of them.
_WINDOWS = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "mac_roman", "shift_jis", "gb18030", "big5", "euc_kr")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Writing:
    """How a file is written."""

    encoding: str
    errors: str
    separator: str
    escape: str | None = None
    is_strict: bool = True
    says_separator: bool = False  # in a first line `sep=;`, as Excel reads it

    @property
    def said(self) -> str:
        """The encoding as people call it; empty if it is what it should be."""
        if self.errors == "standfirst.cp1252":
            return "UTF-8 with single letters of Windows-1252"
        names = {"utf-8-sig": "", "cp1252": "Windows-1252 (Western European)", "utf-16": "UTF-16"}
        return names.get(self.encoding, self.encoding.replace("cp", "Windows-"))


def looks_delimited(head: bytes, *, is_called_so: bool) -> bool:
    """Whether a file begins as a table does: several rows of as many fields, unless its name says what it is."""
    encoding, errors = _encoding_of(head)
    text = head.decode(encoding, "replace" if errors == "strict" else errors)
    if text.lstrip().startswith(("<", "{", "[", "---")) or "\x00" in text:
        return False
    says, text = _without_separator_line(text)
    if says:
        return True
    separator, width, share = _best_separator(text)
    return bool(separator) and (is_called_so or (width >= 3 and share > 0.8 and text.count("\n") >= 3))


def writing_of(path: Path, *, on_bytes: Callable[[int], None] | None = None) -> Writing:
    """How a file is written. Raises ArchiveDamaged where it ends inside a field, and NotAnArchive for what is no table."""
    with path.open("rb") as source:
        head = source.read(HEAD)
    encoding, errors = _encoding(path, head)
    text = codecs.getincrementaldecoder(encoding)(errors).decode(head)
    says, text = _without_separator_line(text)
    separator = says or _best_separator(text)[0]
    if not separator:
        raise NotAnArchive(
            f"{path.name} is no table: its lines have no fields in common; nothing was imported."
        )
    escape = "\\" if text.count('\\"') > text.count('""') else None
    writing = Writing(encoding, errors, separator, escape, says_separator=bool(says))
    for is_strict in (True, False):
        writing = Writing(encoding, errors, separator, escape, is_strict, bool(says))
        number = 0
        try:
            for number, row in enumerate(_read(path, writing, on_bytes), start=1):
                if len(row) > MOST_COLUMNS:
                    raise NotAnArchive(
                        f"{path.name}, row {number:,} has {len(row):,} fields, more than any table of articles; nothing was "
                        "imported."
                    )
            return writing
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise ArchiveDamaged(
                    f"{path.name} ends inside a quoted field that begins after row {number:,}: it was cut short, or a "
                    "quotation mark there is not doubled; nothing was imported; export it again.",
                    path=path,
                ) from error
            if not is_strict:
                raise ArchiveDamaged(
                    f"{path.name} cannot be read after row {number:,} ({error}); nothing was imported; export it again.",
                    path=path,
                ) from error
    return writing


def rows_of(path: Path, writing: Writing) -> Iterator[list[str]]:
    """The rows of a file, every value without space around it."""
    for row in _read(path, writing, None):
        yield [value.strip() for value in row]


def _read(path: Path, writing: Writing, on_bytes: Callable[[int], None] | None) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_FIELD)
    with path.open("rb") as raw:
        lines = _lines(raw, writing, on_bytes)
        if writing.says_separator:
            next(lines, None)
        yield from csv.reader(
            lines,
            delimiter=writing.separator,
            escapechar=writing.escape,
            doublequote=writing.escape is None,
            strict=writing.is_strict,
        )


def _lines(raw: BufferedReader, writing: Writing, on_bytes: Callable[[int], None] | None) -> Iterator[str]:
    source = TextIOWrapper(raw, encoding=writing.encoding, errors=writing.errors, newline="")
    for number, line in enumerate(source):
        if on_bytes is not None and number % 1000 == 0:
            on_bytes(raw.tell())
        yield line.replace("\x00", "")


def _without_separator_line(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == 5:
        return said[4], rest
    return "", text


def _best_separator(text: str) -> tuple[str, int, float]:
    """The separator under which most rows have as many fields, with that number of fields and the share of such rows."""
    best = ("", 0, 0.0)
    best_score = 0.0
    for separator in _SEPARATORS:
        try:
            rows = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
        except csv.Error:
            continue
        rows = rows[:-1] if len(rows) > 2 and not text.endswith("\n") else rows
        widths = Counter(len(row) for row in rows if any(value.strip() for value in row))
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda pair: (pair[1] * (pair[0] > 1), pair[0]))
        if width < 2:
            continue
        share = count / widths.total()
        score = share + min(width, 20) / 100
        if score > best_score:
            best, best_score = (separator, width, share), score
    return best


# ---------------------------------------------------------------------------------------------------------- encodings


def _encoding_of(head: bytes) -> tuple[str, str]:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, "replace"
    odd, even = head[1:400:2].count(0), head[0:400:2].count(0)
    if odd + even > len(head[:400]) // 4:
        return ("utf-16-le" if odd > even else "utf-16-be"), "replace"
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
        return "utf-8-sig", "strict"
    except UnicodeDecodeError:
        return "cp1252", "replace"


def _encoding(path: Path, head: bytes) -> tuple[str, str]:
    """The encoding of all of a file, and how its errors are taken."""
    found, errors = _encoding_of(head)
    if not found.startswith("utf-8") and found != "cp1252":
        return found, errors
    sound = broken = 0
    sample = bytearray()
    with path.open("rb") as source:
        for line in source:
            if line.isascii():
                continue
            if len(sample) < 200_000:
                sample += line[:5000]
            try:
                line.decode("utf-8")
                sound += 1
            except UnicodeDecodeError:
                broken += 1
    if not broken:
        return "utf-8-sig", "strict"
    if sound > broken * 5:
        return "utf-8-sig", "standfirst.cp1252"
    guess = charset_normalizer.from_bytes(bytes(sample), cp_isolation=list(_WINDOWS)).best()
    return (guess.encoding if guess is not None else "cp1252"), "replace"
