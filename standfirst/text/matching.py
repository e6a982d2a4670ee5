"""Says of two names, as printed in one publication, whether they are one contributor's: the same, different, or perhaps.

*Same* is said only of one name in two spellings: what differs is case, accents, their usual transliteration, punctuation,
where a space stands, a title, or a handle beside the name. Everything that two people could have (an initial against a
name, a short form, a middle name more, a letter's difference) is *maybe*, with the reason, for people to decide.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from html import unescape

from rapidfuzz.distance import OSA

from standfirst.text.given_names import is_near, relation, sound_of
from standfirst.text.name_lists import BODIES, JOBS, OF_A_COUPLE
from standfirst.text.names import Word, fold, split_name
from standfirst.text.person_names import PersonName, person_name, without_nickname
from standfirst.text.spellings import (
    accents_contradict,
    is_written_without_spaces,
    letters_alike,
    spaces_agree,
    words_alike,
)

# Longer names than this are no names, and comparing them costs.
LONGEST = 300


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
class Printed:
    """A name as printed, and what stands beside it in brackets or behind an @, folded."""

    name: PersonName
    words: tuple[Word, ...]
    handles: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()  # an employer, a place, another name

    @property
    def beside(self) -> frozenset[str]:
        return self.handles | self.others

    @property
    def joined(self) -> str:
        return "".join(self.name.words)

    @property
    def is_one_word(self) -> bool:
        return len(self.words) == 1


def compare(a: str, b: str) -> Comparison:
    """Whether two names are the same contributor's, as far as the names can tell. Never raises."""
    first, second = printed_name(a[:LONGEST]), printed_name(b[:LONGEST])
    if not first.joined or not second.joined:
        return Comparison(Verdict.DIFFERENT, "One of them is no name.")
    for rule in RULES:
        if found := rule(first, second) or rule(second, first):
            return found
    return Comparison(Verdict.DIFFERENT, "They share neither a spelling nor both given name and surname.")


# -------------------------------------------------------------------------------------------------------------- parts

_BRACKETS = re.compile(r"[(（\[【<＜]([^()（）\[\]【】<>＜＞]*)[)）\]】>＞]")
_HANDLE = re.compile(r"(?<=\S)[@＠]\s*([\w./-]+)\s*\Z")
_EMAIL = re.compile(r"([\w.+'-]+)@([\w-]+(?:\.[\w-]+)+)")
_AT_EMPLOYER = re.compile(r"\A([^\W\d_]{2,})[-–—·:：]([^\W\d_]{2,4})\Z")
# In brackets, this is what somebody is called on the web, and no employer or place: @bnb, thingee, DaviRain, x.org/ada.
_LIKE_A_HANDLE = re.compile(r"[@＠].+|\S+[/._\d]\S*|[a-z]\S*|[A-Z]+[a-z]+[A-Z]\S*")


@lru_cache(maxsize=8192)
def printed_name(text: str) -> Printed:
    """A name apart from what stands beside it."""
    text = unicodedata.normalize("NFKC", unescape(text)).replace("`", "").strip()
    if email := _EMAIL.fullmatch(text):
        # Who else writes from there is somebody else: what stands beside is no handle.
        mailbox, host = email.groups()
        return Printed(person_name(mailbox), split_name(mailbox).words, others=frozenset({fold(host)}))
    core, nickname = without_nickname(text)
    beside = [found.group(1).strip() for found in _BRACKETS.finditer(core)]
    handles = {handle_of(each) for each in beside if _LIKE_A_HANDLE.fullmatch(each)}
    core = _BRACKETS.sub(" ", core).strip()
    if core and (handle := _HANDLE.search(core)):
        beside.append(handle.group(1))  # with capitals, an employer: 施继成@DatenLord
        handles |= {handle_of(handle.group(1))} if handle.group(1).islower() else set()
        core = core[: handle.start()].strip()
    if all(map(is_written_without_spaces, filter(str.isalpha, core))) and (
        employer := _AT_EMPLOYER.match(core)
    ):
        beside.append(employer.group(1))
        core = employer.group(2)
    # What stands beside nothing is the name.
    core = core.lstrip("@＠").strip() if any(map(str.isalnum, core)) else text
    others = {handle_of(each) for each in beside} | ({nickname} if nickname else set())
    words = tuple(word for word in split_name(core).words if word.folded)
    return Printed(person_name(core), words, frozenset(handles - {""}), frozenset(others - handles - {""}))


def handle_of(text: str) -> str:
    """A handle, employer or other name in a form to compare: of an address, its last part."""
    last = text.rstrip("/").rpartition("/")[2] if "/" in text else text
    return fold(last)


# -------------------------------------------------------------------------------------------------------------- rules

Rule = Callable[[Printed, Printed], Comparison | None]


