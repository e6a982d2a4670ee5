"""How articles in JATS are recognised."""

import re
from collections.abc import Iterator
from pathlib import Path

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered
from standfirst.importers.reading.members import ZIP, Member, members_of

_ENDINGS = (".xml", ".nxml", ".jats")
_METADATA = re.compile(
    r"<(?:article-meta|journal-meta)\b|//(?:nlm|niso)//dtd|<article\b[^>]*\b(?:article-type|dtd-version)="
)
_ENOUGH = 50


def is_document(offered: Offered) -> bool:
    """Whether a file begins as an article in JATS, or several of them, does."""
    return offered.root in ("article", "pmc-articleset") and _METADATA.search(offered.text) is not None


def documents_in(path: Path) -> Iterator[Member]:
    """The XML files below a path, or the one given."""
    for member in members_of(path):
        if member.ending in _ENDINGS or (member.path == path and not member.inside):
            yield member


def _recognises(offered: Offered) -> bool:
    if not offered.is_folder and not offered.head.startswith(ZIP):
        return is_document(offered)
    try:
        for number, member in enumerate(documents_in(offered.path)):
            if number >= _ENOUGH:
                break
            if is_document(Offered(member.path, member.head())):
                return True
    except ImportRefused:
        pass
    return False


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
