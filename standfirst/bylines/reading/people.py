"""Reads one part of a byline: one name, with everything that stands beside it."""

import re

from standfirst.bylines.reading import attributes as a
from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.clauses import ends_a_sentence
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.drafts import Draft
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import (
    DOMAIN,
    LATIN,
    bare,
    cjk_kind,
    fold,
    has_organisation_word,
    is_capitalised,
    is_cjk,
    is_handle_shape,
    kind_of,
    looks_like_cjk_person,
)

EDGES = " ,;:|/–—·•"
JOINING = frozenset({"and", "by", "with", "und", "et", "y", "e", "for", "of", "in", "the"})
BRACKET = re.compile(r"\s?[(\[]([^()\[\]]{0,300})[)\]]")
ANGLED = re.compile(r"\s?<([^<>]{1,300})>")
QUOTED = re.compile(r'["‘\'](?P<nick>[^"‘’\']{1,40})["’\'](?=\s)')
PLACED = re.compile(
    r"^(?P<name>\S.*?)\s(?:(?:,\s)?reporting\s(?:from|in)|in|at|from|near|en|à|aus|vanuit|em|desde|depuis)\s(?P<place>(?:the\s|der\s|la\s|le\s)?[^\W\da-z_].*)$"
)
REPORTING_FROM = re.compile(
    r"^(?P<name>\S.*?),?\s(?:reporting|reports)\s(?:from|in|for)\s(?P<place>\S.*)$", re.I
)
WORKING = re.compile(
    r"^(?P<name>\S.*?)\s(?:,?\s?(?:writing\s)?for|of|via|para|pour|für|voor)\s(?P<org>(?:the\s)?[^\W\da-z_].*)$"
)
ON = re.compile(r"^(?P<name>\S.*?)\son\s(?P<subject>\S.*)$")
ATTACHED_HANDLE = re.compile(
    r"(?P<before>\S)?(?P<space>\s?)(?P<handle>@[\w.-]{1,60}(?:@[\w.-]{1,60})?)$", re.UNICODE
)
# “Howard BlumeStaff Writer”: the title of an element that touched the name's.
STUCK_TITLE = re.compile(
    r"(?<=[a-zà-ÿ.])(?=(?:Staff|Senior|Contributing|Associate|Managing|Deputy|Chief|Assistant|Editor|Reporter|Correspondent|"
    r"Columnist|Contributor|Reporting|Special|Freelance|Executive|Political|National|Writer|Producer|Photographer|Opinion|Guest|Digital|News)\b)"
)
FROM_STUCK = re.compile(r"\b(Reporting\s?(?:[Ff]rom|[Ii]n))(?=[A-Z])")
AKA = re.compile(
    r"^(?P<name>\S.*?),?\s(?:a\.?\s?k\.?\s?a\.?|alias|n[ée]e|also\sknown\sas|better\sknown\sas)\s(?P<aka>\S.*)$",
    re.I,
)
CJK_JOB_BEFORE = re.compile(
    r"^(?P<org>\S{0,20}?)\s?(?P<job>(?:特派|特约|实习|驻\S{1,4})?(?:记者|記者)|通讯员|特派员)\s?(?P<name>\S.*)$"
)
LEADING_BY = re.compile(r"^(?:(?:by|By|BY)[:\s]\s?)+|^(?:From|from)\s(?=(?:our|Our|a|the)\s)")
# “Jane Doe is a writer.” is a biography, of which the name is enough.
BIOGRAPHY = re.compile(
    r"^(?P<name>\S+(?:\s\S+){1,3}?),?\s(?:is|was|works\sas|est|ist|es|è|é|is\seen)\s(?P<rest>(?:an?|the|un|une|ein|eine|una|um|uma|currently|our)\s.+)$"
)


def read_part(
    text: str, context: Context, *, beside_cjk: bool, among_mononyms: bool = False, is_alone: bool = False
) -> Draft:
    """The contributor one part names. The name is empty if it names none."""
    draft = Draft()
    text = LEADING_BY.sub("", text.strip())
    text = FROM_STUCK.sub(r"\1 ", STUCK_TITLE.sub(" ", text))
    text = _without_addresses(text, draft)
    text = _without_brackets(text, draft, context)
    text = _without_handle(text, draft, beside_cjk)
    text = " ".join(text.split()).strip(EDGES)
    text = _read_cjk(text, draft, context) if is_cjk(text) else _read_words(text, draft, context)
    _name(text, draft, context, beside_cjk, among_mononyms, is_alone)
    return draft


