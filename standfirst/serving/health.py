"""Whether the parts that a publication needs are well."""

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from standfirst.pagecache.conf import settings as pagecache_settings
from standfirst.pagecache.kept_pages import kept_pages
from standfirst.pagecache.lookups import NoDatabase, StoreFails

# Below this the database cannot grow for long, and SQLite fails to commit when there is none.
LEAST_FREE_BYTES = 100_000_000
# The scheduler leaves a sign of life every few seconds.
SECONDS_WITHOUT_SIGN = 30

# Whether it takes what we write.
WRITES = {"postgresql": "SELECT current_setting('transaction_read_only') = 'off'", "sqlite": "SELECT 1"}


@dataclass(frozen=True, slots=True)
class Part:
    """How one part is."""

    is_well: bool
    said: str


def wellbeing() -> dict[str, Part]:
    """Each part, by its name: the database, the kept pages, the disks, the scheduler."""
    return {
        "database": _database(),
        **({"kept_pages": _kept_pages()} if pagecache_settings().is_on else {}),
        "disk": _disk(),
        "scheduler": _scheduler(),
    }


def summary(parts: Mapping[str, Part]) -> tuple[int, dict[str, str]]:
    """How all is, as it is told: an HTTP status, 200 if all is well and 503 if not, and a word on each part."""
    is_well = all(part.is_well for part in parts.values())
    said = {"status": "ok" if is_well else "unwell"} | {name: part.said for name, part in parts.items()}
    return 200 if is_well else 503, said


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute(WRITES[connection.vendor])
            (writes,) = cursor.fetchone()
    except DatabaseError:
        return Part(False, "does not answer")
    # A replica, or a server that was told so: pages are rendered, and nothing can be stored.
    return Part(True, "ok") if writes else Part(False, "only reads")


def _kept_pages() -> Part:
    try:
        kept_pages().find("")  # As the front door does for each reader, on the same connections.
    except StoreFails as error:
        return Part(False, "cannot be reached" if isinstance(error, NoDatabase) else "cannot be read")
    return Part(True, "ok")


def _disk() -> Part:
    places = {settings.STANDFIRST.home, Path(settings.MEDIA_ROOT)}
    free = min((shutil.disk_usage(place).free for place in places if place.exists()), default=0)
    return Part(
        free >= LEAST_FREE_BYTES, "ok" if free >= LEAST_FREE_BYTES else f"{free // 1_000_000} MB free"
    )


def _scheduler() -> Part:
    try:
        silent = time.time() - settings.HEARTBEAT.stat().st_mtime
    except FileNotFoundError:
        # `standfirst serve` leaves the first sign itself: this process was started by something else.
        return Part(True, "not here")
    if silent > SECONDS_WITHOUT_SIGN:
        return Part(False, f"silent for {int(silent)} seconds")
    return Part(True, "ok")
