"""Dates are read in the one way their column is written, or not at all."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.importers.tables.dates import DayAndMonth, Order, kind_of, may_be_either, read_date

# What is written, and the moment it means where clocks show UTC.
WRITTEN = [
    ("2019-03-04", "2019-03-04T00:00"),
    ("2019-03-04T19:15:00Z", "2019-03-04T19:15"),
    ("2019-03-04T19:15:00.000+02:00", "2019-03-04T17:15"),
    ("2019-03-04 19:15:00 UTC", "2019-03-04T19:15"),
    ("2019/03/04", "2019-03-04T00:00"),
    ("2019年3月4日", "2019-03-04T00:00"),
    ("04.03.2019", "2019-03-04T00:00"),
    ("4.3.19 19:15", "2019-03-04T19:15"),
    ("04.03.2019, 19.15 Uhr", "2019-03-04T19:15"),
    ("March 4, 2019", "2019-03-04T00:00"),
    ("March 4, 2019 7:15 PM", "2019-03-04T19:15"),
    ("4 Mar 2019", "2019-03-04T00:00"),
    ("Mon, 4 Mar 2019 19:15:00 +0100", "2019-03-04T18:15"),
    ("Mon Mar 04 2019 19:15:00 GMT+0100 (Central European Standard Time)", "2019-03-04T18:15"),
    ("4. März 2019", "2019-03-04T00:00"),
    ("4 mars 2019 à 19h15", "2019-03-04T00:00"),
    ("1551726900", "2019-03-04T19:15"),
    ("1551726900000", "2019-03-04T19:15"),
    ("20190304", "2019-03-04T00:00"),
    ("43528", "2019-03-04T00:00"),
    ("43528.8020833", "2019-03-04T19:15"),
    ("31/12/2019", "2019-12-31T00:00"),
    ("12/31/2019 12:05 am", "2019-12-31T00:05"),
    ("Thu, 12/26/2019 - 19:15", "2019-12-26T19:15"),
    ("03/03/2019", "2019-03-03T00:00"),
]
NO_DATES = [
    "",
    "31/02/2019",
    "soon",
    "2019",
    "42",
    "Issue 7",
    "12.5",
    "00/00/0000",
    "0000-00-00",
    "13/13/2013",
    "9" * 400,
]


@pytest.mark.parametrize(("text", "meant"), WRITTEN)
def test_dates_are_read_as_programs_and_people_write_them(text, meant):
    assert f"{read_date(text, Order.UNKNOWN, UTC):%Y-%m-%dT%H:%M}" == meant


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_none(text):
    assert read_date(text, Order.UNKNOWN, UTC) is None


def test_a_day_that_may_be_a_month_is_not_read_until_somebody_says_which():
    assert read_date("03/04/2019", Order.UNKNOWN, UTC) is None
    assert may_be_either("03/04/2019", Order.UNKNOWN)

    assert read_date("03/04/2019", Order.DAY_FIRST, UTC) == datetime(2019, 4, 3, tzinfo=UTC)
    assert read_date("03/04/2019", Order.MONTH_FIRST, UTC) == datetime(2019, 3, 4, tzinfo=UTC)


def test_a_date_without_a_clock_is_a_morning_where_the_magazine_is():
    assert read_date("4.3.2019", Order.UNKNOWN, timezone(timedelta(hours=2))) == datetime(
        2019, 3, 3, 22, tzinfo=UTC
    )


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 1, 1)), min_size=1), st.booleans())
def test_a_column_is_never_read_in_the_wrong_order(days, day_first):
    """Whatever a column holds: its dates are read as they were meant, or not at all."""
    written = [f"{day:%d/%m/%Y}" if day_first else f"{day:%m/%d/%Y}" for day in days]
    seen = DayAndMonth()
    for text in written:
        seen.add(text)

    for day, text in zip(days, written, strict=True):
        assert read_date(text, seen.order, UTC) in (None, datetime(day.year, day.month, day.day, tzinfo=UTC))


def test_columns_that_contradict_themselves_have_no_order():
    seen = DayAndMonth()
    for text in ("31/12/2019", "12/31/2019", "03/04/2019"):
        seen.add(text)

    assert seen.order is Order.UNKNOWN


@given(st.text(max_size=80))
def test_nothing_makes_a_date_fail(text):
    kind_of(text)
    read_date(text, Order.UNKNOWN, UTC)
