"""What a piece beside a name can be: an address, a role, a place. Brackets and commas both ask here."""

import re
from typing import Literal, NamedTuple

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.given import is_city
from standfirst.bylines.reading.kinds import (
    bare,
    fold,
    is_capitalised,
    is_cjk,
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
NUMBERS = re.compile(r"^[\d\s.,:–—/-]+$")
COMPANY_END = re.compile(r"\b(?:inc|ltd|llc|llp|plc|gmbh|corp|co|s\.a|s\.l|b\.v|ag)\.?$", re.I)


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


def address(text: str) -> Beside | None:
    text = text.strip(" <>")
    if EMAIL.fullmatch(text) or (text.lower().startswith("mailto:") and EMAIL.fullmatch(text[7:])):
        return Beside("email", text[7:] if text.lower().startswith("mailto:") else text)
    if URL.fullmatch(text):
        return Beside("url", text)
    if HANDLE.fullmatch(text) or re.fullmatch(
        r"(?:twitter|x|ig|insta|fb|tiktok|threads|telegram|instagram|mastodon|bluesky|github)\s?:\s?@?[\w.-]+",
        text,
        re.I,
    ):
        return Beside("handle", text.split(":")[-1].strip())
    if re.fullmatch(r"@[\w.-]+@[\w.-]+", text):
        return Beside("handle", text)
    return None


def is_place(text: str) -> bool:
    if _is_town_or_country(fold(text)):
        return is_capitalised(text)
    head, comma, tail = text.partition(",")
    return bool(comma) and (_is_town_or_country(fold(head)) or _is_town_or_country(fold(tail)))


def _is_town_or_country(folded: str) -> bool:
    return folded in w.COUNTRIES or is_city(folded)
