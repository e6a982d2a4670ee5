"""Cuts a byline into clauses, each with the role its own words give: “Words by A, photographs by B”, “作者：甲 / 译者：乙”."""

import re
from dataclasses import dataclass, replace

from standfirst.bylines.reading import words as w
from standfirst.bylines.reading.beside import is_place
from standfirst.bylines.reading.context import Context
from standfirst.bylines.reading.given import is_given_name
from standfirst.bylines.reading.kinds import bare, fold, is_capitalised, is_cjk
from standfirst.bylines.reading.values import Role

WORD = re.compile(r"[^\s,;:|/()&.]+(?:\.(?=\w))?[^\s,;:|/()&.]*", re.UNICODE)
TOKEN = re.compile(r"[^\s,;:|/()&]+|[,;:|/()&]|\n")
# What may stand between the words of one phrase: “Text & Photos by”, “Story, photos and video by”.
JOINTS = frozenset(
    {"&", ",", "/", "+", "and", "und", "et", "y", "e", "en", "og", "och", "i", "ja", "ve", "и", "oraz", "kaj"}
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Names in one role, or in several at once (“Text and photos by A”). `is_stated` says that words of it say the role."""

    text: str
    roles: tuple[Role, ...] = ("author",)
    title: str = ""
    note: str = ""
    place: str = ""
    is_stated: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Marker:
    """Where a clause begins. Without roles it names nobody: a label of the original's address, or its date."""

    start: int
    end: int
    roles: tuple[Role, ...]
    title: str = ""
    note: str = ""
    place: str = ""
    doubt: str = ""
    says_role: bool = True  # rather than “by” alone


_CJK_LABEL = "|".join(sorted(w.CJK_LABELS, key=len, reverse=True))
CJK_MARKER = re.compile(
    rf"(?:(?<=^)|(?<=[\s/|、,;()。\n]))(?:本文|文章)?(?P<labels>(?:{_CJK_LABEL})(?:\s?(?:/|、|&{{1,2}}|和|及|兼|・|·)\s?(?:{_CJK_LABEL})){{0,4}})"
    r"(?P<mark>\s{0,2}[:=●◎■▶・]\s?|\s?/\s?|\s?\|\s?|\s)"
)
# “后期整理：甲”: a label with a word of its own before one that is known.
CJK_COMPOUND = re.compile(
    rf"(?:(?<=^)|(?<=[\s/|、,;。\n]))[\u4e00-\u9fff]{{1,3}}(?P<label>{'|'.join(label for label in w.CJK_LABELS if len(label) > 1)})\s?[:=]\s?"
)
_OF_NOBODY = "|".join(sorted(w.CJK_OF_NOBODY, key=len, reverse=True))
# “原文链接：https://…”, and “原文链接” alone, where the address was a link's.
CJK_OF_NOBODY = re.compile(
    rf"(?:(?<=^)|(?<=[\s/|、,;。\n]))(?:{_OF_NOBODY})(?:(?P<mark>\s{{0,2}}[:=]\s?)|(?=\s?(?:[,;/|、。\n]|$)))"
)
# “甲／文　乙／写真”: a role behind each name.
_NAME_AND_LABEL = rf"([^\s|/=、,:]+)\s?[|/=]\s?({_CJK_LABEL})"
NAMES_AND_LABELS = re.compile(rf"{_NAME_AND_LABEL}(?:[\s、,]+{_NAME_AND_LABEL})*")
CJK_JOINT = re.compile(r"\s?(?:/|、|&{1,2}|和|及|兼|・|·)\s?")
# “as told to”, “on behalf of” … between names. The note is kept with the name that follows.
FROM_LANGUAGE = re.compile(
    r"\b(?:übersetzt\s)?aus\sdem\s[A-ZÄÖÜ][\wäöü]+(?:\s(?:übersetzt|übertragen))?\svon\s"
    r"|\b(?:translated|traduite?s?|traducid[oa]|traduzid[oa]|tradott[oa]|vertaald|översatt|oversatt?)\s"
    r"(?:from|de|du|del|do|dal|dall['’]\w+|uit|från|fra)\s(?:[\w'’-]+\s){0,3}?(?:by|par|por|da|door|av|af)\s",
    re.I,
)
BETWEEN: tuple[tuple[re.Pattern[str], tuple[Role, ...], str, str], ...] = (
    (
        re.compile(r"(?:^|,?\s)(?:as\s)?(?:told|spoke|dictated)\sto\s", re.I),
        ("author",),
        "as told to",
        "One tells the story and another wrote it down: are both to be credited as its authors?",
    ),
    (
        re.compile(r",?\s(?:in\sinterview\swith|in\sconversation\swith|interviewed\sby)\s", re.I),
        ("author",),
        "interview",
        "One of the two is interviewed: who is to be credited?",
    ),
    (
        re.compile(r",?\s(?:при\sучастии|с\sучастием|за\sучасті|за\sучастю)\s", re.I),
        ("contributor",),
        "",
        "Who took part is named in another case than the nominative.",
    ),
    (
        re.compile(
            r"(?:^|,?\s)(?:and\s)?(?:on\sbehalf\sof|in\s(?:partnership|association|collaboration|cooperation|conjunction)\swith|"
            r"together\swith|along\swith|im\sauftrag\s(?:von|des|der)|en\snombre\sde|au\snom\sde|em\snome\sd[aeo]s?|a\snome\sdi|namens|"
            r"pour\sle\scompte\sde|en\scollaboration\savec|en\scolaboración\scon|em\scolaboração\scom|in\scollaborazione\scon|"
            r"in\szusammenarbeit\smit|in\ssamenwerking\smet)\s(?:the\sentire\s|all\sof\s)?",
            re.I,
        ),
        ("author",),
        "",
        "",
    ),
)
# “The executive producer was Ellie Bury.”
SENTENCE = re.compile(
    r"(?:^|(?<=[.;,|\n]))\s?(?:and\s)?(?:the\s)?(?P<title>(?:[A-Za-z-]+\s){0,2}(?P<head>[A-Za-z]+))\s(?:was|is|were|are)\s",
    re.I,
)
FOLLOWING = re.compile(
    r"(?:and\s)?(?:with\s)?(?:additional\s|further\s)?(?:reporting|contributions?|research|assistance|files)\sfrom\s",
    re.I,
)
WITH_REPORTING = re.compile(
    r"(?:^|[,.;(]?\s?\(?)(?:with\s(?:files|material|reporting|contributions|agency)\s(?:from|by)|"
    r"mit\s(?:agentur)?(?:material|informationen)\s(?:von|der)|con\sinformaci(?:ón|ones)\sde|com\sinforma(?:ção|ções)\sd[aeo]s?|"
    r"avec\s(?:des\s)?informations\sde)\s",
    re.I,
)
COURTESY = re.compile(r"\b(?P<what>[a-z]+)\s(?:is\s)?courtesy\s(?:of\s)?(?=[A-ZÀ-Þ])", re.I)
GUEST_POST = re.compile(
    r"^(?:an?\s)?(?:guest|sponsored)\s(?:post|article|blog|column|essay|contribution|author|blogger|writer)\s?(?:by|from|:|-|–)\s",
    re.I,
)


def clauses(text: str, context: Context) -> list[Clause]:
    """The clauses of a clean byline, in printed order; one without roles of its own has the author's."""
    if NAMES_AND_LABELS.fullmatch(text):
        pairs = re.findall(_NAME_AND_LABEL, text)
        if not any(name in w.CJK_LABELS for name, _ in pairs):
            return [Clause(name, (w.CJK_LABELS[label],), is_stated=True) for name, label in pairs]
    markers = _without_overlaps(_markers(text, context))
    if not markers:
        text = _trimmed(text)
        return [Clause(text)] if text else []
    found = []
    head = _trimmed(text[: markers[0].start])
    stands_above = text[: markers[0].start].endswith("\n")
    if head and not (fold(head) in w.FURNITURE and stands_above):
        is_kicker = stands_above and " " not in head and markers[0].end < len(text)
        found.append(Clause(head, doubt=f"Is “{head}” a heading above the byline?" if is_kicker else ""))
    for place, marker in enumerate(markers):
        end = markers[place + 1].start if place + 1 < len(markers) else len(text)
        body = _trimmed(text[marker.end : end])
        if not marker.roles:
            body = _trimmed(_behind_label(body, has_mark=text[marker.end - 1] in ":= "))
            if body:
                found.append(replace(found[-1], text=body) if found else Clause(body))
        elif body:
            found.append(
                Clause(
                    body,
                    marker.roles,
                    marker.title,
                    marker.note,
                    marker.place,
                    marker.says_role,
                    marker.doubt,
                )
            )
    return found


def _behind_label(text: str, *, has_mark: bool) -> str:
    """What goes on behind a label of nobody, or behind the address or the date it labels."""
    return re.split(r"[\n;、]|,\s?|$", text, maxsplit=1)[-1] if has_mark else text


def _markers(text: str, context: Context) -> list[_Marker]:
    found: list[_Marker] = []
    if guest := GUEST_POST.match(text):
        found.append(_Marker(guest.start(), guest.end(), ("author",)))
    found += _cjk_markers(text)
    for pattern, roles, note, doubt in BETWEEN:
        found += [
            _Marker(at.start(), at.end(), roles, note=note, doubt=doubt) for at in pattern.finditer(text)
        ]
    found += [_Marker(at.start(), at.end(), ("translator",)) for at in FROM_LANGUAGE.finditer(text)]
    for pattern in (FOLLOWING, WITH_REPORTING):
        found += [_Marker(at.start(), at.end(), ("contributor",)) for at in pattern.finditer(text)]
    for at in COURTESY.finditer(text):
        if (role := w.ROLE_WORDS.get(bare(at["what"]))) is not None:
            found.append(_Marker(at.start(), at.end(), (role,)))
    for at in SENTENCE.finditer(text):
        if (role := w.ROLE_WORDS.get(bare(at["head"]))) is not None:
            title = at["title"] if " " in at["title"] else ""
            found.append(_Marker(at.start(), at.end(), (role,), title=title))
    found += _worded_markers(text, context)
    return found or _unmarked_labels(text)


def _unmarked_labels(text: str) -> list[_Marker]:
    """“Words Ada Quill Photography Ben Marsh”: labels without a colon, if it opens with one and has two or more."""
    tokens = list(TOKEN.finditer(text))
    found: list[_Marker] = []
    named = 0
    place = 0
    while place < len(tokens):
        start = place
        roles: list[Role] = []
        is_apart = place > 0 and tokens[place - 1][0] in (",", "\n", "|", ";", "/")
        while place < len(tokens) and (role := _label(tokens[place][0], is_apart=is_apart or bool(roles))):
            roles.append(role)
            place += 1
            if (
                place + 1 < len(tokens)
                and tokens[place][0] in JOINTS
                and _label(tokens[place + 1][0], is_apart=True)
            ):
                place += 1
        if roles:
            if found and named < 2:
                return []
            named = 0
            found.append(_Marker(tokens[start].start(), tokens[place - 1].end(), tuple(dict.fromkeys(roles))))
            continue
        word = tokens[place][0]
        if not found or (word.islower() and bare(word) not in w.PARTICLES | JOINTS):
            return []
        named += is_capitalised(word)
        place += 1
    return found if len(found) > 1 and named > 1 else []


def _label(word: str, *, is_apart: bool) -> Role | None:
    """What a word says somebody did, unless it is a job or a given name; a small one only where a comma went before."""
    if (
        not (is_capitalised(word) or is_apart)
        or not word.isalpha()
        or bare(word) in w.JOBS
        or is_given_name(word)
    ):
        return None
    return w.ROLE_WORDS.get(bare(word))


def _without_overlaps(markers: list[_Marker]) -> list[_Marker]:
    kept: list[_Marker] = []
    for marker in sorted(markers, key=lambda marker: (marker.start, -marker.end)):
        if not kept or marker.start >= kept[-1].end:
            kept.append(marker)
    return kept


def _cjk_markers(text: str) -> list[_Marker]:
    found = [_Marker(at.start(), at.end(), ()) for at in CJK_OF_NOBODY.finditer(text)]
    plain = {at.start() for at in CJK_MARKER.finditer(text)}
    found += [
        _Marker(at.start(), at.end(), (w.CJK_LABELS[at["label"]],))
        for at in CJK_COMPOUND.finditer(text)
        if at.start() not in plain
    ]
    opening = opened["mark"].strip() if (opened := CJK_MARKER.match(text)) else ""
    for at in CJK_MARKER.finditer(text):
        labels = [label for label in CJK_JOINT.split(at["labels"]) if label]
        mark = at["mark"].strip()
        if not mark and (
            (len(labels) == 1 and len(labels[0]) < 2 and not (labels[0] == "글" and at.start() == 0))
            or labels[0].endswith(("记者", "記者", "编辑", "編集", "通讯员"))
        ):
            # “文 ” and the like are too short to be labels without a sign, and “记者 ” is a title.
            continue
        # A line that opens with a label and a stroke has a stroke behind each: “撰文／甲 摄影／乙”.
        if mark == "|" and mark != opening and len(labels[0]) > 1 and at["mark"][0] == " ":
            continue
        if mark == "/" and mark != opening and len(labels[0]) > 1:
            continue
        roles = tuple(dict.fromkeys(w.CJK_LABELS[label] for label in labels))
        title = next((label for label in labels if label in w.CJK_TITLED), "")
        found.append(_Marker(at.start(), at.end(), roles, title=title))
    return found


def _worded_markers(text: str, context: Context) -> list[_Marker]:
    """Markers of languages with spaces: role words before “by” or before a colon, and “by” alone where one begins."""
    found: list[_Marker] = []
    tokens = list(TOKEN.finditer(text))
    used = 0
    for place, token in enumerate(tokens):
        if place < used:
            continue
        word = bare(token[0])
        is_colon = token[0] == ":"
        if not is_colon and word not in w.BY_WORDS:
            continue
        if is_colon and (token.end() < len(text) and text[token.end()] == "/"):
            continue  # A web address.
        first, roles = _role_words_before(tokens, place, used)
        end = place + 1
        while end < len(tokens) and (
            tokens[end][0] == ":" or (bare(tokens[end][0]) in w.OPENING_BY and tokens[end][0].islower())
        ):
            end += 1
        if roles:
            end = _past_languages(tokens, end)
            found.append(_Marker(tokens[first].start(), tokens[end - 1].end(), roles))
            used = end
            continue
        opens = (
            place == 0
            or tokens[place - 1][0] in "\n|;(/"
            or tokens[place - 1][0] in ("-", "–", "—", "•", "·")
        )
        if is_colon:
            if (
                used == 0
                and 0 < place <= 3
                and not any(one[0] in ("/", "|", ";", "\n") for one in tokens[:place])
                and not re.search(r"\d$", tokens[place - 1][0])
                and (is_after_space(text, token.end()) or is_cjk(tokens[place - 1][0]))
            ):
                label = text[: token.start()].strip()
                if is_place(label):
                    # “بيروت: سوسن الأبطح”, as on a dateline.
                    found.append(_Marker(0, token.end(), ("author",), place=label, says_role=False))
                    used = end
                    continue
                doubt = (
                    ""
                    if label.casefold() in ("name", "names", "from")
                    else f"What does “{label}:” say of them?"
                )
                found.append(_Marker(0, token.end(), ("author",), doubt=doubt))
                used = end
            continue
        if (
            word in ("di", "de")
            and place == 0
            and (token[0] == "di" or (token[0].istitle() and context.language in ("it", "es", "pt", "fr")))
        ):
            found.append(_Marker(token.start(), token.end(), ("author",), says_role=False))
            used = end
            continue
        if word in w.OPENING_BY and opens and not _is_name_after_all(tokens, place, context):
            found.append(_Marker(token.start(), tokens[end - 1].end(), ("author",), says_role=False))
            used = end
        elif word == "by" and not opens:
            start, doubt = _unknown_words_before(tokens, place, used)
            found.append(_Marker(tokens[start].start(), tokens[end - 1].end(), ("author",), doubt=doubt))
            used = end
    return found


def _past_languages(tokens: list[re.Match[str]], end: int) -> int:
    """“Traduit de l'anglais par”: the “de” that ended the phrase only went on to the language."""
    for place in range(end, min(end + 3, len(tokens))):
        word = bare(tokens[place][0])
        if place > end and word in ("par", "por", "by", "von", "da", "door", "di"):
            return place + 1
        if word not in w.BESIDE_ROLES:
            break
    return end


def _role_words_before(tokens: list[re.Match[str]], place: int, used: int) -> tuple[int, tuple[Role, ...]]:
    """Where the phrase that ends here begins, and the roles its words name."""
    roles: list[Role] = []
    first = place
    seen_role = False
    position = place - 1
    while position >= used and place - position <= 9:
        word = bare(tokens[position][0])
        token = tokens[position][0]
        role = w.ROLE_WORDS.get(word) or w.ROLE_WORDS.get(token.casefold())
        if role is None and "-" in word and all(part in w.ROLE_WORDS for part in word.split("-")):
            role = w.ROLE_WORDS[word.split("-")[0]]
        if role is not None and not (
            seen_role and token.isalpha() and role == "author" and word in ("penned", "art")
        ):
            roles.insert(0, role)
            first = position
            seen_role = True
        elif word in w.BESIDE_ROLES or token in JOINTS:
            if seen_role and token in ("|", ";"):
                break
        else:
            break
        position -= 1
    if not roles:
        return place, ()
    # Words beside the first role word belong to the phrase, a joint before it does not: it joins the clauses.
    while (
        first > used and bare(tokens[first - 1][0]) in w.BESIDE_ROLES and tokens[first - 1][0] not in JOINTS
    ):
        first -= 1
    additional = any(
        bare(token[0]) in ("additional", "further", "extra", "supplementary") for token in tokens[first:place]
    )
    if additional:
        return first, ("contributor",)
    unique = tuple(dict.fromkeys(roles))
    if len(unique) > 1 and not any(
        token[0] in JOINTS or bare(token[0]) in JOINTS for token in tokens[first:place]
    ):
        # “Video edited by”, “Translated interview by”: one phrase, of which the last word says what was done.
        unique = unique[-1:]
    return first, unique


def _unknown_words_before(tokens: list[re.Match[str]], place: int, used: int) -> tuple[int, str]:
    """“Perspective by”, “An appreciation by”: up to three words that no list has."""
    start = place
    while (
        start > used
        and place - start < 3
        and not (ends_a_sentence(tokens[start - 1][0]) or tokens[start - 1][0] == ".")
        and tokens[start - 1][0] not in (",", ";", "|", "\n", "/", "(", ")", "&", ":")
    ):
        start -= 1
    phrase = " ".join(token[0] for token in tokens[start:place])
    if start == place:
        return place, ""
    capitals = sum(is_capitalised(token[0]) for token in tokens[start:place])
    after_sentence = start > 0 and tokens[start - 1][0].endswith(".")
    if capitals >= 2 or (start > 0 and not after_sentence):
        # “Jane Doe by John Roe”: two names, and no telling what the one did to the other.
        return place, "One name stands behind “by” and another before it: what did each do?"
    return start, f"“{phrase} by” may say what somebody did, or name somebody."


def is_after_space(text: str, end: int) -> bool:
    return end < len(text) and text[end].isspace()


def ends_a_sentence(text: str) -> bool:
    """Whether the full stop at the end belongs to no abbreviation."""
    if not text.endswith("."):
        return False
    last = text.split()[-1]
    return len(last) > 3 and "." not in last[:-1] and last[:-1].isalpha() and bare(last) not in w.ABBREVIATED


def _is_name_after_all(tokens: list[re.Match[str]], place: int, context: Context) -> bool:
    """“Van Morrison”, “Di Cooper”, “Von der Leyen”: a particle or a given name begins a name, “by” begins a byline."""
    word = tokens[place][0]
    if word.casefold() in ("by", "por", "par", "door"):
        return False
    if not word[:1].isupper():
        return False
    rest = [token[0] for token in tokens[place + 1 :]]
    if any(bare(one).rpartition("-")[2] in w.STAFF_HEADS | w.TEAMS for one in rest):
        # “Von der Redaktion”
        return False
    if len(rest) == 1 and (
        rest[0].isupper()
        or bare(rest[0]) in w.PLAIN_AGENCIES
        or context.language == w.LANGUAGES_OF_BY.get(word.casefold())
    ):
        # “Von DPA”, and in German “Von Anna”
        return False
    return len(rest) < 2 or rest[0].casefold() in w.PARTICLES


def _trimmed(text: str) -> str:
    text = text.strip(" \n,;|/&·•–—+")
    text = re.sub(r"(?:^|\s)\(\s*$", "", text)
    while True:
        shorter = re.sub(
            r"(?:^|[\s,;])(?:and|with|und|mit|et|avec|y|con|e|com|og|och|with\sthanks\sto)$",
            "",
            text,
            flags=re.I,
        ).strip(" \n,;|/&·•–—+")
        if shorter == text or not shorter:
            break
        text = shorter
    if ends_a_sentence(text):
        text = text[:-1]
    return text.strip()
