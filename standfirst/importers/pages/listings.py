"""Reads what a page that lists articles claims and shows: “22 Articles by Ivo Larch”, and which they are."""

import re
from collections.abc import Iterator

from standfirst.importers.pages.items import LISTINGS, Item
from standfirst.importers.pages.records import ListingPart, PageLink
from standfirst.importers.pages.statements import Statements
from standfirst.importers.reading.addresses import resolve
from standfirst.importers.reading.documents import Node, words

MOST_ENTRIES = 5000
_THINGS = (
    r"(?:articles?|stor(?:y|ies)|posts?|pieces?|entries|entry|items?|results?|texts?|essays?|artikel|beitr(?:ag|äge)|texte?|"
    r"treffer|artículos?|entradas?|publicaciones|billets?|articoli|artigos?|artikelen|berichten|artiklar|статьи|статей)"
)
_NUMBER = r"(\d{1,3}(?:[.,\u202f\u00a0 ]\d{3})+|\d{1,7})"
# The surest first: how many there are in all, before how many stand on this page.
_CLAIMS = (
    re.compile(
        rf"\b(?:see|view|show|read|alle?|todos|tous|ver|voir)\s+(?:all\s+|the\s+|los\s+|les\s+)?{_NUMBER}(?:\s+{_THINGS})?\b",
        re.I,
    ),
    re.compile(rf"\b\d+\s*(?:[-–—]|to|bis|a|à)\s*\d+\s+(?:of|von|de|sur|di|/)\s+{_NUMBER}\b", re.I),
    re.compile(rf"\A\s*{_NUMBER}\s+(?:\w+\s+){{0,2}}{_THINGS}\b", re.I),
    re.compile(rf"\b{_NUMBER}\s+{_THINGS}\b", re.I),
    re.compile(rf"\b{_THINGS}\b[^()\d]{{0,60}}\(\s*{_NUMBER}\s*\)", re.I),
    re.compile(rf"\b{_THINGS}\s*(?::|—|–|-)?\s*{_NUMBER}\s*\Z", re.I),
    re.compile(rf"\({_NUMBER}\)\s*\Z"),
)
_CHINESE = re.compile(r"(\d+)\s*(?:篇|件の記事|개의 기사)")
_NONE = re.compile(rf"\b(?:no|keine|sin|aucune?)\s+{_THINGS}\b(?:\s+(?:yet|found|so far))?", re.I)
_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d+\s+(?:minutes?|min|hours?|days?|weeks?|months?|years?|comments?)\b",
    re.I,
)
_ASIDE = re.compile(
    r"(?:\A|[-_\s])(?:sidebar|widget|related|recommend\w*|most-?read|popular|trending|newsletter|breadcrumbs?|menu|nav|footer|share|social|tags?)(?:\Z|[-_\s])",
    re.I,
)
_PAGER = re.compile(
    r"pagination|pager|page-numbers|nav-links|nav-previous|nav-next|paging|load-more|infinite", re.I
)


def read_listing(found: Statements, region: Node, base: str) -> ListingPart:
    """What a page claims to list, and what it does list."""
    claims = list(_claims(found, region))
    entries = _entries(found, region, base)
    number, said = claims[0] if claims else (None, "")
    return ListingPart(
        claimed=number,
        claim=said[:200],
        other_claims=tuple(words for value, words in claims[1:] if value != number)[:5],
        entries=entries,
        others=tuple(dict.fromkeys(_others(found.root, base))),
    )


# ------------------------------------------------------------------------------------------------------------- claims


def claim_in(text: str) -> int | None:
    """How many articles a heading says there are; None if it says nothing of it.

    >>> claim_in("22 Articles by Ivo Larch"), claim_in("Articles (22)"), claim_in("Showing 1–10 of 22")
    (22, 22, 22)
    """
    text = " ".join(text.split())
    if not text or len(text) > 160:
        return None
    if _NONE.search(text):
        return 0
    plain = _DATE.sub(" ", text)
    for pattern in (*_CLAIMS, _CHINESE):
        if found := pattern.search(plain):
            number = int(re.sub(r"\D", "", found.group(1)))
            # A year before “articles” (“2014 articles”) is a year as often as a number.
            if 1900 <= number <= 2100 and pattern is not _CLAIMS[0] and "," not in found.group(1):
                continue
            return number
    return None


def _claims(found: Statements, region: Node) -> Iterator[tuple[int, str]]:
    seen = 0
    for node in region.iter(
        "h1", "h2", "h3", "p", "span", "div", "a", "strong", "small", "li", "dd", "header"
    ):
        if node.tag in ("div", "header", "li", "p", "a") and len(node) > 4:
            continue
        if _stands_aside(node, region) or _is_of_an_entry(node, region):
            continue
        text = words(node, 300)
        if not 1 < len(text) <= 160:
            continue
        seen += 1
        if seen > 400:
            break
        number = claim_in(text)
        if number is not None and _is_about_all(node, text):
            yield number, text
    for item in found.items:
        for person in [item, *item.items("mainEntity", "about", "author")]:
            for counter in person.items("agentInteractionStatistic", "interactionStatistic"):
                kinds = " ".join(counter.texts("interactionType"))
                if "Write" in kinds and (count := counter.text("userInteractionCount")).isdigit():
                    yield int(count[:9]), f"{count} (JSON-LD)"
    for source in (found.said("author:articles", "article_count"),):
        if source.isdigit():
            yield int(source[:9]), f"{source} (meta)"


