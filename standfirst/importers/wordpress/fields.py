"""What the fields hold that plugins and themes keep beside a post, and which of them a reader saw.

None is known by its name alone. A field is the byline if what it holds are names, or ids of authors the export knows, and its
name speaks of authors or it is made like a byline; it is the standfirst if it holds a sentence that nothing else says. Both are
weighed over the whole export, and told with the reason. What is left is counted, and kept in the ledger.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any, NamedTuple

from standfirst.bylines.reading import NOBODY, read_byline
from standfirst.importers.reading.records import ParsedPost, UnreadField
from standfirst.importers.wordpress.phpvalues import read_php
from standfirst.text.markup import plain_text
from standfirst.text.names import matching_form

# What WordPress and the plugins for co-authors keep for themselves, and what this reader reads elsewhere.
_BOOKKEEPING = re.compile(
    r"_edit_|_wp_|_pingme\Z|_encloseme\Z|_oembed_|_thumbnail_id\Z|_menu_item|enclosure\Z|footnotes\Z|cap-|ppma_authors_name\Z|"
    r"_(?:yoast_wpseo|rank_math)_primary_|rank_math_primary_"
)
_OF_A_CUSTOM_FIELD = re.compile(
    r"field_[0-9a-f]{8,}\Z"
)  # beside the field itself, Advanced Custom Fields keeps its own id
_SIGNS = re.compile(
    r"author|writ|byline|people|contribut|autor|auteur|redac|redak|verfass|journalist|reporter|correspond|columnist|signed|"
    r"_by\Z|skribent|forfatter|författar|kirjoittaj|schrijver|yazar|penulis|автор|著者|作者|מחבר|כותב|كاتب|लेखक"
)
# What is said of somebody, or who they are to something else than the text.
_SIGNS_ELSE = re.compile(
    r"book|review|quote|photo|foto|image|img|avatar|picture|video|bio|mail|url|link|website|twitter|facebook|instagram|social|"
    r"job|role|position|title|box|layout|style|template|hide|show|display_|enable|active|count|edit|last|lock|modified|schema|"
    r"seo|speaker|interviewee|subject|copyright|licen|source|comment|phone|date|slug|theme|widget|desc"
)
_SAYS = re.compile(
    r"preview|lede|\blead\b|blurb|intro|dek\b|deck\b|strap|ingress|chap[eo]|vorspann|entrad|subhead|sub_?tit|untertitel|ondertitel|"
    r"sottotit|sous_?titre|abstract|synopsis|standfirst|tagline|summary|teaser|bajada|copete|выдержка|подзаголовок"
)
_SAYS_ELSE = re.compile(
    r"alt\b|caption|credit|image|img|photo|picture|seo|meta|og[_:-]|opengraph|twitter|keyword|licen|copyright|note|correction|"
    r"quote|tweet|social|footer|disclaimer|comment|question|answer|prompt|location|button|bio|cta|color|font|size|show|hide"
)
_DESCRIBES = re.compile(r"(?:seo|rank_math|genesis|thesis|metatag|\bmeta).*desc|metadesc")
_SLOT = re.compile(r"\[(?P<name>[A-Za-z][\w-]*)(?P<about>\s[^\[\]]*)?\](?P<inner>[^\[\]]*)\[/(?P=name)\]")
_SLOT_ID = re.compile(r"\bid\s*=\s*[\"']?(\d+)")
_BY = re.compile(r"\s*(?:\w+\s+)?by\s+\w|\s*(?:von|par|por|di|av|af|door|от)\s+[^\W\d_a-z]", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:(?P<what>[a-z_]+)[-_:])?(?P<number>\d{1,10})\Z")
_NUMBERED = re.compile(r"([_.])\d+(?=[_.]|\Z)")
_NO_NAME = re.compile(r"https?:|[<>{}|=@]|\A[#/.]|\A[\w-]+\.\w{2,4}\Z")
_OFF = frozenset(["", "0", "no", "off", "false", "n"])
_SWITCHES = ("{}_active", "{}_enabled", "use_{}", "{}_on")
_SETTINGS = _OFF | {"1", "yes", "on", "true", "y", "default", "none", "inherit", "auto"}
_MOST_NAMES = 2_000  # of fields in one export whose values are weighed
_MOST_SAMPLES = 200  # of one field's values
_MOST_OF_A_VALUE = 400
MOST_KEPT = 20_000  # letters of one value, in the ledger
_MOST_SHOWN = 80  # of an example


class Byline(NamedTuple):
    """What a field says of who wrote a post: its words, or ids of authors."""

    field: str
    raw: str
    role: str = ""  # where an editor says that the field is of a role

    @property
    def has_slots(self) -> bool:
        """Whether it is made of places for authors: it was written to be the whole byline."""
        return any(_SIGNS.search(slot["name"].lower()) for slot in _SLOT.finditer(self.raw))

    @property
    def words(self) -> str:
        return plain_text(_SLOT.sub(lambda slot: slot["inner"], self.raw)).strip()

    @property
    def slots(self) -> dict[str, str]:
        """The names that stand in places for authors, as names are compared, with the ids of their accounts."""
        found = {}
        for slot in _SLOT.finditer(self.raw):
            if number := _SLOT_ID.search(slot["about"] or ""):
                found[matching_form(plain_text(slot["inner"]))] = number[1]
        return found

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Ids of authors, each with what it says to be the id of; empty if it is words."""
        found = [_REFERENCE.match(part.strip()) for part in self.raw.split(",") if part.strip()]
        matches = [match for match in found if match]
        if not matches or len(matches) != len(found):
            return ()
        return tuple((match["what"] or "", match["number"]) for match in matches)


