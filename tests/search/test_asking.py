"""Typed as people type: whatever it is, it means something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.search.asking import LONGEST_QUERY, MOST_WORDS, asked


def test_words_phrases_fields_and_what_is_not_wanted_are_told_apart() -> None:
    query = asked('rivers "slow flow" -dam by:fenwick in:"the essays" fl')

    assert [one.text for one in query.words] == ["rivers", "slow flow", "fl"]
    assert [one.is_phrase for one in query.words] == [False, True, False]
    assert [(one.field, one.text) for one in query.fields] == [("by", "fenwick"), ("in", "the essays")]
    assert [one.text for one in query.unwanted] == ["dam"]


@pytest.mark.parametrize(
    ("query", "begun"),
    [
        ("riv", "riv"),
        ("slow riv", "riv"),
        ("riv by:ada", "riv"),  # narrowed down, and still begun
        ("riv ", None),
        ("r", None),
        ("東", "東"),
        ('"slow riv"', None),
        ("rivers -slo", None),
    ],
)
def test_the_last_word_may_be_only_begun(query: str, begun: str | None) -> None:
    assert next((one.text for one in asked(query).said if one.is_begun), None) == begun


@pytest.mark.parametrize(
    "query", ['5" gun', '"', '""', 'a"b"c', "“5” gun", "by:", "-", "--", "AND OR NOT", "*", "NEAR(a b)"]
)
def test_what_is_odd_is_words(query: str) -> None:
    assert asked(query).fields == ()
    assert asked(query).unwanted == ()


def test_curly_quotation_marks_make_phrases_too() -> None:
    assert [one.is_phrase for one in asked("„slow flow“ and «fast one»").said] == [True, False, True]


@pytest.mark.parametrize(
    ("query", "wants_nothing"),
    [
        ("-rivers", True),
        ("-rivers -by:ada", True),
        ("-rivers by:ada", False),
        ("slow -rivers", False),
        ("", False),
    ],
)
def test_a_word_to_find_is_told_from_none(query: str, wants_nothing: bool) -> None:
    assert asked(query).wants_nothing is wants_nothing


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("by: fenwick", "by:fenwick"),
        ("rivers In:  essays", "rivers in:essays"),
        ("-year: 2019 rivers", "-year:2019 rivers"),
        ('topic: "slow rivers"', 'topic:"slow rivers"'),
        ("role: translator", "role:translator"),
        ("by: -rivers", "by -rivers"),
        ("in: by: ada", "in by:ada"),
        ("standby: fenwick", "standby: fenwick"),
    ],
)
def test_a_space_after_a_colon_is_a_slip(query: str, meant: str) -> None:
    assert " ".join(one.typed for one in asked(query).said) == meant


@given(st.text())
def test_anything_means_something(text: str) -> None:
    query = asked(text)

    assert len(query.text) <= LONGEST_QUERY
    assert len(query.said) <= MOST_WORDS
    assert all(one.tokens for one in query.said)


@given(
    st.text()
    | st.text(alphabet='"-: ab')
    | st.lists(st.sampled_from(["by:", "in:", "by", "-", '"', " ", "a"])).map("".join)
)
def test_what_was_understood_means_the_same_when_it_is_typed(text: str) -> None:
    query = asked(text)
    again = asked(" ".join(one.typed for one in query.said))

    assert [(one.field, one.tokens, one.is_unwanted) for one in again.said] == [
        (one.field, one.tokens, one.is_unwanted) for one in query.said
    ]
