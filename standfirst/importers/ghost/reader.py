"""Reads a Ghost export in two passes.

The first, the survey, proves the whole file readable before anything is applied, and keeps what posts refer to: users, tags,
and which post has which. These tables may stand anywhere, before the posts or after them. The second yields the posts, one
at a time, for their bodies fill most of the file.

Besides exports this reads the same records as Ghost's interface for programs gives them, with authors and tags inside each
post, and as Ghost's own migration tools keep them, each record in an envelope `{"url": …, "data": {…}}`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from standfirst.importers.ghost.jsonstream import stream_records
from standfirst.importers.ghost.samples import is_as_it_came, is_sample_account, is_sample_slug
from standfirst.importers.records import ParsedSite

# What the export writes in place of the site's address since version 4.
HOME = "__GHOST_URL__"
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
_SOCIAL = (
    "facebook",
    "twitter",
    "threads",
    "bluesky",
    "mastodon",
    "tiktok",
    "youtube",
    "instagram",
    "linkedin",
)


@dataclass(frozen=True, slots=True)
class GhostUser:
    """Somebody with an account on the old site. The e-mail address is for matching, and stays in the ledger."""

    id: str
    name: str = ""
    slug: str = ""
    email: str = ""
    bio: str = ""
    website: str = ""
    image: str = ""
    social: tuple[tuple[str, str], ...] = ()

    @property
    def is_sample(self) -> bool:
        """Whether it is the account that Ghost itself made for its sample articles."""
        return is_sample_account(self.id, self.name, self.slug)

    def filled(self, other: "GhostUser") -> "GhostUser":
        """This record, with what it leaves open taken from another of the same user."""
        return replace(
            self, **{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(GhostUser)}
        )


@dataclass(frozen=True, slots=True)
class GhostTag:
    id: str
    name: str = ""
    slug: str = ""
    description: str = ""
    visibility: str = "public"
    has_code: bool = False

    @property
    def is_internal(self) -> bool:
        """Whether only the old theme knew it: its name begins with #."""
        return self.visibility == "internal" or self.name.startswith("#") or self.slug.startswith("hash-")


@dataclass(frozen=True, slots=True)
class GhostMeta:
    """What newer versions keep of a post in a table beside it."""

    meta_title: str = ""
    meta_description: str = ""
    feature_image_alt: str = ""
    feature_image_caption: str = ""
    email_only: bool = False


@dataclass(frozen=True, slots=True)
class GhostPost:
    """One post or page as the export has it, text untouched."""

    id: str
    is_page: bool
    status: str
    visibility: str
    title: str
    slug: str = ""
    uuid: str = ""
    url: str = ""
    lexical: str = ""
    mobiledoc: str = ""
    html: str = ""
    plaintext: str = ""
    excerpt: str = ""
    image: str = ""
    is_featured: bool = False
    created: str = ""
    updated: str = ""
    published: str = ""
    canonical: str = ""
    has_code: bool = False
    author_id: str = ""
    authors: tuple[str, ...] = ()  # users' ids, in printed order
    printed: tuple[str, ...] = ()  # their names, where the post itself holds them
    tags: tuple[str, ...] = ()  # tags' ids, the primary one first
    meta: GhostMeta = field(default_factory=GhostMeta)

    @property
    def is_for_everybody(self) -> bool:
        # Versions before 3 knew no members, and say nothing.
        return self.visibility in ("", "public")

    @property
    def key(self) -> str:
        """What the ledger knows it by."""
        return f"post:{self.id or self.url or self.slug or self.title}"[:400]


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
        host = urlsplit(self.site.address).netloc.removeprefix("www.")
        return (host,) if host else ()

    @property
    def base_path(self) -> str:
        return urlsplit(self.site.address).path.rstrip("/") if self.site.address else ""

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
        row = _unwrapped(record.value) if record.table == "posts" else None
        if row is None:
            continue
        post = parse_post(row)
        yield replace(
            post,
            authors=authors_of(post, found),
            tags=_in_order(found.filed.get(post.id, ())) or post.tags,
            meta=found.meta.get(post.id, post.meta),
        )


