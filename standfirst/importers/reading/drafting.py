"""Puts converted bodies into drafts, and tells a draft from any other version of itself."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from html import escape
from typing import Any, TypeVar

from standfirst.bodies.text import body_text
from standfirst.importers.reading.leftovers import settled, settled_words
from standfirst.importers.reading.memory import Memory
from standfirst.importers.reading.records import (
    BodyBlock,
    CameTo,
    ConvertedBody,
    DraftArticle,
    Publicity,
    pictures_in,
)
from standfirst.text.markup import first_words
from standfirst.text.printable import printable

Kept = TypeVar("Kept")
LONGEST_HEADLINE = 255
_MAY_BE_MARKS = "prints words in brackets that may have been marks of the old site"
# How `repr` spells NUL and halves of characters, and what a text spells so itself: to look there takes a twentieth of the
# time of looking at every value.
_UNPRINTABLE_SPELT = ("\\x00", "\\ud")


def with_body(article: DraftArticle, body: ConvertedBody, *, source: str, mark: str = "") -> DraftArticle:
    """The draft with its converted body, marks of the old site taken out of both, and what is worked out of them.

    Every format's articles pass here last. `source` is the format's name, and `mark` is of what the body was made of, if its
    conversion is to be remembered.
    """
    came_to, blocks = _settled_body(body, source, mark)
    if len(article.headline) > LONGEST_HEADLINE:
        # What a page cannot hold stands whole at the head of its text.
        blocks = (
            BodyBlock("paragraph", f"<p>{escape(printable(article.headline), quote=False)}</p>"),
            *blocks,
        )
    return _beside_body(article, came_to, body=blocks, words=_words(blocks))


def with_remembered_body(
    article: DraftArticle,
    convert: Callable[[], ConvertedBody],
    made_of: tuple[Any, ...],
    *,
    source: str,
    memory: Memory,
) -> DraftArticle:
    """The same, without the body where one was made of the same before: `whole` puts it in, where it is wanted after all.

    `convert` makes it, of nothing but `made_of`.
    """
    mark = memory.mark_of(source, made_of)
    came_to = memory.recall(mark) if len(article.headline) <= LONGEST_HEADLINE else None
    if came_to is None:
        return with_body(article, convert(), source=source, mark=mark)
    return _beside_body(article, came_to, made_of=made_of)


def whole(article: DraftArticle, body: ConvertedBody, *, source: str) -> DraftArticle:
    """A draft whose body was left out, with it."""
    _, blocks = _settled_body(body, source, article.came_to.mark)
    return replace(article, body=blocks, words=_words(blocks), made_of=None)


def _settled_body(body: ConvertedBody, source: str, mark: str) -> tuple[CameTo, tuple[BodyBlock, ...]]:
    left = settled(body.blocks, source=source, known=body.unknown_shortcodes)
    body = ConvertedBody(
        left.blocks,
        (*body.unknown_shortcodes, *left.shortcodes),
        (*body.unknown_blocks, *left.others),
        body.notes,
    )
    stated = repr(body.blocks)
    if any(sign in stated for sign in _UNPRINTABLE_SPELT):
        body = with_printable(body)
        stated = repr(body.blocks)
    notes = (*body.notes, *(_MAY_BE_MARKS for _ in left.doubtful[:1]))
    pictures = tuple(picture for block in body.blocks for picture in pictures_in(block))
    came_to = CameTo(mark, _digest(stated), pictures, body.unknown_shortcodes, body.unknown_blocks, notes)
    return came_to, body.blocks


def _beside_body(article: DraftArticle, came_to: CameTo, **body: Any) -> DraftArticle:
    """The draft as it is beside its body, with what is to be said of that."""
    article = _without_marks(article)
    if came_to.notes:
        article = replace(article, notes=(*article.notes, *came_to.notes))
    stated, beside = _stated(article), _beside(article)
    if any(sign in stated or sign in beside for sign in _UNPRINTABLE_SPELT):
        article = with_printable(article)
        stated = _stated(article)
    return replace(
        _of_printable_length(article),
        came_to=came_to,
        digest=_digest(stated + came_to.digest),
        **body,
    )


def _words(blocks: Sequence[BodyBlock]) -> tuple[str, ...]:
    return tuple("" if pictures_in(block) else body_text([{"value": block.value}]) for block in blocks)


def _digest(stated: str) -> str:
    return hashlib.blake2b(stated.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _of_printable_length(article: DraftArticle) -> DraftArticle:
    """The draft with headlines that a page can hold."""
    if len(article.seo_title) > LONGEST_HEADLINE:
        article = replace(article, seo_title=first_words(article.seo_title, LONGEST_HEADLINE))
    if len(article.headline) <= LONGEST_HEADLINE:
        return article
    note = "has a headline longer than 255 letters: it was cut, and its text begins with it whole"
    return replace(
        article, headline=first_words(article.headline, LONGEST_HEADLINE), notes=(*article.notes, note)
    )


def _without_marks(article: DraftArticle) -> DraftArticle:
    """The draft with marks taken out of what is printed beside its body."""
    standfirst, taken = settled_words(article.standfirst, is_html=True)
    description, _ = settled_words(article.search_description, is_html=False)
    if standfirst == article.standfirst and description == article.search_description:
        return article
    note = ("had marks of the old site in its standfirst, which are left out",) if taken else ()
    return replace(
        article, standfirst=standfirst, search_description=description, notes=(*article.notes, *note)
    )


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


def _beside(article: DraftArticle) -> str:
    """What stays in the ledger and in the report."""
    return repr((article.raw_byline, article.feed_id, article.source_status, article.notes))


def _stated(article: DraftArticle) -> str:
    """Everything beside its body that tells an article from any other version of itself. What stays in the ledger is not."""
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
    )
    return repr(parts)
