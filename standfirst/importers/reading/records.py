"""The middle language of imports: what every reader turns its bytes into, and the only thing applying understands.

*Parsed* records hold what a source says, in its own terms. *Draft* records hold what that means here. Both are frozen,
plain and picklable: conversion may happen in another process. Nothing in this module touches a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

# ----------------------------------------------------------------------------------------------- as the source says


@dataclass(frozen=True, slots=True)
class ParsedSite:
    """The publication an archive was made from."""

    title: str
    address: str  # with scheme, without trailing slash: "https://example.org/blog"
    other_addresses: tuple[str, ...] = ()
    language: str = ""
    version: str = ""
    identity: str = ""  # the source's own id for the site, where its archives do not say the address

    @property
    def addresses(self) -> tuple[str, ...]:
        return (self.address, *self.other_addresses) if self.address else self.other_addresses


@dataclass(frozen=True, slots=True)
class MediaRef:
    """An image that a body or a lead image points at, by the source's id, its address there, or both."""

    source_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ParsedAuthor:
    """Somebody the source knows by a record of its own: an account, a guest author or an author term.

    `login` and `email` are for matching and stay in the ledger; no public name or address is made of them.
    """

    kind: str  # "account", "guest" or "term"
    source_id: str
    login: str = ""
    email: str = ""
    display_name: str = ""
    first_name: str = ""
    last_name: str = ""
    slug: str = ""  # what the old author page was called
    biography: str = ""
    website: str = ""
    linked_login: str = ""
    portrait: MediaRef | None = None
    websites: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # other names the source states to be theirs
    identifiers: tuple[tuple[str, str], ...] = ()  # authority and identifier, as in ("orcid", "0000-…")
    sort_name: str = ""


