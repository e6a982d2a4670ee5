"""How Joomla's articles are recognised."""

import re
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered

_PHPMYADMIN = re.compile(r'\[\s*\{\s*"type"\s*:\s*"header"')
_ROW = re.compile(r'"introtext"\s*:')
_ANSWER = re.compile(r'\{[\s\S]*"type"\s*:\s*"articles"[\s\S]*"(?:state|created_by_alias|publish_up)"\s*:')
_CHUNK = 1 << 20


def is_tables(text: str) -> bool:
    """Whether a file begins as phpMyAdmin's export to JSON does; `text` is in small letters."""
    return _PHPMYADMIN.match(text) is not None


def _recognises(offered: Offered) -> bool:
    text = offered.text
    if offered.is_folder or not text.startswith(("[", "{")):
        return False
    if _ROW.search(text) or _ANSWER.match(text):
        return True
    # Another table may come first, and be long.
    return is_tables(text) and _holds(offered.path, b'"introtext"')


def _holds(path: Path, word: bytes) -> bool:
    rest = b""
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            if word in rest + chunk:
                return True
            rest = chunk[-len(word) :]
    return False


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.joomla.archive import JoomlaArchive

    if path.is_dir():
        raise NotAnArchive(f"{path} is a folder; Joomla's articles are a file (.json): give that.")
    return JoomlaArchive(path, opening)


JOOMLA = Format(
    "joomla",
    "Joomla's articles (a .json file: the tables as phpMyAdmin exports them, or what its web services answer)",
    recognises=_recognises,
    open=_open,
)
