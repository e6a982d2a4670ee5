"""What stands beside a name: titles, organisations, places, post-nominals, handles, addresses, notes, roles."""

import re
from typing import Literal, NamedTuple

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.context import Context, squashed
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import (
    bare,
    cjk_kind,
    fold,
    has_inner_capitals,
    has_organisation_word,
    is_capitalised,
    is_cjk,
    is_handle_shape,
    is_initials,
    looks_like_cjk_person,
)
from standfirst.bylines.reading.values import Role

What = Literal[
    "suffix",
    "generation",
    "title",
    "org",
    "place",
    "note",
    "email",
    "handle",
    "url",
    "others",
    "role",
    "aka",
    "nickname",
    "people",
    "nothing",
    "name",
]
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
URL = re.compile(
    r"https?://[^\s()<>\"]+|www\.[^\s()<>\"]+|(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}/[^\s()<>\"]+", re.I
)
HANDLE = re.compile(r"@[\w.-]{1,60}", re.UNICODE)
ALSO = re.compile(
    r"^(?:n[ée]e|born|geb(?:oren)?\.?|a\.?\s?k\.?\s?a\.?|alias|aka:|also\sknown\sas|better\sknown\sas|pen\sname\sof|pseudonym\sof|real\sname|"
    r"otherwise\sknown\sas|dit|dite|genannt|detto|detta)\s:?\s?(.+)$",
    re.I,
)
IN_PLACE = re.compile(r"^(?:reporting\s)?(?:in|at|from|near|à|aus|em|en|vanuit|desde|depuis)\s(.+)$", re.I)
NUMBERS = re.compile(r"^[\d\s.,:–—/-]+$")
PRONOUNS = re.compile(
    r"^(?:she|he|they|her|him|them|ze|xe|hers|his|theirs|elle|il|iel|sie|er|ella|él)(?:\s?/\s?\w{2,6}){1,3}$",
    re.I,
)
COMPANY_END = re.compile(r"\b(?:inc|ltd|llc|llp|plc|gmbh|corp|co|s\.a|s\.l|b\.v|ag)\.?$", re.I)
ARTICLE = re.compile(r"^(?:The|Der|Die|Das|Le|La|El|Il|De)\s")


class Beside(NamedTuple):
    """What a piece beside a name is, the text of it, and why that may be wrong."""

    what: What
    value: str
    doubt: str = ""
    roles: tuple[Role, ...] = ()


def roles_in(text: str) -> tuple[Role, ...]:
    """The roles a piece names if it names nothing else: “photos”, “text and illustrations”."""
    if is_cjk(text):
        labels = [label for label in re.split(r"[\s/、&・和及]+", text) if label]
        return (
            tuple(dict.fromkeys(w.CJK_LABELS[label] for label in labels))
            if all(label in w.CJK_LABELS for label in labels)
            else ()
        )
    if (text.islower() or text.endswith(".")) and (role := w.ABBREVIATED_ROLES.get(bare(text))) is not None:
        return (role,)
    words = [bare(word) for word in re.split(r"[\s,/&+]+", text) if bare(word)]
    if not words or len(words) > 6:
        return ()
    if words[0] not in w.ROLE_WORDS and words[0] not in (
        "additional",
        "with",
        "and",
        "all",
        "original",
        "further",
    ):
        return ()
    if not all(word in w.ROLE_WORDS or word in w.BESIDE_ROLES or word in w.BY_WORDS for word in words):
        return ()
    return tuple(dict.fromkeys(w.ROLE_WORDS[word] for word in words if word in w.ROLE_WORDS))


