"""Reads a page's head as those do who make cards of links: networks, messengers, the fediverse."""

from dataclasses import dataclass

import lxml.html


@dataclass(frozen=True)
class Tags:
    """What a page says of itself: each property with all its contents, in order."""

    meta: dict[str, list[str]]
    links: dict[str, list[str]]

    def one(self, name: str) -> str:
        [content] = self.meta[name]
        return content


def tags_of(html: str) -> Tags:
    tree = lxml.html.fromstring(html)
    meta: dict[str, list[str]] = {}
    for element in tree.iterfind(".//head/meta"):
        name = element.get("property") or element.get("name")
        if name:
            meta.setdefault(name, []).append(element.get("content"))
    links: dict[str, list[str]] = {}
    for element in tree.iterfind(".//head/link"):
        links.setdefault(element.get("rel"), []).append(element.get("href"))
    return Tags(meta, links)
