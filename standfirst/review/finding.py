"""Looking for contributors who are probably one, some at a time: an archive may have a hundred thousand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.database.batches import batched
from standfirst.identity.candidates import Candidate, candidates_of_each

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
    asked = ask_about_duplicates(_pairs(some), source=SOURCE)
    return Found(len(some), asked, some[-1].pk if some else after, len(some) < at_most)


def most_alike(contributors: Collection[int], *, at_most: int) -> tuple[list[LikelyDuplicate], int]:
    """Of the pairs that these contributors, by id, are of: so many that are most alike, and how many more there are."""
    found: dict[tuple[int, ...], LikelyDuplicate] = {}
    for some in batched(sorted(contributors)):
        for pair in _pairs(list(Contributor.objects.present().filter(pk__in=some))):
            found.setdefault(tuple(sorted((pair.first, pair.second))), pair)
    ranked = sorted(found.values(), key=lambda pair: (-pair.score, pair.first, pair.second))
    return ranked[:at_most], len(ranked[at_most:])


def _pairs(people: Sequence[Contributor]) -> list[LikelyDuplicate]:
    alike = [(person, one) for person, candidates in candidates_of_each(people) for one in candidates]
    credits = _credits({one.pk for person, candidate in alike for one in (person, candidate.contributor)})
    return [_pair(person.pk, candidate, credits) for person, candidate in alike]


def _credits(contributors: Collection[int]) -> dict[int, int]:
    counted = Credit.objects.filter(contributor__in=contributors).order_by().values("contributor")
    return dict(counted.annotate(number=Count("pk")).values_list("contributor", "number"))


def _pair(one: int, candidate: Candidate, credits: Mapping[int, int]) -> LikelyDuplicate:
    # Unless the editor says otherwise, whoever has more work here is kept, else whoever was here first.
    first, second = sorted((one, candidate.contributor.pk), key=lambda pk: (-credits.get(pk, 0), pk))
    return LikelyDuplicate(first, second, candidate.score, candidate.reasons)
