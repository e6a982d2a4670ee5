"""Names in languages with spaces, with what runs on from them: titles, places, employers, subjects."""

import re

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.beside import is_place
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.drafts import Draft
from standfirst.bylines.reading.evidence import is_like_a_person
from standfirst.bylines.reading.given import is_given_name, is_surname
from standfirst.bylines.reading.kinds import (
    bare,
    fold,
    has_organisation_word,
    is_capitalised,
    is_handle_shape,
    is_job,
)
from standfirst.bylines.reading.titles import is_post_nominal, is_role_and_name, is_title, title_start

QUOTED = re.compile(r'["‘\'](?P<nick>[^"‘’\']{1,40})["’\'](?=\s)')
PLACED = re.compile(
    r"^(?P<name>\S.*?)\s(?:(?:,\s)?reporting\s(?:from|in)|in|at|from|near|en|à|aus|vanuit|em|desde|depuis|من)\s(?P<place>(?:the\s|der\s|la\s|le\s)?[^\W\da-z_].*)$"
)
REPORTING_FROM = re.compile(
    r"^(?P<name>\S.*?),?\s(?:reporting|reports)\s(?:from|in|for)\s(?P<place>\S.*)$", re.I
)
WORKING = re.compile(
    r"^(?P<name>\S.*?)\s(?:,?\s?(?:writing\s)?[Ff]or|of|via|para|pour|für|voor)\s(?P<org>(?:the\s)?[^\W\da-z_].*)$"
)
ON = re.compile(r"^(?P<name>\S.*?)\son\s(?P<subject>\S.*)$")
AKA = re.compile(
    r"^(?P<name>\S.*?),?\s(?:a\.?\s?k\.?\s?a\.?|alias|n[ée]e|also\sknown\sas|better\sknown\sas)\s(?P<aka>\S.*)$",
    re.I,
)
# “CNN's Jane Doe”
POSSESSIVE = re.compile(r"^(?P<org>[^\W\d_a-z]\S*(?:\s[^\W\d_a-z]\S*)?)['’]s\s(?P<name>\S+\s\S.*)$")
# “Jane Doe is a writer.” is a biography, of which the name is enough.
SPECIAL = re.compile(r"^(?P<name>\S+(?:\s\S+){1,3}?),?\s(?P<title>special(?:ly)?\s(?:to|for)\s\S.*)$", re.I)
BIOGRAPHY = re.compile(
    r"^(?P<name>\S+(?:\s\S+){1,3}?),?\s(?:is|was|works\sas|est|ist|es|è|é|is\seen)\s(?P<rest>(?:an?|the|un|une|ein|eine|una|um|uma|currently|our|[a-z]{4,})\s.+)$"
)


def read_words(text: str, draft: Draft, context: Context) -> str:
    ours = POSSESSIVE.match(text)
    if ours and not is_given_name(ours["org"]) and is_like_a_person(ours["name"].split()):
        draft.org, text = ours["org"], ours["name"]
    if also := AKA.match(text):
        draft.aka = draft.aka or also["aka"].strip('"')
        text = also["name"]
    words = text.split()
    if len(words) < 2 or len(words) > 40:
        return text
    if (life := BIOGRAPHY.match(text)) and is_capitalised(life["name"]):
        draft.doubts.append("This reads like a biography rather than a byline.")
        text = life["name"]
    if special := SPECIAL.match(text):
        draft.title, text = special["title"], special["name"]
    text = _without_agency(_without_buttons(text), draft)
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
    if _is_a_job(words) or _is_newsroom(words):
        return text
    words = _without_prefixes(words, draft)
    words = _without_body(words, draft)
    words = _without_role_before(words, draft)
    words = _without_title_before(words, draft)
    words = _without_post_nominals(words, draft, context)
    if not draft.title and not _is_group(words) and (found := title_start(words, context)) is not None:
        start, doubt = found
        draft.title = " ".join(words[start:])
        if doubt:
            draft.doubts.append(doubt)
        words = words[:start]
    words = _without_city(_without_acronym(words, draft), draft)
    text = " ".join(words).strip(" ,")
    if (nick := QUOTED.search(text)) and nick.start() > 0 and text[: nick.start()].endswith(" "):
        draft.nickname = draft.nickname or nick["nick"].strip()
    return text


def _without_buttons(text: str) -> str:
    """“Ada Quill Follow”."""
    words = text.split()
    while len(words) > 2 and bare(words[-1]) in w.BUTTONS and not is_surname(words[-1]):
        words.pop()
    return " ".join(words)


def _is_a_job(words: list[str]) -> bool:
    """“our political editor”, “a staff reporter”; not A. Reporter."""
    return bare(words[-1]) in w.JOBS and (words[0].casefold() in ("our", "the") or words[0] == "a")


