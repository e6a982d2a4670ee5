"""Does at its time what an editor has put down for later: publishes, takes offline, ends embargoes.

One of these runs beside the web processes of `standfirst serve`. Two at once do no harm: each object is looked at
again inside the transaction that changes it.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from standfirst.articles.actions import lift_embargoes
from standfirst.articles.queries import next_due
from standfirst.database.turns import in_turn

log = logging.getLogger("standfirst.scheduler")

Clock = Callable[[], datetime]

# What another process has scheduled meanwhile is seen no later than this: nothing is ever a second late.
LONGEST_SLEEP = timedelta(seconds=0.5)
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing whose time has come."""

    name: str
    do: Callable[[], bool]


@dataclass
class Scheduler:
    """Does what is due, and knows when to look again."""

    clock: Clock = timezone.now
    # What failed, and when it is tried again after which pause.
    _resting: dict[str, tuple[datetime, timedelta]] = field(default_factory=dict)

    def run_due(self) -> int:
        """Do everything that is due, each in a transaction of its own, and say how much was done.

        What fails is logged, left for a while and tried again; it holds up nothing else.
        """
        now = self.clock()
        return sum(self._attempt(due, now) for due in _due(now)) + lift_embargoes(at=now)

    def sleep_for(self) -> float:
        """Seconds until the next thing is due, at most LONGEST_SLEEP."""
        now = self.clock()
        due = next_due()
        if due is None or due <= now:  # What is overdue has failed, and rests.
            return LONGEST_SLEEP.total_seconds()
        return min(due - now, LONGEST_SLEEP).total_seconds()

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop. Trouble with the database is waited out."""
        while not stop.is_set():
            seconds = LONGEST_SLEEP.total_seconds()
            try:
                close_old_connections()
                self.run_due()
                settings.HEARTBEAT.touch()
                seconds = self.sleep_for()
            except Exception:
                log.exception("The schedule could not be read; trying again in %s seconds.", seconds)
                connection.close()
            stop.wait(seconds)
        connection.close()

    def _attempt(self, due: Due, now: datetime) -> bool:
        until, pause = self._resting.get(due.name, (now, FIRST_RETRY / 2))
        if until > now:
            return False
        try:
            with in_turn():
                was_done = due.do()
        except Exception:
            pause = min(pause * 2, LAST_RETRY)
            self._resting[due.name] = (now + pause, pause)
            log.exception("Could not %s; trying again in %s.", due.name, pause)
            return False
        self._resting.pop(due.name, None)
        return was_done


def _due(now: datetime) -> Iterator[Due]:
    # Publications first: a new version may replace the expiry of the one before. Those lists are made before
    # anything is done; the expiries are looked up after the publications, and so see what those have set.
    to_publish = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    for pk, title in list(to_publish.values_list("pk", "object_str")):
        yield Due(f"publish “{title}” (revision {pk})", partial(_publish, pk, now))
    for model in _models_with_drafts():
        expired = model._default_manager.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
        for pk in list(expired.values_list("pk", flat=True)):
            yield Due(f"take {model._meta.label} {pk} offline", partial(_take_offline, model, pk, now))


def _publish(pk: int, now: datetime) -> bool:
    revision = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=now).first()
    if revision is None:
        return False  # Another scheduler was first, or an editor thought better of it.
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _take_offline(model: Any, pk: int, now: datetime) -> bool:
    rows = model._default_manager.select_for_update()
    found = rows.filter(pk=pk, live=True, expire_at__lte=now).first()
    if found is None:
        return False
    # Whole, not as the bare page: an article's own rules see to its places in the archives.
    found = found.specific if isinstance(found, Page) else found
    planned = dict(
        found.revisions.filter(approved_go_live_at__gt=now).values_list("pk", "approved_go_live_at")
    )
    found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    # Wagtail drops every plan with an object it takes offline. An expiry is no change of mind: they stand.
    for revision, at in planned.items():
        Revision.objects.filter(pk=revision).update(approved_go_live_at=at)
    return True


def _models_with_drafts() -> list[Any]:
    others = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    return [Page, *others]
