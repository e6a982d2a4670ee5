"""What every page shows of the publication: finished, frozen rows."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Target:
    """A link: its words and where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Masthead:
    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class PublicationRow:
    name: str
    tagline: str
    description: str
    masthead: Masthead | None
    theme_css_url: str
    drop_capitals: bool
    navigation: tuple[Target, ...]
    footer: Markup
    social: tuple[Target, ...]
    language: str
    direction: str
    # As chosen; empty for the default.
    accent: str = ""
    # Its own icon, by id, and whether that is a drawing (SVG).
    icon: int | None = None
    is_icon_drawn: bool = False
