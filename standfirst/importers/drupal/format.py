"""How files of Drupal's JSON:API are recognised."""

import re
from pathlib import Path

from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered, is_or_holds

ENDINGS = (".json",)
_RESOURCE = re.compile(r'"type"\s*:\s*"(?:node|taxonomy_term|user|paragraph|media|file|comment)--\w+"')


def is_document(offered: Offered) -> bool:
    """Whether a file begins as a document of resources does."""
    text = offered.text
    return text.startswith("{") and _RESOURCE.search(text) is not None


def _recognises(offered: Offered) -> bool:
    return is_or_holds(offered, is_document, *ENDINGS)


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
