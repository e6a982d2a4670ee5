"""How files of Drupal's JSON:API are recognised."""

import re
from collections.abc import Iterator
from pathlib import Path

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered
from standfirst.importers.reading.members import ZIP, Member, members_of

_RESOURCE = re.compile(r'"type"\s*:\s*"(?:node|taxonomy_term|user|paragraph|media|file|comment)--\w+"')
_ENOUGH = 50


def is_document(text: str) -> bool:
    """Whether a file begins as a document of resources does; `text` is in small letters."""
    return text.startswith("{") and _RESOURCE.search(text) is not None


def documents_in(path: Path) -> Iterator[Member]:
    """The JSON files below a path, or the one given."""
    for member in members_of(path):
        if member.ending == ".json" or (member.path == path and not member.inside):
            yield member


def _recognises(offered: Offered) -> bool:
    if not offered.is_folder and not offered.head.startswith(ZIP):
        return is_document(offered.text)
    try:
        for number, member in enumerate(documents_in(offered.path)):
            if number >= _ENOUGH:
                break
            if is_document(Offered(member.path, member.head()).text):
                return True
    except ImportRefused:
        pass
    return False


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.drupal.archive import DrupalArchive

    return DrupalArchive(path, opening)


DRUPAL = Format(
    "drupal",
    "what Drupal's JSON:API answers (.json files, such as /jsonapi/node/article with authors and fields included)",
    recognises=_recognises,
    open=_open,
)
