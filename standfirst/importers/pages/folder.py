"""Walks a folder of saved pages: which files are pages, of which host, and where its pictures lie.

`wget --mirror` leaves a folder for each host, and beside a page it converted the page as it was (`.orig`). A browser
leaves `Title.html` and `Title_files/`. Both may stand in any folder around them.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from standfirst.importers.reading.addresses import file_address, host_name

MOST_FILES = 2_000_000
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]{1,}(?:[:+]\d{2,5})?|localhost(?:[:+]\d{2,5})?|\d{1,3}(?:\.\d{1,3}){3}(?:[:+]\d{2,5})?"
)
_PAGE = re.compile(r"\.(?:x?html?|shtml|php|aspx?|jsp|cfm|mht)(?:\Z|[?@])", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"\.(?:orig|bak|tmp|part|css|js|mjs|json|xml|rss|atom|txt|svg|woff2?|ttf|eot|ico|map|pdf|zip|gz)(?:\Z|[?@])",
    re.I,
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)(?:\Z|[?@])", re.IGNORECASE)
_BESIDE = re.compile(r"_files\Z|\.files\Z|-Dateien\Z|_fichiers\Z|_archivos\Z|_bestanden\Z", re.IGNORECASE)
_FILE_HOST = "saved.invalid"


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that may be a page."""

    path: str  # below the folder that was given
    host: str  # of its folder; empty where a browser saved it
    below: str  # its path below the host's folder

    @property
    def base(self) -> str:
        """The address links in it are relative to."""
        return f"http://{self.host or _FILE_HOST}/{quote(self.below, safe='/:@!$&()*+,;=~')}"

    @property
    def address(self) -> str:
        """The address it has, as long as it does not say so itself."""
        return f"http://{self.host or _FILE_HOST}{file_address(self.below)}"


@dataclass(slots=True)
class SavedFolder:
    """A folder somebody saved pages into."""

    root: Path
    hosts: Counter[str] = field(default_factory=Counter)  # pages in each host's folder
    copies: int = 0  # pages as they were before wget converted their links
    pictures: int = 0
    others: int = 0
    pages: list[SavedFile] = field(default_factory=list)

    def file_of(self, url: str) -> str:
        """The file below the folder an address was saved as, if it is there."""
        for candidate in candidates(url):
            try:
                full = (self.root / candidate).resolve()
                if full.is_relative_to(self.root) and full.is_file():
                    return candidate
            except (OSError, ValueError):
                continue
        return ""


def walk(root: Path) -> SavedFolder:
    """Every page of the folder, in an order that is always the same. Links are not followed out of it, nor in circles."""
    found = SavedFolder(root.resolve())
    count = 0
    for folder, folders, files in os.walk(found.root):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name != "__MACOSX" and not _BESIDE.search(name)
        )
        for name in sorted(files):
            count += 1
            if count > MOST_FILES:
                return found
            path = os.path.relpath(os.path.join(folder, name), found.root).replace(os.sep, "/")
            if name.startswith("."):
                continue
            if name.endswith(".orig"):
                found.copies += 1
            elif _PICTURE.search(name):
                found.pictures += 1
            elif is_page_name(path):
                found.pages.append(SavedFile(path, *_host_of(path)))
            else:
                found.others += 1
    # Where nothing is called by a host, the folder itself may be one's.
    own = found.root.name
    if _HOST.fullmatch(own.lower()) and "." in own and not any(page.host for page in found.pages):
        found.pages = [SavedFile(page.path, own, page.path) for page in found.pages]
    for page in found.pages:
        found.hosts[page.host] += 1
    return found


def is_page_name(path: str) -> bool:
    name = path.rpartition("/")[2]
    return bool(_PAGE.search(name)) or ("." not in name.lstrip(".") and not _NOT_A_NAME.search(name))


def _host_of(path: str) -> tuple[str, str]:
    """The host whose folder a file lies in, and its path below that."""
    parts = path.split("/")
    for number, part in enumerate(parts[:-1][:6]):
        if _HOST.fullmatch(part.lower()) and not _PAGE.search(part):
            return part.replace("+", ":"), "/".join(parts[number + 1 :])
    return "", path


def candidates(url: str) -> Iterator[str]:
    """The paths an address may have been saved under."""
    if not url.startswith(("http://", "https://")):
        # The path of a file, as `file_of` gives it; written into HTML, it comes back with its spaces encoded.
        yield from dict.fromkeys([url.lstrip("/"), unquote(url).lstrip("/")])
        return
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    if parts.netloc == _FILE_HOST:
        yield unquote(parts.path).lstrip("/")
        return
    path = unquote(parts.path).lstrip("/")
    names = [path]
    if parts.query:
        query = unquote(parts.query)
        names = [f"{path}?{query}", f"{path}@{query}", path]
    hosts = dict.fromkeys(
        [parts.netloc, parts.netloc.replace(":", "+"), f"www.{parts.netloc}", host_name(parts.netloc)]
    )
    for host in filter(None, hosts):
        for name in names:
            yield f"{host}/{name}"
    yield from names


@dataclass(frozen=True, slots=True)
class SavedPictures:
    """Where the pictures of a folder of saved pages are: beside the pages, or in a folder that was named for them."""

    folder: Path | None
    hosts: tuple[str, ...] = ()  # others the site was known by

    def path_of(self, url: str) -> str:
        return url

    def candidates(self, path: str) -> Iterable[str]:
        yield from candidates(path)
        try:
            parts = urlsplit(path if path.startswith("http") else "")
        except ValueError:
            return
        if parts.netloc and host_name(parts.netloc) in {host_name(host) for host in self.hosts}:
            for host in self.hosts:
                yield from candidates(parts._replace(netloc=host).geturl())
