"""Gathers everything a page states about itself, each with the name of the place that says it.

Structured data comes first (JSON-LD, microdata, RDFa Lite, microformats), then `meta` and `rel`, then what readers see.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from standfirst.importers.pages.items import ARTICLES, PEOPLE, Item, json_ld, microdata, rdfa, without_scope
from standfirst.importers.pages.records import Named
from standfirst.importers.reading.documents import Document, Node, classes, words

# What schema.org's properties say of what somebody did, by our roles' codes.
ROLES = {
    "author": "author",
    "creator": "author",
    "editor": "editor",
    "translator": "translator",
    "illustrator": "illustrator",
    "producer": "producer",
    "contributor": "contributor",
}
# The same as labels at the foot of articles.
LABELS = {
    "editor": re.compile(
        r"\A(?:editors?|edited(?: by)?|edit(?:or|ing)|redak(?:tion|tie)|édition|edición)\Z", re.I
    ),
    "translator": re.compile(
        r"\A(?:translat(?:or|ors|ion|ed(?: by)?)|über(?:setzung|setzt(?: von)?)|traducción|traduction|traduzione)\Z",
        re.I,
    ),
    "photographer": re.compile(
        r"\A(?:photo(?:s|graphs?|graphy|grapher|graphers)?(?: by| credits?)?|fotos?|fotografie|fotograf(?:in)?)\Z",
        re.I,
    ),
    "illustrator": re.compile(
        r"\A(?:illustrat(?:ions?|ors?|ed(?: by)?)|art(?:work)?(?: by)?|drawings?(?: by)?|illustrationen|ilustraci(?:ón|ones))\Z",
        re.I,
    ),
    "interviewer": re.compile(r"\A(?:interview(?:ers?)?(?: by)?)\Z", re.I),
    "producer": re.compile(r"\A(?:produc(?:er|ers|ed(?: by)?))\Z", re.I),
    "author": re.compile(
        r"\A(?:authors?|words(?: by)?|text(?: by)?|writers?|written by|by|autor(?:in|en)?|auteurs?)\Z", re.I
    ),
    "contributor": re.compile(r"\A(?:contributors?|additional reporting(?: by)?)\Z", re.I),
}
_ORGANISATIONS = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "NGO", "Team"})
_META_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor.author",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "og:article:author",
    "news:author",
)
_BYLINE = re.compile(
    r"(?:\A|[-_])by-?lines?(?:\Z|[-_](?:names?|authors?|text|wrapper|container)\Z)|\A(?:c-)?byline", re.I
)
_AUTHOR = re.compile(
    r"\A(?:(?:article|post|entry|story|meta|item|content|blog|news|p)[-_]{1,2})?(?:author|authors|writer|contributors)"
    r"(?:[-_]{1,2}(?:names?|line|list|info|link))?\Z",
    re.I,
)
_NOT_A_BYLINE = re.compile(
    r"bio|description|avatar|image|photo|box|about|related|comment|social|share|more", re.I
)
_BY = re.compile(
    r"(?:(?:words|text|story|written|reported|an interview|interview)\s+)?"
    r"(?:by|von|par|por|di|door|af|av)\s*:?\s+(?=[^\W\d_])",
    re.I,
)
_ELSEWHERE = "ancestor::aside or ancestor::nav or ancestor::*[self::ol or self::ul]/ancestor::section"


@dataclass(slots=True)
class Statements:
    """What a page states, before anything is made of it."""

    document: Document
    items: list[Item] = field(default_factory=list)
    entries: list[Item] = field(default_factory=list)  # of microformats
    is_feed: bool = False  # says it is an h-feed
    meta: dict[str, list[str]] = field(default_factory=dict)
    broken_blocks: int = 0

    def said(self, *names: str) -> str:
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    @property
    def root(self) -> Node:
        return self.document.root


def gather(document: Document) -> Statements:
    """Everything a page states in its markup."""
    found = Statements(document)
    blocks = json_ld(document.root)
    found.items, found.broken_blocks = blocks.items, blocks.broken
    found.items += microdata(document.root)
    found.items += rdfa(document.root)
    found.items += without_scope(document.root)
    for item in found.items:
        if item.texts("articleBody") and not item.has_type(ARTICLES | PEOPLE):
            item.types += ("Article",)
    for node in document.root.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = (node.get("content") or "").strip()
        if name and content and len(content) < 20_000:
            found.meta.setdefault(name, []).append(content)
    if re.search(r"\bh-(?:entry|feed|card)\b|\bhentry\b|\bhfeed\b", document.text):
        _microformats(found)
    return found


# ------------------------------------------------------------------------------------------------------- microformats


def _microformats(found: Statements) -> None:
    """Microformats 2, and the classic ones of older themes (hAtom, vCard)."""
    import mf2py
    from lxml import etree

    text = etree.tostring(found.root, encoding="unicode", method="html")
    try:
        parsed = mf2py.parse(doc=text, html_parser="lxml")
    except Exception:  # it is fed whatever the world wrote
        found.broken_blocks += 1
        return
    for item in parsed.get("items", ()):
        kinds = item.get("type", ())
        if "h-entry" in kinds:
            found.entries.append(_entry(item))
        elif "h-feed" in kinds:
            found.is_feed = True
            found.entries += [
                _entry(child) for child in item.get("children", ()) if "h-entry" in child.get("type", ())
            ]


def _entry(data: dict[str, Any], depth: int = 0) -> Item:
    item = Item("h-entry", tuple(str(name) for name in data.get("type", ())))
    for name, values in data.get("properties", {}).items():
        for value in values:
            if isinstance(value, str):
                item.add(name, " ".join(value.split()) if name != "content" else value)
            elif isinstance(value, dict) and "type" in value and depth < 6:
                item.add(name, _entry(value, depth + 1))
            elif isinstance(value, dict) and isinstance(value.get("value"), str):
                item.add(name, " ".join(value["value"].split()))
    return item


# --------------------------------------------------------------------------------------------------- the main article


def main_article(found: Statements, is_own: Any) -> dict[str, Item]:
    """The item each source says the page is mainly about, if it is one article; by source."""
    main: dict[str, Item] = {}
    for source in ("JSON-LD", "microdata", "RDFa"):
        articles = [
            item for item in _all_items(found.items) if item.source == source and item.has_type(ARTICLES)
        ]
        articles = [
            item for item in articles if item.text("headline", "name", "author", "creator", "datePublished")
        ]
        own = [item for item in articles if any(map(is_own, _addresses(item)))]
        if own:
            main[source] = max(own, key=_how_much)
        elif len(articles) == 1 or (
            articles and len({item.text("headline", "name") for item in articles}) == 1
        ):
            main[source] = max(articles, key=_how_much)
    entries = found.entries
    own = [item for item in entries if any(map(is_own, item.texts("url", "uid")))]
    if len(own) == 1 or len(entries) == 1:
        main["h-entry"] = (own or entries)[0]
    return main


def _how_much(item: Item) -> tuple[bool, int]:
    return "CreativeWork" not in item.types, len(item.properties)


def _addresses(item: Item) -> list[str]:
    return [value for value in [*item.texts("url", "mainEntityOfPage", "@id"), item.id] if value]


def _all_items(items: list[Item]) -> Iterator[Item]:
    """Items and what they are mainly about, not everything they mention."""
    for item in items:
        yield item
        yield from item.items("mainEntity", "mainEntityOfPage")


def people(found: Statements, main: dict[str, Item]) -> Iterator[Named]:
    """Everybody the structured data, `meta` and `rel` name as having made the article."""
    for source, item in main.items():
        yield from _of_item(item, source)
    for source in ("JSON-LD", "microdata", "RDFa"):
        if source not in main:
            # Some say it of the page only, and loose properties of the whole of it.
            for page in (item for item in found.items if item.source == source and item.has_type(_PAGES)):
                yield from _of_item(page, source)
    yield from _loose(found.root)
    for name in _META_AUTHORS:
        for value in found.meta.get(name, ()):
            if re.match(r"https?://|/", value):
                yield Named("", f"meta {name}", url=value)
            else:
                yield Named(_one_line(value), f"meta {name}")


_PAGES = frozenset({"WebPage", "ItemPage", "AboutPage"})


def _of_item(item: Item, source: str) -> Iterator[Named]:
    for name, role in ROLES.items():
        for value in item.all(name):
            if isinstance(value, str):
                if re.match(r"https?://", value):
                    yield Named("", source, role=role, url=value)
                elif value.strip():
                    yield Named(_one_line(value), source, role=role)
                continue
            yield from _person(value, source, role)


def _person(item: Item, source: str, role: str) -> Iterator[Named]:
    name = item.text("name") or " ".join(
        filter(None, [item.text("givenName", "given-name"), item.text("familyName", "family-name")])
    )
    url = item.text("url")
    if not url and re.match(r"https?://[^/#]+/[^/#]", item.id):
        url = item.id.partition("#")[0]
    if not name and not url:
        return
    kind = "organisation" if item.has_type(_ORGANISATIONS) else "person" if "Person" in item.types else ""
    yield Named(
        _one_line(name),
        source,
        role=role,
        kind=kind,
        url=url,
        email=item.text("email").removeprefix("mailto:")[:200],
        image=item.text("image", "photo"),
        description=item.text("description", "note")[:5000],
        same_as=tuple(link for link in item.texts("sameAs") if link)[:20],
    )


def _loose(root: Node) -> Iterator[Named]:
    """Names marked `itemprop="author"` with no item around them."""
    for node in root.xpath('.//*[@itemprop="author"][not(ancestor::*[@itemscope])][not(@itemscope)]')[:20]:
        said = (node.get("content") or words(node, 300)).strip()
        if said:
            yield Named(_one_line(said), "microdata", role="author")


def _one_line(text: str) -> str:
    return (
        " ".join(re.sub(r"<[^>]*>", " ", text).split())[:500] if "<" in text else " ".join(text.split())[:500]
    )


# --------------------------------------------------------------------------------------------------- what readers see


def article_scope(root: Node, headline: str) -> Node:
    """The element the article stands in: around its headline, as narrow as it can be."""
    heading = None
    for node in root.iter("h1", "h2"):
        said = words(node, 400)
        if said and (not headline or said.casefold() == headline.casefold()):
            heading = node
            break
    if heading is None:
        heading = next(root.iter("h1"), None)
    if heading is not None:
        for up in heading.iterancestors("article", "main"):
            return up
        for up in heading.iterancestors():
            if (
                re.search(r"\b(?:hentry|h-entry|article|post|story|single)\b", up.get("class") or "")
                and up.tag != "body"
            ):
                return up
    found = next(root.iter("main"), None)
    if found is None:
        found = root.find("body")
    return root if found is None else found


def visible_byline(scope: Node) -> tuple[str, list[tuple[str, str]]]:
    """The byline as readers see it, and the links in it (words, address). Empty if there is none to be sure of."""
    for pattern in (_BYLINE, _AUTHOR):
        for node in scope.xpath(".//*[@class]"):
            if not any(pattern.search(name) for name in classes(node)) or _is_elsewhere(node, scope):
                continue
            if any(_NOT_A_BYLINE.search(name) for name in classes(node)):
                continue
            text = _byline_words(node)
            if text:
                return text, _links(node)
    heading = next(chain(scope.iter("h1"), scope.iter("h2")), None)
    if heading is None:
        return "", []
    for number, node in enumerate(heading.itersiblings()):
        if number > 8:
            break
        text = words(node, 400)
        if len(text) < 160 and _BY.match(text):
            return _byline_words(node), _links(node)
    linked = [link for link in _author_links(scope) if not _is_elsewhere(link, scope)]
    if linked:
        return "", _links_of(linked)
    return "", []


def is_byline(node: Node) -> bool:
    """Whether an element holds a byline and nothing else."""
    text = words(node, 160)
    return len(text) < 100 and _BY.match(text) is not None and not text.endswith((".", "!", "?"))


def _author_links(scope: Node) -> list[Node]:
    return [node for node in scope.iter("a") if "author" in (node.get("rel") or "").lower().split()]


def rel_author(scope: Node, root: Node) -> Iterator[Named]:
    """Links that say they lead to the author."""
    for node in _author_links(scope):
        text = words(node, 300)
        if text and not _is_elsewhere(node, scope):
            yield Named(text, "rel=author", url=node.get("href") or "")
    for node in root.iter("link"):
        if "author" in (node.get("rel") or "").lower().split() and node.get("href"):
            yield Named((node.get("title") or "").strip(), "rel=author", url=node.get("href"))


def foot_credits(scope: Node) -> Iterator[Named]:
    """Credits in a list of terms, as “Editor: Ada Quill” or “Photographs — Ada Quill”."""
    for term in scope.iter("dt"):
        role = role_of(words(term, 100))
        value = term.getnext()
        if not role or value is None or value.tag != "dd":
            continue
        linked = list(value.iter("a"))
        for link in linked:
            if said := words(link, 200):
                yield Named(said, "credits at the foot", role=role, url=link.get("href") or "")
        if not linked and (said := words(value, 300)):
            yield Named(said, "credits at the foot", role=role)


def role_of(label: str) -> str:
    label = label.strip().rstrip(":").strip()
    return next((role for role, pattern in LABELS.items() if pattern.match(label)), "")


def _byline_words(node: Node) -> str:
    """The words of a byline without the dates, times to read and buttons that share its line."""
    parts: list[str] = []
    for text in node.xpath(
        ".//text()[not(ancestor::time or ancestor::script or ancestor::style or ancestor::button)]"
    ):
        holder = text.getparent()
        names = (holder.get("class") or "") if holder is not None else ""
        if re.search(r"date|time|read|share|comment|social|visually-hidden|screen-reader", names, re.I):
            continue
        parts.append(str(text))
    text = " ".join("".join(parts).split()).strip(" |·•–—-,")
    text = re.split(
        r"\s+[|·•]\s+|\s+(?:on|published|updated|posted|am)\s+(?=\d|[A-Z][a-z]+ \d)", text, maxsplit=1
    )[0]
    return (
        text
        if 2 < len(text) <= 400 and not re.fullmatch(r"[\W\d_]+|by:?|written by|author:?", text, re.I)
        else ""
    )


def _links(node: Node) -> list[tuple[str, str]]:
    links = list(node.iter("a"))
    return _links_of([node, *links] if node.tag == "a" else links)


def _links_of(links: list[Node]) -> list[tuple[str, str]]:
    return [
        (said, link.get("href"))
        for link in links
        if link.get("href")
        and (said := words(link, 200))
        and not link.get("href").startswith(("mailto:", "javascript:"))
    ]


def _is_elsewhere(node: Node, scope: Node) -> bool:
    """Whether an element belongs to another article than the one whose scope this is: a teaser, a sidebar."""
    for up in node.iterancestors():
        if up is scope:
            return False
        if up.tag in ("aside", "nav", "article") or re.search(
            r"\b(?:related|teaser|sidebar|widget|recommend\w*|most-read|comments?|more)\b",
            up.get("class") or "",
            re.I,
        ):
            return True
    return False
