"""When a text was published: as its front matter says, its file's name, or the folders it lies in."""

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:[T ]|[ ]?,[ ]?)[ ]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?[ ]*((?:UTC|GMT)?[+-]\d{2}:?\d{2}|Z|UTC|GMT)?(?:[ ].*)?\Z",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ ,T]+\d{1,2}:\d{2}.*)?\Z")
_MONTH = re.compile(r"((?:19|20)\d{2})(?:[-/.](\d{1,2}))?\Z")
_STAMP = re.compile(r"\d{10}(?:\d{3})?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_WORDED = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%B %Y", "%b %Y")
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " at %H:%M")
_FILE = re.compile(r"\A(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ](.*))?\Z", re.DOTALL)
_FILE_COMPACT = re.compile(r"\A((?:19|20)\d{2})(\d{2})(\d{2})[-_ ](.+)\Z", re.DOTALL)
_FOLDERS = re.compile(r"(?:\A|/)((?:19|20)\d{2})/(\d{1,2})(?:/(\d{1,2}))?/")
_FOLDERS_DASHED = re.compile(r"(?:\A|/)((?:19|20)\d{2})-(\d{2})(?:-(\d{2}))?(?:[-_][^/]*)?/")
_ZONE_NAMES = {
    "EST": "-05:00",
    "EDT": "-04:00",
    "CST": "-06:00",
    "CDT": "-05:00",
    "PST": "-08:00",
    "PDT": "-07:00",
}


class NamedDate(NamedTuple):
    """A date that stood in a name, and what is left of the name."""

    moment: datetime
    rest: str


@lru_cache(maxsize=2048)
def parse(text: str) -> datetime | None:
    """A date in any of the shapes people type, with its zone if it has one; None for what is no date.

    Never guesses between day and month: figures are year first, or with dots day first.
    """
    text = text.strip().strip("'\"")
    if not 4 < len(text) < 60:
        return None
    try:
        if found := _ISO.match(text):
            year, month, day, hour, minute, second, zone = found.groups()
            clock = (int(hour or 0), int(minute or 0), int(second or 0))
            moment = datetime(int(year), int(month), int(day), *clock)  # noqa: DTZ001
            return _in(moment, zone)
        if found := _COMPACT.match(text) or _CHINESE.match(text):
            return datetime(int(found[1]), int(found[2]), int(found[3] or 1))  # noqa: DTZ001
        if found := _DAY_FIRST.match(text):
            return datetime(int(found[3]), int(found[2]), int(found[1]))  # noqa: DTZ001
        return _worded(text)
    except (ValueError, OverflowError):
        return None


def readings(text: str) -> tuple[datetime, ...]:
    """Every day a text may name, in order; none for what is no date.

    `03/04/2031` is two, `31/12/2031` one, and a year or a month is its first and its last day. Ten figures are seconds
    since 1970, thirteen are thousandths of them.
    """
    text = text.strip().strip("'\"")
    try:
        if _STAMP.fullmatch(text):
            return (datetime.fromtimestamp(int(text[:10]), UTC),)
        if found := _SLASHED.match(text):
            first, second, year = map(int, found.groups())
            pairs = {(month, day) for month, day in ((first, second), (second, first)) if month <= 12}
            return tuple(datetime(year, month, day) for month, day in sorted(pairs))  # noqa: DTZ001
        if found := _MONTH.match(text):
            month = int(found[2] or 0)
            return datetime(int(found[1]), month or 1, 1), datetime(int(found[1]), month or 12, 28)  # noqa: DTZ001
    except (ValueError, OverflowError):
        return ()
    return (day,) if (day := parse(text)) else ()


def _in(moment: datetime, zone: str | None) -> datetime:
    if not zone:
        return moment
    zone = zone.upper().removeprefix("UTC").removeprefix("GMT") or "Z"
    offset = "+00:00" if zone == "Z" else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M:%S}{offset}")


def _worded(text: str) -> datetime | None:
    if re.search(r"\d:\d\d:\d\d", text) and "," in text[:12]:
        try:
            return parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            pass
    plain = _ORDINAL.sub(
        "", " ".join(text.replace("Sept ", "Sep ").replace("Sept.", "Sep").replace(".", "").split())
    )
    plain = re.sub(r"\A(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", "", plain, flags=re.IGNORECASE)
    for clock in _CLOCKS:
        for pattern in _WORDED:
            try:
                return datetime.strptime(plain, pattern + clock)  # noqa: DTZ007
            except ValueError:
                continue
    return None


def aware(moment: datetime, zone: tzinfo) -> datetime:
    """The moment in UTC; without a zone of its own it is the site's clock."""
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        return moment.replace(tzinfo=UTC)


def in_file_name(stem: str) -> NamedDate | None:
    """The date a file's name begins with: `2014-03-05-title`, `2021-9-1-title`, `20180409 Title`."""
    found = _FILE.match(stem) or _FILE_COMPACT.match(stem)
    if found is None:
        return None
    try:
        return NamedDate(datetime(int(found[1]), int(found[2]), int(found[3])), found[4] or "")  # noqa: DTZ001
    except ValueError:
        return None


def in_path(path: str) -> datetime | None:
    """The date of the folders a file lies in: `2014/03/05/`, `2014/03/`, `2018-05-09-title/`."""
    found = _FOLDERS.search(path) or _FOLDERS_DASHED.search(path)
    if found is None:
        return None
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3] or 1))  # noqa: DTZ001
    except ValueError:
        return None
