"""What there is in the page cache, and how the cache outside is doing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q, Sum

from . import store
from .conf import settings
from .keys import EVERYTHING
from .models import KeptPage, PendingPurge
from .purgers import purger

# A cache that is restarted, or a service that asks us to wait, is back before that.
STUCK_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages that are kept. Those of a former generation are sent to nobody and swept away soon."""

    pages: int
    bytes: int
    limit: int
    by_status: dict[int, int]
    former: int


@dataclass(frozen=True, slots=True)
class Outside:
    """What the cache outside has still to be told, and since when."""

    name: str  # "" if there is none
    waiting: int
    since: datetime | None
    attempts: int
    error: str

    def is_stuck(self, now: datetime) -> bool:
        return self.since is not None and now - self.since > STUCK_AFTER


def kept() -> Kept:
    generation = store.versions_of([EVERYTHING])[EVERYTHING]
    rows = KeptPage.objects.filter(generation=generation).order_by().values("status")
    by_status = {row["status"]: row["pages"] for row in rows.annotate(pages=Count("pk"))}
    totals = KeptPage.objects.aggregate(pages=Count("pk"), bytes=Sum("size", default=0))
    pages = sum(by_status.values())
    return Kept(pages, totals["bytes"], settings().limit, by_status, totals["pages"] - pages)


def outside(now: datetime) -> Outside:
    """How the cache outside is doing. What was told and is to be told once more waits only when that is due."""
    if not settings().purger:
        return Outside("", 0, None, 0, "")
    waiting = PendingPurge.objects.exclude(Q(is_repeat=True, attempts=0, due_at__gt=now))
    found = waiting.aggregate(rows=Count("pk"), since=Min("created_at"), attempts=Max("attempts"))
    last = waiting.exclude(error="").order_by("-attempts", "-pk").values_list("error", flat=True).first()
    return Outside(purger().name, found["rows"], found["since"], found["attempts"] or 0, last or "")