def _is_newsroom(words: list[str]) -> bool:
    """“Lantern staff reporter”, “redakce Lantern FRESH”: all of it is what nobody in particular is called."""
    bares = [bare(word) for word in words]
    return not is_given_name(words[0]) and (
        bares[0] in w.NEWSROOMS
        or (len(words) > 2 and " ".join(bares[-2:]) in w.STAFF and words[-1].islower())
    )


def _without_body(words: list[str], draft: Draft) -> list[str]:
    """“Ada Quill Abteilung Kommunikation”, “Ada Quill LanternVoice Staff”: the body in the next element of the page."""
    if draft.org or len(words) < 3 or not is_given_name(words[0]) or not is_capitalised(words[1]):
        return words
    start = next((place for place in range(2, len(words)) if bare(words[place]) in w.LEADING_BODIES), 0)
    if not start and bare(words[-1]) in w.STAFF_HEADS and len(words) > 3:
        start = 2
    if not start and "The" in words[2:-1]:
        # “Ada Quill The Lantern”
        start = words.index("The", 2)
    if not start or start > 4 or bare(words[start - 1]) in w.AFTER_JOBS or words[start].islower():
        return words
    if any(has_organisation_word(word) or bare(word) in w.TITLE_WORDS for word in words[1:start]):
        return words
    draft.org = " ".join(words[start:])
    draft.doubts.append(f"Is “{draft.org}” where {' '.join(words[:start])} works, or all of it one name?")
    return words[:start]


def _without_post_nominals(words: list[str], draft: Draft, context: Context) -> list[str]:
    """“Ada Quill MD”, “Ada Quill MD Lung Cancer Expert”."""
    if all(word.isupper() for word in words):
        return words
    for start in range(1, len(words)):
        if not is_post_nominal(words[start].rstrip(",")):
            continue
        end = start
        while end < len(words) and is_post_nominal(words[end].rstrip(",")):
            end += 1
        rest = words[end:]
        if rest and not (is_title(rest, context) or is_job(words[-1])):
            return words
        draft.suffix = f"{draft.suffix} {' '.join(words[start:end])}".strip(" ,")
        draft.title = draft.title or " ".join(rest)
        return words[:start]
    return words


def _without_acronym(words: list[str], draft: Draft) -> list[str]:
    """“Ada Quill NPR”."""
    if len(words) != 3 or draft.org or words[1].isupper() or bare(words[2]) in w.GENERATIONS:
        return words
    if not re.fullmatch(r"[A-Z]{2,5}", words[2]) or (is_surname(words[2]) and len(words[2]) > 3):
        return words
    draft.org = words[2]
    draft.doubts.append(f"Is “{draft.org}” where they work, or part of the name?")
    return words[:2]


def _without_city(words: list[str], draft: Draft) -> list[str]:
    """“ADA QUILL Leeds”: the place in the next element of the page."""
    if len(words) < 3 or draft.place or bare(words[-1]) not in w.CITIES or words[-1].isupper():
        return words
    if all(word.isupper() for word in words[:-1]):
        draft.place = words[-1]
        return words[:-1]
    draft.doubts.append(f"Is “{words[-1]}” where they wrote, or part of the name?")
    return words


def _without_agency(text: str, draft: Draft) -> str:
    """“JANE DOE Associated Press”: the agency in the next element of the page."""
    words = text.split()
    for length in (3, 2, 1):
        agency = " ".join(words[-length:])
        # Of one word, many are surnames too (Sid, Ani).
        if (
            len(words) - length in ((2,) if length == 1 else (2, 3, 4))
            and fold(agency) in w.AGENCIES - w.UNNAMED_AGENCIES
            and is_capitalised(agency)
            and is_capitalised(words[0])
            and is_capitalised(words[-length - 1])
        ):
            if has_organisation_word(" ".join(words[:-length])):
                break
            draft.org = agency
            return " ".join(words[:-length])
    return text


def _is_group(words: list[str]) -> bool:
    last = bare(words[-1])
    if last in w.JOBS and len(words) > 3 and is_given_name(words[0]):
        # “John Roe Post Staff Writers”
        return False
    is_short = len(words) <= 3 and not is_given_name(words[0])
    if last in w.NEWSROOM_JOBS and is_short and has_organisation_word(" ".join(words[:-1])):
        # “DAILY NEWS Reporter in Dodoma”
        return True
    return last in w.TEAMS or last in w.STAFF_HEADS


