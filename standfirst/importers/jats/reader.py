"""Reads articles in JATS, the Journal Article Tag Suite (ANSI/NISO Z39.96, https://jats.nlm.nih.gov/publishing/tag-library/1.3/)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from html import escape

from standfirst.importers.reading.members import Member
from standfirst.importers.reading.moments import stated_moment
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

_HREF = "{http://www.w3.org/1999/xlink}href"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
# As readers met it first: on the web, then in print.
_DATES = ("epub", "pub", "ppub", "epub-ppub", "collection", "")
_TAGS = {
    "p": "p", "disp-quote": "blockquote", "attrib": "cite", "list-item": "li", "boxed-text": "div", "preformat": "pre", "code": "pre",
    "italic": "i", "bold": "b", "underline": "u", "strike": "s", "sup": "sup", "sub": "sub", "monospace": "code", "def-list": "dl",
    "term": "dt", "def": "dd", "disp-formula": "p", "verse-line": "p", "speech": "div", "speaker": "p", "statement": "div",
    "table": "table", "thead": "thead", "tbody": "tbody", "tfoot": "tfoot", "tr": "tr", "td": "td", "th": "th",
}  # fmt: skip
_UNDER_FIGURES = frozenset({"label", "caption", "attrib", "permissions"})
_ELEMENT = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class JatsContributor:
    """Somebody an article names."""

    name: str
    role: str
    orcid: str = ""
    is_group: bool = False


@dataclass(slots=True)
class JatsArticle:
    """One article, as its document says it."""

    id: str
    title: str = ""
    subtitle: str = ""
    abstract: str = ""
    html: str = ""
    contributors: list[JatsContributor] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    published: datetime | None = None
    is_date_whole: bool = True
    journal: str = ""
    language: str = ""
    address: str = ""
    embargo: str = ""  # the day on which it ends
    unread: dict[str, str] = field(default_factory=dict)


def read_articles(member: Member, zone: tzinfo) -> Iterator[JatsArticle]:
    """The articles of a file. Raises Broken for a file that cannot be read."""
    root = parsed(member)
    found = [node for node in root.iter() if name_of(node) == "article" and _child(node, "front") is not None]
    if not found:
        raise Broken("holds no article in JATS")
    for number, node in enumerate(found):
        yield _Reading(node, member, zone).article(number)


class _Reading:
    def __init__(self, node: Node, member: Member, zone: tzinfo) -> None:
        self._node = node
        self._member = member
        self._zone = zone

    def article(self, number: int) -> JatsArticle:
        meta = first(self._node, "article-meta")
        inside = f"{self._member.name}#{number}" if number else self._member.name
        found = JatsArticle(inside, language=self._node.get(_LANGUAGE) or "")
        journal = first(self._node, "journal-title")
        found.journal = words_of(journal) if journal is not None else ""
        if meta is not None:
            self._metadata(meta, found)
        parts = [self._section_of(part, heading) for part, heading in self._parts()]
        found.html = "\n".join(part for part in parts if part.strip())
        return found

    def _metadata(self, meta: Node, found: JatsArticle) -> None:
        ids = {
            node.get("pub-id-type") or "": words_of(node) for node in meta if name_of(node) == "article-id"
        }
        found.id = ids.get("doi") or next(iter(ids.values()), "") or found.id
        for name, attribute in (("article-title", "title"), ("subtitle", "subtitle")):
            if (node := first(meta, name)) is not None:
                setattr(found, attribute, words_of(node))
        abstracts = [node for node in meta if name_of(node) == "abstract"]
        found.abstract = words_of(abstracts[0], without=("title", "label")) if abstracts else ""
        for group in (node for node in meta if name_of(node) == "contrib-group"):
            found.contributors += [
                one for node in group if name_of(node) == "contrib" if (one := _contributor(node, group))
            ]
        found.categories = [
            words_of(node) for node in meta.iter() if name_of(node) == "subject" and words_of(node)
        ]
        found.keywords = [words_of(node) for node in meta.iter() if name_of(node) == "kwd" and words_of(node)]
        self._date(meta, found)
        found.embargo = next(
            (
                _day(node)
                for node in meta.iter()
                if name_of(node) in ("pub-date", "date")
                and "embargo" in f"{node.get('pub-type')} {node.get('date-type')}".lower()
            ),
            "",
        )
        link = next(
            (node.get(_HREF) for node in meta.iter() if name_of(node) == "self-uri" and node.get(_HREF)), ""
        )
        found.address = link if link.startswith(("http://", "https://")) else ""
        for name in (
            "volume",
            "issue",
            "fpage",
            "elocation-id",
            "license",
            "copyright-statement",
            "funding-group",
        ):
            if (node := first(meta, name)) is not None and words_of(node):
                found.unread[name] = words_of(node)

    def _date(self, meta: Node, found: JatsArticle) -> None:
        dates = {
            node.get("pub-type") or node.get("date-type") or "": node
            for node in meta
            if name_of(node) == "pub-date"
        }
        ordered = [dates[kind] for kind in _DATES if kind in dates] + list(dates.values())
        for node in ordered:
            moment = stated_moment(_day(node), self._zone)
            if moment is not None:
                is_whole = all(_child(node, name) is not None for name in ("month", "day"))
                found.published, found.is_date_whole = moment, is_whole
                return

    # --------------------------------------------------------------------------------------------------------- the text

    def _parts(self) -> Iterator[tuple[Node, str]]:
        for name in ("body", "floats-group", "back"):
            part = _child(self._node, name)
            if part is None:
                continue
            if name != "back":
                yield part, ""
                continue
            for child in part:
                yield child, {"ack": "Acknowledgements", "ref-list": "References"}.get(name_of(child), "")

    def _section_of(self, node: Node, heading: str) -> str:
        inside = self._html(node, 1) if name_of(node) != "body" else self._inside(node, 1)
        has_title = _child(node, "title") is not None
        return f"<h2>{heading}</h2>{inside}" if heading and not has_title and words_of(node) else inside

    def _inside(self, node: Node, depth: int) -> str:
        return html_inside(node, self._html, depth)

    def _html(self, node: Node, depth: int) -> str:
        """An element as HTML: no word of it is lost, whatever it is marked as."""
        name = name_of(node)
        if name == "alternatives":  # the same several times
            shown = next(
                (
                    child
                    for child in node
                    if name_of(child) in ("graphic", "inline-graphic", "tex-math", "textual-form")
                ),
                None,
            )
            return self._html(shown if shown is not None else node[0], depth) if len(node) else ""
        if name in ("graphic", "inline-graphic"):
            alt = first(node, "alt-text")
            return f'<img src="{escape(beside(self._member, node.get(_HREF) or ""))}" alt="{escape(words_of(alt) if alt is not None else "")}">'
        if name == "break":
            return "<br>"
        inside = self._inside(node, depth)
        if name in ("fig", "table-wrap"):
            return self._figure(node, depth)
        if name == "title":
            return f"<h{min(2 + _sections_around(node), 4)}>{inside}</h{min(2 + _sections_around(node), 4)}>"
        if name == "caption" and name_of(node.getparent()) == "table":
            return f"<caption>{inside}</caption>"
        if name == "list":
            tag = "ol" if (node.get("list-type") or "") not in ("", "bullet", "simple") else "ul"
            return f"<{tag}>{inside}</{tag}>"
        if name == "ref-list":
            return self._references(node, depth)
        if name == "fn-group":
            return self._notes(node, depth)
        if name == "xref" and node.get("ref-type") == "fn" and node.get("rid"):
            return f'<sup><a href="#{escape(node.get("rid"))}">{inside}</a></sup>'
        if name in ("ext-link", "uri") and (href := node.get(_HREF) or words_of(node)).startswith(
            ("http://", "https://")
        ):
            return f'<a href="{escape(href)}">{inside}</a>'
        tag = _TAGS.get(name, "")
        return f"<{tag}>{inside}</{tag}>" if tag else f"<div>{inside}</div>" if name == "sec" else inside

    def _note(self, node: Node, depth: int) -> str:
        if name_of(node) != "fn":
            return self._html(node, depth + 1)
        return f'<ol class="footnotes"><li id="{escape(node.get("id") or "")}">{self._inside(node, depth + 1)}</li></ol>'

    def _figure(self, node: Node, depth: int) -> str:
        """A picture or table under its label and caption."""
        said: list[str] = []
        rest = [escape(node.text or "", quote=False)]
        for child in node:
            if name_of(child) in _UNDER_FIGURES:
                said.append(self._inside(child, depth + 1))
            else:
                rest.append(self._html(child, depth + 1))
            rest.append(escape(child.tail or "", quote=False))
        shown, caption = "".join(rest), " ".join(said)
        if shown.count("<img") == 1 and not _ELEMENT.sub("", shown).strip():
            return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>"
        return f"<div>{shown}</div><p>{caption}</p>"

    def _references(self, node: Node, depth: int) -> str:
        """A list of what is referred to, and what else stands with it."""
        parts = [escape(node.text or "", quote=False)]
        for child in node:
            is_one = name_of(child) == "ref"
            parts.append(f"<ul><li>{_cited(child)}</li></ul>" if is_one else self._html(child, depth + 1))
            parts.append(escape(child.tail or "", quote=False))
        return re.sub(r"</ul>\s*<ul>", "", "".join(parts))

    def _notes(self, node: Node, depth: int) -> str:
        parts = [escape(node.text or "", quote=False)]
        for child in node:
            parts += [self._note(child, depth), escape(child.tail or "", quote=False)]
        return "".join(parts)


def _contributor(node: Node, group: Node) -> JatsContributor | None:
    kind = node.get("contrib-type") or group.get("content-type") or "author"
    role = {"author": "author", "authors": "author", "editor": "editor", "translator": "translator"}.get(
        kind.lower(), "contributor"
    )
    identifier = next(
        (
            words_of(child)
            for child in node
            if name_of(child) == "contrib-id" and child.get("contrib-id-type") == "orcid"
        ),
        "",
    )
    orcid = _ORCID.search(identifier)
    collaboration = _child(node, "collab")
    if collaboration is not None:
        name = words_of(collaboration, without=("contrib-group", "xref", "aff", "email"))
        return JatsContributor(name, role, is_group=True) if name else None
    stated = first(node, "name")
    if stated is None:
        written = first(node, "string-name")
        name = words_of(written) if written is not None else ""
    else:
        parts = {name_of(child): words_of(child) for child in stated}
        given, family = parts.get("given-names", ""), parts.get("surname", "")
        ordered = (family, given) if stated.get("name-style") == "eastern" else (given, family)
        name = " ".join(part for part in (parts.get("prefix", ""), *ordered, parts.get("suffix", "")) if part)
    return JatsContributor(name, role, orcid.group() if orcid else "") if name else None


def _cited(node: Node) -> str:
    """A reference as it is printed; one that is only its parts, with spaces between them."""
    mixed = first(node, "mixed-citation")
    if mixed is not None:
        return escape(words_of(mixed), quote=False)
    return escape(" ".join(" ".join(node.itertext()).split()), quote=False)


def _sections_around(node: Node) -> int:
    return max(0, sum(name_of(one) == "sec" for one in node.iterancestors()) - 1)


def _child(node: Node, name: str) -> Node | None:
    return next((child for child in node if name_of(child) == name), None)


def _day(node: Node) -> str:
    """The day a date states, or the first one of its month or year."""
    year, month, day = (
        words_of(part) if (part := _child(node, name)) is not None else ""
        for name in ("year", "month", "day")
    )
    return f"{year}-{month or '1'}-{day or '1'}"
