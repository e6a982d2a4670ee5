"""The files of a folder, or of a tar or ZIP archive that holds one.

An archive is unpacked into a temporary folder first: texts, pictures and data only, within bounds, and nothing of it by
way of a path that leads out or a link. Nothing is ever written into a folder that was given.
"""

import hashlib
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from standfirst.importers.errors import ArchiveDamaged, ImportRefused, NotAnArchive
from standfirst.importers.reading.memory import state_of_file
from standfirst.importers.reading.workers import in_batches

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx"})
TEXTS = MARKDOWN | {".rst", ".rest", ".html", ".htm", ".xhtml"}
# Languages of texts that nobody here reads yet.
UNREAD_LANGUAGES = {
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org",
    ".textile": "Textile",
    ".mediawiki": "MediaWiki's markup",
    ".tex": "LaTeX",
    ".docx": "Word",
    ".odt": "OpenDocument",
}
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"})
DATA = frozenset({".yml", ".yaml", ".toml", ".json", ".py", ".meta", ".js", ".cjs", ".mjs", ".ts"})
IGNORES = ".eleventyignore"
MOST_FILES = 1_000_000
MOST_BYTES = 20_000_000_000
LARGEST_TEXT = 10_000_000
PART, HEAVIEST_PART = 50, 1_000_000
# What no writer put there: not looked into, and counted as one each.
CLOSED = frozenset(
    [
        "node_modules",
        "bower_components",
        "vendor",
        "__pycache__",
        "_site",
        "_sass",
        "_includes",
        "_layouts",
        "_plugins",
        "layouts",
        "archetypes",
        "themes",
        "templates",
        "venv",
        "__MACOSX",
    ]
)


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of one folder, by their paths inside it, in order."""

    root: Path
    name: str  # what the folder or the archive was called
    texts: tuple[str, ...]
    pictures: tuple[str, ...]
    data: tuple[str, ...]
    others: tuple[str, ...]  # files of other kinds
    closed: tuple[str, ...]  # folders that were not looked into
    unpacked: "tempfile.TemporaryDirectory[str] | None" = field(default=None, compare=False, repr=False)

    def read(self, path: str) -> str:
        """A file's text; what is no UTF-8 is read as Windows wrote it. Raises OSError for what can't be read."""
        with open(f"{self.root}/{path}", "rb") as source:  # a `Path` takes as long as the reading
            return decoded(source.read(LARGEST_TEXT))

    def parts(self) -> Iterator[list[str]]:
        """The texts in order, as many at a time as one process reads at once."""
        return in_batches(self.texts, most=PART, heaviest=HEAVIEST_PART, weigh=self._size)

    def state(self) -> str:
        """What differs once a file was changed, came or went."""
        digest = hashlib.blake2b(digest_size=16)
        for path in (*self.texts, *self.pictures, *self.data):
            digest.update(repr((path, state_of_file(self.root / path))).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _size(self, path: str) -> int:
        try:
            return os.stat(f"{self.root}/{path}").st_size
        except OSError:
            return 0


def decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").replace("\r\n", "\n")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_archive(head: bytes) -> bool:
    """Whether a file begins as a tar, a compressed tar or a ZIP archive does."""
    return head.startswith((b"\x1f\x8b", b"PK\x03\x04")) or head[257:262] == b"ustar"


def names_in(path: Path, most: int = 4000) -> Iterator[str]:
    """The first names in a folder or an archive, as deep as it goes; nothing for what is neither."""
    if path.is_dir():
        for number, (name, _) in enumerate(_walk(path)):
            if number >= most:
                return
            yield name
        return
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from archive.namelist()[:most]
            return
        with tarfile.open(path, "r:*") as packed:
            for number, member in enumerate(packed):
                if number >= most:
                    return
                if member.isfile():
                    yield member.name
    except (tarfile.TarError, zipfile.BadZipFile, OSError, EOFError, ValueError):
        return


def open_tree(path: Path, on_files: Callable[[int], None] | None = None) -> Tree:
    """The files below a path. Raises ImportRefused for an archive that is damaged or over the bounds."""
    if path.is_dir():
        return _gathered(path, path.resolve().name, None)
    unpacked = tempfile.TemporaryDirectory(prefix="standfirst-import-")
    try:
        others = _unpack(path, Path(unpacked.name), on_files)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError) as error:
        raise ArchiveDamaged(
            f"{path.name} cannot be unpacked ({error}); nothing was imported; make or download the archive again.",
            path=path,
        ) from error
    name = path.name
    for ending in (".gz", ".tgz", ".tar", ".zip"):
        name = name.removesuffix(ending)
    return _gathered(Path(unpacked.name), name, unpacked, others)


def _gathered(
    folder: Path, name: str, unpacked: "tempfile.TemporaryDirectory[str] | None", more: tuple[str, ...] = ()
) -> Tree:
    root, beginning = folder, ""
    while (inner := _only_folder(root)) is not None:
        root, beginning = root / inner, f"{beginning}{inner}/"
    kinds: dict[str, list[str]] = {"texts": [], "pictures": [], "data": [], "others": [], "closed": []}
    for number, (path, is_closed) in enumerate(_walk(root)):
        if number > MOST_FILES:
            raise ImportRefused(
                f"{name} holds more than {MOST_FILES:,} files; nothing was imported; import it in parts."
            )
        kinds["closed" if is_closed else _kind(path)].append(path)
    kinds["others"] += [path.removeprefix(beginning) for path in more]
    return Tree(
        root,
        name,
        texts=tuple(kinds["texts"]),
        pictures=tuple(kinds["pictures"]),
        data=tuple(kinds["data"]),
        others=tuple(kinds["others"]),
        closed=tuple(kinds["closed"]),
        unpacked=unpacked,
    )


def _only_folder(folder: Path) -> str | None:
    """The one folder inside that everything is in, as an archive of a repository has it."""
    try:
        entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    except OSError:
        return None
    if len(entries) == 1 and entries[0].is_dir(follow_symlinks=False) and not _is_of_a_site(entries[0].name):
        return entries[0].name
    return None


def _is_of_a_site(name: str) -> bool:
    return name.startswith("_") or name in ("content", "posts", "blog", "src", "pages", "articles")


def _walk(root: Path, inside: str = "") -> Iterator[tuple[str, bool]]:
    """Paths of files, in order, and of folders that are not looked into. Links are not followed."""
    try:
        entries = sorted(os.scandir(root / inside if inside else root), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_symlink():
            continue
        path = f"{inside}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if entry.name in CLOSED or entry.name.startswith("."):
                yield path, True
            else:
                yield from _walk(root, f"{path}/")
        elif entry.is_file(follow_symlinks=False):
            yield path, False


def language_of(path: str) -> str:
    """What a text is written in, where nobody here reads it; empty for everything else."""
    return UNREAD_LANGUAGES.get(os.path.splitext(path)[1].lower(), "")


def _kind(path: str) -> str:
    ending = os.path.splitext(path)[1].lower()
    if path.rpartition("/")[2] == IGNORES:
        return "data"
    for kind, endings in (("texts", TEXTS), ("pictures", PICTURES), ("data", DATA)):
        if ending in endings:
            return kind
    return "others"


# --------------------------------------------------------------------------------------------------------- unpacking


def _unpack(path: Path, target: Path, on_files: Callable[[int], None] | None) -> tuple[str, ...]:
    """Writes what is wanted of an archive into a folder; returns the names of the rest."""
    others: list[str] = []
    left = MOST_BYTES
    number = 0
    for number, (name, size, source) in enumerate(_members(path), 1):
        if number > MOST_FILES or size > left:
            raise ImportRefused(
                f"{path.name} unpacks to more than {MOST_FILES:,} files or {MOST_BYTES // 10**9} GB; nothing was "
                "imported; unpack it yourself and import the folder."
            )
        inside = safe_path(name)
        if not inside:
            continue
        if _kind(inside) == "others" or _is_closed(inside):
            others.append(inside)
            continue
        left -= _copy(source(), target / inside, left)
        if on_files is not None and number % 500 == 0:
            on_files(number)
    if not number:
        raise NotAnArchive(f"{path.name} is an archive without a file in it; nothing was imported.")
    return tuple(others)


def _members(path: Path) -> Iterator[tuple[str, int, Callable[[], IO[bytes]]]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                # A link is a file here whose upper bits say otherwise.
                if not info.is_dir() and (info.external_attr >> 28) != 0xA:
                    yield info.filename, info.file_size, lambda info=info: archive.open(info)  # type: ignore[misc]
        return
    with tarfile.open(path, "r|*") as packed:
        for member in packed:
            if member.isfile():
                yield member.name, member.size, lambda member=member: _opened(packed, member)  # type: ignore[misc]


def _opened(packed: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    source = packed.extractfile(member)
    if source is None:
        raise tarfile.ReadError(f"{member.name} has no content")
    return source


def safe_path(name: str) -> str:
    """A path inside an archive as one inside a folder; empty for one that leads out of it."""
    if "\\" in name or "\0" in name or name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return ""
    parts = [part for part in PurePosixPath(name).parts if part != "."]
    if not parts or ".." in parts or any(len(part.encode("utf-8", "replace")) > 255 for part in parts):
        return ""
    return "/".join(parts)


def _is_closed(path: str) -> bool:
    return any(part in CLOSED or part.startswith(".") for part in path.split("/")[:-1])


def _copy(source: IO[bytes], target: Path, most: int) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    # What an archive says of a file's size may be false; only what comes out counts.
    with source, target.open("wb") as out:
        while chunk := source.read(1 << 20):
            written += len(chunk)
            if written > most:
                raise ImportRefused("The archive unpacks to more than it says; nothing was imported.")
            out.write(chunk)
    return written
