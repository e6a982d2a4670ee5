"""Reads one part of a byline: one name, with everything that stands beside it."""

import re

from standfirst.bylines.reading import touching
from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.beside import EMAIL, URL, Beside
from standfirst.bylines.reading.brackets import in_brackets
from standfirst.bylines.reading.clauses import ends_a_sentence
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.drafts import Draft
from standfirst.bylines.reading.eastasian import read_cjk
from standfirst.bylines.reading.kinds import (
    DOMAIN,
    LATIN,
    bare,
    fold,
    has_organisation_word,
    is_capitalised,
    is_cjk,
    kind_of,
)
from standfirst.bylines.reading.running import read_words

# “Ada Quill0”, where the number was raised.
FOOTNOTE = re.compile(r"(\S+\s.*[a-zà-ÿ])\d")
EDGES = " ,;:|/–—·•"
JOINING = frozenset({"and", "by", "with", "und", "et", "y", "e", "for", "of", "in", "the"})
BRACKET = re.compile(r"\s?[(\[]([^()\[\]]{0,300})[)\]]")
# “(서울=연합뉴스) 홍길동 기자”
DATELINE = re.compile("(?P<place>[가-힣]{2,8})=(?P<agency>[가-힣]{2,12})")
ANGLED = re.compile(r"\s?<([^<>]{1,300})>")
ATTACHED_HANDLE = re.compile(
    r"(?P<before>\S)?(?P<space>\s?)(?P<handle>@[\w.-]{1,60}(?:@[\w.-]{1,60})?)$", re.UNICODE
)
FROM_STUCK = re.compile(r"\b(Reporting\s?(?:[Ff]rom|[Ii]n))(?=[A-Z])")
ON_NETWORK = re.compile(
    r"(?<=\w)\s(?:on|via)\s(?:Unsplash|Flickr|Pexels|Pixabay|Medium|Twitter|X|Instagram|Mastodon|Bluesky|Threads|Facebook|LinkedIn)$"
)
LEADING_BY = re.compile(
    r"^(?:by[:\s]\s?)+|^(?:with|mit|avec)\s|^from\s(?=\S+\s)"
    r"|^de[rnm]\s(?=.*\b(?:redaktion|team)\b)"
    r"|^(?:dal|dalla|du|de|von|van)\s(?=(?:nostr|notre|nuestr|unser|onze)\w*\s)",
    re.I,
)


