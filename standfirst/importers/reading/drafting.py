"""Puts converted bodies into drafts, and tells a draft from any other version of itself."""

import hashlib
from dataclasses import fields, is_dataclass, replace
from html import escape
from typing import Any, TypeVar

from standfirst.bodies.text import body_text
from standfirst.importers.reading.leftovers import settled, settled_words
from standfirst.importers.reading.records import BodyBlock, ConvertedBody, DraftArticle, Publicity
from standfirst.text.markup import first_words
from standfirst.text.printable import printable

Kept = TypeVar("Kept")
LONGEST_HEADLINE = 255
# How `repr` spells NUL and halves of characters, and what a text spells so itself: to look there takes a twentieth of the
# time of looking at every value.
_UNPRINTABLE_SPELT = ("\\x00", "\\ud")


def with_body(article: DraftArticle, body: ConvertedBody, *, source: str) -> DraftArticle:
    """The draft with its converted body, marks of the old site taken out of both, and what is worked out of them.

    Every format's articles pass here last. `source` is the format's name.
    """
    left = settled(body.blocks, source=source, known=body.unknown_shortcodes)
    body = ConvertedBody(
        left.blocks,
        (*body.unknown_shortcodes, *left.shortcodes),
        (*body.unknown_blocks, *left.others),
    )
    article, body = _of_printable_length(_without_marks(article, left.doubtful), body)
    stated = _stated(article, body)
    beside = _beside(article)
    if any(sign in stated or sign in beside for sign in _UNPRINTABLE_SPELT):
        article, body = with_printable(article), with_printable(body)
        stated = _stated(article, body)
    return replace(
        article,
        body=body.blocks,
        unknown_shortcodes=body.unknown_shortcodes,
        unknown_blocks=body.unknown_blocks,
        words=body_text({"value": _without_pictures(block.value)} for block in body.blocks),
        digest=hashlib.blake2b(stated.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
    )


def _of_printable_length(article: DraftArticle, body: ConvertedBody) -> tuple[DraftArticle, ConvertedBody]:
    """The draft with a headline that a page can hold; a longer one stands whole at the head of its text."""
    if len(article.seo_title) > LONGEST_HEADLINE:
        article = replace(article, seo_title=first_words(article.seo_title, LONGEST_HEADLINE))
    if len(article.headline) <= LONGEST_HEADLINE:
        return article, body
    whole = BodyBlock("paragraph", f"<p>{escape(article.headline, quote=False)}</p>")
    cut = replace(
        article,
        headline=first_words(article.headline, LONGEST_HEADLINE),
        notes=(
            *article.notes,
            "has a headline longer than 255 letters: it was cut, and its text begins with it whole",
        ),
    )
    return cut, replace(body, blocks=(whole, *body.blocks))


def _without_marks(article: DraftArticle, doubtful: tuple[str, ...]) -> DraftArticle:
    """The draft with marks taken out of what is printed beside its body, and a note of what may be one."""
    standfirst, taken = settled_words(article.standfirst, is_html=True)
    description, _ = settled_words(article.search_description, is_html=False)
    notes = list(article.notes)
    if taken:
        notes.append("had marks of the old site in its standfirst, which are left out")
    if doubtful:
        notes.append("prints words in brackets that may have been marks of the old site")
    return replace(article, standfirst=standfirst, search_description=description, notes=tuple(notes))


def with_printable(value: Kept) -> Kept:
    """A value of the middle language with all of its texts such that they can be stored."""
    if isinstance(value, str):
        return printable(value)  # type: ignore[return-value]
    if isinstance(value, tuple | list):
        parts = [with_printable(part) for part in value]
        if all(new is old for new, old in zip(parts, value, strict=True)):
            return value
        return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
    if isinstance(value, dict):
        parts = [with_printable(part) for pair in value.items() for part in pair]
        if all(
            new is old
            for new, old in zip(parts, (part for pair in value.items() for part in pair), strict=True)
        ):
            return value
        return dict(zip(parts[::2], parts[1::2], strict=True))  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        parts = [(field.name, getattr(value, field.name)) for field in fields(value)]
        changed = {name: new for name, old in parts if (new := with_printable(old)) is not old}
        return replace(value, **changed) if changed else value
    return value


def _without_pictures(value: Any) -> Any:
    """A block's value without references to pictures, which are no words."""
    if isinstance(value, dict) and "image" in value:
        return {name: item for name, item in value.items() if name != "image"}
    if isinstance(value, dict) and "images" in value:
        return {**value, "images": [_without_pictures(image) for image in value["images"]]}
    return value


def _beside(article: DraftArticle) -> str:
    """What stays in the ledger and in the report."""
    return repr((article.raw_byline, article.feed_id, article.source_status, article.notes))


def _stated(article: DraftArticle, body: ConvertedBody) -> str:
    """Everything that tells an article from any other version of itself. What stays in the ledger is not of it."""
    parts = (
        article.publicity is not Publicity.DRAFT,  # a scheduled article comes out by itself
        article.headline,
        article.slug,
        article.standfirst,
        article.published_at,
        article.credits,
        article.section_key,
        article.topic_keys,
        article.old_paths,
        article.search_description,
        article.parent_key,
        (article.lead_alt, article.lead_caption, article.lead_credit, article.seo_title),
        body.blocks,
    )
    return repr(parts)
