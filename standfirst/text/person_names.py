"""A person's name as a frozen value: its parts, where they can be known, and the forms worked out of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from standfirst.text.name_lists import GENERATIONS, PARTICLES
from standfirst.text.names import fold, matching_form, matching_words, sort_key, sort_name, split_name

# A nickname stands in quotation marks or brackets between given name and surname: William “Bill” Hart.
_NICKNAME = re.compile(r"(?<=\w)\s+[(\"“„‘'«]([\w.\- ]{2,30})[)\"”“’'»](?=\s+\w)")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as printed. The parts are words of its matching form, so that they can be compared.

    Names are not all made of given names and a surname, and a program can't always tell: of one word `surname` is empty,
    and of scripts that write names without a space all of it is `given`.
    """

    text: str
    given: str
    middle: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    surname: str = ""
    generation: str = ""  # "jr", "sr", "ii" …
    suffixes: tuple[str, ...] = ()  # "phd", "mp" …
    honorifics: tuple[str, ...] = ()  # "dr", "sir" …
    nickname: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All words but the generation, in the order of a Western name."""
        surname = (self.surname,) if self.surname else ()
        return (self.given, *self.middle, *self.particles, *surname)

    @property
    def family(self) -> str:
        """The surname with its particles, as one word: `delacruz`."""
        return "".join((*self.particles, self.surname))

    @property
    def initials(self) -> str:
        """Of the given names: `jk` of Joanne Kathleen Rowling, of J. K. Rowling and of JK Rowling."""
        return "".join(name[:1] for name in (self.given, *self.middle))

    @property
    def matching_form(self) -> str:
        return matching_form(self.text)

    @property
    def sort_key(self) -> str:
        return sort_key(sort_name(self.text))


@lru_cache(maxsize=8192)
def person_name(text: str) -> PersonName:
    """The parts of a name as somebody printed it."""
    core, nickname = without_nickname(text)
    split, words = split_name(core), matching_words(core)
    generation = words.pop() if len(words) > 2 and words[-1] in GENERATIONS else ""
    start = max(len(words) - 1, 0)
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    has_surname = len(words) > 1
    return PersonName(
        text,
        words[0] if words else "",
        middle=tuple(words[1:start]),
        particles=tuple(words[start:-1]),
        surname=words[-1] if has_surname else "",
        generation=generation,
        suffixes=split.suffixes,
        honorifics=split.honorifics,
        nickname=nickname,
    )


def without_nickname(text: str) -> tuple[str, str]:
    """A name without the nickname that stands in the middle of it, and that nickname, folded."""
    found = _NICKNAME.search(text)
    if found is None:
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :].strip()}", fold(found.group(1))
