"""Whether anything says that a name is a person's. Where nothing does, a reading is not sure.

Evidence is a given name, known or by its sound; initials; a surname of a telling shape; what stands beside the name (a
degree, a job, an address); or the archive, which knows the name from elsewhere. What names do not end in weighs
against it.
"""

import re
import unicodedata

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.conjunctions import HAVE_CAPITALS, scripts_of
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.drafts import Draft
from standfirst.bylines.reading.given import (
    NO_NAMES,
    is_city,
    is_country,
    is_given_name,
    is_surname,
    is_telling_surname,
    sounds_given,
)
from standfirst.bylines.reading.kinds import (
    bare,
    has_inner_capitals,
    is_capitalised,
    is_cjk,
    is_initials,
    is_job,
    looks_like_cjk_person,
)

# Mc-, O'- and two surnames in one.
SURNAME = re.compile(r"(?:Mc|Mac|[OdD]['’]|Fitz)[A-ZÀ-Þ].*|[A-ZÀ-Þ][a-zà-ÿ]{2,}[-‐][A-ZÀ-Þ][a-zà-ÿ]{2,}")
ENDS_NO_NAME = (
    w.TITLE_WORDS | w.ROLE_WORDS.keys() | w.DESK_WORDS | w.NOTES | w.JOBS | w.STAFF_HEADS | w.TEAMS | w.ORGANISATIONS
    | w.THINGS
)  # fmt: skip
# Most Japanese surnames of two characters end in a field, a village, a river …
JAPANESE_SURNAME = re.compile(
    "[\u4e00-\u9fff][田村川山本野原島嶋井上下口木藤崎﨑沢澤谷部森橋岡浦瀬塚池松尾辺邊倉間宮見内]\\s?[\u4e00-\u9fff々\u3040-\u30ff]{1,4}"
)
# Of scripts without capitals, with what holds letters together or apart in Persian.
SIGNS_IN_NAMES = ".-'’\"׳״\u200c\u200d"
JAPANESE = re.compile("[\u4e00-\u9fff々ヶ]{1,3}[\\s\u3000][\u4e00-\u9fff々\u3040-\u30ff]{1,4}")
FOREIGNER = re.compile("[\u30a0-\u30ff]+(?:[・=･][\u30a0-\u30ff]+)+|[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+")


def doubt_of_person(draft: Draft, context: Context, *, is_labelled: bool) -> str:
    """Why a name of several words that was read as a person's may be no person's, in a sentence; else nothing."""
    name = draft.name
    if context.is_known(name):
        return ""
    if is_cjk(name):
        is_apart = (
            " " in name
            and context.language != "ja"
            and not (is_surname(name.split()[0]) or JAPANESE_SURNAME.fullmatch(name))
        )
        is_person = (is_labelled or _is_like_a_cjk_person(name)) and not is_apart
        return "" if is_person else f"Nothing says that “{name}” is a person."
    words = [word for word in re.sub(r'\s?"[^"]*"', "", name).split() if any(map(str.isalpha, word))]
    if len(words) < 2:
        return ""
    if scripts_of(name) - HAVE_CAPITALS:
        return _doubt_without_capitals(name, words)
    last = bare(words[-1])
    if words[0] in ("O", "A", "Os", "As") and len(words) > 2 and not is_initials(words[1]):
        return f"“{name}” begins as the titles of papers do: is it a person's?"
    if bare(words[0]) in w.FOREIGN_ARTICLES and any(
        word.islower() and word in w.PARTICLES for word in words[1:]
    ):
        # “Les Amis de la Terre”, “El Sol de México”
        return f"“{name}” begins as the names of bodies do: is it a person's?"
    if len(words) > 3 and bare(words[1]) == "von" and is_given_name(words[2]) and not is_given_name(words[0]):
        return f"Does “{words[0]} von” say what {' '.join(words[2:])} did?"
    if bare(words[0]) in w.SAINTS:
        return f"“{name}” may be a place."
    ends_no_name = last in ENDS_NO_NAME or (last.endswith("s") and last[:-1] in w.ORGANISATIONS | w.THINGS)
    behind = " ".join(words[1:])
    if (is_country(behind) or is_city(behind) or ends_no_name) and not is_surname(last):
        return f"“{name}” ends as few names do: is it a person's?"
    if bare(words[0]) in w.WORDS_AND_NAMES and not (is_surname(last) or context.archive.is_of_people):
        return f"“{words[0]}” is a word as well as a name: is “{name}” a person?"
    if any(is_job(word) and not is_given_name(word) for word in words[1:]) and not is_surname(last):
        return f"A job stands in “{name}”: where does the name end?"
    if any(map(has_inner_capitals, words)) and not name.isupper():
        return f"Two words may have run together in “{name}”."
    if (
        is_labelled
        or draft.prefix
        or draft.suffix
        or draft.title
        or draft.email
        or draft.handle
        or draft.nickname
    ):
        return ""
    if context.language in ("hu", "vi") and is_surname(words[0]) and is_given_name(words[-1]):
        return ""
    if is_like_a_person(words) or (context.archive.is_of_people and _is_plain(words)):
        return ""
    return f"Nothing says that “{name}” is a person."


