"""Finds the text of an article on its page, and turns it into body blocks.

Many pages say where their text is: by microformats, microdata, or a class that means nothing else. Where none does,
trafilatura says which words are the text; the smallest element that holds them is looked up in the page itself, because
an extractor's own output has lost what those words were.
"""

import re
from collections.abc import Callable, Collection
from copy import deepcopy
from urllib.parse import unquote

from lxml import etree

from standfirst.importers.pages.folder import SavedFolder
from standfirst.importers.pages.items import ARTICLES, json_ld
from standfirst.importers.pages.statements import article_scope, is_byline
from standfirst.importers.reading.addresses import resolve
from standfirst.importers.reading.documents import (
    Document,
    Node,
    classes,
    picture_source,
    remove,
    srcset,
    words,
)
from standfirst.importers.reading.htmlbody import BodyBuilder
from standfirst.importers.reading.records import BodyBlock, ConvertedBody
from standfirst.importers.reading.shapes import settle_shapes

_STATED = (
    './/*[contains(concat(" ", normalize-space(@itemprop), " "), " articleBody ")]',
    './/*[contains(concat(" ", normalize-space(@property), " "), " articleBody ") or @property="schema:articleBody"]',
    './/*[contains(concat(" ", normalize-space(@class), " "), " e-content ")]',
    './/*[contains(concat(" ", normalize-space(@class), " "), " entry-content ")]',
)
_USUAL = re.compile(
    r"\A(?:(?:article|post|story|entry|node|news|blog|single|content|main)[-_]{1,2}(?:body|content|text|copy)|body-?(?:copy|text|content)|body|"
    r"articletext|storytext|richtext|rich-text|prose|gh-content|post-full-content|available-content|text)(?:[-_]{1,2}(?:inner|wrapper))?\Z",
    re.I,
)
_LEADS_ON = re.compile(
    r"\A[^\w]*(?:prev(?:ious)?|next|back|home|index|contents|toc|up|top)\b[^\w]*(?:\w+[^\w]*)?\Z", re.I
)
_FURNITURE = re.compile(
    r"(?:\A|[-_])(?:share|sharing|sharedaddy|social|socials|related|jp-relatedposts|newsletter|subscribe|signup|comments?|advert\w*|ads?|promo|"
    r"breadcrumbs?|pagination|pager|post-navigation|toolbar|print-only|skip|cookie|paywall|popup|screen-reader-text|visually-hidden|sr-only|"
    r"author-?(?:box|bio|info)|about-author|post-tags|tags-links|entry-footer|entry-meta|post-meta|tag-list|read-?more|recommend\w*|most-read|"
    r"wp-block-post-author|yarpp\w*|addtoany\w*|a2a|disqus\w*|foot-credits)(?:\Z|[-_])",
    re.I,
)
_REPEATED = re.compile(
    r"(?:\A|[-_])(?:byline|by-line|standfirst|dek|subtitle|dateline|entry-title|post-title|article-title|headline|kicker|p-name|dt-published|p-author|p-summary)(?:\Z|[-_])",
    re.I,
)
_FULL_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\Z|\?)", re.I)
_KEPT_WITHOUT_WORDS = frozenset(
    [
        "figure",
        "img",
        "picture",
        "iframe",
        "video",
        "audio",
        "table",
        "pre",
        "hr",
        "blockquote",
        "embed",
        "object",
    ]
)
_LEAVES = frozenset(
    ["p", "li", "blockquote", "h2", "h3", "h4", "h5", "h6", "pre", "td", "th", "dd", "dt", "figcaption"]
)
_MAY_BE_FURNITURE = frozenset(
    ["p", "div", "section", "aside", "ul", "ol", "dl", "footer", "header", "span", "h2", "h3", "address"]
)
LEAST_WORDS = 12


def convert_body(
    document: Document,
    *,
    headline: str,
    lead_image: str,
    base: str,
    folder: SavedFolder,
    own_path: Callable[[str], str],
) -> tuple[ConvertedBody, str]:
    """The body blocks of the article on a page, and how its text was found; empty if there is none.

    `own_path` gives the path of a link that stays on the site; empty for one that leads away.
    """
    scope = article_scope(document.root, headline)
    nodes, how = find_body(document, scope)
    html: list[str] = []
    lost: list[str] = []
    after: list[BodyBlock] = []
    for node in nodes:
        inner = deepcopy(node)
        inner.tail = None
        after += settle_shapes(inner)
        _prune(inner, headline)
        _settle(inner, base, folder, own_path, lost)
        html.append(etree.tostring(inner, encoding="unicode", method="html", with_tail=False))
    blocks = BodyBuilder().build("".join(html))
    if blocks and lead_image and _is_image(blocks[0], lead_image):
        blocks = blocks[1:]
    return ConvertedBody((*blocks, *after), unknown_blocks=tuple(lost)), how


