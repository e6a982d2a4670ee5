"""Words that touch because a tag between them was dropped: “Howard BlumeStaff Writer”, “vonAda QuillBen Marsh”."""

import re
from itertools import pairwise

from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import SURNAME_CAPITALS, bare, is_job
from standfirst.bylines.reading.words import (
    AGENCIES,
    DESK_WORDS,
    PLAIN_AGENCIES,
    ROLE_WORDS,
    STUCK_BEFORE_ROLES,
    TITLE_WORDS,
    UNNAMED_AGENCIES,
)

# “Edited by Ada Quilltranslated by Ben Marsh”, “BEN MARSHAssociated Press”.
ROLE = re.compile(r"(?<=[^\W\d_])([^\W\d_A-ZÀ-Þ]{4,})(?=\s(?:by|von|par|por|da|door|av)\s)")
CAPITALS = re.compile(r"(?<=[A-ZÀ-Þ]{2})(?=[A-ZÀ-Þ][a-zà-ÿ]{3,})")
_AGENCY_NAMES = sorted(
    (re.escape(name.title()) for name in AGENCIES - UNNAMED_AGENCIES - PLAIN_AGENCIES if len(name) > 5),
    key=len,
    reverse=True,
)
AGENCY = re.compile(rf"(?<=[a-zà-ÿ])(?=(?:{'|'.join(_AGENCY_NAMES)})\b)")
# “dpaLantern-Redaktion”: no other word begins so.
SMALL_AGENCY = re.compile(rf"\b({'|'.join(sorted(PLAIN_AGENCIES))})(?=[A-ZÀ-Þ])")
# “Ada QuillSenior Reporter”: a word of titles alone, where any other word might be half a trade mark.
TITLE = re.compile(
    r"(?<=[a-zà-ÿ.])(?=(?:Staff|Senior|Contributing|Associate|Managing|Deputy|Chief|Assistant|Editor|Reporter|Correspondent|"
    r"Columnist|Contributor|Reporting|Special|Freelance|Executive|Political|National|Writer|Producer|Photographer|Opinion|Guest|Digital|News)\b)"
)
BY = re.compile(
    r"(?P<begins>^)?\b(?P<by>(?i:by|von|par|por|door))(?P<name>[A-ZÀ-Þ][a-zà-ÿ][^\W\d_]*|[A-Z]{2,}\w*)", re.M
)
HUMP = re.compile(
    r"(?<=[^\W\d_]\s)(?P<before>[^\W\d_a-z]\S*?[^\W\d_A-ZÀ-Þ]{2})(?P<behind>[A-ZÀ-Þ][a-zà-ÿ-]+)\b"
)
# Of the buttons and dates beside a byline, that no name ends in.
BUTTON = re.compile(
    r"(?:Follow|Twitter|Facebook|Instagram|LinkedIn|Published|Updated|Posted|Share|Comments|Email)\b"
)


def parted(text: str) -> str:
    """The text with such words apart, and two contributors on two lines."""
    text = SMALL_AGENCY.sub(r"\1\n", text)
    text = BY.sub(_parted_by, text)
    if " " not in text:
        return text
    text = HUMP.sub(_parted_hump, ROLE.sub(_parted_role, text))
    return AGENCY.sub(" ", CAPITALS.sub(" ", text) if _has_name_in_capitals(text) else text)


def _parted_by(found: re.Match[str]) -> str:
    """“vonAda”, “ByAda”; not vonBraun in the middle of a line, nor VonStein."""
    opens = found["begins"] is not None and (found["by"].islower() or found["name"][:2].isupper())
    return f"{found['by']} {found['name']}" if opens or is_given_name(found["name"]) else found[0]


def _parted_hump(found: re.Match[str]) -> str:
    """“KleinRedakteur” is a surname and a job, “RiemannBarbara” a surname and a given name; MacKenzie is neither."""
    before, behind = found["before"], found["behind"]
    following = found.string[found.end() :]
    if len(behind) > 5 and is_job(behind):
        return f"{before} {behind}"
    if BUTTON.match(behind) or (behind == "The" and following[:1] == " "):
        return f"{before}\n{behind}"
    if not re.match(r"\s[^\W\d_a-z]", following) or SURNAME_CAPITALS.match(found[0]) or len(before) < 5:
        return found[0]
    if bare(behind) in TITLE_WORDS | DESK_WORDS and bare(before) not in TITLE_WORDS | DESK_WORDS:
        # “FosterTravel News Reporter”, but “HealthTech Reporter”.
        return f"{before} {behind}" if any(map(is_job, following.split()[:3])) else found[0]
    return f"{before}\n{behind}" if is_given_name(behind) and not is_given_name(before) else found[0]


def _parted_role(found: re.Match[str]) -> str:
    ending = found[1]
    for start in range(len(ending) - 3):
        before = found.string[: found.start() + start].split()[-1:]
        stem = before[0] if before else ""
        if ending[start:] in ROLE_WORDS and stem[:1].isupper() and len(stem) > 2:
            whole = (stem + ending[start:]).casefold()
            if whole not in ROLE_WORDS and stem.casefold() not in STUCK_BEFORE_ROLES:
                return f"{ending[:start]}\n{ending[start:]}"
    return ending


def _has_name_in_capitals(text: str) -> bool:
    """Whether a word in capitals with small letters behind it follows one in capitals: “BEN MARSHAssociated”."""
    words = text.split()
    return any(
        before.isupper() and len(before) > 1 and CAPITALS.search(word) and not word.isupper()
        for before, word in pairwise(words)
    )
