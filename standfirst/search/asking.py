"""What a reader typed, understood. Whatever cannot be is words; nothing is ever an error."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from standfirst.text.tokens import is_in_pairs, tokens

LONGEST_QUERY = 200
# More words than these say nothing more, and each costs.
MOST_WORDS = 12
# What results can be narrowed by, as it is typed: `by:fenwick`.
FIELDS = ("by", "in", "topic", "year", "role")
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_FIELD = "|".join(FIELDS)
# A space after the colon is a slip; but what is not wanted, or is a field itself, is nobody's name. A quotation mark that
# has no other is none of a phrase's.
_ASKED = re.compile(
    rf'(-?)(?:({_FIELD}):(?:(?=\S)| (?!-|(?:{_FIELD}):)))?(?:"([^"]+)"|([^\s"]+))', re.IGNORECASE
)
_UNFILLED = re.compile(rf"^({_FIELD}):$", re.IGNORECASE)
# So few letters begin too many words.
SHORTEST_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was typed: a word, a phrase or, with a `field`, what results are to be narrowed to."""

    text: str
    tokens: tuple[str, ...]
    field: str = ""
    is_phrase: bool = False
    is_unwanted: bool = False
    is_begun: bool = False

    @property
    def typed(self) -> str:
        """It as it would be typed."""
        text = f'"{self.text}"' if self.is_phrase or (self.field and " " in self.text) else self.text
        return f"{'-' if self.is_unwanted else ''}{self.field}{':' if self.field else ''}{text}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A whole query: `text` as it was typed, one space between two words."""

    text: str
    said: tuple[Said, ...]

    @property
    def words(self) -> tuple[Said, ...]:
        """What is looked for."""
        return tuple(one for one in self.said if not one.field and not one.is_unwanted)

    @property
    def fields(self) -> tuple[Said, ...]:
        return tuple(one for one in self.said if one.field)

    @property
    def unwanted(self) -> tuple[Said, ...]:
        return tuple(one for one in self.said if one.is_unwanted and not one.field)

    @property
    def wants_nothing(self) -> bool:
        """Whether all that was typed is what is not wanted. Everything else is asked for by nobody."""
        return bool(self.said) and all(one.is_unwanted for one in self.said)


def asked(query: str) -> Asked:
    """What was asked for by what was typed."""
    text = " ".join(query.replace("\0", " ").translate(QUOTES).split())[:LONGEST_QUERY].strip()
    said = list(_said(text))[:MOST_WORDS]
    # What is only narrowed down stays begun: the last word is the last, whatever fields follow.
    last = max((place for place, one in enumerate(said) if not one.field), default=None)
    if last is not None and _may_be_begun(
        said[last], is_followed=last == len(said) - 1 and query[-1:].isspace()
    ):
        said[last] = replace(said[last], is_begun=True)
    return Asked(text, tuple(said))


def as_words(one: Said) -> list[Said]:
    """What was typed as a field and is none."""
    return [Said(word, become) for word in (one.field, one.text) if (become := tuple(tokens(word)))]


def _said(text: str) -> Iterator[Said]:
    for sign, field, phrase, word in _ASKED.findall(text):
        # A field of nothing is a word, and would not be one before the next.
        said = phrase or (word if field else _UNFILLED.sub(r"\1", word))
        if become := tuple(tokens(said)):
            is_phrase = bool(phrase) and not field
            yield Said(said.strip(), become, field.lower(), is_phrase=is_phrase, is_unwanted=bool(sign))


def _may_be_begun(last: Said, *, is_followed: bool) -> bool:
    is_word = not (last.is_phrase or last.is_unwanted or is_followed)
    return is_word and (len(last.tokens[-1]) >= SHORTEST_BEGINNING or is_in_pairs(last.text))
