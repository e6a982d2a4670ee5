"""What a bracket behind a name says: “(IBM)”, “(@ada)”, “(photos)”, “(now)”."""

import re

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.beside import (
    ALSO,
    COMPANY_END,
    NUMBERS,
    Beside,
    What,
    address,
    is_place,
    roles_in,
)
from standfirst.bylines.reading.conjunctions import HAVE_CAPITALS, scripts_of
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.given import is_given_name, is_surname
from standfirst.bylines.reading.kinds import (
    bare,
    cjk_kind,
    fold,
    has_inner_capitals,
    has_organisation_word,
    is_capitalised,
    is_cjk,
    is_handle_shape,
    is_job,
    looks_like_cjk_person,
)
from standfirst.bylines.reading.titles import is_post_nominal, is_role_and_name

IN_PLACE = re.compile(r"^(?:reporting\s)?(?:in|at|from|near|à|aus|em|en|vanuit|desde|depuis)\s(.+)$", re.I)
PRONOUNS = re.compile(
    r"^(?:she|he|they|her|him|them|ze|xe|hers|his|theirs|elle|il|iel|sie|er|ella|él)(?:\s?/\s?\w{2,6}){1,3}$",
    re.I,
)


def in_brackets(content: str, name: str, context: Context) -> Beside:
    """What a bracket behind a name says."""
    content = content.strip(" ,;:")
    words = content.split()
    if not content or not any(character.isalnum() for character in content):
        return Beside("nothing", "")
    if (found := address(content)) is not None:
        return found
    if also := ALSO.match(content):
        return Beside("aka", also[1])
    if PRONOUNS.match(content):
        return Beside("nothing", "")
    if people := re.match(r"^(?:with|avec|mit|con|com|met|and)\s(?=[^\W\d_])(.+)$", content, re.I):
        return Beside("people", people[1])
    if is_role_and_name(words):
        return Beside("people", content)
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
    if len(words) > 1 and scripts_of(name) != scripts_of(content):
        # “अमित शर्मा (Amit Sharma)”
        return Beside("aka", content)
    if place := IN_PLACE.match(content):
        return Beside("place", place[1])
    if context.is_known_organisation(content):
        return Beside("org", content)
    bares = [bare(word) for word in words]
    head, comma, tail = content.partition(",")
    if comma and is_place(head):
        return Beside("place", content)
    if comma and is_capitalised(head) and tail.islower():
        # “(Lisbonne, correspondance)”
        return Beside("place", content, f"Is “{content}” where {name} was?")
    if is_job(words[-1]) or is_job(words[0]):
        return Beside("title", content)
    if is_place(content) or (any(word in ("bureau", "büro", "oficina") for word in bares) and "," in content):
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
    is_full_name = is_given_name(words[0]) and len(words) <= 3 and is_surname(words[-1])
    if is_handle_shape(name) and " " not in name and (is_full_name or len(words) > 2):
        return Beside("aka", content)
    if is_full_name:
        return Beside("aka", content, f"“{content}” may be another name of {name}, or another contributor.")
    return Beside("org", content, f"Is “{content}”, in brackets behind {name}, where they work?")


def _one_word_in_brackets(word: str, name: str) -> Beside:
    if word.isupper() and word.isalpha() and len(word) > 1:
        return Beside("org", word, "" if len(word) > 2 else f"“{word}” may be an organisation or initials.")
    if re.match(r"[A-Z]{2,}[a-z]", word) or re.search(
        r"(?:Soft|Corp|Labs|Tech|Hub|Cloud|Media|Systems|Net)$", word
    ):
        return Beside("org", word)
    if has_inner_capitals(word) and word[0].isupper() and " " in name:
        # OctoCat, and ServiceNow.
        return Beside("handle", word, f"“{word}” may be a handle of {name}, or where they work.")
    if is_handle_shape(word):
        return Beside("handle", word)
    if is_given_name(word) and " " in name:
        return Beside("nickname", word)
    what: What = "place" if scripts_of(word) - HAVE_CAPITALS else "org"
    return Beside(
        what, word, f"“{word}”, in brackets behind {name}, may be an organisation, a place or another name."
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