@dataclass(slots=True)
class _Seen:
    """One field, as far as the export was read."""

    posts: int = 0
    samples: Counter[str] = field(default_factory=Counter)
    beside_excerpt: int = 0
    as_title: int = 0


@dataclass(slots=True)
class Known:
    """The authors an export has records of."""

    names: Collection[str] = ()  # as names are compared
    accounts: Collection[str] = ()  # ids
    guests: Collection[str] = ()  # ids
    profiles: Collection[str] = ()  # ids of posts of types of their own that are called like people

    def refers(self, byline: Byline) -> bool:
        return bool(byline.references) and all(self._holds(*one) for one in byline.references)

    def _holds(self, what: str, number: str) -> bool:
        return ((number in self.guests or number in self.profiles) and "user" not in what) or (
            number in self.accounts and "guest" not in what
        )


@dataclass(slots=True)
class Fields:
    """The fields of an export: seen in its first pass, then weighed, then read."""

    # What an editor says of fields, by their names in small letters.
    rules: Mapping[str, str] = field(default_factory=dict)
    bylines: tuple[str, ...] = ()
    standfirsts: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()  # what search engines were given
    conclusions: tuple[str, ...] = ()
    left: tuple[UnreadField, ...] = ()  # those that nothing is made of
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _flattened: tuple[ParsedPost | None, dict[str, str]] = (None, {})  # of the post that is just read

    def _of(self, post: ParsedPost) -> dict[str, str]:
        if self._flattened[0] is not post:
            self._flattened = (post, flattened(post))
        return self._flattened[1]

    def see(self, post: ParsedPost) -> None:
        for name, value in self._of(post).items():
            seen = self._seen.setdefault(name, _Seen())
            seen.posts += 1
            most = _MOST_SAMPLES if len(self._seen) <= _MOST_NAMES else 1
            if value in seen.samples or len(seen.samples) < most:
                seen.samples[value[:_MOST_OF_A_VALUE]] += 1
            seen.beside_excerpt += bool(post.excerpt.strip())
            seen.as_title += value == post.title

    def weigh(self, known: Known) -> None:
        """Concludes what each field is, of everything that was seen of it."""
        whys: dict[str, str] = {}
        left: list[tuple[str, _Seen]] = []
        for name, seen in self._seen.items():
            use = self.rules.get(name.lower())
            if use == "standfirst" or (not use and _is_standfirst(name, seen)):
                self.standfirsts += (name,)
            elif use == "headline":
                self.headlines += (name,)
            elif use and use != "nothing":
                whys[name] = "you say so"
            elif not use and (why := _why_a_byline(name, seen, known)):
                whys[name] = why
            elif not use and _DESCRIBES.search(name.lower()):
                self.descriptions += (name,)
            else:
                left.append((name, seen))
        # The field that says it of most posts goes before one that says it of few.
        self.bylines = tuple(sorted(whys, key=lambda name: -self._seen[name].posts))
        self.conclusions = (
            *(f"“{name}” is read as the byline: {whys[name]}" for name in self.bylines),
            *(
                f"“{name}” is read as the standfirst: it says something else of each post"
                for name in self.standfirsts
                if name.lower() not in self.rules
            ),
        )
        self.left = _grouped(left)
        self._seen.clear()

    def byline(self, post: ParsedPost) -> tuple[Byline, ...]:
        """What a post's fields say of who wrote it, what was made to be the whole byline first."""
        if not self.bylines:
            return ()
        values = self._of(post)
        found = [
            Byline(name, values[name], self._role(name))
            for name in self.bylines
            if values.get(name)
            and not any(values.get(switch.format(name), "1") in _OFF for switch in _SWITCHES)
        ]
        return tuple(sorted(found, key=lambda byline: not byline.has_slots))

    def _role(self, name: str) -> str:
        use = self.rules.get(name.lower(), "byline")
        return "" if use == "byline" else use

    def headline(self, post: ParsedPost) -> str:
        return self._first(post, self.headlines)

    def standfirst(self, post: ParsedPost) -> str:
        return self._first(post, self.standfirsts)

    def description(self, post: ParsedPost) -> str:
        return self._first(post, self.descriptions)

    def _first(self, post: ParsedPost, names: Collection[str]) -> str:
        if not names:
            return ""
        values = self._of(post)
        return next((plain_text(values[name]) for name in names if values.get(name)), "")

    def unread(self, post: ParsedPost) -> dict[str, str]:
        """The fields of a post that no words of it are made of, with what they hold."""
        read = {*self.bylines, *self.standfirsts, *self.headlines, *self.descriptions}
        return {name: value[:MOST_KEPT] for name, value in self._of(post).items() if name not in read}


