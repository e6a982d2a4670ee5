"""The words that join two names, in languages that are not written in Latin letters, from CLDR.

A few are written together with the name behind them (Hebrew ו, Arabic و) or with both (Thai และ): there the same
letters may begin a name.
"""

import re
import unicodedata
from functools import lru_cache

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.given import is_given_name, listed

# Their words are in `lists`, where they can be weighed against names in the same letters.
WEIGHED = frozenset(["LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL"])
PREFIXES = frozenset("וو")
# In these a word without a capital shows that it is no part of a name, as in Latin letters.
HAVE_CAPITALS = frozenset(["CYRILLIC", "GREEK", "ARMENIAN"])


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """The script of a letter, in Unicode's words: HEBREW, DEVANAGARI; nothing for digits, signs and spaces."""
    return unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""


def scripts_of(text: str) -> frozenset[str]:
    """The scripts in a text that words cannot be weighed in: all but Latin and East Asian ones."""
    return frozenset() if text.isascii() else frozenset(map(script_of, text)) - WEIGHED - {""}


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """For each script, its joining words with the spaces that belong to them."""
    found: dict[str, set[str]] = {}
    for word in w.ALSO_JOINING:
        found.setdefault(script_of(word[0]), set()).add(f" {word} ")
    for line in listed("joining_words"):
        word = line.partition("\t")[2]
        found.setdefault(script_of(word.strip()[0]), set()).add(word)
    return {script: frozenset(words) for script, words in found.items()}


@lru_cache(maxsize=64)
def joining(scripts: frozenset[str]) -> re.Pattern[str] | None:
    """Finds whatever may join two names in these scripts; a prefix only by its space, the letters are the name's."""
    words = {word for script in scripts for word in _words().get(script, ())}
    prefixes = {word.strip() for word in words} & PREFIXES
    apart = {word.strip() for word in words if word.strip() not in prefixes or word.endswith(" ")}
    # Written together with what stands before it: of two letters it might be the name's own.
    stuck = {word.strip() for word in words - {f" {word} " for word in apart} if len(word.strip()) > 2}
    patterns = [rf"\s(?:{_any_of(apart)})\s"] if apart else []
    patterns += [rf"\s?(?:{_any_of(stuck)})\s?"] if stuck else []
    patterns += [rf"\s(?:{_any_of(prefixes)})(?=\w{{2}})"] if prefixes else []
    return re.compile("|".join(patterns)) if patterns else None


@lru_cache(maxsize=64)
def joining_in(language: str) -> re.Pattern[str] | None:
    """Finds the “and” of one language in Latin letters, where it is known which: `a` is one in Czech alone."""
    for line in listed("joining_words"):
        code, _, word = line.partition("\t")
        if code == language and script_of(word.strip()[0]) == "LATIN" and word.strip().isalpha():
            return re.compile(rf"\s{word.strip()}\s")
    return None


def _any_of(words: set[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def is_prefix(sign: str) -> bool:
    """Whether a joining word is of those written together with the name behind it, and stands so."""
    return sign.strip() in PREFIXES and not sign.endswith(" ")


def parts_names(prefix: str, word: str) -> bool | None:
    """Whether the letter before a word joins two names. None if it may as well begin the second."""
    is_whole, is_stem = is_given_name(prefix + word), is_given_name(word)
    return None if is_whole == is_stem else is_stem