def _without_addresses(text: str, draft: Draft) -> str:
    for angled in ANGLED.finditer(text):
        if mail := a.EMAIL.search(angled[1]):
            draft.email = draft.email or mail[0]
            text = text.replace(angled[0], " ", 1)
        elif a.URL.fullmatch(angled[1]):
            draft.url = draft.url or angled[1]
            text = text.replace(angled[0], " ", 1)
    if "@" in text and (mail := a.EMAIL.search(text)):
        rest = (text[: mail.start()] + " " + text[mail.end() :]).replace("mailto:", "")
        draft.email = draft.email or mail[0]
        text = rest
    if (
        ("/" in text or "www." in text)
        and (url := a.URL.search(text))
        and not text[: url.start()].endswith("(")
    ):
        draft.url = draft.url or url[0]
        text = text[: url.start()] + " " + text[url.end() :]
    return re.sub(r"\(\s*\)|<\s*>", " ", text)


def _without_brackets(text: str, draft: Draft, context: Context) -> str:
    """The text without what stands in brackets, which goes where it belongs."""
    stripped = text.strip()
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
        beside = a.in_brackets(content, outside, context)
        in_middle = bool(text[bracket.end() :].strip(" ,.;"))
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


def _add(draft: Draft, beside: a.Beside) -> None:
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
    text = text.strip()
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


def _read_cjk(text: str, draft: Draft, context: Context) -> str:
    words = text.split()
    if len(words) > 1 and (words[-1] in w.CJK_AFTER_NAMES or words[-1] in w.CJK_LABELS) and not draft.roles:
        if words[-1] in w.CJK_TITLED:
            draft.title = words[-1]
        draft.roles = (w.CJK_LABELS.get(words[-1], "author"),)
        words = words[:-1]
    if found := CJK_JOB_BEFORE.match(" ".join(words)):
        draft.title = draft.title or found["job"]
        if found["org"] not in ("", "本报", "本刊", "本网", "本社", "本報"):
            draft.org = draft.org or found["org"]
        words = found["name"].split()
    if len(words) > 1 and not draft.title:
        for end in range(len(words) - 1, 0, -1):
            if any(words[end - 1].endswith(job) for job in w.CJK_JOBS):
                draft.title = " ".join(words[:end])
                words = words[end:]
                break
    if (
        len(words) > 1
        and not draft.title
        and any(words[-1] == job or (words[-1].endswith(job) and len(words[-1]) > 2) for job in w.CJK_JOBS)
    ):
        draft.title = words[-1]
        words = words[:-1]
    if len(words) > 1 and not draft.org and cjk_kind("".join(words)) != "team":
        if cjk_kind(words[0]) in ("organisation", "staff", "agency") and cjk_kind(words[-1]) is None:
            draft.org, words = words[0], words[1:]
        elif (
            cjk_kind(words[-1]) in ("organisation", "staff", "agency")
            and (len(words[0]) > 1 and cjk_kind(words[0]) is None)
            and (is_cjk(words[0]) or is_handle_shape(words[0]))
        ):
            draft.org, words = words[-1], words[:-1]
    text = " ".join(words)
    if "-" in text and text.count("-") == 1:
        left, right = (half.strip() for half in text.split("-"))
        if left and is_cjk(left) and looks_like_cjk_person(right):
            draft.org = draft.org or left
            return right
    if (
        len(words) == 2
        and all(looks_like_cjk_person(word) and len(word) in (2, 3) for word in words)
        and context.language != "ja"
        and words[1][0] in w.CJK_SURNAMES
        and max(map(len, words)) == 3
    ):
        draft.doubts.append(f"“{text}” may be two people.")
    return text


def _read_words(text: str, draft: Draft, context: Context) -> str:
    if also := AKA.match(text):
        draft.aka = draft.aka or also["aka"].strip('"')
        text = also["name"]
    words = text.split()
    if len(words) < 2 or len(words) > 40:
        return text
    if (life := BIOGRAPHY.match(text)) and is_capitalised(life["name"]):
        draft.doubts.append("This reads like a biography rather than a byline.")
        text = life["name"]
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
    if (
        bare(words[0]) in ("our", "a", "the")
        and words[0] not in ("A.",)
        and bare(words[-1]) in w.JOBS
        and (bare(words[0]) != "a" or words[0].islower())
    ):
        return text
    words = _without_prefixes(words, draft)
    words = _without_role_before(words, draft)
    words = _without_title_before(words, draft)
    for place in range(1, len(words)):
        if a.is_post_nominal(words[place].rstrip(",")) and not all(word.isupper() for word in words):
            end = place
            while end < len(words) and a.is_post_nominal(words[end].rstrip(",")):
                end += 1
            if end < len(words) and not (a.is_title(words[end:], context) or bare(words[-1]) in w.JOBS):
                break
            draft.suffix = f"{draft.suffix} {' '.join(words[place:end])}".strip(" ,")
            if end < len(words):
                draft.title = draft.title or " ".join(words[end:])
            words = words[:place]
            break
    if not draft.title and not _is_group(words) and (found := a.title_start(words, context)) is not None:
        start, doubt = found
        draft.title = " ".join(words[start:])
        if doubt:
            draft.doubts.append(doubt)
        words = words[:start]
    if (
        len(words) == 3
        and re.fullmatch(r"[A-Z]{2,5}", words[2])
        and not draft.org
        and not words[1].isupper()
        and bare(words[2]) not in w.GENERATIONS
    ):
        draft.org = words.pop()
        draft.doubts.append(f"Is “{draft.org}” where they work, or part of the name?")
    text = " ".join(words).strip(" ,")
    if (nick := QUOTED.search(text)) and nick.start() > 0 and text[: nick.start()].endswith(" "):
        draft.nickname = draft.nickname or nick["nick"].strip()
    return text


