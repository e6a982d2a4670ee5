"""Lines of text that fit where they are put: shaped in any script, broken where it may be broken, as large as there is room.

Shaping (joined letters, marks, order from right to left) is raqm's, inside one face. A text that no single face has is cut
into runs, each of one face. What no face has is left out if it is a sign, an emoji say; if it is a letter the whole text is
left out, for a name without one of its letters is somebody else's.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

from . import faces
from .faces import Use

# Longer texts are cut before anybody looks at them: a card holds some 400 letters at the most.
LONGEST = 600
# Units are measured once, at this size, and lines are planned with what that gives.
MEASURING = 100
# How high they are in our own faces, in ems.
CAPITALS = 0.66
ELLIPSIS = "…"
# Scripts that are written without spaces are broken between any two letters, but not before or after these.
UNSPACED = re.compile(
    r"[\u2e80-\u303e\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
NOT_FIRST = frozenset("、。，．・：；？！ー」』）】〕》〉”’…‥々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]")
NOT_LAST = frozenset("「『（【〔《〈“‘([")
RIGHT_TO_LEFT = ("R", "AL")
# Direction, joining and choice of glyph: no face need have them.
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: in which faces, with what space between lines (in ems), and in which language."""

    use: Use
    leading: float
    language: str = ""
    is_rtl: bool = False  # The side from which the page begins its lines; a text has a direction of its own.

    def leading_at(self, size: int) -> int:
        """From one line to the next, in pixels."""
        return round(size * self.leading)


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one face and one direction."""

    text: str
    face: Path
    is_rtl: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that fit, at the size they are to be set in."""

    lines: tuple[str, ...]
    size: int
    style: Style

    @property
    def leading(self) -> int:
        return self.style.leading_at(self.size)

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def clean(text: str) -> str:
    """The text as it is set: composed, on one line, without what is never seen."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))[:LONGEST]
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn")).strip()


def settable(text: str, use: Use) -> str:
    """The text less the signs that no face has; empty if a letter is among what none has."""
    kept = []
    for cluster in clusters(clean(text)):
        if face_of(cluster, use) is not None:
            kept.append(cluster)
        elif unicodedata.category(cluster[0])[0] in "LMN":
            return ""
    return " ".join("".join(kept).split())


def clusters(text: str) -> list[str]:
    """The letters of a text with the marks on them: what is never torn apart."""
    found: list[str] = []
    for c in text:
        joins = found and (found[-1].endswith("\u200d") or _is_virama(found[-1][-1]))
        if found and (joins or unicodedata.category(c)[0] == "M" or UNSEEN.match(c)):
            found[-1] += c
        else:
            found.append(c)
    return found


def _is_virama(c: str) -> bool:
    return unicodedata.combining(c) == 9


@lru_cache(20_000)
def face_of(cluster: str, use: Use) -> Path | None:
    """The first face for a use that has every letter of a cluster."""
    needed = UNSEEN.sub("", cluster)
    for path in faces.faces_for(use):
        if all(faces.has(path, c) for c in needed):
            return path
    return None


def is_rtl(text: str, otherwise: bool = False) -> bool:
    """The direction of a text: that of most of its letters, or of the first; `otherwise` if none has any.

    An English sentence is one whoever's name it begins with.
    """
    letters = [
        direction != "L"
        for direction in map(unicodedata.bidirectional, text)
        if direction == "L" or direction in RIGHT_TO_LEFT
    ]
    if not letters:
        return otherwise
    rtl = sum(letters)
    return letters[0] if rtl * 2 == len(letters) else rtl * 2 > len(letters)


@lru_cache(2_000)
def runs_of(text: str, style: Style) -> tuple[Run, ...]:
    """The text in runs, in the order in which they stand from left to right."""
    # In a line from right to left the face of its letters sets all of it, if it can, and raqm puts it in order.
    if style.is_rtl and (whole := face_of(text, style.use)):
        return (Run(text, whole, is_rtl=True),)
    runs: list[Run] = []
    between: list[
        str
    ] = []  # Spaces and signs, which go with what is on both sides of them, or with the line.
    for cluster in clusters(text):
        direction = _direction_of(cluster)
        if direction is None:
            between.append(cluster)
            continue
        of_both = direction if runs and runs[-1].is_rtl == direction else style.is_rtl
        for sign in between:
            _add(runs, sign, of_both, style)
        between = []
        _add(runs, cluster, direction, style)
    for sign in between:
        _add(runs, sign, style.is_rtl, style)
    return tuple(_in_order(runs, style.is_rtl))


def _direction_of(cluster: str) -> bool | None:
    """Whether a letter goes from right to left; None if it goes either way."""
    direction = unicodedata.bidirectional(cluster[0])
    if direction in RIGHT_TO_LEFT:
        return True
    return False if direction in ("L", "EN", "AN") else None


def _add(runs: list[Run], cluster: str, goes_rtl: bool, style: Style) -> None:
    """Add a letter to the last run, if it is of one face and direction with it; else as a run of its own."""
    last = runs[-1] if runs and runs[-1].is_rtl == goes_rtl else None
    needed = UNSEEN.sub("", cluster)
    is_sign = _direction_of(cluster) is None
    if last and is_sign and all(faces.has(last.face, c) for c in needed):
        face: Path | None = last.face
    else:
        face = face_of(cluster, style.use)
    if face is None:
        return
    if last and last.face == face:
        runs[-1] = Run(last.text + cluster, face, goes_rtl)
    else:
        runs.append(Run(cluster, face, goes_rtl))


def _in_order(runs: Sequence[Run], begins_rtl: bool) -> Iterator[Run]:
    """Runs of one direction stay together, in that direction; the groups follow that of the line."""
    groups: list[list[Run]] = []
    for run in runs:
        if groups and groups[-1][0].is_rtl == run.is_rtl:
            groups[-1].append(run)
        else:
            groups.append([run])
    for group in reversed(groups) if begins_rtl else groups:
        yield from reversed(group) if group[0].is_rtl else group


def width(text: str, size: int, style: Style) -> float:
    """How wide a line is, in pixels."""
    return sum(_width(run, size, style.language) for run in runs_of(text, style))


@lru_cache(4_000)
def _width(run: Run, size: int, language: str) -> float:
    found: float = _font(run, size).getlength(run.text, direction=_direction(run), language=language or None)
    return found


def _font(run: Run, size: int) -> ImageFont.FreeTypeFont:
    return faces.font(run.face, size)


def _direction(run: Run) -> str:
    return "rtl" if run.is_rtl else "ltr"


def fit(
    text: str,
    style: Style,
    sizes: Sequence[int],
    *,
    room: tuple[int, int],
    most_lines: int,
    balanced: bool = False,
) -> Block | None:
    """The text at the largest of these sizes (largest first) at which it fits into a room of this width and height.

    At the smallest, what is too much ends in an ellipsis. None if there is nothing to set, or no room for one line.
    """
    text = settable(text, style.use)
    if not text:
        return None
    style = replace(style, is_rtl=is_rtl(text, style.is_rtl))
    measured = _measured(text, style)
    for size in sizes:
        most = min(most_lines, room[1] // style.leading_at(size))
        # In the largest sizes a word is not torn; in the smallest anything is.
        if most < 1 or (
            size != sizes[-1] and max(unit.width for unit in measured) * size / MEASURING > room[0]
        ):
            continue
        lines = _lines(measured, size, style, room[0])
        if len(lines) <= most:
            if balanced and len(lines) > 1:
                lines = _balanced(measured, size, style, room[0], lines)
            return Block(tuple(lines), size, style)
    if most < 1:
        return None
    kept = lines[:most]
    kept[-1] = _ended(kept[-1], sizes[-1], style, room[0])
    return Block(tuple(kept), sizes[-1], style)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stays on one line: a word, or a letter of a script without spaces. `space` is before it."""

    text: str
    width: float
    space: float


