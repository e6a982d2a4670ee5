"""Turns the posts of a WordPress export into drafts of articles and pages.

Everything but the body, which `drafting.with_body` puts in.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import parse_qsl, unquote

from standfirst.importers.reading.limits import limit_of, moment_in
from standfirst.importers.reading.people import ReadByline
from standfirst.importers.reading.records import (
    ContentContext,
    DraftArticle,
    MediaRef,
    ParsedPost,
    Publicity,
)
from standfirst.importers.reading.sections import Categories, SectionRule
from standfirst.importers.wordpress.builders import built, lacks_words_of
from standfirst.importers.wordpress.content import is_picture
from standfirst.importers.wordpress.people import People
from standfirst.importers.wordpress.reader import ARTICLE_TYPES, PAGE_TYPES, Survey, parse_date
from standfirst.importers.wordpress.sections import shelve
from standfirst.text import markup
from standfirst.text.slugs import slug_for
from standfirst.text.urls import parts_of

DRAFT_STATUSES = frozenset({"draft", "pending", "auto-draft", "private"})
_REUSABLE = re.compile(r"wp:block\s+\{\"ref\":(\d+)")
_PLAYLIST = re.compile(r"\[playlist[^\]]*\]")


def with_built(post: ParsedPost) -> ParsedPost:
    """The post with the text that a page builder kept beside it, where it has none of its own."""
    if not (html := built(post)) or markup.plain_text(post.content).strip():
        return post
    return replace(post, content=html)


def reason_to_leave_out(post: ParsedPost) -> str:
    """Why a post or page is not imported; empty if it is."""
    if post.status == "trash":
        return "in the trash"
    if post.status == "inherit" or post.post_type not in ARTICLE_TYPES | PAGE_TYPES:
        return f"of a kind this import does not know (“{post.post_type}”)"
    if not post.title and not post.content.strip() and not post.excerpt:
        return "empty"
    return ""


def draft(
    post: ParsedPost,
    *,
    found: Survey,
    people: People,
    rule: SectionRule,
    categories: Categories,
    zone: tzinfo,
    now: datetime,
) -> DraftArticle:
    """What a post becomes here, without its body."""
    notes: list[str] = []
    is_page = post.post_type in PAGE_TYPES
    published = publication_date(post, found, zone)
    publicity = _publicity(post, published, now, zone, notes)
    headline = found.fields.headline(post) or markup.plain_text(post.title)
    if not headline:
        headline = "Untitled"
        notes.append("has no title")
    section, topics = ("", ()) if is_page else shelve(post, rule, categories, found)
    byline = ReadByline() if is_page else people.byline(post)
    notes += byline.notes
    if not byline.credits and not is_page:
        notes.append("names no author")
    if post.is_sticky:
        notes.append("was pinned to the front page")
    if (html := built(post)) and lacks_words_of(post.content, html):
        notes.append("has words in a page builder's field that its text does not have")
    lead = post.meta_value("_thumbnail_id").strip()
    return DraftArticle(
        key=f"post:{post.source_id}" if post.source_id else f"post:{_without_id(post)}",
        is_page=is_page,
        publicity=publicity,
        headline=headline,
        slug=_slug(post, headline),
        standfirst=markup.plain_text(post.excerpt) or found.fields.standfirst(post),
        published_at=published if publicity is not Publicity.DRAFT or was_seen(post) else None,
        updated_at=_updated(post, found, zone, published),
        credits=byline.credits,
        section_key=section,
        topic_keys=topics,
        lead_image=MediaRef(lead) if lead.isdigit() else None,
        old_paths=tuple(old_paths(post, found, publicity)),
        raw_byline=people.raw_byline(post),
        doubts=byline.doubts,
        notes=tuple(notes),
        is_sticky=post.is_sticky,
        search_description=found.fields.description(post)[:500],
        parent_key=f"post:{post.parent_id}" if is_page and post.parent_id else "",
        source_status=post.status,
        unread=found.fields.unread(post),
        feed_id=post.guid.strip(),
    )


def content_context(post: ParsedPost, found: Survey) -> ContentContext:
    """What the conversion of a post's content needs to know beside it: small, for it travels to another process."""
    attached = tuple(found.attached.get(post.source_id, ())) if "[" in post.content else ()
    reusable: dict[str, str] = {}
    wanted = _REUSABLE.findall(post.content) if "wp:block " in post.content else []
    while wanted:
        source_id = wanted.pop()
        if source_id in found.reusable and source_id not in reusable:
            reusable[source_id] = found.reusable[source_id]
            wanted += _REUSABLE.findall(found.reusable[source_id])
    urls: dict[str, str] = {}
    for playlist in _PLAYLIST.findall(post.content) if "[playlist" in post.content else ():
        ids = re.findall(r"\d+", playlist) or list(attached)
        urls |= {media_id: found.media[media_id].url for media_id in ids if media_id in found.media}
    return ContentContext(
        hosts=found.hosts,
        attached=tuple(media_id for media_id in attached if is_picture(found.media[media_id].url)),
        footnotes=post.meta_value("footnotes"),
        reusable=reusable,
        media_urls=urls,
    )


