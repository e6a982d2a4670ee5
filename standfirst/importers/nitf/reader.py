"""Reads articles in NITF, the News Industry Text Format (https://iptc.org/std/NITF/3.6/documentation/).

One document is an article, and refused alone if it is broken: what says that it may be used could be what is missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from html import escape

from standfirst.importers.reading.htmlbody import MARK, clean_caption, embed_block, image_block
from standfirst.importers.reading.members import Member
from standfirst.importers.reading.moments import stated_moment
from standfirst.importers.reading.records import BodyBlock, MediaRef
from standfirst.importers.reading.xmldocuments import (
    Broken,
    Node,
    beside,
    first,
    html_inside,
    name_of,
    parsed,
    words_of,
)

_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?([+-]\d{2}):?(\d{2})\Z")
_BLOCKS = {
    "p": "p",
    "hl1": "h2",
    "hl2": "h3",
    "block": "div",
    "bq": "blockquote",
    "credit": "cite",
    "nitf-table": "div",
}
# What stands for itself in HTML, too; some systems put more of that among NITF's own.
_KEPT = frozenset(
    [
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "pre",
        "em",
        "sup",
        "sub",
        "q",
        "b",
        "i",
        "u",
        "s",
        "strong",
        "code",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "figure",
        "figcaption",
    ]
)
_EMPTY = frozenset({"hr", "br", "img"})
_INTERNAL = frozenset({"note", "fixture"})  # of an agency to its customers


@dataclass(slots=True)
class NitfArticle:
    """One article, as its document says it."""

    id: str
    headline: str = ""
    title: str = ""
    standfirst: str = ""
    abstract: str = ""
    bylines: list[str] = field(default_factory=list)
    job_title: str = ""
    producers: list[str] = field(default_factory=list)  # of its pictures
    html: str = ""
    marks: list[tuple[BodyBlock, ...]] = field(default_factory=list)
    status: str = ""
    released: datetime | None = None
    published: datetime | None = None
    expires: datetime | None = None
    revised: datetime | None = None
    section: str = ""
    publication: str = ""
    keywords: list[str] = field(default_factory=list)
    address: str = ""
    language: str = ""
    unread: dict[str, str] = field(default_factory=dict)


def read_articles(member: Member, zone: tzinfo) -> Iterator[NitfArticle]:
    """The articles of a file: one, but in an envelope of NewsML's. Raises Broken for a file that cannot be read."""
    root = parsed(member)
    found = [node for node in root.iter() if name_of(node) == "nitf"]
    if not found:
        raise Broken("holds no article in NITF")
    outside = "" if name_of(root) == "nitf" else _status_of_envelope(root)
    for number, node in enumerate(found):
        article = _Reading(node, member, zone).article(number)
        if outside and outside != "usable":
            article.status = outside
        yield article


def _status_of_envelope(root: Node) -> str:
    """What an envelope says of its contents; the strictest of it."""
    said = []
    for node in root.iter():
        if name_of(node).lower() in ("pubstatus", "status"):
            value = node.get("qcode") or node.get("FormalName") or words_of(node)
            said.append(value.rpartition(":")[2].strip().lower())
    return next((word for word in said if word != "usable"), "usable" if said else "")


