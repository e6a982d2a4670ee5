"""A byline is made from credits, so that its wording and the archives cannot disagree.

By default the names are listed by role: “Ivo Larch and Jon Trickett, translated by Ada Quill”. An editor
may word it freely, with a slot for each credit: “Reported by {1}, translated by {2}”. A slot names a credit
by its place in the printed order, counted from one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

SLOT = re.compile(r"\{(\d{1,3})\}")


@dataclass(frozen=True, slots=True)
class PrintedCredit:
    """A credit as a byline needs it. `url` is empty where the contributor has no page to link to."""

    name: str
    url: str
    phrase: str
    prints: str
    role_order: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class BylinePart:
    """A run of a byline: a contributor's name with where it leads, or the words between (`url` is empty)."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FootCredit:
    """The people in one role that prints at the foot of the article."""

    label: str
    people: tuple[BylinePart, ...]


def byline(credits: Sequence[PrintedCredit], wording: str = "") -> tuple[BylinePart, ...]:
    """The byline of an article as the reader sees it; empty when nobody is credited in it.

    `credits` are all of the article's, in printed order: slots count them all, also those printed
    elsewhere. A slot without a credit prints nothing: `wording_faults` tells the editor beforehand.
    """
    if wording.strip():
        return _merged(_worded(credits, wording))
    return _merged(_listed([credit for credit in credits if credit.prints == "byline"]))


def foot_credits(credits: Sequence[PrintedCredit], wording: str = "") -> tuple[FootCredit, ...]:
    """Credits printed at the foot of the article, by role, less those a free wording already names."""
    worded = {int(slot) for slot in SLOT.findall(wording)}
    at_foot = [
        credit for place, credit in enumerate(credits, 1) if credit.prints == "foot" and place not in worded
    ]
    return tuple(
        FootCredit(label, tuple(BylinePart(credit.name, credit.url) for credit in people))
        for label, people in _by_role(at_foot, key=lambda credit: credit.label)
    )


def wording_faults(credits: Sequence[PrintedCredit], wording: str) -> list[str]:
    """What is wrong with a free wording, a sentence each: slots of nobody, and people left out."""
    if not wording.strip():
        return []
    used = {int(slot) for slot in SLOT.findall(wording)}
    faults = [
        _("The slot {%(slot)d} has no credit: this article has %(count)d.")
        % {"slot": slot, "count": len(credits)}
        for slot in sorted(used)
        if not 1 <= slot <= len(credits)
    ]
    faults += [
        _("%(name)s is credited in the byline but the wording leaves out {%(slot)d}.")
        % {"name": credit.name, "slot": place}
        for place, credit in enumerate(credits, 1)
        if credit.prints == "byline" and place not in used
    ]
    faults += [
        _("The wording names %(name)s in plain words; use the slot {%(slot)d} instead.")
        % {"name": credit.name, "slot": place}
        for place, credit in enumerate(credits, 1)
        if credit.name and credit.name in SLOT.sub("", wording)
    ]
    if re.search(r"[{}]", SLOT.sub("", wording)):
        faults.append(_("Write a slot as a number in braces, as in {1}."))
    return faults


def joined(names: Sequence[BylinePart]) -> Iterator[BylinePart]:
    """Names as a sentence lists them: one; one and two; one, two and three."""
    for place, name in enumerate(names):
        if place:
            yield BylinePart(_(" and ") if place == len(names) - 1 else _(", "))
        yield name


def _worded(credits: Sequence[PrintedCredit], wording: str) -> Iterator[BylinePart]:
    end = 0
    for slot in SLOT.finditer(wording):
        yield BylinePart(wording[end : slot.start()])
        place = int(slot.group(1))
        if 1 <= place <= len(credits):
            yield BylinePart(credits[place - 1].name, credits[place - 1].url)
        end = slot.end()
    yield BylinePart(wording[end:])


def _listed(credits: Sequence[PrintedCredit]) -> Iterator[BylinePart]:
    for place, (phrase, people) in enumerate(_by_role(credits, key=lambda credit: credit.phrase)):
        if phrase:
            yield BylinePart(f"{_(', ')}{phrase[:1].lower()}{phrase[1:]} " if place else f"{phrase} ")
        elif place:
            yield BylinePart(_(", "))
        yield from joined([BylinePart(credit.name, credit.url) for credit in people])


def _by_role(
    credits: Iterable[PrintedCredit], key: Callable[[PrintedCredit], str]
) -> Iterator[tuple[str, list[PrintedCredit]]]:
    # Roles in their own order, people within a role in printed order: sorted() is stable.
    ordered = sorted(credits, key=lambda credit: (credit.role_order, key(credit)))
    for name, people in groupby(ordered, key=key):
        yield name, list(people)


def _merged(parts: Iterable[BylinePart]) -> tuple[BylinePart, ...]:
    merged: list[BylinePart] = []
    for part in parts:
        if not part.text:
            continue
        if merged and not part.url and not merged[-1].url:
            merged[-1] = BylinePart(merged[-1].text + part.text)
        else:
            merged.append(part)
    return tuple(merged)
