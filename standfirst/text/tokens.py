"""Words as the search compares them: one analyser for what is indexed, on any database, and for what is asked.

A text becomes a stream of tokens. Letters lose their case and their marks (Nguyễn is `nguyen`, Łódź `lodz`, Ξένια
`ξενια`). Scripts that put no space between words become overlapping pairs (東京都 is `東京 京都`), so that any two
characters and more of them are found. An apostrophe joins, and what is long enough beside it stands alone as well: `l'été`
is `lete ete`. What was asked goes the same way, and is then a phrase where it has become several tokens.

No token has a space, a quotation mark or any other sign in it. What begins with `KEY` nobody can type: filters are such.
"""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category, normalize, unidata_version

# Changes with what a text becomes, and with how an index holds it: an index of another version is to be made anew.
VERSION = f"2/{unidata_version}"
# Of the private use area: it is no letter, so that no text has it in a token.
KEY = "\ue000"
LONGEST = 40
# Parts beside an apostrophe that are shorter are no words of their own: the `l` of `l'été`, the `t` of `don't`.
SHORTEST_PART = 3

# Python counts no mark as part of a word, but many scripts write their vowels as marks.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u102b-\u103e\u1056-\u109d\u1ab0-\u1aff\u17b4-\u17d3\u1dc0-\u1dff"
    "\u200c\u200d\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f"
)
_WORD = re.compile(rf"[\w{_MARKS}]+(?:['’ʼ＇][\w{_MARKS}]+)*")
_APOSTROPHE = re.compile("['’ʼ＇]")
# Scripts that are read without spaces: Thai, Lao, Burmese, Khmer, Korean (which glues particles on), kana, Han.
_UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ede\u1000-\u109f\u1100-\u11ff\u1780-\u17d3\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
# A character with the marks that sit on it.
_CLUSTER = re.compile(
    r".[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a]*"
)
# Letters that are others with a stroke, and are not taken apart by Unicode.
_STROKES = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "n",
    }
)
# Marks are taken off letters below this (Latin, Greek, Cyrillic, Hebrew, Arabic), and those of the extended blocks.
_MARKED_SCRIPTS = 0x0700
_EXTENDED_LATIN_AND_GREEK = range(0x1E00, 0x2000)
_MOST_CACHED = 100_000


class Word(NamedTuple):
    """A word of a text: where it stands, and the tokens it has become."""

    start: int
    end: int
    tokens: tuple[str, ...]


def stream(text: str) -> str:
    """The tokens of a text in their order, a space between two."""
    return " ".join(filter(None, map(_becomes.__getitem__, text.split())))


def tokens(text: str) -> list[str]:
    """The tokens of a text in their order."""
    return stream(text).split()


def words(text: str) -> Iterator[Word]:
    """The words of a text as they stand in it, but for those that become no token."""
    for found in _WORD.finditer(text):
        if become := _becomes[found.group()]:
            yield Word(found.start(), found.end(), tuple(become.split()))


def written_words(text: str) -> set[str]:
    """The words of a text as they are written, without what stands around them, each once."""
    return {word for chunk in set(text.split()) for word in _WORD.findall(chunk)}


def token_of(word: str) -> str:
    """What a single word becomes; empty if that is not one token of letters alone, as nothing in pairs is."""
    if _IS_UNSPACED.search(word):
        return ""  # A sentence may be one word there, and takes long.
    become = _becomes[word]
    return become if become.isalpha() and not _IS_UNSPACED.search(become) else ""


def is_in_pairs(text: str) -> bool:
    """Whether any of a text is in a script that is read without spaces."""
    return _IS_UNSPACED.search(text) is not None


def folded(text: str) -> str:
    """A text without case and marks; what is in pairs elsewhere stays as it is."""
    plain = normalize("NFKC", text.casefold()).casefold()
    return plain if plain.isascii() else plain.translate(_folded_letters)


class _Becomes(dict[str, str]):
    """What becomes of what stands between two spaces: tokens, a space between two. The same comes again and again."""

    def __missing__(self, chunk: str) -> str:
        made = " ".join(token for word in _WORD.findall(chunk) for token in _tokens_of(word))
        if (
            len(chunk) <= LONGEST
        ):  # Longer ones are sentences of a script without spaces, and do not come again.
            if len(self) >= _MOST_CACHED:
                self.clear()
            self[chunk] = made
        return made


_becomes = _Becomes()


def _tokens_of(word: str) -> Iterator[str]:
    parts = [part for written in _APOSTROPHE.split(word) for part in folded(written).split("_")]
    # Folding may take a word apart: a fraction is written with signs.
    whole = "".join(
        letter for part in parts for letter in part if letter.isalnum() or category(letter)[0] == "M"
    )
    for run in _RUN.findall(whole):
        yield from _pairs(run) if _IS_UNSPACED.match(run) else (run[:LONGEST],)
    if len(parts) > 1 and not _IS_UNSPACED.search(whole):
        yield from (part[:LONGEST] for part in parts if len(part) >= SHORTEST_PART and part.isalnum())


def _pairs(run: str) -> Iterator[str]:
    clusters = _CLUSTER.findall(run)
    if len(clusters) == 1:
        yield run
    for first, second in itertools.pairwise(clusters):
        yield first + second


class _FoldedLetters(dict[int, str]):
    """What becomes of each letter that is not ASCII."""

    def __missing__(self, code: int) -> str:
        folded_to = self[code] = _folded_letter(chr(code)).translate(_STROKES)
        return folded_to


_folded_letters = _FoldedLetters()


def _folded_letter(letter: str) -> str:
    code = ord(letter)
    if letter in "\u00ad\u0640\u200c\u200d":
        return ""
    taken_apart = normalize("NFD", letter)
    base = ord(taken_apart[0])
    if (
        base < _MARKED_SCRIPTS
        or code in _EXTENDED_LATIN_AND_GREEK
        or (category(letter)[0] == "M" and code < 0x0900)
    ):
        return "".join(one for one in taken_apart if category(one)[0] != "M")
    return letter
