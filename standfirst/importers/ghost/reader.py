"""Reads a Ghost export in two passes.

The first, the survey, proves the whole file readable before anything is applied, and keeps what posts refer to: users, tags,
and which post has which. These tables may stand anywhere, before the posts or after them. The second yields the posts, one
at a time, for their bodies fill most of the file.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from standfirst.importers.ghost.jsonstream import stream_records
from standfirst.importers.ghost.rows import (
    HOME,
    GhostMeta,
    GhostPost,
    GhostTag,
    GhostUser,
    has_meta,
    in_order,
    inline,
    parse_meta,
    parse_post,
    parse_tag,
    parse_user,
    text_of,
    unwrapped,
)
from standfirst.importers.ghost.samples import is_as_it_came, is_sample_slug
from standfirst.importers.reading.records import ParsedSite
from standfirst.text.urls import parts_of

_TABLES = frozenset(
    ["meta", "posts", "posts_meta", "users", "posts_authors", "tags", "posts_tags", "settings"]
)
# Only these are looked at: the rest holds keys of other services, which are nobody's business here.
_SETTINGS = frozenset(
    [
        "active_timezone",
        "amp",
        "codeinjection_foot",
        "codeinjection_head",
        "db_hash",
        "default_locale",
        "ghost_foot",
        "ghost_head",
        "is_private",
        "lang",
        "locale",
        "navigation",
        "permalinks",
        "timezone",
        "title",
        "url",
    ]
)
_SITE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


@dataclass(slots=True)
class _Filed:
    """What the survey remembers of a post until all tables are read."""

    is_page: bool
    slug: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass
class Survey:
    """What the first pass learned of an export."""

    path: Path
    size: int
    site: ParsedSite = field(default_factory=lambda: ParsedSite("", ""))
    settings: dict[str, str] = field(default_factory=dict)
    users: dict[str, GhostUser] = field(default_factory=dict)  # by id
    tags: dict[str, GhostTag] = field(default_factory=dict)  # by id
    authors: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # of a post: order, user's id
    filed: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # of a post: order, tag's id
    meta: dict[str, GhostMeta] = field(default_factory=dict)  # by post
    articles: int = 0
    pages: int = 0
    written: Counter[str] = field(default_factory=Counter)  # articles of each user
    primary: Counter[str] = field(default_factory=Counter)  # articles each tag is the primary one of, by slug
    others: Counter[str] = field(default_factory=Counter)  # rows of tables that are not read
    unnamed_tags: int = 0
    warnings: list[str] = field(default_factory=list)

    @property
    def hosts(self) -> tuple[str, ...]:
        host = parts_of(self.site.address).netloc.removeprefix("www.")
        return (host,) if host else ()

    @property
    def base_path(self) -> str:
        return parts_of(self.site.address).path.rstrip("/") if self.site.address else ""

    def tags_of(self, post: GhostPost) -> list[GhostTag]:
        """A post's tags in their order, those that are there and have a name."""
        return [self.tags[number] for number in post.tags if number in self.tags]


def is_sample(post: GhostPost, found: Survey) -> bool:
    """Whether a post is one of Ghost's own, as it came."""
    authors = [found.users[number] for number in post.authors]
    if authors and is_sample_slug(post.slug) and all(user.is_sample for user in authors):
        return True
    return is_as_it_came(post.slug, f"{post.plaintext} {post.html}")


def survey(path: Path, *, on_bytes: Callable[[int], None] | None = None) -> Survey:
    """Reads the whole export once. Raises ImportRefused if it is none, or is damaged."""
    found = Survey(path, path.stat().st_size)
    _Surveyor(found).run(on_bytes)
    return found


def read_posts(found: Survey) -> Iterator[GhostPost]:
    """Yields the posts and pages of a surveyed export in the order of the file, with who wrote them and their tags."""
    for record in stream_records(found.path, wanted={"posts"}):
        row = unwrapped(record.value) if record.table == "posts" else None
        if row is None:
            continue
        post = parse_post(row)
        yield replace(
            post,
            authors=authors_of(post, found),
            tags=in_order(found.filed.get(post.id, ())) or post.tags,
            meta=found.meta.get(post.id, post.meta),
        )


def authors_of(post: GhostPost, found: Survey) -> tuple[str, ...]:
    """The users who wrote a post, in order: of the table, else as the post says itself."""
    stated = in_order(found.authors.get(post.id, ())) if post.id else ()
    for authors in (stated, post.authors, (post.author_id,)):
        known = tuple(number for number in dict.fromkeys(authors) if number in found.users)
        if known:
            return known
    return ()


