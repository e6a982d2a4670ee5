"""How articles in NITF are recognised."""

import re
from pathlib import Path

from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered, is_or_holds

# The root, or inside an envelope of NewsML's.
ENDINGS = (".xml", ".nitf")
_ELEMENT = re.compile(r"<(?:\w+:)?nitf[\s>]")
_ENVELOPES = frozenset({"newsml", "newsitem", "newsmessage"})


def is_document(offered: Offered) -> bool:
    """Whether a file begins as an article in NITF does."""
    root = offered.root
    return root == "nitf" or (root in _ENVELOPES and _ELEMENT.search(offered.text) is not None)


def _recognises(offered: Offered) -> bool:
    return is_or_holds(offered, is_document, *ENDINGS)


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.nitf.archive import NitfArchive

    return NitfArchive(path, opening)


NITF = Format(
    "nitf",
    "articles in NITF (an .xml file each, in a folder or a .zip of one)",
    recognises=_recognises,
    open=_open,
)
