"""Two names are called the same only if they are one name; what two people could share is maybe, with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.text.matching import Verdict, compare, index_keys
from standfirst.text.names import matching_form

SAME = [
    ("Ada Quill", "ADA QUILL"),
    ("Ada Quill", "Quill, Ada"),
    ("Dr. Ada Quill, PhD", "Ada Quill"),
    ("Tomáš Šedovič", "Tomas Sedovic"),
    ("Hans Müller", "Mueller, Hans"),
    ("Søren Holm", "Soeren Holm"),
    ("Ada-Marie Quill", "Ada Marie Quill"),
    ("adaquill", "Ada Quill"),
    ("J. R. R. Holm", "JRR Holm"),
    ("Ada Quill (@adaq)", "Ada Quill"),
    ("Ada Quill (IBM)", "Ada Quill"),
    ("The Rivers Desk", "Rivers Desk"),
    ("王江桐（华为）", "华为-王江桐"),
    ("김 철수", "김철수"),
]
MAYBE = [
    ("A. Quill", "Ada Quill"),
    ("Ada M. Quill", "Ada Quill"),
    ("Bill Hart", "William Hart"),
    ("Niko Marsh", "Nicholas Marsh"),
    ("Ada Quill", "Quill Ada"),
    ("Ada Quill Marsh", "Ada Quill"),
    ("Sarah Holm", "Sara Holm"),
    ("Aurélio Saraiva", "Aurélio Saraivas"),
    ("aquill", "Ada Quill"),
    ("R. Harald Holm", "Harald Holm"),
    ("John Holm Jr.", "John Holm"),
    ("Ada Quill (@ada)", "Ada Quill (@quill)"),
    ("thingee", "Mike Holm (thingee)"),
    ("Dan Ashe", "Dana She"),
    ("Фёдор Достоевский", "Fyodor Dostoyevsky"),
    ("Ada Quill Science editor", "Ada Quill"),
]
DIFFERENT = [
    ("Ada Quill", "Ben Quill"),
    ("Ada Quill", "Ada Marsh"),
    ("John Holm Jr.", "John Holm Sr."),
    ("David A. Rogers", "David M. Rogers"),
    ("李原", "李源"),
    ("王江桐", "王徐旸"),
    ("华为-王江桐", "华为-周紫鹏"),
    ("The Rivers Team", "The Coast Team"),
    ("Press Association", "Associated Press"),
    ("", "Ada Quill"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_name_in_two_spellings_is_the_same(a, b):
    assert compare(a, b).verdict is Verdict.SAME


@pytest.mark.parametrize(("a", "b"), MAYBE)
def test_what_two_people_could_share_is_maybe_and_says_why(a, b):
    found = compare(a, b)

    assert found.verdict is Verdict.MAYBE
    assert found.why.endswith(".")


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_names_that_contradict_each_other_are_different(a, b):
    assert compare(a, b).verdict is Verdict.DIFFERENT


@pytest.mark.parametrize(("a", "b"), [*SAME, *MAYBE])
def test_names_that_may_be_one_are_found_by_a_key_they_share(a, b):
    assert index_keys(a) & index_keys(b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don DeLillo", "DeLillo"),
        ("Jack Ma", "Jack"),
        ("Yo-Yo Ma", "Yo-Yo"),
        ("Dr Holm", "Don Holm"),
        ("John Holm Jr.", "John Holm Sr."),
        ("John Holm Jr.", "John Holm"),
        ("李原", "李源"),
    ],
)
def test_what_tells_people_apart_stays_in_the_matching_form(one, other):
    assert matching_form(one) != matching_form(other)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_verdict_does_not_depend_on_who_is_named_first(a, b):
    assert compare(a, b).verdict is compare(b, a).verdict


@given(
    st.text(max_size=80).filter(lambda text: any(letter.isascii() and letter.isalpha() for letter in text))
)
def test_a_name_is_the_same_as_itself(name):
    assert compare(name, name).verdict is Verdict.SAME
    assert index_keys(name)
