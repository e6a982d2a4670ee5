"""Turns the cards of Ghost's editors into body blocks.

A card is a name and a few fields, the same in both of Ghost's editors but for a few names. What has no block of its own here
becomes plain text with its links. What was for members or for e-mail only is kept for the editor and never printed.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from standfirst.importers.reading.htmlbody import (
    clean_caption,
    embed_block,
    image_block,
    parse_fragment,
    unknown_block,
)
from standfirst.importers.reading.records import BodyBlock, MediaRef
from standfirst.text import markup
from standfirst.text.printable import printable
from standfirst.text.urls import parts_of

Fields = Mapping[str, Any]

SOURCE = "ghost"
_OTHER_NAMES = {
    "card-markdown": "markdown",
    "codeblock": "code",
    "horizontalrule": "hr",
    "hr": "hr",
    "email-cta": "email-cta",
    "emailCta": "email-cta",
    "cta": "call-to-action",
}
# Fields of cards nobody knows here that hold words a reader saw.
_WORDS = frozenset(
    [
        "html",
        "text",
        "markdown",
        "title",
        "heading",
        "header",
        "subheader",
        "content",
        "description",
        "caption",
    ]
)
FOR_MEMBERS = (
    "has cards that only members or e-mails were shown; they are kept for the editor and not printed"
)
FOR_EMAIL = "has cards for e-mail only; they are kept for the editor and not printed"
FORMS = "had a form or a list that the old site filled; it is kept for the editor and not printed"
FILES = "points at sound, film or files of the old site, which are not imported"
PAYWALL = "had a paywall; the place is marked in the text"


class CardKeeper(ABC):
    """Answers what a card needs of the text around it. Subclassed by the body converter."""

    is_gated: bool  # whether the whole article was for members, and a paywall cut it

    @abstractmethod
    def html_blocks(self, html: str) -> list[BodyBlock]:
        """The blocks any HTML becomes."""

    @abstractmethod
    def raw_html(self, html: str) -> list[BodyBlock]:
        """The blocks of HTML that was typed in as such."""

    @abstractmethod
    def markdown(self, text: str) -> list[BodyBlock]: ...

    @abstractmethod
    def at_home(self, url: str) -> str:
        """An address with the old site's own taken off."""

    @abstractmethod
    def note(self, words: str) -> None:
        """Says something of the article in the report, once."""

    @abstractmethod
    def not_understood(self, name: str) -> None:
        """Counts something in the report that was not understood."""


