"""Who a name in an archive is here: linked on evidence only, and never on likeness.

The evidence, in this order: what a source's own id became before (its ledger), an identifier of an authority or an e-mail
address, a name that is stated to be theirs (an alias), a whole name that is exactly one contributor's and that nothing
contradicts. Whatever is less is a proposal. Every answer says how it is known, and why.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from standfirst.contributors.models import Alias, AuthorityId, Contributor, Kind, known_names
from standfirst.contributors.queries import contributors_with_email, different_from, presently
from standfirst.database.batches import batched
from standfirst.text.matching import Verdict, compare
from standfirst.text.names import PEOPLE, matching_form
from standfirst.text.spellings import is_written_without_spaces

LONGEST = 255


class How(StrEnum):
    """On what evidence somebody was recognised."""

    LEDGER = "ledger"
    IDENTIFIER = "identifier"
    EMAIL = "email"
    ALIAS = "alias"
    EXACT_NAME = "exact name"
    NOT = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody an archive names, with all that it knows of them. `ledger` are ids they became here before."""

    name: str
    kind: str = Kind.PERSON
    ledger: tuple[int, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()  # authority and value, normalised
    emails: tuple[str, ...] = ()
    is_whole: bool = True  # a stated name, not one made of a login


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who somebody is here, if that is known: by its id, how, and why. Else, who they may be."""

    contributor: int | None
    how: How
    why: str
    proposals: tuple[int, ...] = ()


def resolve(named: Sequence[Named], *, apart_from: Collection[int] = ()) -> list[Resolution]:
    """Who each of these is here, in a number of queries that does not grow with them but by the batch.

    `apart_from` are contributors who are taken: the source knows them by other records, so a name alone does not make
    somebody one of them.
    """
    return _Resolver(named, apart_from).run()


class _Resolver:
    def __init__(self, named: Sequence[Named], apart_from: Collection[int]) -> None:
        self._named = named
        self._apart_from = frozenset(apart_from)
        self._forms = [matching_form(one.name)[:LONGEST] for one in named]
        self._times = Counter(self._forms)
        # What two in one archive state is no evidence for either.
        self._stated: Counter[Any] = Counter(
            mark for one in named for mark in {*one.identifiers, *one.emails}
        )

    def run(self) -> list[Resolution]:
        self._by_identifier = self._identifiers()
        self._by_email = contributors_with_email(email for one in self._named for email in one.emails)
        whole = {form for one, form in zip(self._named, self._forms, strict=True) if _proves(one, form)}
        self._by_alias = _by_form(Alias.objects.all(), whole, "contributor_id")
        self._by_name = _by_form(Contributor.objects.all(), whole, "pk")
        found = {
            pk for index in (self._by_alias, self._by_name) for numbers in index.values() for pk in numbers
        }
        found |= {*self._by_identifier.values(), *self._by_email.values()}
        found |= {pk for one in self._named for pk in one.ledger}
        self._now = presently(found)
        present = {self._now.get(pk, pk) for pk in found}
        self._people = {pk: one for some in batched(sorted(present)) for pk, one in _people(some)}
        self._schemes = self._authorities()
        self._others = different_from(self._people)
        self._names = _names(self._people.keys() | {pk for others in self._others.values() for pk in others})
        return [self._resolved(one, form) for one, form in zip(self._named, self._forms, strict=True)]

    def _resolved(self, one: Named, form: str) -> Resolution:
        for pk in one.ledger:
            if (now := self._now.get(pk, pk)) in self._people:
                return Resolution(now, How.LEDGER, "The same record was imported before.")
        for identifier in one.identifiers:
            if identifier in self._by_identifier and self._stated[identifier] == 1:
                number = self._by_identifier[identifier]
                return self._found(
                    number, How.IDENTIFIER, f"The {' identifier '.join(identifier)} is theirs."
                )
        for email in one.emails:
            if email in self._by_email and self._stated[email] == 1:
                return self._by_address(one, self._by_email[email])
        if not _proves(one, form):
            return Resolution(None, How.NOT, "One word, or a name made of a login, proves nothing.")
        return self._by_words(one, form)

    def _by_address(self, one: Named, number: int) -> Resolution:
        """An address is somebody's own, but families and desks share some: the name has a say."""
        [pk] = self._present([number]) or [None]
        if pk is None:
            return Resolution(None, How.NOT, "The e-mail address was somebody's who is not here any more.")
        contradiction = self._other_identifier(one, pk)
        if one.is_whole and self._closest(one.name, pk) is Verdict.DIFFERENT:
            contradiction = contradiction or "The e-mail address is theirs, and the name is another."
        if contradiction:
            return Resolution(None, How.NOT, contradiction, (pk,))
        return Resolution(pk, How.EMAIL, "The e-mail address is theirs.")

    def _closest(self, name: str, pk: int) -> Verdict:
        found = {compare(name, theirs).verdict for theirs in self._names.get(pk, ())}
        return next((each for each in (Verdict.SAME, Verdict.MAYBE) if each in found), Verdict.DIFFERENT)

    def _by_words(self, one: Named, form: str) -> Resolution:
        aliases = self._present(self._by_alias.get(form, ()))
        names = self._present(self._by_name.get(form, ()))
        bearing = tuple(dict.fromkeys((*names, *aliases)))
        if not bearing:
            return Resolution(None, How.NOT, "Nobody here has this name.")
        if self._times[form] > 1:
            return Resolution(None, How.NOT, "The archive knows two of this name.", bearing)
        if len(bearing) > 1:
            return Resolution(None, How.NOT, "Several have this name.", bearing)
        if contradiction := self._contradiction(one, bearing[0]):
            return Resolution(None, How.NOT, contradiction, bearing)
        if namesakes := self._namesakes(one, bearing[0]):
            why = "Somebody of a name like this was said to be another, so the name does not tell."
            return Resolution(None, How.NOT, why, (*bearing, *namesakes))
        if aliases:
            return Resolution(bearing[0], How.ALIAS, "The name is stated to be theirs.")
        return Resolution(bearing[0], How.EXACT_NAME, "The whole name is exactly theirs, and nobody else's.")

    def _contradiction(self, one: Named, pk: int) -> str:
        person = self._people[pk]
        if pk in self._apart_from:
            return "The archive knows them by another record."
        if person.is_withdrawn:
            return "They were withdrawn."
        if (one.kind in PEOPLE) != person.is_person:
            return "One is a person, and the other is not."
        if self._closest(one.name, pk) is not Verdict.SAME:
            return "The names are alike in letters, but may be two people's."
        return self._other_identifier(one, pk)

    def _namesakes(self, one: Named, pk: int) -> list[int]:
        """Those who were said to be others than the one who has this name, and might be meant by it as well."""
        others = sorted(self._others.get(pk, ()))
        return [other for other in others if self._closest(one.name, other) is not Verdict.DIFFERENT]

    def _other_identifier(self, one: Named, pk: int) -> str:
        theirs = self._schemes.get(pk, {})
        for scheme, value in one.identifiers:
            if scheme in theirs and value not in theirs[scheme]:
                return f"Their {scheme} identifiers differ."
        return ""

    def _found(self, pk: int, how: How, why: str) -> Resolution:
        return Resolution(self._now.get(pk, pk), how, why)

    def _present(self, numbers: Iterable[int]) -> tuple[int, ...]:
        now = dict.fromkeys(self._now.get(pk, pk) for pk in numbers)
        return tuple(pk for pk in now if pk in self._people)

    def _identifiers(self) -> dict[tuple[str, str], int]:
        wanted = {pair for one in self._named for pair in one.identifiers}
        found: dict[tuple[str, str], int] = {}
        for some in batched(sorted({value for _scheme, value in wanted})):
            rows = AuthorityId.objects.filter(value__in=some).values_list("scheme", "value", "contributor_id")
            found |= {(scheme, value): pk for scheme, value, pk in rows if (scheme, value) in wanted}
        return found

    def _authorities(self) -> dict[int, dict[str, set[str]]]:
        found: dict[int, dict[str, set[str]]] = {}
        asked = sorted(self._people) if any(one.identifiers for one in self._named) else []
        for some in batched(asked):
            for pk, scheme, value in AuthorityId.objects.filter(contributor__in=some).values_list(
                "contributor_id", "scheme", "value"
            ):
                found.setdefault(pk, {}).setdefault(scheme, set()).add(value)
        return found


def _proves(one: Named, form: str) -> bool:
    """Whether a name says enough to recognise somebody by: more than one word, or one without spaces by its script."""
    if not one.is_whole:
        return False
    # Two Chinese characters may be surname and given name; two Korean ones are a given name.
    enough = 2 if all(unicodedata.name(letter, "").startswith("CJK") for letter in form) else 3
    return " " in form or (len(form) >= enough and all(map(is_written_without_spaces, form)))


def _names(people: Collection[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for some in batched(sorted(people)):
        for pk, name in known_names(some):
            names.setdefault(pk, []).append(name)
    return names


def _by_form(rows: QuerySet[Any], forms: Collection[str], column: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for some in batched(sorted(forms)):
        named = rows.filter(matching_form__in=some).order_by("pk")
        for form, pk in named.values_list("matching_form", column):
            found.setdefault(form, []).append(pk)
    return found


def _people(numbers: Sequence[int]) -> Iterable[tuple[int, Contributor]]:
    return Contributor.objects.present().in_bulk(numbers).items()
