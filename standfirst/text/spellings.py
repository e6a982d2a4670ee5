"""Whether words of two names are one in two spellings: accents left out, letters written as two, another script.

Latin is compared with itself and with Cyrillic, whose usual transliterations are few enough to be listed. Of other
scripts no spelling in Latin letters is sure: `Wang` is 王 and 汪.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from standfirst.text.name_lists import PARTICLES
from standfirst.text.names import Word, fold

# Letters that some write as two, as Germans and Danes do where the letter is not to be had.
_AS_TWO = {
    "ä": ("ae",), "ö": ("oe",), "ü": ("ue",), "ø": ("oe",), "å": ("aa",), "æ": ("a", "e"), "œ": ("o",), "đ": ("dj",),
    "ð": ("d", "dh"), "þ": ("th",), "ō": ("ou", "oo", "oh"), "ū": ("uu",), "î": ("ii",), "ô": ("ou",), "û": ("uu",),
}  # fmt: skip
# How Cyrillic letters are written in Latin ones, accents dropped: by the BGN, passports, GOST, scholars, newspapers.
_FROM_CYRILLIC = {
    "а": ("a",), "б": ("b",), "в": ("v", "w"), "г": ("g", "h"), "ґ": ("g",), "д": ("d",), "е": ("e", "ye", "je"),
    "ё": ("e", "yo", "jo", "io", "o", "ye"), "ж": ("zh", "z", "j"), "з": ("z",), "и": ("i", "y"),
    "й": ("y", "i", "j", ""), "к": ("k",), "л": ("l",), "м": ("m",), "н": ("n",), "о": ("o",), "п": ("p",),
    "р": ("r",), "с": ("s", "ss"), "т": ("t",), "у": ("u", "ou"), "ф": ("f",), "х": ("kh", "h", "ch", "x"),
    "ц": ("ts", "c", "tz"), "ч": ("ch", "tch", "c"), "ш": ("sh", "s", "sch"), "щ": ("shch", "sc", "shh"),
    "ъ": ("",), "ы": ("y", "i"), "ь": ("", "j"), "э": ("e",), "ю": ("yu", "iu", "ju", "u"),
    "я": ("ya", "ia", "ja", "a"), "і": ("i",), "ї": ("i", "yi", "ji"), "є": ("e", "ye", "ie", "je"), "ў": ("u", "w"),
    "ј": ("j",), "љ": ("lj",), "њ": ("nj",), "ћ": ("c",), "ђ": ("dj", "d"), "џ": ("dz", "dj"), "ѯ": ("ks", "x"),
}  # fmt: skip
# Pieces of a name this long, run together or not, are the same pieces. Of shorter ones, An Na and Anna, nobody knows.
_LONG_ENOUGH = 3


def words_alike(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether each word of one is the same word of the other, in one of its spellings."""
    return len(a) == len(b) > 0 and all(map(_word_alike, a, b))


def letters_alike(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether one has the letters of the other, wherever the spaces are."""
    return bool(a) and "".join(word.folded for word in a) == "".join(word.folded for word in b)


def spaces_agree(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether two names of the same letters are the same words: Shin-ichi and Shinichi, but not Dan Ashe and Dana She."""
    one, other = _ends(a), _ends(b)
    # Where each has a word that the other has not, they only overlap.
    return (one <= other or other <= one) and _parts_stand_in(a, b) and _parts_stand_in(b, a)


def accents_contradict(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether a letter has one accent here and another there, as in Hùng and Hưng. To leave accents out is no contradiction."""
    one, other = (_marked("".join(word.text for word in words)) for words in (a, b))
    return len(one) == len(other) and any(
        mine and theirs and mine != theirs for mine, theirs in zip(one, other, strict=True)
    )


@lru_cache(maxsize=4096)
def is_written_without_spaces(letter: str) -> bool:
    """Whether a letter is of a script that writes names without a space between, or with one as it pleases."""
    return unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC"))


def _word_alike(a: Word, b: Word) -> bool:
    one, other = a.folded, b.folded
    if one == other:
        return bool(one)
    return _can_be_written(a.text, other) or _can_be_written(b.text, one)


def _can_be_written(text: str, letters: str) -> bool:
    """Whether a word with accents, or in Cyrillic, can be written in these plain letters."""
    if text.isascii() or not letters.isascii():
        return False
    reached = {0}
    for letter in unicodedata.normalize("NFC", text.casefold()).replace("кс", "ѯ"):
        ways = _FROM_CYRILLIC.get(letter) or (fold(letter), *_AS_TWO.get(letter, ()))
        reached = {place + len(way) for place in reached for way in ways if letters.startswith(way, place)}
    return len(letters) in reached


def _parts_stand_in(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether b parts the letters wherever a has a space that can't be left out."""
    parts = _ends(b)
    lengths = [len(word.folded) for word in a]
    is_login = len(b) == 1 and b[0].text.islower()
    for number, end in enumerate(accumulate(lengths[:-1]), start=1):
        if end in parts or (a[number].is_joined and min(lengths[number - 1 : number + 1]) > 1):
            continue
        if is_written_without_spaces(a[number - 1].text[-1]) or is_written_without_spaces(a[number].text[0]):
            continue  # 김 민수, 김민수
        if number > 1 and a[number - 1].folded in PARTICLES:
            continue  # De Angeli, DeAngeli, Deangeli
        if (len(b) > 1 or is_login) and min(lengths[number - 1 : number + 1]) >= _LONG_ENOUGH:
            continue
        return False
    return True


def _ends(words: Sequence[Word]) -> set[int]:
    """Where the words of a name end, also those that are run together: RuihangXia, JK."""
    ends: set[int] = set()
    at = 0
    # In a name all in capitals, a short word may be a name: ED SMITH.
    has_initials = len(words) == 1 or not all(word.text.isupper() for word in words)
    for word in words:
        small = len(word.folded) == len(word.text)
        for place in range(1, len(word.text) if small else 0):
            before, letter = word.text[place - 1], word.text[place]
            are_initials = word.text.isupper() and len(word.text) <= 3 and has_initials
            if letter.isupper() and (before.islower() or are_initials):
                ends.add(at + place)
        at += len(word.folded)
        ends.add(at)
    return ends


def _marked(text: str) -> list[str]:
    """The accents of each letter."""
    marks: list[str] = []
    for character in unicodedata.normalize("NFD", text.casefold()):
        if unicodedata.combining(character) and marks:
            marks[-1] += character
        elif not unicodedata.combining(character):
            marks.append("")
    return marks
