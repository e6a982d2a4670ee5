"""The publication's icons and manifest: from its own icon or, without one, the first letter of its name on its accent."""

import io
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from markupsafe import escape
from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, Filter, SourceImageIOError

from standfirst.bodies.cachekeys import image as image_key
from standfirst.pagecache.recording import shows
from standfirst.pagecache.snapshots import beside_the_snapshot
from standfirst.publications.colours import LIGHT, accent_of, on_light
from standfirst.publications.rows import PublicationRow

from . import faces, typesetting
from .faces import DISPLAY
from .paths import DRAWN_ICON, icon_path

TOUCH_SIZE = 180
FAVICON_SIZES = (16, 32, 48)
SQUARE = Filter("fill-512x512|format-png")
# How much of an icon a letter is high; of one whose edges a launcher may cut, less
# (https://www.w3.org/TR/appmanifest/#icon-masks).
LETTER, LETTER_OF_CUT = 0.74, 0.56
# What a magazine's name begins with and is not called by, by language.
ARTICLES = {
    "en": {"the", "a", "an"},
    "de": {"der", "die", "das"},
    "fr": {"le", "la", "les"},
    "es": {"el", "la", "los", "las"},
    "it": {"il", "lo", "la", "i", "gli", "le"},
    "nl": {"de", "het", "een"},
    "pt": {"o", "a", "os", "as"},
}


def initial(name: str, language: str) -> str:
    """The letter that stands for a publication; empty if none of its name can be drawn."""
    words = typesetting.clean(name).split()
    if len(words) > 1 and words[0].casefold() in ARTICLES.get(language[:2], ()):
        words = words[1:]
    for cluster in typesetting.clusters("".join(words)):
        if cluster[0].isalnum():
            return cluster.upper() if len(cluster.upper()) == len(cluster) else cluster
    return ""


def svg(publication: PublicationRow) -> str:
    """The icon as a drawing: the publication's own, if that is one, else the letter. The browser's serif sets it."""
    own = _own(publication)
    if own is not None and own.is_svg():
        try:
            with own.file.open("rb") as file:
                return file.read().decode("utf-8", "replace")
        except OSError:
            pass
    letter = escape(initial(publication.name, publication.language))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" fill="{_accent(publication)}"/>'
        f'<text x="32" y="32" dy=".35em" text-anchor="middle" font-family="Source Serif 4, Georgia, serif" '
        f'font-weight="600" font-size="50" fill="{LIGHT.paper}">{letter}</text></svg>'
    )


def png(publication: PublicationRow, size: int, *, is_cut: bool = False) -> bytes:
    """The icon at a size in pixels; with `is_cut`, fit for having its edges cut."""
    into = io.BytesIO()
    _icon(publication, size, is_cut=is_cut).save(into, "PNG", optimize=True)
    return into.getvalue()


def favicon(publication: PublicationRow) -> bytes:
    """The icon in the sizes of a browser's tab, in one file."""
    into = io.BytesIO()
    icons = [_icon(publication, size, is_cut=False).convert("RGBA") for size in FAVICON_SIZES]
    icons[-1].save(
        into,
        "ICO",
        sizes=[(size, size) for size in FAVICON_SIZES],
        append_images=icons[:-1],
        bitmap_format="png",
    )
    return into.getvalue()


def manifest(publication: PublicationRow) -> dict[str, Any]:
    """The web app manifest."""
    pictures = [
        {"src": icon_path("192"), "sizes": "192x192", "type": "image/png"},
        {"src": icon_path("512"), "sizes": "512x512", "type": "image/png"},
        {"src": icon_path("maskable-512"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    said = {
        "name": publication.name,
        "short_name": publication.name,
        "description": publication.description or publication.tagline,
        "lang": publication.language,
        "dir": publication.direction,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": LIGHT.paper,
        "theme_color": LIGHT.paper,
        "icons": pictures,
    }
    return {name: value for name, value in said.items() if value}


def drawing_address(publication: PublicationRow) -> str:
    """The address of the icon as a drawing; empty if the publication's own icon is none.

    A theme's own `standfirst/icon.svg` goes before all.
    """
    if (settings.STANDFIRST.theme / "static/standfirst/icon.svg").is_file():
        return static("standfirst/icon.svg")
    return "" if publication.icon is not None and not publication.is_icon_drawn else DRAWN_ICON


def _own(publication: PublicationRow) -> AbstractImage | None:
    if publication.icon is None:
        return None
    shows(image_key(publication.icon))
    found: AbstractImage | None = get_image_model().objects.filter(pk=publication.icon).first()
    return found


def _accent(publication: PublicationRow) -> str:
    return on_light(accent_of(publication.accent))


def _icon(publication: PublicationRow, size: int, *, is_cut: bool) -> Image.Image:
    own = _own(publication)
    if own is not None and (image := _square(own)) is not None:
        return ImageOps.fit(image, (size, size), Image.Resampling.LANCZOS)
    return _lettered(publication, size, LETTER_OF_CUT if is_cut else LETTER)


def _square(own: AbstractImage) -> Image.Image | None:
    """The publication's own icon; None if it is no raster, or lost."""
    if own.is_svg():
        return None
    try:
        rendition = beside_the_snapshot(lambda: own.get_rendition(SQUARE))
        with rendition.file.open("rb") as file, Image.open(file) as opened:
            return opened.convert("RGBA")
    except (SourceImageIOError, InvalidFilterSpecError, UnidentifiedImageError, OSError, ValueError):
        return None


def _lettered(publication: PublicationRow, size: int, share: float) -> Image.Image:
    image = Image.new("RGB", (size, size), _accent(publication))
    letter = typesetting.settable(initial(publication.name, publication.language), DISPLAY)
    face = typesetting.face_of(letter, DISPLAY) if letter else None
    if face is not None:
        drawing = ImageDraw.Draw(image)
        font = faces.font(face, max(round(size * share), 8))
        # In the middle by what is seen of it: a letter of any script, with marks above or below.
        left, top, right, bottom = drawing.textbbox((0, 0), letter, font=font, anchor="ls")
        at = ((size - right - left) / 2, (size - bottom - top) / 2)
        drawing.text(at, letter, fill=LIGHT.paper, font=font, anchor="ls")
    return image
