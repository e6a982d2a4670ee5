"""How a Blogger backup is recognised."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered
from standfirst.importers.reading.members import ZIP, Member, members_of

_ROOT = re.compile(r"<(?:\w+:)?feed\b")
# A backup's own id, the kinds of its entries, and the elements of Takeout's. The public feed of a blog has none of them.
_MARKS = re.compile(
    r"tag:blogger\.com,1999:blog-\d+\.archive|schemas\.google\.com/g/2005#kind|schemas\.google\.com/blogger/2018"
    r"|<blogger:(?:type|status|filename)\b"
)


def is_backup(text: str) -> bool:
    """Whether a file begins as a backup does; `text` is in small letters."""
    return bool(_ROOT.search(text)) and bool(_MARKS.search(text))


def may_be_backup(name: str) -> bool:
    """Whether a file inside an archive is called as a backup is, and is not of what somebody wrote on others' blogs."""
    parts = [part.lower() for part in PurePosixPath(name).parts]
    return parts[-1].endswith((".xml", ".atom")) and parts[-3:-2] != ["comments"]


def backups_in(path: Path) -> Iterator[Member]:
    """The backups below a path: one of a settings page, or Takeout's (Takeout/Blogger/Blogs/NAME/feed.atom)."""
    for member in members_of(path):
        if may_be_backup(member.name) and is_backup(Offered(member.path, member.head()).text):
            yield member


def _recognises(offered: Offered) -> bool:
    if not offered.is_folder and not offered.head.startswith(ZIP):
        return is_backup(offered.text)
    try:
        return next(backups_in(offered.path), None) is not None
    except ImportRefused:
        return False


def _open(path: Path, opening: Opening) -> Archive:
    # Here, not above: reading takes libraries that recognising does without.
    from standfirst.importers.blogger.archive import BloggerArchive

    return BloggerArchive(path, opening)


BLOGGER = Format(
    "blogger",
    "a Blogger backup (an .xml file, from Settings → Back up content, or Google Takeout's folder or .zip)",
    recognises=_recognises,
    open=_open,
)
