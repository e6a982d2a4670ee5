"""Finds the files of an archive's pictures in a folder. Nothing is ever fetched from the network."""

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import unquote

from PIL import Image as Picture
from PIL import UnidentifiedImageError

from standfirst.importers.reading.records import MediaRef, ParsedMedia
from standfirst.text.urls import parts_of

FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
MOST_PIXELS = 100_000_000
TOO_MANY_PIXELS = "it has more than 100 million pixels"
# Why a picture is not there that no folder of uploads would hold.
ELSEWHERE = "it was kept on another site"
NOBODY_SAYS = "the archive does not say where it was"
IN_NO_UPLOADS = frozenset({ELSEWHERE, NOBODY_SAYS})


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
    def is_awaited(self) -> bool:
        """Whether it is not there, and a folder of uploads may hold it."""
        return self.file is None and self.reason not in IN_NO_UPLOADS

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it was, the full picture before a smaller copy of it."""
        found = (self.media.url if self.media else "", self.ref.url)
        return tuple(dict.fromkeys(filter(None, found)))

    @property
    def address(self) -> str:
        """Where it was; empty if the archive does not say."""
        return next(iter(self.addresses), "")

    @property
    def name(self) -> str:
        """What a report calls it."""
        return self.address or f"attachment {self.ref.source_id}"

    @property
    def ledger_key(self) -> str:
        """What the ledger calls it: by its file, so that a picture used under two addresses comes once."""
        return f"file:{self.file.key}" if self.file else ""


class PictureFinder(Protocol):
    """How a system keeps its pictures: where in their folder the one at an old address is."""

    @property
    def folder(self) -> Path | None:
        """Where the files are; None if nobody said."""

    def path_of(self, url: str) -> str:
        """The path inside the folder of the picture at this address; empty if it was kept elsewhere."""

    def candidates(self, path: str) -> Iterable[str]:
        """Where its file may be, the best first: the full picture before a smaller copy."""


@dataclass(frozen=True, slots=True)
class PicturesByAddress:
    """A folder that pictures were copied into, for an archive that holds none and knows them by their addresses."""

    folder: Path | None

    def path_of(self, url: str) -> str:
        return url

    def candidates(self, path: str) -> Iterable[str]:
        """By the whole address, then by less and less of it, but never by the file's name alone."""
        parts = parts_of(path)
        names = PurePosixPath(unquote(parts.path).lstrip("/")).parts
        if not names:
            return
        if parts.netloc:
            yield "/".join([parts.netloc, *names])
        for start in range(max(1, len(names) - 1)):
            yield "/".join(names[start:])


class Uploads:
    """The files of an archive's pictures."""

    def __init__(self, finder: PictureFinder, media: Mapping[str, ParsedMedia]) -> None:
        self._finder = finder
        self._folder = finder.folder.resolve() if finder.folder else None
        self._media = media
        self._by_path = {
            path: item for item in media.values() if item.url and (path := finder.path_of(item.url))
        }
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
                self.missing[wanted.name] = wanted.reason
        return self._known[ref]

    def _find(self, ref: MediaRef) -> Wanted:
        media = self._media.get(ref.source_id)
        if media is None and ref.url:
            path = self._finder.path_of(ref.url)
            media = next(
                (
                    self._by_path[name]
                    for name in (path, *self._finder.candidates(path))
                    if name in self._by_path
                ),
                None,
            )
        urls = [url for url in (media.url if media else "", ref.url) if url]
        if not urls:
            return Wanted(ref, media, None, NOBODY_SAYS)
        paths = [media.file_path] if media and media.file_path else []
        paths += [path for url in urls if (path := self._finder.path_of(url))]
        if not paths:
            return Wanted(ref, media, None, ELSEWHERE)
        if self._folder is None:
            return Wanted(ref, media, None, "no folder of uploads was given")
        reason = ""
        for path in dict.fromkeys(paths):
            found, why = self._file(path)
            if found:
                return Wanted(ref, media, found)
            reason = reason or why
        return Wanted(ref, media, None, reason)

    def _file(self, path: str) -> tuple[FoundFile | None, str]:
        if path not in self._files:
            self._files[path] = self._look(path)
        return self._files[path]

    def _look(self, path: str) -> tuple[FoundFile | None, str]:
        assert self._folder is not None
        reason = "its file is not there"
        for candidate in self._finder.candidates(path):
            try:
                full = (self._folder / candidate).resolve()
                if not full.is_relative_to(self._folder):
                    return None, "its path leads out of the folder"
                if not full.is_file():
                    continue
            except (OSError, ValueError):
                return None, "its path is no path"
            found, why = look_at(full, str(full.relative_to(self._folder)))
            if found:
                return found, ""
            reason = why
        return None, reason


@contextmanager
def opened(path: Path) -> Iterator[Picture.Image]:
    """A picture, of which nothing is decoded yet. How large it may be is our own to say: Pillow warns of less."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Picture.DecompressionBombWarning)
        with Picture.open(path) as picture:
            yield picture


def look_at(path: Path, key: str) -> tuple[FoundFile | None, str]:
    """A file as a picture; else None, and why it is none. Told by what is in it, whatever it is called."""
    try:
        with opened(path) as picture:
            if picture.format not in FORMATS:
                return None, f"it is of a kind that is not shown on the web ({picture.format})"
            width, height = picture.size
    except Picture.DecompressionBombError:
        return None, TOO_MANY_PIXELS
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None, "it is not a picture that can be read"
    if width * height > MOST_PIXELS:
        return None, TOO_MANY_PIXELS
    return FoundFile(path, path.stat().st_size, width, height, key), ""
