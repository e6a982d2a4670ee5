"""Until the matching lands: thrown away then."""

from dataclasses import dataclass

from standfirst.contributors.models import Contributor
from standfirst.contributors.queries import namesakes_of

_DIFFERENT = set()


@dataclass(frozen=True)
class Candidate:
    contributor: Contributor
    score: float
    reasons: tuple


def candidates_for(who, *, limit=3):
    name = who if isinstance(who, str) else who.display_name
    last = name.split()[-1]
    found = list(namesakes_of(name)) + list(
        Contributor.objects.present().filter(display_name__icontains=last)
    )
    own = getattr(who, "pk", None)
    return [Candidate(c, 0.8, ("Same last name.",)) for c in dict.fromkeys(found) if c.pk != own][:limit]


def declare_different(a, b, *, by):
    _DIFFERENT.add(frozenset((a.pk, b.pk)))


def take_back_different(a, b, *, by):
    _DIFFERENT.discard(frozenset((a.pk, b.pk)))


def are_different(pairs):
    return {p for p in pairs if frozenset(p) in _DIFFERENT}
