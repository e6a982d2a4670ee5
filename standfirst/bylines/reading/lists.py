"""Cuts the names of one clause apart: commas, “and” in a dozen languages, strokes, semicolons; never inside brackets."""

import re
from dataclasses import dataclass

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.conjunctions import is_prefix, joining, joining_in, parts_names, scripts_of
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.given import is_given_name, is_surname
from standfirst.bylines.reading.kinds import DOMAIN, bare, has_organisation_word, is_capitalised, is_cjk

SEPARATOR = re.compile(
    r"\n"
    r"|\sw/\s"
    r"|\s?[;|•]\s?"
    r"|\s(?:[/·–—+ـ]|-{1,2})\s|(?<=[\u0590-\u08ff])[-–—]\s"
    r"|\s?、\s?"
    r"|,\s?(?:and|&|und|et|y|e|og|och|with|avec|mit|con|com|met|med|samt|sowie|plus)\s"
    r"|[,،]\s?"
    r"|\s?؛\s?"
    r"|\s?&{1,2}\s"
    r"|\s(?:and|und|kaj|et(?!\sal\b)|sowie|og|och|with|avec|con|mit|com|met|plus|og|и|та|ve|i|ja|och|AND|And|UND|ET|Y|WITH)\s"
    r"|\s(?:y|e|en)\s"
    r"|\s(?:E|Et|Und|Og|Och|En|I)\s"
    r"|(?<=[^\W\d_])/(?=[^\W\d_])|(?<=[\w.)])/\s(?=\S)|(?<=\S)\s/(?=[^\W\d_])"
)
CJK_SEPARATOR = re.compile(
    r"(?<=[가-힣]{2})·(?=[가-힣]{2})|(?<=[\u4e00-\u9fff]{3})と(?=[\u4e00-\u9fff]{3})|\s?[/、,&]\s?|\s?(?:和|与|與|及|以及)\s?|\s(?:と|와|과)\s"
)
# “And” of some languages, as they stand where each word was given a capital; an initial, a name or a numeral elsewhere.
TITLE_CASED = frozenset(["E", "Et", "Und", "Og", "Och", "En", "I"])
OPENING = {"(": ")", "[": "]", '"': '"'}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece between two separators, and which stood before it: `,`, `and`, `;`, `|`, `/` or, for the first, nothing.

    `doubt` says why it may go together with the one before, or be two.
    """

    text: str
    before: str = ""
    doubt: str = ""


def split(text: str, context: Context) -> list[Part]:
    """The parts of a clause, in order, none empty."""
    shielded = _shielded(text)
    parts: list[Part] = []
    before = doubt = ""
    start = 0
    for at in _separators(text, shielded, context.language):
        separates, why = _separates(text, shielded, at, start, context)
        doubt = doubt or why
        if not separates:
            continue
        piece = text[start : at.start()].strip()
        if piece:
            parts.append(Part(piece, before, doubt))
            before, doubt = _sign(at[0]), ""
        elif parts:
            before = _stronger(before, _sign(at[0]))
        start = at.end()
    if piece := text[start:].strip(" ,;"):
        parts.append(Part(piece, before, doubt))
    return _with_whole_organisations(_without_echoes(parts))


def _without_echoes(parts: list[Part]) -> list[Part]:
    """“Ada Quill”, and on the next lines “Ada” and “Quill”: once for the eye, once for a screen reader."""
    kept: list[Part] = []
    echoed = 0
    for place, part in enumerate(parts):
        if place < echoed:
            continue
        kept.append(part)
        for end in range(place + 2, min(place + 6, len(parts) + 1)):
            behind = parts[place + 1 : end]
            if part.text == " ".join(one.text for one in behind) and all(
                one.before == "\n" for one in behind
            ):
                echoed = end
    return kept


def _separators(text: str, shielded: str, language: str) -> list[re.Match[str]]:
    found = list(SEPARATOR.finditer(shielded))
    taken = {position for at in found for position in range(at.start(), at.end())}
    for words in (joining(scripts_of(text)), joining_in(language)):
        if words is not None:
            found += [at for at in words.finditer(shielded) if not taken & set(range(at.start(), at.end()))]
    if is_cjk(text):
        found += [
            at
            for at in CJK_SEPARATOR.finditer(shielded)
            if at.start() not in taken and at.end() - 1 not in taken and _cuts_cjk(shielded, at)
        ]
    return sorted(found, key=lambda at: at.start())


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


def _separates(text: str, shielded: str, at: re.Match[str], start: int, context: Context) -> tuple[bool, str]:
    """Whether what stands there parts two contributors, and why that may be wrong."""
    sign = at[0].strip().casefold()
    left = text[start : at.start()].split()
    right = re.match(r"[^,;|\n،؛/]*" if sign == "/" else r"[^,;|\n،؛]*", text[at.end() :])
    right_words = (right[0] if right else "").split()
    if is_prefix(at[0]):
        return _prefix_separates(left, at[0].strip(), right_words, context)
    if at[0].strip() in TITLE_CASED:
        return _names_apart(left, at[0].strip(), right_words)
    if sign in ("y", "i"):
        return _surnames_apart(left, sign, right_words, context)
    if sign == "/" and at[0] == "/" and not is_cjk(text):
        return _strokes_apart(left, right_words, context)
    return _parts(text, at, left, right_words, context), ""


def _parts(text: str, at: re.Match[str], left: list[str], right_words: list[str], context: Context) -> bool:
    sign = at[0].strip().casefold()
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
    return not (
        sign == "&" and len(left) == 1 and len(right_words) >= 1 and bare(right_words[-1]) in w.ORGANISATIONS
    )


def _surnames_apart(left: list[str], sign: str, right: list[str], context: Context) -> tuple[bool, str]:
    """José Ortega y Gasset is one man; Ana y Juan, and Juan Carlos y Mar, are two."""
    if not (len(left) >= 2 and len(right) == 1 and is_capitalised(left[-1]) and is_capitalised(right[0])):
        return True, ""
    one, other = " ".join(left), right[0]
    if context.stands_alone(f"{one} {sign} {other}"):
        return False, ""
    if context.stands_alone(one) and context.stands_alone(other):
        return True, ""
    doubt = f"“{one} {sign} {other}” may be one person, or two."
    if all(map(is_given_name, (*left, other))):
        return True, doubt
    return False, doubt if is_given_name(other) or len(left) > 3 else ""


def _names_apart(left: list[str], sign: str, right: list[str]) -> tuple[bool, str]:
    """“Ana Soler E Rui Pardo” are two, where a programme gave each word a capital; Mary E. Quill, and Mary Ann E Quill, are one."""
    if not left or not right or not is_capitalised(left[-1]) or not is_capitalised(right[0]):
        return False, ""
    doubt = f"“{' '.join(left)} {sign} {' '.join(right)}” may be one person, or two."
    are_given = is_given_name(left[0]) and is_given_name(right[0])
    if len(left) > 1 and len(right) > 1:
        return True, "" if are_given else doubt
    return False, doubt if are_given and (len(sign) > 1 or not is_surname(right[0])) else ""


def _prefix_separates(left: list[str], prefix: str, right: list[str], context: Context) -> tuple[bool, str]:
    """Whether the و of وفاطمة joins, or begins a name, as in وليد."""
    if not left or not right:
        return False, ""
    one, other = " ".join(left), " ".join(right)
    if context.stands_alone(f"{one} {prefix}{other}"):
        return False, ""
    if context.stands_alone(one) and context.stands_alone(other):
        return True, ""
    found = parts_names(prefix, right[0])
    if found is not None:
        return found, ""
    doubt = f"“{prefix}{right[0]}” may be a name, or join two."
    return len(left) >= 2 and len(right) >= 2, doubt if len(left) + len(right) > 2 else ""


def _joins_jobs(left: list[str], right: list[str]) -> bool:
    """“Founder & CEO” is one title."""
    if not 0 < len(left) < 4 or not 0 < len(right) < 3:
        return False
    return bare(left[-1]) in w.JOBS and bare(right[-1]) in w.JOBS


def _strokes_apart(left: list[str], right: list[str], context: Context) -> tuple[bool, str]:
    """“Jane Doe/Reuters”, “Jane Doe/John Roe”; not AC/DC, GNU/Linux Team, nor a web address."""
    if len(left) == 1 and DOMAIN.fullmatch(left[0]) and _is_full_name(right):
        # “lantern.example/Ada Quill”
        return True, ""
    if not left or not right or any("." in word[:-1] and word.islower() for word in (left[-1], right[0])):
        return False, ""
    if _is_agency(left) or _is_agency(right):
        return True, ""
    if context.stands_alone(" ".join(left)) and context.stands_alone(" ".join(right)):
        return True, ""
    whole = f"{' '.join(left)}/{' '.join(right)}"
    if _is_full_name(left) and has_organisation_word(" ".join(right)):
        is_name = is_given_name(left[0])
        return is_name or not any(
            map(str.isupper, left)
        ), "" if is_name else f"“{whole}” may be one name, or two."
    if _is_full_name(left) and _is_full_name(right):
        return True, "" if is_given_name(left[0]) and is_given_name(
            right[0]
        ) else f"“{whole}” may be one name."
    if _is_full_name(left) and is_given_name(left[0]) and len(right) == 1 and is_capitalised(right[0]):
        return True, f"“{right[0]}” may be where {' '.join(left)} works, or part of the name."
    return False, f"“{whole}” may be one name, or two." if " " in whole else ""


def _is_agency(words: list[str]) -> bool:
    return " ".join(words).casefold() in w.AGENCIES


def _is_full_name(words: list[str]) -> bool:
    """Whether these can be all of a person's name."""
    return (
        2 <= len(words) <= 4
        and all(is_capitalised(word) or bare(word) in w.PARTICLES for word in words)
        and not has_organisation_word(" ".join(words))
        and bare(words[0]) not in ("the", "a", "an")
    )