def in_brackets(content: str, name: str, context: Context) -> Beside:
    """What a bracket behind a name says."""
    content = content.strip(" ,;:")
    words = content.split()
    if not content or not any(character.isalnum() for character in content):
        return Beside("nothing", "")
    if (found := _address(content)) is not None:
        return found
    if also := ALSO.match(content):
        return Beside("aka", also[1])
    if PRONOUNS.match(content):
        return Beside("nothing", "")
    if people := re.match(r"^(?:with|avec|mit|con|com|met|and)\s(?=[^\W\d_])(.+)$", content, re.I):
        return Beside("people", people[1])
    if NUMBERS.match(content) and any(character.isdigit() for character in content):
        return Beside("note", content)
    if fold(content) in w.NOTES or (words[0].islower() and any(bare(word) in w.NOTES for word in words)):
        return Beside("note", content)
    if roles := roles_in(content):
        return Beside("role", content, roles=roles)
    if is_post_nominal(content):
        return Beside("suffix", content)
    if is_cjk(content) or is_cjk(name):
        return _in_cjk_brackets(content, name, context)
    if place := IN_PLACE.match(content):
        return Beside("place", place[1])
    if context.is_known_organisation(content):
        return Beside("org", content)
    bares = [bare(word) for word in words]
    if bares[-1] in w.JOBS or bares[0] in w.JOBS:
        return Beside("title", content)
    if _is_place(content) or (
        any(word in ("bureau", "büro", "oficina") for word in bares) and "," in content
    ):
        return Beside("place", content)
    if has_organisation_word(content) or COMPANY_END.search(content):
        return Beside("org", content)
    if len(words) == 1:
        return _one_word_in_brackets(content, name)
    if content.islower() or words[0].islower():
        return Beside(
            "note",
            content,
            f"What is “{content}”, in brackets behind {name}?"
            if len(words) > 1 and words[0] != "the"
            else "",
        )
    if is_handle_shape(name) and " " not in name:
        return Beside("aka", content)
    if is_given_name(words[0]) and len(words) <= 3:
        return Beside("aka", content, f"“{content}” may be another name of {name}, or another contributor.")
    return Beside("org", content, f"Is “{content}”, in brackets behind {name}, where they work?")


def _one_word_in_brackets(word: str, name: str) -> Beside:
    if word.isupper() and word.isalpha() and len(word) > 1:
        return Beside("org", word, "" if len(word) > 2 else f"“{word}” may be an organisation or initials.")
    if re.match(r"[A-Z]{2,}[a-z]", word) or re.search(
        r"(?:Soft|Corp|Labs|Tech|Hub|Cloud|Media|Systems|Net)$", word
    ):
        return Beside("org", word)
    if is_handle_shape(word):
        return Beside("handle", word)
    if is_given_name(word) and " " in name:
        return Beside("nickname", word)
    return Beside(
        "org", word, f"“{word}”, in brackets behind {name}, may be an organisation, a place or another name."
    )


def _in_cjk_brackets(content: str, name: str, context: Context) -> Beside:
    if any(content.endswith(job) for job in w.CJK_JOBS):
        return Beside("title", content)
    if cjk_kind(content) is not None or context.is_known_organisation(content):
        return Beside("org", content)
    if not is_cjk(content):
        words = content.split()
        if len(words) > 1 and has_organisation_word(content):
            return Beside("org", content)
        if len(words) > 1:
            return Beside("aka", content)
        if content.isupper() and content.isalpha() and len(content) > 1:
            return Beside("org", content, f"“{content}” may be an organisation or a handle.")
        if is_handle_shape(content):
            return Beside("handle", content)
        if is_given_name(content):
            return Beside("aka", content)
        return Beside("aka", content, f"“{content}” may be another name, a handle or an organisation.")
    if not is_cjk(name):
        return Beside("aka", content)
    if content[0] == name[0] and 2 <= len(content) <= 4:
        return Beside("aka", content)
    if looks_like_cjk_person(name):
        return Beside(
            "org", content, f"“{content}”, in brackets behind {name}, may be where they work or another name."
        )
    return Beside(
        "aka", content, f"“{content}”, in brackets behind {name}, may be another name or where they work."
    )


def _address(text: str) -> Beside | None:
    text = text.strip(" <>")
    if EMAIL.fullmatch(text) or (text.lower().startswith("mailto:") and EMAIL.fullmatch(text[7:])):
        return Beside("email", text[7:] if text.lower().startswith("mailto:") else text)
    if URL.fullmatch(text):
        return Beside("url", text)
    if HANDLE.fullmatch(text) or re.fullmatch(
        r"(?:twitter|x|instagram|mastodon|bluesky|github)\s?:\s?@?[\w.-]+", text, re.I
    ):
        return Beside("handle", text.split(":")[-1].strip())
    if re.fullmatch(r"@[\w.-]+@[\w.-]+", text):
        return Beside("handle", text)
    return None