def authors_of(post: GhostPost, found: Survey) -> tuple[str, ...]:
    """The users who wrote a post, in order: of the table, else as the post says itself."""
    stated = _in_order(found.authors.get(post.id, ())) if post.id else ()
    for authors in (stated, post.authors, (post.author_id,)):
        known = tuple(number for number in dict.fromkeys(authors) if number in found.users)
        if known:
            return known
    return ()


def parse_post(row: Mapping[str, Any]) -> GhostPost:
    """One row of the table of posts."""
    authors = [user for user in map(_user, _inline(row, "authors", "author")) if user]
    tags = [tag for tag in map(_tag, _inline(row, "tags")) if tag]
    kind = _text(row, "type")
    return GhostPost(
        id=_text(row, "id"),
        is_page=kind == "page" if kind else _flag(row, "page"),
        status=_text(row, "status"),
        visibility=_text(row, "visibility"),
        title=_text(row, "title"),
        slug=_text(row, "slug"),
        uuid=_text(row, "uuid"),
        url=_text(row, "url"),
        lexical=_raw(row, "lexical"),
        mobiledoc=_raw(row, "mobiledoc"),
        html=_raw(row, "html"),
        plaintext=_raw(row, "plaintext") or _raw(row, "markdown"),
        excerpt=_text(row, "custom_excerpt"),
        image=_text(row, "feature_image") or _text(row, "image"),
        is_featured=_flag(row, "featured"),
        created=_text(row, "created_at"),
        updated=_text(row, "updated_at"),
        published=_text(row, "published_at"),
        canonical=_text(row, "canonical_url"),
        has_code=bool(_text(row, "codeinjection_head") or _text(row, "codeinjection_foot")),
        author_id=_text(row, "author_id") or _text(row, "author"),
        authors=tuple(user.id for user in authors),
        printed=tuple(user.name for user in authors),
        tags=tuple(tag.id for tag in tags),
        meta=_meta(row),
    )


