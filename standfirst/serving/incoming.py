"""What may be brought in with a request, by whom, and how long that may take.

A body is taken in before a Python thread is given to its request, so that slow ones cost no more than their connection.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Enough for logging in, and for any form that asks a reader for words.
ANYBODYS_BYTES = 64 * 1024
# A body has so long, and a second more for each so many bytes of it that have come.
SECONDS_TO_BEGIN = 20.0
BYTES_A_SECOND = 2_000


class Refused(Exception):
    """A request is answered without being looked into. Says why, as HTTP has it."""

    def __init__(self, status: int, said: str, **headers: str) -> None:
        super().__init__(said)
        self.status = status
        self.said = said
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Gone(Exception):
    """Whoever was sending has hung up."""


class Body(Protocol):
    """The bytes that follow a request's headers, as they come."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...


class Store(Protocol):
    """Where a body is put."""

    def write(self, data: bytes, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Entrance:
    """Who may bring what in. Whoever is logged in may bring pictures; everybody else a form's words, and only to a form."""

    # Beginnings of addresses that take anything in at all.
    forms: tuple[str, ...]
    editors_bytes: int
    session_cookie: str
    # Whether a request comes from somebody who is logged in. Asks the database.
    is_editor: Callable[[Mapping[str, Any]], bool]
    anybodys_bytes: int = ANYBODYS_BYTES

    def room_for(self, environ: Mapping[str, Any]) -> int | None:
        """How many bytes a request's body may have, whoever sends it; None if that depends on who does.

        Raises Refused for a request that may not bring anything, and for one that says it brings too much.
        """
        if not environ["PATH_INFO"].startswith(self.forms):
            raise Refused(405, "Nothing can be sent to this address.", Allow="GET, HEAD, OPTIONS")
        size = size_of(environ)
        if size is not None and size <= self.anybodys_bytes:
            return self.anybodys_bytes
        if size is not None and size > self.editors_bytes:
            raise Refused(413, "That is too much.")
        if not self.has_session(environ):
            if size is not None:
                raise Refused(413, "That is too much without being logged in.")
            return self.anybodys_bytes
        return None

    def has_session(self, environ: Mapping[str, Any]) -> bool:
        """Whether a request says that its sender is logged in."""
        return f"{self.session_cookie}=" in environ.get("HTTP_COOKIE", "")

    def room_for_sender(self, environ: Mapping[str, Any]) -> int:
        """How many bytes the body may have, by who sends it. Asks the database; raises Refused."""
        if self.is_editor(environ):
            return self.editors_bytes
        if size_of(environ) is not None:
            raise Refused(413, "That is too much without being logged in.")
        return self.anybodys_bytes


async def take_in(
    body: Body, store: Store, *, size: int | None, limit: int, patience: float = SECONDS_TO_BEGIN
) -> int:
    """Put a body into the store, and return its size. Raises Refused if it is too large or too slow; Gone if it ends early.

    `size` is what the request says it has, None if it does not say. It has `patience` seconds, and one more for each
    BYTES_A_SECOND that have come.
    """
    began, received, ends = time.monotonic(), 0, 0
    try:
        async with asyncio.timeout(patience) as deadline:
            async for data in body:
                # The server gives an empty piece for the end, and one more before it if the sender hung up.
                ends += not data
                received += len(data)
                if received > limit:
                    raise Refused(413, "That is too much.")
                store.write(data)
                left = patience + received / BYTES_A_SECOND - (time.monotonic() - began)
                deadline.reschedule(asyncio.get_running_loop().time() + left)
    except TimeoutError:
        raise Refused(408, "That took too long.") from None
    if received != size if size is not None else ends > 1:
        raise Gone
    return received


def size_of(environ: Mapping[str, Any]) -> int | None:
    """How many bytes follow a request's headers; None if it does not say. RFC 9112, section 6."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return None
    return int(environ.get("CONTENT_LENGTH") or 0)