def behind_comma(
    text: str, name: str, context: Context, *, is_last: bool, all_capitals: bool, after_list: bool
) -> Beside | None:
    """What a piece behind a name and a comma (or a stroke) adds to that name; nothing if it is a name of its own."""
    text = text.strip(" ,;")
    words = text.split()
    if not words:
        return Beside("nothing", "")
    if (found := _address(text)) is not None:
        return found
    folded = fold(text)
    if folded in w.OTHERS:
        return Beside("others", text)
    if len(words) == 1 and bare(text) in w.GENERATIONS:
        return Beside("generation", text)
    if is_post_nominal(text):
        return Beside("suffix", text)
    if also := ALSO.match(text):
        return Beside("aka", also[1])
    if NUMBERS.match(text):
        return Beside("note", text)
    if re.match(r"^special(?:ly)?\s(?:to|for)\s", text, re.I):
        return Beside("title", text)
    if folded in w.STAFF_HEADS or (folded in w.STAFF and folded not in ("editor", "the editor")):
        return Beside("title" if bare(words[-1]) in w.JOBS else "org", text)
    if (roles := roles_in(text)) and (bare(words[-1]) not in w.JOBS or bare(text) in w.DOING_JOBS):
        return Beside("role", text, roles=roles)
    if is_cjk(text):
        return _behind_cjk(text, name, context)
    if folded in ("agency", "agencies", "wires", "staff", "wire services", "news agencies"):
        return None
    if is_cjk(name) and len(words) == 1:
        if is_capitalised(text) and not is_given_name(text):
            return Beside("org", text, f"“{text}” may be where {name} works, or another contributor.")
        return None
    if (place := re.match(r"^(?:reporting\s(?:from|in)|in|from|near)\s(.+)$", text, re.I)) and is_capitalised(
        place[1]
    ):
        if has_organisation_word(place[1]):
            return Beside("org", place[1])
        return Beside("place", place[1])
    if works := re.match(r"^(?:writing\s)?(?:for|of|at|via|with|para|pour|für|per|voor)\s(.+)$", text, re.I):
        return Beside("org", works[1])
    if is_title(words, context):
        return Beside("title", text)
    if context.is_known_organisation(text) or context.is_publication(text):
        return Beside("org", text)
    if fold(text) in w.AGENCIES and (len(text) > 2 or text.isupper()):
        return Beside("org", text)
    if any(bare(word) in w.TEAMS for word in words):
        return None
    if COMPANY_END.search(text):
        return Beside("org", text)
    several = len(name.split()) > 1
    if has_organisation_word(text) and several:
        inverted = len(words) == 2 and is_given_name(words[0])
        return Beside("org", text, f"“{text}” may be an organisation or a person." if inverted else "")
    if ARTICLE.match(text) and len(words) > 1 and several and bare(words[0]) == "the":
        return Beside("org", text)
    if words[0].islower() and len(words) > 1 and bare(words[0]) not in w.PARTICLES:
        return Beside("title", text, f"What is “{text}”, behind {name}?")
    if len(words) == 1 and several:
        return _one_word_behind_comma(
            text, name, context, is_last=is_last, all_capitals=all_capitals, after_list=after_list
        )
    if several and _is_place(text) and is_last:
        return Beside("place", text)
    return None


def _one_word_behind_comma(
    word: str, name: str, context: Context, *, is_last: bool, all_capitals: bool, after_list: bool
) -> Beside | None:
    if word.startswith("@"):
        return Beside("handle", word)
    if _is_place(word):
        return Beside(
            "place",
            word,
            f"“{word}” may be where {name} wrote, or a contributor of that name."
            if is_given_name(word)
            else "",
        )
    if word.isupper() and not all_capitals and 2 <= len(word.replace(".", "")) <= 8:
        return Beside(
            "org",
            word,
            f"“{word}” may be where {name} works, or somebody's initials." if len(word) < 3 else "",
        )
    if is_initials(word):
        return None
    if word.islower() or (has_inner_capitals(word) and not is_last):
        return None
    if is_given_name(word):
        return None
    if is_last and not all_capitals:
        return Beside("org", word, f"“{word}” may be where {name} works, a place, or another contributor.")
    return None


def _behind_cjk(text: str, name: str, context: Context) -> Beside | None:
    if any(text.endswith(job) for job in w.CJK_JOBS):
        # “김철수 기자” is another reporter.
        return None if " " in text else Beside("title", text)
    if cjk_kind(text) in ("organisation", "staff", "agency") and cjk_kind(name) is None:
        return Beside("org", text)
    if context.is_known_organisation(text):
        return Beside("org", text)
    return None


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


def _is_place(text: str) -> bool:
    folded = fold(text)
    if folded in w.COUNTRIES or folded in w.CITIES or folded in w.CITIES_OF_SEVERAL_WORDS:
        return is_capitalised(text)
    head, comma, tail = text.partition(",")
    return bool(comma) and (
        fold(head) in w.CITIES
        or fold(head) in w.COUNTRIES
        or fold(tail) in w.COUNTRIES
        or fold(tail) in w.CITIES
    )


def resembles(handle: str, name: str) -> bool:
    """Whether a handle is made of the name: `@EricLevitz`, `@marahe` of Marah Eakin."""
    plain, whole = squashed(handle), squashed(name)
    return len(plain) > 2 and (plain in whole or whole in plain or plain[:3] in whole)
