"""Reads the dates of a column, in the one way the whole column is written.

03/04/2019 is a day in March or in April; what stands in the other rows tells which, or nobody can. Numbers are the days of
spreadsheets (ECMA-376 part 1, 18.17.4.1: 1 is 1 January 1900, as Excel counts it) or the seconds of Unix.
"""

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from importlib.util import find_spec

from standfirst.importers.reading.moments import printed_date, stated_moment

_CLOCK = r"(?:(?:\s*,|\s+-|\s+at|\s+um|T)?\s*(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?\s*(?P<half>[ap]\.?\s?m\.?)?(?:\s*(?:uhr|h))?\s*(?P<zone>z|utc|gmt(?:[+-]\d{1,4})?|[+-]\d{2}:?\d{2})?)?"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_NUMBERS = re.compile(
    rf"{_WEEKDAY}(?P<a>\d{{1,2}})(?P<sign>[/.\-])\s?(?P<b>\d{{1,2}})(?P=sign)\s?(?P<year>\d{{4}}|\d{{2}}){_CLOCK}\Z",
    re.I,
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?:[/.]|年)\s?(?P<month>\d{{1,2}})(?:[/.]|月)\s?(?P<day>\d{{1,2}})日?{_CLOCK}\Z", re.I
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ENGLISH = (
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_CLOCK}(?:\s*\(.*\))?\Z", re.I),
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}}){_CLOCK}(?:\s*\(.*\))?\Z", re.I),
)  # fmt: skip
_TIME_BEHIND = re.compile(r"[,\s]+(?:um |at |à |kl\.? )?\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:uhr|h)?\Z", re.I)
_IN_WORDS = re.compile(r"\d{1,4}[^\d:]{3,20}\d{1,4}|[^\W\d_]{3,}\.?\s+\d{1,2}[,.]?\s+\d{4}")
_FIRST_DAY, _LAST_DAY = 15_000, 60_000  # of spreadsheets: 1941 to 2064
LONGEST = 70


class Order(StrEnum):
    """Whether the day or the month comes first. The values are the words of `--column …=date:dmy`."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    UNKNOWN = ""


class Kind(StrEnum):
    """How one value is written."""

    WHOLE = "whole"  # it says itself which number is what
    NUMBERS = "numbers"
    WORDS = "words"
    DAYS = "days"
    SECONDS = "seconds"
    NONE = ""


def kind_of(text: str) -> Kind:
    """How a value is written, if it is a date."""
    if not text or len(text) > LONGEST or not any(character.isdigit() for character in text):
        return Kind.NONE
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        number = float(text)
        if text.isdigit() and len(text) in (10, 13) and text[0] == "1":
            return Kind.SECONDS
        if text.isdigit() and len(text) == 8 and stated_moment(text, UTC):
            return Kind.WHOLE
        return Kind.DAYS if _FIRST_DAY <= number <= _LAST_DAY else Kind.NONE
    if found := _NUMBERS.match(text):
        return Kind.WHOLE if found["sign"] == "." else Kind.NUMBERS
    if (
        _YEAR_FIRST.match(text)
        or any(pattern.match(text) for pattern in _ENGLISH)
        or stated_moment(text, UTC)
    ):
        return Kind.WHOLE
    return Kind.WORDS if _IN_WORDS.match(text) and printed(text, UTC) else Kind.NONE


@dataclass
class DayAndMonth:
    """Gathers, over all of a column, whether days or months come first."""

    seen: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        if text[:1].isspace() or len(text) > LONGEST:
            return
        found = _NUMBERS.match(text)
        if found is None or found["sign"] == ".":
            return
        year, a, b = _year(found["year"]), int(found["a"]), int(found["b"])
        as_day, as_month = _is_day(year, b, a), _is_day(year, a, b)
        if as_day or as_month:  # what is neither says nothing of the others
            self.seen["either" if as_day and as_month else "day first" if as_day else "month first"] += 1

    @property
    def order(self) -> Order:
        """The order, where what is seen leaves no doubt."""
        if self.seen["day first"] and not self.seen["month first"]:
            return Order.DAY_FIRST
        if self.seen["month first"] and not self.seen["day first"]:
            return Order.MONTH_FIRST
        return Order.UNKNOWN


@lru_cache(maxsize=8192)  # an archive has as many days as it has
def read_date(text: str, order: Order, zone: tzinfo) -> datetime | None:
    """The moment a value states; None if it states none, or nobody can tell which."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return None
    match kind_of(text):
        case Kind.DAYS:
            return _on_a_spreadsheet(float(text), zone)
        case Kind.SECONDS:
            return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
        case Kind.NUMBERS:
            return _from_numbers(text, order, zone)
        case Kind.WORDS:
            return printed(text, zone)
        case Kind.WHOLE:
            return _whole(text, zone)
    return None


def may_be_either(text: str, order: Order) -> bool:
    """Whether a value is a date of which nobody can tell the day from the month."""
    found = _NUMBERS.match(" ".join(text.split()))
    return (
        found is not None
        and found["sign"] != "."
        and order is Order.UNKNOWN
        and int(found["a"]) <= 12
        and int(found["b"]) <= 12
        and found["a"].lstrip("0") != found["b"].lstrip("0")
    )


def printed(text: str, zone: tzinfo) -> datetime | None:
    """A date in words of any language, where the library that knows them is installed."""
    if find_spec("dateparser") is None:
        return None
    return printed_date(_TIME_BEHIND.sub("", text), "", zone)


def _whole(text: str, zone: tzinfo) -> datetime | None:
    if found := _NUMBERS.match(text):
        return _moment(found, _year(found["year"]), int(found["b"]), int(found["a"]), zone)
    if found := _YEAR_FIRST.match(text):
        return _moment(found, int(found["year"]), int(found["month"]), int(found["day"]), zone)
    for pattern in _ENGLISH:
        if found := pattern.match(text):
            month = _MONTHS.index(found["name"].lower()[:3]) + 1
            return _moment(found, int(found["year"]), month, int(found["day"]), zone)
    return stated_moment(text, zone)


def _from_numbers(text: str, order: Order, zone: tzinfo) -> datetime | None:
    found = _NUMBERS.match(text)
    if found is None:
        return None
    a, b = int(found["a"]), int(found["b"])
    if may_be_either(text, order):
        return None
    day_first = order is Order.DAY_FIRST or (order is Order.UNKNOWN and a > 12)
    day, month = (a, b) if day_first else (b, a)
    return _moment(found, _year(found["year"]), month, day, zone)


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < 70 else 1900)  # as POSIX reads them (strptime, %y)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] if year else False


def _moment(found: "re.Match[str]", year: int, month: int, day: int, zone: tzinfo) -> datetime | None:
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    offset = (found["zone"] or "").lower()
    try:
        moment = datetime(
            year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0), tzinfo=zone
        )
    except ValueError:
        return None
    if offset:
        digits = re.sub(r"\A(?:utc|gmt|z)|:", "", offset)
        whole = f"{moment:%Y-%m-%dT%H:%M:%S}{digits or 'Z'}"
        return stated_moment(whole, zone)
    return moment.astimezone(UTC)


def _on_a_spreadsheet(days: float, zone: tzinfo) -> datetime:
    whole, part = divmod(days, 1)
    # Excel has a 29 February 1900, which never was.
    morning = date(1899, 12, 30) + timedelta(days=int(whole))
    moment = datetime(morning.year, morning.month, morning.day) + timedelta(seconds=round(part * 86_400))  # noqa: DTZ001
    return moment.replace(tzinfo=zone).astimezone(UTC)
