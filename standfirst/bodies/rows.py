"""What templates get wherever something is printed: finished, frozen rows."""

from dataclasses import dataclass

from markupsafe import Markup

NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image ready to print, in several widths."""

    url: str
    width: int
    height: int
    srcset: str = ""
    alt: str = ""
    caption: Markup = NOTHING
    credit: str = ""
    # What matters most in it, as parts of its width and height: where it is cut, that stays.
    focus: tuple[float, float] = (0.5, 0.5)
