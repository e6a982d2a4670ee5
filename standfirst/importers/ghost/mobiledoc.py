"""Reads what Ghost's former editor stored, Mobiledoc 0.2 to 0.3.2, into HTML with marks where cards stand.

A document is lists of numbers: sections refer to markups, atoms and cards by their place in lists of their own.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

_TEXT, _IMAGE, _LIST, _CARD = 1, 2, 3, 10
_TAGS = {
    "p": "p",
    "h1": "h1",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "h5": "h5",
    "h6": "h6",
    "blockquote": "blockquote",
    "aside": "blockquote",
    "pull-quote": "blockquote",
}
_MARKUPS = frozenset(["a", "b", "code", "em", "i", "s", "strong", "sub", "sup", "u", "mark", "del", "strike"])


def to_html(document: Any, card: Callable[[str, Mapping[str, Any]], str]) -> str:
    """The document as HTML; `card` answers what stands in a card's place. Raises ValueError for what is none."""
    if not isinstance(document, dict) or not isinstance(document.get("sections"), list):
        raise ValueError("no mobiledoc")
    return _Writer(document, card).write()


def only_card(document: Any, *names: str) -> bool:
    """Whether the document is one card of this name and nothing else."""
    cards = document.get("cards") if isinstance(document, dict) else None
    sections = document.get("sections") if isinstance(document, dict) else None
    return (
        isinstance(cards, list)
        and isinstance(sections, list)
        and len(cards) == len(sections) == 1
        and isinstance(cards[0], list)
        and bool(cards[0])
        and cards[0][0] in names
        and isinstance(sections[0], list)
        and sections[0][:1] == [_CARD]
    )


class _Writer:
    def __init__(self, document: Mapping[str, Any], card: Callable[[str, Mapping[str, Any]], str]) -> None:
        self._card = card
        self._sections = _list(document.get("sections"))
        self._markups = _list(document.get("markups"))
        self._atoms = _list(document.get("atoms"))
        self._cards = _list(document.get("cards"))
        if document.get("version") == "0.2.0" and len(self._sections) == 2:
            # That version kept the markups as the first of the sections.
            self._markups, self._sections = map(_list, self._sections)

    def write(self) -> str:
        return "".join(
            self._section(section) for section in self._sections if isinstance(section, list) and section
        )

    def _section(self, section: list[Any]) -> str:
        kind, rest = section[0], section[1:]
        if kind == _TEXT and len(rest) > 1:
            tag = _TAGS.get(rest[0], "p") if isinstance(rest[0], str) else "p"
            return f"<{tag}>{self._markers(rest[1])}</{tag}>"
        if kind == _LIST and len(rest) > 1:
            tag = "ol" if rest[0] == "ol" else "ul"
            return (
                f"<{tag}>"
                + "".join(f"<li>{self._markers(item)}</li>" for item in _list(rest[1]))
                + f"</{tag}>"
            )
        if kind == _IMAGE and rest and isinstance(rest[0], str):
            return self._card("image", {"src": rest[0]})
        if kind == _CARD and rest:
            found = _at(self._cards, rest[0])
            if isinstance(found, list) and found and isinstance(found[0], str):
                fields = found[1] if len(found) > 1 and isinstance(found[1], dict) else {}
                return self._card(found[0], fields)
        return ""

    def _markers(self, markers: Any) -> str:
        out: list[str] = []
        open_: list[str] = []
        for marker in _list(markers):
            if not isinstance(marker, list) or len(marker) < 3:
                continue
            # Version 0.2 has no atoms, and so no word of which kind a marker is.
            kind, opened, closed, value = marker if len(marker) > 3 else (0, *marker)
            for number in _list(opened):
                tag, html = self._markup(_at(self._markups, number))
                open_.append(tag)
                out.append(html)
            out.append(
                self._atom(value)
                if kind == 1
                else escape(value, quote=False)
                if isinstance(value, str)
                else ""
            )
            stays = max(0, len(open_) - closed) if isinstance(closed, int) and closed > 0 else len(open_)
            out += _closing(open_[stays:])
            open_ = open_[:stays]
        out += _closing(open_)
        return "".join(out)

    def _markup(self, markup: Any) -> tuple[str, str]:
        """An element's name and its opening tag; both empty for one that says nothing here."""
        if not isinstance(markup, list) or not markup or not isinstance(markup[0], str):
            return "", ""
        tag = markup[0].lower()
        if tag not in _MARKUPS:
            return "", ""
        names = _list(markup[1]) if len(markup) > 1 else []
        attributes = dict(zip(map(str, names[::2]), names[1::2], strict=False))
        href = attributes.get("href")
        if tag == "a":
            return (
                ("a", f'<a href="{escape(href.strip())}">')
                if isinstance(href, str) and href.strip()
                else ("", "")
            )
        tag = "s" if tag == "strike" else tag
        return tag, f"<{tag}>"

    def _atom(self, number: Any) -> str:
        atom = _at(self._atoms, number)
        if not isinstance(atom, list) or not atom:
            return ""
        if atom[0] == "soft-return":
            return "<br>"
        return escape(atom[1], quote=False) if len(atom) > 1 and isinstance(atom[1], str) else ""


def _closing(tags: list[str]) -> list[str]:
    return [f"</{tag}>" for tag in reversed(tags) if tag]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _at(items: list[Any], number: Any) -> Any:
    return items[number] if isinstance(number, int) and 0 <= number < len(items) else None
