"""Answers that say where a page is (301), or that there is none (404, 410): kept apart from pages, in memory.

Anybody can think of an address, so there is no end of them. As rows they would push out pages, and each would hold up
whoever writes; here they take so much room in each process and no more, and the least recently used go first. An answer
comes with the versions its keys had when it was rendered, and holds while they have them: that is asked of the database
each time (`lookups`), so it is gone with the commit that changes one, as a page is.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .answers import Answer

# In each process.
MOST = 2_000
MOST_BYTES = 8 * 1024 * 1024


@dataclass(slots=True)
class Signpost:
    """One such answer, and the versions that its keys had."""

    answer: Answer
    versions: Mapping[str, int]
    # The state of a SQLite file in which it was last found to hold.
    state: bytes = field(default=b"", compare=False)

    def is_of(self, versions: Iterable[Any]) -> bool:
        """Whether it was rendered when its keys had these versions, as rows; a key without one has never changed."""
        return dict.fromkeys(self.versions, 0) | dict(versions) == dict(self.versions)


class Signposts:
    """The answers of one process, by their path."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._room = most, most_bytes
        # Least recently used first.
        self._of_path: dict[str, Signpost] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._of_path)

    def get(self, path: str) -> Signpost | None:
        if path not in self._of_path:  # Most are asked for a page.
            return None
        with self._lock:
            if (signpost := self._of_path.pop(path, None)) is not None:
                self._of_path[path] = signpost
            return signpost

    def keep(self, path: str, signpost: Signpost) -> None:
        with self._lock:
            self._drop(path)
            self._of_path[path] = signpost
            self._room -= signpost.answer.size_in_memory
            while self._room < 0 or len(self._of_path) > self._most:
                self._drop(next(iter(self._of_path)))

    def drop(self, path: str) -> None:
        with self._lock:
            self._drop(path)

    def _drop(self, path: str) -> None:
        if (signpost := self._of_path.pop(path, None)) is not None:
            self._room += signpost.answer.size_in_memory
