"""Names in languages with spaces, with what runs on from them: titles, places, employers, subjects."""

import re

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.drafts import Draft
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import (
    bare,
    fold,
    has_organisation_word,
    is_capitalised,
    is_handle_shape,
)
from standfirst.bylines.reading.titles import is_post_nominal, is_title, title_start

QUOTED = re.compile(r'["‘\'](?P<nick>[^"‘’\']{1,40})["’\'](?=\s)')
PLACED = re.compile(
    r"^(?P<name>\S.*?)\s(?:(?:,\s)?reporting\s(?:from|in)|in|at|from|near|en|à|aus|vanuit|em|desde|depuis)\s(?P<place>(?:the\s|der\s|la\s|le\s)?[^\W\da-z_].*)$"
)
REPORTING_FROM = re.compile(
    r"^(?P<name>\S.*?),?\s(?:reporting|reports)\s(?:from|in|for)\s(?P<place>\S.*)$", re.I
)
WORKING = re.compile(
    r"^(?P<name>\S.*?)\s(?:,?\s?(?:writing\s)?for|of|via|para|pour|für|voor)\s(?P<org>(?:the\s)?[^\W\da-z_].*)$"
)
ON = re.compile(r"^(?P<name>\S.*?)\son\s(?P<subject>\S.*)$")
AKA = re.compile(
    r"^(?P<name>\S.*?),?\s(?:a\.?\s?k\.?\s?a\.?|alias|n[ée]e|also\sknown\sas|better\sknown\sas)\s(?P<aka>\S.*)$",
    re.I,
)
# “Jane Doe is a writer.” is a biography, of which the name is enough.
BIOGRAPHY = re.compile(
    r"^(?P<name>\S+(?:\s\S+){1,3}?),?\s(?:is|was|works\sas|est|ist|es|è|é|is\seen)\s(?P<rest>(?:an?|the|un|une|ein|eine|una|um|uma|currently|our)\s.+)$"
)


def read_words(text: str, draft: Draft, context: Context) -> str:
    if also := AKA.match(text):
        draft.aka = draft.aka or also["aka"].strip('"')
        text = also["name"]
    words = text.split()
    if len(words) < 2 or len(words) > 40:
        return text
    if (life := BIOGRAPHY.match(text)) and is_capitalised(life["name"]):
        draft.doubts.append("This reads like a biography rather than a byline.")
        text = life["name"]
    text = _without_place_or_work(text, draft, context)
    words = text.split()
    if len(words) < 2:
        return text
    if (
        fold(text) in w.STAFF
        or fold(text) in w.PLACEHOLDERS
        or fold(text) in w.AGENCIES
        or fold(text) in w.ACCOUNTS
    ):
        return text
    if (
        bare(words[0]) in ("our", "a", "the")
        and words[0] not in ("A.",)
        and bare(words[-1]) in w.JOBS
        and (bare(words[0]) != "a" or words[0].islower())
    ):
        return text
    words = _without_prefixes(words, draft)
    words = _without_role_before(words, draft)
    words = _without_title_before(words, draft)
    for place in range(1, len(words)):
        if is_post_nominal(words[place].rstrip(",")) and not all(word.isupper() for word in words):
            end = place
            while end < len(words) and is_post_nominal(words[end].rstrip(",")):
                end += 1
            if end < len(words) and not (is_title(words[end:], context) or bare(words[-1]) in w.JOBS):
                break
            draft.suffix = f"{draft.suffix} {' '.join(words[place:end])}".strip(" ,")
            if end < len(words):
                draft.title = draft.title or " ".join(words[end:])
            words = words[:place]
            break
    if not draft.title and not _is_group(words) and (found := title_start(words, context)) is not None:
        start, doubt = found
        draft.title = " ".join(words[start:])
        if doubt:
            draft.doubts.append(doubt)
        words = words[:start]
    if (
        len(words) == 3
        and re.fullmatch(r"[A-Z]{2,5}", words[2])
        and not draft.org
        and not words[1].isupper()
        and bare(words[2]) not in w.GENERATIONS
    ):
        draft.org = words.pop()
        draft.doubts.append(f"Is “{draft.org}” where they work, or part of the name?")
    text = " ".join(words).strip(" ,")
    if (nick := QUOTED.search(text)) and nick.start() > 0 and text[: nick.start()].endswith(" "):
        draft.nickname = draft.nickname or nick["nick"].strip()
    return text


def _is_group(words: list[str]) -> bool:
    last = bare(words[-1])
    return last in w.TEAMS or last in w.STAFF_HEADS


