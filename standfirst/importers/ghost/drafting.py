"""Turns the posts of a Ghost export into drafts of articles and pages.

Everything but the body, which `reading.drafting.with_body` puts in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from standfirst.importers.ghost.addresses import Addressed, Addresses, path_on
from standfirst.importers.ghost.people import People
from standfirst.importers.ghost.reader import Survey, is_sample
from standfirst.importers.ghost.rows import HOME, GhostPost, parse_date
from standfirst.importers.ghost.tags import shelve
from standfirst.importers.reading.memory import Memory
from standfirst.importers.reading.records import DraftArticle, MediaRef, Publicity
from standfirst.importers.reading.sections import Categories, SectionRule
from standfirst.text.slugs import slug_for

_SEEN_BY = {
    "members": "members",
    "paid": "paying members",
    "tiers": "some of the members",
    "filter": "some of the members",
    "specific": "some of the members",
}


@dataclass(frozen=True, slots=True)
class Drafting:
    """What drafts are made with; it may travel to another process."""

    found: Survey
    people: People
    rule: SectionRule
    categories: Categories
    addresses: Addresses
    now: datetime
    memory: Memory


def reason_to_leave_out(post: GhostPost) -> str:
    """Why a post or page is not imported; empty if it is."""
    texts = (post.lexical, post.mobiledoc, post.html, post.plaintext, post.excerpt)
    if not post.title and not any(text.strip() for text in texts):
        return "empty"
    return ""


def draft(post: GhostPost, using: Drafting) -> DraftArticle:
    """What a post becomes here, without its body."""
    notes: list[str] = []
    published = parse_date(post.published)
    publicity = _publicity(post, published, using, notes)
    headline = _line(post.title)
    if not headline:
        headline = "Untitled"
        notes.append("has no title")
    section, topics = ("", ()) if post.is_page else shelve(post, using.rule, using.categories, using.found)
    credits = () if post.is_page else using.people.credits(post)
    if not credits and not post.is_page and not is_sample(post, using.found):
        notes.append("names no author")
    if post.is_featured:
        notes.append("was featured")
    if post.has_code:
        notes.append("had code of its own (code injection), which is left out")
    elsewhere = _elsewhere(post, using.found)
    if elsewhere:
        notes.append("names another address as its first one (canonical), which is not kept")
    return DraftArticle(
        key=post.key,
        is_page=post.is_page,
        publicity=publicity,
        headline=headline,
        slug=slug_for(post.slug or headline, fallback="article"),
        standfirst=_line(post.excerpt),
        published_at=published if publicity is not Publicity.DRAFT or _was_seen(post) else None,
        updated_at=_updated(post, published),
        credits=credits,
        section_key=section,
        topic_keys=topics,
        lead_image=MediaRef("", post.image.replace(HOME, "")) if post.image else None,
        lead_alt=_line(post.meta.feature_image_alt),
        lead_caption=post.meta.feature_image_caption,
        old_paths=tuple(old_paths(post, using)),
        raw_byline=using.people.raw_byline(post),
        notes=tuple(notes),
        is_sticky=post.is_featured,
        seo_title=_line(post.meta.meta_title),
        search_description=_line(post.meta.meta_description)[:500],
        source_status=post.status,
        # As its RSS calls a post; version 0, whose ids are counted, took the uuid.
        feed_id=post.uuid if post.id.isdigit() else post.id,
    )


def _line(text: str) -> str:
    """A field of Ghost's, which is text and no HTML: what looks like a tag is one of its words."""
    return " ".join(text.split())


def _was_seen(post: GhostPost) -> bool:
    """Whether somebody could read it at its address, if only as a member."""
    return post.status == "published" and not post.meta.email_only and post.is_understood


def _updated(post: GhostPost, published: datetime | None) -> datetime | None:
    changed = parse_date(post.updated)
    return changed if changed and published and changed > published else published


def _publicity(post: GhostPost, published: datetime | None, using: Drafting, notes: list[str]) -> Publicity:
    """Whether it is public here. What was not public to everybody there never is."""
    if is_sample(post, using.found):
        notes.append("is one of Ghost's own sample articles, so it is a draft here")
        return Publicity.DRAFT
    if post.status == "sent" or (post.meta.email_only and post.status != "draft"):
        notes.append("was for e-mail only, so it is a draft here")
        return Publicity.DRAFT
    if post.status == "draft":
        return Publicity.DRAFT
    if post.status not in ("published", "scheduled"):
        notes.append(f"had the status “{post.status[:40]}”, so it is a draft here")
        return Publicity.DRAFT
    if not post.is_understood:
        notes.append(f"was of the kind “{post.kind[:40]}”, which is no article, so it is a draft here")
        return Publicity.DRAFT
    if not post.is_for_everybody:
        readers = _SEEN_BY.get(post.visibility, f"readers of the kind “{post.visibility[:40]}”")
        notes.append(f"was for {readers} only, so it is a draft here")
        return Publicity.DRAFT
    if published is None:
        notes.append("was published without a date, so it is a draft here")
        return Publicity.DRAFT
    if published > using.now:
        return Publicity.SCHEDULED
    if post.status == "scheduled":
        notes.append("was scheduled for a moment that has passed, so it is published")
    return Publicity.LIVE


def _elsewhere(post: GhostPost, found: Survey) -> bool:
    if not post.canonical.startswith(("http://", "https://")):
        return False
    return not path_on(post.canonical, found.hosts)


def old_paths(post: GhostPost, using: Drafting) -> Iterator[str]:
    """Every address the post had."""
    if not _was_seen(post):
        return
    yield from dict.fromkeys(path for path in _all_paths(post, using) if path)


def _all_paths(post: GhostPost, using: Drafting) -> Iterator[str]:
    found, addresses = using.found, using.addresses
    if post.url:
        yield path_on(post.url, found.hosts)
    if not post.slug:
        return
    if post.is_page:
        yield from addresses.of_page(post.slug)
        return
    tags = [tag.slug for tag in found.tags_of(post) if not tag.is_internal]
    author = next((found.users[number].slug for number in post.authors), "")
    made_of = Addressed(post.slug, post.id, parse_date(post.published), author, tags[0] if tags else "")
    yield from addresses.of_post(made_of)
