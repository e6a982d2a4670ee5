"""What a name is looked up by among a hundred thousand others.

Names that `matching.compare` does not call different have a key in common, but for rare ones: a benchmark measures how
rare. A key is as narrow as can be (two words of a name, a surname with an initial), for what half an archive shares tells
nothing. What a name is stored under and what it asks for differ where one word could be many people's.
"""

import unicodedata
from itertools import combinations

from standfirst.text.given_names import forms_of, sound_of
from standfirst.text.matching import LONGEST, Printed, consonants, handles_of, printed_name
from standfirst.text.names import fold

KEY_LENGTH = 80
# So many words of a name are paired. Longer ones are seldom people's.
WORDS = 5
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ō": "ou", "ū": "uu"})


def stored_keys(text: str) -> frozenset[str]:
    """The keys by which a name is found."""
    printed = printed_name(text[:LONGEST])
    name = printed.name
    alone = {f"word:{word}" for word in (name.given, name.surname) if len(word) > 1}
    return _cut(_common(printed) | (alone if name.surname else set()))


def asked_keys(text: str) -> frozenset[str]:
    """The keys by which names are found that may be this one. One word asks for all names that have it."""
    printed = printed_name(text[:LONGEST])
    name = printed.name
    if not name.surname:
        return _cut(_common(printed) | {f"word:{name.given}"})
    return _cut(_common(printed) | {f"whole:{word}" for word in (name.given, name.surname)})


def _common(printed: Printed) -> set[str]:
    name = printed.name
    keys = {f"whole:{spelling}" for spelling in _whole(printed)}
    told = [word for word in name.words if len(word) > 1]
    words = told if len(told) > 1 else list(name.words)
    keys |= {f"words:{':'.join(sorted(pair))}" for pair in combinations(words[:WORDS], 2)}
    if not name.surname:
        return keys
    for family in {name.family, name.surname}:
        keys |= {f"given:{form}:{family}" for form in forms_of(name.given)}
        keys |= {f"initial:{given[:1]}:{family}" for given in (name.given, *name.middle[:1])}
    keys.add(f"sound:{sound_of(name.given)[:1]}:{consonants(name.family)}")
    keys.add(f"start:{name.given}:{name.surname[:1]}")
    return keys | {f"whole:{handle}" for handle in handles_of(name)}


def _whole(printed: Printed) -> set[str]:
    as_two = "".join(
        fold(unicodedata.normalize("NFC", word.text.casefold()).translate(_TWO_LETTERS))
        for word in printed.words
    )
    return {printed.joined, as_two, *printed.beside} - {""}


def _cut(keys: set[str]) -> frozenset[str]:
    return frozenset(key[:KEY_LENGTH] for key in keys)