def parse_date(text: str) -> datetime | None:
    """A moment as any version writes it: in words (UTC where no zone is named) or as milliseconds since 1970."""
    text = text.strip()
    try:
        if re.fullmatch(r"-?\d{9,14}(?:\.\d+)?", text):
            return datetime.fromtimestamp(float(text) / 1000, UTC)
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


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
            row = _unwrapped(record.value)
            if row is not None:
                take[record.table](row)
            elif record.table in ("posts", "users", "tags") and record.value is not None:
                found.others[f"{record.table} without fields"] += 1
            elif record.table not in _TABLES:
                found.others[record.table] += 1
        self._finish()

    def _post(self, row: dict[str, Any]) -> None:
        found = self.found
        for user in filter(None, map(_user, _inline(row, "authors", "author", "primary_author"))):
            found.users[user.id] = found.users.get(user.id, user).filled(user)
        for tag in filter(None, map(_tag, _inline(row, "tags"))):
            if tag.name:
                found.tags.setdefault(tag.id, tag)
        post = parse_post(row)
        if post.is_page:
            found.pages += 1
        else:
            found.articles += 1
        if post.url:
            self.hosts[_home_of(post.url)] += 1
        if _has_meta(row):
            found.meta[post.id] = post.meta
        authors = post.authors or ((post.author_id,) if post.author_id else ())
        filed = _Filed(post.is_page, post.slug, authors, post.tags)
        # Without an id it is counted all the same, under a key that nothing refers to.
        self.posts[post.id or f" {len(self.posts)}"] = filed

    def _post_meta(self, row: dict[str, Any]) -> None:
        meta = _meta(row)
        if meta != GhostMeta():
            self.found.meta[_text(row, "post_id")] = meta

    def _user(self, row: dict[str, Any]) -> None:
        user = _user(row)
        if user is None:
            self.found.others["users without an id"] += 1
            return
        # The table knows a user better than a post that names them does.
        self.found.users[user.id] = user.filled(self.found.users.get(user.id, user))

    def _tag(self, row: dict[str, Any]) -> None:
        tag = _tag(row)
        if tag is not None and tag.name:
            self.found.tags[tag.id] = tag
        else:
            self.found.unnamed_tags += 1

    def _link(self, links: dict[str, list[tuple[int, str]]], row: dict[str, Any], to: str) -> None:
        post, other = _text(row, "post_id"), _text(row, to)
        if post and other:
            order = row.get("sort_order")
            links.setdefault(post, []).append((order if isinstance(order, int) else 0, other))

    def _setting(self, row: dict[str, Any]) -> None:
        key = _text(row, "key")
        if key in _SETTINGS:
            self.found.settings[key] = _text(row, "value")
        self.found.others["settings"] += 1

    # ------------------------------------------------------------------------------------------------------- the end

    def _finish(self) -> None:
        found, settings = self.found, self.found.settings
        for number, post in self.posts.items():
            if post.is_page:
                continue
            stated = [n for n in _in_order(found.authors.get(number, ())) if n in found.users]
            authors = stated or [n for n in post.authors if n in found.users]
            if not (is_sample_slug(post.slug) and all(found.users[n].is_sample for n in authors)):
                found.written.update(authors)
            tags = [
                found.tags[n] for n in _in_order(found.filed.get(number, ())) or post.tags if n in found.tags
            ]
            primary = next((tag for tag in tags if not tag.is_internal), None)
            if primary is not None:
                found.primary[primary.slug] += 1
        address = self._address()
        found.site = ParsedSite(
            title=settings.get("title", "") or ("" if address else found.path.stem),
            address=address,
            language=settings.get("locale") or settings.get("default_locale") or settings.get("lang", ""),
            version=_text(self.meta, "version"),
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


# ------------------------------------------------------------------------------------------------------------- records


def _user(row: Any) -> GhostUser | None:
    row = _unwrapped(row)
    if row is None:
        return None
    number = _text(row, "id") or _text(row, "url") or _text(row, "slug") or _text(row, "name")
    if not number:
        return None
    return GhostUser(
        id=number,
        name=_text(row, "name"),
        slug=_text(row, "slug"),
        email=_text(row, "email"),
        bio=_text(row, "bio"),
        website=_text(row, "website"),
        image=_text(row, "profile_image") or _text(row, "image"),
        social=tuple((name, handle) for name in _SOCIAL if (handle := _text(row, name))),
    )


def _tag(row: Any) -> GhostTag | None:
    row = _unwrapped(row)
    if row is None:
        return None
    name, slug = _text(row, "name"), _text(row, "slug")
    number = _text(row, "id") or slug or name
    if not number:
        return None
    return GhostTag(
        id=number,
        name=name or slug,
        slug=slug or name,
        description=_text(row, "description"),
        visibility=_text(row, "visibility") or "public",
        has_code=bool(_text(row, "codeinjection_head") or _text(row, "codeinjection_foot")),
    )


def _meta(row: Mapping[str, Any]) -> GhostMeta:
    return GhostMeta(
        meta_title=_text(row, "meta_title"),
        meta_description=_text(row, "meta_description"),
        feature_image_alt=_text(row, "feature_image_alt"),
        feature_image_caption=_text(row, "feature_image_caption"),
        email_only=_flag(row, "email_only"),
    )


def _has_meta(row: Mapping[str, Any]) -> bool:
    return "id" in row and _meta(row) != GhostMeta()


def _unwrapped(row: Any) -> dict[str, Any] | None:
    """A record out of its envelope, if it is in one; None for what is no record."""
    if not isinstance(row, dict):
        return None
    inner = row.get("data")
    if isinstance(inner, dict) and "id" not in row:
        return {"url": row.get("url"), **inner}
    return row


def _inline(row: Mapping[str, Any], *names: str) -> list[Any]:
    """Records that stand inside a post, as a list or alone."""
    for name in names:
        value = row.get(name)
        if isinstance(value, list) and value:
            return value
        if isinstance(value, dict):
            return [value]
    return []


def _in_order(links: Any) -> tuple[str, ...]:
    # Sorted by their order alone: of equal ones, the file's order counts.
    return tuple(dict.fromkeys(number for _, number in sorted(links, key=lambda link: link[0])))


def _text(row: Mapping[str, Any], name: str) -> str:
    return _raw(row, name).strip()


def _raw(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if float(value).is_integer() else str(value)


def _flag(row: Mapping[str, Any], name: str) -> bool:
    return row.get(name) in (True, 1, "1", "true")


def _home_of(url: str) -> str:
    """The address of the site an address is on."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