def _sign(separator: str) -> str:
    sign = separator.strip(" \t")
    if sign == "\n" or separator == "\n":
        return "\n"
    if sign in (";", "|", "•"):
        return ";" if sign == ";" else "|"
    if sign == "؛":
        return ";"
    if sign in (",", "،", "、", "/"):
        return "," if sign in (",", "،") else ("、" if sign == "、" else "/")
    if sign in ("–", "—", "-", "--", "·", "ـ"):
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
            whole[-1] = Part(f"{whole[-1].text} and {part.text}", whole[-1].before, whole[-1].doubt)
        elif whole and part.before == "and" and _is_half_a_body(whole[-1].text, part.text):
            doubt = f"“{whole[-1].text} and {part.text}” may be one body, or two contributors."
            whole[-1] = Part(f"{whole[-1].text} and {part.text}", whole[-1].before, whole[-1].doubt or doubt)
        else:
            whole.append(part)
    return whole


def _is_half_a_body(before: str, after: str) -> bool:
    """“Lantern Steering and Technical Committee”: what stands before the “and” is no person, and no body by itself."""
    words, ends = before.split(), after.split()
    heads = w.TEAMS | w.ORGANISATIONS | w.STAFF_HEADS
    return (
        len(words) > 1
        and 2 <= len(ends) <= 3
        and bare(ends[-1]) in w.TEAMS | w.STAFF_HEADS
        and bare(ends[0]) not in ("the", "our")
        and bare(words[-1]) not in heads
        and not any(map(is_given_name, words))
        and "(" not in before
        and before.isascii()
    )


def _ends_a_title(before: str, after: str) -> bool:
    """“Dan Marsh Defence and security editor”: no name begins in small letters and ends in a job."""
    words = after.split()
    return len(before.split()) > 2 and 2 <= len(words) <= 4 and after.islower() and bare(words[-1]) in w.JOBS