def card_blocks(name: str, fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    """The blocks a card becomes; none for an empty one."""
    name = _OTHER_NAMES.get(name, name)
    if is_for_members(fields):
        keep.note(FOR_MEMBERS)
        return [kept_for_editor(name, fields)]
    make = _CARDS.get(name)
    if make is None:
        keep.not_understood(name)
        return [_unknown(name, fields)]
    return make(fields, keep)


def is_for_members(fields: Fields) -> bool:
    """Whether a card was hidden from readers who had not signed in, in the words of either version."""
    visibility = fields.get("visibility")
    if not isinstance(visibility, dict):
        return False
    web = visibility.get("web")
    if isinstance(web, dict):
        return web.get("nonMember", True) is not True
    return visibility.get("showOnWeb") is False or visibility.get("emailOnly") is True


def kept_for_editor(name: str, fields: Fields) -> BodyBlock:
    """A card as it came, for the editor's eyes: a comment holds no words for a reader."""
    # Two hyphens would end the comment; inside a JSON string they can be written otherwise.
    raw = json.dumps(fields, ensure_ascii=False, default=str).replace("--", "-\\u002d")
    return unknown_block(name[:200], f"<!-- {raw} -->", source=SOURCE)


def _unknown(name: str, fields: Fields) -> BodyBlock:
    """A card nobody knows here: whole for the editor, and for the reader the words it seems to hold."""
    words = "\n".join(
        value for key, value in fields.items() if key in _WORDS and isinstance(value, str) and value.strip()
    )
    kept = kept_for_editor(name, fields)
    return BodyBlock("unknown", {**kept.value, "words": markup.plain_text(words)})


# --------------------------------------------------------------------------------------------------------------- cards


def _image(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    src = keep.at_home(_text(fields, "src"))
    if not src:
        return []
    caption = clean_caption(_html(fields, "caption", keep))
    href = keep.at_home(_text(fields, "href"))
    if not caption and href.startswith("http") and markup.safe_url(href):
        caption = _link(href, (parts_of(href).hostname or href).removeprefix("www."))
    return [image_block(MediaRef("", src), alt=_words(fields, "alt"), caption=caption)]


def _gallery(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    found = fields.get("images")
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    images = [block.value for row in rows for block in _image(row, keep)]
    caption = clean_caption(_html(fields, "caption", keep))
    if len(images) == 1:
        return [BodyBlock("image", {**images[0], "caption": images[0]["caption"] or caption})]
    return [BodyBlock("gallery", {"images": images, "caption": caption})] if images else []


def _markdown(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    return keep.markdown(_raw(fields, "markdown"))


def _raw_html(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    return keep.raw_html(_raw(fields, "html"))


def _code(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    code = _raw(fields, "code").strip("\r\n")
    if not code.strip():
        return []
    block = BodyBlock("code", {"language": _text(fields, "language")[:50], "code": code})
    return [block, *_paragraph(clean_caption(_html(fields, "caption", keep)))]


def _embed(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    about = fields.get("metadata")
    title = _words(about, "title") if isinstance(about, dict) else ""
    url = keep.at_home(_text(fields, "url"))
    if not markup.safe_url(url):
        return keep.raw_html(_raw(fields, "html"))
    return [embed_block(url, title=title, caption=_plain(fields, "caption"))]


def _bookmark(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    about = fields.get("metadata")
    about = about if isinstance(about, dict) else fields
    url = keep.at_home(_text(fields, "url") or _text(about, "url"))
    if not markup.safe_url(url):
        return _paragraph(escape(_words(about, "title") or _plain(fields, "caption")))
    caption = _plain(fields, "caption") or _words(about, "description")
    return [embed_block(url, title=_words(about, "title"), caption=caption)]


def _callout(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    text = clean_caption(_html(fields, "calloutText", keep))
    if not markup.plain_text(text):
        return []
    emoji = _words(fields, "calloutEmoji")
    inner = f"{escape(emoji)} {text}" if emoji else text
    return [BodyBlock("html", markup.clean_body_html(f"<aside><p>{inner}</p></aside>"))]


def _toggle(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    heading = clean_caption(_html(fields, "heading", keep))
    content = _html(fields, "content", keep)
    if not markup.plain_text(heading):
        return keep.html_blocks(content)
    if "<img" in content or "<iframe" in content:
        return [_heading(markup.plain_text(heading), "h4"), *keep.html_blocks(content)]
    body = content if "<p" in content or "<ul" in content or "<ol" in content else f"<p>{content}</p>"
    html = markup.clean_body_html(f"<details><summary>{heading}</summary>{body}</details>")
    return [BodyBlock("html", html)]


def _audio(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    return _file_of_the_site(keep, _text(fields, "src"), title=_words(fields, "title"))


def _video(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    return _file_of_the_site(
        keep, _text(fields, "src"), title=_text(fields, "fileName"), caption=_plain(fields, "caption")
    )


def _file(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    return _file_of_the_site(
        keep,
        _text(fields, "src"),
        title=_words(fields, "fileTitle") or _text(fields, "fileName"),
        caption=_words(fields, "fileCaption"),
    )


def _file_of_the_site(keep: CardKeeper, src: str, *, title: str = "", caption: str = "") -> list[BodyBlock]:
    url = keep.at_home(src)
    if not markup.safe_url(url):
        return _paragraph(escape(" – ".join(filter(None, (title, caption)))))
    keep.note(FILES)
    return [embed_block(url, title=title, caption=caption)]


def _product(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    title = _words(fields, "productTitle")
    blocks = [_heading(title, "h4")] if title else []
    blocks += _image({"src": fields.get("productImageSrc"), "alt": title}, keep)
    blocks += keep.html_blocks(_html(fields, "productDescription", keep))
    stars = fields.get("productStarRating")
    if fields.get("productRatingEnabled") is True and isinstance(stars, int) and 0 < stars <= 5:
        blocks += _paragraph("★" * stars + "☆" * (5 - stars))
    if fields.get("productButtonEnabled") is True:
        blocks += _button_of(_words(fields, "productButton"), _text(fields, "productUrl"), keep)
    return blocks


def _header(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    title = _plain(fields, "header")
    blocks = [_heading(title, "h2")] if title else []
    blocks += _paragraph(clean_caption(_html(fields, "subheader", keep)))
    if fields.get("buttonEnabled") is True:
        blocks += _button_of(_words(fields, "buttonText"), _text(fields, "buttonUrl"), keep)
    return blocks


def _button(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    return _button_of(_words(fields, "buttonText"), _text(fields, "buttonUrl"), keep)


def _call_to_action(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    blocks: list[BodyBlock] = []
    if fields.get("hasSponsorLabel") is True:
        blocks += _paragraph(clean_caption(_html(fields, "sponsorLabel", keep)))
    blocks += _image({"src": fields.get("imageUrl")}, keep)
    blocks += keep.html_blocks(_html(fields, "textValue", keep))
    if fields.get("showButton") is not False:
        blocks += _button_of(_words(fields, "buttonText"), _text(fields, "buttonUrl"), keep)
    return blocks


def _email(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    keep.note(FOR_EMAIL)
    return [kept_for_editor("email", fields)]


def _form(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    keep.note(FORMS)
    return [kept_for_editor(_text(fields, "type") or "signup", fields)]


def _paywall(fields: Fields, keep: CardKeeper) -> list[BodyBlock]:
    if not keep.is_gated:
        return []  # Ghost showed the whole of what was for everybody
    keep.note(PAYWALL)
    words = "Here the old site's paywall began: what follows was for its members only."
    return [unknown_block("paywall", f"<!-- {words} -->", source=SOURCE)]


_CARDS: dict[str, Callable[[Fields, CardKeeper], list[BodyBlock]]] = {
    "image": _image,
    "gallery": _gallery,
    "markdown": _markdown,
    "html": _raw_html,
    "code": _code,
    "embed": _embed,
    "bookmark": _bookmark,
    "callout": _callout,
    "toggle": _toggle,
    "audio": _audio,
    "video": _video,
    "file": _file,
    "product": _product,
    "header": _header,
    "button": _button,
    "call-to-action": _call_to_action,
    "email": _email,
    "email-cta": _email,
    "signup": _form,
    "collection": _form,
    "transistor": _form,
    "paywall": _paywall,
    "hr": lambda fields, keep: [BodyBlock("divider", None)],
}


# --------------------------------------------------------------------------------------------------------------- parts


def _heading(text: str, level: str) -> BodyBlock:
    return BodyBlock("heading", {"text": text, "level": level})


def _paragraph(html: str) -> list[BodyBlock]:
    cleaned = markup.clean_rich_text(f"<p>{html}</p>")
    return [BodyBlock("paragraph", cleaned)] if markup.plain_text(cleaned) else []


def _button_of(text: str, url: str, keep: CardKeeper) -> list[BodyBlock]:
    url = keep.at_home(url)
    # A fragment such as #/portal/signup opens what only the old site had.
    if not text or not markup.safe_url(url) or url.startswith("#/portal"):
        return []
    return _paragraph(_link(url, text))


def _link(url: str, text: str) -> str:
    return clean_caption(f'<a href="{escape(url)}">{escape(text)}</a>')


def _raw(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return printable(value) if isinstance(value, str) else ""


def _text(fields: Fields, name: str) -> str:
    return _raw(fields, name).strip()


def _html(fields: Fields, name: str, keep: CardKeeper) -> str:
    return keep.at_home(_text(fields, name))


def _words(fields: Fields, name: str) -> str:
    """A field that holds text, not HTML: what looks like a tag is one of its words."""
    return " ".join(_text(fields, name).split())


def _plain(fields: Fields, name: str) -> str:
    """The words of a field that holds HTML."""
    return markup.plain_text(_text(fields, name))


def has_blocks_of_its_own(html: str) -> bool:
    """Whether HTML holds what the walk makes pictures or embeds of."""
    root = parse_fragment(html)
    return root is not None and any(
        True for _ in root.iter("img", "iframe", "embed", "object", "video", "audio", "blockquote")
    )
