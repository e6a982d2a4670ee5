"""Finds the shortcodes in a text, and leaves alone what only looks like one.

A bracketed word is very often just that: `[sic]`, `[Version]`, `array[i]`. A shortcode of WordPress itself is known by
its name. Any other is believed only when it shows itself: by an attribute (`[form id="4"]`), by a closing tag
(`[box]…[/box]`), by closing itself (`[form /]`), or by standing alone in its paragraph with a name no prose would have
(`[contact-form]`).
"""

import html
import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace

from standfirst.importers.reading.limits import hides_its_inside
from standfirst.text.marks import CODES, language_of, payload_in, reads_as_code, typed

EMBEDS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "ted": "https://www.ted.com/talks/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "soundcloud": "{}",
    "facebook": "{}",
    "flickr": "{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "spotify": "{}",
    "twitter": "{}",
    "googlemaps": "{}",
    "googlevideo": "{}",
    "gist": "https://gist.github.com/{}",
}
CORE = {"caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist"}

# What a bracket may stand in without being touched: tags with their attributes, comments, and code for reading.
_TOKEN = re.compile(
    r"""(?P<skip><!--.*?-->|<(?P<raw>pre|code|script|style|textarea)\b[^>]*>.*?</(?P=raw)\s*>|</?[a-zA-Z][^<>]*>)
      | (?P<escaped>\[\[(?P<ename>[a-zA-Z][\w-]*)(?:[\s/][^\[\]]*)?\](?:.*?\[/(?P=ename)\])?\])
      | \[(?P<close>/)?(?P<name>[a-zA-Z][\w-]*)(?P<attrs>(?:[\s/=](?:[^\[\]"'<>]|"[^"]*"|'[^']*')*)?)\]
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|'([^']*)'|([^\s"'/]\S*|/(?=\S)\S+)""",
    re.DOTALL,
)
_CURLY = str.maketrans({"“": '"', "”": '"', "″": '"', "„": '"', "‘": "'", "’": "'", "′": "'"})


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One shortcode as it stands in a text."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()  # values without a name
    inner: str | None = None
    raw: str = ""
    language: str | None = None  # of the code it holds, empty if it says none; None if it holds no code
    is_in_a_line: bool = False  # code within a sentence
    is_of_builder: bool = (
        False  # one of a family that is nested, as the parts of a page are in a page builder's
    )

    @property
    def is_core(self) -> bool:
        return self.name in CORE or self.name in EMBEDS or self.name in CODES

    @property
    def is_hiding(self) -> bool:
        """Whether what it holds was for some readers only."""
        return not self.is_core and hides_its_inside(self.name, self.attributes)

    @property
    def is_address(self) -> bool:
        """Whether all it holds is an address."""
        return re.fullmatch(r"\s*https?://\S+\s*", self.inner or "") is not None

    @property
    def payload(self) -> str | None:
        """What it says if all it holds is base64; None if it holds words."""
        return payload_in(self.inner) if self.inner else None


@dataclass(slots=True)
class _Tag:
    """One bracketed tag, before it is known whether it is a shortcode."""

    name: str
    start: int
    end: int
    attributes: str
    is_close: bool
    partner: int | None = None


@dataclass(frozen=True, slots=True)
class _Decided:
    """A stretch whose meaning is plain at once: an escaped shortcode, or code."""

    start: int
    end: int
    text: str | Shortcode


def has_brackets(text: str) -> bool:
    return "[" in text


def replace_shortcodes(text: str, keep: "ShortcodeKeeper") -> str:
    """Returns the text with each shortcode replaced by what `keep` gives for it."""
    if not has_brackets(text):
        return text
    tags, fixed = _tags(text)
    _pair(tags)
    return _assembled(text, tags, fixed, keep)