class _Reading:
    def __init__(self, node: Node, member: Member, zone: tzinfo) -> None:
        self._node = node
        self._member = member
        self._zone = zone
        self._found = NitfArticle("")

    def article(self, number: int) -> NitfArticle:
        found = self._found
        inside = f"{self._member.name}#{number}" if number else self._member.name
        found.id = self._attribute("doc-id", "id-string") or inside
        found.language = self._node.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        self._metadata()
        head = first(self._node, "body.head")
        if head is not None:
            self._head(head)
        content = first(self._node, "body.content")
        parts = [self._inside(content, 1) if content is not None else ""]
        end = first(self._node, "body.end")
        if end is not None and words_of(end):
            parts.append(
                "".join(
                    f"<p>{self._inside(child, 1)}</p>" for child in end if name_of(child) not in _INTERNAL
                )
            )
        found.html = "\n".join(part for part in parts if part.strip())
        if place := self._dateline(head):
            found.html = _with_place(found.html, place)
        return found

    # ------------------------------------------------------------------------------------------------- beside the text

    def _metadata(self) -> None:
        found = self._found
        title = first(self._node, "title")
        found.title = words_of(title) if title is not None else ""
        found.status = self._attribute("docdata", "management-status").strip().lower()
        found.released = self._moment(self._attribute("date.release", "norm"))
        found.expires = self._moment(self._attribute("date.expire", "norm"))
        issued = self._moment(self._attribute("date.issue", "norm"))
        found.published = (
            found.released or self._moment(self._attribute("pubdata", "date.publication")) or issued
        )
        found.section = self._attribute("pubdata", "position.section")
        found.publication = self._attribute("pubdata", "name")
        revisions = [self._moment(node.get("norm") or "") for node in self._all("revision-history")]
        found.revised = max((moment for moment in revisions if moment), default=None)
        found.address = next(
            (
                url
                for url in (self._attribute("pubdata", "ex-ref"), self._attribute("doc.copyright", "ex-ref"))
                if url.startswith("http")
            ),
            "",
        )
        found.keywords = [
            word
            for node in self._all("keyword")
            if (word := " ".join((node.get("key") or words_of(node)).split()))
        ]
        for node in self._all("meta"):
            if node.get("name") and node.get("content"):
                found.unread[node.get("name")] = node.get("content")
        for name in ("series", "urgency", "doc-scope", "fixture", "tobject.subject", "doc.rights"):
            if (one := first(self._node, name)) is not None and one.attrib:
                found.unread[name] = next(iter(one.attrib.values()))

    def _head(self, head: Node) -> None:
        found = self._found
        headline = first(head, "hl1")
        found.headline = words_of(headline) if headline is not None else ""
        found.standfirst = " ".join(
            words for node in head.iter() if name_of(node) == "hl2" and (words := words_of(node))
        )
        abstract = first(head, "abstract")
        found.abstract = words_of(abstract) if abstract is not None else ""
        for byline in (node for node in head.iter() if name_of(node) == "byline"):
            titles = [node for node in byline.iter() if name_of(node) == "byttl"]
            found.job_title = found.job_title or "; ".join(filter(None, map(words_of, titles)))
            if words := words_of(byline, without=("byttl", "virtloc", "postaddr")):
                found.bylines.append(words)
        for name in ("distributor", "rights", "note"):
            if (one := first(head, name)) is not None and words_of(one):
                found.unread[name] = words_of(one)

    def _dateline(self, head: Node | None) -> str:
        node = first(head, "dateline") if head is not None else None
        return words_of(node, without=("story.date",)) if node is not None else ""

    def _moment(self, text: str) -> datetime | None:
        if compact := _COMPACT.match(text.strip()):
            year, month, day, hour, minute, second, hours, minutes = compact.groups()
            text = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{hours}:{minutes}"
        return stated_moment(text, self._zone)

    def _attribute(self, element: str, name: str) -> str:
        node = first(self._node, element)
        return " ".join((node.get(name) or "").split()) if node is not None else ""

    def _all(self, name: str) -> Iterator[Node]:
        return (node for node in self._node.iter() if name_of(node) == name)

    # --------------------------------------------------------------------------------------------------------- the text

    def _inside(self, node: Node, depth: int) -> str:
        return html_inside(node, self._html, depth)

    def _html(self, node: Node, depth: int) -> str:
        name = name_of(node)
        if name == "media":
            return self._media(node)
        if name in _INTERNAL:
            self._found.unread.setdefault(name, words_of(node))
            return ""
        inside = self._inside(node, depth)
        if name == "a" and node.get("href"):
            return f'<a href="{escape(node.get("href"))}">{inside}</a>'
        if name == "fn":
            return f" ({inside}) "
        if name in _EMPTY:
            shown = "".join(
                f' {key}="{escape(value)}"' for key, value in node.attrib.items() if key in ("src", "alt")
            )
            return f"<{name}{shown}>{inside}"
        tag = _BLOCKS.get(name, name if name in _KEPT else "")
        return f"<{tag}>{inside}</{tag}>" if tag else inside

    def _media(self, node: Node) -> str:
        reference = _best([child for child in node.iter() if name_of(child) == "media-reference"])
        captions = [child for child in node.iter() if name_of(child) == "media-caption"]
        producers = [
            words
            for child in node.iter()
            if name_of(child) == "media-producer" and (words := words_of(child))
        ]
        caption = clean_caption(" ".join(self._inside(child, 1) for child in captions))
        self._found.producers += producers
        source = (reference.get("source") or "").strip() if reference is not None else ""
        if reference is None or not source:
            return f"<p>{caption} {escape('; '.join(producers))}</p>"
        kind = (node.get("media-type") or reference.get("mime-type") or "image").lower()
        if kind.startswith(("image", "photo", "graphic")):
            alt = reference.get("alternate-text") or ""
            where = MediaRef(url=beside(self._member, source))
            block = image_block(where, alt=alt, caption=caption, credit="; ".join(producers))
        elif source.startswith(("http://", "https://")):
            block = embed_block(source, caption=caption)
        else:
            return f"<p>{caption} {escape('; '.join(producers))}</p>"
        self._found.marks.append((block,))
        return f'<{MARK} n="{len(self._found.marks) - 1}"></{MARK}>'


def _best(references: list[Node]) -> Node | None:
    """The largest of a picture's versions."""

    def width(node: Node) -> int:
        said = node.get("width") or ""
        return int(said) if said.isdigit() and len(said) < 6 else 0

    return max(references, key=width, default=None)


def _with_place(html: str, place: str) -> str:
    """A text that begins with the place it was sent from, as newspapers print it."""
    words = f"{escape(place.strip(' -–—'), quote=False)} — "
    return (
        re.sub(r"\A\s*<p>", lambda found: f"{found.group()}{words}", html, count=1)
        if re.match(r"\s*<p>", html)
        else f"<p>{words}</p>{html}"
    )
