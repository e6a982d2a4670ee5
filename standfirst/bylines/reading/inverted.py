"""Names with the surname first: “Cheng, Yingxin; Feng, Tian”, “DUPONT, Jean”, “Smith, J., Doe, A. B.”."""

import re

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.archive import APART, PAIR, is_pair
from standfirst.bylines.reading.beside import is_place
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import (
    SURNAME_CAPITALS,
    bare,
    has_organisation_word,
    is_capitalised,
    is_cjk,
    is_initials,
)
from standfirst.bylines.reading.titles import is_post_nominal

CUT = re.compile(r"\s?(?:;|\n|\||\s(?:and|&|und|et|y|e)\s)\s?")


def inverted_names(text: str, doubts: list[str], *, is_habit: bool = False) -> list[str] | None:
    """The names turned round, if all of the byline is written surname first; otherwise nothing.

    `is_habit` says that the archive writes all names so: then nothing about it is doubtful.
    """
    if is_cjk(text) or any(character in text for character in "()@:<"):
        return None
    text = re.sub(r"^by\s", "", text, flags=re.I)
    if is_habit and (habitual := _habitually(text)):
        return habitual
    if names := _capitals_first(text):
        doubts.append(f"“{text}” was read surname first.")
        return names
    if "," not in text:
        return None
    pieces = [piece.strip(" ,") for piece in CUT.split(text) if piece.strip(" ,")]
    pairs = [_pair(piece) for piece in pieces]
    if len(pieces) > 1:
        if ";" not in text and not all(pair and _is_sure(*pair) for pair in pairs):
            return _alternating(text) or _plainly_inverted(pairs, text, doubts)
        if any(pair is None for pair in pairs):
            return None
        return [f"{given} {surname}" for surname, given in filter(None, pairs)]
    if (pair := pairs[0] if pairs else None) is None:
        return _alternating(text)
    surname, given = pair
    if _is_sure(surname, given):
        return [f"{given} {surname}"]
    one_word_each = len(surname.split()) == 1 and len(given.split()) == 1
    if one_word_each and (
        SURNAME_CAPITALS.match(surname) or (not is_given_name(surname) and _can_be_given(given))
    ):
        doubts.append(f"“{text}” was read as one name, surname first.")
        return [f"{given} {surname}"]
    return None


def _habitually(text: str) -> list[str] | None:
    """“Quill, Ada and Marsh, Ben”, where all names are written so."""
    found = [PAIR.fullmatch(piece) for piece in APART.split(text) if piece.strip(" ,")]
    if not found or not all(pair and is_pair(pair[1], pair[2]) for pair in found):
        return None
    return [_turned(pair[1], pair[2]) for pair in found if pair]


def _turned(surname: str, given: str) -> str:
    """“Marsh, Ada de” is Ada de Marsh, as “Marsh, Ada” is Ada Marsh."""
    return f"{given} {surname}"


def _capitals_first(text: str) -> list[str]:
    """“DUPONT Jean”, “VALK Teodor, ASHBY Bronwyn”: the surname alone in capitals."""
    pieces = [piece.split() for piece in re.split(r",|\s&\s|" + CUT.pattern, text) if piece.strip()]
    for words in pieces:
        surname, given = words[:-1], words[-1]
        if (
            not surname
            or not given.istitle()
            or not all(word.isupper() and len(word) > 3 for word in surname)
        ):
            return []
        if has_organisation_word(" ".join(words)) or not (is_given_name(given) or len(pieces) > 1):
            return []
    return [f"{words[-1]} {' '.join(words[:-1])}" for words in pieces]


def _plainly_inverted(pairs: list[tuple[str, str] | None], text: str, doubts: list[str]) -> list[str] | None:
    """“Smith, John and Doe, Jane”: known given names behind every comma, or none before one."""
    known = [pair for pair in pairs if pair and len(pair[0].split()) == 1]
    if len(known) != len(pairs):
        return None
    are_given = all(is_given_name(given.split()[0]) for _, given in known)
    # A list of single names has its “and” before the last one, not between pairs.
    are_surnames = not any(is_given_name(surname) or is_place(given) for surname, given in known)
    if not are_given and not (are_surnames and all(len(given.split()) == 1 for _, given in known)):
        return None
    doubts.append(f"“{text}” was read surname first.")
    return [f"{given} {surname}" for surname, given in known]


def _pair(piece: str) -> tuple[str, str] | None:
    halves = [half.strip() for half in piece.split(",")]
    if len(halves) == 3 and bare(halves[2]) in w.GENERATIONS:
        halves = [halves[0], f"{halves[1]}"]
    if len(halves) != 2 or not all(halves):
        return None
    surname, given = halves
    if len(surname.split()) > 4 or len(given.split()) > 3 or not is_capitalised(given):
        return None
    if len([word for word in surname.split() if bare(word) not in w.PARTICLES]) > 2:
        return None
    if any(has_organisation_word(half) for half in halves):
        return None
    if any(
        bare(word) in w.JOBS or bare(word) in w.GENERATIONS or is_post_nominal(word) for word in given.split()
    ):
        return None
    return surname, given


def _can_be_given(word: str) -> bool:
    return is_given_name(word) or (word.istitle() and word.isalpha() and not is_place(word))


def _is_sure(surname: str, given: str) -> bool:
    """Capitals for the surname alone, a particle before it, or initials for the given names."""
    words = surname.split()
    if len(given.split()) > 1 and given.split()[-1].islower() and bare(given.split()[-1]) in w.PARTICLES:
        # “Marsh, Ada de”
        return is_capitalised(surname) and len(words) < 3
    begins_small = words[0].islower() or (len(words) > 2 and words[1].islower())
    if len(words) > 1 and begins_small and len(given.split()) == 1 and is_capitalised(words[-1]):
        # “van Gogh, Vincent”, “Van der Meer, Joris”
        return all(bare(word) in w.PARTICLES for word in words[:-1])
    if surname.isupper() and len(surname) > 1 and not given.isupper():
        return len(surname.split()) <= 3
    return (
        all(is_initials(word) for word in given.split())
        and len(surname.split()) <= 2
        and not surname.isupper()
    )


def _alternating(text: str) -> list[str] | None:
    """“Smith, J., Doe, A. B.”: every second piece is initials."""
    pieces = [piece.strip() for piece in re.split(r",|\s(?:and|&)\s", text) if piece.strip()]
    if len(pieces) < 4 or len(pieces) % 2:
        return None
    surnames, givens = pieces[::2], pieces[1::2]
    if not all(all(is_initials(word) for word in given.split()) for given in givens):
        return None
    if not all(len(surname.split()) <= 3 and len(surname) > 1 for surname in surnames):
        return None
    if any(
        len(surname.split()) > 1 and is_post_nominal(given)
        for surname, given in zip(surnames, givens, strict=True)
    ):
        # “Ada Quill, M.D., Ben Marsh, Ph.D.”
        return None
    return [f"{given} {surname}" for surname, given in zip(surnames, givens, strict=True)]
