"""Reads HTML that Ghost itself wrote: the cards in it, the parts that were for members, and footnotes.

Ghost keeps each post's HTML beside what its editor stored; old posts and Markdown have nothing better.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Any

from lxml import etree

from standfirst.importers.ghost.cards import CardKeeper, card_blocks
from standfirst.importers.reading.htmlbody import Node, clean_caption, parse_fragment
from standfirst.importers.reading.records import BodyBlock
from standfirst.text import markup

_GATED = re.compile(r"<!--\s*kg-gated-block:begin\b(.*?)-->(.*?)<!--\s*kg-gated-block:end\s*-->", re.DOTALL)
_PAYWALL = re.compile(r"<!--\s*members-only\s*-->")
_TYPED_HTML = re.compile(
    r"<!--\s*kg-card-begin:\s*html\s*-->(.*?)<!--\s*kg-card-end:\s*html\s*-->", re.DOTALL
)
_MARKDOWN = re.compile(
    r"<!--\s*kg-card-begin:\s*markdown\s*-->(.*?)<!--\s*kg-card-end:\s*markdown\s*-->", re.DOTALL
)
_REFERENCE = re.compile(r"#(.+)\Z")

Mark = Callable[[list[BodyBlock]], str]


def with_marks(html: str, keep: CardKeeper, mark: Mark) -> str:
    """The HTML with marks in place of comments and cards that an element alone does not tell."""
    html = _GATED.sub(lambda found: _gated(found, keep, mark), html)
    html = _PAYWALL.sub(lambda found: mark(card_blocks("paywall", {}, keep)), html)
    html = _TYPED_HTML.sub(lambda found: mark(keep.raw_html(found.group(1))), html)
    # Each of these has footnotes of its own, numbered from one.
    html = _MARKDOWN.sub(lambda found: mark(keep.html_blocks(found.group(1))), html)
    if "kg-" not in html:
        return html
    root = parse_fragment(html)
    if root is None:
        return html
    for node in list(root.iter("figure", "div")):
        for name, reads in _CARDS.items():
            if name in (node.get("class") or "").split():
                card, fields = reads(node)
                _replace(node, mark(card_blocks(card, fields, keep)))
                break
    return "".join(inner_html(child) for child in root)


def _gated(found: re.Match[str], keep: CardKeeper, mark: Mark) -> str:
    if not re.search(r"nonMember\s*:\s*(?!\s|true\b)", found.group(1)):
        return found.group(2)
    fields = {"html": found.group(2), "visibility": {"web": {"nonMember": False}}}
    return mark(card_blocks("html", fields, keep))


# --------------------------------------------------------------------------------------------------------------- cards


def _find(node: Node, *names: str) -> Node | None:
    for name in names:
        for child in node.iter():
            if name in (child.get("class") or "").split():
                return child
    return None


def _words(node: Node, *names: str) -> str:
    found = _find(node, *names)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _inside(node: Node, *names: str) -> str:
    found = _find(node, *names)
    return inner_html(found) if found is not None else ""


def _first(node: Node, tag: str, attribute: str) -> str:
    found = next((child for child in node.iter(tag) if child.get(attribute)), None)
    return str(found.get(attribute)) if found is not None else ""


def _caption(node: Node) -> str:
    found = next(node.iter("figcaption"), None)
    return inner_html(found) if found is not None else ""


def _bookmark(node: Node) -> tuple[str, dict[str, Any]]:
    return "bookmark", {
        "url": _first(node, "a", "href"),
        "title": _words(node, "kg-bookmark-title"),
        "description": _words(node, "kg-bookmark-description"),
        "caption": _caption(node),
    }


def _callout(node: Node) -> tuple[str, dict[str, Any]]:
    text = _inside(node, "kg-callout-text")
    return "callout", {
        "calloutEmoji": _words(node, "kg-callout-emoji"),
        "calloutText": text or ("" if _find(node, "kg-callout-emoji") is not None else inner_html(node)),
    }


def _toggle(node: Node) -> tuple[str, dict[str, Any]]:
    return "toggle", {
        "heading": _inside(node, "kg-toggle-heading-text"),
        "content": _inside(node, "kg-toggle-content"),
    }


def _audio(node: Node) -> tuple[str, dict[str, Any]]:
    return "audio", {"src": _first(node, "audio", "src"), "title": _words(node, "kg-audio-title")}


def _video(node: Node) -> tuple[str, dict[str, Any]]:
    return "video", {"src": _first(node, "video", "src"), "caption": _caption(node)}


def _file(node: Node) -> tuple[str, dict[str, Any]]:
    return "file", {
        "src": _first(node, "a", "href"),
        "fileTitle": _words(node, "kg-file-card-title"),
        "fileCaption": _words(node, "kg-file-card-caption"),
        "fileName": _words(node, "kg-file-card-filename"),
    }


def _product(node: Node) -> tuple[str, dict[str, Any]]:
    return "product", {
        "productTitle": _words(node, "kg-product-card-title"),
        "productImageSrc": _first(node, "img", "src"),
        "productDescription": _inside(node, "kg-product-card-description"),
        "productButtonEnabled": _find(node, "kg-product-card-button") is not None,
        "productButton": _words(node, "kg-product-card-button"),
        "productUrl": _first(node, "a", "href"),
    }


def _signup(node: Node) -> tuple[str, dict[str, Any]]:
    return "signup", {"type": "signup", "text": " ".join("".join(node.itertext()).split())}


_CARDS: dict[str, Callable[[Node], tuple[str, dict[str, Any]]]] = {
    "kg-bookmark-card": _bookmark,
    "kg-callout-card": _callout,
    "kg-toggle-card": _toggle,
    "kg-audio-card": _audio,
    "kg-video-card": _video,
    "kg-file-card": _file,
    "kg-product-card": _product,
    "kg-signup-card": _signup,
}


# ----------------------------------------------------------------------------------------------------------- footnotes


def without_notes(html: str, number: Callable[[str], int]) -> str:
    """The HTML less the list of footnotes at its end, references to them marked.

    `number` is given the words of each note and answers what it is called. A list that nothing in the text refers to is no
    list of footnotes, and stays.
    """
    if "footnote" not in html:
        return html
    root = parse_fragment(html)
    if root is None:
        return html
    lists = [node for node in root.iter("section", "div", "ol") if _is_notes(node)]
    notes = {item.get("id", ""): item for node in lists for item in node.iter("li") if item.get("id")}
    references = [link for link in root.iter("a") if _refers_to(link) in notes]
    texts = [link for link in references if not any(parent in lists for parent in link.iterancestors())]
    if not texts:
        return html
    marks = {name: number(_note_text(item)) for name, item in notes.items()}
    for link in texts:
        mark = f'<sup data-fn-mark="{marks[_refers_to(link)]}">{marks[_refers_to(link)]}</sup>'
        parent = link.getparent()
        alone = (
            parent is not None
            and parent.tag == "sup"
            and len(parent) == 1
            and not (parent.text or "").strip()
        )
        _replace(parent if alone else link, mark)
    for node in lists:
        before = node.getprevious()
        if before is not None and before.tag == "hr":
            _replace(before, "")
        _replace(node, "")
    return "".join(inner_html(child) for child in root)


def _is_notes(node: Node) -> bool:
    classes = (node.get("class") or "").split()
    return "footnotes" in classes or "footnotes-list" in classes


def _refers_to(link: Node) -> str:
    found = _REFERENCE.match(link.get("href") or "")
    return found.group(1) if found else ""


def _note_text(item: Node) -> str:
    for link in list(item.iter("a")):
        is_back = "footnote-backref" in (link.get("class") or "") or link.get("rev") == "footnote"
        if is_back or _refers_to(link).startswith("fnref"):
            _replace(link, "")
    html = re.sub(r"</p>\s*<p[^>]*>", "<br>", inner_html(item))
    text = clean_caption(html)
    return text if markup.plain_text(text) else "–"


# -------------------------------------------------------------------------------------------------------------- pieces


def inner_html(node: Node) -> str:
    """What stands inside an element, as HTML."""
    return escape(node.text or "", quote=False) + "".join(
        str(etree.tostring(child, encoding="unicode", method="html")) for child in node
    )


def _replace(node: Node, html: str) -> None:
    """Puts HTML where an element stood; the text after it stays."""
    parent = node.getparent()
    if parent is None:
        return
    stand_in = etree.Element("sf-piece")
    stand_in.tail = node.tail
    parent.replace(node, stand_in)
    inside = parse_fragment(html) if html else None
    where = parent.index(stand_in)
    for number, child in enumerate(list(inside[0]) if inside is not None and len(inside) else []):
        parent.insert(where + number, child)
    tail = stand_in.tail or ""
    previous = stand_in.getprevious()
    parent.remove(stand_in)
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
