"""What the template of the search gets: finished, frozen rows."""

from dataclasses import dataclass

from markupsafe import Markup

from standfirst.articles.rows import ArchiveEntry
from standfirst.bodies.rows import Link


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An article that was found, with what was looked for marked. `passage` is the best sentence of its body, or empty."""

    entry: ArchiveEntry
    headline: Markup
    standfirst: Markup
    passage: Markup


@dataclass(frozen=True, slots=True)
class FoundArticles:
    """Some of the articles that were found, by their ids. `count` is of all, at most a thousand; `is_exact` if there are no more.

    `searched_for` is what was asked, or what it was taken for, having found nothing.
    """

    articles: tuple[int, ...] = ()
    count: int = 0
    is_exact: bool = True
    has_more: bool = False
    searched_for: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """What the words are the name of: a section, a topic, somebody."""

    kind_label: str
    link: Link


@dataclass(frozen=True, slots=True)
class Choice:
    """What results can be narrowed to. Its count is true, or empty where it is not known."""

    link: Link
    count: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow results down."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a reader gets for what they asked.

    `count` says in words how many there are. `is_cut`: it was not searched to the end. `wants_nothing`: all that was typed is
    what is not wanted. `instead` is what was searched for in place of what was asked, which finds nothing.
    """

    count: str = ""
    is_cut: bool = False
    wants_nothing: bool = False
    instead: Link | None = None
    leads: tuple[Lead, ...] = ()
    people: tuple[Link, ...] = ()
    has_people_first: bool = False
    entries: tuple[FoundEntry, ...] = ()
    narrowed: tuple[Link, ...] = ()
    facets: tuple[Facet, ...] = ()
    orders: tuple[Link, ...] = ()
    newer: Link | None = None
    older: Link | None = None
