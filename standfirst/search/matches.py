"""What the index is asked for, in no database's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that follow one another; the last of them may be only begun."""

    tokens: tuple[str, ...]
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Articles that have at least one term of each group, and none of those left out. There is a group."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()

    @property
    def has_phrases(self) -> bool:
        return any(len(term.tokens) > 1 for group in (*self.groups, self.without) for term in group)


class Hit(NamedTuple):
    """An article that was found: where it is in the index, and what results can be narrowed to by it."""

    place: int
    article: int
    keys: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where what matches is, newest first. It `is_cut` if the time ran out before the end.

    `scores` says by place how well it matches, more being better, as far as it was asked for and there was time.
    """

    places: tuple[int, ...] = ()
    scores: Mapping[int, float] = field(default_factory=dict)
    is_cut: bool = False
