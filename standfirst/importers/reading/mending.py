"""XML that is not quite well-formed, mended on its way to a parser.

Many real exports and feeds are not: a bare ampersand, a control character, a blank line or a PHP warning before the first
tag. Those are mended, so that no letter of the text is lost; a tag that is broken or missing is never guessed at. A document
type declaration is refused whole, before any entity in it could be expanded (billion laughs, and files read from the disk),
or dropped whole.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.entities import html5
from typing import BinaryIO

CHUNK = 1 << 18


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
# The longest thing a chunk must not be cut inside of: a section opener or a character reference.
_TAIL = 40


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
    name = declared_encoding(head)
    try:
        "<".encode(name)  # refuses Python's codecs that are no encodings of text, such as zlib
        found = codecs.lookup(name).name
    except (LookupError, UnicodeError):
        return "utf-8"
    return "utf-8" if found in _PYTHONS_OWN else found


def declared_encoding(head: bytes) -> str:
    """The encoding that a document's first bytes declare; UTF-8 if they declare none."""
    found = _DECLARATION.search(head)
    return found.group(1).decode("ascii").lower() if found else "utf-8"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Reads a byte that is not UTF-8 as Windows-1252, which is what it nearly always is."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("standfirst.cp1252", _as_windows)
