"""Wix's rich content (Ricos) as body blocks.

A document is JSON: nodes with a type, their nodes, and the data of their type (dev.wix.com, “Ricos Document”).
"""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from standfirst.importers.reading.htmlbody import BodyBuilder, embed_block, image_block, unknown_block
from standfirst.importers.reading.records import BodyBlock, ConvertedBody, MediaRef
from standfirst.text import markup

Node = Mapping[str, Any]
_DEEPEST = 60
_MARKS = {
    "BOLD": "strong",
    "ITALIC": "em",
    "UNDERLINE": "u",
    "STRIKETHROUGH": "s",
    "SUPERSCRIPT": "sup",
    "SUBSCRIPT": "sub",
}
_WRAPPERS = {
    "BULLETED_LIST": "ul",
    "ORDERED_LIST": "ol",
    "LIST_ITEM": "li",
    "BLOCKQUOTE": "blockquote",
    "TABLE": "table",
    "TABLE_ROW": "tr",
    "TABLE_CELL": "td",
}
_ARRANGING = frozenset(
    {"COLLAPSIBLE_LIST", "COLLAPSIBLE_ITEM", "COLLAPSIBLE_ITEM_BODY", "LAYOUT", "LAYOUT_CELL"}
)
MEDIA = "https://static.wixstatic.com/media/"


def ricos_document(text: str) -> Node | None:
    """The document a text is; None if it is none."""
    if not text.lstrip().startswith("{") or '"nodes"' not in text:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("nodes"), list) else None


def ricos_blocks(document: Node) -> ConvertedBody:
    """The blocks of a document. What is not understood is kept as it stood, with its words."""
    unknown: list[str] = []
    blocks: list[BodyBlock] = []
    for node in _nodes(document):
        blocks += _blocks(node, unknown, 0)
    return ConvertedBody(tuple(blocks), unknown_blocks=tuple(unknown))


def picture_address(stated: str) -> str:
    """The address of a picture, out of the way Wix writes it (`wix:image://v1/<id>/<name>#…`)."""
    if not stated.startswith("wix:image://"):
        return stated
    return MEDIA + stated.removeprefix("wix:image://v1/").partition("/")[0]


def _nodes(node: Node) -> list[Node]:
    inside = node.get("nodes")
    return [child for child in inside if isinstance(child, dict)] if isinstance(inside, list) else []


def _part(node: Node, *names: str) -> Any:
    found: Any = node
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _blocks(node: Node, unknown: list[str], depth: int) -> list[BodyBlock]:
    kind = str(node.get("type"))
    if kind == "DIVIDER":
        return [BodyBlock("divider", None)]
    if kind == "IMAGE":
        address = (
            _part(node, "imageData", "image", "src", "id")
            or _part(node, "imageData", "image", "src", "url")
            or ""
        )
        url = address if "://" in str(address) else f"{MEDIA}{address}"
        caption = _part(node, "imageData", "caption") or _words(node)
        return [
            image_block(
                MediaRef(url=url),
                alt=str(_part(node, "imageData", "altText") or ""),
                caption=escape(str(caption)),
            )
        ]
    if kind in ("VIDEO", "EMBED", "LINK_PREVIEW", "HTML", "AUDIO"):
        url = str(_address_in(node))
        if markup.safe_url(url):
            return [embed_block(url, title=_words(node))]
    elif kind == "CODE_BLOCK":
        return [BodyBlock("code", {"language": "", "code": "".join(_texts(node))})]
    elif kind in _ARRANGING and depth < _DEEPEST:
        return [block for child in _nodes(node) for block in _blocks(child, unknown, depth + 1)]
    elif kind in ("PARAGRAPH", "HEADING", "TEXT") or kind in _WRAPPERS:
        return BodyBuilder().build(_html(node, depth))
    name = kind[:60]
    unknown.append(name)
    return [unknown_block(name, json.dumps(node, ensure_ascii=False), _words(node), source="tables")]


def _html(node: Node, depth: int) -> str:
    if depth > _DEEPEST:
        return escape(_words(node))
    kind = str(node.get("type"))
    if kind == "TEXT":
        return _text(node)
    inside = "".join(_html(child, depth + 1) for child in _nodes(node))
    if kind == "PARAGRAPH":
        return f"<p>{inside}</p>"
    if kind == "HEADING":
        level = _part(node, "headingData", "level")
        return f"<h{level}>{inside}</h{level}>" if level in (1, 2, 3, 4, 5, 6) else f"<p>{inside}</p>"
    if kind == "IMAGE":
        address = _part(node, "imageData", "image", "src", "id") or ""
        return f'<img src="{escape(MEDIA + str(address))}">'
    tag = _WRAPPERS.get(kind, "")
    return f"<{tag}>{inside}</{tag}>" if tag else inside


def _text(node: Node) -> str:
    html = escape(str(_part(node, "textData", "text") or ""), quote=False).replace("\n", "<br>")
    marks = _part(node, "textData", "decorations")
    for mark in marks if isinstance(marks, list) else []:
        kind = str(_part(mark, "type"))
        if kind == "LINK" and (url := markup.safe_url(str(_part(mark, "linkData", "link", "url") or ""))):
            html = f'<a href="{escape(url)}">{html}</a>'
        elif kind in _MARKS:
            html = f"<{_MARKS[kind]}>{html}</{_MARKS[kind]}>"
    return html


def _words(node: Node) -> str:
    """All the words in a node, whatever it is."""
    return " ".join(" ".join(_texts(node)).split())


def _texts(node: Node) -> list[str]:
    found: list[str] = []
    waiting: list[Node] = [node]
    while waiting:
        one = waiting.pop()
        if text := _part(one, "textData", "text"):
            found.append(str(text))
        waiting += reversed(_nodes(one))
    return found


def _address_in(node: Node) -> str:
    """The first address in a node's own data."""
    waiting: list[Any] = [value for name, value in node.items() if name != "nodes"]
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, str) and value.startswith(("https://", "http://")):
            return value
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return ""
