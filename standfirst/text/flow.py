"""A piece of HTML as the text a reader sees, and the way back from that text into the HTML."""

import html
import re
from collections.abc import Iterable

from standfirst.text.marks import OPAQUE

_TOKEN = re.compile(
    r"<(?P<typed>code|pre|kbd|samp|var|script|style|textarea|math|svg)\b[^>]*>.*?</(?P=typed)\s*>"
    r"|<!--.*?-->|<(?P<close>/)?(?P<tag>[a-zA-Z][\w-]*)[^>]*>|(?P<entity>&(?:#\w+|\w+);)|[^<&]+|[<&]",
    re.DOTALL,
)
_WITHIN_LINES = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "wbr",
        "acronym",
        "big",
    ]
)
_EMPTIED = re.compile(
    r"<(a|abbr|b|bdi|cite|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u|li|p|ul|ol|h[2-6]|blockquote|figcaption"
    r"|caption|div|section|article|aside|dt|dd|dl|summary)\b[^<>]*>(?:\s|&nbsp;|<br\s*/?>)*</\1>"
)
_CUT = "\ufdd2"  # stands where something was taken out, until the space around it is set
_CUTS = re.compile(rf"([ \t]*){_CUT}(?:[ \t]*{_CUT})*([ \t]*)")
_DEEPEST = 50
_CUT = "\ufdd2"  # stands where something was taken out, until the space around it is set
_CUTS = re.compile(rf"[ \t]*{_CUT}(?:[ \t]*{_CUT})*[ \t]*")
_DEEPEST = 50
_BREAKS_AT_START = re.compile(r"(<(?:p|li|div|td|th|h[2-6]|blockquote)\b[^<>]*>)(?:\s*<br\s*/?>)+\s*")
_BREAKS_AT_END = re.compile(r"(?:\s*<br\s*/?>)+\s*(?=</(?:p|li|div|td|th|h[2-6]|blockquote)>)")
_LINK = re.compile(
    r"<a\b(?=[^<>]*\bhref=\"[^\"]*(?:\{\{|\{%|%7B%7B|%7B%25))[^<>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE
)


class Flow:
    """Text with a way back into what it was read from.

    Tags have no length in it, but those that end a line, which are one; what is shown as typed is `OPAQUE`.
    """

    __slots__ = ("_is_html", "_pieces", "_starts", "text")

    def __init__(self, source: str, *, is_html: bool) -> None:
        self._is_html = is_html
        # Of each piece its source, its text, and whether it is letters, which may be taken away.
        self._pieces: list[tuple[str, str, bool]] = []
        if is_html:
            for match in _TOKEN.finditer(source):
                self._pieces.append(_piece(match))
        elif source:
            self._pieces.append((source, source, True))
        self._starts: list[int] = []
        length = 0
        for _, text, _ in self._pieces:
            self._starts.append(length)
            length += len(text)
        self.text = "".join(text for _, text, _ in self._pieces)

    def without(self, spans: Iterable[tuple[int, int, str]]) -> str:
        """The source less some stretches of its text, each with what stands there instead; tags stay.

        What stands there instead is of the source's kind. Elements that hold nothing any more go too.
        """
        taken = sorted(spans)
        out: list[str] = []
        at = 0
        for (source, text, is_letters), start in zip(self._pieces, self._starts, strict=True):
            end = start + len(text)
            while at < len(taken) and taken[at][1] <= start and text:
                at += 1
            if not text or at == len(taken) or taken[at][0] >= end:
                out.append(source)
                continue
            if not is_letters:
                # A line break, or code: it goes if it lies in the midst of what goes.
                inside = taken[at][0] <= start and taken[at][1] >= end
                out.append("" if inside and source[:3] in ("<br", "<co", "<kb", "<sa", "<va") else source)
                continue
            out.append(self._cut(source, text, start, taken, at))
        left = "".join(out)
        left = _CUTS.sub(_joined, left)
        return _tidied(left) if self._is_html else left.strip()

    def _cut(self, source: str, text: str, start: int, taken: list[tuple[int, int, str]], at: int) -> str:
        if source != text and len(text) <= 2:  # an entity
            first, _, instead = taken[at]
            return f"{_CUT}{instead}" if first >= start else ""
        end = start + len(text)
        parts: list[str] = []
        position = start
        for number in range(at, len(taken)):
            first, last, instead = taken[number]
            if first >= end:
                break
            if last <= position:
                continue
            if first >= start:
                parts.append(text[position - start : first - start])
                parts.append(f"{_CUT}{instead}")
            position = min(last, end)
        parts.append(text[position - start :])
        return "".join(parts)


def _piece(match: re.Match[str]) -> tuple[str, str, bool]:
    source = match.group()
    if match["typed"]:
        return source, OPAQUE, False
    if match["entity"]:
        return source, html.unescape(source), True
    if match["tag"]:
        return source, "" if match["tag"].lower() in _WITHIN_LINES else "\n", False
    return (source, "", False) if source.startswith("<!--") else (source, source, True)


def _joined(cut: re.Match[str]) -> str:
    """One space where there was one on either side of what went, or where words would be glued."""
    return " " if " " in cut.group() or "\t" in cut.group() else ""


def _tidied(left: str) -> str:
    for _ in range(_DEEPEST):
        emptied = _EMPTIED.sub("", left)
        if emptied == left:
            break
        left = emptied
    return _BREAKS_AT_END.sub("", _BREAKS_AT_START.sub(r"\1", left)).strip()


def links_opened(source: str) -> tuple[str, tuple[str, ...]]:
    """HTML with each link whose address only a template could tell made its words, and these links' tags."""
    if "{{" not in source and "{%" not in source and "%7B" not in source:
        return source, ()
    gone: list[str] = []

    def words(link: re.Match[str]) -> str:
        gone.append(link.group().partition(">")[0] + ">")
        return link[1]

    return _LINK.sub(words, source), tuple(gone)
