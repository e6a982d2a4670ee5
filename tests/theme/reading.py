"""Reads a page as strictly as a careful browser would complain, for the tests of the theme."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page:
    """What was found on a page. `faults` are what makes it ill-formed."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    @property
    def outline(self) -> list[int]:
        """The levels of the headings, in order."""
        return [int(e.tag[1]) for e in self.all("h1", "h2", "h3", "h4", "h5", "h6")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.page.faults.append(f"<{tag}> has an attribute twice")
        if tag in ("p", "h1", "h2", "h3", "div", "ul", "ol", "section", "figure") and any(
            e.tag == "p" for e in self.open
        ):
            self.page.faults.append(f"<{tag}> inside a paragraph")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.page.faults.append(f"</{tag}> closes {self.open[-1].tag if self.open else 'nothing'}")
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read(html: str) -> Page:
    """The page, with its faults."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.faults += [f"<{element.tag}> is never closed" for element in reader.open]
    for element in reader.page.elements:
        element.text = " ".join(element.text.split())
    return reader.page