def _one_spelling(a: Printed, b: Printed) -> Comparison | None:
    are_words_alike = words_alike(a.words, b.words)
    if not are_words_alike and not letters_alike(a.words, b.words):
        return None
    if not are_words_alike and not spaces_agree(a.words, b.words):
        return _maybe("The letters are the same, but the words are not.")
    if accents_contradict(a.words, b.words):
        return _maybe("The letters are the same, but the accents on them differ.")
    if a.beside and b.beside and not a.beside & b.beside:
        return _maybe("The name is one, but what stands beside it differs.")
    if a.others != b.others and not (a.others & b.others):
        return _maybe("The name is one; beside one of them stands an employer, a place or another name.")
    if set(a.name.honorifics) & OF_A_COUPLE != set(b.name.honorifics) & OF_A_COUPLE:
        return _maybe("One is named as one of a couple (as in Mrs), and may have the other's name.")
    if a.beside != b.beside:
        return _same("One name; one of them has a handle or more beside it.")
    return _same("One name, but for case, accents, spaces, titles or punctuation.")


def _bodies(a: Printed, b: Printed) -> Comparison | None:
    """Names of teams and offices: “The Rustup Working Group”, “Rustup Working Group”."""
    mine, other = (_without_article(one) for one in (a, b))
    if mine == other and a.name.words != b.name.words:
        return _same("One name, with “the” or without.")
    if BODIES.isdisjoint(mine):
        return None
    if BODIES.isdisjoint(other):
        is_bare = other == [word for word in mine if word not in BODIES]
        return _maybe("One is the other's name without what kind of body it is.") if is_bare else None
    if set(mine) <= set(other) or set(other) <= set(mine):
        return _maybe("One is the other's name with more words.")
    if OSA.distance(" ".join(mine), " ".join(other), score_cutoff=1) <= 1 and not _numbers(mine, other):
        return _maybe("Two names of bodies that differ by a letter.")
    return _different("Two bodies of different names.")


def _without_article(a: Printed) -> list[str]:
    return [word for number, word in enumerate(a.name.words) if number or word != "the" or a.is_one_word]


def _numbers(mine: list[str], other: list[str]) -> bool:
    """Whether the words have different numbers, which are never slips: Team 4 and Team 5."""
    one, two = ([c for c in " ".join(words) if c.isdigit()] for words in (mine, other))
    return one != two


def _named_beside(a: Printed, b: Printed) -> Comparison | None:
    if a.joined in b.beside:
        return _maybe("One is what stands beside the other's name.")
    if a.handles & b.handles:
        return _maybe("The handle beside both names is the same.")
    # William “Bill” Hart is Bill Hart.
    if len(a.words) > 1 and a.name.family == b.name.family and a.name.given in b.others:
        return _maybe("One is the name with the nickname that the other gives beside it.")
    return None


def _generations(a: Printed, b: Printed) -> Comparison | None:
    mine, other = a.name.generation, b.name.generation
    if mine and other and mine != other and relation(a.name.given, b.name.given) is not None:
        return _different("One is of another generation than the other (as in Jr. and Sr.).")
    if mine and not other and a.name.words == b.name.words:
        return _maybe("One has a generation (as in Jr.) and the other none: father and son, or one person.")
    return None


def _surname_first(a: Printed, b: Printed) -> Comparison | None:
    turned = _turned_by_capitals(a.words)
    found = _one_spelling(replace(a, words=turned), b) if turned else None
    if found is None or found.verdict is not Verdict.SAME:
        return found
    return _same("One name; one of them has the surname first, in capitals.")


def _other_order(a: Printed, b: Printed) -> Comparison | None:
    mine, other = a.name.words, b.name.words
    if len(mine) > 1 and mine != other and sorted(mine) == sorted(other):
        return _maybe("The same words in another order.")
    return None


