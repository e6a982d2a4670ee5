"""Whether a word is somebody's given name, as far as lists of them and how they sound can tell.

The lists are of some eighty languages and countries, and come from Faker; English short forms come from `nicknames`.
`scripts/make_lists.py` makes them.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from standfirst.bylines.reading import words as w

LISTS = Path(__file__).parent / "lists"
# Words first, whoever may be called so too.
NO_NAMES = (
    w.ORGANISATIONS | w.TEAMS | w.STAFF_HEADS | w.PARTICLES | w.BESIDE_ROLES | w.TITLE_WORDS | w.JOBS | w.ROLE_WORDS.keys()
)  # fmt: skip
_INITIAL = "zh|ch|sh|[bpmfdtnlgkhjqxzcsryw]"
_FINAL = (
    "iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|a|e|i|o|u"
)
# Two syllables of Mandarin: Xiaoying, Rui-hang. Of one there are too many words like them.
MANDARIN = re.compile(rf"(?:{_INITIAL})(?:{_FINAL})-?(?:{_INITIAL})(?:{_FINAL})")

# Persian and Urdu letters, in names that are Arabic by their origin.
ELSEWHERE = str.maketrans("یکہھ", "يكهه")


def listed(name: str) -> frozenset[str]:
    """The entries of one of the lists, those of names as `without_accents` gives them."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _english_names() -> frozenset[str]:
    # Read on first use: most bylines never ask.
    from nicknames import name_triplets

    return frozenset(
        name.casefold() for triplet in name_triplets() for name in (triplet.name1, triplet.name2) if name
    )


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return listed("given_names") - NO_NAMES | _english_names()


@lru_cache(maxsize=1)
def _sounds() -> frozenset[str]:
    return listed("given_sounds")


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return listed("surnames")


def is_given_name(word: str) -> bool:
    """True for a known given name or short form. False says nothing: there are always others."""
    return without_accents(word) in _given_names()


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return listed("countries") | w.COUNTRIES


def is_country(text: str) -> bool:
    """Whether this is the name of a country, in any of many languages. Some are given names and surnames as well."""
    return unicodedata.normalize("NFC", text.casefold()) in _countries()


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    return listed("cities") | w.CITIES | w.CITIES_OF_SEVERAL_WORDS


def is_city(text: str) -> bool:
    """Whether this is the name of a large city, in any of many languages, and no given name."""
    return unicodedata.normalize("NFC", text.casefold()) in _cities()


@lru_cache(maxsize=1)
def _months() -> frozenset[str]:
    return listed("months")


def is_month(word: str) -> bool:
    """Whether this is the name of a month, or short for one, in any of many languages."""
    return unicodedata.normalize("NFC", word.casefold()) in _months()


def is_english_given_name(word: str) -> bool:
    """True for an English given name or short form: in small letters, other languages' may as well be logins."""
    return word.casefold() in _english_names()


def is_surname(word: str) -> bool:
    """True for a known surname. Many are words as well."""
    return without_accents(word) in _surnames()


@lru_cache(maxsize=1)
def _telling_surnames() -> frozenset[str]:
    return listed("telling_surnames") - NO_NAMES


def is_telling_surname(word: str) -> bool:
    """True for a surname that is no word of the languages most bylines are in: Kumar, Zhou, Ngcobo; not Lake or Stone."""
    return without_accents(word) in _telling_surnames()


def sounds_given(word: str) -> bool:
    """Whether a word may well be a given name: a known one in another spelling (Aleksey), or Mandarin in Latin letters."""
    heard = sound(word)
    if len(heard) < 4 or word.casefold() in NO_NAMES:
        return False
    return heard in _sounds() or bool(MANDARIN.fullmatch(word.casefold()))


def sound(word: str) -> str:
    """A name in Latin letters, such that its usual spellings become one: Aleksey and Aleksei, Neelam and Nilam."""
    plain = without_accents(word).replace("ee", "i").replace("oo", "u").replace("ph", "f").replace("ck", "k")
    return re.sub(
        r"(.)\1+", r"\1", plain.translate({ord("y"): "i", ord("j"): "i", ord("w"): "v", ord("’"): ""})
    )


def without_accents(word: str) -> str:
    """Small letters without accents, and without Arabic and Hebrew points; Persian letters as Arabic ones."""
    if word.isascii():
        return word.casefold().strip(".,")
    parts = unicodedata.normalize("NFD", word.casefold().strip(".,").translate(ELSEWHERE))
    return unicodedata.normalize(
        "NFC",
        "".join(one for one in parts if unicodedata.category(one) != "Mn" or "\u0900" <= one <= "\u1fff"),
    )
