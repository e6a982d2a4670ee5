"""The index in each database: one contract, held by the same tests on both."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Protocol

from django.db import connection

from standfirst.search.entries import Entry
from standfirst.search.matches import Hit, Match, Places


class Engine(Protocol):
    """What writes the index and asks it. Nothing that is asked takes longer than its deadline."""

    def places_for(self, minutes: Sequence[tuple[int, int]]) -> list[int]:
        """A place for each of these articles that is nobody's: minutes (`entries.minute_of`), each with the article's id."""

    def is_of_minute(self, place: int, minute: int) -> bool:
        """Whether an article may stay at its place. One that was crowded out of its minute moves when it is stored anew."""

    def enter(self, entries: Sequence[Entry]) -> None:
        """Write new entries."""

    def remove(self, entries: Sequence[Entry]) -> None:
        """Take entries out, which must be as they were entered."""

    def empty(self) -> None:
        """Take out everything, whatever state it is in."""

    def newest(self, match: Match, *, in_heads: bool, limit: int, is_ranked: bool = False) -> Places:
        """Where what matches is, newest first: in heads alone, where words may be begun, or in all."""

    def documents(self, places: Sequence[int]) -> list[Hit]:
        """What is at these places, in no order."""

    def unwritten(self) -> Iterator[int]:
        """Places of documents whose words are not in the index."""

    def unknown_words(self, words: Sequence[str]) -> list[str]:
        """Those of these words that are not noted yet. However many they are, it is one query."""

    def beginning(self, column: str, start: str) -> tuple[str, Collection[str]]:
        """The condition that a column's value begins so, in SQL, with its parameters."""


@cache
def engine() -> Engine:
    """That of the publication's database."""
    if connection.vendor == "sqlite":
        from .sqlite import SQLite

        return SQLite()
    from .postgresql import PostgreSQL

    return PostgreSQL()
