"""What other rooms call when something has changed."""

from django.db import transaction
from django.utils import timezone

from . import store
from .conf import settings
from .keys import EDITION, EVERYTHING
from .models import Key, PendingPurge


@transaction.atomic
def changed(*keys: str) -> None:
    """Announce, in the transaction that makes a change, what it changed: before and after.

    The kept pages that showed it are gone when the transaction commits, and caches outside are told afterwards.
    """
    if not keys:
        return
    store.purge(keys)
    _tell_outside(None if EVERYTHING in keys else sorted(set(keys)))


def everything_changed() -> None:
    """Announce that every page may have changed. It costs the same however many there are."""
    changed(EVERYTHING)


@transaction.atomic
def edition_serves() -> bool:
    """Announce which edition of the software, the theme and the settings is served from now on. Says if it is a new one.

    Our own pages are kept under their edition, and need nothing; a cache outside must forget those of another.
    """
    edition = EDITION + settings().edition
    served = set(Key.objects.filter(name__startswith=EDITION).values_list("name", flat=True))
    if served == {edition}:
        return False
    Key.objects.filter(name__startswith=EDITION).exclude(name=edition).delete()
    # Not of version 0: those that no page shows are swept away.
    Key.objects.get_or_create(name=edition, defaults={"version": 1})
    _tell_outside(None)
    return True


def _tell_outside(keys: list[str] | None) -> None:
    if settings().purger:
        now = timezone.now()
        PendingPurge.objects.create(keys=keys, created_at=now, due_at=now)
