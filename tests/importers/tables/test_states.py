"""Nothing is published but what a table says was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.importers.tables.states import Said, all_said, said

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


@given(st.text(), st.text())
def test_words_nobody_taught_us_never_publish(heading, value):
    known = {"published", "publish", "live", "public", "online", "posted"}
    if said(value, heading) is Said.PUBLISHED:
        assert value.strip().casefold() in known or not value.isascii() or len(value.strip()) <= 12
