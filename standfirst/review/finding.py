"""Looking for contributors who are probably one, some at a time: an archive may have a hundred thousand."""

from dataclasses import dataclass

from standfirst.contributors.models import Contributor
from standfirst.identity.candidates import candidates_for

from .actions import LikelyDuplicate, ask_about_duplicates

SOURCE = "search for duplicates"


@dataclass(frozen=True, slots=True)
class Found:
    """How far a search got: contributors compared, questions that are new, and the id to go on behind."""

    compared: int
    asked: int
    last: int
    is_finished: bool


def find_duplicates(*, after: int = 0, at_most: int = 500) -> Found:
    """Compare the next contributors (by id, behind `after`) with all others, and ask about those who are alike.

    Nothing is lost if it is stopped, and nothing is asked twice if it starts anew.
    """
    some = list(Contributor.objects.present().filter(pk__gt=after).order_by("pk")[:at_most])
    pairs = [
        _pair(person, candidate.contributor, candidate.score, candidate.reasons)
        for person in some
        for candidate in candidates_for(person)
    ]
    asked = ask_about_duplicates(pairs, source=SOURCE)
    return Found(len(some), asked, some[-1].pk if some else after, len(some) < at_most)


def _pair(one: Contributor, other: Contributor, score: float, reasons: tuple[str, ...]) -> LikelyDuplicate:
    # Who came first is kept, unless the editor says otherwise: they have had their address for longest.
    first, second = sorted((one.pk, other.pk))
    return LikelyDuplicate(first, second, score, tuple(reasons))
