"""Says of two names, as printed in one publication, whether they are one contributor's: the same, different, or perhaps.

*Same* is said only of one name in two spellings: what differs is case, accents, their usual transliteration, punctuation,
where a space stands, a title, or what stands beside the name in brackets. Everything that two people could have (an initial
against a name, a short form, a middle name more, a letter's difference) is *maybe*, with the reason, for people to decide.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, combinations

from nicknames import NickNamer
from rapidfuzz.distance import OSA

from standfirst.text.names import matching_form, matching_words
from standfirst.text.person_names import PersonName, person_name

# Longer names than this are no names, and comparing them costs.
LONGEST = 300
KEY_LENGTH = 80


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two names are to each other, and why, in a sentence for an editor."""

    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class _Printed:
    """A name as printed, and what stands beside it."""

    name: PersonName
    spellings: tuple[tuple[str, ...], ...]  # its words, in each usual transliteration
    beside: frozenset[str] = field(default_factory=frozenset)  # a handle, an employer, another name; folded
    is_ascii: bool = True

    @property
    def joined(self) -> str:
        return "".join(self.spellings[0])

    @property
    def is_one_word(self) -> bool:
        return len(self.spellings[0]) == 1


def compare(a: str, b: str) -> Comparison:
    """Whether two names are the same contributor's, as far as the names can tell. Never raises."""
    first, second = _printed(a[:LONGEST]), _printed(b[:LONGEST])
    if not first.joined or not second.joined:
        return Comparison(Verdict.DIFFERENT, "One of them is no name.")
    for rule in RULES:
        if found := rule(first, second) or rule(second, first):
            return found
    return Comparison(Verdict.DIFFERENT, "They share neither a spelling nor both given name and surname.")


def index_keys(text: str) -> frozenset[str]:
    """What a name is looked up by: names that `compare` does not call different share a key, but for rare ones.

    A dozen for most names. A key is as narrow as can be (two words of the name, a surname with an initial), for what half
    an archive shares tells nothing.
    """
    printed = _printed(text[:LONGEST])
    words, name = printed.name.words, printed.name
    keys = {f"whole:{''.join(spelling)}" for spelling in printed.spellings}
    keys |= {f"whole:{beside}" for beside in printed.beside}
    keys |= {f"words:{':'.join(sorted(pair))}" for pair in combinations(words[:5], 2)}
    if name.surname:
        families = dict.fromkeys((name.family, name.surname))
        for given in {name.given, *name.middle[:1]}:
            keys |= {f"initial:{given[:1]}:{family}" for family in families}
            keys |= {f"given:{short}:{family}" for short in short_forms_of(given) for family in families}
        keys.add(f"sound:{name.given[:1]}:{_consonants(name.family)}")
        keys.add(f"start:{name.given}:{name.surname[:2]}")
        keys |= {f"whole:{handle}" for handle in _handles(name)}
    return frozenset(key[:KEY_LENGTH] for key in keys)


# -------------------------------------------------------------------------------------------------------------- parts

