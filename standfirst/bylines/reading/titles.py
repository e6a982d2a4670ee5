"""Titles and post-nominals: what somebody is, and where a name ends that one runs into."""

import re

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import (
    bare,
    has_inner_capitals,
    is_capitalised,
    is_initials,
    is_job,
)


def is_post_nominal(text: str) -> bool:
    """PhD, MD, KC, OBE: not Ma or Do, which are surnames unless in capitals."""
    words = [word for word in re.split(r"[\s,]+", text.strip()) if word]
    return bool(words) and all(_is_post_nominal(word) for word in words)


def _is_post_nominal(word: str) -> bool:
    plain = word.strip(".,").casefold()
    if plain not in w.POST_NOMINALS and plain.replace(".", "") not in w.POST_NOMINALS:
        return False
    letters = word.replace(".", "").replace("-", "")
    return (
        "." in word.strip(".")
        or letters.isupper()
        or letters.startswith("Ph")
        or letters == "Esq"
        or (sum(map(str.isupper, letters)) >= 2)
    )


def is_role_and_name(words: list[str]) -> bool:
    """“photography Ada Quill”, “Transl. Ada Quill”: no name begins so."""
    label, rest = words[0], words[1:]
    is_label = (label.islower() and bare(label) in w.ROLE_WORDS) or (
        label.endswith(".") and bare(label) in w.ABBREVIATED_ROLES
    )
    return (
        is_label
        and 2 <= len(rest) <= 4
        and all(is_capitalised(word) or bare(word) in w.PARTICLES for word in rest)
    )


def is_title(words: list[str], context: Context) -> bool:
    """Whether these words are a job title and nothing else: “Deputy Editor”, “MP for Leeds”, “Director of the Centre”."""
    bares = [bare(word) for word in words]
    if words[0] == "The" and len(words) == 2:
        # “The Economist”, “The Scientist” are magazines.
        return False
    if bares[0] in w.SEATS and len(words) > 2 and bares[1] in ("for", "of"):
        return True
    heads = [place for place, word in enumerate(bares) if is_job(word) or word.rstrip("s") in w.JOBS]
    if not heads:
        return False
    if is_job(bares[0]) and (len(words) == 1 or words[1].islower() or bares[1] in w.AFTER_JOBS):
        return True
    last = heads[-1]
    if last == len(words) - 1 and last and bares[last - 1] in w.TITLE_WORDS and not is_given_name(words[0]):
        return True
    if last != len(words) - 1 and bares[last + 1] not in w.AFTER_JOBS:
        return False
    if last == len(words) - 1 and len(words) <= 2 and not is_given_name(words[0]):
        return True
    before = words[: min(2, max(1, heads[0]))]
    return any(
        _is_of_a_title(word, context) or bare(word) in w.ORGANISATIONS or _stands_out(word, words)
        for word in before
    )


def _is_of_a_title(word: str, context: Context) -> bool:
    plain = bare(word)
    return (
        plain in w.TITLE_WORDS
        or plain in w.COUNTRIES
        or (plain in w.AGENCIES and len(plain) == 2)
        or plain in w.AROUND_TITLES
        or plain in context.publication_words
        or has_inner_capitals(word)
        or (word.islower() and plain not in w.PARTICLES)
    )


def _stands_out(word: str, words: list[str]) -> bool:
    """CNN, in words that are not all capitals."""
    is_alone = word.isupper() and len(bare(word)) > 1 and "." not in word and not words[-1].isupper()
    return is_alone and not (is_given_name(word) or sum(map(str.isupper, words)) > 1)


def title_start(words: list[str], context: Context) -> tuple[int, str] | None:
    """Where a job title begins behind a name (“Rory Carroll Ireland correspondent”), and why that may be wrong."""
    head = _head_of_title(words)
    # “Jane Editor” is too little to tell.
    if head is None or (head == len(words) - 1 and len(words) == 2):
        return None
    after_name = _end_of_name(words)
    if after_name > head or bare(words[after_name - 1]) in w.AFTER_JOBS:
        # “Board of Directors” is no name of two words.
        return None
    first = next((place for place in range(2, head + 1) if _can_begin_title(words, place, context)), head)
    if first == after_name:
        return first, ""
    doubt = f"Where does the name of {' '.join(words[:after_name])} end, and their title begin?"
    # In “Foobar correspondent” the word before the head belongs to the title, or to the name.
    belongs_to_title = first < after_name or first == head or words[first].islower()
    return (after_name if belongs_to_title else first), doubt


def _head_of_title(words: list[str]) -> int | None:
    for place, word in enumerate(words):
        if place and is_job(word):
            ends = place == len(words) - 1 or word.endswith(",")
            if ends or bare(words[place + 1]) in w.AFTER_JOBS:
                return place
    return None


def _can_begin_title(words: list[str], place: int, context: Context) -> bool:
    word = words[place]
    return (
        is_job(word)
        or bare(word) in w.CITIES
        or (_is_of_a_title(word, context) and bare(word) not in w.AROUND_TITLES)
        or (not words[0].isupper() and word.isupper() and len(word) > 1 and "." not in word)
    )


def _end_of_name(words: list[str]) -> int:
    """How many of the words a name of two parts takes, with its initials and particles."""
    parts = 0
    for place, word in enumerate(words):
        if bare(word) in w.PARTICLES and place and not word.isupper():
            continue
        if is_initials(word) and word.isupper():
            continue
        if parts == 2:
            return place + (
                1 if bare(word) in w.GENERATIONS and bare(word) not in ("senior", "junior") else 0
            )
        parts += 1
    return len(words)
