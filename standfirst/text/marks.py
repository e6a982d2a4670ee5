"""Tells the marks of other systems in a text from its writer's words.

A mark is what a reader of the old site never saw as such: a shortcode, a template's tag, a component, a list of attributes,
a payload in base64. None is known by a list of names. Each is weighed: a bracket is a shortcode if it has attributes, a
closing tag or a slash of its own, if its name is one in another place of the same text, or if no prose has such a name and
it stands alone. `[sic]`, `[emphasis added]`, `[^2]`, `x[i]` and a set in braces are words. What might be either is a doubt:
it is printed, and an editor is told.

A text is given as a reader would see it, without tags. `OPAQUE` stands in it for whatever is shown as typed, such as code.
"""

import base64
import binascii
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote

from standfirst.text.markup import plain_text

OPAQUE = "\ufdd1"  # stands for code and the like
TYPED = "\ufdd0"  # behind a bracket that was escaped: it is printed, and is no mark


class Kind(StrEnum):
    """What a mark is."""

    SHORTCODE = "shortcode"
    TEMPLATE = "template"
    COMPONENT = "component"
    DELIMITER = "delimiter"
    BOX = "box"
    CONTENTS = "contents"
    ATTRIBUTES = "attributes"
    PAYLOAD = "payload"
    CODE = "code"
    ICON = "icon"


class Part(StrEnum):
    """Which part of a wrapper a mark is."""

    OPENS = "opens"
    CLOSES = "closes"
    ALONE = "alone"


