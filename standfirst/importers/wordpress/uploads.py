"""Where WordPress keeps its pictures: below `wp-content/uploads`, in every size a theme once wanted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from standfirst.text.urls import parts_of

# What comes before the path inside the folder of uploads, in the addresses of one site and of one among many.
_ROOTS = re.compile(r".*?/(?:wp-content/uploads|wp-content/blogs\.dir/\d+/files|uploads|files)/(.+)\Z")
_SITES = re.compile(r"\Asites/\d+/")
_SIZE = re.compile(r"-(?:\d+x\d+|scaled|rotated|e\d{8,})(?=\.\w+\Z)")


@dataclass(frozen=True, slots=True)
class WordPressUploads:
    """A copy of the folder of uploads, or of a folder around it."""

    folder: Path | None

    def path_of(self, url: str) -> str:
        return relative_path(url)

    def candidates(self, path: str) -> Iterable[str]:
        """The full picture before a smaller copy; in the folder given or a folder around it."""
        parts = PurePosixPath(path.lstrip("/"))
        names = dict.fromkeys([_SIZE.sub("", str(parts)), str(parts)])
        for name in names:
            short = _SITES.sub("", name)
            for version in dict.fromkeys([name, short]):
                yield version
                yield f"uploads/{version}"
                yield f"wp-content/uploads/{version}"


def relative_path(url: str) -> str:
    """The path of an upload inside the folder of uploads, from its old address; empty if it was kept elsewhere."""
    path = unquote(parts_of(url).path)
    found = _ROOTS.match(path)
    return found.group(1) if found else ""
