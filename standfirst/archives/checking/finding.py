"""What a check finds, and what a check is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: what kind of damage, on what, in a sentence, and how to mend it.

    `subject` is for programs, in the form of the keys of the page cache: `article:901`.
    """

    kind: str
    subject: str
    sentence: str
    mend: str


Found = Iterator[tuple[str, str]]
"""Subject and sentence of each thing found."""


@dataclass(frozen=True, slots=True)
class Check:
    """A promise, and the search for what breaks it.

    `find` gets the present moment. It asks the database for what is wrong and streams the answer, so that its
    cost is one walk through an index or a table, and nothing is held in memory but what is wrong.
    """

    kind: str
    title: str
    mend: str
    find: Callable[[datetime], Found]
    is_note: bool = False  # worth an editor's look, and breaks no promise

    def findings(self, now: datetime) -> Iterator[Finding]:
        for subject, sentence in self.find(now):
            yield Finding(self.kind, subject, sentence, self.mend)


def said(title: str, number: int) -> str:
    """An article as sentences name it."""
    return f"“{title}” (article {number})"
