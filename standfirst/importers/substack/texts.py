"""Turns the text of a Substack post into plain HTML: its own buttons and frames taken out or made what others call them."""

import json
import re
from html import escape
from typing import Any
from urllib.parse import unquote

from lxml import etree

from standfirst.importers.reading.documents import Node, classes, read_document, remove, words
from standfirst.text.urls import parts_of

# In front of the address a picture was uploaded to.
_FETCHED = re.compile(
    r"https://(?:cdn\.substack\.com|substackcdn\.com)/image/fetch/[^?#]*?(https?%3A%2F%2F\S+)", re.I
)
_ASKING = re.compile(
    r"/(?:subscribe|comments|chat)\b|[?&]action=|substack\.com/(?:app|refer|redirect)|\A%%", re.I
)
_WIDGETS = frozenset(
    ["subscription-widget-wrap", "subscription-widget-wrap-editor", "subscription-widget", "subscribe-widget", "community-chat",
     "install-substack-app-embed", "directMessage", "captioned-button-wrap", "image-link-expand"]
)  # fmt: skip
_FOR_SOME = re.compile(r"class=[\"'][^\"']*\b(?:paywall-jump|paywall|dynamic-content-block)\b")
_MOST_ATTRIBUTES = 200_000


def is_for_some(html: str) -> bool:
    """Whether a part of a text is for some readers only: behind its paywall, or shown to subscribers alone."""
    return _FOR_SOME.search(html) is not None


def plain_html(html: str) -> tuple[str, tuple[str, ...]]:
    """A post's text, and what is to be said of it. Raises Unreadable for one that is out of all bounds."""
    root = read_document(f"<!doctype html><body><div>{html}</div>".encode("utf-8", "replace")).root
    body = root.find("body")
    if body is None:
        return "", ()
    notes: dict[str, None] = {}
    for part in list(body.iter("div", "p", "figure")):
        names = classes(part)
        if part.getparent() is None or not names:
            continue
        if not _WIDGETS.isdisjoint(names) or ("button-wrapper" in names and _only_asks(part)):
            notes["had buttons to subscribe, share or comment, which are left out"] = None
            remove(part)
        elif "paywall-jump" in names:
            remove(part)
        elif "tweet" in names or "twitter-embed" in names:
            _quote(part)
        elif "image-gallery-embed" in names:
            _gallery(part)
        elif "latex-rendered" in names:
            _become(part, f"<pre>{escape(str(_attributes(part).get('persistentExpression', '')))}</pre>")
        elif (
            not words(part)
            and next(part.iter("img", "iframe", "video", "audio"), None) is None
            and part.get("data-attrs")
        ):
            _link(part, notes)
    for picture in body.iter("img"):
        _picture(picture)
    _notes(body)
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in body), tuple(notes)


def _only_asks(part: Node) -> bool:
    links = [link.get("href") or "" for link in part.iter("a")]
    return all(_ASKING.search(link) for link in links)


def _attributes(part: Node) -> dict[str, Any]:
    stated = part.get("data-attrs") or ""
    try:
        found = json.loads(stated) if len(stated) < _MOST_ATTRIBUTES else {}
    except (ValueError, RecursionError):
        found = {}
    return found if isinstance(found, dict) else {}


def _become(part: Node, html: str) -> None:
    """Puts other HTML in the place of an element."""
    new: Node = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser()).find(".//div")
    new.tail = part.tail
    part.getparent().replace(part, new)


def _quote(part: Node) -> None:
    stated = _attributes(part)
    url = str(
        stated.get("url") or next((link.get("href") for link in part.iter("a") if link.get("href")), "")
    )
    said = str(stated.get("full_text") or words(part))
    by = str(stated.get("name") or "")
    link = f'<a href="{escape(url)}">{escape(by or url)}</a>' if url else escape(by)
    _become(part, f'<blockquote class="twitter-tweet"><p>{escape(said)}</p>{link}</blockquote>')


def _gallery(part: Node) -> None:
    gallery = _attributes(part).get("gallery")
    gallery = gallery if isinstance(gallery, dict) else {}
    images = gallery.get("images")
    sources = (
        [str(image.get("src") or "") for image in images if isinstance(image, dict)]
        if isinstance(images, list)
        else []
    )
    pictures = "".join(
        f'<img src="{escape(source)}" alt="{escape(str(gallery.get("alt") or ""))}">' for source in sources
    )
    caption = str(gallery.get("caption") or "")
    _become(part, f"<figure>{pictures}<figcaption>{escape(caption)}</figcaption></figure>")


def _link(part: Node, notes: dict[str, None]) -> None:
    """What stands there as data alone: a link, if it has somewhere to lead to."""
    stated = _attributes(part)
    url = next(
        (str(stated[name]) for name in ("canonical_url", "url", "externalUrl") if stated.get(name)), ""
    )
    if not url.startswith(("http://", "https://")):
        notes["had a part that only Substack can show, such as a poll, which is left out"] = None
        return
    title = str(stated.get("title") or stated.get("publication_name") or parts_of(url).netloc)
    _become(part, f'<p><a href="{escape(url)}">{escape(title)}</a></p>')


def _picture(picture: Node) -> None:
    """Gives a picture the address it was uploaded to, and takes the link to itself off it."""
    source = picture.get("src") or ""
    if found := _FETCHED.match(source):
        picture.set("src", unquote(found.group(1)))
    picture.attrib.pop("srcset", None)
    for around in list(picture.iterancestors("a")):
        if "image-link" in classes(around):
            around.tag = "span"
            around.attrib.clear()


def _notes(body: Node) -> None:
    """Puts the notes of a post into one list, as the body's reader knows them."""
    found = [part for part in body.iter("div") if "footnote" in classes(part)]
    if not found:
        return
    notes = etree.Element("ol")
    notes.set("class", "footnotes")
    for part in found:
        number = next((link for link in part.iter("a") if "footnote-number" in classes(link)), None)
        content = next((inner for inner in part.iter("div") if "footnote-content" in classes(inner)), None)
        if number is None or content is None:
            continue
        note = etree.SubElement(notes, "li")
        note.set("id", number.get("id") or "")
        note.append(content)
        content.tail = None
        remove(part)
    body.append(notes)