@dataclass(slots=True)
class Mark:
    """One mark, from `start` to `end` of the text. `words` are those it held for a reader.

    Of `Kind.CODE` it is a whole wrapper, with what is between its marks from `inner[0]` to `inner[1]`, and named after the
    language.
    """

    kind: Kind
    name: str
    start: int
    end: int
    raw: str
    part: Part = Part.ALONE
    attributes: dict[str, str] = field(default_factory=dict)
    bare: tuple[str, ...] = ()  # attributes without a name
    words: str = ""
    inner: tuple[int, int] = (0, 0)
    is_sure: bool = True
    is_lone_name: bool = False  # a bracket with nothing but a name
    partner: "Mark | None" = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The marks of a text in their order, none within another, and what may be one."""

    marks: tuple[Mark, ...] = ()
    doubtful: tuple[str, ...] = ()


# Where a mark can begin. A text without any of these has none.
_TRIGGER = re.compile(
    r"[\[{<$\\]|^[ \t]*(?::{3,}|!!!|\?\?\?)|\bdata:(?=[\w.+-]+/)|(?<![\w:/]):(?=[a-z]+-[a-z0-9-]+:)|(?<![\w/+])[A-Za-z0-9+/]{40,}={0,2}",
    re.MULTILINE,
)
_FORMULA = re.compile(
    r"(?<![\w$\\])\$(?=[^$\n]{0,300}[\\^_{])[^\s$](?:[^$\n]{0,300}[^\s$])?\$(?![\d$])",
    re.DOTALL,
)
# What opens a formula, what closes it, and how long one is at most. Looked for, not matched: a text may be full of the
# one and have none of the other.
_FORMULAS = {"$$": ("$$", 5_000), r"\(": (r"\)", 2_000), r"\[": (r"\]", 5_000)}


def _rest(pattern: str) -> str:
    """A group `rest` of which nothing is given back once it has matched.

    That is what `*+` behind a group is for; but Python before 3.11.5 gets it wrong
    (https://github.com/python/cpython/issues/106052).
    """
    return f"(?=(?P<rest>{pattern}))(?P=rest)"


_QUOTES = "\"'“”„″‟‘’‚′«»"
_NAME = r"[A-Za-z][\w-]*"
_VALUE = r"\s*(?:\"[^\"]*+\"|'[^']*+'|[“”„″«»][\s\u00a0]*[^“”„″«»\[\]]*+[“”„″«»]|[‘’‚′][^‘’‚′\[\]]*+[‘’‚′])"
_BRACKET = re.compile(
    rf"\[(?P<close>/)?(?P<name>{_NAME})" + _rest(rf"(?=[\s/=\]\u00a0])(?:={_VALUE}|[^\[\]{OPAQUE}])*") + r"\]"
)
_PAIR = re.compile(
    rf"([A-Za-z_][\w:.-]*)=(?:{_VALUE}|([^\s\"'“”„″«»\[\]=]++))|({_VALUE})|(\S+)",
)
_SPACED = re.compile(r"\s*=\s*(?=[\"'“])")
_CONTENTS = re.compile(r"\[\[?_?TOC_?\]?\]|\{:toc\}|\{\{\s*toc\s*\}\}", re.IGNORECASE)
_CALLOUT = re.compile(r"\[!([A-Za-z][\w-]*)(?:\|[^\[\]\n]*)?\][+-]?(?=\s|\Z)")
# None goes on behind what is shown as typed, which is also what parts two texts that are read together.
_HUGO = re.compile(
    r"\{\{[<%]\s*(?P<close>/)?\s*(?P<name>[\w./-]+)?"
    + _rest(
        rf"(?:\"[^\"\\{OPAQUE}]*+(?:\\.[^\"\\{OPAQUE}]*+)*\"|`[^`{OPAQUE}]*+`|(?![%>]\}}\}})[^{OPAQUE}])*"
    )
    + r"[>%]\}\}"
)
_TAG = re.compile(
    r"\{%[-~+]?\s*(?P<close>/)?(?P<name>[A-Za-z_][\w./-]*)"
    + _rest(rf"(?:\"[^\"{OPAQUE}]*+\"|(?!%\}})[^{OPAQUE}])*")
    + r"%\}"
)
_OUTPUT = re.compile(
    r"\{\{\{?" + _rest(rf"(?:\"[^\"{OPAQUE}]*+\"|'[^'\n{OPAQUE}]*+'|[^{{}}{OPAQUE}]){{1,1000}}") + r"\}?\}\}"
)
_COMMENT = re.compile(rf"\{{#(?![\w-]+\}})[^{OPAQUE}]*?#\}}|\{{/\*[^{OPAQUE}]*?\*/\}}")
_ATTRIBUTE_LIST = re.compile(
    r"\{:?[ \t]*(?:\.(?!\d)[\w:-]+|#[\w:-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|“[^“”\n]*”))"
    r"(?:[ \t]+(?:[.#]?[\w:-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|“[^“”\n]*”|[\w%.#:/-]+)))*[ \t]*\}"
    r"|\{:[ \t]*[\w-]+=[\w%.#:/-]+(?:[ \t]+[\w.#=%\"'-]+)*[ \t]*\}|\{::?(?:/|/?[a-z][\w-]+(?::[ \t]*[^{}\n]*)?/?)\}"
)
_DELIMITER = re.compile(rf"<!--\s*/?wp:(?P<name>[a-z][\w/-]*)[^{OPAQUE}]*?-->")
_COMPONENT = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Z][\w.]*)"
    + _rest(
        r"(?:\s+[\w:-]+(?:=(?:\"[^\"]*+\"|'[^']*+'|[“”″][^“”″]*+[“”″]|\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*\}))?"
        r"|\s*\{\.\.\.[^{}]*\})*"
    )
    + r"\s*(?P<self>/)?>"
)
_FENCED_BOX = re.compile(r"(?P<fence>:{3,})[ \t]*(?P<said>[^\n:][^\n]{0,300})?(?=\n|\Z)")
_MARKED_BOX = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]+(?P<name>[a-z][\w-]*)"
    r"(?:[ \t]+inline(?:[ \t]+end)?|(?:[ \t]+[a-z][\w-]*){0,2}[ \t]+[\"“”](?P<said>[^\"“”\n]*)[\"“”])?[ \t]*(?=\n|\Z)"
)
_ICON = re.compile(r":([a-z]+(?:-[a-z0-9]+)+):(?![\w:])")
_DATA = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.-]+)*,[A-Za-z0-9+/=%_.~!*'-]{20,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_WHOLE_BASE64 = re.compile(r"\s*((?:[A-Za-z0-9+/]{4}\s*){2,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)\s*\Z")
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"%PDF",
    b"RIFF",
    b"wOFF",
    b"wOF2",
)
_LONGEST = 30_000  # of one mark: builders of pages store whole settings in one
_MOST_SCANNED = 3_000_000  # characters looked through for marks that did not end
# What a writer about templates may set between their signs.
_NO_EXPRESSION = re.compile(
    r"\A\W*\Z|\A\s*(?:and|or|to|und|et|y|e|vs)\s*\Z|[\\^]|\A\s*\w+(?:\s*,\s*\w+)+\s*\Z|\A\s*[\w'’-]+(?:\s+[\w'’,-]+)+[\s.?!]*\Z"
)
# A name that says a language, or that what it holds is one.
CODES = frozenset(
    [
        "code",
        "sourcecode",
        "source",
        "php",
        "python",
        "css",
        "html",
        "js",
        "javascript",
        "xml",
        "sql",
        "bash",
        "ruby",
        "java",
        "json",
        "shell",
        "highlight",
        "codeblock",
        "code_block",
        "syntaxhighlighter",
        "prettify",
    ]
)
_LANGUAGE_KEYS = ("lang", "language", "syntax", "brush", "codelang")
# What a line of code ends with or begins with, and signs that no verse has, whose lines may end with a semicolon too.
_CODE_LINE = re.compile(
    r"[;{})]\s*\Z|\A\s*(?:#\w|//|/?\*|<[?/\w!]|\$\w|[@.]\w|(?:import|from|def|class|function|var|let|const|return|"
    r"public|private|static|if|else|for|while|end)\b)|[\w)\]]\s*=\s*[\w\"'(\[{]"
)
_HARD_SIGN = re.compile(
    r"[{}]|->|=>|::|==|\w\([^()\n]*\)\s*[;:{]|\A\s*<\?|\$\w+\s*=|^\s*#include\b", re.MULTILINE
)
_MOST_WEIGHED = 4_000  # characters of a wrapper's content
_HUMAN = re.compile(r"\A[a-z]{2}(?:[-_][A-Za-z]{2,4})?\Z")
_CODE_SIGNS = re.compile(
    r"[;{}$]|=>|->|::|<\?|\(\)|==|</|[\w)]\s*=\s*[\w\"'(\[]|^\s*(?:#|//|def |import |function )", re.MULTILINE
)
# The last part of an attribute's name that holds words a reader saw, and of a mark's that shows such words.
_WORDY = frozenset(
    [
        "title",
        "subtitle",
        "heading",
        "subheading",
        "headline",
        "caption",
        "text",
        "quote",
        "content",
        "description",
        "label",
        "summary",
        "name",
        "author",
    ]
)
_ALWAYS = frozenset(["caption", "heading", "headline", "subheading", "quote", "subtitle"])
_SHOWING = frozenset(
    [
        "figure",
        "image",
        "img",
        "picture",
        "photo",
        "caption",
        "heading",
        "title",
        "header",
        "headline",
        "button",
        "btn",
        "quote",
        "blockquote",
        "testimonial",
        "blurb",
        "cta",
        "callout",
        "toggle",
        "accordion",
        "tab",
        "section",
        "item",
        "card",
        "box",
        "note",
        "notice",
        "alert",
        "banner",
        "feature",
        "step",
        "slide",
        "counter",
        "pullquote",
        "spoiler",
        "details",
        "admonition",
        "message",
        "infobox",
        "dropcap",
        "separator",
        "promo",
        "pricing",
        "team",
        "member",
    ]
)
# Attributes that HTML has too, which is where shortcodes take theirs from.
_SETTINGS = frozenset(
    [
        "id",
        "ids",
        "src",
        "url",
        "href",
        "link",
        "class",
        "width",
        "height",
        "align",
        "type",
        "name",
        "title",
        "alt",
        "style",
        "size",
        "color",
        "target",
        "value",
        "category",
        "slug",
        "file",
        "limit",
        "count",
        "order",
        "columns",
        "rows",
        "post",
        "user",
    ]
)
_PARTS = re.compile(r"[-_.:]|(?<=[a-z])(?=[A-Z])")


def find_marks(text: str, known: Collection[str] = ()) -> Reading:
    """The marks in a text, weighed against each other; `known` are names that are marks in the same article.

    Whatever stands in a text, it is read in a time that grows with its length.
    """
    if not _TRIGGER.search(text):
        return Reading()
    found = _candidates(text)
    if not found:
        return Reading()
    _pair(found)
    found = _code_whole(text, found)
    names = {mark.name for mark in found if mark.is_sure and mark.kind is Kind.SHORTCODE} | set(known)
    for mark in found:
        if not mark.is_sure and mark.name in names and (mark.is_lone_name or mark.attributes):
            mark.is_sure = True
    _judge_alone(text, found)
    marks = tuple(_with_payloads(text, [mark for mark in found if mark.is_sure]))
    for mark in marks:
        mark.words = mark.words or _words_of(mark)
    return Reading(marks, _doubts(text, found))


def typed(text: str) -> str:
    """The text with its brackets protected: they are printed as they are, and begin no mark."""
    return re.sub(r"[\[{<]", lambda bracket: bracket.group() + TYPED, text)


def without_typed(text: str) -> str:
    """The text with such protection taken off."""
    return text.replace(TYPED, "") if TYPED in text else text


def decoded(payload: str) -> str | None:
    """What a payload in base64 says, if it says something to read; percent signs are undone as well."""
    packed = "".join(payload.split())
    try:
        content = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
        said = content.decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    if "%" in said:
        said = unquote(said)
    if not said or any(
        unicodedata.category(letter) in ("Cc", "Cn", "Co") and letter not in "\n\r\t" for letter in said
    ):
        return None
    return said if "<" in said or " " in said.strip() else None


def payload_in(content: str) -> str | None:
    """What the content of a wrapper says if it is nothing but a payload; None if it is words."""
    packed = _WHOLE_BASE64.match(content)
    return decoded(packed[1]) if packed else None


def is_code(language_or_name: str, content: str) -> bool:
    """Whether what a wrapper with such a language holds is code, and not prose in a language people speak."""
    return not _HUMAN.match(language_or_name) or len(_CODE_SIGNS.findall(content)) > 1


def reads_as_code(content: str) -> bool:
    """Whether several lines that nobody says to be code are: most are made like it, and some as no prose is.

    What a browser would have run instead of shown, a script or a style, is none.
    """
    content = content[:_MOST_WEIGHED]
    lines = [line for line in content.splitlines() if line.strip()]
    if len(lines) < 2 or re.match(r"\s*<(?:script|style)\b", content, re.IGNORECASE):
        return False
    # Paragraphs and lists are HTML; a text of these was written to be read.
    if re.search(r"</(?:p|li|h[1-6]|td|figure|blockquote)>|<(?:img|br)\b", content):
        return False
    made = sum(_CODE_LINE.search(line) is not None for line in lines)
    return made * 4 >= len(lines) * 3 and len(_HARD_SIGN.findall(content)) > 1


def attributes_of(text: str) -> tuple[dict[str, str], tuple[str, ...], bool]:
    """The attributes of a mark, those without a name, and whether these are attributes for sure.

    In prose an equals sign may stand in brackets too, as in `[see x = 3]`: only a quoted value is sure, or attributes
    and nothing else.
    """
    named: dict[str, str] = {}
    bare: list[str] = []
    is_quoted = False
    for match in _PAIR.finditer(text.replace("\u00a0", " ")):
        key, plain, lone, word = match.groups()
        if key:
            value = plain if plain is not None else _unquoted(match.group().partition("=")[2])
            named.setdefault(key.lower(), value)
            is_quoted = is_quoted or plain is None
        else:
            value = _unquoted(lone) if lone else word
            if value.strip("/"):
                bare.append(value)
    is_sure = bool(named) and (
        (is_quoted and len(bare) <= 6) or (not bare and (len(named) > 1 or not _SETTINGS.isdisjoint(named)))
    )
    return named, tuple(bare), is_sure


def _unquoted(value: str) -> str:
    return value.strip().strip(_QUOTES).strip()


# ------------------------------------------------------------------------------------------------------------- looking


def _candidates(text: str) -> list[Mark]:
    """Everything that is made like a mark, in order."""
    found: list[Mark] = []
    position, scanned = 0, 0
    while match := _TRIGGER.search(text, position):
        start = match.start()
        sign = match.group().lstrip()
        at = match.end() - len(sign)
        limit = min(len(text), at + (_LONGEST if scanned < _MOST_SCANNED else 500))
        mark = _LOOKS[sign[0] if sign[0] in _LOOKS else ""](text, at, limit)
        if isinstance(mark, Mark):
            found.append(mark)
            position = mark.end
        elif mark:
            position = mark  # shown as typed
        else:
            scanned += _reach(text, at, limit) if sign[0] in "[{<" else 0
            position = max(match.end() if len(sign) > 1 and sign[0] not in ":!?" else at + 1, start + 1)
    return found


def _reach(text: str, at: int, limit: int) -> int:
    """About how far a look went that found nothing."""
    end = text.find("]" if text[at] == "[" else "\n\n", at, limit)
    return (end if end >= 0 else limit) - at


def _bracket(text: str, at: int, limit: int) -> Mark | int | None:
    if text.startswith(("[[", "[!", "[t", "[T", "[_"), at):
        contents = _CONTENTS.match(text, at, limit)
        if contents and _is_line(text, at, contents.end()):
            return Mark(Kind.CONTENTS, "toc", at, contents.end(), contents.group())
        callout = _CALLOUT.match(text, at, limit)
        if callout and not text[text.rfind("\n", 0, at) + 1 : at].strip():
            return Mark(Kind.BOX, callout[1], at, callout.end(), callout.group())
    match = _BRACKET.match(text, at, limit)
    if not match:
        return None
    before = text[at - 1] if at else ""
    if before and (before in "#!\\"):
        return None
    rest = match["rest"]
    name, is_close = match["name"], bool(match["close"])
    if is_close and rest.strip():
        return None
    is_self = rest.rstrip().endswith("/")
    is_direct = rest.startswith("=")
    named, bare, is_sure = attributes_of(rest.strip().removesuffix("/")) if rest else ({}, (), False)
    return Mark(
        Kind.SHORTCODE,
        name,
        at,
        match.end(),
        match.group(),
        Part.CLOSES if is_close else Part.ALONE if is_self else Part.OPENS,
        named,
        bare,
        is_sure=not is_direct and (is_sure or (is_self and not bare)) and not _is_index(text, at, named),
        is_lone_name=not rest.strip(" /\u00a0"),
    )


def _is_index(text: str, at: int, named: dict[str, str]) -> bool:
    """Whether a bracket belongs to the word before it, as in `input[type]` or `x[i]`."""
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in "_)*") and not named


def _brace(text: str, at: int, limit: int) -> Mark | int | None:
    before = text[at - 1] if at else ""
    if text.find("}", at, limit) < 0:
        return None
    if text.startswith("{{", at) and text.find("}}", at, limit) < 0:
        return None
    if text.startswith(("{{<", "{{%"), at):
        match = _HUGO.match(text, at, limit)
        if not match:
            return None
        if match["rest"].lstrip().startswith("/*"):
            return match.end()  # a shortcode that is shown
        return _template(match, match["name"] or "")
    if text.startswith("{%", at):
        if text.find("%}", at, limit) < 0:
            return None
        match = _TAG.match(text, at, limit)
        if not match or (_NO_EXPRESSION.search(f"{match['name']}") and not match["rest"].strip()):
            return None
        return _template(match, match["name"])
    if text.startswith(("{#", "{/*"), at) and (match := _COMMENT.match(text, at, limit)):
        return Mark(Kind.TEMPLATE, "comment", at, match.end(), match.group())
    if contents := _CONTENTS.match(text, at, limit):
        return Mark(Kind.CONTENTS, "toc", at, contents.end(), contents.group())
    if text.startswith("{{", at):
        match = _OUTPUT.match(text, at, limit)
        if not match or before in ("\\", "^", "_", "}", "$") or re.match(r"\s*:", match["rest"]):
            return None
        if before.isalpha() and re.search(r"\\[A-Za-z]+\Z", text[max(0, at - 40) : at]):
            return None  # an argument in a formula
        if _NO_EXPRESSION.search(match["rest"]):
            return None
        is_close = match["rest"].lstrip().startswith("/")
        name = re.search(r"[A-Za-z_][\w.-]*", match["rest"].rpartition("|")[2]) or re.search(
            r"\w+", match["rest"]
        )
        return Mark(
            Kind.TEMPLATE,
            name.group()[:100] if name else "output",
            at,
            match.end(),
            match.group(),
            Part.CLOSES if is_close else Part.ALONE,
        )
    match = _ATTRIBUTE_LIST.match(text, at, limit)
    if match and before not in ("\\", "$"):
        return Mark(Kind.ATTRIBUTES, "attributes", at, match.end(), match.group())
    return None


def _template(match: re.Match[str], name: str) -> Mark:
    named, bare, _ = attributes_of(_SPACED.sub("=", match["rest"].strip().removesuffix("/")))
    if name in ("include", "include_relative", "include_cached", "render", "partial", "component") and bare:
        name = bare[0].rpartition("/")[2].partition(".")[0] or name
    is_close = bool(match["close"]) or re.match(r"end\w*\Z", name) is not None
    name = re.sub(r"\Aend_?(?=\w)", "", name) if is_close else name.rpartition("/")[2]
    return Mark(
        Kind.TEMPLATE,
        name[:100],
        match.start(),
        match.end(),
        match.group(),
        Part.CLOSES if is_close else Part.OPENS,
        named,
        bare,
    )


def _angle(text: str, at: int, limit: int) -> Mark | int | None:
    if text.startswith("<!--", at):
        match = _DELIMITER.match(text, at, limit)
        return Mark(Kind.DELIMITER, match["name"], at, match.end(), match.group()) if match else None
    match = _COMPONENT.match(text, at, limit)
    is_close = bool(match and match["close"])
    # Behind a word it is one of a programming language's types, as in `List<Item>`.
    if not match or (at and not is_close and (text[at - 1].isalnum() or text[at - 1] in "_>")):
        return None
    named, bare, _ = attributes_of(match["rest"])
    return Mark(
        Kind.COMPONENT,
        match["name"],
        at,
        match.end(),
        match.group(),
        Part.CLOSES if is_close else Part.ALONE if match["self"] else Part.OPENS,
        named,
        bare,
        is_sure=bool(
            match["self"] or (match["rest"].strip() and ("=" in match["rest"] or "{" in match["rest"]))
        ),
    )


def _box(text: str, at: int, limit: int) -> Mark | int | None:
    if text[at] == ":" and not text.startswith(":::", at):
        icon = _ICON.match(text, at)
        return Mark(Kind.ICON, icon[1], at, icon.end(), icon.group()) if icon else None
    match = (_FENCED_BOX if text[at] == ":" else _MARKED_BOX).match(text, at, limit)
    if not match:
        return None
    said = (match["said"] or "").strip()
    if "fence" not in match.groupdict():
        return Mark(Kind.BOX, match["name"], at, match.end(), match.group(), words=said)
    if not said:
        return Mark(Kind.BOX, "", at, match.end(), match.group(), Part.CLOSES, is_sure=False)
    shaped = re.match(
        r"(?:\{[^{}]*\}|\{?(?P<name>[\w-]+)\}?)(?:\[(?P<label>[^\[\]]*)\])?(?:\{[^{}]*\})?[ \t]*(?P<title>.*)\Z",
        said,
    )
    if not shaped:
        return None
    words = (shaped["label"] or shaped["title"] or "").strip().rstrip(":").strip(_QUOTES)
    return Mark(Kind.BOX, shaped["name"] or "box", at, match.end(), match.group(), Part.OPENS, words=words)


def _payload(text: str, at: int, limit: int) -> Mark | int | None:
    if text.startswith("data:", at):
        match = _DATA.match(text, at)
        return Mark(Kind.PAYLOAD, "data", at, match.end(), match.group()) if match else None
    match = _BASE64.match(text, at)
    if not match:
        return None
    raw = match.group()
    if not (re.search(r"[a-z]", raw) and re.search(r"[A-Z]", raw)):
        return None
    said = decoded(raw)
    if said is None and not _is_file(raw):
        return match.end()
    return Mark(Kind.PAYLOAD, "base64", at, match.end(), raw, words=plain_text(said or ""))


def _is_file(payload: str) -> bool:
    try:
        return base64.b64decode(payload[:16], validate=True).startswith(_BINARY)
    except (binascii.Error, ValueError):
        return False


def _mathematics(text: str, at: int, limit: int) -> Mark | int | None:
    """Braces and brackets of a formula are no marks."""
    if formula := _FORMULAS.get(text[at : at + 2]):
        closes, longest = formula
        end = text.find(closes, at + 3, min(limit, at + 2 + longest + len(closes)))
        return end + len(closes) if end >= 0 else None
    match = _FORMULA.match(text, at, limit)
    return match.end() if match else None


_LOOKS: dict[str, Callable[[str, int, int], Mark | int | None]] = {
    "[": _bracket,
    "{": _brace,
    "<": _angle,
    ":": _box,
    "!": _box,
    "?": _box,
    "$": _mathematics,
    "\\": _mathematics,
    "": _payload,
}


# ------------------------------------------------------------------------------------------------------------ weighing


def _pair(found: list[Mark]) -> None:
    """Gives each closing mark the last open one of its name; a wrapper is sure by being one."""
    waiting: dict[tuple[Kind, str], list[Mark]] = {}
    opened = 0
    for mark in found:
        if mark.kind is Kind.BOX:
            opened += mark.part is Part.OPENS
            if mark.part is Part.CLOSES and opened:
                mark.is_sure = True
        elif mark.part is Part.OPENS:
            waiting.setdefault((mark.kind, mark.name), []).append(mark)
        elif mark.part is Part.CLOSES and (opening := waiting.get((mark.kind, mark.name))):
            other = opening.pop()
            other.partner, mark.partner = mark, other
            other.is_sure = mark.is_sure = True


def _code_whole(text: str, found: list[Mark]) -> list[Mark]:
    """The marks with each wrapper around code made one, and what stands in the code left out."""
    whole: list[Mark] = []
    stop = -1
    for mark in found:
        if mark.start < stop:
            continue
        if mark.partner and mark.part is Part.OPENS:
            inner = text[mark.end : mark.partner.start]
            language = language_of(mark.name, mark.attributes, mark.bare, inner)
            if language is not None:
                stop = mark.partner.end
                whole.append(
                    Mark(
                        Kind.CODE,
                        language,
                        mark.start,
                        stop,
                        text[mark.start : stop],
                        inner=(mark.end, mark.partner.start),
                    )
                )
                continue
        whole.append(mark)
    return whole


def language_of(name: str, attributes: dict[str, str], bare: Collection[str], content: str) -> str | None:
    """The language of the code in a wrapper, empty if it says none; None if what it holds is no code."""
    stated = next((attributes[key] for key in _LANGUAGE_KEYS if attributes.get(key)), "")
    name = name.lower()
    if name in CODES:
        generic = name in ("code", "sourcecode", "source", "highlight", "codeblock", "code_block", "prettify")
        word = next((said for said in bare if re.fullmatch(r"[\w+#-]+", said)), "")
        return stated or (word if generic else name)
    return stated if stated and is_code(stated, content) else None


def _judge_alone(text: str, found: list[Mark]) -> None:
    """Names no prose has, where nothing else is on their line; and closing marks that lost what they close."""
    bare_lines: dict[int, bool] = {}
    starts = [mark.start for mark in found]
    for mark in found:
        if mark.is_sure or mark.kind is not Kind.SHORTCODE or not mark.is_lone_name:
            continue
        # An interview has `[cross-talk]` on a line of its own: a hyphen alone makes no name that prose does not have.
        if mark.name != mark.name.lower() or not re.search(r"\w_\w|\w-\w*\d", mark.name):
            continue
        if mark.part is not Part.CLOSES:
            line = text.rfind("\n", 0, mark.start) + 1
            if line not in bare_lines:
                bare_lines[line] = _is_bare(text, line, found, bisect_left(starts, line))
            if not bare_lines[line]:
                continue
        mark.is_sure = True


def _is_bare(text: str, start: int, found: list[Mark], at: int) -> bool:
    """Whether a line holds nothing but marks and names in brackets; `at` is the first of them."""
    stop = text.find("\n", start)
    stop = stop if stop >= 0 else len(text)
    position = start
    for number in range(at, len(found)):
        mark = found[number]
        if mark.end > stop:
            break
        if mark.is_sure or mark.is_lone_name:
            if text[position : mark.start].strip():
                return False
            position = mark.end
    return not text[position:stop].strip()


def _is_line(text: str, start: int, end: int) -> bool:
    stop = text.find("\n", end)
    return not (
        text[text.rfind("\n", 0, start) + 1 : start] + text[end : stop if stop >= 0 else len(text)]
    ).strip()


def _doubts(text: str, found: list[Mark]) -> tuple[str, ...]:
    """What an editor is told of: a bracket on a line of its own that holds one small word, or a lone component."""
    doubtful = [
        mark.raw
        for mark in found
        if not mark.is_sure
        and (
            mark.kind is Kind.COMPONENT or (mark.is_lone_name and mark.name.islower() and len(mark.name) > 2)
        )
        and _is_line(text, mark.start, mark.end)
    ]
    return tuple(dict.fromkeys(doubtful))


def _with_payloads(text: str, marks: list[Mark]) -> Iterator[Mark]:
    """The marks, with each wrapper around nothing but base64 made one."""
    stop = -1
    for mark in marks:
        if mark.start < stop:
            continue
        if mark.partner and mark.part is Part.OPENS and mark.kind is Kind.SHORTCODE:
            said = payload_in(text[mark.end : mark.partner.start])
            if said is not None:
                stop = mark.partner.end
                yield Mark(
                    Kind.PAYLOAD, mark.name, mark.start, stop, text[mark.start : stop], words=plain_text(said)
                )
                continue
        yield mark


# --------------------------------------------------------------------------------------------------------------- words


def _words_of(mark: Mark) -> str:
    if mark.part is Part.CLOSES or mark.kind in (Kind.CODE, Kind.ATTRIBUTES, Kind.PAYLOAD):
        return ""
    shows = mark.partner is not None or mark.kind in (Kind.TEMPLATE, Kind.COMPONENT)
    return printed_words(mark.name, mark.attributes, is_wrapper=shows)


def printed_words(name: str, attributes: dict[str, str], *, is_wrapper: bool) -> str:
    """The words that a mark held in its attributes and a reader saw: captions, and titles of what shows a title."""
    is_showing = is_wrapper or any(part.lower() in _SHOWING for part in _PARTS.split(name))
    said: dict[str, None] = {}
    for key, value in attributes.items():
        parts = _PARTS.split(key.lower())
        if parts[0] in ("admin", "data", "aria", "css", "font", "color") or len(parts) > 2:
            continue
        if parts[-1] not in (_WORDY if is_showing else _ALWAYS):
            continue
        words = plain_text(value)
        if _reads_as_words(words):
            said[words] = None
    return " ".join(said)


def _reads_as_words(value: str) -> bool:
    """Whether a value is words, and not a setting: `on`, `center`, `#fff`, `fade-in`, an address, an expression."""
    if re.search(r"[{}\[\]]|://|\A[#/.]|\A[\w.-]+\.\w{2,4}\Z|%[0-9A-F]{2}", value) or not re.search(
        r"[^\W\d_]{2}", value
    ):
        return False
    return " " in value or not value.isascii() or (value[0].isupper() and not re.search(r"[-_\d]", value))