def _without_place_or_work(text: str, draft: Draft, context: Context) -> str:
    """The name without “in London”, “for Reuters”, “of The Post”, “on somebody”."""
    if (reporting := REPORTING_FROM.match(text)) and _can_be_named(reporting["name"], context):
        draft.place = draft.place or reporting["place"]
        return reporting["name"].strip(" ,")
    if found := PLACED.match(text):
        name = found["name"].strip(" ,")
        if _can_be_named(name, context) and not _belongs_to_name(name):
            _place(found["place"], name, text[len(name) :], draft)
            return name
    if found := WORKING.match(text):
        name, org = found["name"].strip(" ,"), found["org"]
        is_of = text[len(name) :].startswith(" of ")
        if is_of and _belongs_to_name(name):
            return text
        if is_of and not _is_employer(org, context):
            if len(name.split()) > 1 and _is_bare_name(name):
                draft.doubts.append(f"Does “of {org}” belong to the name?")
                if is_given_name(name.split()[0]):
                    draft.org = draft.org or org
                    return name
            return text
        if _can_be_named(name, context) and _is_bare_name(name):
            draft.org = draft.org or org.removeprefix("the ")
            return name
    if (found := ON.match(text)) and len(found["name"].split()) > 1:
        name, subject = found["name"], found["subject"]
        if _can_be_named(name, context) and _is_bare_name(name):
            draft.subject = subject
            if not is_capitalised(subject):
                draft.doubts.append(f"Is “{subject}” what {name} wrote about?")
            return name
    return text


def _place(place: str, name: str, behind: str, draft: Draft) -> None:
    is_venue = bare(place.split()[-1]) in w.VENUES
    works_there = not is_venue and (fold(place) in w.AGENCIES or has_organisation_word(place))
    if works_there and not behind.startswith(" in "):
        draft.org = draft.org or place
        return
    draft.place = draft.place or place
    if not is_venue and re.search(r"\s(?:at|from)\s(?!the\s)", behind) and not is_place(place):
        draft.doubts.append(f"Is “{place}” where {name} was, or where they work?")


def _is_employer(org: str, context: Context) -> bool:
    return has_organisation_word(org) or org.lower().startswith("the ") or context.is_known_organisation(org)


def _is_bare_name(name: str) -> bool:
    """Whether there is no organisation and no job in it, to which the words behind could belong."""
    return not has_organisation_word(name) and not any(map(is_job, name.split()))


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


def _belongs_to_name(name: str) -> bool:
    """“Friends of …”, “Women in Tech”: one word before it, and no given name at that."""
    words = name.split()
    if len(words) > 1:
        return has_organisation_word(name) and fold(name) not in w.AGENCIES and not _is_group(words)
    return fold(name) not in w.AGENCIES and fold(name) not in w.STAFF and not is_given_name(words[0])


def _without_prefixes(words: list[str], draft: Draft) -> list[str]:
    prefixes: list[str] = []
    # “Dr.Michael”: the full stop holds them together.
    glued = re.match(r"^((?:Dr|Prof|Mr|Mrs|Ms|Rev|د)\.)(\w.*)$", words[0])
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
        while len(rest) > 2 and rest[0].endswith(".") and bare(rest[0]) in w.PREFIX_TAILS:
            # “Dr. med.”, “Prof. h. c.”
            prefixes.append(rest.pop(0))
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
    if is_role_and_name(words):
        label = bare(words[0])
        draft.roles = (w.ROLE_WORDS.get(label) or w.ABBREVIATED_ROLES[label],)
        if label in ("ed", "tr"):
            draft.doubts.append(f"Is “{words[0]}” part of the name, or what they did?")
        return words[1:]
    role = w.ROLE_WORDS.get(bare(words[0]))
    if (
        role is None
        or role in ("reader", "contributor")
        or (role == "author" and not is_like_a_person(words[1:]))
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
        if is_job(word) or ("-" in plain and plain.rpartition("-")[2] in w.JOBS):
            rest = words[place + 1 :]
            if not 2 <= len(rest) <= 4 or not all(
                is_capitalised(one) or bare(one) in w.PARTICLES for one in rest
            ):
                return words
            if any(
                is_job(one)
                or bare(one) in w.TITLE_WORDS
                or bare(one) in w.TEAMS
                or bare(one) in w.STAFF_HEADS
                for one in rest
            ) or has_organisation_word(" ".join(rest)):
                # “Reporters Without Borders”
                return words
            if plain in w.DOING_JOBS:
                draft.roles = (w.DOING_JOBS[plain],)
                if place:
                    draft.title = " ".join(words[: place + 1])
            else:
                draft.title = " ".join(words[: place + 1])
            return rest
        if plain not in w.TITLE_WORDS and plain not in w.COUNTRIES and (place or plain not in w.OURS):
            return words
    return words
