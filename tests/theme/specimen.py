"""Writes every specimen page into a folder, to be looked at.

DJANGO_SETTINGS_MODULE=tests.settings python -m tests.theme.specimen FOLDER
python -m http.server --directory FOLDER
"""

import shutil
import sys
from pathlib import Path

from PIL import Image

from standfirst.theme.accent import theme_css
from tests.theme.samples import THEME, pages, rendered

PICTURES = {
    "portrait": (800, 1000), "quay": (1600, 1067), "boats": (900, 1200), "rope": (900, 1200),
    "ferry": (1600, 900), "harbour": (1600, 1067),
}  # fmt: skip


def write_specimens(folder: Path) -> list[str]:
    """The names of the pages written: `<name>.html` each, with the style, fonts and pictures they ask for."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(THEME / "static", folder / "static", dirs_exist_ok=True)
    (folder / "theme").mkdir(exist_ok=True)
    (folder / "theme/1b5e8c.css").write_text(theme_css("#1b5e8c"), encoding="utf-8")
    (folder / "media").mkdir(exist_ok=True)
    for place, (name, (width, height)) in enumerate(PICTURES.items()):
        _made_up_picture(width // 4, height // 4, place).save(folder / "media" / f"{name}.png")
    written = pages()
    for name, (template, context) in written.items():
        (folder / f"{name}.html").write_text(rendered(template, context), encoding="utf-8")
    return list(written)


def _made_up_picture(width: int, height: int, place: int) -> Image.Image:
    """A horizon: sky over water, enough to judge a layout by."""
    horizon = height * (5 + place) // 12
    sky, sea = (148 + 9 * place, 156, 160), (44, 52 + 5 * place, 58)
    picture = Image.new("RGB", (width, height))
    for y in range(height):
        ground = sky if y < horizon else sea
        shade = (y if y < horizon else height - y) * 60 // height
        picture.paste(tuple(min(255, c + shade) for c in ground), (0, y, width, y + 1))
    return picture


if __name__ == "__main__":
    import django

    django.setup()
    for page in write_specimens(Path(sys.argv[1])):
        print(f"{page}.html")  # noqa: T201 - it is what the command says
