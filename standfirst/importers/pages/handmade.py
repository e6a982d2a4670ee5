"""What pages say that somebody wrote by hand: in words and by position, with no markup that says so.

“Published in Issue 7 of The Beacon, March 1999”, a heading “March 1999 (#7)” over a table of contents, a byline below the
headline. Alone none of it says what a page is; the survey weighs it over the whole folder.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, tzinfo

from standfirst.importers.reading.documents import Node, words
from standfirst.importers.reading.moments import printed_date

LEAST_WORDS = 25
_SAYS_WHEN = re.compile(
    r"\b(?:(?:first |originally )?published|posted|appeared|issue|written on|dated?|veröffentlicht|erschienen|publi[ée]e?|publicado)\b",
    re.I,
)
_DAY = re.compile(
    r"(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:de\s+)?)?(?P<month>[^\W\d_]{3,12})\.?,?\s+(?:de\s+)?"
    r"(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>(?:19|20)\d\d)\b"
)
_LONGEST_LINE = 200
_BETWEEN_PARTS = re.compile(r"\s+[|·–—»:-]+\s+")


def date_in(text: str, language: str, zone: tzinfo) -> datetime | None:
    """The first day or month that words name; of a month its first day."""
    for found in _DAY.finditer(text):
        day = found["before"] or found["after"] or "1"
        if moment := printed_date(f"{day} {found['month']} {found['year']}", language, zone):
            return moment
    return None


def date_said(scope: Node, language: str, zone: tzinfo) -> datetime | None:
    """When a text was published, as a line of it says; the lowest such line, where these mostly stand."""
    for node in reversed(
        list(scope.iter("p", "div", "span", "small", "i", "em", "td", "address", "h2", "h3", "h4"))
    ):
        line = words(node, _LONGEST_LINE + 1)
        if (
            8 < len(line) <= _LONGEST_LINE
            and _SAYS_WHEN.search(line)
            and (said := date_in(line, language, zone))
        ):
            return said
    return None


def date_over(root: Node, language: str, zone: tzinfo) -> datetime | None:
    """When an issue came out, as the title or a heading of its page says."""
    for node in root.iter("title", "h1", "h2", "h3"):
        if said := date_in(words(node, _LONGEST_LINE), language, zone):
            return said
    return None


def is_a_text(root: Node, headline: str, is_signed: bool) -> bool:
    """Whether a page holds one text: a headline, a byline, and more words than its links have."""
    if not headline or not is_signed:
        return False
    body = root.find("body")
    said = words(root if body is None else body, 20_000).split()
    linked = sum(len(words(link, 200).split()) for link in root.iter("a"))
    return len(said) - linked >= LEAST_WORDS


def common_name(titles: Iterable[str]) -> str:
    """What the titles of many pages have in common, parted from the rest: the publication's name."""
    titles = list(titles)
    parts = Counter(
        part.strip()
        for title in titles
        for part in dict.fromkeys(_BETWEEN_PARTS.split(title))
        if part.strip()
    )
    name, count = parts.most_common(1)[0] if parts else ("", 0)
    return name if count > 1 and count * 4 >= len(titles) else ""
