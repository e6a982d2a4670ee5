"""What the index is asked for, in no database's language."""

from dataclasses import dataclass
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
class Hits:
    """What was found, newest first. It `is_cut` if the time ran out before the end."""

    hits: tuple[Hit, ...] = ()
    is_cut: bool = False
