"""Whom and what the words are the name of: readers who type a name want to be led there."""

from collections.abc import Sequence

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


def leads(asked: Asked) -> tuple[Lead, ...]:
    """The sections and topics that are called so."""
    found: list[tuple[bool, str, Lead]] = []
    names = _name(asked)
    if not names:
        return ()
    keys = called(names, letters="".join(SHELVES), is_begun=asked.words[-1].is_begun, is_shown=True)
    labels = {Section: _("Section"), Topic: _("Topic")}
    for letter, model in SHELVES.items():
        numbers = [int(key[1:]) for key in keys if key[0] == letter][:LOOKED_AT]
        for shelf in model._default_manager.filter(pk__in=numbers) if numbers else ():
            link = Link(shelf.name, shelf.path)
            found.append((tokens(shelf.name) != names, shelf.name, Lead(labels[model], link)))
    return tuple(lead for _is_other, _name_, lead in sorted(found, key=lambda one: one[:2])[:SHELVES_SHOWN])


def people(asked: Asked) -> tuple[tuple[Link, ...], bool]:
    """The contributors who are called so, and whether the words are the whole name of one. By names that are shown alone."""
    names = _name(asked)
    if not names:
        return (), False
    keys = called(names, letters="c", is_begun=asked.words[-1].is_begun, is_shown=True)[:LOOKED_AT]
    if not keys:
        return (), False
    found = list(Contributor.objects.in_public().filter(pk__in=[int(key[1:]) for key in keys]).alphabetical())
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
