"""What a column holds, gathered over all of its rows: how full it is, and a fair sample of its values."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from standfirst.importers.tables.dates import DayAndMonth, Kind, kind_of
from standfirst.importers.tables.fields import plain_heading
from standfirst.importers.tables.states import is_state, is_yes_or_no
from standfirst.importers.tables.texts import blocks_of_html, is_markdown, is_rich_text

SAMPLED = 300
_LONGEST_SAMPLE = 3_000
_URL = re.compile(r"(?:https?://|www\.)\S+\Z", re.I)
_PATH = re.compile(r"/[^\s<>]*\Z")
_PICTURE = re.compile(r"(?:\.(?:jpe?g|png|gif|webp|avif|tiff?|svg|heic)(?:[?#]\S*)?\Z|\Awix:image://)", re.I)
_SLUG = re.compile(r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*/?\Z")
_CODE = re.compile(
    r"(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,64}|rec[A-Za-z0-9]{14}|[A-Za-z]{0,5}[-_]?\d{1,10})\Z"
)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+\Z")
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "zu",
        "af",
        "av",
        "y",
        "e",
        "und",
        "et",
        "and",
        "og",
        "och",
        "i",
        "&",
        "bin",
        "ibn",
        "al",
        "el",
        "ter",
        "ten",
    ]
)
_LIST = re.compile(r"[,;|]|\A\[")
_ROLE_WORDS = re.compile(r"(?:by|von|par|por|di|door|av|af|text|words)\b:?\s+(?=\S)", re.I)


@dataclass
class Holding:
    """Of one column. `add` takes every value; the rest is worked out of what was taken."""

    filled: int = 0
    length: int = 0
    days: DayAndMonth = field(default_factory=DayAndMonth)
    sample: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)  # three values, to be shown
    # Seeded: the same table is understood alike every time.
    _chance: random.Random = field(default_factory=lambda: random.Random(7), repr=False)

    def add(self, value: str) -> None:
        if not value:
            return
        self.filled += 1
        self.length += len(value)
        if value[0].isdigit() or len(value) < 40:
            self.days.add(value)
        if len(self.first) < 3 and value not in self.first:
            self.first.append(value[:200])
        # Every value is as likely as any other to be in the sample (Vitter's algorithm R).
        if len(self.sample) < SAMPLED:
            self.sample.append(value[:_LONGEST_SAMPLE])
        elif (place := int(self._chance.random() * self.filled)) < SAMPLED:
            self.sample[place] = value[:_LONGEST_SAMPLE]

    # ---------------------------------------------------------------------------------------- what its values are like

    @cached_property
    def mean_length(self) -> float:
        return self.length / self.filled if self.filled else 0.0

    @cached_property
    def mean_words(self) -> float:
        return sum(len(value.split()) for value in self.sample) / len(self.sample) if self.sample else 0.0

    @cached_property
    def distinct(self) -> float:
        """The share of the sample's values that differ."""
        return len(set(self.sample)) / len(self.sample) if self.sample else 0.0

    @cached_property
    def values(self) -> Counter[str]:
        return Counter(self.sample)

    def share(self, holds: Callable[[str], object]) -> float:
        """The share of the sample of which something is true."""
        return sum(bool(holds(value)) for value in self.sample) / len(self.sample) if self.sample else 0.0

    @cached_property
    def dates(self) -> float:
        """The share that are dates beyond doubt; a number may always be another number."""
        kinds = Counter(map(kind_of, self.sample))
        sure = kinds[Kind.WHOLE] + kinds[Kind.NUMBERS] + kinds[Kind.WORDS]
        return (sure + kinds[Kind.SECONDS] * 0.6 + kinds[Kind.DAYS] * 0.5) / max(1, len(self.sample))

    @cached_property
    def html(self) -> float:
        return self.share(blocks_of_html)

    @cached_property
    def rich(self) -> float:
        return self.share(is_rich_text)

    @cached_property
    def markdown(self) -> float:
        return self.share(is_markdown)

    @cached_property
    def lines(self) -> float:
        return self.share(lambda value: "\n" in value)

    @cached_property
    def pictures(self) -> float:
        return self.share(
            lambda value: len(value.split()) < 12 and any(map(_PICTURE.search, re.split(r"[\s(),]+", value)))
        )

    @cached_property
    def addresses(self) -> float:
        return self.share(
            lambda value: (_URL.match(value) or _PATH.match(value)) and not _PICTURE.search(value)
        )

    @cached_property
    def slugs(self) -> float:
        return self.share(lambda value: _SLUG.match(value) and not value.replace("-", "").isdigit())

    @cached_property
    def hyphens(self) -> float:
        return self.share(lambda value: value.count("-"))

    @cached_property
    def codes(self) -> float:
        return self.share(_CODE.match)

    @cached_property
    def numbers(self) -> float:
        return self.share(lambda value: value.replace(".", "", 1).replace(",", "").isdigit())

    @cached_property
    def mails(self) -> float:
        return self.share(_EMAIL.match)

    @cached_property
    def names(self) -> float:
        return self.share(is_shaped_like_names)

    @cached_property
    def lists(self) -> float:
        return self.share(_LIST.search)

    @cached_property
    def short_items(self) -> float:
        """The share that are one word or two, or a list of such."""
        return self.share(
            lambda value: (
                all(len(item.split()) <= 3 for item in re.split(r"[,;|]", value)) and len(value) < 200
            )
        )

    @cached_property
    def sentences(self) -> float:
        return self.share(lambda value: value.rstrip("\"'”’»").endswith((".", "!", "?", "…", "。")))

    @cached_property
    def states(self) -> float:
        return self.share(is_state)

    @cached_property
    def flags(self) -> float:
        return self.share(is_yes_or_no)


def is_shaped_like_names(value: str) -> bool:
    """Whether a value looks like one person's name or a few: two to four words, capitalised but for particles."""
    value = _ROLE_WORDS.sub("", value.strip("[]\"' "))
    if not value or len(value) > 120 or any(character.isdigit() for character in value) or "://" in value:
        return False
    people = [
        part.strip("\"' ")
        for part in re.split(r"[,;|/]|\s(?:and|und|et|y|e|&|og|och|en|i|и)\s", value)
        if part.strip("\"' ")
    ]
    return bool(people) and all(map(_is_shaped_like_a_name, people))


def _is_shaped_like_a_name(text: str) -> bool:
    words = text.replace(".", " ").split()
    if not any(letter.isupper() or letter.islower() for letter in text):
        # Scripts without capitals: a name is some letters, and seldom has a space.
        return 2 <= len(text) <= 12 and len(words) <= 3
    if not 2 <= len(words) <= 5:
        return False
    return (
        all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
        and plain_heading(text) != ""
    )
