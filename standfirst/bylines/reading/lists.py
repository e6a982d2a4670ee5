"""Cuts the names of one clause apart: commas, “and” in a dozen languages, strokes, semicolons; never inside brackets."""

import re
from dataclasses import dataclass

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.kinds import bare, has_organisation_word, is_capitalised, is_cjk

SEPARATOR = re.compile(
    r"\n"
    r"|\sw/\s"
    r"|\s?[;|•]\s?"
    r"|\s(?:[/·–—+]|-{1,2})\s"
    r"|\s?、\s?"
    r"|,\s?(?:and|&|und|et|y|e|og|och|with|avec|mit|con|com|met|med|samt|sowie|plus)\s"
    r"|,\s?"
    r"|\s?&{1,2}\s"
    r"|\s(?:and|und|et(?!\sal\b)|sowie|og|och|with|avec|con|mit|com|met|plus|og|и|та|ve|i|ja|och|AND|And|UND|ET|Y|WITH)\s"
    r"|\s(?:y|e|en)\s"
    r"|(?<=[^\W\d_])/(?=[^\W\d_])"
)
CJK_SEPARATOR = re.compile(r"\s?[/、,&]\s?|\s?(?:和|与|與|及|以及)\s?|\s(?:と|와|과)\s")
OPENING = {"(": ")", "[": "]", '"': '"'}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece between two separators, and which stood before it: `,`, `and`, `;`, `|`, `/` or, for the first, nothing."""

    text: str
    before: str = ""


def split(text: str, context: Context) -> list[Part]:
    """The parts of a clause, in order, none empty."""
    shielded = _shielded(text)
    parts: list[Part] = []
    before = ""
    start = 0
    for at in _separators(text, shielded):
        if not _separates(text, shielded, at, start, context):
            continue
        piece = text[start : at.start()].strip()
        if piece:
            parts.append(Part(piece, before))
            before = _sign(at[0])
        elif parts:
            before = _stronger(before, _sign(at[0]))
        start = at.end()
    if piece := text[start:].strip(" ,;"):
        parts.append(Part(piece, before))
    return _with_whole_organisations(parts)


def _separators(text: str, shielded: str) -> list[re.Match[str]]:
    found = list(SEPARATOR.finditer(shielded))
    if is_cjk(text):
        taken = {position for at in found for position in range(at.start(), at.end())}
        found += [
            at
            for at in CJK_SEPARATOR.finditer(shielded)
            if at.start() not in taken and at.end() - 1 not in taken and _cuts_cjk(shielded, at)
        ]
        found.sort(key=lambda at: at.start())
    return found


def _cuts_cjk(text: str, at: re.Match[str]) -> bool:
    sign = at[0].strip()
    before, after = text[: at.start()].rstrip()[-1:], text[at.end() :].lstrip()[:1]
    if sign in ("和", "与", "與", "及"):
        # “和田” is a surname: between two names of two characters or more, or with spaces about it.
        left = re.search(r"[^\s/、,&]*$", text[: at.start()])
        right = re.match(r"[^\s/、,&]*", text[at.end() :])
        if at[0] != sign:
            return True
        return 2 <= len(left[0] if left else "") <= 4 and 2 <= len(right[0] if right else "") <= 4
    return bool(before and after)


def _separates(text: str, shielded: str, at: re.Match[str], start: int, context: Context) -> bool:
    sign = at[0].strip().casefold()
    left = text[start : at.start()].split()
    right = re.match(r"[^,;|\n]*", text[at.end() :])
    right_words = (right[0] if right else "").split()
    if sign in ("y", "i"):
        # José Ortega y Gasset is one man, Ana y Juan are two.
        return not (len(left) >= 2 and len(right_words) == 1 and is_capitalised(left[-1]))
    if sign in ("e",):
        return at[0].strip() == "e" and bool(left) and bool(right_words) and is_capitalised(right_words[0])
    if sign == "en":
        return context.language == "nl" or (
            context.language not in ("es", "fr", "ca") and len(right_words) >= 2 and len(left) >= 2
        )
    if (
        sign in ("con", "com", "met", "mit", "i", "ja", "ve", "plus", "and", "with")
        and at[0].strip() != sign
        and at[0].isupper()
    ):
        return text.isupper()
    if sign in ("&", "and") and _joins_jobs(left, right_words):
        return False
    if sign == "&" and len(left) == 1 and left == right_words:
        return False
    if sign == "/" and at[0] == "/" and not is_cjk(text):
        return _strokes_apart(left, right_words)
    return not (
        sign == "&" and len(left) == 1 and len(right_words) >= 1 and bare(right_words[-1]) in w.ORGANISATIONS
    )


def _joins_jobs(left: list[str], right: list[str]) -> bool:
    """“Founder & CEO” is one title."""
    if not 0 < len(left) < 4 or not 0 < len(right) < 3:
        return False
    return bare(left[-1]) in w.JOBS and bare(right[-1]) in w.JOBS


def _strokes_apart(left: list[str], right: list[str]) -> bool:
    """“Jane Doe/Reuters”, “Jane Doe/John Roe”; not AC/DC, nor a web address."""
    if left and right and right[0].casefold() in w.AGENCIES:
        return True
    if not left or not right or any("." in word[:-1] and word.islower() for word in (left[-1], right[0])):
        return False
    return len(left) > 1 and (
        len(right) > 1 or right[0].casefold() in w.AGENCIES or right[0].isupper() or is_capitalised(right[0])
    )


def _sign(separator: str) -> str:
    sign = separator.strip(" \t")
    if sign == "\n" or separator == "\n":
        return "\n"
    if sign in (";", "|", "•"):
        return ";" if sign == ";" else "|"
    if sign in (",", "、", "/"):
        return "," if sign == "," else ("、" if sign == "、" else "/")
    if sign in ("–", "—", "-", "--", "·"):
        return "-"
    return "and"


def _stronger(one: str, other: str) -> str:
    return "and" if "and" in (one, other) else (other or one)


def _shielded(text: str) -> str:
    """The text with what stands in brackets and quotation marks made unseparable, at the same length."""
    shielded = list(text)
    depth: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        if depth and character == depth[-1][0]:
            opened = depth.pop()[1]
            if not depth:
                for inside in range(opened + 1, place):
                    shielded[inside] = "\x00"
        elif character in OPENING and len(depth) < 20:
            if character == '"' and '"' not in text[place + 1 :]:
                continue
            depth.append((OPENING[character], place))
    return "".join(shielded)


def _with_whole_organisations(parts: list[Part]) -> list[Part]:
    """“Department of Health and Social Care” was cut at its “and”: put together again."""
    whole: list[Part] = []
    for part in parts:
        if (
            whole
            and part.before == "and"
            and len(part.text.split()) <= 3
            and re.search(
                r"\b(?:of|for|für|de|des|per|di|van)\s(?:the\s)?[^\s]+(?:\s[^\s]+)?$", whole[-1].text
            )
            and has_organisation_word(re.split(r"\b(?:of|for|für|de|des|per|di|van)\s", whole[-1].text)[0])
        ) or (whole and part.before == "and" and _ends_a_title(whole[-1].text, part.text)):
            whole[-1] = Part(f"{whole[-1].text} and {part.text}", whole[-1].before)
        else:
            whole.append(part)
    return whole


def _ends_a_title(before: str, after: str) -> bool:
    """“Dan Marsh Defence and security editor”: no name begins in small letters and ends in a job."""
    words = after.split()
    return len(before.split()) > 2 and 2 <= len(words) <= 4 and after.islower() and bare(words[-1]) in w.JOBS
