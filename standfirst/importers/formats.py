"""Tells what kind of archive a file is, and what else it may be, in one clear sentence."""

from pathlib import Path

from standfirst.importers.errors import NotAnArchive

HEAD = 4096


def recognise(path: Path, *, stated: str = "") -> str:
    """Returns the format's name. Raises NotAnArchive for a file that is none."""
    if not path.exists():
        raise NotAnArchive(f"There is no file {path}; check its name and where you put it.")
    if path.is_dir():
        raise NotAnArchive(f"{path} is a folder; give the export file itself.")
    if stated and stated not in FORMATS:
        raise NotAnArchive(f"There is no format “{stated}”; --format takes {', '.join(FORMATS)}.")
    try:
        with path.open("rb") as source:
            head = source.read(HEAD)
    except OSError as error:
        raise NotAnArchive(f"{path} cannot be read ({error.strerror}); check who may read it.") from error
    what = _something_else(head)
    if what:
        raise NotAnArchive(f"{path.name} {what}; nothing was imported.")
    return stated or "wordpress"


FORMATS = ("wordpress",)


def _something_else(head: bytes) -> str:
    if not head.strip():
        return "is empty; export the site again from WordPress under Tools → Export"
    if head.startswith(b"\x1f\x8b"):
        return "is compressed (gzip); unpack it first, for example with gunzip"
    if head.startswith(b"PK\x03\x04"):
        return "is a ZIP archive; unpack it first and give the .xml file inside"
    if head.startswith((b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")):
        return "is compressed; unpack it first"
    if head.startswith(b"SQLite format 3"):
        return "is a SQLite database, not an export"
    text = head.decode(
        "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "replace"
    ).lstrip()
    lower = text[:HEAD].lower()
    if lower.startswith(("{", "[")):
        return "is JSON, not a WordPress export, which is an .xml file from Tools → Export"
    if "<rss" in lower or lower.startswith("<?xml") or "<?xml" in lower:
        return ""
    if lower.startswith(("<!doctype html", "<html", "<head")):
        return (
            "is a web page, not a WordPress export; perhaps the log-in page was saved in its place: make the export in "
            "WordPress under Tools → Export"
        )
    if "mysql dump" in lower or "create table" in lower or "insert into" in lower:
        return "is a dump of a database, not an export; make the export in WordPress under Tools → Export"
    if lower.startswith("<"):
        return ""
    return "is not XML, so it is no WordPress export; make the export in WordPress under Tools → Export"
