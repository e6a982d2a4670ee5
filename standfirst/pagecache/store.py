"""The one writer of kept pages and their keys, on SQLite and on PostgreSQL.

The hazard is the late fill: a page rendered from rows that have changed by the time it is kept, after the purge that
should have taken it. So every key has a version. A rendering notes the versions in the very snapshot it read its rows
in, and `keep` refuses it if one has moved. Between the comparison and the commit nothing can move: SQLite has one
writer at a time, and on PostgreSQL a fill holds the rows of its keys and a change takes them before it looks for
pages. (Guarded by `tests/pagecache/test_store.py`.)
"""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction

from standfirst.database.batches import batched
from standfirst.database.trouble import is_of_the_moment

from .answers import Answer
from .keys import EVERYTHING
from .lookups import COLUMNS, checksum_of

KEPT, KEY, SHOWN = "pagecache_keptpage", "pagecache_key", "pagecache_shown"
# SQLite takes some thousands of parameters in a statement; both plan short lists better.
BATCH = 500
MILLISECONDS_TO_WAIT = 50

Versions = Mapping[str, int]


def versions_of(keys: Collection[str]) -> dict[str, int]:
    """How often what each key stands for has changed, as the transaction we are in sees it."""
    versions = dict.fromkeys(keys, 0)
    for batch in batched(keys):
        versions.update(_rows(f"SELECT name, version FROM {KEY} WHERE name IN ({_slots(batch)})", batch))
    return versions


