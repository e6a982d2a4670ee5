"""Names: how they are filed, and the form in which two spellings of one name are the same.

A name is display text plus a sort name. Neither is ever worked out from the other side: what the editor typed
stands, and what is derived here is a proposal that the editor can change.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

HONORIFICS = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "baroness",
        "baron",
        "rev",
        "revd",
        "reverend",
        "fr",
        "father",
        "sr",
        "sister",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "hon",
        "rt",
        "judge",
        "justice",
        "rabbi",
        "imam",
        "sheikh",
        "capt",
        "captain",
        "col",
        "colonel",
        "gen",
        "general",
        "sgt",
        "sergeant",
        "herr",
        "frau",
        "mme",
        "mlle",
        "don",
        "doña",
        "dom",
        "dott",
        "ing",
        "mag",
        "phd",
    ]
)
SUFFIXES = frozenset(
    [
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "phd",
        "ph.d",
        "md",
        "m.d",
        "mp",
        "msp",
        "ms",
        "am",
        "td",
        "kc",
        "qc",
        "sc",
        "obe",
        "mbe",
        "cbe",
        "kbe",
        "dbe",
        "om",
        "frs",
        "esq",
        "bsc",
        "msc",
        "ba",
        "ma",
        "dphil",
        "jd",
        "llb",
        "rn",
        "cpa",
    ]
)
# Particles with which a surname is filed under what follows them: Beauvoir, Simone de.
FILED_BEHIND = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "von",
        "zu",
        "zum",
        "zur",
        "vom",
        "den",
        "af",
        "av",
        "til",
        "ten",
        "ter",
        "van",
        "der",
    ]
)
# Particles that belong to the surname in filing: Al-Khalili, Bin Laden, Le Guin, Della Rovere, Mac Lane.
FILED_WITH = frozenset(
    [
        "al",
        "el",
        "la",
        "le",
        "les",
        "lo",
        "los",
        "las",
        "della",
        "delle",
        "dello",
        "degli",
        "di",
        "da",
        "dal",
        "dalla",
        "das",
        "do",
        "dos",
        "ibn",
        "bin",
        "binti",
        "bint",
        "abu",
        "abd",
        "ap",
        "mac",
        "mc",
        "fitz",
        "o",
        "ben",
        "bat",
        "san",
        "saint",
        "st",
        "ní",
        "ni",
        "nic",
        "ua",
        "uí",
        "ó",
    ]
)
GENERATIONS = frozenset({"jr", "sr", "junior", "ii", "iii", "iv"})
# Scripts whose names put the surname last, and which a transliteration keeps apart.
WESTERN = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN")
JOINING = frozenset({"y", "i"})  # José Ortega y Gasset is filed under Ortega.
PARTICLES = FILED_BEHIND | FILED_WITH
ARTICLES = frozenset(["the", "a", "an", "le", "la", "les", "der", "die", "das", "el", "los", "las", "il"])
WORD = re.compile(r"[^\W_]+", re.UNICODE)


def sort_name(display_name: str, kind: str = "person") -> str:
    """How a name is filed: `Beauvoir, Simone de`, `King, Martin Luther, Jr.`, `Editors, The`.

    `kind` is a contributor's kind; only persons and pseudonyms have surnames. Names in scripts that put the
    surname first, and names that already have a comma, are filed as they are.
    """
    name = " ".join(unicodedata.normalize("NFC", display_name).split())
    if kind not in ("person", "pseudonym"):
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
    while len(surname) > 1 and _bare(surname[0]) in FILED_BEHIND and surname[0][:1].islower():
        behind.append(surname.pop(0))
    return f"{' '.join(surname)}, {' '.join([*given, *behind])}{suffix}"


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
    head, comma, tail = name.partition(",")
    if comma and "," not in tail and tail.strip() and not _is_post_nominal(tail, is_behind_comma=True):
        name = f"{tail} {head}"
    is_all_capitals = name.isupper()
    words: list[str] = []
    for place, part in enumerate(name.replace(",", " , ").split()):
        # A title stands before at least two words, a post-nominal behind them: Don DeLillo and Jack Ma have neither.
        found = WORD.findall(_fold_for_matching(part).replace("'", "").replace("’", ""))
        bare = "".join(found)
        behind = len(words) >= 2 and not (is_all_capitals and place)
        if behind and _is_post_nominal(part, is_behind_comma=False):
            continue
        words += [bare] if "." in part and bare in SUFFIXES | HONORIFICS else found
    while len(words) > 2 and words[0] in HONORIFICS:
        words.pop(0)
    return ["jr" if word == "junior" and number else word for number, word in enumerate(words)]


def _is_post_nominal(text: str, *, is_behind_comma: bool) -> bool:
    """Whether some words behind a name are titles and no part of it: written in capitals or with stops, or behind a comma."""
    words = text.split()
    return bool(words) and all(
        _bare(word).replace(".", "") in (SUFFIXES - GENERATIONS if not is_behind_comma else SUFFIXES)
        and (
            is_behind_comma
            or word.isupper()
            or "." in word
            or _bare(word) in ("phd", "dphil", "bsc", "msc", "esq")
        )
        for word in words
    )


def _fold_for_matching(text: str) -> str:
    """Small letters without accents. Scripts whose names no transliteration tells apart stay as they are."""
    text = unicodedata.normalize("NFKC", text)
    if text.isascii():
        return text.casefold()
    return "".join(anyascii(letter) if _is_told_apart(letter) else letter for letter in text).casefold()


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