def _is_group(words: list[str]) -> bool:
    last = bare(words[-1])
    return last in w.TEAMS or last in w.STAFF_HEADS


def _without_place_or_work(text: str, draft: Draft, context: Context) -> str:
    if (reporting := REPORTING_FROM.match(text)) and _can_be_named(reporting["name"], context):
        draft.place = draft.place or reporting["place"]
        return reporting["name"].strip(" ,")
    if found := PLACED.match(text):
        name, place = found["name"].strip(" ,"), found["place"]
        if _can_be_named(name, context) and not _belongs_to_name(name, text):
            if (
                fold(place) in w.AGENCIES or has_organisation_word(place)
            ) and " in " not in f" {text[len(name) :]} ".lower()[:5]:
                draft.org = draft.org or place
            else:
                draft.place = draft.place or place
            return name
    if found := WORKING.match(text):
        name, org = found["name"].strip(" ,"), found["org"]
        if " of " in f" {text[len(name) : len(name) + 4]}" and not (
            has_organisation_word(org) or org.lower().startswith("the ") or context.is_known_organisation(org)
        ):
            if (
                len(name.split()) > 1
                and not has_organisation_word(name)
                and not any(bare(word) in w.JOBS for word in name.split())
            ):
                draft.doubts.append(f"Does “of {org}” belong to the name?")
            return text
        if (
            _can_be_named(name, context)
            and not has_organisation_word(name)
            and not any(bare(word) in w.JOBS for word in name.split())
        ):
            draft.org = draft.org or re.sub(r"^the ", "", org)
            return name
    if found := ON.match(text):
        name, subject = found["name"], found["subject"]
        if (
            _can_be_named(name, context)
            and len(name.split()) > 1
            and not has_organisation_word(name)
            and not any(bare(word) in w.JOBS for word in name.split())
        ):
            draft.subject = subject
            if not is_capitalised(subject):
                draft.doubts.append(f"Is “{subject}” what {name} wrote about?")
            return name
    return text


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


def _belongs_to_name(name: str, text: str) -> bool:
    """“Physicians for …”, “Women in Tech”: one word before it, and no given name at that."""
    words = name.split()
    if len(words) > 1:
        return has_organisation_word(name) and fold(name) not in w.AGENCIES and not _is_group(words)
    return fold(name) not in w.AGENCIES and fold(name) not in w.STAFF and not is_given_name(words[0])


def _without_prefixes(words: list[str], draft: Draft) -> list[str]:
    prefixes: list[str] = []
    # “Dr.Michael”: the full stop holds them together.
    glued = re.match(r"^((?:Dr|Prof|Mr|Mrs|Ms|Rev)\.)(\w.*)$", words[0])
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
        if bare(rest[0]) in (
            "h",
            "c",
            "mult",
            "habil",
            "rer",
            "nat",
            "med",
            "phil",
            "col",
            "gen",
            "dr",
            "dr-ing",
            "hon",
        ) and rest[0].endswith("."):
            continue
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
    role = w.ROLE_WORDS.get(bare(words[0]))
    if (
        role is None
        or role in ("reader", "contributor", "author")
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
        if plain in w.JOBS:
            rest = words[place + 1 :]
            if not 2 <= len(rest) <= 4 or not all(
                is_capitalised(one) or bare(one) in w.PARTICLES for one in rest
            ):
                return words
            if any(
                bare(one) in w.JOBS
                or bare(one) in w.TITLE_WORDS
                or bare(one) in w.TEAMS
                or bare(one) in w.STAFF_HEADS
                for one in rest
            ):
                return words
            if plain in w.DOING_JOBS:
                draft.roles = (w.DOING_JOBS[plain],)
                if place:
                    draft.title = " ".join(words[: place + 1])
            else:
                draft.title = " ".join(words[: place + 1])
            return rest
        if plain not in w.TITLE_WORDS and plain not in w.COUNTRIES:
            return words
    return words


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
    if bare(text) in JOINING:
        return
    if len(text) > 1 and text[0] == text[-1] == '"':
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
    draft.name = text
    found = kind_of(
        text, context, beside_cjk=beside_cjk or is_cjk(text), among_mononyms=among_mononyms, is_alone=is_alone
    )
    draft.kind = found.kind
    if found.doubt:
        draft.doubts.append(found.doubt)
    if is_cjk(text) and LATIN.search(text) and draft.kind == "person" and " " in text:
        draft.doubts.append(f"“{text}” mixes scripts: where does the name begin?")
    if len(text) > 80:
        draft.doubts.append("This is too long for a name.")