class ShortcodeKeeper:
    """Answers what stands in a shortcode's place. Subclassed by the body converter."""

    def core(self, shortcode: Shortcode) -> str:
        raise NotImplementedError

    def unknown(self, shortcode: Shortcode) -> str:
        raise NotImplementedError

    def hidden(self, name: str, raw: str) -> str:
        """What stands in the place of what was for some readers only."""
        raise NotImplementedError

    def shown(self, shortcode: Shortcode) -> str:
        """What stands in the place of a shortcode that nobody knows, but that plainly is a picture; else empty."""
        raise NotImplementedError


def parse_attributes(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Reads a shortcode's attributes as WordPress does, curly quotation marks included."""
    named: dict[str, str] = {}
    words: list[str] = []
    for match in _ATTRIBUTE.finditer(html.unescape(text).translate(_CURLY).replace("\xa0", " ")):
        name, *values = match.groups()
        value = next((value for value in values if value is not None), "")
        if name:
            named.setdefault(name.lower(), value)
        elif value:
            words.append(value)
    return named, tuple(words)


def _tags(text: str) -> tuple[list[_Tag], list[_Decided]]:
    """Returns the bracketed tags, and the stretches already decided: escaped shortcodes and code."""
    tags: list[_Tag] = []
    fixed: list[_Decided] = []
    closings = _closings(text)
    position = 0
    while match := _TOKEN.search(text, position):
        position = match.end()
        if match["skip"]:
            continue
        if match["escaped"]:
            if _is_known(match["ename"].lower()):
                fixed.append(_Decided(match.start(), position, typed(match["escaped"][1:-1])))
            continue
        tag = _Tag(match["name"], match.start(), position, match["attrs"] or "", bool(match["close"]))
        if code := _code(text, tag, closings):
            # Its closing tag is looked for at once: what stands between may look like anything.
            fixed.append(code)
            position = code.end
        else:
            tags.append(tag)
    return tags, fixed


def _closings(text: str) -> dict[str, list[int]]:
    """Where closing tags stand, by name."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for match in re.finditer(r"\[/([a-zA-Z][\w-]*)\]", text):
        found[match[1]].append(match.start())
    return found


def _code(text: str, tag: _Tag, closings: dict[str, list[int]]) -> _Decided | None:
    """A wrapper around code, by what it says of itself or by what it holds; None if it is none."""
    standing = closings.get(tag.name, ()) if not tag.is_close else ()
    number = bisect_left(standing, tag.end)
    if number == len(standing):
        return None
    inner = text[tag.end : standing[number]]
    attributes, words = parse_attributes(tag.attributes)
    language = language_of(tag.name, attributes, words, inner)
    if language is None and not _is_known(tag.name.lower()) and reads_as_code(inner):
        language = ""
    if language is None:
        return None
    end = standing[number] + len(tag.name) + 3
    whole = replace(tag, end=end)
    is_in_a_line = "\n" not in inner.strip("\n") and not _stands_alone(text, whole)
    code = Shortcode(
        tag.name.lower(), attributes, words, inner, text[tag.start : end], language, is_in_a_line
    )
    return _Decided(tag.start, end, code)


def _is_known(name: str) -> bool:
    return name in CORE or name in EMBEDS or name in CODES


def _pair(tags: list[_Tag]) -> None:
    """Gives each opening tag its closing tag, innermost first."""
    open_by_name: dict[str, list[int]] = {}
    for index, tag in enumerate(tags):
        if not tag.is_close:
            open_by_name.setdefault(tag.name, []).append(index)
        elif open_by_name.get(tag.name):
            opening = open_by_name[tag.name].pop()
            tags[opening].partner = index
            tag.partner = opening


def _family(name: str) -> str:
    """What the parts of one page builder have in common: `et` of `et_pb_row`. Empty if a name says none."""
    first, underscore, _ = name.partition("_")
    return first if underscore else ""


def _builders(tags: list[_Tag]) -> set[str]:
    """The families whose wrappers hold each other, under different names, and those that hold these.

    No other shortcodes are made like that.
    """
    found: set[str] = set()
    around: set[tuple[str, str]] = set()
    standing: list[str] = []
    for tag in tags:
        if tag.is_close:
            if tag.partner is not None and standing:
                standing.pop()
            continue
        family = _family(tag.name)
        if standing and family and standing[-1] != tag.name:
            around.add((_family(standing[-1]), family))
        if tag.partner is not None:
            standing.append(tag.name)
    found |= {outer for outer, inner in around if outer == inner}
    found |= {outer for outer, inner in around if inner in found and outer}
    return found


def _assembled(text: str, tags: list[_Tag], fixed: list[_Decided], keep: ShortcodeKeeper) -> str:
    out: list[str] = []
    position = 0
    builders = _builders(tags)
    opened: set[int] = set()  # closing tags of what was taken for a shortcode
    marks: list[tuple[int, int, _Tag | _Decided]] = [
        (tag.start, index, tag) for index, tag in enumerate(tags)
    ]
    marks += [(item.start, -1, item) for item in fixed]
    for start, index, mark in sorted(marks, key=lambda mark: mark[0]):
        if start < position:
            continue
        stop = mark.end
        if isinstance(mark, _Decided):
            instead = mark.text if isinstance(mark.text, str) else keep.core(mark.text)
        elif index in opened:
            instead = ""
        else:
            shortcode, end = _shortcode(text, index, tags)
            if shortcode is None:
                continue
            if _family(shortcode.name) in builders:
                shortcode = replace(shortcode, is_of_builder=True)
            if shortcode.inner is not None and shortcode.is_hiding:
                instead, stop = keep.hidden(shortcode.name, text[start:end]), end
            elif shortcode.is_core:
                instead, stop = keep.core(shortcode), end
            elif shortcode.is_address and (shown := keep.shown(shortcode)):
                instead, stop = shown, end
            elif shortcode.payload is not None:
                instead, stop = keep.unknown(replace(shortcode, raw=text[start:end])), end
            else:
                # What an unknown shortcode wraps is still the writer's text: it is converted where it stands.
                instead = keep.unknown(shortcode)
                if mark.partner is not None:
                    opened.add(mark.partner)
        out += (text[position:start], instead)
        position = stop
    out.append(text[position:])
    return "".join(out)


def _shortcode(text: str, index: int, tags: list[_Tag]) -> tuple[Shortcode | None, int]:
    tag = tags[index]
    if tag.is_close:
        return None, tag.end
    attributes, words = parse_attributes(
        tag.attributes.rstrip("/") if tag.attributes.endswith("/") else tag.attributes
    )
    name = tag.name.lower()
    closing = tags[tag.partner] if tag.partner is not None else None
    if not _is_shortcode(text, tag, name, attributes, words, is_paired=closing is not None):
        return None, tag.end
    if closing is None:
        return Shortcode(name, attributes, words, None, text[tag.start : tag.end]), tag.end
    inner = text[tag.end : closing.start]
    raw = text[tag.start : closing.end]
    if not _is_known(name):
        raw = text[tag.start : tag.end] + text[closing.start : closing.end]
    return Shortcode(name, attributes, words, inner, raw), closing.end


def _is_shortcode(
    text: str, tag: _Tag, name: str, attributes: dict[str, str], words: tuple[str, ...], *, is_paired: bool
) -> bool:
    if name in CORE:
        return name != "caption" or is_paired or bool(attributes)
    if tag.name != name:
        return False
    if is_paired or attributes or tag.attributes.rstrip().endswith("/"):
        return True
    if name in EMBEDS and len(words) == 1:
        return tag.attributes.startswith("=") or _stands_alone(text, tag)
    return ("-" in name or "_" in name) and not words and _stands_alone(text, tag)


def _stands_alone(text: str, tag: _Tag) -> bool:
    """Whether nothing else is on the tag's line, or in its paragraph element."""
    before = text[text.rfind("\n", 0, tag.start) + 1 : tag.start]
    stop = text.find("\n", tag.end)
    after = text[tag.end : stop if stop >= 0 else len(text)]
    return not _without_tags(before).strip() and not _without_tags(after).strip()


def _without_tags(text: str) -> str:
    return re.sub(r"<[^<>]*>", "", text)