def _is_plain(words: list[str]) -> bool:
    """Two or three words of letters with a capital, none of which means anything known: what names look like."""
    return 2 <= len(words) <= 3 and all(
        len(word) > 1
        and word.replace("-", "").isalpha()
        and is_capitalised(word)
        and bare(word) not in NO_NAMES
        for word in words
    )


def is_like_a_person(words: list[str]) -> bool:
    """Whether some of these words say that together they are a person's name."""
    if len(words) < 2:
        return False
    before, last = words[:-1], words[-1]
    # Of a word like “SIG-Lantern” the capitals are no name.
    parts = [
        part
        for word in before
        for part in (word, *re.split(r"[-‐]", word))
        if part == word or not part.isupper() or word.isupper()
    ]
    if any(map(is_given_name, parts)) or sounds_given(words[0]):
        return True
    # “O Estado”, “A Gazeta”: a letter that is an article as well says nothing at the beginning.
    initials = before[1:] if before[0] in ("O", "A", "E") else before
    if any(is_initials(word) and word.isupper() for word in initials) and len(bare(last)) > 2:
        return True
    if is_telling_surname(last) and _is_plain(words):
        return True
    if is_surname(words[0]) and is_given_name(last) and not is_surname(last):
        # “Nagy Eszter”, “Tran Thi Mai”
        return True
    noble = [place for place, word in enumerate(before) if place and bare(word) in w.NOBLE_PARTICLES]
    # “der” is an article too, where no “van” or “von” stands before it.
    if any(bare(words[place]) != "der" or place - 1 in noble for place in noble) and is_capitalised(last):
        return True
    return bool(SURNAME.fullmatch(last)) or (len(last) > 5 and last.casefold().endswith(w.SURNAME_ENDINGS))


def _doubt_without_capitals(name: str, words: list[str]) -> str:
    """Of a script in which no capital tells a name from another word."""
    has_signs = any(
        unicodedata.category(sign)[0] not in "LMZ" and sign not in SIGNS_IN_NAMES for sign in name
    )
    if has_signs or any("-" in (word[0], word[-1]) for word in words):
        return f"“{name}” has signs in it that names do not have."
    core = [word for word in words if word not in w.PARTICLES_ELSEWHERE]
    if len(core) > 3:
        return f"“{name}” may be two people: its language has joining words that are not known here."
    if any(map(is_given_name, core[:-1] or core)) or (len(core) == 2 and is_telling_surname(core[1])):
        return ""
    return f"Nothing says that “{name}” is one person."


def _is_like_a_cjk_person(name: str) -> bool:
    plain = name.replace(" ", "").replace("\u3000", "")
    if looks_like_cjk_person(name) or JAPANESE.fullmatch(name) or FOREIGNER.fullmatch(name):
        return True
    if JAPANESE_SURNAME.fullmatch(name):
        return True
    return 3 <= len(plain) <= 6 and any(is_surname(plain[:length]) for length in (1, 2, 3))
