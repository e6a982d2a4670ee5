"""Whom and what the words are the name of: readers who type a name want to be led there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from standfirst.bodies.rows import Link
from standfirst.contributors.models import Alias, Contributor
from standfirst.publications.models import Section, Topic
from standfirst.text.tokens import tokens

from .asking import Asked
from .meaning import called
from .names import SHELVES
from .rows import Lead

SHELVES_SHOWN, PEOPLE_SHOWN = 4, 8
# Of so many people with such a name some are shown.
LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Named:
    """Whom and what the words name. `is_whole`: they are all of somebody's name."""

    leads: tuple[Lead, ...] = ()
    people: tuple[Link, ...] = ()
    is_whole: bool = False


def named(asked: Asked) -> Named:
    """The sections and topics, and the contributors, who are called so. By names that are shown alone."""
    names = _name(asked)
    keys = (
        called(names, letters="c" + "".join(SHELVES), is_begun=asked.words[-1].is_begun, is_shown=True)
        if names
        else []
    )
    if not keys:
        return Named()
    people, is_whole = _people(names, [int(key[1:]) for key in keys if key[0] == "c"][:LOOKED_AT])
    return Named(_leads(names, keys), people, is_whole)


def _leads(names: Sequence[str], keys: Sequence[str]) -> tuple[Lead, ...]:
    found: list[tuple[bool, str, Lead]] = []
    labels = {Section: _("Section"), Topic: _("Topic")}
    for letter, model in SHELVES.items():
        numbers = [int(key[1:]) for key in keys if key[0] == letter][:LOOKED_AT]
        for shelf in model._default_manager.filter(pk__in=numbers) if numbers else ():
            lead = Lead(labels[model], Link(shelf.name, shelf.path))
            found.append((tokens(shelf.name) != names, shelf.name, lead))
    return tuple(lead for _is_other, _name_of, lead in sorted(found, key=lambda one: one[:2])[:SHELVES_SHOWN])


def _people(names: Sequence[str], numbers: Sequence[int]) -> tuple[tuple[Link, ...], bool]:
    if not numbers:
        return (), False
    found = list(Contributor.objects.in_public().filter(pk__in=numbers).alphabetical())
    wholly = {person.pk for person in found if _is_name(names, person.display_name)}
    aliases = Alias.objects.filter(contributor__in=[person.pk for person in found], is_public=True)
    wholly |= {pk for pk, name in aliases.values_list("contributor_id", "name") if _is_name(names, name)}
    found.sort(key=lambda person: person.pk not in wholly)
    return tuple(Link(person.display_name, person.path) for person in found[:PEOPLE_SHOWN]), bool(wholly)


def _name(asked: Asked) -> list[str]:
    """The tokens of what may be a name: of nothing but words."""
    if len(asked.words) != len(asked.said):
        return []
    return [token for one in asked.words for token in one.tokens]


def _is_name(names: Sequence[str], name: str) -> bool:
    """Whether these are all the words of a name, the family name first or last."""
    return sorted(tokens(name)) == sorted(names)
