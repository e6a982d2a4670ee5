"""What results can be narrowed to, with how many there are of each: counted from the results themselves."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from standfirst.bodies.rows import Link
from standfirst.bylines.models import Role
from standfirst.contributors.models import Contributor
from standfirst.database.prepared import Prepared
from standfirst.publications.models import Section, Topic

from .asking import Asked
from .finding import Found
from .paths import path_of_results
from .rows import Choice, Facet

SHOWN = 8
YEARS_SHOWN = 12
NAMES = {
    "c": Prepared(
        lambda numbers: (
            Contributor.objects.in_public()
            .filter(pk__in=numbers)
            .order_by()
            .values_list("pk", "display_name", "slug")
        )
    ),
    "s": Prepared(lambda numbers: _called(Section, numbers, "name", "slug")),
    "t": Prepared(lambda numbers: _called(Topic, numbers, "name", "slug")),
    "r": Prepared(lambda numbers: _called(Role, numbers, "label", "code")),
}
PAIR = re.compile(r"\b(?P<person>c[0-9]+)(?P<role>r[0-9]+)\b")
WHO_OR_AS_WHAT = re.compile(r"(?P<person>c[0-9]+)?(?P<role>r[0-9]+)?")
# What is typed for each kind of key.
FIELDS = {"c": "by", "s": "in", "t": "topic", "y": "year", "r": "role"}


def facets(asked: Asked, found: Found, *, by_date: bool) -> tuple[Facet, ...]:
    """The ways to narrow these results. Without counts where more were found than were looked at: they would not be true."""
    counts = _counts(found)
    total = len(found.hits)
    is_counted = not (found.is_cut or found.is_full)
    labels = {"c": _("Contributor"), "s": _("Section"), "t": _("Topic"), "y": _("Year"), "r": _("Role")}
    shown = []
    for letter, label in labels.items():
        of_kind = {key: number for key, number in counts[letter].items() if key not in found.keys}
        ordered = _in_order(letter, of_kind)
        names = _names(letter, ordered)
        choices = []
        for key in ordered:
            if key not in names or (is_counted and of_kind[key] == total):
                continue
            text, value = names[key]
            path = path_of_results(f"{asked.text} {FIELDS[letter]}:{value}", by_date=by_date)
            choices.append(Choice(Link(text, path), f"{of_kind[key]:,}" if is_counted else ""))
        limit = YEARS_SHOWN if letter == "y" else SHOWN
        if choices:
            shown.append(Facet(label, tuple(choices[:limit])))
    return tuple(shown)


def narrowed(asked: Asked, found: Found, *, by_date: bool) -> tuple[Link, ...]:
    """What results are narrowed to, each with the way to what is found without it. What was taken for words narrows nothing."""
    return tuple(
        Link(
            one.typed, path_of_results(" ".join(o.typed for o in asked.said if o is not one), by_date=by_date)
        )
        for one in asked.fields
        if one in found.fields
    )


def _counts(found: Found) -> dict[str, Counter[str]]:
    """How many of the results have each key, by the kind of key.

    Somebody and a role together mean somebody in that role (see `meaning`): where one is asked for, the other is counted so.
    """
    counts: dict[str, Counter[str]] = {letter: Counter() for letter in FIELDS}
    people, roles = _asked_for(found.keys)
    in_roles: dict[str, Counter[str]] = {"c": Counter(), "r": Counter()}
    if people or roles:
        for hit in found.hits:
            pairs = [(pair["person"], pair["role"]) for pair in PAIR.finditer(hit.keys)]
            in_roles["c"].update({person for person, role in pairs if role in roles})
            in_roles["r"].update({role for person, role in pairs if person in people})
    every = Counter(" ".join(hit.keys for hit in found.hits).split())
    for key, number in every.items():
        if key[1:].isdigit():  # Not those of somebody in a role.
            counts[key[0]][key] = number
    if roles:
        counts["c"] = in_roles["c"]
    if people:
        # Of two roles of theirs either would do: that narrows nothing.
        counts["r"] = Counter() if roles else in_roles["r"]
    return counts


def _asked_for(keys: Iterable[str]) -> tuple[set[str], set[str]]:
    """The people and the roles that results are narrowed to, by their keys."""
    found = [match for key in keys if (match := WHO_OR_AS_WHAT.fullmatch(key))]
    return {one["person"] for one in found if one["person"]}, {one["role"] for one in found if one["role"]}


def _in_order(letter: str, counts: dict[str, int]) -> list[str]:
    if letter == "y":
        return sorted(counts, reverse=True)
    # Some have no page, and are not shown.
    return sorted(counts, key=lambda key: (-counts[key], len(key), key))[: SHOWN * 2]


def _names(letter: str, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """How what these keys stand for is called, and what is typed for it. What has no page is not in it."""
    if letter == "y":
        return {key: (key[1:], key[1:]) for key in keys}
    numbers = [int(key[1:]) for key in keys]
    rows = NAMES[letter].rows(numbers=numbers) if numbers else ()
    return {f"{letter}{pk}": (str(name), slug) for pk, name, slug in rows}


def _called(model: type[Model], numbers: Any, name: str, slug: str) -> QuerySet[Any, Any]:
    return model._default_manager.filter(pk__in=numbers).order_by().values_list("pk", name, slug)
