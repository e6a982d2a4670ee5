"""Pages sent before, for the minutes in which the database cannot be reached."""

import threading

from .lookups import Found

# A page is sent without asking for so long after the database last said that it holds, and no longer.
SECONDS = 300
# Of pages, in each process.
BYTES = 16 * 1024 * 1024
# Never that a page is missing or gone: that may be because of what cannot be reached.
STATUSES = frozenset({200, 301})


class Remembered:
    """What one process has sent, and when the database last said that it holds."""

    def __init__(self, room: int = BYTES) -> None:
        self._all = self._room = room
        self._of_path: dict[str, tuple[Found, float]] = {}
        self._lock = threading.Lock()

    def note(self, path: str, found: Found, now: float) -> None:
        """The database has just said that this is the page."""
        before, _ = self._of_path.get(path, (None, 0.0))
        if before is not None and (before.page, before.answer.etag) == (found.page, found.answer.etag):
            found = before
        else:
            self._make_room(before, found)
        self._of_path[path] = (found, now)

    def last(self, path: str, now: float) -> Found | None:
        """The page as it was last, if that is not too long ago."""
        found, noted = self._of_path.get(path, (None, 0.0))
        if found is None or now - noted > SECONDS or found.answer.status not in STATUSES:
            return None
        return found

    def _make_room(self, before: Found | None, found: Found) -> None:
        with self._lock:
            if before is not None:
                self._room += before.answer.size_in_memory
            self._room -= found.answer.size_in_memory
            if self._room < 0:
                self._of_path = {}
                self._room = self._all - found.answer.size_in_memory
