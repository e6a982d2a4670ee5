"""A text as it may be read anywhere: every address in it made whole."""

from urllib.parse import urljoin

import lxml.html

from .xml import sound

_ADDRESSES = ("href", "src", "cite", "poster")


def with_whole_addresses(html: str, base: str) -> str:
    """The text, with its addresses as seen from `base`. Notes lead to those on the page: a reader shows many texts at once."""
    html = sound(html)
    if not html.strip():
        return ""
    text = lxml.html.fragment_fromstring(html, create_parent="div")
    for element in text.iter(lxml.html.etree.Element):
        for name in _ADDRESSES:
            if address := element.get(name):
                element.set(name, _whole(address, base))
        if srcset := element.get("srcset"):
            element.set("srcset", ", ".join(_candidate(one, base) for one in srcset.split(", ")))
    inner = lxml.html.tostring(text, encoding="unicode")
    return inner.removeprefix("<div>").removesuffix("</div>")


def _whole(address: str, base: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # It is no address, whatever its shape.
        return address


def _candidate(candidate: str, base: str) -> str:
    address, _, width = candidate.strip().partition(" ")
    return f"{_whole(address, base)} {width}".strip()
