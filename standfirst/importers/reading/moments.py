"""Reads the moments that sites and feeds state, in the many ways they write them."""

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

LONGEST = 80
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]\s*(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(Z|[A-Z]{1,4}|[+-]\d{1,2}(?::?\d{2})?)?)?\Z",
    re.IGNORECASE,
)
_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?\Z")
_OLDEST, _LATEST = 1400, 2200


def stated_moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment a machine-readable date states (ISO 8601, RFC 3339, RFC 822); None if it states none.

    A date without a clock, or a clock without a zone, is taken to be in `zone`: a date alone means its morning there.
    """
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return None
    return _iso(text, zone) or _mail(text, zone)


def _iso(text: str, zone: tzinfo) -> datetime | None:
    found = _ISO.match(text)
    if found is None:
        bare = _BARE.match(text)
        if bare is None:
            return None
        year, month, day, hour, minute, second = bare.groups()
        offset = "Z" if text.endswith("Z") else None
    else:
        year, month, day, hour, minute, second, offset = found.groups()
    # The last second of a day is written as 24:00 by some, and leap seconds by others.
    numbers = [int(part or 0) for part in (year, month, day, hour, minute, second)]
    if not _OLDEST <= numbers[0] <= _LATEST:
        return None
    numbers[5] = min(numbers[5], 59)
    try:
        moment = datetime(*numbers, tzinfo=zone if offset is None else UTC)  # type: ignore[misc, arg-type]
        if offset and offset[0] in "+-":
            moment = datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M:%S}{_offset(offset)}")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(text: str) -> str:
    digits = text[1:].replace(":", "").rjust(2, "0")
    if len(digits) < 4:
        digits = f"{digits[:2].zfill(2)}00"
    return f"{text[0]}{digits[:2]}:{digits[2:4]}"


def _mail(text: str, zone: tzinfo) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        if not _OLDEST <= moment.year <= _LATEST:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def printed_date(text: str, language: str, zone: tzinfo) -> datetime | None:
    """The morning of a date as readers see it, “4 March 2019” or “12. März 2014”; None unless it is beyond doubt.

    Numbers alone (03/04/2012) say different days in different countries, so they say none here.
    """
    text = " ".join(text.split())
    if not 6 <= len(text) <= LONGEST or not re.search(r"[^\W\d_]{3}", text) or not re.search(r"\d{4}", text):
        return None
    import dateparser  # here, for it is slow to load and seldom needed

    try:
        moment = dateparser.parse(
            text,
            languages=[language[:2].lower()] if re.match(r"[A-Za-z]{2}", language) else None,
            settings={"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]},
        )
    except Exception:  # an unknown language, or one of its many kinds of dislike
        return None
    if moment is None or not _OLDEST <= moment.year <= _LATEST:
        return None
    return moment.replace(tzinfo=moment.tzinfo or zone).astimezone(UTC)