class _Surveyor:
    def __init__(self, found: Survey) -> None:
        self.found = found
        self.posts: dict[str, _Filed] = {}
        self.hosts: Counter[str] = Counter()
        self.meta: dict[str, Any] = {}

    def run(self, on_bytes: Callable[[int], None] | None) -> None:
        found = self.found
        take: dict[str, Callable[[dict[str, Any]], None]] = {
            "posts": self._post,
            "posts_meta": self._post_meta,
            "users": self._user,
            "posts_authors": lambda row: self._link(found.authors, row, "author_id"),
            "tags": self._tag,
            "posts_tags": lambda row: self._link(found.filed, row, "tag_id"),
            "settings": self._setting,
            "meta": self.meta.update,
        }
        for record in stream_records(found.path, wanted=_TABLES, on_bytes=on_bytes):
            row = unwrapped(record.value)
            if row is not None:
                take[record.table](row)
            elif record.table in ("posts", "users", "tags") and record.value is not None:
                found.others[f"{record.table} without fields"] += 1
            elif record.table not in _TABLES:
                found.others[record.table] += 1
        self._finish()

    def _post(self, row: dict[str, Any]) -> None:
        found = self.found
        for user in filter(None, map(parse_user, inline(row, "authors", "author", "primary_author"))):
            found.users[user.id] = found.users.get(user.id, user).filled(user)
        for tag in filter(None, map(parse_tag, inline(row, "tags"))):
            if tag.name:
                found.tags.setdefault(tag.id, tag)
        post = parse_post(row)
        if post.is_page:
            found.pages += 1
        else:
            found.articles += 1
        if post.url:
            self.hosts[_home_of(post.url)] += 1
        if has_meta(row):
            found.meta[post.id] = post.meta
        authors = post.authors or ((post.author_id,) if post.author_id else ())
        filed = _Filed(post.is_page, post.slug, authors, post.tags)
        # Without an id it is counted all the same, under a key that nothing refers to.
        self.posts[post.id or f" {len(self.posts)}"] = filed

    def _post_meta(self, row: dict[str, Any]) -> None:
        meta = parse_meta(row)
        if meta != GhostMeta():
            self.found.meta[text_of(row, "post_id")] = meta

    def _user(self, row: dict[str, Any]) -> None:
        user = parse_user(row)
        if user is None:
            self.found.others["users without an id"] += 1
            return
        # The table knows a user better than a post that names them does.
        self.found.users[user.id] = user.filled(self.found.users.get(user.id, user))

    def _tag(self, row: dict[str, Any]) -> None:
        tag = parse_tag(row)
        if tag is not None and tag.name:
            self.found.tags[tag.id] = tag
        else:
            self.found.unnamed_tags += 1

    def _link(self, links: dict[str, list[tuple[int, str]]], row: dict[str, Any], to: str) -> None:
        post, other = text_of(row, "post_id"), text_of(row, to)
        if post and other:
            order = row.get("sort_order")
            links.setdefault(post, []).append((order if isinstance(order, int) else 0, other))

    def _setting(self, row: dict[str, Any]) -> None:
        key = text_of(row, "key")
        if key in _SETTINGS:
            self.found.settings[key] = text_of(row, "value")
        self.found.others["settings"] += 1

    # ------------------------------------------------------------------------------------------------------- the end

    def _finish(self) -> None:
        found, settings = self.found, self.found.settings
        for number, post in self.posts.items():
            if post.is_page:
                continue
            stated = [n for n in in_order(found.authors.get(number, ())) if n in found.users]
            authors = stated or [n for n in post.authors if n in found.users]
            if not (is_sample_slug(post.slug) and all(found.users[n].is_sample for n in authors)):
                found.written.update(authors)
            tags = [
                found.tags[n] for n in in_order(found.filed.get(number, ())) or post.tags if n in found.tags
            ]
            primary = next((tag for tag in tags if not tag.is_internal), None)
            if primary is not None:
                found.primary[primary.slug] += 1
        address = self._address()
        found.site = ParsedSite(
            title=settings.get("title", "") or ("" if address else found.path.stem),
            address=address,
            language=settings.get("locale") or settings.get("default_locale") or settings.get("lang", ""),
            version=text_of(self.meta, "version"),
            identity=settings["db_hash"] if _SITE_ID.match(settings.get("db_hash", "")) else "",
        )
        if any(settings.get(key, "").strip() for key in _SETTINGS if key.endswith(("_head", "_foot"))):
            found.warnings.append("the old site's own code (code injection) is left out")
        if settings.get("is_private") == "true":
            found.warnings.append(
                "the old site was private, behind one password for all of it; what was published there is published here"
            )

    def _address(self) -> str:
        """Where the old site was: an export does not say, but its menu or the posts' own addresses may."""
        stated = self.found.settings.get("url", "")
        if stated.startswith("http"):
            return stated.rstrip("/")
        if self.hosts:
            return self.hosts.most_common(1)[0][0]
        menu = self.found.settings.get("navigation", "")
        entries = re.findall(r'"url"\s*:\s*"([^"\\]*)', menu.replace("\\/", "/"))
        homes = Counter(map(_home_of, entries))
        homes.pop("", None)
        # A menu with paths of its own site names other sites by their addresses only.
        if not homes or any(entry.startswith(("/", HOME)) for entry in entries):
            return ""
        home, count = homes.most_common(1)[0]
        return home if count * 2 > len(entries) else ""


def _home_of(url: str) -> str:
    """The address of the site an address is on."""
    parts = parts_of(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
