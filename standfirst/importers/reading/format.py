"""What a kind of archive is: its name, how it is recognised, and how it is opened."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from standfirst.importers.reading.archive import Archive, Opening

# Instructions, comments and a document type with all it declares may stand before the first element.
_ROOT = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype\b[^>\[]*(?:\[.*?\]\s*)?>)*<(?:[\w.-]+:)?([a-z_][\w.-]*)", re.S
)


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
