"""Contributors as programs get them: structured data and the interface for programs read these."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from standfirst.addresses.paths import absolute
from standfirst.articles.models import Listing
from standfirst.bylines.models import Role
from standfirst.contributors.cachekeys import contributor as linked
from standfirst.contributors.cachekeys import name as present_name
from standfirst.contributors.models import Contributor
from standfirst.contributors.paths import lasting_path
from standfirst.pagecache.recording import shows

from .archive import Archive
from .cachekeys import newest
from .rows import RoleWork


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """How much somebody did in a role that is not authorship."""

    role: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ContributorRecord:
    """A contributor for programs. `uri` is theirs for good (`articles.records`), `articles` the number in their heading."""

    id: int
    uri: str
    url: str
    name: str
    sort_name: str
    is_person: bool
    note: str
    articles: int
    work: tuple[WorkRecord, ...]


def contributor_record(
    person: Contributor, *, articles: int, work: Iterable[RoleWork | WorkRecord]
) -> ContributorRecord:
    """The record of a contributor whose work has been counted."""
    return ContributorRecord(
        id=person.pk,
        uri=absolute(lasting_path(person.pk)),
        url=absolute(person.path),
        name=person.display_name,
        sort_name=person.sort_name,
        is_person=person.is_person,
        note=person.note,
        articles=articles,
        work=tuple(
            done
            if isinstance(done, WorkRecord)
            else WorkRecord(role=done.code, label=done.label, count=done.count)
            for done in work
        ),
    )


def contributor_records(people: Sequence[Contributor]) -> tuple[ContributorRecord, ...]:
    """The records of these contributors, in the same order: two queries, however many. All have to have a page."""
    roles = {role.pk: role for role in Role.objects.all()}
    counts = counts_by_role(people)
    for person in people:
        shows(linked(person.pk), present_name(person.pk), newest(Archive.by(person).key))
    return tuple(
        contributor_record(
            person,
            articles=counts.get(person.pk, {}).get(None, 0),
            work=[
                WorkRecord(role.code, role.plural_label, counts[person.pk][pk])
                for pk, role in roles.items()
                if pk in counts.get(person.pk, {})
            ],
        )
        for person in people
    )


def counts_by_role(people: Iterable[Contributor]) -> Mapping[int, dict[int | None, int]]:
    """How many public articles each has, by role; of their own, without one."""
    counts: dict[int, dict[int | None, int]] = {}
    rows = Listing.objects.filter(contributor__in=[person.pk for person in people]).order_by()
    counted = rows.values("contributor", "role").annotate(count=Count("pk"))
    for who, role, count in counted.values_list("contributor", "role", "count"):
        counts.setdefault(who, {})[role] = count
    return counts
