"""Dates in the shapes people type them in."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.importers.folders import dates

SHAPES = [
    ("2014-03-05", "2014-03-05T00:00:00"),
    ("2014/3/5", "2014-03-05T00:00:00"),
    ("2014-03-05 14:30", "2014-03-05T14:30:00"),
    ("2014-03-05 14:30:10 -0400", "2014-03-05T14:30:10-04:00"),
    ("2015-03-17T14:00:00-04:00", "2015-03-17T14:00:00-04:00"),
    ("2012-05-08T17:00:34.000Z", "2012-05-08T17:00:34+00:00"),
    ("2011-03-02 15:38:06+00:00", "2011-03-02T15:38:06+00:00"),
    ("2014-03-05 10:00:00 UTC+01:00", "2014-03-05T10:00:00+01:00"),
    ("Sat, 30 Jan 2021 16:00:00 GMT", "2021-01-30T16:00:00+00:00"),
    ("May 28, 2020", "2020-05-28T00:00:00"),
    ("Sept. 1, 2020", "2020-09-01T00:00:00"),
    ("1st March 2020", "2020-03-01T00:00:00"),
    ("Monday, March 3, 2014", "2014-03-03T00:00:00"),
    ("5.3.2014", "2014-03-05T00:00:00"),
    ("20140305", "2014-03-05T00:00:00"),
    ("2021年3月5日", "2021-03-05T00:00:00"),
]


@pytest.mark.parametrize(("text", "moment"), SHAPES)
def test_a_date_is_read_in_every_shape(text, moment):
    found = dates.parse(text)

    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    "text", ["", "soon", "2014", "2014-13-45", "03/05/2014", "5", "true", "12:30", "2014-02-30"]
)
def test_what_is_no_date_or_could_be_two_is_none(text):
    assert dates.parse(text) is None


def test_a_date_without_a_zone_is_the_sites_clock():
    moment = dates.parse("2014-07-05 00:00")

    assert dates.aware(moment, ZoneInfo("Europe/Vienna")) == datetime(2014, 7, 4, 22, tzinfo=UTC)


NAMES = [
    ("2014-03-05-a-day", "2014-03-05", "a-day"),
    ("2021-9-1-alt", "2021-09-01", "alt"),
    ("20180409 A Day", "2018-04-09", "A Day"),
    ("2014-03-05", "2014-03-05", ""),
]


@pytest.mark.parametrize(("stem", "day", "rest"), NAMES)
def test_a_files_name_may_begin_with_its_date(stem, day, rest):
    found = dates.in_file_name(stem)

    assert (found.moment.date().isoformat(), found.rest) == (day, rest)


@pytest.mark.parametrize("stem", ["a-2014-03-05", "2014-99-01-x", "1984-a-novel", "12345678"])
def test_figures_that_are_no_date_are_part_of_the_name(stem):
    assert dates.in_file_name(stem) is None


def test_folders_may_say_the_day_or_the_month():
    assert dates.in_path("posts/2014/03/05/x.md").day == 5
    assert dates.in_path("posts/2014/03/x.md").month == 3
    assert dates.in_path("blog/2018-05-09-auk/index.md").day == 9
    assert dates.in_path("posts/2014/x.md") is None


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_asked_for_its_date(text):
    found = dates.parse(text)

    assert found is None or dates.aware(found, UTC).tzinfo is not None


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))  # noqa: DTZ001
def test_every_date_written_by_the_standard_is_read_back(moment):
    assert dates.parse(moment.isoformat(sep=" ", timespec="seconds")) == moment.replace(microsecond=0)