def find_body(document: Document, scope: Node) -> tuple[list[Node], str]:
    """The elements that hold an article's text, and how they were known."""
    for place in dict.fromkeys([scope, document.root]):
        for pattern in _STATED:
            found = _outermost(_own(place.xpath(pattern), scope))
            if _amount(found) >= LEAST_WORDS:
                return found, "stated"
    usual = [
        node for node in scope.xpath(".//*[@class]") if any(_USUAL.match(name) for name in classes(node))
    ]
    found = _outermost(_own(usual, scope))
    best = max(found, key=lambda node: len(words(node)), default=None)
    if (
        best is not None
        and len(words(best).split()) >= LEAST_WORDS
        and _amount([best]) * 2 > _amount([scope]) * 0.6
    ):
        return [best], "by its name"
    node = _by_extractor(document, scope)
    if node is not None:
        return [node], "extracted"
    if best is not None:
        return [best], "by its name"
    for item in _json_bodies(document.root):
        return [item], "structured data"
    return ([scope], "whole article") if scope.tag in ("article", "main") else ([], "")


def _amount(nodes: list[Node]) -> int:
    return sum(len(words(node).split()) for node in nodes)


def _own(nodes: list[Node], scope: Node) -> list[Node]:
    """Not those of teasers for other articles."""
    return [
        node
        for node in nodes
        if not any(up.tag == "article" and scope in up.iterancestors() for up in node.iterancestors())
        and next(node.iterancestors("aside", "nav", "footer"), None) is None
    ]


def _outermost(nodes: list[Node]) -> list[Node]:
    chosen = set(nodes)
    return [node for node in nodes if not any(up in chosen for up in node.iterancestors())]


# ---------------------------------------------------------------------------------------------------------- extracting


def _by_extractor(document: Document, scope: Node) -> Node | None:
    """The smallest element that holds what an extractor takes for the text, with what stands apart in it taken out."""
    said = extracted_words(document)
    if len(said) < 80:
        return None
    body = document.root.find("body")
    if body is None:
        return None
    squeezed = _squeezed(said)
    leaves = {leaf: size for leaf in body.iter() if (size := _matches(leaf, squeezed))}
    # What is outside the article is seldom part of it, however like text it looks.
    inside = {leaf: size for leaf, size in leaves.items() if scope in leaf.iterancestors()}
    if sum(inside.values()) * 2 > sum(leaves.values()):
        leaves = inside
    total = sum(leaves.values())
    weights: dict[Node, int] = {}
    for leaf, size in leaves.items():
        for node in [leaf, *leaf.iterancestors()]:
            weights[node] = weights.get(node, 0) + size
    if total < 60:
        return None
    enough = [node for node in weights if weights[node] >= total * 0.85]
    smallest = min(enough, key=lambda node: (len(words(node)), -sum(1 for _ in node.iterancestors())))
    return _without_unread(smallest, leaves)


def _matches(leaf: Node, squeezed: str) -> int:
    """How many letters of an element are among the extracted ones; none, if not all of them are."""
    if not isinstance(leaf.tag, str) or not _is_leaf(leaf):
        return 0
    text = _squeezed(words(leaf, 5000))
    return len(text) if len(text) >= 20 and text in squeezed else 0


def _without_unread(node: Node, read: Collection[Node]) -> Node:
    """A copy of an element without its parts that hold none of the extracted words and are no picture or table."""
    for leaf in read:
        leaf.set("data-sf-text", "1")
    copy = deepcopy(node)
    for leaf in read:
        leaf.attrib.pop("data-sf-text", None)
    copy.tail = None
    for part in list(copy.iter()):
        if part is copy or not isinstance(part.tag, str) or part.getparent() is None:
            continue
        if part.tag in (
            "div",
            "section",
            "aside",
            "nav",
            "footer",
            "header",
            "form",
            "ul",
            "ol",
            "article",
        ) and not (
            part.xpath("descendant-or-self::*[@data-sf-text]")
            or any(next(part.iter(tag), None) is not None for tag in _KEPT_WITHOUT_WORDS)
        ):
            remove(part)
    for part in copy.iter():
        part.attrib.pop("data-sf-text", None)
    return copy


def extracted_words(document: Document) -> str:
    """What trafilatura takes for the text of a page. It is given the text and fetches nothing."""
    import trafilatura  # here, for it is slow to load and not always needed

    try:
        said = trafilatura.extract(
            etree.tostring(document.root, encoding="unicode", method="html"),
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            deduplicate=False,
        )
    except Exception:  # it is fed whatever the world wrote
        return ""
    return said or ""


def _is_leaf(node: Node) -> bool:
    return node.tag in _LEAVES or (node.tag in ("div", "span", "section") and bool((node.text or "").strip()))


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _json_bodies(root: Node) -> list[Node]:
    """The text as structured data repeats it: words only, but better than none."""
    for item in json_ld(root).items:
        text = item.text("articleBody") if item.has_type(ARTICLES) else ""
        if len(text.split()) >= LEAST_WORDS:
            holder = etree.Element("div")
            for part in re.split(r"\n\s*\n|\r\n?|\n", text):
                if part.strip():
                    etree.SubElement(holder, "p").text = part.strip()
            return [holder]
    return []


