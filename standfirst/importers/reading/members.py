"""The files an archive is made of, whether it is one file, a folder or a ZIP archive of one; nothing is unpacked."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from standfirst.importers.errors import ArchiveDamaged, ImportRefused

MOST_FILES = 1_000_000
ZIP = b"PK\x03\x04"
_HIDDEN = (".", "__MACOSX")


class TooLarge(Exception):
    """A file is larger than what it is taken for may be."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. It may travel to another process."""

    name: str  # its path inside the archive, with slashes
    path: Path  # the file, or the ZIP archive that holds it
    inside: str = ""  # its name in that

    @property
    def ending(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    def open(self) -> BinaryIO:
        """The file's bytes as a stream. Raises ArchiveDamaged for what cannot be unpacked."""
        if not self.inside:
            return self.path.open("rb")
        try:
            # It has all that a file has that is only read.
            return cast(BinaryIO, _zip(self.path, self.path.stat().st_mtime_ns).open(self.inside))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, KeyError, OSError) as error:
            raise _damaged(self.path, error) from error

    def read(self, most: int) -> bytes:
        """The whole of a small file. Raises TooLarge for one of more bytes than `most`."""
        try:
            with self.open() as source:
                content = source.read(most + 1)
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise _damaged(self.path, error) from error
        if len(content) > most:
            raise TooLarge
        return content

    def head(self, size: int = 16_384) -> bytes:
        """Its first bytes; none if it cannot be read."""
        try:
            with self.open() as source:
                return source.read(size)
        except (ImportRefused, zipfile.BadZipFile, OSError, EOFError):
            return b""


def members_of(path: Path) -> Iterator[Member]:
    """Every file of an archive, in the order of their names; hidden ones and links are passed over."""
    if path.is_dir():
        for number, file in enumerate(sorted(_files(path))):
            if number >= MOST_FILES:
                raise ImportRefused(f"{path} holds more than {MOST_FILES:,} files; nothing was imported.")
            yield Member(file.relative_to(path).as_posix(), file)
    elif is_zip(path):
        for name in sorted(names_in_zip(path)):
            yield Member(name, path, name)
    else:
        yield Member(path.name, path)


def members_ending(path: Path, *endings: str) -> Iterator[Member]:
    """The files of an archive with one of these endings; a file that was given itself, whatever its ending."""
    for member in members_of(path):
        if member.ending in endings or (member.path == path and not member.inside):
            yield member


def is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as source:
            return source.read(4) == ZIP
    except OSError:
        return False


def names_in_zip(path: Path) -> list[str]:
    """The names of the files in a ZIP archive. Raises ArchiveDamaged for one that is broken."""
    try:
        infos = _zip(path, path.stat().st_mtime_ns).infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise _damaged(path, error) from error
    # A link is a file here whose upper bits say otherwise.
    names = (info.filename for info in infos if not info.is_dir() and (info.external_attr >> 28) != 0xA)
    return [name for name in names if not _is_hidden(PurePosixPath(name))][:MOST_FILES]


def read_each(members: list[Member], on_bytes: Callable[[int], None] | None) -> Iterator[Member]:
    """The files in turn, telling how many were read: as `Opening.on_bytes` is told of a folder."""
    for number, member in enumerate(members, 1):
        yield member
        if on_bytes is not None:
            on_bytes(number)


def _files(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_symlink() or _is_hidden(PurePosixPath(entry.name)):
            continue
        if entry.is_dir():
            yield from _files(entry)
        elif entry.is_file():
            yield entry


def _is_hidden(name: PurePosixPath) -> bool:
    return any(part.startswith(_HIDDEN) for part in name.parts)


@lru_cache(maxsize=2)
def _zip(path: Path, changed: int) -> zipfile.ZipFile:
    """An archive that stays open: its list of files is read once."""
    return zipfile.ZipFile(path)


def _damaged(path: Path, error: Exception) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{path.name} cannot be unpacked ({error}); nothing was imported; make or download the archive again.",
        path=path,
    )
