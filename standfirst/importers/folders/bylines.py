"""Who wrote a text: from its front matter, or from lines of the text itself."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from standfirst.importers.folders.matter import Value
from standfirst.importers.folders.settings import text

# Fields that name people, with the role they say; without one, the words themselves may. The byline comes first.
FIELDS: Mapping[str, str] = {
    "byline": "",
    "authors": "",
    "author": "",
    "by": "",
    "writer": "",
    "writers": "",
    "guest-author": "",
    "guest-authors": "",
    "guest_author": "",
    "guest_authors": "",
    "guestauthor": "",
    "contributors": "contributor",
    "contributor": "contributor",
    "interviewer": "interviewer",
    "interviewers": "interviewer",
    "interviewee": "interviewee",
    "interviewees": "interviewee",
    "translator": "translator",
    "translators": "translator",
    "translated_by": "translator",
    "translated-by": "translator",
    "editor": "editor",
    "editors": "editor",
    "edited_by": "editor",
    "photographer": "photographer",
    "photographers": "photographer",
    "photos_by": "photographer",
    "illustrator": "illustrator",
    "illustrators": "illustrator",
    "illustrated_by": "illustrator",
    "proofreader": "proofreader",
    "reviewer": "reviewer",
    "reviewers": "reviewer",
    "producer": "producer",
    "narrator": "reader",
}
# Roles nobody has here, and the nearest that is.
NEAREST = {"interviewee": "contributor", "reviewer": "contributor"}
# Labels of lines, with their roles here where these need saying: who chose the subject is no author.
LABELS = {
    "选题": "contributor",
    "责编": "editor",
    "采访": "interviewer",
    "摄影": "photographer",
    "插图": "illustrator",
}
# People that templates come with: nobody who wrote anything here.
PLACEHOLDERS = {
    "albert einstein": "ias, princeton",
    "boris podolsky": "ias, princeton",
    "nathan rosen": "ias, princeton",
}
MOST_PEOPLE = 200


class RawEntry(NamedTuple):
    """One entry of a field as typed, plain and small: every article's are kept through the first reading."""

    raw: str
    field: str
    person: str = ""
    url: str = ""
    affiliation: str = ""
    links: tuple[tuple[str, str], ...] = ()
    role: str = ""  # where the field or a label says one


class CreditLines(NamedTuple):
    """The lines of a text that say who made it and when, and the text without them."""

    entries: tuple[RawEntry, ...]
    date: str
    body: str


def in_matter(values: Mapping[str, Value], own: Mapping[str, str] | None = None) -> tuple[RawEntry, ...]:
    """The entries of every field that names people, authors first.

    `values` are flattened; `own` are fields of this folder's, with the role each says.
    """
    own = own or {}
    found: list[RawEntry] = []
    # A field that says no role is the byline, and comes before those that say one.
    for name in sorted((*FIELDS, *own), key=lambda name: bool(own.get(name, FIELDS.get(name, "")))):
        if name in values:
            role = own.get(name, FIELDS.get(name, ""))
            entries = entries_of(values[name], name)
            found += [entry._replace(role=role) for entry in entries] if role else entries
    return tuple(dict.fromkeys(found))


def entries_of(value: Value, name: str) -> list[RawEntry]:
    if isinstance(value, str):
        words = text(value)
        if not words or words.lower() in ("true", "false", "none", "nil"):
            return []
        # Pelican parts names that are last name first by semicolons.
        parts = [part.strip() for part in words.split(";")] if ";" in words and "&" not in words else [words]
        if len(parts) > 1:
            parts = [_last_name_last(part) for part in parts]
        return [RawEntry(_unmarked(part), name) for part in parts if part][:MOST_PEOPLE]
    if isinstance(value, list):
        return [entry for item in value[:MOST_PEOPLE] for entry in entries_of(item, name)]
    if isinstance(value, dict):
        return _mapping(value, name)
    return []