def _turned_by_capitals(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """A name whose surname stands first and in capitals, turned round: WANG Haohong."""
    number = next((n for n, word in enumerate(words) if not _is_in_capitals(word)), len(words))
    if not 0 < number < len(words) or any(map(_is_in_capitals, words[number:])):
        return ()
    return (*words[number:], *words[:number])


def _is_in_capitals(word: Word) -> bool:
    return word.text.isupper() and len(word.text) > 1


def _people(a: Printed, b: Printed) -> Comparison | None:
    mine, other = a.name, b.name
    if not mine.surname or not other.surname:
        return None
    if not _is_close_family(mine, other):
        return None
    related = relation(mine.given, other.given)
    if related is None:
        related = _given_otherwise(mine, other)
    if related is None:
        if mine.family == other.family:
            return _different("The surname is one, the given names are not.")
        return None
    if _middles_contradict(mine, other):
        return _different("Their middle names or initials are not the same.")
    spelled = (
        "" if mine.family == other.family else " The surnames differ by a letter or are part of each other."
    )
    if related:
        return _maybe(f"{related}{spelled}")
    if mine.middle != other.middle:
        return _maybe(f"One has a middle name or initial that the other has not.{spelled}")
    return _maybe(f"The given names are the same.{spelled}")


def _is_close_family(a: PersonName, b: PersonName) -> bool:
    return a.family == b.family or a.surname == b.surname or is_near(a.family, b.family)


def _given_otherwise(a: PersonName, b: PersonName) -> str | None:
    """Whether one goes by a middle name (R. Harald Baayen), or is printed with initials run together (JK Rowling)."""
    if a.given in b.middle or b.given in a.middle:
        return "One may go by a middle name."
    if any(one.given == two.initials and 1 < len(one.given) < 4 for one, two in ((a, b), (b, a))):
        return "One has initials for the given names."
    return None


def _middles_contradict(a: PersonName, b: PersonName) -> bool:
    if not a.middle or not b.middle:
        return False
    return not any(
        _stands_for(one, other) or _stands_for(other, one) for one in a.middle for other in b.middle
    )


def _surname_initial(a: Printed, b: Printed) -> Comparison | None:
    mine, other = a.name, b.name
    if len(mine.surname) != 1 or len(other.surname) < 2 or mine.given != other.given:
        return None
    if mine.surname in (other.surname[0], other.family[0]):
        return _maybe("One gives only the initial of the surname.")
    return None


def _part_of(a: Printed, b: Printed) -> Comparison | None:
    """Words of the longer in order make the shorter: a surname more, a job behind the name, initials at the front."""
    shorter, longer = a.name.words, b.name.words
    if len(shorter) < 2 or len(shorter) >= len(longer):
        return None
    rest = iter(longer)
    if not all(any(_stands_for(word, found) for found in rest) for word in shorter):
        return None
    if longer[: len(shorter)] == shorter and longer[-1] in JOBS and not b.beside - a.beside:
        return _same("One name; behind one of them stands what they do.")
    return _maybe(
        "One name is the other with more words: another surname, a middle name, a place or a title."
    )


def _stands_for(word: str, found: str) -> bool:
    return word == found or (len(word) == 1 and found.startswith(word))


def _handle(a: Printed, b: Printed) -> Comparison | None:
    """A handle made of parts of a name: dparkes, yuriw, janedoe42, and a given name alone."""
    if not a.is_one_word or b.is_one_word or not b.name.surname:
        return None
    handle = a.joined.strip("0123456789")
    if len(handle) > 1 and handle in handles_of(b.name):
        return _maybe("One looks like a handle made of the other's name.")
    if len(handle) > 2 and handle in b.name.words:
        return _maybe("One is a part of the other's name.")
    return None


def handles_of(name: PersonName) -> frozenset[str]:
    """The handles people make of a name: jdoe, janed, doej, doejane, and of more names jqdoe, janedoe."""
    given, family, surname = name.given, name.family, name.surname
    made = {given[:1] + family, given + family[:1], family + given[:1], family + given, given + surname}
    return frozenset(made | {name.initials + surname, given + family})


def _misspelt(a: Printed, b: Printed) -> Comparison | None:
    mine, other = a.joined, b.joined
    if not (a.is_one_word and b.is_one_word and mine.isascii() and other.isascii()):
        return None
    if len(mine) > 4 and is_near(mine, other) and not _numbers([mine], [other]):
        return _maybe("They differ by a letter.")
    return None


def _other_script(a: Printed, b: Printed) -> Comparison | None:
    """Дмитрий Чайковский, Dmitri Tchaikovsky: vowels are transliterated in many ways, consonants in few."""
    if len(a.name.words) != len(b.name.words) or a.name.text.isascii() or not b.name.text.isascii():
        return None
    pairs = zip(a.name.words, b.name.words, strict=True)
    if all(consonants(one) == consonants(other) != "" for one, other in pairs):
        return _maybe("One may be the other in another script or spelling.")
    return None


def consonants(word: str) -> str:
    """What is left of a word when it is written in another way, as it sounds."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy']", "", sound_of(word)))


RULES: tuple[Rule, ...] = (
    _one_spelling,
    _bodies,
    _named_beside,
    _generations,
    _surname_first,
    _other_order,
    _people,
    _surname_initial,
    _part_of,
    _handle,
    _misspelt,
    _other_script,
)


def _same(why: str) -> Comparison:
    return Comparison(Verdict.SAME, why)


def _maybe(why: str) -> Comparison:
    return Comparison(Verdict.MAYBE, why)


def _different(why: str) -> Comparison:
    return Comparison(Verdict.DIFFERENT, why)
