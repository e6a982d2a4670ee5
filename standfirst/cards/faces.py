"""The faces that cards are set in, and which of them has a letter.

First the faces that the magazine's pages are set in, the publication's own before the shipped ones; then those that were
added for cards (`theme/fonts`); then ours, which have Latin with every mark, Cyrillic, Greek, Arabic, Hebrew, Devanagari,
and the Han, kana and Hangul in use; last whatever is installed on the system.

Nothing here may be called by two threads at once: FreeType's faces are nobody else's while they draw.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

OWN = Path(__file__).resolve().parent / "fonts"
SHIPPED = OWN.parent.parent / "theme/static/standfirst/fonts"
# Where systems keep their fonts, as fontconfig does on Linux.
SYSTEM = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
)
SUFFIXES = (".ttf", ".otf", ".ttc", ".woff2")
# More than any system has of its own accord; a folder of thousands of faces is somebody's collection.
MOST_SYSTEM_FACES = 600
# At this size it is looked which letters a face has.
LOOKING = 16
# In no face, and so drawn as what stands for whatever is missing.
NOBODYS = "\uffff"


@dataclass(frozen=True, slots=True)
class Use:
    """What a face is used for, and the files of the theme and of this room that are for it, first to last."""

    theme: str
    own: tuple[str, ...]


EAST = ("han.ttf", "hangul.ttf")
DISPLAY = Use(
    "serif-display.woff2",
    ("display.ttf", "arabic-display.ttf", "hebrew-display.ttf", "devanagari-display.ttf", *EAST),
)
TEXT = Use(
    "serif-text.woff2", ("text.ttf", "arabic-text.ttf", "hebrew-text.ttf", "devanagari-text.ttf", *EAST)
)
ITALIC = Use("serif-text-italic.woff2", TEXT.own)
LABEL = Use("label.woff2", TEXT.own)


def faces_for(use: Use) -> Iterator[Path]:
    """The faces for a use, those to be preferred first; the system's are looked for only if nobody stopped before."""
    theme = settings.STANDFIRST.theme
    replaced = theme / "static/standfirst/fonts" / use.theme
    yield replaced if replaced.is_file() else SHIPPED / use.theme
    yield from added_faces(theme / "fonts")
    yield from (OWN / name for name in use.own)
    yield from system_faces()


@lru_cache(4)
def added_faces(folder: Path) -> tuple[Path, ...]:
    """The faces a publication keeps for its cards alone, by name."""
    return tuple(
        path for path in sorted(folder.glob("*")) if path.suffix.lower() in SUFFIXES and _opens(path)
    )


@lru_cache(1)
def system_faces() -> tuple[Path, ...]:
    """The upright faces installed on the system, serifs first."""
    found: list[Path] = []
    for folder in map(os.path.expanduser, SYSTEM):
        for place, folders, names in os.walk(folder):
            folders.sort()
            found += (Path(place, name) for name in sorted(names) if name.lower().endswith(SUFFIXES))
    upright = [path for path in found if not any(word in path.name for word in ("Italic", "Oblique", "Mono"))]
    return tuple(sorted(upright, key=_rank)[:MOST_SYSTEM_FACES])


def _rank(path: Path) -> tuple[bool, bool]:
    return "Serif" not in path.name, "Bold" not in path.name


# Of each face few sizes are in use; a face from a file takes as much memory as is read of it.
@lru_cache(96)
def font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels. Raises OSError if it can't be read."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(1024)
def _opens(path: Path) -> bool:
    try:
        font(path, LOOKING)
    except OSError:
        return False
    return True


@lru_cache(50_000)
def has(path: Path, letter: str) -> bool:
    """Whether a face has a letter: it does not draw it as it draws what it lacks."""
    if not _opens(path):
        return False
    return _drawn(path, letter) != _missing(path)


@lru_cache(1024)
def _missing(path: Path) -> bytes:
    return _drawn(path, NOBODYS)


def _drawn(path: Path, letter: str) -> bytes:
    return bytes(_unshaped(path).getmask(letter))


@lru_cache(64)
def _unshaped(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, LOOKING, layout_engine=ImageFont.Layout.BASIC)
