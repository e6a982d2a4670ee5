"""Keeps the page cache in order beside the scheduler: tells caches outside what changed, and sweeps ours.

Each has a thread and a pace of its own, so that a cache outside that does not answer holds up nothing else.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import close_old_connections, connection
from django.utils import timezone

from standfirst.pagecache import store
from standfirst.pagecache.actions import edition_serves
from standfirst.pagecache.conf import settings
from standfirst.pagecache.delivery import deliver_due
from standfirst.pagecache.purgers import purger

log = logging.getLogger("standfirst.upkeep")

SECONDS_AFTER_TROUBLE = 5.0


@dataclass(frozen=True, slots=True)
class Chore:
    """Something done over and over, until told to stop. Trouble is logged and waited out."""

    name: str
    do: Callable[[], object]
    seconds: float

    def run(self, stop: threading.Event) -> None:
        pause = 0.0
        while not stop.wait(pause):
            pause = self.seconds
            try:
                close_old_connections()
                self.do()
            except Exception:
                pause = max(self.seconds, SECONDS_AFTER_TROUBLE)
                log.exception("Could not %s; trying again in %s seconds.", self.name, pause)
                connection.close()
        connection.close()


def chores() -> list[Chore]:
    """What there is to do in this publication."""
    found = [Chore("sweep the kept pages", lambda: store.sweep(limit=settings().limit), 10)]
    if settings().purger:
        found.append(Chore("tell the cache outside", lambda: deliver_due(timezone.now(), purger()), 0.5))
    return found


@contextmanager
def upkeep(stop: threading.Event) -> Iterator[None]:
    """While this lasts, what is due is done. It ends within a moment of `stop`, save for a request under way."""
    # First of all: what was kept outside under another edition is told before any change is.
    once = Chore("say which edition is served", _say_edition_until_said(), 1)
    threads = [
        threading.Thread(target=chore.run, args=(stop,), name=chore.name, daemon=True)
        for chore in [once, *chores()]
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            # What is killed in the middle of a request is told again after the next start.
            thread.join(1)
