"""What sitemaps hold: finished, frozen rows with whole addresses."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Place:
    """An address, when the newest thing on it appeared or changed, and the pictures on it."""

    url: str
    modified_at: datetime | None = None
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """An article of the last days."""

    url: str
    title: str
    published_at: datetime
