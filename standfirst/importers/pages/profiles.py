"""Reads what an author page says of its person."""

import re

from lxml import etree

from standfirst.importers.pages.items import PEOPLE, PROFILES, Item
from standfirst.importers.pages.records import PageLink, Profile
from standfirst.importers.pages.statements import Statements
from standfirst.importers.reading.addresses import resolve
from standfirst.importers.reading.documents import Node, words
from standfirst.text import markup

_BIOGRAPHY = re.compile(
    r"(?:\A|[-_])(?:bio|biography|biographical-info|p-note|note|author-?desc(?:ription)?|author-info|archive-description|"
    r"taxonomy-description|profile-text)(?:\Z|[-_](?:text|content|body)\Z)",
    re.I,
)
_PORTRAIT = re.compile(
    r"portrait|avatar|author.*(?:image|photo|img|pic)|headshot|profile.*(?:image|photo|pic)|u-photo", re.I
)
_NO_PORTRAIT = re.compile(r"gravatar\.com|secure\.gravatar|blank|default|placeholder|data:", re.I)
_ALSO = re.compile(r"\A(?:also known as|also writes as|formerly|aka|auch bekannt als)\s*:?\s*(.+)\Z", re.I)
_BEFORE_NAME = re.compile(
    r"\A(?:(?:no|\d[\d.,]*)\s+)?(?:(?:all|alle|todos los|tous les|the)\s+)?(?:latest\s+|recent\s+)?"
    r"(?:articles?|stor(?:y|ies)|posts?|pieces|entries|artikel|beiträge|texte|artículos|entradas|articoli|archives?|work)"
    r"(?:\s+yet)?(?:\s+(?:by|from|written by|von|de|di|por|par)|\s*:)\s*:?\s*"
    r"|\A(?:author|autor(?:in)?|auteur|contributor|writer|byline)\s*(?:archives?)?\s*:\s*|\A(?:about|über|sobre)\s+",
    re.I,
)
_AFTER_NAME = re.compile(
    r"\s*(?:[,–—|:-]\s*)?(?:author at\b.*|\bauthor archives?\b.*|['’]s (?:articles|posts|stories|archive|work|profile)\b.*|"
    r"\(\d+\)|\d+\s+(?:articles|posts|stories)\b.*|archives?)\Z",
    re.I,
)


def read_profile(found: Statements, region: Node, base: str, site_name: str) -> Profile:
    """The person an author page is about, as the page says it."""
    person = main_person(found)
    heading = next((node for node in region.iter("h1")), None)
    if heading is None:
        heading = next((node for node in found.root.iter("h1")), None)
    stated = person.text("name") if person else ""
    printed = name_in_heading(_name_words(heading), site_name)
    name = printed if stated and printed and printed in stated else stated or printed
    links = [
        PageLink(url, url) for url in (person.texts("sameAs") if person else []) if url.startswith("http")
    ]
    for node in found.root.iter("a", "link"):
        url = resolve(base, node.get("href") or "") if "me" in (node.get("rel") or "").lower().split() else ""
        if url:
            links.append(PageLink(url, words(node, 100)))
    named = {link.url: link for link in reversed(links)}
    image = _portrait(region, person)
    return Profile(
        name=name[:255],
        kind="organisation" if person and "Organization" in " ".join(person.types) else "",
        biography=_biography(region, person),
        image=resolve(base, image) if image else "",
        links=tuple(dict.fromkeys(named[link.url] for link in links))[:20],
        aliases=tuple(_aliases(region, person, name)),
        email=person.text("email").removeprefix("mailto:")[:200] if person else "",
    )


def main_person(found: Statements) -> Item | None:
    """The person or body a page says it is about."""
    for item in found.items:
        if item.has_type(PROFILES):
            for inner in item.items("mainEntity", "about", "author"):
                if inner.text("name"):
                    return inner
    tops = [item for item in found.items if item.has_type(PEOPLE) and item.text("name")]
    people = [item for item in tops if "Person" in item.types]
    return people[0] if len(people) == 1 else None


def name_in_heading(text: str, site_name: str = "") -> str:
    """The name in “22 Articles by: Ivo Larch”, “Author: Ivo Larch” or “Ivo Larch, Author at The Lantern”."""
    text = " ".join(text.split())
    if site_name:
        text = re.sub(rf"\s+[|·–—-]\s+{re.escape(site_name)}\Z", "", text)
    return _AFTER_NAME.sub("", _BEFORE_NAME.sub("", text)).strip(" :–—|")[:255]


def _name_words(heading: Node | None) -> str:
    if heading is None:
        return ""
    # Where the name is marked as one, the words around it are not it.
    for node in heading.iter():
        if re.search(r"\b(?:vcard|fn|name|p-name)\b", node.get("class") or "") and (said := words(node, 300)):
            return said
    return words(heading, 300)


def _biography(region: Node, person: Item | None) -> str:
    for node in region.xpath(".//*[@class or @itemprop]"):
        names = (node.get("class") or "").split()
        if not (any(_BIOGRAPHY.search(name) for name in names) or node.get("itemprop") == "description"):
            continue
        if next(node.iterancestors("article"), None) is not None or not 20 < len(words(node, 10_000)) < 8000:
            continue
        if node.find(".//h1") is not None or len(list(node.iter("a"))) > 15:
            continue
        inner = etree.tostring(node, encoding="unicode", method="html", with_tail=False)
        cleaned = markup.clean_rich_text(inner).strip()
        return cleaned if "<p" in cleaned else f"<p>{cleaned}</p>"
    said = person.text("description", "note") if person else "" or _below_the_name(region)
    return markup.clean_rich_text(f"<p>{markup.plain_text(said)}</p>") if said else ""


def _below_the_name(region: Node) -> str:
    """The words between a page's heading and its next heading or list, where nothing marks them."""
    heading = next(region.iter("h1"), None)
    said: list[str] = []
    for node in heading.itersiblings() if heading is not None else ():
        if node.tag != "p":
            break
        said.append(words(node, 4000))
    return " ".join(said)


def _portrait(region: Node, person: Item | None) -> str:
    for node in region.iter("img"):
        names = " ".join(
            [node.get("class") or "", *(up.get("class") or "" for up in list(node.iterancestors())[:3])]
        )
        if next(node.iterancestors("article", "aside", "nav"), None) is not None:
            continue
        source = node.get("src") or ""
        if _PORTRAIT.search(names) and source and not _NO_PORTRAIT.search(source):
            return source
    stated = person.text("image", "photo") if person else ""
    return "" if _NO_PORTRAIT.search(stated) else stated


def _aliases(region: Node, person: Item | None, name: str) -> list[str]:
    found = dict.fromkeys(person.texts("alternateName")) if person else {}
    for node in region.iter("p", "div", "span", "li"):
        if len(node) > 6 or next(node.iterancestors("article"), None) is not None:
            continue
        if also := _ALSO.match(words(node, 200)):
            marked = [words(inner, 200) for inner in node.iter("bdi", "b", "strong", "em", "i")]
            found |= dict.fromkeys(marked or re.split(r",\s*|\s+and\s+", also.group(1).rstrip(".")))
    return [alias for alias in found if alias and alias != name][:10]
