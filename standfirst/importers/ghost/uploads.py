"""Where Ghost keeps its pictures: below `content/images`, with smaller copies in `size/` and originals beside them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from standfirst.text.urls import parts_of

# Before the path inside the folder of pictures: of a site, of one in a folder, and of one that Ghost itself hosts.
_ROOT = re.compile(r"(?:.*?/)?content/images/(.+)\Z")
_SIZE = re.compile(r"\A(?:size/[wh]\d+(?:[wh]\d+)?/)?(?:format/\w+/)?")
_ORIGINAL = re.compile(r"_o(?=\.\w+\Z)")


@dataclass(frozen=True, slots=True)
class GhostUploads:
    """A copy of `content/images`, or of a folder around it."""

    folder: Path | None

    def path_of(self, url: str) -> str:
        path = unquote(parts_of(url).path)
        found = _ROOT.match(path)
        return _SIZE.sub("", found.group(1)) if found else ""

    def candidates(self, path: str) -> Iterable[str]:
        """What Ghost showed, before the file as it was uploaded: that may still say where a photograph was taken."""
        if not path:
            return
        name = str(PurePosixPath(path.lstrip("/")))
        shown = _ORIGINAL.sub("", name)
        original = re.sub(r"(?=\.\w+\Z)", "_o", shown, count=1)
        for version in dict.fromkeys([shown, name, original]):
            yield version
            yield f"images/{version}"
            yield f"content/images/{version}"


def uploads_of(path: Path, stated: Path | None) -> GhostUploads:
    """The folder that was named, else the one that stands beside the export."""
    if stated is not None:
        return GhostUploads(stated)
    for name in ("content/images", "images"):
        beside = path.parent / name
        if beside.is_dir():
            return GhostUploads(beside)
    return GhostUploads(None)