def _measured(text: str, style: Style) -> list[_Unit]:
    space = width("n n", MEASURING, style) - width("nn", MEASURING, style)
    units: list[_Unit] = []
    for word in text.split(" "):
        for place, part in enumerate(_parts(word)):
            units.append(_Unit(part, width(part, MEASURING, style), 0.0 if place else space))
    return units


def _parts(word: str) -> list[str]:
    """Where a word may be broken: at a hyphen or dash, and anywhere in a script without spaces."""
    parts: list[str] = []
    for cluster in clusters(word):
        before = parts[-1] if parts else ""
        is_unspaced = bool(UNSPACED.match(cluster[0])) or bool(before and UNSPACED.match(before[-1]))
        may_break = (is_unspaced and cluster[0] not in NOT_FIRST and before[-1:] not in NOT_LAST) or (
            before[-1:] in tuple("-‐–—/") and len(before) > 1
        )
        if parts and not may_break:
            parts[-1] += cluster
        else:
            parts.append(cluster)
    return parts


def _lines(units: Sequence[_Unit], size: int, style: Style, room: float) -> list[str]:
    """Lines as full as they can be, and none wider than the room, whatever it takes."""
    # What was measured in parts may be a little wider in one; where it is, less is put on each line.
    for share in (1.0, 0.97, 0.93, 0.87):
        lines = _planned(units, size, style, room * share)
        if all(width(line, size, style) <= room for line in lines):
            break
    return lines