def flattened(post: ParsedPost) -> dict[str, str]:
    """The fields of a post, without WordPress's bookkeeping.

    Fields within others have both names (`settings.subtitle`), and those that are numbered are one (`authors_#_name`).
    """
    found: dict[str, str] = {}
    for name, value in post.meta:
        if name and value.strip() and not (_BOOKKEEPING.match(name) or _OF_A_CUSTOM_FIELD.match(value)):
            for part, words in _parts(name, _value(value)):
                part = _NUMBERED.sub(r"\1#", part)
                found[part] = f"{found[part]}, {words}" if part in found else words
    return found


def _value(text: str) -> Any:
    stripped = text.strip()
    if stripped[:2] in ("a:", "s:"):
        return read_php(stripped) or stripped
    if stripped[:1] in "{[" and stripped[-1:] in "}]" and len(stripped) < MOST_KEPT:
        try:
            return json.loads(stripped)
        except (ValueError, RecursionError):
            return stripped
    return stripped


def _parts(name: str, value: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and all(key.isdigit() for key in value):
        value = list(value.values())
    if isinstance(value, list):
        if all(isinstance(item, str | int | float) for item in value):
            yield from _parts(name, ", ".join(map(str, value)), depth)
            return
        value = {str(number): item for number, item in enumerate(value)}
    if isinstance(value, dict):
        for key, item in value.items():
            if depth < 6:
                yield from _parts(f"{name}.{key}", item, depth + 1)
        return
    words = "" if value is None else str(value).strip()
    if words:
        yield name, unescape(words)


# ------------------------------------------------------------------------------------------------------------ weighing


def _why_a_byline(name: str, seen: _Seen, known: Known) -> str:
    """Why a field is the byline; empty if it is not, or nobody can tell."""
    last = _own_name(name)
    values = [Byline(name, value) for value in seen.samples if value.lower() not in _SETTINGS]
    if not values or _SIGNS_ELSE.search(last.replace("guest", "")):
        return ""
    if sum(value.has_slots for value in values) * 2 > len(values):
        return "it has places for authors"
    speaks = _SIGNS.search(last) is not None
    if speaks and _most(known.refers(value) for value in values):
        return f"it holds ids of authors, as in “{values[0].raw[:40]}”"
    if sum(_may_name(value.words) for value in values) * 10 < len(values) * 9:
        return ""
    here = sum(matching_form(value.words) in known.names for value in values)
    if here * 2 > len(values) and (speaks or (here > 2 and here * 5 >= len(values) * 4)):
        return f"{here:,} of the {len(values):,} it names are authors here"
    if _most(_names_people(value.words) for value in values) and (
        speaks or _most(_BY.match(value.words) is not None for value in values)
    ):
        return f"it holds names of people, as in “{values[0].words[:40]}”"
    return ""


def _own_name(name: str) -> str:
    """What a field is called itself, with what it is part of where its name says nothing, as in `author.name`."""
    *others, last = name.lower().split(".")
    return f"{others[-1]}.{last}" if others and last in ("name", "value", "text", "full_name", "#") else last


def _most(claims: Iterable[bool]) -> bool:
    found = list(claims)
    return sum(found) * 5 >= len(found) * 4


def _may_name(words: str) -> bool:
    return (
        2 < len(words) < _MOST_OF_A_VALUE // 2
        and any(letter.isalpha() for letter in words)
        and not _NO_NAME.search(words)
    )


def _names_people(words: str) -> bool:
    """Whether words are names of people, or of those who sign as one."""
    if " " not in words.strip() and words.isascii():
        return False
    credits = read_byline(words, field="byline").credits
    return bool(credits) and all(credit.kind == "person" or credit.kind not in NOBODY for credit in credits)


def is_a_name(words: str) -> bool:
    """Whether words are one person's whole name, as far as that can be seen of them alone."""
    parts = words.split()
    small = sum(part[0].islower() for part in parts)
    if not 1 < len(parts) <= 5 or small * 2 > len(parts) or any(sign.isdigit() for sign in words):
        return False
    reading = read_byline(words, field="author")
    return reading.is_sure and [(credit.name, credit.kind) for credit in reading.credits] == [
        (words, "person")
    ]


def _is_standfirst(name: str, seen: _Seen) -> bool:
    last = _own_name(name)
    said = [value for value in seen.samples if value.lower() not in _SETTINGS]
    if not said or _SAYS_ELSE.search(name.lower()) or seen.as_title * 5 > seen.posts:
        return False
    if any(_NO_NAME.search(value) and " " not in value for value in said):
        return False
    words = sorted(len(value.split()) for value in said)
    middle = words[len(words) // 2]
    is_prose = middle >= 3 or sorted(map(len, said))[len(said) // 2] >= 12
    is_short = sum(len(plain_text(value)) < _MOST_OF_A_VALUE for value in said) * 10 >= len(said) * 9
    is_its_own = sum(seen.samples.values()) * 4 <= len(said) * 5
    if not (is_prose and is_short and is_its_own):
        return False
    ends = sum(value[-1] in '.!?…。！？”"»' for value in said)
    return _SAYS.search(last) is not None or (
        len(said) > 2 and middle >= 6 and ends * 2 >= len(said) and seen.beside_excerpt * 5 <= seen.posts
    )


def _grouped(left: Iterable[tuple[str, _Seen]]) -> tuple[UnreadField, ...]:
    """The fields nothing is made of, the most used first; what a plugin keeps from editors comes last and together."""
    found: dict[str, UnreadField] = {}
    for name, seen in left:
        shown = f"{name[: name.index('_', 1)]}_…" if name.startswith("_") and "_" in name[1:] else name
        known = found.get(shown) or UnreadField(shown, 0, next(iter(seen.samples))[:_MOST_SHOWN])
        found[shown] = replace(known, count=known.count + seen.posts)
    return tuple(sorted(found.values(), key=lambda one: (one.name.endswith("…"), -one.count, one.name)))


def known_to(
    names: Iterable[str], accounts: Iterable[str], guests: Iterable[str], profiles: Iterable[str]
) -> Known:
    """The authors an export has records of, as they are looked for."""
    forms = {matching_form(plain_text(name)) for name in names}
    return Known(forms - {""}, frozenset(accounts), frozenset(guests), frozenset(profiles))