@dataclass(frozen=True, slots=True)
class ParsedTerm:
    """A category, tag or term of another taxonomy."""

    taxonomy: str
    slug: str
    name: str
    parent_slug: str = ""
    description: str = ""
    source_id: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedMedia:
    """An uploaded file the source knows of. Its bytes are looked for in a folder of uploads, never fetched."""

    source_id: str
    url: str
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    parent_id: str = ""
    file_path: str = ""


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term as one post names it: the source's short name, and the words beside it."""

    taxonomy: str
    slug: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedPost:
    """One item of an export, with its text as the source stores it."""

    source_id: str
    post_type: str
    status: str
    title: str
    content: str
    excerpt: str = ""
    creator: str = ""
    slug: str = ""
    link: str = ""
    guid: str = ""
    date: str = ""
    date_gmt: str = ""
    modified: str = ""
    modified_gmt: str = ""
    pub_date: str = ""
    password: str = ""
    parent_id: str = ""
    is_sticky: bool = False
    comments: int = 0
    terms: tuple[TermUse, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    attachment_url: str = ""

    def meta_value(self, key: str) -> str:
        return next((value for name, value in self.meta if name == key), "")

    def meta_values(self, key: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.meta if name == key)


# -------------------------------------------------------------------------------------------------- as it means here


class BodyBlock(NamedTuple):
    """One body block: the name and raw value of the article's StreamField, images still as `MediaRef`."""

    type: str
    value: Any


def pictures_in(block: BodyBlock) -> list[MediaRef]:
    if block.type == "image":
        return [block.value["image"]]
    if block.type == "gallery":
        return [image["image"] for image in block.value["images"]]
    return []


@dataclass(frozen=True, slots=True)
class ConvertedBody:
    """A body in blocks, with what the conversion did not understand, by name."""

    blocks: tuple[BodyBlock, ...]
    unknown_shortcodes: tuple[str, ...] = ()
    unknown_blocks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what an editor should know of it


@dataclass(frozen=True, slots=True)
class CameTo:
    """What a body's conversion came to: all that is asked of one that did not change."""

    mark: str  # of what it was made of; empty where nobody remembers it (`memory`)
    digest: str  # of its blocks
    pictures: tuple[MediaRef, ...] = ()  # in them
    unknown_shortcodes: tuple[str, ...] = ()
    unknown_blocks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentContext:
    """What a post's content needs to know beside itself."""

    hosts: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()  # ids of the media attached to the post, for a gallery that names none
    footnotes: str = ""
    reusable: Mapping[str, str] = field(default_factory=dict)
    media_urls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class DraftContributor:
    """A contributor-to-be, with every source record that is the same person."""

    key: str  # the first of `source_keys`; what credits point at
    display_name: str
    source_keys: tuple[str, ...]
    is_name_derived: bool = False  # made out of a login or slug, for want of a stated name
    rank: int = 0  # how well the source knows the name: made up, an account's, a guest author's
    biography: str = ""
    links: tuple[DraftLink, ...] = ()
    old_slugs: tuple[str, ...] = ()
    old_ids: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    portrait: MediaRef | None = None
    preferred_slug: str = ""
    is_credited: bool = True
    kind: str = "person"  # a contributor's kind
    sort_name: str = ""
    aliases: tuple[str, ...] = ()  # other names the source states to be theirs
    identifiers: tuple[tuple[str, str], ...] = ()  # authority and identifier, as in ("orcid", "0000-…")


class LinkedHow(StrEnum):
    """On what evidence a byline was linked to a contributor."""

    STATED = "stated"  # the source names this person by its own id for them
    INFERRED = "inferred"  # one id equals another once dots, dashes and case are dropped


@dataclass(frozen=True, slots=True)
class DraftCredit:
    contributor_key: str
    how: LinkedHow
    role: str = "author"  # a role's code
    evidence: str = ""  # for the report and the ledger, never public
    source_text: str = ""  # the byline word for word, when it names no login or e-mail address
    printed_name: str = ""  # as this article printed it; left empty, it is the contributor's name
    printed_note: str = ""


@dataclass(frozen=True, slots=True)
class DraftDoubt:
    """A byline that was not read with certainty, for an editor to look at."""

    raw: str
    reasons: tuple[str, ...]
    reading: Mapping[str, Any]  # as `bylines.reading.as_json` gives it


class Publicity(StrEnum):
    """What an imported article is here."""

    LIVE = "live"
    DRAFT = "draft"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class DraftTerm:
    """A section- or topic-to-be."""

    key: str  # "category:news"
    name: str
    slug: str
    description: str = ""
    old_paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftArticle:
    """An article- or page-to-be."""

    key: str  # by which the source knows it, with its kind: "post:123"
    is_page: bool
    publicity: Publicity
    headline: str
    slug: str
    standfirst: str = ""
    body: tuple[BodyBlock, ...] = ()
    published_at: datetime | None = (
        None  # when it was, or is to be, published; for a draft: if readers once saw it
    )
    updated_at: datetime | None = None
    credits: tuple[DraftCredit, ...] = ()
    section_key: str = ""
    topic_keys: tuple[str, ...] = ()
    lead_image: MediaRef | None = None
    lead_alt: str = (
        ""  # what the article itself says of its lead image; else the archive's list of media is asked
    )
    lead_caption: str = ""
    lead_credit: str = ""
    old_paths: tuple[str, ...] = ()
    raw_byline: str = ""
    doubts: tuple[DraftDoubt, ...] = ()
    notes: tuple[str, ...] = ()
    is_sticky: bool = False
    search_description: str = ""
    seo_title: str = ""  # for search engines, where it is not the headline
    parent_key: str = ""  # of a page below another
    source_status: str = ""
    unread: Mapping[str, str] = field(
        default_factory=dict
    )  # the source's fields that nothing here is made of
    feed_id: str = ""  # what subscribers of the source's own feeds know it by; empty where nobody can tell
    place: str = (
        ""  # where it stands in the archive, for a sentence about it, where its key says nothing to people
    )
    kept: tuple[
        tuple[str, str], ...
    ] = ()  # what the source says beside all this, by its own names: for the ledger
    words: tuple[str, ...] = ()  # of each block of the body, for search; pictures aside
    digest: str = ""  # of everything but pictures, to tell whether it changed
    came_to: CameTo = CameTo("", "")  # its body
    made_of: Any = (
        None  # what the archive makes the body of, where it was left out, being as it was (`memory`)
    )


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item of an archive that is no article, said in passing while articles are read."""

    kind: str
    reason: str
    record: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A record nothing can be made of, and why: in words that go on from its name."""

    kind: str
    reason: str
    record: str


# What a record that may be an article comes to.
Outcome: TypeAlias = DraftArticle | Skipped | Refused


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Records of one kind that are never imported, and why."""

    kind: str
    reason: str
    count: int
    records: tuple[str, ...] = ()


class OldPath(NamedTuple):
    """An address of the old site that is no article's, and what it leads to.

    `leads_to` is the key of a contributor ("contributor:" before it) or of a term, `articles` for the list of everything
    or `front` for the front page. A feed leads to the feed of what it was of. With `address:` before it, it is an address as
    the old site had it, on that site or elsewhere: the one this old path was redirected to.
    """

    path: str
    leads_to: str
    is_feed: bool = False


@dataclass(frozen=True, slots=True)
class UnreadField:
    """A field of a source's records that no words here are made of: how often it is filled, and with what, for example."""

    name: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """What a column of a table was taken for, and why."""

    table: str
    heading: str
    field: str
    because: str
    filled: int
    rows: int
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What the old site said of one contributor's archive, beside what the import found.

    The lists hold addresses of the old site.
    """

    contributor: str
    claimed: int | None  # the number in its heading; None where it gave none
    found: int
    source: str = ""  # the address of the page that said so
    listed_and_found: tuple[str, ...] = ()
    listed_and_missing: tuple[str, ...] = ()
    listed_and_uncredited: tuple[str, ...] = ()  # found, but it names somebody else
    found_and_unlisted: tuple[str, ...] = ()
