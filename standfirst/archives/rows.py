"""What templates get of archives: finished, frozen rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from standfirst.articles.rows import ArchiveEntry
from standfirst.bodies.rows import Link, Picture


@dataclass(frozen=True, slots=True)
class YearGroup:
    """The entries of one year, newest first."""

    year: int
    entries: tuple[ArchiveEntry, ...]


@dataclass(frozen=True, slots=True)
class RoleWork:
    """A contributor's work in a role that is not authorship."""

    code: str
    label: str
    heading: str
    count: int
    counted: str
    years: tuple[YearGroup, ...]
    older: Link | None
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a contributor's name, and the number in it: of articles or, without any, of other work."""

    count: int
    text: str


@dataclass(frozen=True, slots=True)
class ContributorProfile:
    """A contributor as the head of their page shows them."""

    display_name: str
    heading: str
    note: str
    biography: Markup
    portrait: Picture | None
    links: tuple[Link, ...]
    identifiers: tuple[Link, ...]
    aliases: tuple[str, ...]
    id: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    letter: str
    url: str
    is_current: bool
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A contributor in the A–Z. `count` is the number in the heading of their page, and what `count_label` counts.

    `has_articles` tells whether these are articles, so that the number alone says it.
    """

    name: str
    sort_name: str
    url: str
    note: str
    count: int
    count_label: str
    has_articles: bool


@dataclass(frozen=True, slots=True)
class LetterGroup:
    letter: str
    people: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class SectionFront:
    """A section on the front page: its name and its newest entries."""

    link: Link
    entries: tuple[ArchiveEntry, ...]


def by_year(entries: Iterable[ArchiveEntry]) -> tuple[YearGroup, ...]:
    """Entries, in the order given, under the years they appeared in."""
    return tuple(
        YearGroup(year, tuple(group)) for year, group in groupby(entries, key=lambda entry: entry.year)
    )
