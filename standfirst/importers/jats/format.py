"""How articles in JATS are recognised."""

import re
from pathlib import Path

from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered, is_or_holds

ENDINGS = (".xml", ".nxml", ".jats")
_METADATA = re.compile(
    r"<(?:article-meta|journal-meta)\b|//(?:nlm|niso)//dtd|<article\b[^>]*\b(?:article-type|dtd-version)="
)


def is_document(offered: Offered) -> bool:
    """Whether a file begins as an article in JATS, or several of them, does."""
    return offered.root in ("article", "pmc-articleset") and _METADATA.search(offered.text) is not None


def _recognises(offered: Offered) -> bool:
    return is_or_holds(offered, is_document, *ENDINGS)


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.jats.archive import JatsArchive

    return JatsArchive(path, opening)


JATS = Format(
    "jats",
    "articles of a journal in JATS (an .xml file each, in a folder or a .zip of one)",
    recognises=_recognises,
    open=_open,
)
