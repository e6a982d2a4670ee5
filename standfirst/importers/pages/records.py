"""What a saved page says, in its own terms."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a page is."""

    ARTICLE = "article"
    AUTHOR = "author page"
    LISTING = "listing"
    TEXT = "page"  # about us, contact: a page of the publication
    OTHER = "something else"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a page names, and where it says so. `name` is as written: it may hold several people."""

    name: str
    source: str
    role: str = ""  # a role's code, where the property says one
    kind: str = ""  # "person" or "organisation", where the type says so
    url: str = ""  # where to read about them
    email: str = ""  # for matching; in no public place
    image: str = ""
    description: str = ""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section or tag a page names, and the address of its own page, if it links there."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of the same site, as a list holds it."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ListingPart:
    """What one page of a list shows: entries, how many there are to be, and its other pages."""

    claimed: int | None = None
    claim: str = ""  # the words that say so
    other_claims: tuple[str, ...] = ()
    entries: tuple[PageLink, ...] = ()
    others: tuple[str, ...] = ()  # addresses of older and newer pages of it


@dataclass(frozen=True, slots=True)
class Profile:
    """What an author page says of its person."""

    name: str = ""
    kind: str = ""
    biography: str = ""
    image: str = ""
    links: tuple[PageLink, ...] = ()
    aliases: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """One saved page, without its body."""

    file: str  # path below the folder that was given
    address: str  # the address it says is its own; else that of its file
    is_stated: bool  # whether the page itself says so
    kind: Kind
    why: str
    headline: str = ""
    standfirst: str = ""
    is_standfirst_printed: bool = False  # readers saw it; else machines alone were told
    language: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    dates_differ: str = ""
    named: tuple[Named, ...] = ()
    sections: tuple[Shelf, ...] = ()
    tags: tuple[Shelf, ...] = ()
    image: str = ""
    image_alt: str = ""
    image_caption: str = ""
    site_name: str = ""
    addresses: tuple[str, ...] = ()  # others it had: og:url, shortlink, saved from
    is_hidden: bool = False  # asked not to be indexed
    withheld: str = ""  # why it was not public, where something says so
    expires: datetime | None = None  # when it ceased to be
    listing: ListingPart | None = None
    profile: Profile | None = None
    broken_blocks: int = 0
    title: str = ""  # of the window
    is_a_text: bool = (
        False  # holds a headline, a byline and words, though it does not say that it is an article
    )
    issue_date: datetime | None = None  # of what it lists, as its heading says
