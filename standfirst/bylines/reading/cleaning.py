"""Takes a raw byline out of its markup: HTML, entities, Markdown, full-width punctuation, dates stuck to it."""

import html
import re
import unicodedata
from dataclasses import dataclass, field

from standfirst.bylines.reading.given import is_month
from standfirst.bylines.reading.touching import parted
from standfirst.bylines.reading.words import BUTTONS, JOBS, MONTHS, ROLE_WORDS

# A tag, but not the address in `Jane Doe <jane@host>`. Nothing in it can match in two ways, so it takes linear time.
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:\s[^<>]*)?)/?>|<!--[^<>]*-->")
HREF = re.compile(r"""href\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.I)
BLOCKS = frozenset(
    ["br", "p", "div", "li", "ul", "ol", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section"]
)
# What stands in these is no part of a byline; in <sup> only the number of a footnote is not.
UNPRINTED = frozenset(["time", "script", "style", "sup"])
MARKDOWN_LINK = re.compile(
    r"!?\[([^\[\]\n]{1,200})\](?:\(([^()\s]{0,500})(?:\s[^()\n]{0,100})?\)|\[[^\[\]\n]{0,100}\])"
)
EMPHASIS = re.compile(r"\*+|`+|(?<!\w)_{1,3}(?=\w[^_\n]{0,300}_{1,3}(?!\w))|(?<=[^\W_])_{1,3}(?=[\s,;/|)]*$)")
WIDE = {
    ord(wide): narrow
    for wide, narrow in zip(
        "（）：；／＠｜＆［］＜＞＂＇．！？＃＋－＿＝〈〉【】〔〕",
        "():;/@|&[]<>\"'.!?#+-_=<>[][]",
        strict=True,
    )
} | {ord("，"): ",", ord("﹐"): ",", ord("､"): "、", ord("丨"): "|", ord("︱"): "|"}
# Of Markdown and YAML.
LIST_ITEM = re.compile(r"^\s*(?:>\s*)*[-*+–—•]\s+|^\s{0,3}(?:>\s?)+", re.M)
WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|{}]{1,200}\|)?([^\[\]|{}]{0,200}[\sA-ZÀ-Þ][^\[\]|{}]{0,200})\]\]")
QUOTES = {ord(mark): '"' for mark in "“”„‟«»"}
INVISIBLE = re.compile(
    "[®™©\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)

_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?:19|20)\d\d"
_HOUR = r"(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?\s?(?:[ap]\.?m\.?)?|h[0-5]\d|\s?[ap]\.?m\.?)(?:[ ]?(?:(?-i:\([A-Z]{2,4}\)|[A-Z]{2,4})|Uhr|h)(?!\w))?"
_TIME = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?\s?(?:[ap]\.?m\.?)?(?:[ ]?(?:(?-i:\([A-Z]{2,4}\)|[A-Z]{2,4})|Uhr|h)(?!\w))?"
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo),?\s|(?:mo|di|mi|do|fr|sa|so),\s"
)
_DATE = (
    rf"(?:{_WEEKDAY})?(?:"
    rf"(?:{MONTHS})\.?\s{_DAY},?\s{_YEAR}|{_DAY}\s(?:de\s|of\s)?(?:{MONTHS})\.?,?\s(?:de\s|del\s)?{_YEAR}|"
    rf"{_YEAR}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?:T[0-9:.+Z-]{{4,25}})?|"
    rf"\d{{1,2}}[-./]\d{{1,2}}[-./](?:{_YEAR}|\d\d)|{_YEAR}\s?年\s?\d{{1,2}}\s?月\s?(?:\d{{1,2}}\s?日)?|"
    rf"{_YEAR}년\s?\d{{1,2}}월\s?\d{{1,2}}일|(?:{MONTHS})\.?\s{_DAY}(?![\d:])|{_DAY}\s(?:{MONTHS})\b|(?:{MONTHS})\.?\s{_YEAR}"
    r")"
)
_LEAD = (
    r"(?:(?:first\s|last\s|originally\s)?(?:posted|published|updated|modified|created|written|filed|submitted|date|"
    r"stand|publicado|publié|mis à jour|veröffentlicht|aktualisiert|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|le|am|el|em|op|il|発行|公開|更新|发布于|发表于)"
    r"\s?:?\s?(?:on|at|le|am|el|em|op|il|a|date)?:?\s|on\s|at\s)"
)
STUCK = re.compile(
    rf"(?:[\s,;|/·•–—-]|^)\s?\(?(?:{_LEAD})?{_DATE}(?:,?\s(?:-\s|@\s|at\s|um\s|à\s|a las\s|às\s)?(?:{_HOUR}|{_TIME}))?\)?(?!\w)"
    rf"|(?:[\s,;|/·•–—-]|^)\s?\(?(?:(?:at|um|à|às|em|a las|alle)\s)?{_HOUR}(?:\s(?:de|em|on|am|del)\s{_DATE})?\)?(?!\w)"
    rf"|(?:[\s,;|/·•–—-]|^)\s?\(?(?:about\s|approx\.?\s|~)?\d{{1,3}}(?:\s|-)?(?:min(?:ute)?s?\.?)(?:\s|-)(?:of\s)?(?:read(?:ing)?|lectura|de lecture|lesezeit|leitura|di lettura)(?:\stime)?\)?"
    rf"|(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo de leitura)\s?:?\s\d{{1,3}}\s?(?:min(?:ute|uto)?[sn]?\.?)?"
    rf"|(?:[\s,;|·•–—-]|^)\s?\d{{1,3}}\s(?:(?:hr|hour|day)s?\s\d{{1,2}}\s)?(?:min(?:ute)?|hr|hour|day|week|month|year)s?\sago(?!\w)"
    rf"|(?:[\s,;|·•–—-]|^)\s?(?:\d{{1,4}}|no|leave a)\s(?:comments?|shares?|views?)(?!\w)",
    re.I,
)
# In any language: “8 января”, “12. MÄR 2025”. Whether it is a month is asked of the list.
DAY_AND_MONTH = re.compile(
    rf"(?:[\s,;|/·•–—-]|^)\s?(?:{_DAY})\s(?:de\s)?(?P<month>[^\W\d_]{{3,14}})\.?(?:,?\s(?:de\s|del\s)?{_YEAR})?(?!\w)",
    re.M,
)
# “Ada Quill12. MÄR 2025”, “Ada Quill11:58”: the date's element touched the name's.
TOUCHING_DATE = re.compile(
    rf"(?<=[^\W\d_]{{2}})(?=(?i:{_DAY}\s[^\W\d_]{{3,14}}\.?\s{_YEAR}|{_TIME})(?!\w))"
    rf"|(?<=[a-zà-ÿ])(?=[A-Z])(?=(?i:(?:{MONTHS})\.?\s{_DAY},?\s{_YEAR}))|(?<=\s20\d\d)(?={_TIME}|[A-Z][a-z])"
    r"|(?<=[a-zà-ÿ])(?=\d{1,2}\s(?i:min(?:ute)?)s?\s(?i:read)\b)"
)
# “View all posts by Ada Quill”
POSTS_OF = re.compile(
    r"^(?:view|see|show|read|zeige?|ver|voir|mostra|alle)\s[^\n]{0,30}?(?:posts|articles|stories|beiträge|artikel|artículos|articoli|entradas)\s"
    r"(?:by|from|of|von|de|di|por)\s|^about\s(?=(?-i:[A-ZÀ-Þ]))",
    re.I,
)
POSTED = re.compile(r"^(?:posted|published|updated|filed)\s(?:on\s)?(?=by\s)", re.I)
# A line of its own above the date.
POSTED_ALONE = re.compile(
    r"^(?:posted|published|updated|publicado|actualizado|publié|mis à jour|veröffentlicht|aktualisiert|pubblicato)(?:\s(?:on|le|el|am|em|il))?\s*[:,]?$",
    re.I | re.M,
)
# “7 hours” on a line of its own.
AGO = re.compile(
    r"^\d{1,2}\s(?:(?:min(?:ute)?|hour|day|week|month)s?|Minuten|minutos|minuti|min\.)$", re.I | re.M
)
# “Follow Ada Quill on Twitter”, below the name itself.
FOLLOW = re.compile(r"\n(?:follow|contact|email)\s[^\n]{2,60}\s(?:on|via|at)\s\w+$", re.I | re.M)
# What stood before the date.
POSTED_WHEN = re.compile(
    r"[\s,;|·•–—-]+(?:(?:posted|published|updated|filed|publicado|actualizado|publié|mis à jour|veröffentlicht|aktualisiert|pubblicato|"
    r"aggiornato|gepubliceerd|stand)\s?:?\s?)?(?:on|at|le|el|am|em|op|il|a|@)?(?=\s*$)",
    re.I,
)
# “Autor/in”, “Redakteur:innen”, “Autor(a)”: both genders of one word.
BOTH_GENDERS = re.compile(
    r"\b([^\W\d_]{4,})(?:/-?|[:*_]|\()(?:in|innen|nen|a|as|es|e|rice|euse|ra)\b\)?(?=\s?:|\s|$)"
)


@dataclass(frozen=True, slots=True)
class CleanByline:
    """The text a reader would see, and where the words of each link in it lead."""

    text: str
    links: dict[str, str] = field(default_factory=dict)
    has_date: bool = False
    printed: str = ""


def clean(raw: str) -> CleanByline:
    """The byline as a reader sees it, on lines of single spaces, with punctuation of one width."""
    links: dict[str, str] = {}
    text = _without_tags(raw, links)
    unescaped = html.unescape(text)
    if unescaped != text:
        # Exports escape twice as often as not.
        text = html.unescape(_without_tags(unescaped, links))
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    printed = text = text.translate(WIDE)
    text = text.translate(QUOTES)
    text = "".join(
        unicodedata.normalize("NFKC", character) if "\uff10" <= character <= "\uff5a" else character
        for character in text
    )
    text = _without_markdown(LIST_ITEM.sub("", text), links)
    text = "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)
    text = POSTS_OF.sub("", FOLLOW.sub("", text)).rstrip("» ")
    undated = _undated(text)
    has_date = undated != text or "<time" in raw
    if has_date:
        undated = POSTED_WHEN.sub("", POSTED.sub("", POSTED_ALONE.sub("", undated.strip())))
        # A comma may be left where a date was.
        lines = (" ".join(line.split()).rstrip(" ,;") for line in undated.splitlines())
        text = "\n".join(line for line in lines if any(map(str.isalnum, line)))
    return CleanByline(_without_stray_marks(parted(_of_one_gender(text))), links, has_date, printed)


def _undated(text: str) -> str:
    """The text without the dates, times and reading times in it."""
    text = AGO.sub(" ", STUCK.sub(" ", TOUCHING_DATE.sub(" ", text)))
    return DAY_AND_MONTH.sub(lambda found: " " if is_month(found["month"]) else found[0], text)


def _of_one_gender(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        word = found[1].casefold()
        return found[1] if word in ROLE_WORDS or word in JOBS else found[0]

    return BOTH_GENDERS.sub(one, text)


def _without_stray_marks(text: str) -> str:
    """Without the dashes, commas and quotation marks that begin or end it and belong to nothing in it."""
    while True:
        shorter = text.strip(" \n,;|/·•–—").removesuffix(" .").removesuffix(" =")
        # “محمد السيد - سبق:”, as a text went on behind it.
        shorter = re.sub(r"(?<=\s)([\u0590-\u08ff]+)\s?:$", r"\1", shorter)
        shorter = re.sub(r"^-+(?:\s|(?=[a-z]))|\s[-@]+$", "", shorter)
        if len(shorter) > 2 and shorter[0] == "‘" and shorter[-1] == "’":
            shorter = shorter[1:-1]
        for mark in ('"', "'"):
            inside = shorter[1:-1]
            if len(shorter) > 2 and shorter[0] == shorter[-1] == mark and mark not in inside:
                shorter = inside
            elif shorter.count(mark) == 1 and (mark == '"' or not shorter.endswith("s'")):
                shorter = shorter.removesuffix(mark)
                if not re.match(r"'(?:[tsnd]\s|[A-Z])", shorter) or mark == '"':
                    shorter = shorter.removeprefix(mark)
        if shorter == text:
            return text
        text = shorter


def _without_tags(text: str, links: dict[str, str]) -> str:
    """The text of HTML; blocks become lines. Notes where links lead."""
    if "<" not in text:
        return text
    parts: list[str] = []
    end = 0
    address = ""
    address_from = 0
    unprinted = ""
    last_link = -1
    for tag in TAG.finditer(text):
        if unprinted:
            if tag[1] and tag[2].lower() == unprinted:
                held = text[end : tag.start()]
                if unprinted == "sup" and not any(character.isdigit() for character in held):
                    parts.append(held if any(character.isalpha() for character in held) else "")
                end, unprinted = tag.end(), ""
            continue
        before = text[end : tag.start()]
        if not before and parts and parts[-1] == "":
            # Two elements that touch: a name and a title side by side, rather than one word.
            parts.append(" ")
        parts.append(before)
        end = tag.end()
        name = (tag[2] or "").lower()
        if name in UNPRINTED and not tag[1] and re.compile(f"</{name}", re.I).search(text, end):
            unprinted = name
        elif name in BLOCKS:
            parts.append("\n")
        elif name == "a" and not tag[1] and last_link >= 0 and not "".join(parts[last_link:]).strip():
            # Two links side by side are of two contributors.
            parts.append("\n")
        elif (
            name in ("a", "span")
            and not tag[1]
            and before[-1:].isalnum()
            and not text[end : end + 1].islower()
        ):
            # “By<a>Ada Quill</a>”; not a letter in a tag of its own.
            parts.append(" ")
        if name == "a" and not tag[1]:
            address, address_from = _address(tag[3] or ""), len(parts)
        elif name == "a" and address:
            words = " ".join(html.unescape("".join(parts[address_from:])).split())
            if words.casefold() in BUTTONS:
                parts[address_from:] = [" "]
            elif words:
                links.setdefault(words, address.strip())
                last_link = len(parts)
            address = ""
        parts.append("")
    parts.append(text[end:])
    return "".join(parts)


def _address(attributes: str) -> str:
    found = HREF.search(attributes)
    return html.unescape(next((group for group in found.groups() if group), "")) if found else ""


def _without_markdown(text: str, links: dict[str, str]) -> str:
    def words(link: re.Match[str]) -> str:
        if link[2]:
            links.setdefault(" ".join(EMPHASIS.sub("", link[1]).split()), link[2])
        return link[1]

    if "[" in text:
        text = MARKDOWN_LINK.sub(words, WIKI_LINK.sub(r"\1", text))
    text = re.sub(r"^\s{0,3}(?:#{1,6}|>)\s+", "", text)
    if any(mark in text for mark in "*`_"):
        text = EMPHASIS.sub("", text)
    stripped = text.strip()
    if stripped.startswith("[") and "]" not in stripped:
        text = stripped = stripped[1:].strip()
    if stripped.startswith("(") and stripped.endswith(")") and " " in stripped and "(" not in stripped[1:]:
        # “(Foto: Ada Quill)”
        text = stripped = stripped[1:-1]
    if stripped.startswith("[") and stripped.endswith("]") and "[" not in stripped[1:]:
        text = stripped[1:-1]
    return text