def _without_place_or_work(text: str, draft: Draft, context: Context) -> str:
    if (reporting := REPORTING_FROM.match(text)) and _can_be_named(reporting["name"], context):
        draft.place = draft.place or reporting["place"]
        return reporting["name"].strip(" ,")
    if found := PLACED.match(text):
        name, place = found["name"].strip(" ,"), found["place"]
        if _can_be_named(name, context) and not _belongs_to_name(name, text):
            if (
                fold(place) in w.AGENCIES or has_organisation_word(place)
            ) and " in " not in f" {text[len(name) :]} ".lower()[:5]:
                draft.org = draft.org or place
            else:
                draft.place = draft.place or place
            return name
    if found := WORKING.match(text):
        name, org = found["name"].strip(" ,"), found["org"]
        if " of " in f" {text[len(name) : len(name) + 4]}" and not (
            has_organisation_word(org) or org.lower().startswith("the ") or context.is_known_organisation(org)
        ):
            if (
                len(name.split()) > 1
                and not has_organisation_word(name)
                and not any(bare(word) in w.JOBS for word in name.split())
            ):
                draft.doubts.append(f"Does “of {org}” belong to the name?")
            return text
        if (
            _can_be_named(name, context)
            and not has_organisation_word(name)
            and not any(bare(word) in w.JOBS for word in name.split())
        ):
            draft.org = draft.org or re.sub(r"^the ", "", org)
            return name
    if found := ON.match(text):
        name, subject = found["name"], found["subject"]
        if (
            _can_be_named(name, context)
            and len(name.split()) > 1
            and not has_organisation_word(name)
            and not any(bare(word) in w.JOBS for word in name.split())
        ):
            draft.subject = subject
            if not is_capitalised(subject):
                draft.doubts.append(f"Is “{subject}” what {name} wrote about?")
            return name
    return text


def _can_be_named(name: str, context: Context) -> bool:
    """Whether the words before “in” or “for” can be somebody's name, or an agency's."""
    words = name.split()
    if not words or (
        not is_capitalised(words[0]) and fold(name) not in w.AGENCIES and not is_handle_shape(words[0])
    ):
        return False
    if fold(name) in w.AGENCIES or fold(name) in w.STAFF or context.is_known_organisation(name):
        return True
    return len(words) <= 9


def _belongs_to_name(name: str, text: str) -> bool:
    """“Physicians for …”, “Women in Tech”: one word before it, and no given name at that."""
    words = name.split()
    if len(words) > 1:
        return has_organisation_word(name) and fold(name) not in w.AGENCIES and not _is_group(words)
    return fold(name) not in w.AGENCIES and fold(name) not in w.STAFF and not is_given_name(words[0])


def _without_prefixes(words: list[str], draft: Draft) -> list[str]:
    prefixes: list[str] = []
    # “Dr.Michael”: the full stop holds them together.
    glued = re.match(r"^((?:Dr|Prof|Mr|Mrs|Ms|Rev)\.)(\w.*)$", words[0])
    if glued:
        words = [glued[1], glued[2], *words[1:]]
    rest = list(words)
    while len(rest) > 2 or (len(rest) == 2 and prefixes and len(words) > 3):
        plain = bare(rest[0])
        if plain not in w.PREFIXES:
            break
        if plain in w.SHY_PREFIXES and not rest[0].endswith("."):
            break
        if not is_capitalised(rest[0]):
            break
        prefixes.append(rest.pop(0))
        if bare(rest[0]) in (
            "h",
            "c",
            "mult",
            "habil",
            "rer",
            "nat",
            "med",
            "phil",
            "col",
            "gen",
            "dr",
            "dr-ing",
            "hon",
        ) and rest[0].endswith("."):
            continue
    if prefixes:
        draft.prefix = " ".join(prefixes)
        return rest
    if (
        len(words) == 2
        and bare(words[0]) in w.PREFIXES
        and bare(words[0]) not in w.SHY_PREFIXES
        and is_capitalised(words[0])
    ):
        draft.doubts.append(f"Is “{words[0]}” part of the name, or a title?")
    return words


def _without_role_before(words: list[str], draft: Draft) -> list[str]:
    """“Photography Jane Doe”, “Fotos Ben Müller”: a label that lost its colon."""
    role = w.ROLE_WORDS.get(bare(words[0]))
    if (
        role is None
        or role in ("reader", "contributor", "author")
        or bare(words[0]) in w.JOBS | w.STAFF_HEADS
        or not 3 <= len(words) <= 4
    ):
        return words
    if is_given_name(words[0]) or not all(is_capitalised(word) for word in words):
        return words
    draft.roles = (role,)
    draft.doubts.append(f"Does “{words[0]}” say what {' '.join(words[1:])} did?")
    return words[1:]


def _without_title_before(words: list[str], draft: Draft) -> list[str]:
    """“Political editor Jane Doe”, “Photographer Jane Doe”."""
    for place, word in enumerate(words[:-2]):
        plain = bare(word)
        if plain in w.JOBS:
            rest = words[place + 1 :]
            if not 2 <= len(rest) <= 4 or not all(
                is_capitalised(one) or bare(one) in w.PARTICLES for one in rest
            ):
                return words
            if any(
                bare(one) in w.JOBS
                or bare(one) in w.TITLE_WORDS
                or bare(one) in w.TEAMS
                or bare(one) in w.STAFF_HEADS
                for one in rest
            ):
                return words
            if plain in w.DOING_JOBS:
                draft.roles = (w.DOING_JOBS[plain],)
                if place:
                    draft.title = " ".join(words[: place + 1])
            else:
                draft.title = " ".join(words[: place + 1])
            return rest
        if plain not in w.TITLE_WORDS and plain not in w.COUNTRIES:
            return words
    return words
