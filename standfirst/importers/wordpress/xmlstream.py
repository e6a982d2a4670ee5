"""Reads the XML of an export as a stream of finished elements, in memory that does not grow with the file.

Expat in its plain mode, not lxml: it never resolves namespaces (exports are known by their prefixes, and damaged or
unusual namespace addresses are common), keeps no tree, and stops at the first broken tag with its line.

A document type declaration is refused whole, before any entity in it could be expanded (billion laughs, and files read
from the disk). An export that is not quite well-formed is read again, mended on the way in (`reading.mending`).
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from standfirst.importers.errors import ArchiveDamaged
from standfirst.importers.reading.mending import (
    CHUNK,
    DocumentTypeDeclared,
    Mending,
    declared_encoding,
    mended_chunks,
)

# Expat's codes for the faults that mending can cure: a stray character, an unknown entity, a reference to a character
# that XML does not allow, and something before the first tag.
_MENDABLE = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_INVALID_TOKEN,
        expat.errors.XML_ERROR_UNDEFINED_ENTITY,
        expat.errors.XML_ERROR_BAD_CHAR_REF,
        expat.errors.XML_ERROR_MISPLACED_XML_PI,
        expat.errors.XML_ERROR_UNKNOWN_ENCODING,
        expat.errors.XML_ERROR_INCORRECT_ENCODING,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_SYNTAX,
        expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT,
    )
}

# The parser knows these itself; others it would take from Python, whose list is long and strange.
_PLAIN_ENCODINGS = frozenset({"utf-8", "utf-16", "iso-8859-1", "us-ascii"})

# Everything has been read by then.
_AFTER_THE_END = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]


class Element:
    """A finished element: its prefixed name, attributes, text and children."""

    __slots__ = ("attributes", "children", "name", "parts")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.parts: list[str] = []

    @property
    def raw_text(self) -> str:
        return "".join(self.parts)

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()

    def child_text(self, name: str) -> str:
        for child in self.children:
            if child.name == name:
                return child.text
        return ""


class _NeedsMending(Exception):
    pass


def stream_elements(
    path: Path,
    *,
    parent: str = "channel",
    opaque: frozenset[str] = frozenset({"wp:comment"}),
    mending: Mending,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Element]:
    """Yields each finished child of `parent`, and an empty element for each tag above it as it opens.

    Elements named in `opaque` are yielded as children without what is inside them. If the file turns out to need
    mending, this raises on the way; `survey` is the caller that starts over with `mending.is_needed` set.
    """
    finished: list[Element] = []
    stack: list[Element] = []
    skip_depth = 0
    parent_depth = 0
    parent_was_seen = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal skip_depth, parent_depth, parent_was_seen
        if skip_depth:
            skip_depth += 1
            return
        element = Element(name, attributes)
        if not parent_depth:
            finished.append(element)
            if name == parent:
                parent_depth = len(stack) + 1
                parent_was_seen = True
        stack.append(element)
        if name in opaque:
            skip_depth = 1

    def end(name: str) -> None:
        nonlocal skip_depth, parent_depth
        if skip_depth > 1:
            skip_depth -= 1
            return
        skip_depth = 0
        element = stack.pop()
        depth = len(stack)
        if not parent_depth or depth < parent_depth:
            if depth < parent_depth:
                parent_depth = 0
            return
        if depth == parent_depth:
            finished.append(element)
        else:
            stack[-1].children.append(element)

    def characters(text: str) -> None:
        if parent_depth and not skip_depth and len(stack) > parent_depth:
            stack[-1].parts.append(text)

    def doctype(*_: object) -> None:
        raise DocumentTypeDeclared

    parser = expat.ParserCreate(encoding="utf-8" if mending.is_needed else None)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = doctype

    read = 0
    with path.open("rb") as source:
        if not mending.is_needed and declared_encoding(source.read(4096)) not in _PLAIN_ENCODINGS:
            raise _NeedsMending
        source.seek(0)
        chunks = mended_chunks(source, mending) if mending.is_needed else _plain_chunks(source)
        try:
            for chunk, size in chunks:
                parser.Parse(chunk, False)
                read += size
                yield from finished
                finished.clear()
                if on_bytes is not None:
                    on_bytes(read)
            parser.Parse(b"", True)
        except expat.ExpatError as fault:
            if fault.code in _MENDABLE and not mending.is_needed:
                raise _NeedsMending from fault
            if fault.code == _AFTER_THE_END and parent_was_seen:
                mending.counts["text after the last tag"] += 1
                yield from finished
                return
            raise _damage(path, fault, stack) from fault
    yield from finished


def needs_mending(error: BaseException) -> bool:
    """Whether reading stopped at something that reading again with mending would cure."""
    return isinstance(error, _NeedsMending)


def _damage(path: Path, fault: expat.ExpatError, stack: list[Element]) -> ArchiveDamaged:
    item = next((element for element in stack if element.name == "item"), None)
    where = ""
    if item is not None:
        title, source_id = item.child_text("title"), item.child_text("wp:post_id")
        named = f"“{title}”" if title else "an item"
        where = f" inside {named}" + (f" (id {source_id})" if source_id else "")
    if (
        fault.code == expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]
        or not stack
        or _is_cut_short(fault)
    ):
        what = f"ends too early, at line {fault.lineno}{where}"
        mend = "the download was probably cut short: export or copy it again"
    else:
        what = f"is broken at line {fault.lineno}{where} ({expat.ErrorString(fault.code)})"
        mend = "export it again, or mend that line"
    return ArchiveDamaged(f"{path.name} {what}; nothing was imported; {mend}.", path=path, line=fault.lineno)


def _is_cut_short(fault: expat.ExpatError) -> bool:
    return fault.code in {
        expat.errors.codes[message]
        for message in (
            expat.errors.XML_ERROR_NO_ELEMENTS,
            expat.errors.XML_ERROR_UNCLOSED_TOKEN,
            expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        )
    }


def _plain_chunks(source: BinaryIO) -> Iterator[tuple[bytes, int]]:
    while chunk := source.read(CHUNK):
        yield chunk, len(chunk)