# ----------------------------------------------------------------------------------------------------------- cleaning


def _prune(node: Node, headline: str) -> None:
    """Takes out what is on a page for other reasons than to be read, and what the article says elsewhere here."""
    for part in list(
        node.iter(
            "script", "style", "template", "form", "button", "input", "select", "nav", "svg", "link", "meta"
        )
    ):
        remove(part)
    for part in list(node.iter("noscript")):
        _show_late_picture(part)
    for part in list(node.iter()):
        if part is node or not isinstance(part.tag, str) or part.getparent() is None:
            continue
        names = [*classes(part), *([part.get("id")] if part.get("id") else [])]
        quoted = any("quote" in name for name in names)
        if (
            part.tag in _MAY_BE_FURNITURE
            and not quoted
            and (
                any(_FURNITURE.search(name) for name in names)
                or (any(_REPEATED.search(name) for name in names) and len(words(part, 2000)) < 1500)
                or part.get("aria-hidden") == "true"
                or part.get("hidden") is not None
            )
        ) or _only_leads_on(part):
            remove(part)
        elif part.tag in ("h1", "h2") and words(part, 600).casefold() == headline.casefold():
            below = part.getnext()
            if below is not None and is_byline(below):
                remove(below)
            remove(part)


def _only_leads_on(part: Node) -> bool:
    """Whether a line holds nothing but links to the page before, the next and the contents."""
    links = list(part.iter("a")) if part.tag in ("p", "div", "center", "td") else []
    said = words(part, 200)
    if not links or len(said) > 120 or not all(_LEADS_ON.search(words(link, 60)) for link in links):
        return False
    linked = sum(letter.isalpha() for link in links for letter in words(link, 200))
    return sum(letter.isalpha() for letter in said) == linked


def _show_late_picture(part: Node) -> None:
    """Puts the picture that is there for readers without scripts in place of one that is to be loaded late."""
    picture = next(part.iter("img"), None)
    before = part.getprevious()
    if picture is not None and before is not None and before.tag == "img":
        if not picture_source(before) or "placeholder" in (before.get("src") or ""):
            before.set("src", picture_source(picture))
    elif picture is not None:
        parent = part.getparent()
        if parent is not None and next(parent.iter("img"), picture) is picture:
            part.tag = "div"
            return
    remove(part)


def _settle(
    node: Node, base: str, folder: SavedFolder, own_path: Callable[[str], str], lost: list[str]
) -> None:
    """Gives pictures the file they were saved as, and links the address they mean."""
    for picture in list(node.iter("img")):
        options = [picture_source(picture), *srcset(picture)]
        options += [
            source
            for up in picture.iterancestors("picture")
            for part in up.iter("source")
            for source in srcset(part)
        ]
        link = next(picture.iterancestors("a"), None)
        linked = link.get("href") or "" if link is not None else ""
        best = [linked] if _FULL_PICTURE.search(linked) else []
        sizes = [url for url in dict.fromkeys([*best, *srcset(picture)[:1], *options]) if url]
        urls = [url for source in sizes if (url := resolve(base, source))]
        saved = next((file for url in urls if (file := folder.file_of(url))), "")
        first = resolve(base, picture_source(picture)) or next(iter(urls), "")
        if not saved and not first:
            remove(picture)
            continue
        for name in ("srcset", "data-src", "data-orig-file", "sizes", "data-srcset", "data-id"):
            picture.attrib.pop(name, None)
        picture.set("class", re.sub(r"wp-image-\d+", "", picture.get("class") or ""))
        picture.set("src", saved or first)
        if link is not None and link.get("href") and _FULL_PICTURE.search(link.get("href")):
            link.set("href", "")
    for player in list(node.iter("iframe", "embed", "object", "video", "audio")):
        source = player.get("src") or player.get("data-src") or player.get("data") or ""
        inner = next((part.get("src") for part in player.iter("source") if part.get("src")), "")
        stated = source or inner
        url = stated if stated.startswith(("http://", "https://", "//")) else ""
        if not url and stated and not folder.file_of(resolve(base, stated)):
            url = resolve(base, stated)
        if url:
            player.set("src", url)
        else:
            # A browser saves what was inside a frame, not where it came from.
            lost.append(f"{player.tag} whose address was not saved")
            remove(player)
    for link in node.iter("a"):
        href = link.get("href") or ""
        if not href or href.startswith(("#", "mailto:", "tel:")):
            continue
        url = resolve(base, href)
        link.set("href", own_path(url) or url)


def _is_image(block: BodyBlock, url: str) -> bool:
    return block.type == "image" and unquote(block.value["image"].url) == unquote(url)
