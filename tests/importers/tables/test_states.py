"""Nothing is published but what a table says was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.importers.tables.states import Said, all_said, is_state, is_yes_or_no, said

SAYINGS = [
    ("Status", "published", Said.PUBLISHED),
    ("Status", "Veröffentlicht", Said.PUBLISHED),
    ("ステータス", "公開", Said.PUBLISHED),
    ("Published Post", "TRUE", Said.PUBLISHED),
    ("Published", "On", Said.PUBLISHED),
    ("is_published", "1", Said.PUBLISHED),
    ("Online?", "yes", Said.PUBLISHED),
    ("Veröffentlicht", "ja", Said.PUBLISHED),
    ("Published", "0", Said.NOT_PUBLISHED),
    ("Status", "Entwurf", Said.NOT_PUBLISHED),
    ("Draft", "true", Said.NOT_PUBLISHED),
    ("Not published", "yes", Said.NOT_PUBLISHED),
    ("Unpublished", "x", Said.NOT_PUBLISHED),
    ("Audience", "only_paid", Said.NOT_PUBLISHED),
    ("Status", "scheduled", Said.SCHEDULED),
    ("Draft", "false", Said.NOTHING),
    ("Audience", "everyone", Said.NOTHING),
    ("Status", "", Said.NOTHING),
    ("Status", "Ready for Liz", Said.UNKNOWN),
    ("Status", "2", Said.UNKNOWN),
    ("Ready to publish", "yes", Said.UNKNOWN),
    ("Featured", "yes", Said.UNKNOWN),
]


@pytest.mark.parametrize(("heading", "value", "meant"), SAYINGS)
def test_states_are_read_in_the_words_of_systems_and_people(heading, value, meant):
    assert said(value, heading) is meant


def test_one_column_that_says_no_is_enough():
    assert all_said([Said.PUBLISHED, Said.NOT_PUBLISHED]) is Said.NOT_PUBLISHED
    assert all_said([Said.PUBLISHED, Said.UNKNOWN]) is Said.UNKNOWN


@given(
    st.text(min_size=1).filter(str.strip), st.sampled_from(["Status", "Published", "Draft", "Veröffentlicht"])
)
def test_a_word_nobody_taught_us_is_not_understood(value, heading):
    taught = is_state(value) or is_yes_or_no(value)

    assert taught or said(value, heading) in (Said.UNKNOWN, Said.NOTHING)