_BRACKETS = re.compile(r"[(（\[【<＜]([^()（）\[\]【】<>＜＞]*)[)）\]】>＞]")
_HANDLE = re.compile(r"(?<=\S)[@＠]\s*([\w./-]+)\s*\Z")
_AT_EMPLOYER = re.compile(r"\A([^\W\d_]{2,})[-–—·:：]([^\W\d_]{2,4})\Z")
# Letters that some write as two, as German and Danish do where the letter is not to be had.
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=8192)
def _printed(text: str) -> _Printed:
    text = unicodedata.normalize("NFKC", text).replace("`", "").strip()
    beside = [found.group(1) for found in _BRACKETS.finditer(text)]
    core = _BRACKETS.sub(" ", text).strip()
    if core and (handle := _HANDLE.search(core)):
        beside.append(handle.group(1))
        core = core[: handle.start()].strip()
    if _has_no_spaces(core) and (employer := _AT_EMPLOYER.match(core)):
        beside.append(employer.group(1))
        core = employer.group(2)
    core = core.lstrip("@＠").strip() or text
    spellings = (_words(core), _words(core.casefold().translate(_TWO_LETTERS)))
    return _Printed(
        person_name(core),
        tuple(dict.fromkeys(spellings)),
        frozenset(filter(None, map(_handle_of, beside))),
        core.isascii(),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(matching_words(text) or matching_form(text).split())


def _handle_of(text: str) -> str:
    """A handle, employer or other name beside a name, in a form to compare: of an address, its last part."""
    last = text.rstrip("/").rpartition("/")[2] if "/" in text else text
    return "".join(_words(last.lstrip("@＠")))


def _has_no_spaces(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    names = (unicodedata.name(letter, "") for letter in letters)
    return bool(letters) and all(name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")) for name in names)


# Words that only the names of bodies have.
BODIES = frozenset(
    [
        "agency",
        "association",
        "board",
        "committee",
        "council",
        "desk",
        "foundation",
        "group",
        "institute",
        "network",
        "press",
        "project",
        "society",
        "staff",
        "team",
        "union",
        "university",
    ]
)

# -------------------------------------------------------------------------------------------------------------- rules

Rule = Callable[[_Printed, _Printed], Comparison | None]


def _one_spelling(a: _Printed, b: _Printed) -> Comparison | None:
    alike = [(one, other) for one in a.spellings for other in b.spellings if "".join(one) == "".join(other)]
    if not alike:
        return None
    if a.beside and b.beside and not a.beside & b.beside:
        return _maybe("The name is one, but what stands beside it differs.")
    if not any(_spaces_agree(one, other) for one, other in alike):
        return _maybe("The letters are the same, but the words are not.")
    if a.beside != b.beside:
        return _same("One name; one of them says more beside it.")
    return _same("One name, but for case, accents, spaces, titles or punctuation.")


def _spaces_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one only has spaces where the other has none: Shin-ichi and Shinichi, but not Dan Ashe and Dana She."""
    one, other = (set(accumulate(map(len, words))) for words in (a, b))
    return one <= other or other <= one


def _named_beside(a: _Printed, b: _Printed) -> Comparison | None:
    if a.joined in b.beside:
        return _maybe("One is what stands beside the other's name.")
    if a.beside and a.beside & b.beside and len(next(iter(a.beside & b.beside))) > 3:
        return _maybe("What stands beside both names is the same.")
    return None


def _generations(a: _Printed, b: _Printed) -> Comparison | None:
    mine, other = a.name.generation, b.name.generation
    if mine and other and mine != other and _given_relation(a.name.given, b.name.given) is not None:
        return Comparison(
            Verdict.DIFFERENT, "One is of another generation than the other (as in Jr. and Sr.)."
        )
    if mine and not other and a.name.words == b.name.words:
        return _maybe("One has a generation (as in Jr.) and the other none: father and son, or one person.")
    return None


def _other_order(a: _Printed, b: _Printed) -> Comparison | None:
    mine, other = a.name.words, b.name.words
    if len(mine) > 1 and mine != other and sorted(mine) == sorted(other):
        return _maybe("The same words in another order.")
    return None


def _people(a: _Printed, b: _Printed) -> Comparison | None:
    mine, other = a.name, b.name
    if not mine.surname or not other.surname:
        return None
    if _is_close_family(mine, other):
        related = _given_relation(mine.given, other.given)
        if related is None:
            related = _given_by_middle(mine, other)
        if related is None:
            if mine.family == other.family:
                return Comparison(Verdict.DIFFERENT, "The surname is one, the given names are not.")
            return None
        if _middles_contradict(mine, other):
            return Comparison(Verdict.DIFFERENT, "Their middle names or initials are not the same.")
        spelled = (
            ""
            if mine.family == other.family
            else " The surnames differ by a letter or are part of each other."
        )
        if related:
            return _maybe(f"{related}{spelled}")
        if mine.middle != other.middle:
            return _maybe(f"One has a middle name or initial that the other has not.{spelled}")
        return _maybe(f"The given names are the same.{spelled}")
    return None


def _is_close_family(a: PersonName, b: PersonName) -> bool:
    return a.family == b.family or a.surname == b.surname or _is_near(a.family, b.family)


def _part_of(a: _Printed, b: _Printed) -> Comparison | None:
    """Words of the longer in order make the shorter: a surname more, a job behind the name, initials at the front."""
    shorter, longer = a.name.words, b.name.words
    if len(shorter) < 2 or len(shorter) >= len(longer):
        return None
    rest = iter(longer)
    if all(any(_stands_for(word, found) for found in rest) for word in shorter):
        return _maybe("One name is the other with more words: another surname, a middle name, or a title.")
    return None


def _stands_for(word: str, found: str) -> bool:
    return word == found or (len(word) == 1 and found.startswith(word))


def _handle(a: _Printed, b: _Printed) -> Comparison | None:
    """A handle made of parts of a name: dparkes, yuriw, janedoe42, and a given name alone."""
    if not a.is_one_word or b.is_one_word or not b.name.surname:
        return None
    handle = a.joined.strip("0123456789")
    words = [word for word in b.name.words if word]
    if len(handle) > 1 and handle in _handles(b.name):
        return _maybe("One looks like a handle made of the other's name.")
    if len(handle) > 2 and handle in words:
        return _maybe("One is a part of the other's name.")
    return None


def _handles(name: PersonName) -> set[str]:
    """The handles people make of a name: jdoe, janed, doej, doejane, jd."""
    given, family, surname = name.given, name.family, name.surname
    initials = "".join(word[:1] for word in name.words)
    made = {
        given[:1] + family,
        given + family[:1],
        family + given[:1],
        family + given,
        given + surname,
        initials,
    }
    return {*made, initials[:-1] + surname}


def _misspelt(a: _Printed, b: _Printed) -> Comparison | None:
    mine, other = a.joined, b.joined
    is_one_word = a.is_one_word and b.is_one_word
    if mine.isascii() and other.isascii() and is_one_word and len(mine) > 4 and _is_near(mine, other):
        return _maybe("They differ by a letter.")
    return None


def _bodies(a: _Printed, b: _Printed) -> Comparison | None:
    """Names of teams and offices: “The Rustup Working Group”, “Rustup Working Group”."""
    mine, other = ([word for word in one.name.words if word != "the"] for one in (a, b))
    if mine == other and len(mine) > 1 and a.name.words != b.name.words:
        return _same("One name, with “the” or without.")
    if BODIES & set(mine) and BODIES & set(other):
        if set(mine) <= set(other) or set(other) <= set(mine):
            return _maybe("One is the other's name with more words.")
        return Comparison(Verdict.DIFFERENT, "Two bodies of different names.")
    return None


def _other_script(a: _Printed, b: _Printed) -> Comparison | None:
    """Фёдор Достоевский, Fyodor Dostoyevsky: vowels are transliterated in many ways, consonants in few."""
    if a.is_ascii or not b.is_ascii or len(a.name.words) != len(b.name.words):
        return None
    pairs = zip(a.name.words, b.name.words, strict=True)
    if all(_consonants(one) == _consonants(other) != "" for one, other in pairs):
        return _maybe("One may be the other in another script.")
    return None


def _consonants(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy']", "", word))


RULES: tuple[Rule, ...] = (
    _one_spelling,
    _bodies,
    _named_beside,
    _generations,
    _other_order,
    _people,
    _part_of,
    _handle,
    _misspelt,
    _other_script,
)


# -------------------------------------------------------------------------------------------------------- given names


def _given_relation(a: str, b: str) -> str | None:
    """How one given name may be the other: "" if it is, a sentence if it could be, None if it is another."""
    if a == b:
        return ""
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) == 1:
        return "One has an initial for the given name." if longer.startswith(shorter) else None
    if len(shorter) == 2 and not set(shorter) & set("aeiouy") and longer[0] == shorter[0]:
        return "One has initials for the given names."
    if are_short_forms(a, b):
        return "One given name is a usual short form of the other."
    if len(shorter) >= 3 and longer.startswith(shorter):
        return "One given name begins with the other."
    if _is_near(a, b):
        return "The given names differ by a letter."
    if 3 <= len(shorter) <= 5 and len(longer) >= len(shorter) + 2 and _may_be_pet_name(shorter, longer):
        return "One given name may be a short form of the other."
    return None


def _may_be_pet_name(shorter: str, longer: str) -> bool:
    """As in Niko for Nicholas, Suzy for Suzanne: they begin alike, and the short one ends in a vowel."""
    return shorter[:2] == longer[:2] and shorter[-1] in "aeiouy"


def _given_by_middle(a: PersonName, b: PersonName) -> str | None:
    """Whether one goes by a middle name: R. Harald Baayen and Harald Baayen."""
    if a.given in b.middle or b.given in a.middle:
        return "One may go by a middle name."
    return None


@lru_cache(maxsize=8192)
def are_short_forms(a: str, b: str) -> bool:
    """Whether one given name is a usual short form of the other, or both are of a third (English names mostly)."""
    names = _namer()
    forms = [{name, *names.canonicals_of(name)} for name in (a, b)]
    return bool(forms[0] & forms[1])


def short_forms_of(name: str) -> set[str]:
    """The given names a name may be a short form of, and itself."""
    return {name, *_namer().canonicals_of(name)}


@lru_cache(maxsize=1)
def _namer() -> NickNamer:
    return NickNamer()


def _middles_contradict(a: PersonName, b: PersonName) -> bool:
    if not a.middle or not b.middle:
        return False
    return not any(
        _stands_for(one, other) or _stands_for(other, one) for one in a.middle for other in b.middle
    )


def _is_near(a: str, b: str) -> bool:
    """One letter's difference (or two neighbours exchanged) in words long enough for that to be a slip."""
    return min(len(a), len(b)) >= 4 and OSA.distance(a, b, score_cutoff=1) <= 1


def _same(why: str) -> Comparison:
    return Comparison(Verdict.SAME, why)


def _maybe(why: str) -> Comparison:
    return Comparison(Verdict.MAYBE, why)
