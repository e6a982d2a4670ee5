"""What the bylines of one archive say of each other: whose names are certain, and whether surnames stand first in all."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.given import is_given_name, is_surname

# How many bylines it takes to speak of an archive's habit, and how few may be otherwise.
ENOUGH = 5
MOSTLY = 0.9
PAIR = re.compile(r"\s*([^\W\d_][^,;|/()<>@&:\n]{0,60}?)\s*,\s*([^\W\d_][^,;|/()<>@&:\n]{0,40}?)\s*")
APART = re.compile(r"[;|\n]|\s(?:and|&|und|et|y|e)\s")


def squashed(text: str) -> str:
    """A text without anything but its letters, their vowel signs, and digits, in small letters."""
    if text.isascii():
        return "".join(character for character in text.casefold() if character.isalnum())
    return "".join(one for one in text.casefold() if one.isalnum() or unicodedata.category(one)[0] == "M")


@dataclass(frozen=True, slots=True)
class Archive:
    """Names by which the bylines of one archive settle each other, squashed: `learning.learn` finds them.

    `names` are certainly one contributor's; those `alone` make up a whole byline somewhere. `is_of_people` says that
    nearly all are known to be persons', so that one of which nothing is known will be one's too; `is_inverted`, that all are
    written “Surname, Given”. `employers` stand in brackets behind several names, as nobody's other name does.
    """

    names: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    is_of_people: bool = False
    is_inverted: bool = False
    employers: frozenset[str] = frozenset()

    def __or__(self, other: "Archive") -> "Archive":
        """What two readings of one archive say together."""
        return Archive(
            self.names | other.names,
            self.alone | other.alone,
            self.is_of_people or other.is_of_people,
            self.is_inverted or other.is_inverted,
            self.employers | other.employers,
        )


UNKNOWN = Archive()


def is_inverted(bylines: Iterable[str]) -> bool:
    """Whether names stand as “Quill, Ada” in every byline that can tell.

    One that is one pair of words about a comma may be two people. Where nearly all of them are such pairs, with a given
    name behind the comma and none before it, they are the archive's way of writing names.
    """
    told = pairs = certain = 0
    for byline in bylines:
        pieces = [piece for piece in APART.split(byline) if piece.strip()]
        found = [PAIR.fullmatch(piece) for piece in pieces]
        if not pieces or not any("," in piece for piece in pieces):
            # A name in its natural order tells as well: it has a given name where none should be.
            told += any(len(piece.split()) > 1 and is_given_name(piece.split()[0]) for piece in pieces)
            continue
        told += 1
        if all(pair and is_pair(pair[1], pair[2]) for pair in found):
            pairs += 1
            certain += any(pair is not None and _is_surname_first(pair[1], pair[2]) for pair in found)
    return told >= ENOUGH and pairs >= told * MOSTLY and certain >= pairs / 2


def is_pair(surname: str, given: str) -> bool:
    """Whether two halves about a comma can be a surname and given names."""
    before, behind = surname.split(), given.split()
    if len([word for word in before if word.casefold() not in w.PARTICLES]) > 2 or len(behind) > 3:
        return False
    if any(word.casefold().strip(".") in w.JOBS | w.ORGANISATIONS | w.GENERATIONS for word in behind):
        return False
    # “Ada Quill, Ben” has a given name in front.
    return len(before) == 1 or not is_given_name(before[0]) or is_surname(before[0])


def _is_surname_first(surname: str, given: str) -> bool:
    first = given.split()[0]
    return (is_given_name(first) or len(first.strip(".")) == 1) and (
        not is_given_name(surname.split()[-1]) or is_surname(surname.split()[-1])
    )
