"""How manuscripts are recognised, and what other word processors' files are called."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered

WORD = frozenset({".docx", ".docm", ".dotx"})
_CONVERT = "open it in Word or LibreOffice and save it as .docx (soffice --headless --convert-to docx does many at once)"
# Of other programs, each by its right name and with what works.
UNREAD = {
    ".doc": f"a document of Word before 2007 (.doc), which is not read: {_CONVERT}",
    ".odt": f"an OpenDocument text (.odt), which is not read: {_CONVERT}",
    ".rtf": f"a document in Rich Text Format (.rtf), which is not read: {_CONVERT}",
    ".wpd": f"a WordPerfect document (.wpd), which is not read: {_CONVERT}",
    ".pages": "a document of Apple Pages (.pages), which is not read: export it from Pages as Word (File → Export To)",
    ".gdoc": "a link to a Google document (.gdoc), not its text: download it there as Microsoft Word (.docx)",
}
_TEXTS = frozenset({".md", ".markdown", ".rst", ".html", ".htm", ".xhtml", ".xml", ".json", ".csv"})
_LOOKED_AT = 4_000


def files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder, in order; nothing that is hidden, or that Word keeps beside an open document."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith((".", "__MACOSX")) or name.endswith(".pages")
        )
        for name in [name for name in folders if name.lower().endswith(".pages")]:
            folders.remove(name)  # a folder that Apple's programs show as a file
            yield Path(where) / name
        yield from (Path(where) / name for name in sorted(files) if not name.startswith((".", "~$")))


def is_word(path: Path) -> bool:
    """Whether a ZIP archive is a document of Word."""
    try:
        with zipfile.ZipFile(path) as packed:
            return any(name.startswith("word/") and name.endswith(".xml") for name in packed.namelist())
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return False


def _recognises(offered: Offered) -> bool:
    """A document of a word processor, or a folder with more of them than of other texts."""
    if not offered.is_folder:
        suffix = offered.path.suffix.lower()
        return (
            suffix in WORD
            or suffix in UNREAD
            or (offered.head.startswith(b"PK\x03\x04") and is_word(offered.path))
        )
    if offered.path.suffix.lower() in UNREAD:
        return True
    documents = texts = 0
    for number, file in enumerate(files_below(offered.path)):
        documents += file.suffix.lower() in WORD or file.suffix.lower() in UNREAD
        texts += file.suffix.lower() in _TEXTS
        if number > _LOOKED_AT:
            break
    return documents > texts


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.manuscripts.archive import ManuscriptArchive

    if (what := UNREAD.get(path.suffix.lower())) is not None:
        raise NotAnArchive(f"{path.name} is {what}; nothing was imported.")
    return ManuscriptArchive(path, opening)


MANUSCRIPTS = Format(
    "manuscripts", "a Word manuscript (.docx), or a folder of them", recognises=_recognises, open=_open
)
