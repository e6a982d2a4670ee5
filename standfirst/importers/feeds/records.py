"""What a feed says, in its own terms."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedPerson:
    """Somebody a feed names. `raw` is as written; the address of their mail is for matching only."""

    raw: str
    source: str  # the element that says so, as "dc:creator"
    role: str = ""  # a role's code, where the element says one
    url: str = ""
    email: str = ""
    is_inherited: bool = False  # said of the whole feed


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """The head of a feed."""

    kind: str  # "RSS", "Atom" or "JSON Feed"
    title: str = ""
    link: str = ""  # of the site
    self_url: str = ""
    language: str = ""
    people: tuple[FeedPerson, ...] = ()
    managing_editor: str = ""
    total: int | None = None  # how many entries it says there are
    goes_on_at: tuple[str, ...] = ()  # addresses of its older and newer pages (RFC 5005)


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry of a feed."""

    id: str
    link: str
    title: str
    content: str = ""  # HTML
    summary: str = ""
    base: str = ""  # what its links are relative to
    published: datetime | None = None
    updated: datetime | None = None
    date_from: str = ""
    people: tuple[FeedPerson, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""
    image_alt: str = ""
    players: tuple[tuple[str, str], ...] = ()  # enclosures that are heard or seen: address, title
    language: str = ""
    is_draft: bool = False
    limits: tuple[tuple[str, str], ...] = ()  # names and values of what says until when it may be read
    kind: str = ""  # what it says it is, where that is no article: "comment"
