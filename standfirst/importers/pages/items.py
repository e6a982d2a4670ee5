"""Structured data on a page, in one shape: JSON-LD, microdata and RDFa Lite all say *items with properties*.

JSON-LD 1.1, microdata (WHATWG HTML, 5) and RDFa Lite 1.1, as far as schema.org is written with them. Real blocks are
seldom clean: wrapped in CDATA or comments, with entities, with raw line breaks inside strings, with a comma too many.
Those are mended where only one reading is possible; a block that is still no JSON is left, and counted.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from standfirst.importers.reading.documents import Node, words

Value: TypeAlias = "str | Item"

MOST_ITEMS = 3000
DEEPEST = 24
_CDATA = re.compile(r"\A\s*(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|(?://|/\*)?\s*\]\]>\s*(?:\*/)?\s*\Z")
_NAMES_SOMEBODY = re.compile(r"\b(?:author|creator|editor|contributor|translator|illustrator|publisher)\b")
_COMMENT = re.compile(r"\A\s*<!--|-->\s*\Z")
_LAST_COMMA = re.compile(r",(?=\s*[}\]])")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


@dataclass(slots=True)
class Item:
    """A thing a page states, with its types and properties in order."""

    source: str
    types: tuple[str, ...] = ()
    id: str = ""
    properties: dict[str, list[Value]] = field(default_factory=dict)

    def add(self, name: str, value: Value) -> None:
        self.properties.setdefault(name, []).append(value)

    def all(self, *names: str) -> list[Value]:
        return [value for name in names for value in self.properties.get(name, ())]

    def text(self, *names: str) -> str:
        """The first of these properties that says something."""
        return next((said for said in self.texts(*names) if said), "")

    def texts(self, *names: str) -> list[str]:
        return [
            value if isinstance(value, str) else value.text("name", "url", "@value") or value.id
            for value in self.all(*names)
        ]

    def items(self, *names: str) -> list["Item"]:
        return [value for value in self.all(*names) if isinstance(value, Item)]

    def has_type(self, wanted: frozenset[str]) -> bool:
        return any(name in wanted for name in self.types)


@dataclass(slots=True)
class Found:
    """Every item of a page, and how many blocks could not be read."""

    items: list[Item] = field(default_factory=list)
    broken: int = 0


# ------------------------------------------------------------------------------------------------------------ JSON-LD


def json_ld(root: Node) -> Found:
    """The items of every block of JSON-LD, those inside an `@graph` too, with references to each other resolved."""
    found = Found()
    by_id: dict[str, Item] = {}
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = "".join(script.itertext())
        if not text.strip():
            continue
        data = parse_json(text)
        if data is None:
            found.broken += 1
            continue
        found.items += _json_items(data, by_id)
    for item in found.items:
        _resolve(item, by_id, set())
    return found


def parse_json(text: str) -> object:
    """The value a block of JSON-LD holds; None if there is no reading it."""
    text = text.strip().lstrip("\ufeff")
    text = _COMMENT.sub("", _CDATA.sub("", _COMMENT.sub("", text))).strip().rstrip(";").strip()
    attempts = [
        text,
        text.replace("&quot;", '"').replace("&#34;", '"') if "&" in text and '"' not in text else "",
    ]
    for attempt in [a for a in attempts if a]:
        for mended in (attempt, _without_last_commas(attempt)):
            try:
                # `strict` off: line breaks and tabs inside strings are common, and there is one way to read them.
                return json.loads(mended, strict=False)
            except (ValueError, RecursionError):
                continue
    return None


def _without_last_commas(text: str) -> str:
    """Takes out a comma before a closing bracket, outside strings only."""
    out: list[str] = []
    position = 0
    for string in _STRING.finditer(text):
        out += [_LAST_COMMA.sub("", text[position : string.start()]), string.group()]
        position = string.end()
    return "".join([*out, _LAST_COMMA.sub("", text[position:])])


def _json_items(data: object, by_id: dict[str, Item]) -> list[Item]:
    found: list[Item] = []
    budget = [MOST_ITEMS]
    waiting = [data]
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value[:MOST_ITEMS]
        elif isinstance(value, dict):
            graph = value.get("@graph")
            if isinstance(graph, list):
                waiting[:0] = graph[:MOST_ITEMS]
            if graph is None or len(value) > 2:
                found.append(_item(value, by_id, 0, budget))
    return found


def _item(data: dict[str, object], by_id: dict[str, Item], depth: int, budget: list[int]) -> Item:
    budget[0] -= 1
    item = Item("JSON-LD")
    for key, value in data.items():
        name = key.lower() if key.lower() in ("@type", "@id", "@value") else key
        name = (
            name.removeprefix("schema:")
            .removeprefix("http://schema.org/")
            .removeprefix("https://schema.org/")
        )
        if name in ("@type", "type") and isinstance(value, str | list):
            names = [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]
            item.types += tuple(_short(each) for each in names)
        elif name == "@id" and isinstance(value, str):
            item.id = value
        elif isinstance(value, bool) and name.startswith("is"):
            item.add(name, str(value).lower())
        elif name not in ("@context", "@graph"):
            for said in _values(value, by_id, depth, budget):
                item.add(name, said)
    if item.id and (item.properties or item.types):
        known = by_id.get(item.id)
        if known is None:
            by_id[item.id] = item
        else:
            for name, values in item.properties.items():
                known.properties.setdefault(name, values)
    return item


def _values(value: object, by_id: dict[str, Item], depth: int, budget: list[int]) -> Iterator[Value]:
    if isinstance(value, str):
        yield _clean(value)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        yield str(value)[:40]
    elif depth >= DEEPEST or budget[0] <= 0:
        return
    elif isinstance(value, list):
        for each in value[:MOST_ITEMS]:
            yield from _values(each, by_id, depth + 1, budget)
    elif isinstance(value, dict):
        if "@value" in value:
            yield from _values(value["@value"], by_id, depth + 1, budget)
        elif isinstance(value.get("@list"), list):
            yield from _values(value["@list"], by_id, depth + 1, budget)
        else:
            yield _item(value, by_id, depth + 1, budget)


def _resolve(item: Item, by_id: dict[str, Item], seen: set[int]) -> None:
    """Puts in place of a reference the item it names, where the page has it."""
    if id(item) in seen:
        return
    seen.add(id(item))
    waiting = [item]
    while waiting:
        current = waiting.pop()
        for values in current.properties.values():
            for number, value in enumerate(values):
                if not isinstance(value, Item):
                    continue
                full = by_id.get(value.id) if value.id else None
                if full is not None and full is not value:
                    if not value.properties:
                        values[number] = value = full
                    else:
                        for name, said in full.properties.items():
                            value.properties.setdefault(name, said)
                        value.types = value.types or full.types
                if id(value) not in seen:
                    seen.add(id(value))
                    waiting.append(value)


def _short(name: str) -> str:
    return re.split(r"[/#:]", name.strip())[-1][:80]


def _clean(text: str) -> str:
    """A string as it was meant: many sites put entities into JSON, where they are letters."""
    text = html.unescape(text) if "&" in text else text
    return text.strip()[:200_000]


# ------------------------------------------------------------------------------------------------- microdata, RDFa Lite


def microdata(root: Node) -> list[Item]:
    """The items marked up with `itemscope` and `itemprop`."""
    return _marked_up(root, "microdata", "itemscope", "itemtype", "itemprop", "itemid")


def without_scope(root: Node) -> list[Item]:
    """An article marked up with `itemprop` alone: nothing around it says what these are properties of."""
    item = Item("microdata", ("Article",))
    for node in root.xpath(".//body//*[@itemprop][not(ancestor-or-self::*[@itemscope])]")[:MOST_ITEMS]:
        for name in (node.get("itemprop") or "").split():
            item.add(_short(name), _property_value(node, "microdata", name))
    if item.text("headline", "name") and item.text("articleBody", "datePublished"):
        return [item]
    return []


def rdfa(root: Node) -> list[Item]:
    """The items marked up with `typeof` and `property`."""
    return _marked_up(root, "RDFa", "typeof", "typeof", "property", "resource")


def _marked_up(root: Node, source: str, scope: str, types: str, prop: str, name_of: str) -> list[Item]:
    top: list[Item] = []
    items: dict[Node, Item] = {}
    for number, node in enumerate(root.xpath(f".//*[@{scope} or @{prop}]")):
        if number > MOST_ITEMS:
            break
        parent = next((items[up] for up in node.iterancestors() if up in items), None)
        value: Value
        if node.get(scope) is not None:
            item = Item(source, tuple(_short(name) for name in (node.get(types) or "").split()))
            item.id = node.get(name_of) or ""
            if href := node.get("href") or node.get("src"):
                item.add("url", href)
            items[node] = item
            value = item
        else:
            value = _property_value(node, source, node.get(prop) or "")
        names = (node.get(prop) or "").split()
        if not names or parent is None:
            if isinstance(value, Item):
                top.append(value)
            continue
        for name in names:
            parent.add(_short(name), value)
    _name_from_words(items)
    return top


def _name_from_words(items: dict[Node, Item]) -> None:
    """A person marked up around bare words, `<span itemprop=author itemscope>Ada</span>`, is named by them."""
    for node, item in items.items():
        if "name" not in item.properties and item.has_type(PEOPLE) and len(words(node, 200)) < 150:
            said = words(node, 200)
            if said:
                item.add("name", said)


def _property_value(node: Node, source: str, names: str) -> Value:
    """What an element's property is worth (WHATWG HTML, 5.2.4)."""
    if (content := node.get("content")) is not None:
        return str(content).strip()
    tag = node.tag
    if tag in ("a", "area", "link"):
        said = words(node, 2000)
        href = (node.get("href") or "").strip()
        if tag != "a" or not said or not _NAMES_SOMEBODY.search(names):
            return href
        # A link around a name is both: the name, and where to read about them.
        item = Item(source)
        item.add("name", said)
        item.add("url", href)
        return item
    if tag in ("img", "audio", "embed", "iframe", "source", "track", "video"):
        return (node.get("src") or "").strip()
    if tag == "time":
        return (node.get("datetime") or words(node, 200)).strip()
    if tag in ("data", "meter"):
        return (node.get("value") or "").strip()
    return words(node, 20_000)


PEOPLE = frozenset(
    ["Person", "Organization", "NewsMediaOrganization", "Patient", "Corporation", "NGO", "Team"]
)
ARTICLES = frozenset(
    [
        "Article",
        "NewsArticle",
        "AnalysisNewsArticle",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "AdvertiserContentArticle",
        "SatiricalArticle",
        "ScholarlyArticle",
        "MedicalScholarlyArticle",
        "TechArticle",
        "APIReference",
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "Report",
        "Review",
        "CriticReview",
        "ClaimReview",
        "Recipe",
        "CreativeWork",
        "Poem",
        "ShortStory",
        "Interview",
    ]
)
PROFILES = frozenset(["ProfilePage"])
LISTINGS = frozenset(["CollectionPage", "SearchResultsPage", "ItemList", "Blog", "WebSite", "OfferCatalog"])
TEXT_PAGES = frozenset(["AboutPage", "ContactPage", "FAQPage", "CheckoutPage"])
