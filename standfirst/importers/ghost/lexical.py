"""Reads what Ghost's present editor stores, a tree of nodes as JSON, into HTML with marks where cards stand.

Lexical's own nodes are text: paragraphs, headings, quotations, lists, links. Everything else is one of Ghost's cards.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

Node = Mapping[str, Any]

MOST_DEPTH = 40
# The bits of a text's format, with the element each of them is.
_FORMATS = (
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
)
_INLINE = frozenset(
    [
        "text",
        "extended-text",
        "linebreak",
        "tab",
        "link",
        "autolink",
        "at-link",
        "tk",
        "zwnj",
        "at-link-search",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def to_html(document: Any, card: Callable[[str, Node], str]) -> str:
    """The document as HTML; `card` answers what stands in a card's place. Raises ValueError for what is none."""
    root = document.get("root") if isinstance(document, dict) else None
    if not isinstance(root, dict) or not isinstance(root.get("children"), list):
        raise ValueError("no lexical document")
    return _Writer(card).blocks(root, 0)


class _Writer:
    def __init__(self, card: Callable[[str, Node], str]) -> None:
        self._card = card

    def blocks(self, node: Node, depth: int) -> str:
        out: list[str] = []
        line: list[str] = []
        for child in _children(node):
            if _type(child) in _INLINE:
                line.append(self._inline(child, depth))
                continue
            out += _paragraph(line)
            line = []
            out.append(self._block(child, depth + 1))
        return "".join([*out, *_paragraph(line)])

    def _block(self, node: Node, depth: int) -> str:
        kind = _type(node)
        if depth > MOST_DEPTH:
            return f"<p>{escape(words_of(node))}</p>"
        if kind == "paragraph":
            return f"<p>{self._line(node, depth)}</p>"
        if kind in ("heading", "extended-heading"):
            tag = node.get("tag")
            tag = tag if isinstance(tag, str) and tag in _HEADINGS else "h2"
            return f"<{tag}>{self._line(node, depth)}</{tag}>"
        if kind in ("quote", "extended-quote", "aside"):
            return f"<blockquote>{self._line(node, depth)}</blockquote>"
        if kind == "list":
            return self._list(node, depth)
        if kind in ("table", "tablerow", "tablecell"):
            return self._table(node, kind, depth)
        if kind == "listitem":
            return f"<ul>{self._items([node], depth)}</ul>"
        if _children(node) and kind not in _CARDS_WITH_CHILDREN:
            return self.blocks(node, depth)
        return self._card(kind, node)

    def _line(self, node: Node, depth: int) -> str:
        return "".join(self._inline(child, depth + 1) for child in _children(node))

    def _inline(self, node: Node, depth: int) -> str:
        kind = _type(node)
        if depth > MOST_DEPTH:
            return escape(words_of(node))
        if kind == "linebreak":
            return "<br>"
        if kind == "tab":
            return " "
        if kind in ("link", "autolink", "at-link"):
            inner = self._line(node, depth)
            url = node.get("url")
            if not isinstance(url, str) or not url.strip():
                return inner
            return f'<a href="{escape(url.strip())}">{inner or escape(url)}</a>'
        text = node.get("text")
        if isinstance(text, str):
            return _formatted(text, node.get("format"))
        if kind in _INLINE:
            return self._line(node, depth)
        return self._block(node, depth + 1)

    def _list(self, node: Node, depth: int) -> str:
        tag = "ol" if node.get("listType") == "number" or node.get("tag") == "ol" else "ul"
        start = node.get("start")
        begins = f' start="{start}"' if tag == "ol" and isinstance(start, int) and start > 1 else ""
        return f"<{tag}{begins}>{self._items(_children(node), depth)}</{tag}>"

    def _items(self, nodes: list[Node], depth: int) -> str:
        items: list[str] = []
        for node in nodes:
            inner = _children(node) if _type(node) == "listitem" else [node]
            nested = [child for child in inner if _type(child) == "list"]
            others = [child for child in inner if _type(child) != "list"]
            below = "".join(self._list(child, depth + 1) if depth < MOST_DEPTH else "" for child in nested)
            if not others and items and below:
                # A list in a list is an item of its own there; it belongs to the item before it.
                items[-1] += below
                continue
            box = "☑ " if node.get("checked") is True else "☐ " if node.get("checked") is False else ""
            items.append(box + "".join(self._inline(child, depth + 1) for child in others) + below)
        return "".join(f"<li>{item}</li>" for item in items)

    def _table(self, node: Node, kind: str, depth: int) -> str:
        tag = {"table": "table", "tablerow": "tr"}.get(kind) or ("th" if node.get("headerState") else "td")
        inner = (
            self.blocks(node, depth)
            if kind == "tablecell"
            else "".join(
                self._table(child, _type(child), depth + 1)
                for child in _children(node)
                if _type(child) in ("tablerow", "tablecell") and depth < MOST_DEPTH
            )
        )
        return f"<{tag}>{inner}</{tag}>"


# None of Ghost's cards holds nodes today; where one of these ever did, its fields are what counts.
_CARDS_WITH_CHILDREN = frozenset(["toggle", "callout", "html", "markdown", "image", "gallery", "embed"])


def words_of(node: Any) -> str:
    """All text below a node, however deep it is."""
    words: list[str] = []
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            if isinstance(here.get("text"), str):
                words.append(here["text"])
            children = here.get("children")
            waiting += reversed(children) if isinstance(children, list) else []
    return "".join(words)


def _formatted(text: str, bits: Any) -> str:
    html = escape(text, quote=False)
    if not isinstance(bits, int) or not bits or not text.strip():
        return html
    for bit, tag in reversed(_FORMATS):
        if bits & bit:
            html = f"<{tag}>{html}</{tag}>"
    return html


def _paragraph(line: list[str]) -> list[str]:
    html = "".join(line)
    return [f"<p>{html}</p>"] if html.strip() else []


def _children(node: Node) -> list[Node]:
    children = node.get("children")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


def _type(node: Node) -> str:
    kind = node.get("type")
    return kind if isinstance(kind, str) else ""
