"""The rows of a Ghost export's tables as values: what every version of Ghost calls the same thing, under one name.

Besides exports these are the records that Ghost's interface for programs gives, with authors and tags inside each post, and
those of Ghost's own migration tools, each in an envelope `{"url": …, "data": {…}}`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any

from standfirst.importers.ghost.samples import is_sample_account
from standfirst.text.printable import printable

# What the export writes in place of the site's address since version 4.
HOME = "__GHOST_URL__"
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
    kind: str = ""  # as newer versions call it: a post, a page, or what nobody knows here
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
        return self.visibility.casefold() == "public"

    @property
    def is_understood(self) -> bool:
        """Whether it is of a kind that readers read on the site: versions before 3 tell pages by a flag alone."""
        return self.kind in ("", "post", "page")

    @property
    def key(self) -> str:
        """What the ledger knows it by."""
        return f"post:{self.id or self.url or self.slug or self.title}"[:400]


def parse_post(row: Mapping[str, Any]) -> GhostPost:
    """One row of the table of posts."""
    authors = [user for user in map(parse_user, inline(row, "authors", "author")) if user]
    tags = [tag for tag in map(parse_tag, inline(row, "tags")) if tag]
    kind = _stated(row, "type", "")
    return GhostPost(
        id=text_of(row, "id"),
        is_page=kind == "page" if kind else _flag(row, "page"),
        kind=kind,
        status=text_of(row, "status"),
        visibility=_stated(row, "visibility", "public"),
        title=text_of(row, "title"),
        slug=text_of(row, "slug"),
        uuid=text_of(row, "uuid"),
        url=text_of(row, "url"),
        lexical=_raw(row, "lexical"),
        mobiledoc=_raw(row, "mobiledoc"),
        html=_raw(row, "html"),
        plaintext=_raw(row, "plaintext") or _raw(row, "markdown"),
        excerpt=text_of(row, "custom_excerpt"),
        image=text_of(row, "feature_image") or text_of(row, "image"),
        is_featured=_flag(row, "featured"),
        created=text_of(row, "created_at"),
        updated=text_of(row, "updated_at"),
        published=text_of(row, "published_at"),
        canonical=text_of(row, "canonical_url"),
        has_code=bool(text_of(row, "codeinjection_head") or text_of(row, "codeinjection_foot")),
        author_id=text_of(row, "author_id") or text_of(row, "author"),
        authors=tuple(user.id for user in authors),
        printed=tuple(user.name for user in authors),
        tags=tuple(tag.id for tag in tags),
        meta=parse_meta(row),
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


def parse_user(row: Any) -> GhostUser | None:
    row = unwrapped(row)
    if row is None:
        return None
    number = text_of(row, "id") or text_of(row, "url") or text_of(row, "slug") or text_of(row, "name")
    if not number:
        return None
    return GhostUser(
        id=number,
        name=text_of(row, "name"),
        slug=text_of(row, "slug"),
        email=text_of(row, "email"),
        bio=text_of(row, "bio"),
        website=text_of(row, "website"),
        image=text_of(row, "profile_image") or text_of(row, "image"),
        social=tuple((name, handle) for name in _SOCIAL if (handle := text_of(row, name))),
    )


def parse_tag(row: Any) -> GhostTag | None:
    row = unwrapped(row)
    if row is None:
        return None
    name, slug = text_of(row, "name"), text_of(row, "slug")
    number = text_of(row, "id") or slug or name
    if not number:
        return None
    return GhostTag(
        id=number,
        name=name or slug,
        slug=slug or name,
        description=text_of(row, "description"),
        visibility=text_of(row, "visibility") or "public",
        has_code=bool(text_of(row, "codeinjection_head") or text_of(row, "codeinjection_foot")),
    )


def parse_meta(row: Mapping[str, Any]) -> GhostMeta:
    return GhostMeta(
        meta_title=text_of(row, "meta_title"),
        meta_description=text_of(row, "meta_description"),
        feature_image_alt=text_of(row, "feature_image_alt"),
        feature_image_caption=text_of(row, "feature_image_caption"),
        email_only=_flag(row, "email_only"),
    )


def has_meta(row: Mapping[str, Any]) -> bool:
    return "id" in row and parse_meta(row) != GhostMeta()


def unwrapped(row: Any) -> dict[str, Any] | None:
    """A record out of its envelope, if it is in one; None for what is no record."""
    if not isinstance(row, dict):
        return None
    inner = row.get("data")
    if isinstance(inner, dict) and "id" not in row:
        return {"url": row.get("url"), **inner}
    return row


def inline(row: Mapping[str, Any], *names: str) -> list[Any]:
    """Records that stand inside a post, as a list or alone."""
    for name in names:
        value = row.get(name)
        if isinstance(value, list) and value:
            return value
        if isinstance(value, dict):
            return [value]
    return []


def in_order(links: Any) -> tuple[str, ...]:
    # Sorted by their order alone: of equal ones, the file's order counts.
    return tuple(dict.fromkeys(number for _, number in sorted(links, key=lambda link: link[0])))


def text_of(row: Mapping[str, Any], name: str) -> str:
    return _raw(row, name).strip()


def _stated(row: Mapping[str, Any], name: str, unstated: str) -> str:
    """A field on which it hangs whether readers see a post: what is no text is no word anybody understands."""
    value = row.get(name)
    if name not in row or (value is None and not unstated):
        return unstated
    return value.strip() if isinstance(value, str) else json.dumps(value, default=str)


def _raw(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if float(value).is_integer() else str(value)


def _flag(row: Mapping[str, Any], name: str) -> bool:
    return row.get(name) in (True, 1, "1", "true")