def _is_about_all(node: Node, text: str) -> bool:
    """Whether words with a number in them can speak of the whole list, not of one entry or one tag in a row."""
    return not (node.tag in ("li", "a") and _CLAIMS[-1].search(text) and not re.search(_THINGS, text, re.I))


def _is_of_an_entry(node: Node, region: Node) -> bool:
    for up in node.iterancestors():
        if up is region:
            return False
        if up.tag in ("article", "li", "tr") or re.search(
            r"\b(?:h-?entry|teaser|card)\b", up.get("class") or ""
        ):
            return node.tag not in ("h1",)
    return False


# ------------------------------------------------------------------------------------------------------------ entries


def _entries(found: Statements, region: Node, base: str) -> tuple[PageLink, ...]:
    stated = list(_stated_entries(found))
    shown = list(_shown_entries(region))
    if not shown:
        shown = list(_plain_entries(region))
    links: dict[str, str] = {}
    for href, text in [*shown, *stated]:
        url = resolve(base, href)
        if url and len(links) < MOST_ENTRIES:
            links[url] = links.get(url) or text[:300]
    return tuple(PageLink(url, text) for url, text in links.items())


def _stated_entries(found: Statements) -> Iterator[tuple[str, str]]:
    lists: list[Item] = []
    for item in found.items:
        lists += [
            part
            for part in (item, *item.items("mainEntity", "hasPart"))
            if part.has_type(LISTINGS | {"ItemList"})
        ]
    for item in lists:
        for entry in item.items("itemListElement", "hasPart", "blogPost"):
            inner = (entry.items("item") or [entry])[0]
            url = inner.text("url") or inner.id or entry.text("url") or entry.text("item")
            if url and not item.has_type(frozenset({"BreadcrumbList"})):
                yield url, inner.text("headline", "name")
    if len(found.entries) > 1 or found.is_feed:
        for entry in found.entries:
            if url := entry.text("url", "uid"):
                yield url, entry.text("name")


def _shown_entries(region: Node) -> Iterator[tuple[str, str]]:
    """Links that are, or stand in, the headline of an entry."""
    for link in region.iter("a"):
        heading = next((up for up in link.iterancestors("h1", "h2", "h3", "h4", "h5", "h6")), None)
        if heading is None:
            heading = next(link.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
            text = words(heading, 300) if heading is not None else ""
        else:
            text = words(link, 300)
        if heading is None and re.search(
            r"\b(?:title|headline|entry-title|u-url|permalink)\b", link.get("class") or ""
        ):
            text = words(link, 300)
        if text and _may_be_entry(link, region):
            yield link.get("href"), text


def _plain_entries(region: Node) -> Iterator[tuple[str, str]]:
    """Where no entry has a headline: the longest link of each item of a list, row or paragraph."""
    for item in region.iter("li", "tr", "article", "p", "dt"):
        if next(item.iter("li", "tr", "article"), item) is not item:
            continue
        links = [(words(link, 300), link) for link in item.iter("a") if _may_be_entry(link, region)]
        text, link = max(links, key=lambda pair: len(pair[0]), default=("", None))
        if link is not None and len(text) >= 4:
            yield link.get("href"), text


def _may_be_entry(link: Node, region: Node) -> bool:
    href = link.get("href") or ""
    rel = (link.get("rel") or "").lower().split()
    if (
        not href
        or href.startswith(("#", "mailto:", "javascript:", "tel:"))
        or {"author", "tag", "me", "next", "prev", "category"} & set(rel)
    ):
        return False
    return not _stands_aside(link, region) and not any(
        _PAGER.search(up.get("class") or "") for up in link.iterancestors() if up is not region
    )


def _stands_aside(node: Node, region: Node) -> bool:
    for up in node.iterancestors():
        if up is region:
            return False
        if up.tag in ("aside", "nav", "footer") and up.tag != region.tag:
            return True
        if _ASIDE.search(up.get("class") or "") or (up.get("role") or "") in ("complementary", "navigation"):
            return True
    return False


# -------------------------------------------------------------------------------------------------------- other pages


def _others(root: Node, base: str) -> Iterator[str]:
    """Addresses of the older and newer pages of a list."""
    for node in root.iter("link", "a"):
        rel = (node.get("rel") or "").lower().split()
        is_pager = node.tag == "a" and any(
            _PAGER.search(f"{up.get('class') or ''} {up.get('id') or ''}")
            for up in [node, *node.iterancestors()]
        )
        if {"next", "prev", "previous"} & set(rel) or is_pager:
            url = resolve(base, node.get("href") or "")
            if url:
                yield url


def list_region(root: Node) -> Node:
    """The part of a page its list stands in."""
    for pattern in (".//main", './/*[@role="main"]', './/*[@id="main"]', './/*[@id="content"]'):
        for node in root.xpath(pattern):
            return node
    body = root.find("body")
    return root if body is None else body
