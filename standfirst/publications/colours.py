"""The colours a publication is printed in: ink on paper, and one accent that it chooses, legible on both grounds.

Here for whatever draws or names a colour outside a style sheet; `standfirst.css` has the same as its first properties.
"""

import re
from dataclasses import dataclass
from math import atan2, cbrt, cos, hypot, sin

DEFAULT_ACCENT = "#b3131f"
# Lightness at which any hue reads at 4.5:1 or better on the ground it stands on.
DARKEST_GROUND_NEEDS = 0.69
LIGHTEST_GROUND_ALLOWS = 0.5
CALM_CHROMA = 0.18  # On a dark ground more than this glares.

IS_HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


@dataclass(frozen=True, slots=True)
class Ground:
    """What is printed on, and the inks that are printed on it."""

    paper: str
    ink: str
    quiet: str
    rule: str


LIGHT = Ground(paper="#fdfcf9", ink="#17181c", quiet="#51535b", rule="#cfcdc6")
DARK = Ground(paper="#10151f", ink="#ece7dd", quiet="#aeb0b5", rule="#363d4b")


def accent_of(chosen: str) -> str:
    """The accent a publication has chosen; the default if it chose none, or what is no hex colour."""
    return chosen.strip() if IS_HEX_COLOUR.match(chosen.strip()) else DEFAULT_ACCENT


def on_light(colour: str) -> str:
    """The colour as dark as it must be to be read on the light ground."""
    lightness, chroma, hue = _oklch(colour)
    return _hex(min(lightness, LIGHTEST_GROUND_ALLOWS), chroma, hue)


def on_dark(colour: str) -> str:
    """The colour as light as it must be to be read on the dark ground."""
    lightness, chroma, hue = _oklch(colour)
    return _hex(max(lightness, DARKEST_GROUND_NEEDS), min(chroma, CALM_CHROMA), hue)


def contrast(one: str, other: str) -> float:
    """Contrast of two hex colours, as WCAG 2 counts it."""
    luminances = sorted((_luminance(one), _luminance(other)))
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def _oklch(colour: str) -> tuple[float, float, float]:
    red, green, blue = _linear(colour)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """The colour in sRGB, with as much of its chroma as fits there."""
    for tenth in range(20, -1, -1):
        channels = _srgb(lightness, chroma * tenth / 20, hue)
        if all(-0.0005 <= c <= 1.0005 for c in channels):
            break
    return "#" + "".join(f"{round(min(max(c, 0), 1) * 255):02x}" for c in channels)


def _srgb(lightness: float, chroma: float, hue: float) -> list[float]:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in linear]
