"""Who does something long: one thread of a process at a time, a few may wait a moment, and who comes then is told to come back.

A card takes a tenth of a second, most of it outside Python's lock, and a list of a whole archive seconds; a crowd that asks
for many at once, as a crawler's does, must not take the threads that pages are rendered by. (FreeType's faces are one
thread's at a time, too.)
"""

import threading
from collections.abc import Callable
from typing import TypeVar

Done = TypeVar("Done")

SECONDS_TO_WAIT = 3.0
# A thread that waits renders nothing meanwhile.
MOST_WAITING = 1


class Turns:
    """Lets one at a time do something long."""

    def __init__(self, *, seconds: float = SECONDS_TO_WAIT, waiting: int = MOST_WAITING) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(waiting + 1)

    def take(self, do: Callable[[], Done]) -> Done | None:
        """What `do` returns; None if too many are at it already."""
        if not self._places.acquire(blocking=False):
            return None
        try:
            if not self._lock.acquire(timeout=self._seconds):
                return None
            try:
                return do()
            finally:
                self._lock.release()
        finally:
            self._places.release()


TURNS = Turns()
