"""Finds the files of an archive's media in a folder of uploads. Nothing is ever fetched from the network."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from PIL import Image as Picture
from PIL import UnidentifiedImageError

from standfirst.importers.records import MediaRef, ParsedMedia

# What comes before the path inside the folder of uploads, in the addresses of one site and of one among many.
_ROOTS = re.compile(r".*?/(?:wp-content/uploads|wp-content/blogs\.dir/\d+/files|uploads|files)/(.+)\Z")
_SITES = re.compile(r"\Asites/\d+/")
_SIZE = re.compile(r"-(?:\d+x\d+|scaled|rotated|e\d{8,})(?=\.\w+\Z)")
FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
MOST_PIXELS = 100_000_000


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A picture that is there: where, and what tells it from another."""

    path: Path
    size: int
    width: int
    height: int
    key: str  # its path inside the folder, by which the ledger knows it

    @property
    def extension(self) -> str:
        return self.path.suffix.lower().lstrip(".")

    def digest(self) -> str:
        with self.path.open("rb") as source:
            return hashlib.file_digest(source, "sha1").hexdigest()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture an article uses: what the source says of it, and the file, or why there is none."""

    ref: MediaRef
    media: ParsedMedia | None
    file: FoundFile | None
    reason: str = ""

    @property
    def ledger_key(self) -> str:
        """What the ledger calls it: by its file, so that a picture used under two addresses comes once."""
        return f"file:{self.file.key}" if self.file else ""


class Uploads:
    """A folder of uploads, or none."""

    def __init__(self, folder: Path | None, media: dict[str, ParsedMedia]) -> None:
        self._folder = folder.resolve() if folder else None
        self._media = media
        self._by_path = {relative_path(item.url): item for item in media.values() if item.url}
        self._known: dict[MediaRef, Wanted] = {}
        self._files: dict[str, tuple[FoundFile | None, str]] = {}
        self.missing: dict[str, str] = {}  # what is not there, and why
        self.wanted: dict[str, Wanted] = {}  # what was asked for of the archive's own list, by id

    def find(self, ref: MediaRef) -> Wanted:
        """Looks for a picture; the answer is remembered."""
        if ref not in self._known:
            self._known[ref] = self._find(ref)
            wanted = self._known[ref]
            if wanted.media is not None:
                self.wanted[wanted.media.source_id] = wanted
            if wanted.file is None:
                name = (
                    wanted.media.url
                    if wanted.media and wanted.media.url
                    else ref.url or f"attachment {ref.source_id}"
                )
                self.missing[name] = wanted.reason
        return self._known[ref]

    def _find(self, ref: MediaRef) -> Wanted:
        media = self._media.get(ref.source_id)
        if media is None and ref.url:
            path = relative_path(ref.url)
            media = self._by_path.get(path) or self._by_path.get(_SIZE.sub("", path))
        urls = [url for url in (media.url if media else "", ref.url) if url]
        if not urls:
            return Wanted(ref, media, None, "the export does not say where it was")
        if self._folder is None:
            return Wanted(ref, media, None, "no folder of uploads was given")
        paths = [media.file_path] if media and media.file_path else []
        paths += [relative_path(url) for url in urls]
        reason = ""
        for path in dict.fromkeys(path for path in paths if path):
            found, why = self._file(path)
            if found:
                return Wanted(ref, media, found)
            reason = reason or why
        return Wanted(ref, media, None, reason or "it was kept on another site")

    def _file(self, path: str) -> tuple[FoundFile | None, str]:
        if path not in self._files:
            self._files[path] = self._look(path)
        return self._files[path]

    def _look(self, path: str) -> tuple[FoundFile | None, str]:
        assert self._folder is not None
        reason = "it is not in the folder of uploads"
        for candidate in _candidates(path):
            try:
                full = (self._folder / candidate).resolve()
                if not full.is_relative_to(self._folder):
                    return None, "its path leads out of the folder of uploads"
                if not full.is_file():
                    continue
            except (OSError, ValueError):
                return None, "its path is no path"
            found, why = _picture(full, str(full.relative_to(self._folder)))
            if found:
                return found, ""
            reason = why
        return None, reason


def relative_path(url: str) -> str:
    """The path of an upload inside the folder of uploads, from its old address; empty if it was kept elsewhere."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    found = _ROOTS.match(path)
    return found.group(1) if found else ""


def _candidates(path: str) -> Iterable[str]:
    """Where a file may be: in the folder given or a folder around it; the full picture before a smaller copy."""
    parts = PurePosixPath(path.lstrip("/"))
    names = dict.fromkeys([_SIZE.sub("", str(parts)), str(parts)])
    for name in names:
        short = _SITES.sub("", name)
        for version in dict.fromkeys([name, short]):
            yield version
            yield f"uploads/{version}"
            yield f"wp-content/uploads/{version}"


def _picture(path: Path, key: str) -> tuple[FoundFile | None, str]:
    try:
        with Picture.open(path) as picture:
            if picture.format not in FORMATS:
                return None, f"it is of a kind that is not shown on the web ({picture.format})"
            width, height = picture.size
    except (UnidentifiedImageError, OSError, Picture.DecompressionBombError, ValueError, SyntaxError):
        return None, "it is not a picture that can be read"
    if width * height > MOST_PIXELS:
        return None, "it has more than 100 million pixels"
    return FoundFile(path, path.stat().st_size, width, height, key), ""
