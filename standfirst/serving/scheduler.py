"""Does at its time what an editor has put down for later: publishes, takes offline, ends embargoes.

One of these runs beside the web processes of `standfirst serve`. Two at once do no harm: each object is looked at
again inside the transaction that changes it.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.db import close_old_connections, connection, models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from standfirst.articles.actions import lift_embargoes
from standfirst.articles.models import ArticlePage

log = logging.getLogger("standfirst.scheduler")

Clock = Callable[[], datetime]

# What another process has scheduled meanwhile is seen no later than this.
LONGEST_SLEEP = timedelta(seconds=5)
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be done at one moment."""

    at: datetime
    order: int  # Of things due at once: a publication that replaces an expiry comes before it.
    what: str
    label: str
    pk: int | str


@dataclass
class Scheduler:
    """Does what is due, and knows when to look again."""

    clock: Clock = timezone.now
    _resting: dict[tuple[str, str, int | str], tuple[datetime, timedelta]] = field(default_factory=dict)

    def run_due(self) -> int:
        """Do everything that is due, each in a transaction of its own, and say how much was done.

        What fails is logged, left for a while and tried again; it holds up nothing else.
        """
        now = self.clock()
        done = 0
        for due in sorted(self._due(now), key=lambda due: (due.order, due.at)):
            key = (due.what, due.label, due.pk)
            until, pause = self._resting.get(key, (now, FIRST_RETRY / 2))
            if until > now:
                continue
            try:
                with transaction.atomic():
                    done += DOERS[due.what](apps.get_model(due.label), due.pk, now)
            except Exception:
                pause = min(pause * 2, LAST_RETRY)
                self._resting[key] = (now + pause, pause)
                log.exception("Could not %s %s %s; trying again in %s.", due.what, due.label, due.pk, pause)
            else:
                self._resting.pop(key, None)
        return done + lift_embargoes(at=now)

    def sleep_for(self) -> float:
        """Seconds until the next thing is due, at most LONGEST_SLEEP."""
        now = self.clock()
        moments = [moment for moment in _coming(now) if moment is not None]
        until_next = min(moments, default=now + LONGEST_SLEEP) - now
        return max(min(until_next, LONGEST_SLEEP).total_seconds(), 0.01)

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop. Trouble with the database is waited out."""
        while not stop.is_set():
            seconds = LONGEST_SLEEP.total_seconds()
            try:
                close_old_connections()
                self.run_due()
                seconds = self.sleep_for()
            except Exception:
                log.exception("The schedule could not be read; trying again in %s seconds.", seconds)
                connection.close()
            stop.wait(seconds)
        connection.close()

    def _due(self, now: datetime) -> Iterator[Due]:
        revisions = Revision.objects.filter(approved_go_live_at__lte=now)
        for pk, at in revisions.values_list("pk", "approved_go_live_at"):
            yield Due(at, 0, "publish", Revision._meta.label, pk)
        for model in _models_with_drafts():
            expired = model._default_manager.filter(live=True, expire_at__lte=now)
            for pk, at in expired.values_list("pk", "expire_at"):
                yield Due(at, 1, "take offline", model._meta.label, pk)


def _publish(model: type[Revision], pk: int, now: datetime) -> int:
    revision = model.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=now).first()
    if revision is None:
        return 0
    revision.publish(log_action="wagtail.publish.scheduled")
    return 1


def _take_offline(model: type[models.Model], pk: int, now: datetime) -> int:
    found = model._default_manager.select_for_update().filter(pk=pk, live=True, expire_at__lte=now).first()
    if found is None:
        return 0
    # Whole, not as the bare page: an article's own rules see to its places in the archives.
    found = found.specific if isinstance(found, Page) else found
    planned = dict(
        found.revisions.filter(approved_go_live_at__gt=now).values_list("pk", "approved_go_live_at")
    )
    found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    # Wagtail drops every plan with an object it takes offline. An expiry is no change of mind: they stand.
    for revision, at in planned.items():
        Revision.objects.filter(pk=revision).update(approved_go_live_at=at)
    return 1


DOERS[due.what](apps.get_model(due.label), due.pk, now)
            except Exception:
                pause = min(pause * 2, LAST_RETRY)
                self._resting[key] = (now + pause, pause)
                log.exception("Could not %s %s %s; trying again in %s.", due.what, due.label, due.pk, pause)
            else:
                self._resting.pop(key, None)
        return done + lift_embargoes(at=now)

    def sleep_for(self) -> float:
        """Seconds until the next thing is due, at most LONGEST_SLEEP."""
        now = self.clock()
        moments = [moment for moment in _coming(now) if moment is not None]
        until_next = min(moments, default=now + LONGEST_SLEEP) - now
        return max(min(until_next, LONGEST_SLEEP).total_seconds(), 0.01)

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop. Trouble with the database is waited out."""
        while not stop.is_set():
            seconds = LONGEST_SLEEP.total_seconds()
            try:
                close_old_connections()
                self.run_due()
                seconds = self.sleep_for()
            except Exception:
                log.exception("The schedule could not be read; trying again in %s seconds.", seconds)
                connection.close()
            stop.wait(seconds)
        connection.close()

    def _due(self, now: datetime) -> Iterator[Due]:
        revisions = Revision.objects.filter(approved_go_live_at__lte=now)
        for pk, at in revisions.values_list("pk", "approved_go_live_at"):
            yield Due(at, 0, "publish", Revision._meta.label, pk)
        for model in _models_with_drafts():
            expired = model._default_manager.filter(live=True, expire_at__lte=now)
            for pk, at in expired.values_list("pk", "expire_at"):
                yield Due(at, 1, "take offline", model._meta.label, pk)


