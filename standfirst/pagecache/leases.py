"""Who renders a page that several ask for at once: one of them, while the others wait a moment.

A lease is a lock on one byte of a file, which the system gives back when its holder dies, however it dies. It spares
work and guards nothing: whoever does not get one in time renders the page itself.
"""

import fcntl
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

Kept = TypeVar("Kept")

# No reader waits longer for somebody else's rendering.
SECONDS_TO_WAIT = 0.25
SECONDS_BETWEEN_LOOKS = 0.004
BYTES = 1 << 30


class Leases:
    """The leases of one machine: between its processes by the file, within a process by a set."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._process = 0
        self._held: set[int] = set()
        self._lock = threading.Lock()

    @contextmanager
    def lease(self, asked: str) -> Iterator[bool]:
        """Whether the rendering of this page is ours to do."""
        place = zlib.crc32(asked.encode()) % BYTES
        is_ours = self._take(place)
        try:
            yield is_ours
        finally:
            if is_ours:
                self._give_back(place)

    def wait_for(self, asked: str, find: Callable[[], Kept | None]) -> Kept | None:
        """What `find` finds once another has rendered this page; None after a moment, or if nothing was kept."""
        place = zlib.crc32(asked.encode()) % BYTES
        end = time.monotonic() + SECONDS_TO_WAIT
        while time.monotonic() < end:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            is_over = self._take(place)
            if is_over:
                self._give_back(place)
            if (found := find()) is not None or is_over:
                return found
        return None

    def _take(self, place: int) -> bool:
        with self._lock:
            self._open()
            if place in self._held:
                return False
            try:
                assert self._file is not None
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
            except OSError:
                return False
            self._held.add(place)
            return True

    def _give_back(self, place: int) -> None:
        with self._lock:
            self._held.discard(place)
            assert self._file is not None
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    def _open(self) -> None:
        if self._process != os.getpid():  # Locks are a process's own and are not inherited.
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._process, self._held = os.getpid(), set()
