"""Who a name may be is found by an index, ranked, and said why; nothing is ever joined on likeness."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standfirst.contributors.actions import declare_different, take_back_different
from standfirst.contributors.bulk import NewContributor, store_contributors
from standfirst.contributors.models import Alias, Contributor, NameKey
from standfirst.contributors.queries import are_different
from standfirst.identity.actions import merge_contributors, undo
from standfirst.identity.candidates import candidates_for, candidates_of_each
from standfirst.text.name_keys import stored_keys
from tests.factories import a_contributor, a_magazine, a_section, an_article

pytestmark = pytest.mark.django_db


def proposed(who, **options):
    return [candidate.contributor.display_name for candidate in candidates_for(who, **options)]


def test_names_that_may_be_one_are_proposed_the_likeliest_first_and_others_are_not():
    ada = a_contributor("Ada Quill")
    for name in ("Ada M. Quill", "A. Quill", "Ben Quill", "Ada Marsh", "Cleo Holm"):
        a_contributor(name)

    assert proposed(ada) == ["Ada M. Quill", "A. Quill"]
    assert proposed("ADA QUILL", limit=1) == ["Ada Quill"]


def test_an_alias_finds_its_contributor_and_no_longer_once_it_is_gone():
    ada = a_contributor("Ada Quill")
    alias = Alias.objects.create(contributor=ada, name="River Reed")

    assert proposed("R. Reed") == ["Ada Quill"]

    alias.delete()

    assert proposed("R. Reed") == []


def test_what_they_wrote_says_more():
    a_magazine()
    rivers = a_section("Rivers")
    ada, other, far, colleague = map(a_contributor, ("Ada Quill", "Ada M. Quill", "A. Quill", "Ben Marsh"))
    an_article((ada, "author"), (colleague, "author"), section=rivers)
    an_article((other, "author"), (colleague, "author"), section=rivers)

    first, second = candidates_for(ada)

    assert [first.contributor, second.contributor] == [other, far]
    assert "Both write in Rivers." in first.reasons
    assert "Both have written with Ben Marsh." in first.reasons


def test_two_on_one_byline_are_less_likely_one():
    a_magazine()
    ada, other = map(a_contributor, ("Ada Quill", "Ada M. Quill"))
    [before] = candidates_for(ada)
    an_article((ada, "author"), (other, "author"))

    [after] = candidates_for(ada)

    assert after.score < before.score
    assert "Both are credited on one article." in after.reasons


def test_who_was_said_to_be_another_is_not_proposed_also_after_merges_until_it_is_taken_back():
    ada, other, third = map(a_contributor, ("Ada Quill", "Ada M. Quill", "Ada Marie Quill"))

    declare_different(a=other, b=ada, by=None)
    declare_different(a=ada, b=other, by=None)

    assert proposed(ada) == ["Ada Marie Quill"]

    change = merge_contributors(kept=third, absorbed=other, by=None)

    assert proposed(ada) == []
    assert are_different([(ada.pk, third.pk)]) == {(ada.pk, third.pk)}

    undo(change, by=None)
    take_back_different(a=ada, b=other, by=None)

    assert set(proposed(ada)) == {"Ada M. Quill", "Ada Marie Quill"}


def test_whoever_was_merged_away_is_not_proposed_and_is_again_once_it_is_undone():
    ada, other, third = map(a_contributor, ("Ada Quill", "Ada M. Quill", "A. Quill"))

    change = merge_contributors(kept=ada, absorbed=other, by=None)

    assert proposed(third) == ["Ada Quill"]

    undo(change, by=None)

    assert set(proposed(third)) == {"Ada Quill", "Ada M. Quill"}


def test_keys_are_those_of_the_names_however_they_were_stored():
    ada = a_contributor("Ada Quill")
    ada.display_name = "Ada Marsh"
    ada.save()
    new = Contributor(display_name="Ben Holm")
    store_contributors([NewContributor(new, aliases=("Benno Holm",))], by=None)

    def keys(contributor):
        return set(NameKey.objects.filter(contributor=contributor).values_list("key", flat=True))

    assert keys(ada) == stored_keys("Ada Marsh")
    assert keys(new) == stored_keys("Ben Holm") | stored_keys("Benno Holm")


def test_whoever_was_merged_lends_their_names_and_takes_them_back():
    ada, other = a_contributor("Ada Quill"), a_contributor("River Reed")

    change = merge_contributors(kept=ada, absorbed=other, by=None)

    assert proposed("R. Reed") == ["Ada Quill"]

    undo(change, by=None)

    assert proposed("R. Reed") == ["River Reed"]


def test_a_difference_is_taken_back_by_either_of_who_was_merged():
    ada, other, third = map(a_contributor, ("Ada Quill", "Ada M. Quill", "Ada Marie Quill"))
    declare_different(a=ada, b=other, by=None)
    merge_contributors(kept=third, absorbed=other, by=None)

    take_back_different(a=third, b=ada, by=None)

    assert are_different([(ada.pk, third.pk), (ada.pk, other.pk)]) == set()


def test_candidates_of_many_are_those_of_each():
    a_magazine()
    people = [*map(a_contributor, ("Ada Quill", "Ada M. Quill", "A. Quill", "Ben Marsh", "Benjamin Marsh"))]
    an_article((people[0], "author"), (people[3], "author"), section=a_section("Rivers"))
    an_article((people[1], "author"), (people[4], "author"))
    declare_different(a=people[0], b=people[2], by=None)

    together = dict(candidates_of_each(people))

    assert together == {one: candidates_for(one) for one in people}


def test_a_look_up_asks_as_much_among_many_as_among_few(django_assert_max_num_queries):
    ada = a_contributor("Ada Quill")
    a_contributor("A. Quill")
    with CaptureQueriesContext(connection) as few:
        candidates_for(ada)
    new = [
        NewContributor(Contributor(display_name=f"A{letter}a Quill")) for letter in "bcdefghijklmnopq" * 20
    ]
    store_contributors(new, by=None)

    with django_assert_max_num_queries(len(few)):
        assert len(candidates_for(ada)) == 3
    assert len(few) <= 14


def test_a_hundred_look_ups_together_ask_little_more_than_one(django_assert_max_num_queries):
    names = [
        f"{given} {surname}"
        for given in ("Ada", "Ben", "Cleo", "Dora")
        for surname in ("Quill", "Marsh", "Holm")
    ]
    people = [a_contributor(name) for name in (*names, *(name.replace(" ", " M. ") for name in names))]

    with django_assert_max_num_queries(30):
        found = dict(candidates_of_each(people))

    assert all(candidates for candidates in found.values())
