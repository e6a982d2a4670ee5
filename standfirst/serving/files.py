"""Files, sent without a Python thread: by the HTTP server, which reads as fast as the reader does, or by the one before us.

Whatever view answers with a file (Django's `FileResponse`, Wagtail's documents, WhiteNoise) comes through here, by the
`wsgi.file_wrapper` of PEP 3333; here, then, is where parts of files are cut (RFC 9110, section 14).
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

Headers = list[tuple[str, str]]

BLOCK = 64 * 1024
# No file has more bytes than 30 digits say, and Python refuses to read some thousands of them.
_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,30})\s*-\s*(\d{0,30})\s*", re.ASCII | re.IGNORECASE)


class File:
    """What an application answers with when it wants a file sent (PEP 3333, `wsgi.file_wrapper`)."""

    def __init__(self, file: Any, block_size: int = BLOCK) -> None:
        self.file = file
        self.block_size = block_size

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: bytes(self.file.read(self.block_size)), b"")

    def close(self) -> None:
        if hasattr(self.file, "close"):
            self.file.close()

    def place(self) -> "Place | None":
        """Where the file lies on the disk and what of it is meant; None for what only looks like a file."""
        try:
            name, here = self.file.name, os.fstat(self.file.fileno())
            start = self.file.tell()
            if (
                not isinstance(name, str)
                or not os.path.isabs(name)
                or not os.path.samestat(os.stat(name), here)
            ):
                return None
        except (AttributeError, OSError, ValueError):
            return None
        return Place(name, start, here.st_size)


class Place(NamedTuple):
    """A part of a file on the disk: from `start` up to, and without, `end`."""

    path: str
    start: int
    end: int


class Sent(NamedTuple):
    """What goes out for a file: a status, headers, and the part of it that follows them, if any does."""

    status: int
    headers: Headers
    place: Place | None


def part_asked_for(
    environ: Mapping[str, Any], part: str, status: int, headers: Headers, place: Place
) -> Sent:
    """The file, or the one part of it that the reader asked for; `part` is what stood in the header Range.

    RFC 9110: a part is for GET alone, of an answer that would be 200 (14.2), if the reader's copy is of this file
    (13.1.5). Of several parts at once, and of what can't be read, nothing is understood: the whole is sent.
    """
    size = place.end - place.start
    if status != 200:
        return Sent(status, _with(headers, Content_Length=str(size)), place)
    headers = _with(headers, Accept_Ranges="bytes")
    asked = (
        _RANGE.fullmatch(part) if environ["REQUEST_METHOD"] == "GET" and _is_same(environ, headers) else None
    )
    first, last = asked.groups() if asked else ("", "")
    if not (first or last) or (first and last and int(first) > int(last)):
        return Sent(200, _with(headers, Content_Length=str(size)), place)
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    if start >= end:
        without = [pair for pair in headers if pair[0].lower() != "content-type"]
        return Sent(416, _with(without, Content_Range=f"bytes */{size}", Content_Length="0"), None)
    headers = _with(headers, Content_Range=f"bytes {start}-{end - 1}/{size}", Content_Length=str(end - start))
    return Sent(206, headers, Place(place.path, place.start + start, place.start + end))


class Elsewhere:
    """Folders whose files the server before us sends, and what each is called there: nginx's `X-Accel-Redirect`.

    https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ignore_headers
    """

    def __init__(self, folders: Mapping[Path, str]) -> None:
        self._folders = {os.path.join(folder.resolve(), ""): prefix for folder, prefix in folders.items()}

    def sends(self, status: int, headers: Headers, place: Place) -> Sent | None:
        """What tells the server before us to send the file; None if it is for us to send."""
        if status != 200 or place.start:
            return None
        path = os.path.realpath(place.path)
        for folder, prefix in self._folders.items():
            if path.startswith(folder):
                # It cuts the parts, too, and counts what it sends.
                left = [
                    pair for pair in headers if pair[0].lower() not in ("content-length", "accept-ranges")
                ]
                return Sent(200, [*left, ("X-Accel-Redirect", prefix + quote(path[len(folder) :]))], None)
        return None


def _with(headers: Headers, **more: str) -> Headers:
    named = {name.replace("_", "-"): value for name, value in more.items()}
    replaced = {name.lower() for name in named}
    return [*(pair for pair in headers if pair[0].lower() not in replaced), *named.items()]


def _is_same(environ: Mapping[str, Any], headers: Headers) -> bool:
    """Whether what the reader has a part of already, by If-Range, is this file. RFC 9110, section 13.1.5."""
    validator = environ.get("HTTP_IF_RANGE", "").strip()
    if not validator:
        return True
    name = "etag" if validator.startswith('"') else "last-modified"
    # A weak tag (W/"…") proves nothing of bytes, and equals no date.
    return any(pair[0].lower() == name and pair[1] == validator for pair in headers)
