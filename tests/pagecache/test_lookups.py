"""The contract of every look-up: it finds what holds now, the moment it is committed, and nothing else."""

import sqlite3
import threading

import psycopg
import pytest
from django.db import connection, transaction

from standfirst.database.pool import Pool
from standfirst.pagecache import store
from standfirst.pagecache.actions import changed, everything_changed
from standfirst.pagecache.answers import answer_of
from standfirst.pagecache.keys import EVERYTHING
from standfirst.pagecache.lookups import (
    Copies,
    Found,
    Lookup,
    NoDatabase,
    PostgreSQLLookup,
    SQLiteLookup,
    StoreFails,
    lookup_in,
)
from standfirst.pagecache.models import KeptPage
from standfirst.pagecache.signposts import Signpost

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def lookup() -> Lookup:
    pool = connection.pool_of_process() if connection.vendor == "postgresql" else None
    return lookup_in(str(connection.settings_dict["NAME"]), pool)


def keep(path: str, *keys: str, body: bytes = b"<p>An answer</p>") -> None:
    answer = answer_of(200, [("Content-Type", "text/html"), ("X-Odd", "a: b")], body, now=1_700_000_000)
    assert store.keep(path, answer, store.versions_of([EVERYTHING, *keys]))


def a_signpost(*keys: str) -> Signpost:
    return Signpost(answer_of(404, [], b"none", now=1_700_000_000), store.versions_of([EVERYTHING, *keys]))


def body_of(lookup: Lookup, path: str) -> bytes:
    found = lookup.find(path)
    return found.answer.wire("").body if found else b""


def test_what_is_kept_is_found_as_it_was_kept(lookup):
    keep("/a/", "article:1", body=b"one")

    found = lookup.find("/a/")

    assert found is not None
    assert found.page == KeptPage.objects.get().pk
    assert (found.answer.status, found.answer.modified) == (200, 1_700_000_000)
    assert found.answer.headers == (("Content-Type", "text/html"), ("X-Odd", "a: b"))
    assert [found.answer.wire(encoding).body for encoding in ("br", "gzip", "")][2] == b"one"


def test_what_is_not_kept_is_not_found(lookup):
    assert lookup.find("/a/") is None


def test_each_commit_is_seen_by_the_next_look(lookup):
    for number in range(20):
        keep("/a/", "article:1", body=b"%d" % number)
        assert body_of(lookup, "/a/") == body_of(lookup, "/a/") == b"%d" % number
        changed("article:1")
        assert lookup.find("/a/") is None


def test_a_page_of_a_former_generation_is_not_found(lookup):
    keep("/a/", "article:1")
    assert lookup.find("/a/") is not None

    everything_changed()

    assert lookup.find("/a/") is None


def test_what_is_not_committed_yet_is_not_seen_and_what_is_still_there_is(lookup):
    keep("/a/", "article:1", body=b"before")

    with transaction.atomic():
        changed("article:1")
        assert _elsewhere(lambda: body_of(lookup, "/a/")) == b"before"

    assert lookup.find("/a/") is None


def test_other_threads_see_a_commit_as_soon_as_one_does(lookup):
    keep("/a/", "article:1", body=b"0")
    for number in range(1, 10):
        assert {_elsewhere(lambda: body_of(lookup, "/a/")) for _ in range(3)} == {b"%d" % (number - 1)}
        keep("/a/", "article:1", body=b"%d" % number)


def test_a_signpost_holds_until_the_commit_that_changes_what_it_depends_on(lookup):
    signpost = a_signpost("address:1", "article:2")
    assert lookup.holds(signpost)
    assert lookup.holds(signpost)

    changed("article:3")
    assert lookup.holds(signpost)
    with transaction.atomic():
        changed("address:1")
        assert _elsewhere(lambda: lookup.holds(signpost))

    assert not lookup.holds(signpost)
    assert lookup.holds(a_signpost("address:1", "article:2"))


def test_a_signpost_ends_with_everything(lookup):
    signpost = a_signpost("address:1")
    assert lookup.holds(signpost)

    everything_changed()

    assert not lookup.holds(signpost)


def test_which_pages_were_used_is_written_down(lookup):
    keep("/a/", "article:1")
    page = KeptPage.objects.get().pk

    lookup.used({page: 12_345, page + 1: 12_346})

    assert KeptPage.objects.get().used == 12_345


def test_more_than_there_is_room_for_in_memory_is_found_all_the_same(lookup):
    if isinstance(lookup, SQLiteLookup):
        lookup.LIMIT = 1  # type: ignore[misc]
    keep("/a/", "article:1", body=b"one")

    assert body_of(lookup, "/a/") == body_of(lookup, "/a/") == b"one"


def test_pages_are_copied_as_long_as_there_is_room():
    answer = answer_of(200, [], b"One page", now=0.0)
    copies = Copies(b"", 3 * answer.size_in_memory)
    for page in range(5):
        assert copies.add(f"/{page}/", Found(page, answer)) == (page, answer)

    assert list(copies) == ["/0/", "/1/", "/2/"]


def test_a_file_that_is_not_there_is_said_to_be_out_of_reach(tmp_path):
    nowhere = SQLiteLookup(str(tmp_path / "none.sqlite3"))

    with pytest.raises(NoDatabase):
        nowhere.find("/a/")


@pytest.mark.parametrize("holds", [b"", b"this was a database " * 500])
def test_a_file_that_is_there_and_holds_no_pages_is_not_out_of_reach(tmp_path, holds):
    (tmp_path / "odd.sqlite3").write_bytes(holds)

    with pytest.raises(StoreFails) as trouble:
        SQLiteLookup(str(tmp_path / "odd.sqlite3")).find("/a/")

    assert not isinstance(trouble.value, NoDatabase)


def test_a_file_that_somebody_has_locked_is_not_out_of_reach(tmp_path):
    path = tmp_path / "locked.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("CREATE TABLE pagecache_keptpage (id)")
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(StoreFails) as trouble:
            SQLiteLookup(str(path)).find("/a/")

    assert not isinstance(trouble.value, NoDatabase)


def test_a_server_that_does_not_answer_is_said_to_be_out_of_reach():
    nowhere = "host=127.0.0.1 port=1 dbname=none connect_timeout=2"
    lookup = PostgreSQLLookup(Pool(lambda: psycopg.connect(nowhere), nowhere))

    with pytest.raises(NoDatabase):
        lookup.find("/a/")


def test_a_writer_in_the_same_process_keeps_its_locks(lookup):
    """The look-up opens SQLite's files beside SQLite: closing one would give up the writer's lock on it."""
    keep("/a/", "article:1")
    outcome: list[str] = []

    def write() -> None:
        try:
            with transaction.atomic():
                changed("article:2")
            outcome.append("wrote")
        finally:
            connection.close()

    with transaction.atomic():
        changed("article:1")
        lookup.find("/a/")
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(0.3)
        assert connection.vendor != "sqlite" or outcome == []  # SQLite has one writer at a time: us.
    writer.join()

    assert outcome == ["wrote"]


def _elsewhere(do):
    """What it returns on a thread of its own."""
    outcome = []
    thread = threading.Thread(target=lambda: outcome.append(do()))
    thread.start()
    thread.join()
    return outcome[0]
