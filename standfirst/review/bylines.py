"""From a reading, or an editor's word, to the credits of an article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from standfirst.bylines.models import Credit, Link, Role
from standfirst.bylines.reading import NOBODY, contributor_kind
from standfirst.contributors.actions import create_contributor
from standfirst.contributors.models import Contributor, Kind
from standfirst.contributors.queries import namesakes_of, presently
from standfirst.text.names import matching_form

from .errors import CannotAnswer

# How a credit says that an editor decided in the queue.
BY_REVIEW = "review"
# What an article says of a credit, and undoing brings back.
KEPT = (
    "id",
    "contributor_id",
    "role_id",
    "printed_name",
    "printed_note",
    "source_text",
    "linked_how",
    "linked_from",
    "linked_by_id",
)
LINKS = ("linked_how", "linked_from", "linked_by_id")

Snapshot = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class WantedCredit:
    """A credit as an editor wants it: the name to print, the role's code, and whose it is.

    Without `contributor` it is whoever has that name, or a new contributor; with `is_new` a new one in any case.
    """

    name: str
    role: str = "author"
    kind: str = Kind.PERSON.value
    contributor: int | None = None
    is_new: bool = False


def as_read(reading: Mapping[str, Any]) -> tuple[WantedCredit, ...]:
    """The credits a reading comes to. A role nobody has heard of is taken for authorship, as an import takes it."""
    known = set(Role.objects.values_list("code", flat=True))
    return tuple(
        WantedCredit(
            name=" ".join(credit["name"].split())[:255],
            role=role if (role := credit.get("role", "author")) in known else "author",
            kind=contributor_kind(credit.get("kind", "")),
        )
        for credit in reading.get("credits", ())
        if credit.get("kind") not in NOBODY and credit.get("name", "").strip()
    )


def in_words(credits: Iterable[WantedCredit]) -> str:
    """Credits as somebody would type them: `Ada Quill; Ben Marsh (translator)`."""
    return "; ".join(
        credit.name if credit.role == "author" else f"{credit.name} ({credit.role})" for credit in credits
    )


def of_this_byline(credits: Sequence[Credit], raw: str, reading: Mapping[str, Any]) -> list[Credit]:
    """Those of an article's credits that were made from this byline: an article may have had several."""
    read = {matching_form(credit.get("name", "")) for credit in reading.get("credits", ())}
    whole = matching_form(raw)
    return [
        credit
        for credit in credits
        # What an account is called is a byline too: its credit says by which login it came, and is named as a whole.
        if credit.source_text == raw[:1000]
        or matching_form(credit.name) == whole
        or (not credit.source_text and matching_form(credit.name) in read)
    ]


def corrected(
    credits: Sequence[Credit], theirs: Sequence[Credit], wanted: Sequence[WantedCredit], *, by: Any
) -> list[Credit]:
    """The article's credits in printed order with `theirs` replaced by what is wanted; contributors are made as needed."""
    people = _people(theirs, wanted, by)
    roles = {role.code: role for role in Role.objects.all()}
    source_text = next((credit.source_text for credit in theirs), "")
    made: dict[tuple[int, int], Credit] = {}
    for one, person in zip(wanted, people, strict=True):
        if one.role not in roles:
            raise CannotAnswer(_("There is no role “%(role)s” here.") % {"role": one.role})
        role = roles[one.role]
        if (person.pk, role.pk) in made:
            continue
        credit = _former(theirs, person, role) or Credit(source_text=source_text)
        credit.role, credit.printed_name = role, one.name
        credit.link(person, how=Link.CONFIRMED, source=BY_REVIEW, by=by)
        made[person.pk, role.pk] = credit
    place = next((place for place, credit in enumerate(credits) if credit in theirs), len(credits))
    others = [
        credit
        for credit in credits
        if credit not in theirs and (credit.contributor_id, credit.role_id) not in made
    ]
    before = [credit for credit in credits[:place] if credit in others]
    return [*before, *made.values(), *others[len(before) :]]


def snapshot(credits: Iterable[Credit]) -> Snapshot:
    return [{name: getattr(credit, name) for name in KEPT} for credit in credits]


def restored(kept: Snapshot) -> list[Credit]:
    """Credits as they were, given to whoever their contributors are now."""
    now = presently(row["contributor_id"] for row in kept)
    return [
        Credit(**row | {"contributor_id": now.get(row["contributor_id"], row["contributor_id"])})
        for row in kept
    ]


def printed_alike(one: Snapshot, other: Snapshot) -> bool:
    """Whether two states of an article's credits differ in nothing but how they were linked."""
    return [_printed(row) for row in one] == [_printed(row) for row in other]


def _printed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id" and name not in LINKS}


def _people(theirs: Sequence[Credit], wanted: Sequence[WantedCredit], by: Any) -> list[Contributor]:
    own = {
        matching_form(name): credit.contributor
        for credit in reversed(theirs)
        for name in (credit.contributor.display_name, credit.printed_name)
        if name
    }
    made: dict[str, Contributor] = {}
    people = []
    for one in wanted:
        form = matching_form(one.name)
        person = _chosen(one) if one.contributor else None
        if person is None and one.is_new:
            person = made.get(form)
        elif person is None:
            person = made.get(form) or own.get(form) or _only_namesake(one.name)
        if person is None:
            person = made[form] = create_contributor(display_name=one.name, kind=one.kind, by=by)
        people.append(person)
    return people


def _chosen(one: WantedCredit) -> Contributor:
    assert one.contributor is not None
    number = presently([one.contributor]).get(one.contributor, one.contributor)
    person = Contributor.objects.present().filter(pk=number).first()
    if person is None:
        raise CannotAnswer(_("The contributor chosen for “%(name)s” is not here.") % {"name": one.name})
    return person


def _only_namesake(name: str) -> Contributor | None:
    known = list(namesakes_of(name)[:2])
    return known[0] if len(known) == 1 else None


def _former(theirs: Sequence[Credit], person: Contributor, role: Role) -> Credit | None:
    """The credit that was theirs in this role already: it keeps its note and its place on record."""
    return next(
        (credit for credit in theirs if credit.contributor_id == person.pk and credit.role_id == role.pk),
        None,
    )
