"""Titles and post-nominals: what somebody is, and where a name ends that one runs into."""

import re

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import (
    bare,
    has_inner_capitals,
    is_initials,
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
        or (sum(map(str.isupper, letters)) >= 2)
    )


def is_title(words: list[str], context: Context) -> bool:
    """Whether these words are a job title and nothing else: “Deputy Editor”, “MP for Leeds”, “Director of the Centre”."""
    bares = [bare(word) for word in words]
    if (
        bares[0] in ("mp", "msp", "mep", "mla", "ms", "td", "senator")
        and len(words) > 2
        and bares[1] in ("for", "of")
    ):
        return True
    heads = [place for place, word in enumerate(bares) if word in w.JOBS or word.rstrip("s") in w.JOBS]
    if not heads:
        return False
    if bares[0] in w.JOBS and (
        len(words) == 1
        or bares[1]
        in (
            "of",
            "for",
            "at",
            "in",
            "and",
            "&",
            "to",
            "on",
            "de",
            "des",
            "du",
            "di",
            "für",
            "bei",
            "della",
            "del",
            "en",
            "chef",
            "adjunto",
            "adjunta",
        )
    ):
        return True
    last = heads[-1]
    if last != len(words) - 1 and bares[last + 1] not in (
        "of",
        "for",
        "at",
        "in",
        "on",
        "to",
        "and",
        "&",
        "de",
        "des",
        "du",
        "di",
        "für",
    ):
        return False
    return any(
        word in w.TITLE_WORDS
        or word in w.COUNTRIES
        or word in w.ORGANISATIONS
        or word in ("the", "our", "a", "an", "and", "&")
        or word in context.publication_words
        or (words[place].islower() and word not in w.PARTICLES)
        or (words[place].isupper() and len(word) > 1 and not words[-1].isupper())
        or has_inner_capitals(words[place])
        for place, word in enumerate(bares[: min(2, max(1, heads[0]))])
    ) or (last == len(words) - 1 and len(words) <= 2 and not is_given_name(words[0]))


def title_start(words: list[str], context: Context) -> tuple[int, str] | None:
    """Where a job title begins behind a name (“Rory Carroll Ireland correspondent”), and why that may be wrong."""
    bares = [bare(word) for word in words]
    heads = [
        place
        for place, word in enumerate(bares)
        if place > 0
        and (word in w.JOBS)
        and (
            place == len(words) - 1
            or bares[place + 1] in ("of", "for", "at", "in", "and", "&", "to", "on")
            or words[place].endswith(",")
        )
    ]
    if not heads:
        return None
    if heads[-1] == len(words) - 1 and len(words) == 2:
        # “Jane Editor”: too little to tell.
        return None
    after_name = _end_of_name(words)
    if after_name > heads[0]:
        return None
    first = next(
        (
            place
            for place in range(2, heads[0] + 1)
            if bares[place] in w.TITLE_WORDS
            or bares[place] in w.COUNTRIES
            or bares[place] in w.CITIES
            or bares[place] in w.JOBS
            or bares[place] in context.publication_words
            or has_inner_capitals(words[place])
            or (
                words[place].isupper()
                and len(words[place]) > 1
                and not words[0].isupper()
                and "." not in words[place]
            )
            or (words[place].islower() and bares[place] not in w.PARTICLES)
        ),
        heads[0],
    )
    if first == after_name:
        return first, ""
    name = " ".join(words[:after_name])
    if first < after_name:
        return after_name, f"Where does the name of {name} end, and their title begin?"
    if first == heads[0] and heads[0] > after_name:
        # The word before the head belongs to the title, as in “Foobar correspondent”, or to the name.
        return after_name, f"Where does the name of {name} end, and their title begin?"
    return after_name if words[
        first
    ].islower() else first, f"Where does the name of {name} end, and their title begin?"


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
