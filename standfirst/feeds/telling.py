"""Tells the hub which feeds have changed: from rows written with the change, until it has heard.

*After the caches*: the hub fetches a feed as soon as it is told. Where there is a cache outside, the word waits until that
has been told twice. *At least once*: a row goes after the hub has answered, and two tellers do no harm.
"""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone

from standfirst.database.batches import batched
from standfirst.pagecache.conf import settings as pagecache_settings
from standfirst.pagecache.delivery import REPEATED_AFTER
from standfirst.pagecache.keys import EVERYTHING

from .conf import settings
from .hub import Hub, HubFailed
from .models import PendingWord
from .queries import feeds_changed_by, is_shown_by_feeds

log = logging.getLogger("standfirst.feeds")

# What changes every page (an import, the magazine's name) may change every feed, and comes in many pieces: they are told
# together, so much later.
EVERYTHING_AFTER = timedelta(minutes=10)
AFTER_CACHES = REPEATED_AFTER + timedelta(seconds=1)
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=30)
# Rows in one round, and how many may pile up while the hub does not listen.
ROWS, PILE = 500, 5_000
LONGEST_ERROR = 500


def note(keys: Collection[str]) -> None:
    """Note, in the transaction that makes a change, what the hub is to be told of it; `keys` are those announced."""
    if not settings().hub:
        return
    now = timezone.now()
    if EVERYTHING in keys:
        if not PendingWord.objects.filter(keys__isnull=True).exists():
            PendingWord.objects.create(keys=None, created_at=now, due_at=now + EVERYTHING_AFTER)
        return
    if told := sorted(filter(is_shown_by_feeds, keys)):
        due = now + AFTER_CACHES if pagecache_settings().purger else now
        PendingWord.objects.create(keys=told, created_at=now, due_at=due)


def tell_due(now: datetime, hub: Hub) -> int:
    """Tell the hub what is due; says how many rows were told. What fails is put off, and noted in its row."""
    due = list(PendingWord.objects.filter(due_at__lte=now).order_by("pk")[:ROWS])
    if not due:
        return 0
    if PendingWord.objects.count() > PILE:
        due = [_collapsed(now)]
    changed: set[str] | None = set()
    for row in due:
        changed = None if row.keys is None or changed is None else changed | set(row.keys)
    try:
        hub.tell(feeds_changed_by(changed))
    except HubFailed as failure:
        log.warning("The hub could not be told what has changed: %s", failure)
        _put_off(due, now, failure)
        return 0
    _forget(row.pk for row in due)
    return len(due)


def _collapsed(now: datetime) -> PendingWord:
    """One row that stands for all that waits."""
    waiting = list(PendingWord.objects.values_list("pk", flat=True))
    row = PendingWord.objects.create(keys=None, created_at=now, due_at=now)
    _forget(waiting)
    return row


def _forget(rows: Iterable[int]) -> None:
    for some in batched(rows):
        PendingWord.objects.filter(pk__in=some).delete()


def _put_off(rows: Iterable[PendingWord], now: datetime, failure: HubFailed) -> None:
    by_attempts = sorted(rows, key=lambda row: row.attempts)
    for attempts, same in groupby(by_attempts, lambda row: row.attempts):
        pause = min(FIRST_PAUSE * 2 ** min(attempts, 20), LONGEST_PAUSE)
        for some in batched(row.pk for row in same):
            PendingWord.objects.filter(pk__in=some).update(
                attempts=attempts + 1, due_at=now + pause, error=str(failure)[:LONGEST_ERROR]
            )