def _last_name_last(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first and first.strip() else name


def _mapping(value: Mapping[str, Value], name: str) -> list[RawEntry]:
    lower = {str(key).lower(): item for key, item in value.items()}
    said = next(
        (words for key in ("name", "display_name", "title", "full_name") if (words := text(lower.get(key)))),
        "",
    )
    if not said:
        said = " ".join(
            filter(None, (text(lower.get(key)) for key in ("first", "first_name", "firstname", "given")))
        )
        last = next(
            (text(lower.get(key)) for key in ("last", "last_name", "lastname", "family") if lower.get(key)),
            "",
        )
        said = f"{said} {last}".strip()
    person = next(
        (words for key in ("id", "slug", "username", "login", "key") if (words := text(lower.get(key)))), ""
    )
    if not said and not person:
        # `author: {ada: …}` names people by key, `author: {name: {…}}` is not of this kind.
        keys = [str(key) for key, item in value.items() if isinstance(item, dict)]
        return [RawEntry(key, name) for key in keys[:MOST_PEOPLE]]
    url = next(
        (
            text(lower.get(key))
            for key in ("url", "link", "website", "homepage", "site")
            if text(lower.get(key))
        ),
        "",
    )
    return [RawEntry(_unmarked(said or person), name, "" if said else person, url, _affiliation(lower))]


def _affiliation(lower: Mapping[str, Value]) -> str:
    for key in ("affiliations", "affiliation", "organisation", "organization", "institution", "company"):
        value = lower.get(key)
        items = value if isinstance(value, list) else [value]
        names = [text(item.get("name")) if isinstance(item, dict) else text(item) for item in items[:5]]
        if any(names):
            return "; ".join(filter(None, names))
    return ""


def _unmarked(words: str) -> str:
    return re.sub(r"\A[*_`]+|[*_`]+\Z", "", words).strip()


def is_placeholder(entry: RawEntry) -> bool:
    """Whether a template came with this name, and nobody changed it."""
    sign = PLACEHOLDERS.get(entry.raw.casefold())
    return sign is not None and (sign in entry.affiliation.casefold() or "wikipedia.org" in entry.url)


def is_unfinished(words: str) -> bool:
    """Whether a template's own mark stands where a name should: `{{ name }}`."""
    return "{{" in words or "{%" in words or "<%" in words


# ------------------------------------------------------------------------------------------------- lines of the text

_CHINESE = r"(?:原文)?作者|本文作者|原作者|文|撰文|译者|翻译|译|编译|校对|审校|审阅|编辑|后期编辑|后期整理|整理|选题|责编|摄影|插图|记者|采访|投稿"
_CREDIT = re.compile(
    rf"^[ \t>*+\-–•#]*(?P<credit>(?:(?:{_CHINESE})(?:\s*(?:/|&&?|、|和)\s*(?:{_CHINESE}))?[ \t*]*[:：].*)"
    r"|(?:\*{0,2}(?:contributed|written|words|text|story|reported|photos?|photographs|photography|illustrations?|illustrated|"
    r"translated|translation|edited|interview|compiled)[ \t]+by\b[ \t*:]*\S.*)"
    r"|(?:\*{0,2}(?:authors?|writers?|translators?|editors?|photographers?|illustrators?|byline)\*{0,2}[ \t]*[:：]\*{0,2}[ \t]*\S.*)"
    r"|(?:\*{0,2}by[ \t:]+[\*_]{0,2}(?:\[|(?-i:[^\W\d_a-z])).{2,200}))[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_DATED = re.compile(
    r"^[ \t>*+\-#]*(?:\*{0,2})(?:publication date|published(?: on)?|date published|posted(?: on)?|date|发布时间|发布日期|日期)\*{0,2}"
    r"[ \t]*[:：]?\*{0,2}[ \t]*(?P<date>[^\n]{6,40}?)[ \t*]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\]]*\])*)\](?:\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:[ \t]+[\"'(][^\n]*?[\"')])?[ \t]*\)|[ ]?\[([^\]]*)\])"
)
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\]\n]+)\]:[ \t]*<?(\S+?)>?(?:[ \t]+.*)?$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[。！？!?]|[a-z]{3,}[.]\s+[A-Z][a-z]+\s+[a-z]")
# Far enough for a hero image and a deck before the byline; below a rule at the end for those who sign there.
_TOP = 2500
_FOOT = 6000


