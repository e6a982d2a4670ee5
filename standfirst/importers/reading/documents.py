"""Turns the bytes of a saved page into a tree, whatever is wrong with them. Nothing is fetched, and nothing expands."""

import codecs
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from standfirst.importers.reading.depth import shallow

Node: TypeAlias = Any  # an lxml element

LARGEST = 12_000_000
DEEPEST = 90
_MOST_ELEMENTS = 400_000
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAVED_FROM = re.compile(r"<!--\s*saved from url=(?:\(\d+\))?\s*(https?://[^\s>]+)", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)", re.IGNORECASE)
_WINDOWS = "standfirst.pages.cp1252"
# Encodings of Python's own, which no page is in; one of them takes hours over what is long.
_PYTHONS_OWN = frozenset(
    {"idna", "punycode", "unicode_escape", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7"}
)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Reads a byte that is not UTF-8 as Windows-1252, which is what it nearly always is."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_WINDOWS, _as_windows)


class Unreadable(Exception):
    """A file that cannot be read as a page; the message says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page as a tree, with what its comments said of where it was saved from."""

    root: Node
    text: str
    saved_from: str = ""


def read_document(content: bytes) -> Document:
    """Reads a page. Raises Unreadable for what is none, or is out of all bounds."""
    if len(content) > LARGEST:
        raise Unreadable("is larger than any page (over 12 MB)")
    text = decode(content)
    if "<" not in text[:20_000]:
        raise Unreadable("is no page (it holds no markup)")
    head = text[:6000]
    found = _SAVED_FROM.search(head) or _SINGLE_FILE.search(head)
    # One parser a document: it keeps the faults of the last one, and every name it has ever met.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_pis=True, remove_comments=True, huge_tree=True, no_network=True
    )
    try:
        root = etree.fromstring(shallow(_CONTROLS.sub("", text)).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("is no page (it holds no markup)") from error
    if root is None:
        raise Unreadable("is empty")
    flatten(root)
    return Document(root, text, found.group(1) if found else "")


def decode(content: bytes) -> str:
    """The text of a page: by its byte-order mark, by what it declares, as UTF-8, or as what Windows used to write."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _META.search(content[:8192]) or _DECLARATION.match(content[:300])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    # As browsers do: what calls itself Latin 1 or ASCII is Windows-1252 (WHATWG Encoding, 4.2).
    if name in (
        "",
        "iso-8859-1",
        "iso8859-1",
        "latin1",
        "latin-1",
        "us-ascii",
        "ascii",
        "windows-1252",
        "cp1252",
    ):
        return content.decode("cp1252", "replace")
    if name.startswith("utf-8") or name in ("utf8", "utf-16", "unicode"):
        # Nearly all of it is UTF-8, and a letter here and there is not.
        return content.decode("utf-8", _WINDOWS)
    try:
        codec = codecs.lookup(name).name
        return content.decode("cp1252" if codec in _PYTHONS_OWN else codec, "replace")
    except (LookupError, UnicodeError):
        return content.decode("cp1252", "replace")


def flatten(root: Node) -> None:
    """Takes out elements that only wrap below any depth a page is written at: whoever walks a tree must come back."""
    deep: list[Node] = []
    depth = count = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        if depth > DEEPEST:
            deep.append(node)
    if count > _MOST_ELEMENTS:
        raise Unreadable("is larger than any page (over 400,000 elements)")
    for node in reversed(deep):
        _unwrap(node)


def _unwrap(node: Node) -> None:
    """Puts an element's children and text in its place."""
    parent = node.getparent()
    if parent is None:
        return
    position = parent.index(node)
    if node.text:
        _add_text(parent, position, node.text)
    if node.tail:
        if len(node):
            node[-1].tail = (node[-1].tail or "") + node.tail
        else:
            _add_text(parent, position, node.tail)
    parent[position : position + 1] = list(node)


def _add_text(parent: Node, position: int, text: str) -> None:
    if position:
        parent[position - 1].tail = (parent[position - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


# ------------------------------------------------------------------------------------------------------------ reading


def words(node: Node | None, longest: int = 100_000) -> str:
    """The words of an element in one line, without those of scripts."""
    if node is None:
        return ""
    parts: list[str] = []
    size = 0
    for part in node.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::template)]"):
        parts.append(part)
        size += len(part)
        if size > longest:
            break
    return " ".join("".join(parts).split())[:longest]


def classes(node: Node) -> list[str]:
    return (node.get("class") or "").split()


def remove(node: Node) -> None:
    """Takes an element out and leaves the text that follows it."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        _add_text(parent, parent.index(node), node.tail)
    node.tail = None
    parent.remove(node)


def picture_source(node: Node) -> str:
    """Where a picture is: where it was before a script would show it, if it was to be loaded late."""
    source = node.get("src") or ""
    if not source or source.startswith("data:") or "placeholder" in source:
        source = node.get("data-src") or node.get("data-lazy-src") or node.get("data-original") or source
    if (not source or source.startswith("data:")) and (candidates := srcset(node)):
        source = candidates[0]
    return "" if source.startswith("data:") else source.strip()


def srcset(node: Node) -> list[str]:
    """The addresses of a picture in several sizes, the largest first."""
    found: list[tuple[float, str]] = []
    for part in re.split(r",\s+", node.get("srcset") or node.get("data-srcset") or ""):
        url, _, size = part.strip().partition(" ")
        number = re.match(r"\s*([\d.]{1,10})[wx]", size)
        if url and not url.startswith("data:"):
            try:
                found.append((float(number.group(1)) if number else 1.0, url.rstrip(",")))
            except ValueError:
                continue
    return [url for _, url in sorted(found, key=lambda pair: -pair[0])]
