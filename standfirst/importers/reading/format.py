"""What a kind of archive is: its name, how it is recognised, and how it is opened."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Archive, Opening
from standfirst.importers.reading.members import ZIP, members_ending

# Instructions, comments and a document type with all it declares may stand before the first element.
_ROOT = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype\b[^>\[]*(?:\[.*?\]\s*)?>)*<(?:[\w.-]+:)?([a-z_][\w.-]*)", re.S
)
# Of so many files of an archive it is looked whether one is of a kind.
_ENOUGH = 50


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody would import, which may be an archive: a file with its first bytes, or a folder."""

    path: Path
    head: bytes = b""

    @property
    def is_folder(self) -> bool:
        return self.path.is_dir()

    @property
    def text(self) -> str:
        """The beginning of a file as text, less white space, in small letters."""
        is_utf16 = self.head.startswith((b"\xff\xfe", b"\xfe\xff"))
        return self.head.decode("utf-16" if is_utf16 else "utf-8-sig", "replace").lstrip().lower()

    @property
    def root(self) -> str:
        """The name of the element an XML file begins with, in small letters and without a prefix; empty if it is none."""
        found = _ROOT.match(self.text)
        return found.group(1) if found else ""

    @property
    def is_web_page(self) -> bool:
        return self.text.startswith(("<!doctype html", "<html", "<head"))


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of archive that can be imported. Each has a package of its own, with a `format` module."""

    name: str
    what: str  # as in “a WordPress export (an .xml file, from Tools → Export)”
    recognises: Callable[[Offered], bool]
    open: Callable[[Path, Opening], Archive]
    has_columns: bool = False  # whether somebody may say what its columns are
    uses: tuple[str, ...] = ()  # what somebody may say that a field is, beside a role; empty where nobody may
    has_paths: bool = False  # whether somebody may say which of its paths are articles, and which pages


def is_or_holds(offered: Offered, is_document: Callable[[Offered], bool], *endings: str) -> bool:
    """Whether a file is a document of a kind; of a folder or ZIP archive, whether one of its files that end so is."""
    if not offered.is_folder and not offered.head.startswith(ZIP):
        return is_document(offered)
    try:
        some = islice(members_ending(offered.path, *endings), _ENOUGH)
        return any(is_document(Offered(member.path, member.head())) for member in some)
    except ImportRefused:
        return False