def was_seen(post: ParsedPost) -> bool:
    """Whether somebody could read the post at its address, if only with a password or logged in."""
    return post.status in ("publish", "private")


# ------------------------------------------------------------------------------------------------------------- dates


def publication_date(post: ParsedPost, found: Survey, zone: tzinfo) -> datetime | None:
    """When a post was published, with its zone: the stated moment, or the stated clock in the site's zone."""
    utc = parse_date(post.date_gmt)
    if utc:
        return utc.replace(tzinfo=UTC)
    local = parse_date(post.date)
    if local:
        return _in_zone(local, found, zone)
    if post.pub_date:
        try:
            stated = parsedate_to_datetime(post.pub_date)
        except ValueError:
            return None
        # WordPress dates what was never published to the beginning of its calendar.
        if stated.year < 1900:
            return None
        return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
    return None


def _in_zone(local: datetime, found: Survey, zone: tzinfo) -> datetime:
    if len(found.offsets) == 1:
        # One distance from UTC on every post: the site's clock is known without its name.
        return (local - timedelta(minutes=next(iter(found.offsets)))).replace(tzinfo=UTC)
    return local.replace(tzinfo=zone).astimezone(UTC)


def _updated(post: ParsedPost, found: Survey, zone: tzinfo, published: datetime | None) -> datetime | None:
    utc, local = parse_date(post.modified_gmt), parse_date(post.modified)
    changed = utc.replace(tzinfo=UTC) if utc else _in_zone(local, found, zone) if local else None
    return changed if changed and published and changed > published else published


def _publicity(
    post: ParsedPost, published: datetime | None, now: datetime, zone: tzinfo, notes: list[str]
) -> Publicity:
    if post.password:
        notes.append("was protected by a password, so it is a draft here")
        return Publicity.DRAFT
    if post.status == "private":
        notes.append("was private, so it is a draft here")
    if post.status in DRAFT_STATUSES:
        return Publicity.DRAFT
    if post.status not in ("publish", "future"):
        notes.append(f"had the status “{post.status[:40]}”, so it is a draft here")
        return Publicity.DRAFT
    for name, value in post.meta:
        if limit := limit_of(name, value, now=now, moment=moment_in(zone)):
            notes.append(f"{limit} (“{name[:60]}”), so it is a draft here")
            return Publicity.DRAFT
    if published is None:
        notes.append("was published without a date, so it is a draft here")
        return Publicity.DRAFT
    if published > now:
        return Publicity.SCHEDULED
    if post.status == "future":
        notes.append("was scheduled for a moment that has passed, so it is published")
    return Publicity.LIVE


# --------------------------------------------------------------------------------------------------------- addresses


def old_paths(post: ParsedPost, found: Survey, publicity: Publicity) -> Iterator[str]:
    """Every address the post had, as paths with their queries."""
    base = found.base_path
    if publicity is Publicity.DRAFT and not was_seen(post):
        return
    seen: set[str] = set()
    for path in _all_paths(post, found, base):
        if path and path not in seen:
            seen.add(path)
            yield path


def _all_paths(post: ParsedPost, found: Survey, base: str) -> Iterator[str]:
    permalink = own_path(post.link, found)
    if permalink:
        yield permalink
        is_pretty = bool(post.slug) and not parts_of(permalink).query
        for old_slug in post.meta_values("_wp_old_slug") if is_pretty else ():
            head, found_slug, tail = permalink.rpartition(post.slug)
            if found_slug and old_slug.strip():
                yield f"{head}{old_slug.strip()}{tail}"
    if post.source_id.isdigit():
        key = "p" if post.post_type == "post" else "page_id"
        yield f"{base}/?{key}={post.source_id}"
    guid = own_path(post.guid, found)
    if guid:
        yield guid


def own_path(url: str, found: Survey) -> str:
    """The path and query of an address of the old site; empty for any other address, and for its front page."""
    if not url:
        return ""
    parts = parts_of(url.strip())
    if parts.netloc and parts.netloc.removeprefix("www.").lower() not in {
        host.lower() for host in found.hosts
    }:
        return ""
    if parts.scheme not in ("", "http", "https") or (not parts.netloc and not parts.path.startswith("/")):
        return ""
    if parts.query and not dict(parse_qsl(parts.query)):
        return ""
    path = parts.path or "/"
    if path.rstrip("/") == found.base_path and not parts.query:
        return ""
    return f"{path}?{parts.query}" if parts.query else path


def _slug(post: ParsedPost, headline: str) -> str:
    slug = re.sub(r"\.html?\Z", "", unescape(post.slug))
    # WordPress stores letters beyond ASCII percent-encoded.
    if "%" in slug:
        slug = unquote(slug)
    return slug_for(slug or headline, fallback="article")


def _without_id(post: ParsedPost) -> str:
    """An id for a post the export gives none: its address, or what it says."""
    return hashlib.blake2b(f"{post.link}\0{post.title}\0{post.date}".encode(), digest_size=8).hexdigest()