def read_part(
    text: str, context: Context, *, beside_cjk: bool, among_mononyms: bool = False, is_alone: bool = False
) -> Draft:
    """The contributor one part names. The name is empty if it names none."""
    draft = Draft()
    text = LEADING_BY.sub("", text.strip())
    text = FROM_STUCK.sub(r"\1 ", touching.TITLE.sub(" ", text) if " " in text else text)
    text = _without_addresses(text, draft)
    text = _without_brackets(text, draft, context)
    text = _without_handle(text, draft, beside_cjk)
    text = " ".join(text.split()).strip(EDGES)
    if len(text) > 6 and text[: len(text) // 2] == text[len(text) // 2 + 1 :]:
        # “Ada Quill Ada Quill”, for the eye and for a screen reader.
        text = text[: len(text) // 2]
    text = read_cjk(text, draft, context) if is_cjk(text) else read_words(text, draft, context)
    _name(text, draft, context, beside_cjk, among_mononyms, is_alone)
    return draft


# “ada at lantern.example”, “ada [at] lantern.example”: spelt out, so that no program finds it.
_SPELT_ADDRESS = re.compile(
    r"(?<![\w.])(?P<local>[a-z0-9][a-z0-9._+-]*)\s*(?P<at>[\[({]\s*at\s*[\])}]|\s+at)\s+?(?P<domain>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?!\w)"
)


def _is_address(spelt: re.Match[str], text: str) -> bool:
    """Whether it is no “editor at lantern.example”: it is marked as an address, or says the name again."""
    if spelt["at"].strip() != "at":
        return True
    others = {
        word.casefold() for word in re.findall(r"\w+", text[: spelt.start()] + " " + text[spelt.end() :])
    }
    return bool(others & set(re.findall(r"[a-z]+", spelt["local"])))


def _without_addresses(text: str, draft: Draft) -> str:
    for angled in ANGLED.finditer(text):
        if mail := EMAIL.search(angled[1]):
            draft.email = draft.email or mail[0]
            text = text.replace(angled[0], " ", 1)
        elif URL.fullmatch(angled[1]):
            draft.url = draft.url or angled[1]
            text = text.replace(angled[0], " ", 1)
    if "@" in text and not text.startswith("@") and (mail := EMAIL.search(text)):
        rest = text.replace(mail[0], " ").replace("mailto:", "")
        draft.email = draft.email or mail[0]
        text = rest
    if (spelt := _SPELT_ADDRESS.search(text)) and _is_address(spelt, text):
        draft.email = draft.email or f"{spelt['local']}@{spelt['domain']}"
        text = text[: spelt.start()] + " " + text[spelt.end() :]
    if DOMAIN.fullmatch(text.strip()):
        # The address of a site in the place of a name: that is what it is called here.
        return text
    if (
        ("/" in text or "www." in text)
        and (url := URL.search(text))
        and not text[: url.start()].endswith("(")
    ):
        draft.url = draft.url or url[0]
        text = text[: url.start()] + " " + text[url.end() :]
    return re.sub(r"\(\s*\)|<\s*>", " ", text)


def _without_brackets(text: str, draft: Draft, context: Context) -> str:
    """The text without what stands in brackets, which goes where it belongs."""
    stripped = text.strip()
    if stripped.casefold().endswith("[bot]"):
        return stripped
    if stripped.startswith("(") and stripped.endswith(")") and "(" not in stripped[1:]:
        return stripped[1:-1]
    outside = " ".join(BRACKET.sub(" ", text).split())
    if not outside:
        return stripped.strip("()[] ")
    for bracket in list(BRACKET.finditer(text))[:6]:
        content = bracket[1].strip()
        if not outside or "||" in content or "{" in text:
            draft.doubts.append(f"What is “{content}”, in brackets?")
            continue
        beside = in_brackets(content, outside, context)
        if dateline := DATELINE.fullmatch(content):
            draft.place, draft.org = dateline["place"], dateline["agency"]
            text = text.replace(bracket[0], " ", 1)
            continue
        in_middle = bool(text[: bracket.start()].strip() and text[bracket.end() :].strip(" ,.;"))
        if (
            in_middle
            and len(content.split()) == 1
            and is_capitalised(content)
            and beside.what in ("org", "nickname", "aka")
        ):
            # Robert (Bob) Smith: printed within the name, so it stays in it.
            draft.nickname = content
            continue
        if in_middle and beside.what in ("org", "aka") and len(outside.split()) <= 3:
            draft.doubts.append(f"Is “{content}” part of the name?")
            continue
        _add(draft, beside)
        text = text.replace(bracket[0], " ", 1)
    return text


def _add(draft: Draft, beside: Beside) -> None:
    if beside.doubt:
        draft.doubts.append(beside.doubt)
    match beside.what:
        case "role":
            draft.roles = beside.roles
        case "people":
            draft.others.append(beside.value)
        case "suffix":
            draft.suffix = f"{draft.suffix} {beside.value}".strip()
        case "title":
            draft.title = draft.title or beside.value
        case "org":
            draft.org = draft.org or beside.value
        case "place":
            draft.place = draft.place or beside.value
        case "note":
            draft.note = draft.note or beside.value
        case "email":
            draft.email = draft.email or beside.value
        case "handle":
            draft.handle = draft.handle or beside.value
        case "url":
            draft.url = draft.url or beside.value
        case "aka":
            draft.aka = draft.aka or beside.value
        case "nickname":
            draft.nickname = draft.nickname or beside.value
        case _:
            pass


def _without_handle(text: str, draft: Draft, beside_cjk: bool) -> str:
    text = ON_NETWORK.sub("", text.strip())
    found = ATTACHED_HANDLE.search(text)
    if found is None or not text[: found.start("handle")].strip():
        return text
    name = text[: found.start("handle")].strip(" ,|/-–—")
    handle = found["handle"].rstrip(".")
    if not name:
        return text
    if is_cjk(name):
        # 施继成@DatenLord is where he works, 吴翱翔@pymongo is who he is.
        if handle[1:2].isupper() or has_organisation_word(handle[1:]):
            draft.org = draft.org or handle[1:]
        else:
            draft.handle = draft.handle or handle
            draft.doubts.append(f"“{handle}” may be a handle of {name}, or where they work.")
        return name
    draft.handle = draft.handle or handle
    return name


def _name(
    text: str, draft: Draft, context: Context, beside_cjk: bool, among_mononyms: bool, is_alone: bool
) -> None:
    text = re.sub(r"^[-+]\s", "", text.strip(EDGES))
    if text.count("(") != text.count(")"):
        text = text.replace("(", " ").replace(")", " ")
        text = " ".join(text.split())
    if re.match(r"^the\s\S", text) and (
        is_capitalised(text[4:]) or not (fold(text) in w.STAFF or fold(text) in w.PLACEHOLDERS)
    ):
        text = text[4:]
    if ends_a_sentence(text):
        text = text[:-1]
    if bare(text) in JOINING or (text.islower() and text in w.PARTICLES):
        return
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1].strip()
    if not any(character.isalnum() for character in text):
        if text.strip() and not (draft.email or draft.handle):
            return
        if draft.email or draft.handle:
            draft.name = draft.handle or draft.email
            draft.kind = "handle"
            if draft.email:
                draft.doubts.append("There is an e-mail address and no name: it must not be printed.")
            if draft.name == draft.handle:
                draft.handle = ""
        elif draft.org:
            draft.name, draft.org = draft.org, ""
            draft.kind = "organisation"
        return
    if noted := FOOTNOTE.fullmatch(text):
        draft.doubts.append(f"Is the figure behind “{noted[1]}” the number of a footnote?")
        text = noted[1]
    draft.name = text
    found = kind_of(
        text, context, beside_cjk=beside_cjk or is_cjk(text), among_mononyms=among_mononyms, is_alone=is_alone
    )
    draft.kind = found.kind
    is_settled = context.is_known(text) or (found.is_somebody and context.archive.is_of_people)
    if found.doubt and not is_settled:
        draft.doubts.append(found.doubt)
    if is_cjk(text) and LATIN.search(text) and draft.kind == "person" and " " in text:
        draft.doubts.append(f"“{text}” mixes scripts: where does the name begin?")
    if len(text) > 80 or len(text.split()) > 9:
        draft.doubts.append("This is too long for a name.")
