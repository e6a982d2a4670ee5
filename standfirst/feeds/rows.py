"""What the formats are given: finished, frozen rows. Every address in them is whole."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedPerson:
    """Somebody credited with an entry, as printed there. `uri` is empty for who has no page."""

    name: str
    uri: str = ""
    role: str = ""  # its code


@dataclass(frozen=True, slots=True)
class FeedCategory:
    """A section or topic that an entry is filed under."""

    name: str
    slug: str
    scheme: str  # what tells sections from topics: the address that all of its kind begin with


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article as feeds have it. `html` is None where they hold standfirsts alone.

    `id` is what subscribers know it by, as it was in the system before; `iri` is the same if it can be one, for Atom,
    which allows nothing else.
    """

    id: str
    iri: str
    url: str
    title: str
    standfirst: str
    html: str | None
    published_at: datetime
    updated_at: datetime
    authors: tuple[FeedPerson, ...]
    others: tuple[FeedPerson, ...]
    categories: tuple[FeedCategory, ...]
    picture: str = ""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """One document of a feed: the one that is subscribed to, or one of its archive (RFC 5005).

    `own_url` is its own address, `current` that of the document subscribed to: the same, if it is that. `newer` and
    `older` are the documents of the archive that follow and go before.
    """

    id: str
    title: str
    language: str
    publication: str
    home: str
    page: str
    own_url: str
    current: str
    updated_at: datetime
    entries: tuple[FeedEntry, ...]
    description: str = ""
    older: str = ""
    newer: str = ""
    hub: str = ""

    @property
    def is_archive(self) -> bool:
        return self.own_url != self.current