def _publish(model: type[Revision], pk: int, now: datetime) -> int:
    revision = model.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=now).first()
    if revision is None:
        return 0
    revision.publish(log_action="wagtail.publish.scheduled")
    return 1


def _take_offline(model: type[models.Model], pk: int, now: datetime) -> int:
    found = model._default_manager.select_for_update().filter(pk=pk, live=True, expire_at__lte=now).first()
    if found is None:
        return 0
    # Whole, not as the bare page: an article's own rules see to its places in the archives.
    found = found.specific if isinstance(found, Page) else found
    found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return 1


DOERS[due.what](apps.get_model(due.label), due.pk, now)
            except Exception:
                pause = min(pause * 2, LAST_RETRY)
                self._resting[key] = (now + pause, pause)
                log.exception("Could not %s %s %s; trying again in %s.", due.what, due.label, due.pk, pause)
            else:
                self._resting.pop(key, None)
        return done + lift_embargoes(at=now)

    def sleep_for(self) -> float:
        """Seconds until the next thing is due, at most LONGEST_SLEEP."""
        now = self.clock()
        moments = [moment for moment in _coming(now) if moment is not None]
        until_next = min(moments, default=now + LONGEST_SLEEP) - now
        return max(min(until_next, LONGEST_SLEEP).total_seconds(), 0.01)

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop. Trouble with the database is waited out."""
        while not stop.is_set():
            seconds = LONGEST_SLEEP.total_seconds()
            try:
                close_old_connections()
                self.run_due()
                seconds = self.sleep_for()
            except Exception:
                log.exception("The schedule could not be read; trying again in %s seconds.", seconds)
                connection.close()
            stop.wait(seconds)
        connection.close()

    def _due(self, now: datetime) -> Iterator[Due]:
        revisions = Revision.objects.filter(approved_go_live_at__lte=now)
        for pk, at in revisions.values_list("pk", "approved_go_live_at"):
            yield Due(at, 0, "publish", Revision._meta.label, pk)
        for model in _models_with_drafts():
            expired = model._default_manager.filter(live=True, expire_at__lte=now)
            for pk, at in expired.values_list("pk", "expire_at"):
                yield Due(at, 1, "take offline", model._meta.label, pk)


def _publish(model: type[Revision], pk: int, now: datetime) -> int:
    revision = model.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=now).first()
    if revision is None:
        return 0
    revision.publish(log_action="wagtail.publish.scheduled")
    return 1


def _take_offline(model: type[models.Model], pk: int, now: datetime) -> int:
    found = model._default_manager.select_for_update().filter(pk=pk, live=True, expire_at__lte=now).first()
    if found is None:
        return 0
    # Whole, not as the bare page: an article's own rules see to its places in the archives.
    found = found.specific if isinstance(found, Page) else found
    found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return 1


def _end_embargo(model: type[ArticlePage], pk: int, now: datetime) -> int:
    article = model.objects.select_for_update().embargo_ended(at=now).filter(pk=pk).first()
    if article is None:
        return 0
    lift_embargo(article)
    return 1


DOERS: dict[str, Callable[..., int]] = {
    "publish": _publish,
    "take offline": _take_offline,
}


def _models_with_drafts() -> list[type[models.Model]]:
    others = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    return [Page, *others]


def _coming(now: datetime) -> Iterator[datetime | None]:
    first = models.Min
    yield Revision.objects.filter(approved_go_live_at__gt=now).aggregate(at=first("approved_go_live_at"))["at"]
    for model in _models_with_drafts():
        yield model._default_manager.filter(live=True, expire_at__gt=now).aggregate(at=first("expire_at"))["at"]
    yield ArticlePage.objects.filter(live=True, embargoed_until__gt=now).aggregate(at=first("embargoed_until"))["at"]
