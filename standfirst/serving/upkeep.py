"""Keeps the publication in order beside the scheduler: tells caches and a hub what changed, sweeps ours, forgets attempts.

Each has a thread and a pace of its own, so that a cache outside that does not answer holds up nothing else.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import close_old_connections, connection
from django.utils import timezone

from standfirst.backoffice.logging_in import forget_old_attempts
from standfirst.feeds import conf as feeds
from standfirst.feeds.hub import WebSubHub
from standfirst.feeds.telling import tell_due
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


class TellingOutside:
    """Tells the cache outside what is due; first of all that it must forget another edition's pages."""

    def __init__(self) -> None:
        self._has_begun = False

    def __call__(self) -> None:
        if not self._has_begun:
            edition_serves()
            self._has_begun = True
        deliver_due(timezone.now(), purger())


def chores() -> list[Chore]:
    """What there is to do in this publication."""
    found = [
        Chore("sweep the kept pages", lambda: store.sweep(limit=settings().limit), 10),
        Chore("forget old attempts to log in", forget_old_attempts, 600),
    ]
    if address := feeds.settings().hub:
        hub = WebSubHub(address)
        found.append(Chore("tell the hub", lambda: tell_due(timezone.now(), hub), 1))
    if settings().purger:
        found.append(Chore("tell the cache outside", TellingOutside(), 0.5))
    return found


@contextmanager
def upkeep(stop: threading.Event) -> Iterator[None]:
    """While this lasts the chores are done. It ends within a moment of `stop`, whatever request is under way."""
    threads = [
        threading.Thread(target=chore.run, args=(stop,), name=chore.name, daemon=True) for chore in chores()
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            # What is cut short is told again after the next start.
            thread.join(1)
