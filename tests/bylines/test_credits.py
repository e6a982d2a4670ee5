"""A credit's name, and what those who are read in a byline become."""

from typing import get_args

import pytest

from standfirst.bylines.models import Credit, Role
from standfirst.bylines.reading import NO_PERSONS, NOBODY, contributor_kind
from standfirst.bylines.reading import Kind as ReadKind
from standfirst.bylines.reading import Role as ReadRole
from standfirst.bylines.reading.values import BECOMES
from standfirst.contributors.models import Contributor, Kind
from standfirst.importers.roles import FOUND_IN_BYLINES
from standfirst.text.names import PEOPLE

pytestmark = pytest.mark.django_db


def test_a_credit_has_the_name_it_is_printed_with_and_until_then_that_of_its_contributor() -> None:
    ada = Contributor(display_name="Ada Quill")

    assert Credit(contributor=ada, printed_name="A. Quill").name == "A. Quill"
    assert Credit(contributor=ada).name == "Ada Quill"


def test_every_kind_that_a_byline_is_read_as_becomes_a_contributor_or_nobody() -> None:
    assert set(BECOMES) == set(get_args(ReadKind))
    assert set(BECOMES.values()) - {""} <= set(Kind.values)


@pytest.mark.parametrize("kind", [*get_args(ReadKind), "", "a kind from elsewhere"])
def test_whoever_is_made_is_of_a_kind_that_contributors_have(kind: str) -> None:
    assert contributor_kind(kind) in Kind.values
    # Nobody and no person are not the same: an agency is somebody.
    assert (kind in NO_PERSONS) == (kind in NOBODY or contributor_kind(kind) not in PEOPLE)


def test_the_kinds_that_are_people_are_kinds() -> None:
    assert set(Kind.values) >= PEOPLE
    assert [kind for kind in Kind if Contributor(kind=kind).is_person] == [Kind.PERSON, Kind.PSEUDONYM]


def test_every_role_that_a_byline_is_read_as_is_shipped_or_made_by_an_import() -> None:
    shipped = set(Role.objects.values_list("code", flat=True))

    assert set(get_args(ReadRole)) <= shipped | set(FOUND_IN_BYLINES)
