"""The sample's pictures, drawn rather than shipped: layered landscapes in few colours, and portraits in fewer."""

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1600, 1000)

# Sky above, sky below, farthest layer, nearest layer, sun or moon.
PALETTES = {
    "hills": ("#e9dfc9", "#f6eedd", "#c9bfa5", "#5d6a5b", "#f3c06b"),
    "river": ("#b9c4c4", "#e8e4d6", "#93a3a1", "#2f3f42", "#f2e3b6"),
    "night": ("#141b2d", "#33405c", "#2a3550", "#0c101c", "#efe6c8"),
    "sea": ("#1b2a3a", "#48617a", "#2c445a", "#0f1a26", "#f6d98b"),
    "dawn": ("#d9b7a3", "#f4e3d0", "#c29a86", "#574a52", "#f9d9a0"),
    "flood": ("#8c8fa3", "#e6c7b0", "#7e7f92", "#2c3040", "#f4b37a"),
}
PORTRAITS = {
    "orla": ("#d8cbb2", "#7d2e2b", "#e8c7a6", "#4a2f24"),
    "nadia": ("#b8c4bf", "#23383a", "#c99c77", "#17151a"),
    "zoe": ("#d9bfa0", "#31497a", "#8a5a3c", "#1d1512"),
}


def landscape(name: str) -> bytes:
    """A JPEG of hills behind hills, the same for the same name."""
    high, low, far, near, disc = (_rgb(colour) for colour in PALETTES[name])
    chance = random.Random(name)
    width, height = SIZE
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    for y in range(height):
        draw.line([(0, y), (width, y)], fill=_between(high, low, y / (height * 0.7)))

    x, y, radius = chance.randint(350, 1250), chance.randint(230, 380), chance.randint(55, 90)
    glow = Image.new("L", SIZE)
    ImageDraw.Draw(glow).ellipse([x - 3 * radius, y - 3 * radius, x + 3 * radius, y + 3 * radius], fill=90)
    glow = glow.filter(ImageFilter.GaussianBlur(radius))
    picture.paste(Image.new("RGB", SIZE, disc), mask=glow)
    draw = ImageDraw.Draw(picture)
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=disc)

    layers = 7
    for layer in range(layers):
        depth = layer / (layers - 1)
        base = height * (0.46 + 0.46 * depth)
        waves = [
            (
                chance.uniform(20, 60) * (1 - 0.5 * depth),
                chance.uniform(250, 700),
                chance.uniform(0, 2 * math.pi),
            )
            for _ in range(3)
        ]
        ridge = [
            (px, base + sum(height_of * math.sin(px / length + phase) for height_of, length, phase in waves))
            for px in range(0, width + 8, 8)
        ]
        draw.polygon([*ridge, (width, height), (0, height)], fill=_between(far, near, depth))
        if layer in (4, 5):
            _draw_trees(draw, ridge, _between(far, near, min(depth + 0.2, 1)), chance)
    return _jpeg(picture)


def portrait(name: str) -> bytes:
    """A JPEG of a head and shoulders in flat colours."""
    ground, coat, skin, hair = (_rgb(colour) for colour in PORTRAITS[name])
    scale = 3  # Drawn large and brought down, for smooth edges.
    size = 800 * scale
    picture = Image.new("RGB", (size, size), ground)
    draw = ImageDraw.Draw(picture)

    def ellipse(x: float, y: float, across: float, down: float, fill: tuple[int, int, int]) -> None:
        draw.ellipse(
            [(x - across) * size, (y - down) * size, (x + across) * size, (y + down) * size], fill=fill
        )

    ellipse(0.5, 0.42, 0.215, 0.255, hair)
    draw.rounded_rectangle(
        [0.43 * size, 0.5 * size, 0.57 * size, 0.8 * size], 0.06 * size, fill=_between(skin, hair, 0.15)
    )
    ellipse(0.5, 1.02, 0.4, 0.32, coat)
    ellipse(0.5, 0.43, 0.15, 0.195, skin)
    draw.pieslice([0.33 * size, 0.2 * size, 0.67 * size, 0.5 * size], 190, 325 + len(name) * 3, fill=hair)
    return _jpeg(picture.resize((800, 800), Image.Resampling.LANCZOS))


def _draw_trees(
    draw: ImageDraw.ImageDraw,
    ridge: list[tuple[int, float]],
    colour: tuple[int, int, int],
    chance: random.Random,
) -> None:
    for x, y in ridge[:: chance.randint(9, 14)]:
        for _ in range(chance.randint(0, 3)):
            left, tall = x + chance.uniform(-30, 30), chance.uniform(25, 60)
            draw.ellipse([left - tall / 4, y - tall, left + tall / 4, y + tall / 3], fill=colour)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _between(a: tuple[int, int, int], b: tuple[int, int, int], part: float) -> tuple[int, int, int]:
    part = min(max(part, 0), 1)
    mixed = [round(one + (other - one) * part) for one, other in zip(a, b, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86, progressive=True)
    return out.getvalue()
