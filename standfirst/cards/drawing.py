"""Draws share images: 1200 × 630 JPEG, set as the magazine's pages are, of 150 kB at the most.

JPEG, because some networks refuse WebP; of this size, because they all take it.
"""

import io
from collections.abc import Iterable
from typing import IO

from PIL import Image, ImageDraw, ImageFilter, ImageOps, UnidentifiedImageError

from standfirst.publications.colours import LIGHT

from .faces import DISPLAY, ITALIC, LABEL, TEXT
from .rows import Card
from .typesetting import ELLIPSIS, Block, Style, draw, fit, is_rtl

WIDTH, HEIGHT = 1200, 630
MOST_BYTES = 150_000
EDGE = 72
# The accent, along the top of every card.
BAND = 14
HAIRLINE = 2
# What a picture takes of the card, at its full height.
PICTURE_WIDTH = 504
BETWEEN = 56
# A picture of more is left out: unpacked, it would take a hundred megabytes.
MOST_PIXELS = 16_000_000
QUALITIES = (88, 80, 70, 58, 45)

HEADLINE_SIZES = (88, 80, 72, 64, 57, 51, 46)
NAME_SIZES = (116, 104, 92, 80, 70, 62, 54, 46)
TEXT_SIZES = (34, 31, 28)
LABEL_SIZES = (29, 26)
# Of a standfirst three lines are wanted, and the space before them; two, rather than a headline that is cut.
TEXT_ROOMS = (136, 98)


def drawn(card: Card, picture: IO[bytes] | None = None) -> bytes:
    """The picture of a card. `picture` is the file of the image on it, if there is one."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), LIGHT.paper)
    drawing = ImageDraw.Draw(canvas)
    to_right = is_rtl(card.title or card.publication, card.is_rtl)
    image = _cut(picture, card.picture.focus) if picture and card.picture else None
    left, right = EDGE, WIDTH - EDGE
    if image is not None:
        canvas.paste(image, (0 if to_right else WIDTH - PICTURE_WIDTH, 0))
        left, right = (
            (PICTURE_WIDTH + BETWEEN, WIDTH - EDGE) if to_right else (EDGE, WIDTH - PICTURE_WIDTH - BETWEEN)
        )
    drawing.rectangle((0, 0, WIDTH, BAND - 1), fill=card.accent)
    column = _Column(card, drawing, left, right - left, to_right)
    if card.kind == "publication":
        column.publication()
    else:
        column.piece(NAME_SIZES if card.kind == "contributor" else HEADLINE_SIZES)
    return packed(canvas)


class _Column:
    """The text of a card, in the room that the picture leaves."""

    def __init__(
        self, card: Card, drawing: ImageDraw.ImageDraw, left: int, width: int, to_right: bool
    ) -> None:
        self.card, self.drawing, self.left, self.width, self.to_right = card, drawing, left, width, to_right

    def publication(self) -> None:
        """The name of the magazine, as large as it goes, over what it is."""
        card = self.card
        name = self._fit(card.publication, DISPLAY, 1.06, (168, 148, 130, *NAME_SIZES), 320, 3, balanced=True)
        text = self._fit(card.text, ITALIC, 1.32, (44, 40, 36, 32), 150, 3, balanced=True)
        height = (name.height if name else 0) + (text.height + 46 if text else 0)
        top = BAND + (HEIGHT - BAND - height) // 2 - 8
        if name:
            top = self._set(name, top, LIGHT.ink) + 22
        if text:
            self._hairline(top)
            self._set(text, top + 24, LIGHT.quiet)

    def piece(self, sizes: tuple[int, ...]) -> None:
        """Who publishes it; what it is called and about, set as an opening; who made it."""
        card = self.card
        masthead = self._fit(card.publication, DISPLAY, 1.1, (33, 30, 27), 40, 1)
        credit = self._fit(card.credit, TEXT, 1.3, (30, 27, 25), 80, 2)
        label = self._fit(card.label, LABEL, 1.2, LABEL_SIZES, 40, 1)
        top, bottom = BAND + 46, HEIGHT - 52
        if masthead:
            top = self._set(masthead, top, LIGHT.ink) + 16
        self._hairline(top)
        top += 34
        if credit:
            bottom -= credit.height
            self._set(credit, bottom, LIGHT.ink)
            bottom -= 26
        room = bottom - top - (label.height + 10 if label else 0)
        for wanted in TEXT_ROOMS if card.text else (0,):
            title = self._fit(card.title, DISPLAY, 1.1, sizes, room - wanted, 5, balanced=True)
            if title and not title.lines[-1].endswith(ELLIPSIS):
                break
        room -= title.height + 20 if title else 0
        text = self._fit(card.text, TEXT, 1.34, TEXT_SIZES, room, 4 if title else 5)
        # A short one hangs, as a page would, above the middle of the room it has.
        top += round((room - (text.height if text else 0)) * 0.36)
        if label:
            top = self._set(label, top, card.accent) + 10
        if title:
            top = self._set(title, top, LIGHT.ink) + 20
        if text:
            self._set(text, top, LIGHT.quiet)

    def _fit(
        self,
        text: str,
        use: object,
        leading: float,
        sizes: Iterable[int],
        height: int,
        most_lines: int,
        *,
        balanced: bool = False,
    ) -> Block | None:
        style = Style(use, leading, self.card.language, self.to_right)  # type: ignore[arg-type]
        return fit(
            text, style, tuple(sizes), room=(self.width, height), most_lines=most_lines, balanced=balanced
        )

    def _set(self, block: Block, top: int, ink: str) -> int:
        return draw(
            self.drawing, block, at=(self.left, top), room=self.width, ink=ink, to_right=self.to_right
        )

    def _hairline(self, top: int) -> None:
        self.drawing.rectangle(
            (self.left, top, self.left + self.width - 1, top + HAIRLINE - 1), fill=LIGHT.rule
        )


def _cut(file: IO[bytes], focus: tuple[float, float]) -> Image.Image | None:
    """The picture, cut to the room it has; None if it can't be read."""
    try:
        with Image.open(file) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            opened.draft("RGB", (PICTURE_WIDTH, HEIGHT))
            image = opened.convert("RGBA") if opened.has_transparency_data else opened.convert("RGB")
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, LIGHT.paper)
        image = Image.alpha_composite(ground, image).convert("RGB")
    return ImageOps.fit(image, (PICTURE_WIDTH, HEIGHT), Image.Resampling.LANCZOS, centering=focus)


def packed(image: Image.Image) -> bytes:
    """The picture as JPEG, as good as it can be in the bytes it may have."""
    for quality in QUALITIES:
        data = _jpeg(image, quality)
        if len(data) <= MOST_BYTES:
            return data
    # What is left is noise, in which nobody misses a detail.
    for radius in range(1, 12):
        data = _jpeg(image.filter(ImageFilter.GaussianBlur(radius)), QUALITIES[-1])
        if len(data) <= MOST_BYTES:
            break
    return data


def _jpeg(image: Image.Image, quality: int) -> bytes:
    into = io.BytesIO()
    # Full colour beside the letters' edges where there is room for it; progressive, which is smaller.
    image.save(
        into, "JPEG", quality=quality, subsampling=0 if quality > 70 else 2, progressive=True, optimize=True
    )
    return into.getvalue()
