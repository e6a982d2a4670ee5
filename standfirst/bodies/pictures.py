"""Images as pages show them: in several widths, all fetched at once."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

from markupsafe import Markup
from wagtail.images import get_image_model
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, Filter, SourceImageIOError

from standfirst.pagecache.actions import changed
from standfirst.pagecache.recording import shows
from standfirst.pagecache.snapshots import beside_the_snapshot

from .cachekeys import image, image_sizes
from .rows import Picture

WIDTHS = (480, 960, 1600)
# What search engines ask for: an article's picture in each of these proportions, no smaller than this where it can be.
SHAPES = tuple(Filter(f"fill-{size}|format-jpeg") for size in ("1200x675", "1200x900", "1200x1200"))
SPECS = tuple(f"width-{width}|format-webp" for width in WIDTHS)
FILTERS = tuple(map(Filter, SPECS))


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


def file_of(number: int | None, *, least: tuple[int, int]) -> IO[bytes] | None:
    """The file of an image, in the smallest size made for readers that is as wide and high as this, or the largest.

    None if it is lost, or no raster. `pictures` has made the sizes.
    """
    image = (
        get_image_model().objects.filter(pk=number).prefetch_renditions(*FILTERS).first() if number else None
    )
    if image is None or image.is_svg():
        return None
    sizes = sorted(image.find_existing_renditions(*FILTERS).values(), key=lambda size: size.width)
    large = (size for size in sizes if size.width >= least[0] and size.height >= least[1])
    chosen = next(large, sizes[-1] if sizes else None)
    try:
        opened: IO[bytes] | None = chosen and chosen.file.open("rb")
    except OSError:
        return None
    return opened


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
        focus=picture.focus,
    )


def _picture(image: AbstractImage) -> Picture | None:
    if image.is_svg():
        return Picture(image.file.url, image.width, image.height, alt=image.description)
    renditions = _renditions(image, FILTERS)
    if not renditions:
        return None
    # An image narrower than the widest asked for is not enlarged: several filters give the same width. In the order of the
    # filters, or a page would name another file today than when the sizes were made.
    by_width = {one.width: one for one in sorted(renditions, key=lambda one: -SPECS.index(one.filter_spec))}
    srcset = ", ".join(f"{rendition.url} {width}w" for width, rendition in sorted(by_width.items()))
    shown = by_width[min(by_width, key=lambda width: abs(width - 960))]
    return Picture(shown.url, shown.width, shown.height, srcset, alt=image.description, focus=_focus(image))


def _renditions(image: AbstractImage, filters: Sequence[Filter]) -> list[Any]:
    """An image in these sizes, made if it has to be; empty if its file is lost or is none."""
    try:
        found = image.find_existing_renditions(*filters)
        if len(found) < len(filters):
            found = beside_the_snapshot(lambda: _made(image, filters))
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return []
    return list(found.values())


def _made(image: AbstractImage, filters: Sequence[Filter]) -> dict[Filter, Any]:
    """The sizes of an image, those that are missing made now: from then on they may be told of."""
    made: dict[Filter, Any] = image.get_renditions(*filters)
    changed(image_sizes(image.pk))
    return made


def _focus(image: AbstractImage) -> tuple[float, float]:
    """The focal point, as parts of the width and height; the middle if nobody chose one."""
    if image.focal_point_x is None or not (image.width and image.height):
        return 0.5, 0.5
    x, y = image.focal_point_x / image.width, (image.focal_point_y or 0) / image.height
    return round(min(max(x, 0.0), 1.0), 3), round(min(max(y, 0.0), 1.0), 3)
