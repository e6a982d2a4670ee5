"""How a folder of saved pages is recognised."""

import os
import re
from importlib.util import find_spec
from pathlib import Path

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered

# Those of the extra `pages` (pyproject.toml).
LIBRARIES = ("trafilatura", "mf2py", "dateparser")
_ENOUGH = 3000
# A folder with one of these at its top is what a site is made from, not what it was.
_SOURCES = (
    "_config.yml", "_config.toml", "config.toml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "pelicanconf.py",
    ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "conf.py", "zola.toml", "_posts",
    "_data", "package.json", "mkdocs.yml", "book.toml",
)  # fmt: skip
_TEXTS = (".md", ".markdown", ".rst", ".mdx", ".adoc")


def _recognises(offered: Offered) -> bool:
    """Whole HTML pages, more of them than texts, and none of the files a static generator needs."""
    if not offered.is_folder or any((offered.path / name).exists() for name in _SOURCES):
        return False
    pages = texts = looked = whole = 0
    for folder, folders, files in os.walk(offered.path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            lower = name.lower()
            if lower.endswith(_TEXTS):
                texts += 1
            elif lower.endswith((".html", ".htm", ".xhtml")):
                pages += 1
                if pages <= 20:
                    whole += _is_whole_page(Path(folder) / name)
            looked += 1
        if looked > _ENOUGH:
            break
    return pages > texts and whole * 2 > min(pages, 20)


def _is_whole_page(path: Path) -> bool:
    """Whether a file is a page as a browser gets it, or a piece of one, without a generator's header."""
    try:
        with path.open("rb") as source:
            head = source.read(4096)
    except OSError:
        return False
    lower = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower().replace(b"\x00", b"")
    return re.match(rb"<(?:[a-z]|!--|!doctype|\?xml)", lower) is not None


def _open(path: Path, opening: Opening) -> Archive:
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        raise ImportRefused(
            f"Reading saved pages takes {' and '.join(missing)}, which are not installed: run `pip install 'standfirst[pages]'`."
        )
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.pages.archive import SavedPagesArchive

    return SavedPagesArchive(path, opening)


PAGES = Format(
    "pages",
    "a folder of saved pages (as wget --mirror or a browser leaves it)",
    recognises=_recognises,
    open=_open,
)
