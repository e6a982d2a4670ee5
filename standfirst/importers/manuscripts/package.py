"""Opens a document of Word (ECMA-376 part 2, a ZIP archive of XML) so that nothing in it can do harm, and reads what stands
beside its text: tracked changes, comments, headers and footers, and who wrote it.

A document is small, so every bound is far above any manuscript: how much it unpacks to, how many elements, how deep. None may
declare a document type, and nothing outside it is ever opened.
"""

import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

MOST_PARTS = 5_000
LARGEST_UNPACKED = 400_000_000
LARGEST_XML = 25_000_000
MOST_ELEMENTS = 600_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"


class Unreadable(Exception):
    """A document that cannot be read; the message says why, behind its name."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a document holds beside the text that is printed."""

    inserted: tuple[str, ...] = ()  # by tracked changes
    deleted: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()  # headers and footers
    unread: str = ""  # of what the converter has no notion of, such as formulas
    title: str = ""  # of the document's properties
    creator: str = ""

    @property
    def has_tracked_changes(self) -> bool:
        return bool(self.inserted or self.deleted)

    def kept(self) -> Iterator[tuple[str, str]]:
        """For the ledger, by name."""
        for name, texts in (
            ("inserted by tracked changes", self.inserted),
            ("deleted by tracked changes", self.deleted),
            ("comments", self.comments),
            ("headers and footers", self.margins),
        ):
            if texts:
                yield name, "\n".join(texts)
        if self.unread:
            yield "words that are not read", self.unread
        if self.title:
            yield "title of the file's properties", self.title
        if self.creator:
            yield "author of the file's properties", self.creator


def look_into(path: Path) -> Beside:
    """What stands beside the text of a document that is safe to read. Raises Unreadable for any other."""
    try:
        with path.open("rb") as source:
            if source.read(4) == b"\xd0\xcf\x11\xe0":
                raise Unreadable(
                    "is locked with a password, or was written by Word before 2007; save it as .docx without one"
                )
        with zipfile.ZipFile(path) as packed:
            return _looked_into(packed)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable(f"cannot be unpacked ({error}); save it again in Word") from error


def _looked_into(packed: zipfile.ZipFile) -> Beside:
    parts = packed.infolist()
    # No more than this is ever read of a part, whatever it unpacks to (`zipfile` keeps to it).
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable("unpacks to more than any manuscript")
    names = {part.filename for part in parts}
    if len(names) < len(parts):
        raise Unreadable("holds two parts of one name")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("is locked with a password; save it without one")
    if not any(name.startswith("word/") for name in names):
        raise Unreadable("is no document of Word")
    xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if sum(part.file_size for part in xml) > LARGEST_XML:
        raise Unreadable("unpacks to more than any manuscript")
    inserted: list[str] = []
    deleted: list[str] = []
    comments: list[str] = []
    margins: list[str] = []
    properties: dict[str, str] = {}
    count = 0
    for part in xml:
        root = _parsed(packed.read(part), part.filename)
        count += sum(1 for _ in root.iter())
        if count > MOST_ELEMENTS:
            raise Unreadable("has more elements than any manuscript")
        name = part.filename.rpartition("/")[2]
        if name == "comments.xml":
            comments += _texts(root, f"{W}comment")
        elif name.startswith(("header", "footer")):
            margins += _texts(root, f"{W}p")
        elif part.filename == "docProps/core.xml":
            properties = {tag: (root.findtext(f"{_DC}{tag}") or "").strip() for tag in ("title", "creator")}
        elif name in ("document.xml", "footnotes.xml", "endnotes.xml"):
            inserted += _texts(root, f"{W}ins", f"{W}moveTo")
            deleted += _texts(root, f"{W}del", f"{W}moveFrom")
    return Beside(
        tuple(inserted),
        tuple(deleted),
        tuple(comments),
        tuple(dict.fromkeys(margins)),
        **properties,
    )


def words_in(path: Path, elements: Collection[str]) -> str:
    """The words in a document's elements of these kinds, one of them a line."""
    tags = [name.replace("w:", W, 1) if name.startswith("w:") else name for name in elements]
    found: list[str] = []
    with zipfile.ZipFile(path) as packed:
        for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if name in packed.namelist():
                root = _parsed(packed.read(name), name)
                found += ["".join(node.itertext()).strip() for node in root.iter(*tags)]
    return "\n".join(filter(None, found))


def _parsed(content: bytes, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"is damaged ({name}: {error.msg}); save it again in Word") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"declares a document type ({name}), which no document of Word does")
    return root


def _texts(root: Any, *tags: str) -> list[str]:
    """The words in each element of these kinds that has any."""
    found: list[str] = []
    for node in root.iter(*tags):
        text = "".join(part.text or "" for part in node.iter(f"{W}t", f"{W}delText")).strip()
        if text:
            found.append(text)
    return found
