"""Names: how they are filed, and the form in which two spellings of one name are the same.

A name is display text plus a sort name. Neither is ever worked out from the other side: what the editor typed
stands, and what is derived here is a proposal that the editor can change.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from standfirst.text.name_lists import (
    DEGREES,
    FILED_BEHIND,
    GENERATIONS,
    GIVEN_NAMES_TOO,
    HONORIFICS,
    JOINING,
    PARTICLES,
    SUFFIXES,
    SURNAMES_TOO,
)

# Scripts whose names put the surname last, and which a transliteration keeps apart.
WESTERN = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN")
# The kinds of contributor that are one human being, by their own name or another.
PEOPLE = frozenset({"person", "pseudonym"})
WORD = re.compile(r"[^\W_]+", re.UNICODE)
_GLUED_TITLE = re.compile(rf"\A((?:{'|'.join(sorted(HONORIFICS))})\.)(?=[^\W\d_]{{2}})", re.IGNORECASE)


def sort_name(display_name: str, kind: str = "person") -> str:
    """How a name is filed: `Beauvoir, Simone de`, `King, Martin Luther, Jr.`, `Editors, The`.

    `kind` is a contributor's kind; only persons and pseudonyms have surnames. Names in scripts that put the
    surname first, and names that already have a comma, are filed as they are.
    """
    name = " ".join(unicodedata.normalize("NFC", display_name).split())
    if kind not in PEOPLE:
        first, _, rest = name.partition(" ")
        return f"{rest}, {first}" if rest and _bare(first) in {"the", "a", "an"} else name
    if not _is_western(name):
        return name
    words, suffix = _without_titles(name)
    if len(words) < 2:
        return " ".join(words) + suffix or name
    start = len(words) - 1
    if start > 2 and _bare(words[start - 1]) in JOINING:
        start -= 2
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    given, surname = words[:start], words[start:]
    behind: list[str] = []
    while len(surname) > 1 and _is_filed_behind(surname[0]):
        behind.append(surname.pop(0))
    return f"{' '.join(surname)}, {' '.join([*given, *behind])}{suffix}"


def given_and_particle(given: str) -> tuple[str, str]:
    """What stands behind the comma of a sort name, without and with the particle filed there: `Hanneke`, `van der`."""
    words = given.split()
    start = len(words)
    while start > 1 and _is_filed_behind(words[start - 1]):
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def sort_key(sort_name: str) -> str:
    """A key that sorts as people expect in A to Z: case, accents and punctuation do not count."""
    key = " ".join(word for word in re.split(r"[^a-z0-9,]+", _folded(sort_name).replace("'", "")) if word)
    return key.strip(", ") or sort_name.casefold()


def letter_of(sort_name: str) -> str:
    """The letter of the alphabet a sort name stands under: `A` to `Z`, or `#` for anything else."""
    first = next((character for character in _folded(sort_name) if character.isalnum()), "#")
    return first.upper() if "a" <= first <= "z" else "#"


def matching_form(name: str) -> str:
    """The form in which two spellings of one name are equal; never empty for a name that is not.

    Case, accents, punctuation, hyphens, honorifics and post-nominals fold away, and `Quill, Ada` is turned round. What
    tells people apart stays: initials (whether `A. Quill` is Ada Quill is for people to say), a generation (`Jr.`), and
    the characters of scripts whose transliteration is one for many names, such as Chinese.
    """
    words = matching_words(name)
    return " ".join(words) or " ".join(name.casefold().split())


def matching_words(name: str) -> list[str]:
    """The words of a name's matching form, given names first; empty for a name without a letter."""
    folded = [word.folded for word in split_name(name).words if word.folded]
    return [GENERATION_FORMS.get(word, word) if number else word for number, word in enumerate(folded)]


