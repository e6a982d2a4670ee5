"""How a Ghost export is recognised."""

import re
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered

# The tables may stand in any order, and a long one first: the envelope alone is enough.
_ENVELOPE = re.compile(
    r'\{\s*"(?:db"\s*:\s*\[\s*\{|(?:meta|data)"\s*:\s*\{\s*"|posts"\s*:\s*\[|(?:users|tags|settings|posts_meta|posts_tags'
    r'|posts_authors|roles|migrations)"\s*:\s*\[)'
)


def _recognises(offered: Offered) -> bool:
    return bool(_ENVELOPE.match(offered.text))


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.ghost.archive import GhostArchive

    if path.is_dir():
        raise NotAnArchive(f"{path} is a folder; a Ghost export is a file: give that.")
    return GhostArchive(path, opening)


GHOST = Format(
    "ghost",
    "a Ghost export (a .json file, from Settings → Import/Export)",
    recognises=_recognises,
    open=_open,
)
