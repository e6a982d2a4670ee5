"""Images as pages show them: in several widths, all fetched at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, Filter, SourceImageIOError

from standfirst.pagecache.recording import shows
from standfirst.pagecache.snapshots import beside_the_snapshot

from .cachekeys import image
from .rows import Picture

WIDTHS = (480, 960, 1600)
# What search engines ask for: an article's picture in each of these proportions, no smaller than this where it can be.
SHAPES = tuple(Filter(f"fill-{size}|format-jpeg") for size in ("1200x675", "1200x900", "1200x1200"))
FILTERS = tuple(Filter(f"width-{width}|format-webp") for width in WIDTHS)


def pictures(ids: Iterable[int | None]) -> dict[int, Picture]:
    """The pictures of these images, by id, without captions. Two queries, however many; a lost file is left out."""
    wanted = {number for number in ids if number}
    if not wanted:
        return {}
    shows(*(image(number) for number in wanted))
    images = get_image_model().objects.filter(pk__in=wanted).prefetch_renditions(*FILTERS)
    found = ((stored.pk, _picture(stored)) for stored in images)
    return {number: picture for number, picture in found if picture}


def shapes_of(number: int | None) -> tuple[Picture, ...]:
    """An image cut to 16:9, 4:3 and 1:1, for search engines. Two queries; empty for a lost file and for a drawing."""
    stored = (
        get_image_model().objects.filter(pk=number).prefetch_renditions(*SHAPES).first() if number else None
    )
    if stored is None or stored.is_svg():
        return ()
    shows(image(stored.pk))
    return tuple(
        Picture(shape.url, shape.width, shape.height, alt=stored.description)
        for shape in sorted(_renditions(stored, SHAPES), key=lambda shape: shape.height)
    )


def captioned(picture: Picture | None, *, alt: str, caption: str = "", credit: str = "") -> Picture | None:
    """The picture with the words that belong to it in one place. `caption` is sanitised HTML."""
    if picture is None:
        return None
    return Picture(
        picture.url,
        picture.width,
        picture.height,
        picture.srcset,
        alt=alt,
        caption=Markup(caption),
        credit=credit,
    )


def _picture(image: AbstractImage) -> Picture | None:
    if image.is_svg():
        return Picture(image.file.url, image.width, image.height, alt=image.description)
    renditions = _renditions(image, FILTERS)
    if not renditions:
        return None
    # An image narrower than the widest asked for is not enlarged: several filters give the same width.
    by_width = {rendition.width: rendition for rendition in renditions}
    srcset = ", ".join(f"{rendition.url} {width}w" for width, rendition in sorted(by_width.items()))
    shown = by_width[min(by_width, key=lambda width: abs(width - 960))]
    return Picture(shown.url, shown.width, shown.height, srcset, alt=image.description)


def _renditions(image: AbstractImage, filters: Sequence[Filter]) -> list[Any]:
    """An image in these sizes, made if it has to be; empty if its file is lost or is none."""
    try:
        found = image.find_existing_renditions(*filters)
        if len(found) < len(filters):
            found = beside_the_snapshot(lambda: image.get_renditions(*filters))
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return []
    return list(found.values())
