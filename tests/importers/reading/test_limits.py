"""What fields beside a text say of who may read it."""

from datetime import UTC, datetime

import pytest

from standfirst.importers.reading.limits import limit_of, moment_in

NOW = datetime(2024, 6, 1, tzinfo=UTC)

LIMITED = [
    ("_expiration-date", "1577836800"),
    ("unpublish_on", "2020-01-01T00:00:00+00:00"),
    ("Expires", "someday"),
    ("Embargo until", "2031-01-01"),
    ("Sperrfrist", "bald"),
    ("Password", "hunter2"),
    ("Deleted at", "2020-01-01 10:00"),
    ("Gelöscht", "ja"),
    ("Members only", "yes"),
    ("Nur für Abonnenten", "x"),
    ("_members_access_role", "subscriber"),
    ("memberful_acl", "a:1:{i:0;i:5;}"),
    ("_is_paid", "1"),
    ("rcp_subscription_level", "any-paid"),
    ("_jetpack_newsletter_access", "paid_subscribers"),
    ("newspack_newsletters_is_public", "0"),
]
FOR_EVERYBODY = [
    ("_expiration-date", "1900000000"),
    ("_expiration-date-status", "saved"),
    ("Expires", ""),
    ("Unpublish date", "2031-01-01"),
    ("Embargo until", "2020-01-01"),
    ("Deleted", "no"),
    ("Members only", "false"),
    ("_jetpack_newsletter_access", "everybody"),
    ("memberful_acl", "a:0:{}"),
    ("_is_paid", "0"),
    ("_members_access_error", "For members only."),
    ("team_members", "Ada Quill, Bea Roe"),
    ("open_access", "yes"),
    ("paid_partnership", "1"),
    ("premium_theme_layout", "wide"),
    ("author_role", "editor"),
]


@pytest.mark.parametrize(("name", "value"), LIMITED)
def test_a_filled_field_that_keeps_a_text_from_readers_is_understood_by_its_words(name, value):
    assert limit_of(name, value, now=NOW, moment=moment_in(UTC))


@pytest.mark.parametrize(("name", "value"), FOR_EVERYBODY)
def test_a_field_that_keeps_nobody_from_reading_says_nothing(name, value):
    assert not limit_of(name, value, now=NOW, moment=moment_in(UTC))
