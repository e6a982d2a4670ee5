"""Reads the XML of an export as a stream of finished elements, in memory that does not grow with the file.

Expat in its plain mode, not lxml: it never resolves namespaces (exports are known by their prefixes, and damaged or
unusual namespace addresses are common), keeps no tree, and stops at the first broken tag with its line.

Two hazards are met here. A document type declaration is refused whole, before any entity in it could be expanded
(billion laughs, and files read from the disk). And many real exports are not quite well-formed: a bare ampersand, a
control character, a blank line or a PHP warning before the first tag. Those are mended on the way in, so that no
letter of the text is lost; a tag that is broken or missing is never guessed at.
"""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.entities import html5
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from standfirst.importers.errors import ArchiveDamaged

CHUNK = 1 << 18

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


@dataclass
class Mending:
    """What had to be mended to read the file, counted by kind."""

    is_needed: bool = False
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(
            f"The file is not well-formed XML: {count} × {what}." for what, count in self.counts.items()
        )


class DocumentTypeDeclared(Exception):
    """The file declares a document type, which no export does and an attack would."""


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
        if not mending.is_needed and _declared(source.read(4096)) not in _PLAIN_ENCODINGS:
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


# ------------------------------------------------------------------------------------------------------------ mending

_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SECTION = re.compile(r"<!\[CDATA\[|<!--|<\?|(?i:<!DOCTYPE)")
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(#[0-9]{1,8};|#[xX][0-9A-Fa-f]{1,7};|[A-Za-z][A-Za-z0-9]{1,31};)?"
)
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
# Encodings of Python's own, which no export is in.
_PYTHONS_OWN = frozenset(
    {"idna", "punycode", "unicode_escape", "raw-unicode-escape", "unicode-escape", "undefined"}
)
# The parser knows these itself; others it would take from Python, whose list is long and strange.
_PLAIN_ENCODINGS = frozenset({"utf-8", "utf-16", "iso-8859-1", "us-ascii"})
# The longest thing a chunk must not be cut inside of: a section opener or a character reference.
_TAIL = 40


def _plain_chunks(source: BinaryIO) -> Iterator[tuple[bytes, int]]:
    while chunk := source.read(CHUNK):
        yield chunk, len(chunk)


def mended_chunks(
    source: BinaryIO, mending: Mending, *, drops_doctype: bool = False
) -> Iterator[tuple[bytes, int]]:
    """The file in pieces of UTF-8, mended, with the bytes each was made of.

    A document type is refused, or dropped with everything it declares: nothing of it is ever read.
    """
    mending.counts.clear()
    head = source.read(4096)
    source.seek(0)
    decoder = codecs.getincrementaldecoder(_encoding(head))(errors="standfirst.cp1252")
    pending = ""
    inside = ""  # the closing mark of the section we are in, if any
    is_first = True
    while True:
        chunk = source.read(CHUNK)
        text = pending + decoder.decode(chunk, final=not chunk)
        if is_first:
            text = _from_first_tag(text, mending)
            is_first = False
        if drops_doctype:
            text, waits = _without_doctype(text, inside, is_final=not chunk)
            if waits and len(text) < 1 << 20:
                pending = text
                continue
        out, pending, inside = _mend(text, inside, mending, is_final=not chunk)
        if out:
            yield out.encode("utf-8"), len(chunk)
        if not chunk:
            return


_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)


def _without_doctype(text: str, inside: str, *, is_final: bool) -> tuple[str, bool]:
    """The text without its document type; and whether one has begun whose end is not there yet."""
    if inside or "<!DOCTYPE" not in text.upper():
        return text, False
    start = text.upper().find("<!DOCTYPE")
    if "<![CDATA[" in text[:start]:
        return text, False  # part of somebody's words, or too late to be one
    text = _DOCTYPE.sub("", text, count=1)
    return text, not is_final and "<!DOCTYPE" in text.upper()[: start + 9]


def _mend(text: str, inside: str, mending: Mending, *, is_final: bool) -> tuple[str, str, str]:
    """Mends one stretch; returns what is done, what must wait for more, and the section still open."""
    text, found = _CONTROLS.subn("", text)
    if found:
        mending.counts["character that XML does not allow"] += found
    out: list[str] = []
    position, limit = 0, len(text) if is_final else max(0, len(text) - _TAIL)
    while position < limit:
        if inside:
            end = text.find(inside, position)
            if end < 0:
                out.append(text[position:limit])
                position = limit
                break
            end += len(inside)
            out.append(text[position:end])
            position, inside = end, ""
            continue
        opener = _SECTION.search(text, position)
        if opener is None or opener.start() >= limit:
            # A reference cut in two by the end of the chunk waits for its other half.
            cut = limit
            if not is_final:
                ampersand = text.rfind("&", max(position, limit - _TAIL), limit)
                cut = ampersand if ampersand >= 0 else limit
                if text.startswith("]]", cut - 2) or text.startswith("]", cut - 1):
                    cut = max(position, cut - 2)
            out.append(_mend_text(text[position:cut], mending))
            position = cut
            break
        out.append(_mend_text(text[position : opener.start()], mending))
        if opener.group().upper() == "<!DOCTYPE":
            raise DocumentTypeDeclared
        inside = _ENDS[opener.group()]
        out.append(opener.group())
        position = opener.end()
    return "".join(out), text[position:], inside


def _mend_text(text: str, mending: Mending) -> str:
    if "&" in text:
        text = _AMPERSAND.sub(lambda match: _reference(match, mending), text)
    if "]]>" in text:
        mending.counts["“]]>” outside a CDATA section"] += text.count("]]>")
        text = text.replace("]]>", "]]&gt;")
    return text


def _reference(match: re.Match[str], mending: Mending) -> str:
    body = match.group(1)
    if not body:
        mending.counts["bare “&”"] += 1
        return "&amp;"
    if body.startswith("#"):
        number = int(body[2:-1], 16) if body[1] in "xX" else int(body[1:-1])
        if (
            number in (9, 10, 13)
            or 0x20 <= number <= 0xD7FF
            or 0xE000 <= number <= 0xFFFD
            or 0x10000 <= number < 0x110000
        ):
            return match.group()
        mending.counts["character that XML does not allow"] += 1
        return "\ufffd"
    if body in html5:
        mending.counts["entity of HTML outside a CDATA section"] += 1
        return escape(html5[body])
    mending.counts["bare “&”"] += 1
    return "&amp;" + body


def _from_first_tag(text: str, mending: Mending) -> str:
    """Drops what a server printed before the export began: blank lines, a byte-order mark, a PHP warning."""
    text = text.removeprefix("\ufeff")
    start = text.find("<?xml")
    if start < 0:
        start = text.find("<rss")
    if start > 0:
        mending.counts["text before the first tag"] += 1
        text = text[start:]
    return text


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    name = _declared(head)
    try:
        "<".encode(name)  # refuses Python's codecs that are no encodings of text, such as zlib
        found = codecs.lookup(name).name
    except (LookupError, UnicodeError):
        return "utf-8"
    return "utf-8" if found in _PYTHONS_OWN else found


def _declared(head: bytes) -> str:
    found = _DECLARATION.search(head)
    return found.group(1).decode("ascii").lower() if found else "utf-8"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Reads a byte that is not UTF-8 as Windows-1252, which is what it nearly always is."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("standfirst.cp1252", _as_windows)