def _planned(units: Sequence[_Unit], size: int, style: Style, room: float) -> list[str]:
    lines: list[str] = []
    line, taken, scale = "", 0.0, size / MEASURING
    for unit in units:
        if line and taken + (unit.space + unit.width) * scale <= room:
            line += f" {unit.text}" if unit.space else unit.text
            taken += (unit.space + unit.width) * scale
            continue
        if line:
            lines.append(line)
        *full, line = _torn(unit, size, style, room)
        lines += full
        taken = unit.width * scale if not full else width(line, size, style)
    return [*lines, line] if line else lines


def _torn(unit: _Unit, size: int, style: Style, room: float) -> list[str]:
    """A word in pieces that fit; itself if it does."""
    if unit.width * size / MEASURING <= room:
        return [unit.text]
    pieces, rest = [], clusters(unit.text)
    while rest:
        most = max(_most(rest, lambda some: width("".join(some), size, style) <= room), 1)
        pieces.append("".join(rest[:most]))
        rest = rest[most:]
    return pieces


def _most(parts: list[str], fits: Callable[[list[str]], bool]) -> int:
    """How many of the first parts fit; more never fit where fewer do not."""
    least, most = 0, len(parts)
    while least < most:
        middle = (least + most + 1) // 2
        if fits(parts[:middle]):
            least = middle
        else:
            most = middle - 1
    return least


def _balanced(units: Sequence[_Unit], size: int, style: Style, room: float, lines: list[str]) -> list[str]:
    """As many lines, of as equal length as they can have."""
    # No narrower than a word, which would be torn.
    narrow, wide, best = max(room / 2, *(unit.width * size / MEASURING for unit in units)), room, lines
    for _halving in range(6):
        middle = (narrow + wide) / 2
        tried = _lines(units, size, style, middle)
        if len(tried) == len(lines) and all(width(line, size, style) <= room for line in tried):
            best, wide = tried, middle
        else:
            narrow = middle
    return best


def _ended(line: str, size: int, style: Style, room: float) -> str:
    """The line with an ellipsis at its end, in place of whole words where it has several."""
    parts = clusters(line)
    parts = parts[: _most(parts, lambda some: width(_dotted(some), size, style) <= room)]
    whole = "".join(parts)
    if whole != line and not line[len(whole) :].startswith(" ") and whole.rfind(" ") > len(whole) // 2:
        parts = clusters(whole[: whole.rfind(" ")])
    return _dotted(parts)


def _dotted(parts: Sequence[str]) -> str:
    return "".join(parts).rstrip(" ,;:.،–—-") + ELLIPSIS


def draw(
    drawing: ImageDraw.ImageDraw,
    block: Block,
    *,
    at: tuple[int, int],
    room: int,
    ink: str,
    to_right: bool = False,
) -> int:
    """Set a block with its top at a point, and return where it ends. Lines begin left, or end right with `to_right`."""
    left, top = at
    for line in block.lines:
        # Capitals stand in the middle of their line.
        baseline = top + round((block.leading + CAPITALS * block.size) / 2)
        x: float = left + (room - width(line, block.size, block.style) if to_right else 0)
        for run in runs_of(line, block.style):
            drawing.text(
                (x, baseline),
                run.text,
                fill=ink,
                font=_font(run, block.size),
                anchor="ls",
                direction=_direction(run),
                language=block.style.language or None,
            )
            x += _width(run, block.size, block.style.language)
        top += block.leading
    return top
