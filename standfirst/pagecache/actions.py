"""What other rooms call when something has changed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from . import store
from .conf import settings
from .keys import EVERYTHING
from .models import PendingPurge

# A page that was on its way to a cache outside when the purge passed it is caught by a second one.
REPEATED_AFTER = timedelta(seconds=15)


@transaction.atomic
def changed(*keys: str) -> None:
    """Announce, in the transaction that makes a change, what it changed: before and after.

    The kept pages that showed it are gone when the transaction commits, and caches outside are told afterwards.
    """
    if not keys:
        return
    store.purge(keys)
    if settings().purger:
        told = None if EVERYTHING in keys else sorted(set(keys))
        now = timezone.now()
        PendingPurge.objects.bulk_create(
            [
                PendingPurge(keys=told, created_at=now, due_at=now),
                PendingPurge(keys=told, created_at=now, due_at=now + REPEATED_AFTER, is_repeat=True),
            ]
        )


def everything_changed() -> None:
    """Announce that every page may have changed. It costs the same however many there are."""
    changed(EVERYTHING)
