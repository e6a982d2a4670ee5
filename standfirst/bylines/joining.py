"""What becomes of the credits of one article when some of them turn out to be somebody else's. Pure: no database.

Two credits in one role may then be one person's. The one that was theirs all along stays; the other is set aside, and
the order is closed up. Slots of a free wording go by places, so they are counted anew; a slot of a credit set aside
becomes the words that were printed there, for what was printed stays. Where nothing was printed yet it becomes the
slot of the one that stays.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .wording import SLOT


@dataclass(frozen=True, slots=True)
class Held:
    """One credit of an article, in printed order: whose it was and whose it is, in which role, printed how."""

    was: int
    now: int
    role: int
    name: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Which credits stay, by their places counted from nought, and the wording with its slots counted anew."""

    staying: tuple[int, ...]
    wording: str


def join(credits: Sequence[Held], wording: str) -> Joined:
    """What stays of an article's credits. Credits that were a person's twice already are left as they are."""
    theirs: dict[tuple[int, int], list[int]] = {}
    for place, credit in enumerate(credits):
        theirs.setdefault((credit.now, credit.role), []).append(place)
    aside: set[int] = set()
    for places in theirs.values():
        own = [place for place in places if credits[place].was == credits[place].now]
        others = [place for place in places if place not in own]
        aside.update(others if own else others[1:])
    staying = tuple(place for place in range(len(credits)) if place not in aside)
    return Joined(staying, _reworded(credits, wording, staying) if aside else wording)


def _reworded(credits: Sequence[Held], wording: str, staying: Sequence[int]) -> str:
    numbers = {place: number for number, place in enumerate(staying, 1)}
    theirs = {(credits[place].now, credits[place].role): number for place, number in numbers.items()}

    def slot(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if not 0 <= place < len(credits):
            return found[0]
        credit = credits[place]
        printed = re.sub(r"[{}]", "", credit.name)
        if place in numbers or not printed:
            return f"{{{numbers.get(place, theirs[credit.now, credit.role])}}}"
        return printed

    return SLOT.sub(slot, wording)
