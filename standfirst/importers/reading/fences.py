"""A fence around each record: what is odd about one is said of that one, and the others come in.

Parsers are given bounds where they are called. What no bound foresaw ends here: an error, elements or values within each
other without end, and a record that takes longer to read than any that somebody wrote.
"""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.records import Refused

Item = TypeVar("Item")

# The longest text there is takes some hundredths of one.
SECONDS = 20.0
_log = logging.getLogger(__name__)


class TookTooLong(BaseException):
    """Raised wherever the reading of a record has come to when its time is up; no `except Exception` keeps it."""


def fenced(make: Callable[[], Item], *, kind: str, record: str, seconds: float = SECONDS) -> Item | Refused:
    """What `make` makes of a record, or why nothing can be made of it.

    What is wrong with the whole archive (ImportRefused) goes through. `kind` and `record` name it in the report.
    """
    try:
        with _within(seconds):
            return make()
    except ImportRefused:
        raise
    except TookTooLong:
        return Refused(kind, f"takes longer than {seconds:g} seconds to read", record)
    except Exception as error:
        _log.debug("%s was refused", record, exc_info=True)
        return Refused(kind, why(error), record)


def why(error: Exception, done: str = "read") -> str:
    """The reason a record is refused for, in words; `done` is what could not be done with it."""
    if isinstance(error, RecursionError):
        return "holds elements or values within each other without end"
    if isinstance(error, MemoryError):
        return "takes more memory than there is"
    said = " ".join(str(error).split())[:200]
    return f"cannot be {done} ({type(error).__name__}{f': {said}' if said else ''})"


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Ends what takes longer, where that is possible: in a process's main thread, and where nobody else uses its alarm."""
    if threading.current_thread() is not threading.main_thread() or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return
    before = signal.signal(signal.SIGALRM, _time_is_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _time_is_up(number: int, frame: FrameType | None) -> None:
    raise TookTooLong