def keep(path: str, answer: Answer, versions: Versions) -> bool:
    """Keep a page that was rendered when its keys had these versions. False if that has passed, or is in doubt."""
    try:
        with _no_long_wait(), transaction.atomic():
            if connection.vendor == "postgresql":
                _execute(f"SET LOCAL lock_timeout = {MILLISECONDS_TO_WAIT}", [])
            ids = _hold(versions)
            if ids is None:
                return False
            _drop(_rows(f"SELECT id FROM {KEPT} WHERE path = %s", [path]))
            row = (
                path,
                versions[EVERYTHING],
                answer.status,
                "\n".join(f"{name}: {value}" for name, value in answer.headers),
                answer.etag,
                answer.modified,
                answer.gzip,
                answer.brotli,
            )
            kept = _rows(
                f"INSERT INTO {KEPT} ({COLUMNS}, checksum, size, used) VALUES ({_slots(range(11))})"
                " ON CONFLICT (path) DO NOTHING RETURNING id",
                [*row, checksum_of(*row), answer.size, int(time.time() // 60)],
            )
            if kept:  # Otherwise another process has just kept the same.
                with connection.cursor() as cursor:
                    cursor.executemany(
                        f"INSERT INTO {SHOWN} (page_id, key_id) VALUES (%s, %s)",
                        [(kept[0][0], key) for key in ids],
                    )
    except (DatabaseError, InterfaceError) as error:
        if not is_of_the_moment(error):
            raise
        # It is busy, or only reads, or a key is being changed at this moment: the reader has the page, and that will do.
        return False
    return True


def still_holds(versions: Versions) -> bool:
    """Whether keys have these versions now. False if that can't be read."""
    try:
        return versions_of(versions) == versions
    except (DatabaseError, InterfaceError) as error:
        if not is_of_the_moment(error):
            raise
        return False


def purge(keys: Collection[str]) -> int:
    """Note, in the transaction that changes them, that these keys have changed, and drop the pages that showed them.

    The pages are gone for everybody when that transaction commits. Returns how many there were.
    """
    if not keys:
        return 0
    with transaction.atomic(savepoint=False):
        # Sorted: two writers taking the same rows in different orders would wait for each other for ever.
        ids = [
            key
            for batch in batched(sorted(set(keys)))
            for (key,) in _rows(
                f"INSERT INTO {KEY} (name, version) VALUES {', '.join(['(%s, 1)'] * len(batch))}"
                f" ON CONFLICT (name) DO UPDATE SET version = {KEY}.version + 1 RETURNING id",
                batch,
            )
        ]
        if EVERYTHING in keys:
            return 0  # All are of a former generation now; `sweep` clears them away in time.
        pages = {
            page
            for batch in batched(ids)
            for page in _rows(
                f"SELECT DISTINCT page_id FROM {SHOWN} WHERE key_id IN ({_slots(batch)})", batch
            )
        }
        _drop(pages)
    return len(pages)


def clear() -> None:
    """Drop every page, for everybody, at once."""
    purge([EVERYTHING])


def sweep(*, limit: int) -> int:
    """Clear away what no longer holds, and the least recently used beyond `limit` bytes. Returns how many pages."""
    swept = 0
    generation = versions_of([EVERYTHING])[EVERYTHING]
    while dropped := _rows(f"SELECT id FROM {KEPT} WHERE generation <> %s LIMIT {BATCH}", [generation]):
        with transaction.atomic():
            _drop(dropped)
        swept += len(dropped)
    excess = size() - limit
    while excess > 0:
        oldest = _rows(f"SELECT id, size FROM {KEPT} ORDER BY used, size LIMIT {BATCH}", [])
        going = list(_until(oldest, excess))
        if not going:
            break
        with transaction.atomic():
            _drop([(page,) for page, _ in going])
        excess -= sum(taken for _, taken in going)
        swept += len(going)
    _forget_unused_keys()
    return swept


def size() -> int:
    """Bytes that are kept, read from an index alone."""
    return int(_rows(f"SELECT COALESCE(SUM(size), 0) FROM {KEPT}", [])[0][0])


def used(pages: Collection[int], *, minute: int) -> None:
    """Note that these pages were asked for in this minute since 1970."""
    for batch in batched(sorted(pages)):
        _execute(f"UPDATE {KEPT} SET used = %s WHERE id IN ({_slots(batch)})", [minute, *batch])


def _hold(versions: Versions) -> list[int] | None:
    """The ids of the keys, each kept from changing until the transaction ends; None if a version has moved."""
    names = sorted(versions)
    lock = " FOR SHARE NOWAIT" if connection.vendor == "postgresql" else ""
    ids: list[int] = []
    missing: list[str] = []
    for batch in batched(names):
        found = {
            name: (key, version)
            for name, key, version in _rows(
                f"SELECT name, id, version FROM {KEY} WHERE name IN ({_slots(batch)}) ORDER BY name{lock}",
                batch,
            )
        }
        for name in batch:
            key, version = found.get(name, (None, 0))
            if version != versions[name]:
                return None
            if key is None:
                missing.append(name)
            else:
                ids.append(key)
    for batch in batched(missing):
        made = _rows(
            f"INSERT INTO {KEY} (name, version) VALUES {', '.join(['(%s, 0)'] * len(batch))}"
            " ON CONFLICT (name) DO NOTHING RETURNING id",
            batch,
        )
        if len(made) != len(batch):
            return None  # Somebody else has made one meanwhile, perhaps by changing it.
        ids += [key for (key,) in made]
    return ids


@contextmanager
def _no_long_wait() -> Iterator[None]:
    """A reader is waiting: SQLite's writers wait long for each other, a fill does not."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    _rows(f"PRAGMA busy_timeout = {MILLISECONDS_TO_WAIT}", [])
    try:
        yield
    finally:
        seconds = connection.settings_dict["OPTIONS"].get("timeout", 5)
        _rows(f"PRAGMA busy_timeout = {int(seconds * 1000)}", [])


def _drop(pages: Collection[Sequence[int]]) -> None:
    for batch in batched([page[0] for page in pages]):
        _execute(f"DELETE FROM {SHOWN} WHERE page_id IN ({_slots(batch)})", batch)
        _execute(f"DELETE FROM {KEPT} WHERE id IN ({_slots(batch)})", batch)


def _forget_unused_keys() -> None:
    """Forget keys that never changed and that no page shows: made by pages long gone."""
    unused = f"version = 0 AND NOT EXISTS (SELECT 1 FROM {SHOWN} WHERE key_id = {KEY}.id)"
    lock = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with transaction.atomic():
        # Held first, and asked again in a statement of its own: a fill may have shown one in between.
        held = [key for (key,) in _rows(f"SELECT id FROM {KEY} WHERE {unused} LIMIT {BATCH * 20}{lock}", [])]
        for batch in batched(held):
            _execute(f"DELETE FROM {KEY} WHERE id IN ({_slots(batch)}) AND {unused}", batch)


def _until(rows: Iterable[Sequence[int]], enough: int) -> Iterator[Sequence[int]]:
    for row in rows:
        if enough <= 0:
            return
        enough -= row[1]
        yield row


def _slots(items: Collection[object]) -> str:
    return ", ".join(["%s"] * len(items))


def _rows(sql: str, parameters: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _execute(sql: str, parameters: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