GENERATION_FORMS = {"junior": "jr", "senior": "sr"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name as printed, and whether a hyphen or a full stop joins it to the word before, or a space parts them."""

    text: str
    is_joined: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)


@dataclass(frozen=True, slots=True)
class SplitName:
    """A name taken apart as far as its print shows: titles before it, titles behind it, and its words, given names first."""

    words: tuple[Word, ...]
    honorifics: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def split_name(name: str) -> SplitName:
    """The words of a name, turned round if it is filed (`Quill, Ada`), without honorifics and post-nominals."""
    head, *tails = [part.strip() for part in name.split(",") if part.strip()] or [""]
    suffixes: list[str] = []
    generations: list[str] = []
    others: list[str] = []
    for tail in tails:
        bare = [_bare(word).replace(".", "") for word in tail.split()]
        if all(word in SUFFIXES or word in GENERATIONS for word in bare):
            generations += [word for word in bare if word in GENERATIONS]
            suffixes += [word for word in bare if word not in GENERATIONS]
        else:
            others.append(tail)
    turned = [*others, head] if len(others) == 1 else [head, *others]
    parts = [*_GLUED_TITLE.sub(r"\1 ", " ".join(turned)).split(), *generations]
    while len(parts) > 2 and _is_post_nominal(parts[-1], is_all_capitals=name.isupper()):
        suffixes.insert(0, _stops_dropped(parts.pop()))
    honorifics: list[str] = []
    while len(parts) > 2 and _is_honorific(parts[0]):
        honorifics.append(_stops_dropped(parts.pop(0)))
    words = [word for part in parts for word in _words_of(part)]
    return SplitName(tuple(words), tuple(honorifics), tuple(suffixes))


def _words_of(part: str) -> list[Word]:
    found = WORD.findall(unicodedata.normalize("NFKC", part).replace("'", "").replace("’", ""))
    if "." in part and "".join(found).casefold() in SUFFIXES | HONORIFICS:
        return [Word("".join(found))]
    return [Word(text, is_joined=place > 0) for place, text in enumerate(found)]


def _is_honorific(part: str) -> bool:
    bare = _stops_dropped(part)
    return bare in HONORIFICS and (bare not in GIVEN_NAMES_TOO or part.endswith("."))


def _is_post_nominal(part: str, *, is_all_capitals: bool) -> bool:
    """Whether the last word of a name is a title and no surname: Ada Quill KC has one, Wei Ling MA may have none."""
    bare = _stops_dropped(part)
    if bare not in SUFFIXES or bare in GENERATIONS:
        return False
    if "." in part or bare in DEGREES:
        return True
    return part.isupper() and bare not in SURNAMES_TOO and not is_all_capitals


def _stops_dropped(word: str) -> str:
    return _bare(word).replace(".", "")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Small letters and digits without accents. Scripts whose names no transliteration tells apart stay as they are."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.casefold()))
    kept = "".join(anyascii(letter) if _is_told_apart(letter) else letter for letter in text)
    return "".join(filter(str.isalnum, kept.casefold()))


@lru_cache(maxsize=4096)
def _is_told_apart(letter: str) -> bool:
    return not letter.isalpha() or unicodedata.name(letter, "").startswith(WESTERN)


def _folded(text: str) -> str:
    """Small ASCII letters for any script."""
    return anyascii(unicodedata.normalize("NFKC", text)).casefold()


def _bare(word: str) -> str:
    return word.casefold().strip(" .,’'")


def _is_particle(word: str) -> bool:
    return _bare(word) in PARTICLES or word.casefold() in ("d’", "d'")


def _is_filed_behind(word: str) -> bool:
    return _bare(word) in FILED_BEHIND and word[:1].islower()


def _is_western(name: str) -> bool:
    """Whether the name is in a script whose names put the surname last: Latin, Cyrillic, Greek, Armenian, Georgian."""
    if "," in name and _bare(name.partition(",")[2]) not in SUFFIXES:
        return False
    letters = [character for character in name if character.isalpha()]
    return bool(letters) and all(unicodedata.name(letter, "").startswith(WESTERN) for letter in letters)


def _without_titles(name: str) -> tuple[list[str], str]:
    """The words of a name less its honorifics, and the suffix that is filed behind everything."""
    words = name.replace(",", " , ").split()
    suffixes: list[str] = []
    while len(words) > 2 and (_bare(words[-1]) in SUFFIXES or words[-1] == ","):
        word = words.pop()
        if word != ",":
            suffixes.insert(0, word)
    while len(words) > 1 and _bare(words[0]) in HONORIFICS and (words[0].endswith(".") or len(words) > 2):
        words.pop(0)
    return words, "".join(f", {suffix}" for suffix in suffixes)
