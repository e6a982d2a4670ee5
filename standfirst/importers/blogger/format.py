"""How a Blogger backup is recognised."""

import re
from pathlib import Path, PurePosixPath

from standfirst.importers.errors import ArchiveDamaged
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.format import Format, Offered
from standfirst.importers.reading.members import ZIP, names_in_zip

FEED = "feed.atom"
_ROOT = re.compile(r"<(?:\w+:)?feed\b")
# A backup's own id, the kinds of its entries, and the elements of Takeout's. The public feed of a blog has none of them.
_MARKS = re.compile(
    r"tag:blogger\.com,1999:blog-\d+\.archive|schemas\.google\.com/g/2005#kind|schemas\.google\.com/blogger/2018"
    r"|<blogger:(?:type|status|filename)\b"
)


def is_backup(text: str) -> bool:
    """Whether a file begins as a backup does; `text` is in small letters."""
    return bool(_ROOT.search(text)) and bool(_MARKS.search(text))


def is_of_a_blog(name: str) -> bool:
    """Whether a file stands where Takeout puts the entries of a blog: Takeout/Blogger/Blogs/NAME/feed.atom."""
    parts = [part.lower() for part in PurePosixPath(name).parts]
    return parts[-1:] == [FEED] and parts[-3:-2] != ["comments"]


def _recognises(offered: Offered) -> bool:
    if offered.is_folder:
        feeds = (file for file in offered.path.rglob(FEED) if is_of_a_blog(file.name))
        return any(is_backup(Offered(file, _head(file)).text) for file in feeds)
    if offered.head.startswith(ZIP):
        try:
            names = names_in_zip(offered.path)
        except ArchiveDamaged:
            return False
        return any(is_of_a_blog(name) and "blogger" in name.lower() for name in names)
    return is_backup(offered.text)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            return source.read(16_384)
    except OSError:
        return b""


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
