"""A person's name as a frozen value: its parts, where they can be known, and the forms worked out of them."""

from dataclasses import dataclass
from functools import lru_cache

from standfirst.text.names import (
    GENERATIONS,
    HONORIFICS,
    PARTICLES,
    matching_form,
    matching_words,
    sort_key,
    sort_name,
)


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
    honorifics: tuple[str, ...] = ()

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
    def matching_form(self) -> str:
        return matching_form(self.text)

    @property
    def sort_key(self) -> str:
        return sort_key(sort_name(self.text))


@lru_cache(maxsize=8192)
def person_name(text: str) -> PersonName:
    """The parts of a name as somebody printed it."""
    words = matching_words(text)
    generation = words.pop() if len(words) > 1 and words[-1] in GENERATIONS else ""
    titles = tuple(word for word in text.casefold().replace(".", " ").split() if word in HONORIFICS)
    honorifics = tuple(title for title in titles if title not in words)
    if len(words) < 2:
        return PersonName(text, "".join(words), generation=generation, honorifics=honorifics)
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return PersonName(
        text,
        words[0],
        middle=tuple(words[1:start]),
        particles=tuple(words[start:-1]),
        surname=words[-1],
        generation=generation,
        honorifics=honorifics,
    )
