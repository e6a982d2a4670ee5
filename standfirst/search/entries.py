"""An article as the index has it."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from django.utils import timezone

from standfirst.text.tokens import KEY, LONGEST, stream, tokens

# So many articles of one minute have places of their own; more take those of the minutes that follow.
A_MINUTE = 64
_EPOCH = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fields:
    """What is indexed of an article: tokens, a space between two."""

    body: str
    headline: str
    standfirst: str
    names: str
    keys: str

    @property
    def texts(self) -> tuple[str, ...]:
        """All but the keys."""
        return self.body, self.headline, self.standfirst, self.names

    @property
    def narrowing(self) -> str:
        """The keys that results can be narrowed to, without those of words in names."""
        return " ".join(key[1:] for key in self.keys.split() if key[1] != "n")

    def packed(self) -> bytes:
        return zlib.compress("\n".join((*self.texts, self.keys)).encode(), 1)

    @staticmethod
    def text_of(words: bytes) -> bytes:
        """All of what was packed, with a space before and behind each token, and what no token is between two fields."""
        return b" %b " % zlib.decompress(words).replace(b"\n", b" \n ")

    @classmethod
    def unpacked(cls, words: bytes) -> Self:
        return cls(*zlib.decompress(words).decode().split("\n"))


@dataclass(frozen=True, slots=True)
class Entry:
    """An article at its place in the index."""

    place: int
    article: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Credited:
    """A credit, as far as it is searched."""

    contributor: int
    role: int
    printed_name: str


def names_of(credits: Iterable[Credited]) -> str:
    return stream(" \n ".join(dict.fromkeys(credit.printed_name for credit in credits)))


def keys_of(
    *, published_at: datetime, section: int | None, topics: Iterable[int], credits: Iterable[Credited]
) -> str:
    """The tokens nobody can type, by which results are narrowed: years, sections, topics, people, roles, words in names."""
    keys = [year_key(timezone.localtime(published_at).year)]
    if section:
        keys.append(f"s{section}")
    keys += [f"t{topic}" for topic in sorted(topics)]
    for credit in credits:
        keys += [f"c{credit.contributor}", f"r{credit.role}", f"c{credit.contributor}r{credit.role}"]
        keys += name_keys(tokens(credit.printed_name))
    return " ".join(KEY + key for key in dict.fromkeys(keys))


def name_keys(name: Sequence[str]) -> list[str]:
    """By what a printed name is found: each of its tokens, and all of them."""
    return [f"n{token}" for token in dict.fromkeys((*name, "".join(name)[:LONGEST]))] if name else []


def year_key(year: int) -> str:
    return f"y{year}"


def minute_of(moment: datetime) -> int:
    """The first of the places of the minute in which something appeared."""
    return int((moment - _EPOCH).total_seconds() // 60) * A_MINUTE
