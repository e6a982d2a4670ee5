"""Tells what kind of archive a file or a folder is, and what else it may be, in one clear sentence."""

import re
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.formats import FORMATS
from standfirst.importers.reading.format import Format, Offered
from standfirst.importers.reading.members import is_zip
from standfirst.importers.unread import EXPORT, SINGLE, SITE, unread_kind, unread_kinds_in, unread_sentence

HEAD = 16_384
_LOOKED_INTO = 100  # files of a folder
_NEARLY = re.compile(r"\A<(?:[\s\S]*<)?(?:rss|channel|item)\b")


def recognise(path: Path, *, stated: str = "") -> Format:
    """The format of an archive. Raises NotAnArchive for what is none."""
    formats = {format.name: format for format in FORMATS}
    if not path.exists():
        if re.match(r"https?:/", str(path)):
            raise NotAnArchive(
                f"{path.name or path} is an address, and an import fetches nothing; give it a file or a folder: the old system's own "
                "export, a table (Wix and others write their posts as CSV), the site's feed, or its pages saved into a folder."
            )
        raise NotAnArchive(f"There is no file or folder {path}; check its name and where you put it.")
    if stated and stated not in formats:
        raise NotAnArchive(f"There is no format “{stated}”; --format takes {', '.join(formats)}.")
    offered = _offered(path)
    if not offered.is_folder and (what := _unreadable(offered.head)):
        raise NotAnArchive(f"{path.name} {what}; nothing was imported.")
    if stated:
        return formats[stated]
    found = next((format for format in formats.values() if format.recognises(offered)), None)
    if found is not None:
        return found
    if offered.is_folder and (inside := _export_inside(path)):
        raise NotAnArchive(f"{path.name} is a folder, {inside}; nothing was imported; give that file.")
    if not offered.is_folder and (kind := unread_kind(offered)) is not None:
        raise NotAnArchive(f"{path.name} {kind.sentence}.")
    if (offered.is_folder or is_zip(path)) and (kinds := unread_kinds_in(path)):
        raise NotAnArchive(f"{path.name} holds {unread_sentence(kinds)}.")
    if offered.is_folder:
        raise NotAnArchive(
            f"{path} is a folder, and nothing in it looks like {_either(formats)}; nothing was imported."
        )
    if _NEARLY.search(offered.text) and not offered.is_web_page:
        # Its reader says what a file that is nearly an export lacks.
        return formats["wordpress"]
    raise NotAnArchive(f"{path.name} {_something_else(offered)}; nothing was imported.")


def _offered(path: Path) -> Offered:
    if path.is_dir():
        return Offered(path)
    try:
        with path.open("rb") as source:
            return Offered(path, source.read(HEAD))
    except OSError as error:
        raise NotAnArchive(f"{path} cannot be read ({error.strerror}); check who may read it.") from error


def _export_inside(folder: Path) -> str:
    """What a folder is for that holds an export, where that is a file."""
    for file in sorted(folder.iterdir())[:_LOOKED_INTO]:
        if not file.is_file():
            continue
        offered = _offered(file)
        format = next(
            (format for format in FORMATS if offered.head.strip() and format.recognises(offered)), None
        )
        if format is not None:
            return f"and {file.name} in it is {format.what}"
    return ""


def _either(formats: dict[str, Format]) -> str:
    *others, last = (format.what for format in formats.values())
    return f"{', '.join(others)} or {last}" if others else last


def _unreadable(head: bytes) -> str:
    if not head.strip():
        return "is empty; export the site again"
    if head.startswith((b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")):
        return "is compressed; unpack it first"
    if head.startswith(b"SQLite format 3"):
        return f"is a SQLite database, not an export; {EXPORT}"
    return ""


def _something_else(offered: Offered) -> str:
    text = offered.text
    if offered.is_web_page:
        return (
            "is a web page, not an export; perhaps the log-in page was saved in its place: make the export in the old "
            "system, as in WordPress under Tools → Export"
        )
    if root := offered.root:
        return f"is XML of a kind that is not known here (its first tag is <{root[:40]}>); {SITE}"
    if offered.head.startswith(b"\x1f\x8b"):
        return "is compressed (gzip); unpack it first, for example with gunzip"
    if offered.head.startswith(b"PK\x03\x04"):
        return "is a ZIP archive; unpack it first and give the export inside"
    if text.startswith(("{", "[")):
        return f"is JSON, but no export that is known here; {SITE}"
    if b"\0" in offered.head:
        return f"is of a kind that is not known here; {SINGLE}"
    return f"is not XML, nor of any other kind that is known here; {SINGLE}"
