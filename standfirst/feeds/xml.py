"""XML that cannot be broken: lxml writes it, and what no XML may hold is left out."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

Element = Any  # lxml's class has no name that it promises

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
# XML 1.0, production [2] Char: neither control characters nor halves of a pair nor what is no character.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sound(text: str) -> str:
    """The text without what no XML may hold."""
    return _NO_CHARACTER.sub("", text)


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """A new element below another, with its text and those of its attributes that are not empty."""
    element = etree.SubElement(
        parent, name, {key.rstrip("_"): sound(value) for key, value in attributes.items() if value}
    )
    if text is not None:
        element.text = sound(text)
    return element


def named(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def root(name: str, prefixes: Mapping[Any, str], **attributes: str) -> Element:
    """The outermost element; `prefixes` are the namespaces by their prefixes, that without one under None."""
    return etree.Element(name, attributes, nsmap=dict(prefixes))


def written(document: Element) -> bytes:
    return etree.tostring(document, encoding="utf-8", xml_declaration=True)
