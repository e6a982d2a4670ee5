"""Puts converted bodies into drafts, and tells a draft from any other version of itself."""

import hashlib
from dataclasses import replace
from typing import Any

from standfirst.bodies.text import body_text
from standfirst.importers.reading.records import ConvertedBody, DraftArticle, Publicity


def with_body(article: DraftArticle, body: ConvertedBody) -> DraftArticle:
    """The draft with its converted body, and what is worked out of both."""
    return replace(
        article,
        body=body.blocks,
        unknown_shortcodes=body.unknown_shortcodes,
        unknown_blocks=body.unknown_blocks,
        words=body_text({"value": _without_pictures(block.value)} for block in body.blocks),
        digest=_digest(article, body),
    )


def _without_pictures(value: Any) -> Any:
    """A block's value without references to pictures, which are no words."""
    if isinstance(value, dict) and "image" in value:
        return {name: item for name, item in value.items() if name != "image"}
    if isinstance(value, dict) and "images" in value:
        return {**value, "images": [_without_pictures(image) for image in value["images"]]}
    return value


def _digest(article: DraftArticle, body: ConvertedBody) -> str:
    """Tells an article from any other version of itself. What stays in the ledger is not of it."""
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
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
