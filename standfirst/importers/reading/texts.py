"""Turns the HTML of one text into body blocks, whatever it was kept in: a feed, a backup, a table."""

import re
from collections.abc import Collection, Sequence

from lxml import etree

from standfirst.importers.reading.addresses import host_name, old_path, resolve
from standfirst.importers.reading.documents import Node, picture_source, read_document, remove
from standfirst.importers.reading.htmlbody import BodyBuilder
from standfirst.importers.reading.records import BodyBlock
from standfirst.importers.reading.shapes import settle_shapes
from standfirst.text.urls import parts_of

_TRACKED = re.compile(
    r"(?:feedburner|pixel|/tracking/|doubleclick|stats?\.wordpress\.com|feeds\.feedblitz)", re.I
)
# No tree holds these in an attribute, and a browser takes none of them for a part of an address.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_BLOCK = re.compile(r"<(?:p|div|ul|ol|table|blockquote|h[1-6]|section|article)\b", re.I)


def blocks_of(
    html: str,
    *,
    base: str = "",
    own_hosts: Collection[str] = (),
    newlines_break: bool = False,
    marks: Sequence[Sequence[BodyBlock]] = (),
) -> list[BodyBlock]:
    """The body blocks of a text. Raises Unreadable for one that is out of all bounds.

    `base` is what its addresses are relative to; links to one of `own_hosts` stay links to here. `newlines_break` and
    `marks` are as `BodyBuilder` takes them.
    """
    if not html.strip():
        return []
    root = read_document(f"<!doctype html><body><div>{html}</div>".encode("utf-8", "replace")).root
    body = root.find("body")
    if body is None:
        return []
    _settle_pictures(body, base)
    _settle_links(body, base, own_hosts)
    after = settle_shapes(body)
    whole = etree.tostring(body, encoding="unicode", method="html")
    return [*BodyBuilder(newlines_break, marks).build(whole), *after]


def has_paragraphs(html: str) -> bool:
    """Whether a text marks its paragraphs, so that its line breaks mean nothing."""
    return _BLOCK.search(html) is not None


def _settle_pictures(body: Node, base: str) -> None:
    """Makes each picture's address whole, and takes out what only counts readers."""
    for picture in list(body.iter("img")):
        source = _CONTROLS.sub("", picture_source(picture))
        url = resolve(base, source) if base else source
        size = (picture.get("width"), picture.get("height"))
        if not url or _TRACKED.search(url) or size in (("1", "1"), ("0", "0")):
            remove(picture)
            continue
        picture.set("src", url)


def _settle_links(body: Node, base: str, own_hosts: Collection[str]) -> None:
    for link in body.iter("a"):
        href = _CONTROLS.sub("", link.get("href") or "")
        if href.startswith(("#", "mailto:", "tel:")):
            continue
        whole = resolve(base, href) if base else href
        if not whole:
            continue
        is_own = own_hosts and host_name(parts_of(whole).netloc) in own_hosts
        fragment = href.partition("#")[2] if is_own else ""
        link.set("href", f"{old_path(whole)}{'#' if fragment else ''}{fragment}" if is_own else whole)