def in_text(body: str, is_date: Callable[[str], bool]) -> CreditLines:
    """Takes the lines that say who made a text, and when, from its top and its foot."""
    links: dict[str, str] | None = None
    entries: list[RawEntry] = []
    taken: list[tuple[int, int]] = []
    found = [
        match
        for match in _CREDIT.finditer(body)
        if len(match.group()) < 3000
        and _is_credit(match["credit"], match.group())
        and _ends_its_paragraph(match, body)
    ]
    for number, match in enumerate(found):
        beside = (found[number - 1 : number] if number else []) + found[number + 1 : number + 2]
        has_company = any(
            abs(other.start() - match.end()) < 3 or abs(match.start() - other.end()) < 3 for other in beside
        )
        is_at_the_foot = not match["credit"].isascii() and _is_at_the_foot(match.start(), body, has_company)
        if not is_at_the_foot and not _is_at_the_top(match.start(), body):
            continue
        if links is None:
            links = {name.casefold(): url for name, url in _DEFINITION.findall(body)}
        words, named = _flattened(match["credit"], links)
        if re.search(r"[:：]\s*https?://\S+\Z", words):
            continue  # where it came from, not who made it
        if len(words) > 400 or not words.rpartition(":")[2].rpartition("：")[2].strip(" *_"):
            taken.append(match.span())  # a label that nobody filled in
            continue
        label = re.split(r"[:：]", words, maxsplit=1)[0].strip(" *")
        if label in LABELS:
            words = re.split(r"[:：]", words, maxsplit=1)[1].strip(" *")
            entries.append(RawEntry(words, label, links=named, role=LABELS[label]))
        else:
            entries.append(RawEntry(words, "body", links=named))
        taken.append(match.span())
    date = ""
    for match in _DATED.finditer(body[:_TOP]):
        if is_date(match["date"].strip(" *")):
            date = match["date"].strip(" *")
            taken.append(match.span())
            break
    for start, end in sorted(taken, reverse=True):
        body = (
            body[:start] + body[end:].removeprefix("\n")
            if body[:start].endswith("\n")
            else body[:start] + body[end:]
        )
    return CreditLines(tuple(dict.fromkeys(entries)), date, body)


def _is_at_the_top(position: int, body: str) -> bool:
    """Whether a line stands before the text has begun: behind a few lines of heading, date and deck."""
    if position >= _TOP:
        return False
    before = re.sub(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|<img[^>]*>", "", body[:position], flags=re.DOTALL)
    return len(before) < 900 and before.count("\n\n") < 12


def _is_at_the_foot(position: int, body: str, has_company: bool) -> bool:
    """Whether a line stands below the text: behind a rule or a source, or among others of its kind."""
    if len(body) - position >= _FOOT:
        return False
    before = body[max(0, position - 900) : position]
    return has_company or "\nvia:" in before.lower() or "\n---" in before


def _is_credit(words: str, line: str) -> bool:
    plain = _LINK.sub(r"\1", words)
    if len(plain) > 600 or (len(plain) > 90 and _SENTENCE_END.search(plain)) or _is_a_sentence(plain):
        return False
    # “By Monday the river …” begins a sentence; a byline does not end like one.
    if re.match(r"\*{0,2}by\b", plain, re.IGNORECASE):
        return (
            len(plain) < 120
            and not re.search(r"[.!?…]\**\s*\Z|[.!?]\s", plain)
            and not line.lstrip().startswith(("-", ">"))
        )
    return "。" not in plain


def _ends_its_paragraph(match: re.Match[str], body: str) -> bool:
    """Whether a line of Latin words is not the beginning of a sentence that goes on in the next."""
    line = match.group()
    if not match["credit"].isascii() or line.lstrip().startswith(("#", "-", "*", ">", "+")) or ":" in line:
        return True
    following = body[match.end() :].removeprefix("\n").partition("\n")[0]
    goes_on = re.match(r"[ \t]*[a-z]", following) and not _CREDIT.match(following)
    return not goes_on or line.endswith(("  ", "\\"))


def _is_a_sentence(words: str) -> bool:
    """Whether a line that begins as a credit does goes on as a sentence does: with more common words than names.

    “Written by the Robots Group, the playbook provides guidance for those starting a program.”
    """
    after = re.split(r"\bby\b|[:：]", words, maxsplit=1, flags=re.IGNORECASE)[-1]
    said = re.findall(r"[^\W\d_]+", after)
    common = sum(word.islower() for word in said)
    ends = re.search(r"[.!?…]\W*\Z", words) is not None
    return common * 10 >= len(said) * 4 and common >= (4 if ends else 8)


def _flattened(words: str, definitions: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A line with its links as words, and what they led to."""
    named: list[tuple[str, str]] = []

    def plain(match: re.Match[str]) -> str:
        name = match[1].strip()
        url = match[2] or definitions.get((match[3] or name).casefold(), "")
        if url.startswith(("http://", "https://")):
            named.append((_unmarked(name), url))
        return name

    flat = re.sub(r"</?[a-zA-Z][^>]*>", "", _LINK.sub(plain, words))
    return " ".join(flat.replace("`", "").split()).strip(" *_"), tuple(named)
