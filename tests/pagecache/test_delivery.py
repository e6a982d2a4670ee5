"""Every change is told to the cache outside after it was committed, whatever fails, hangs or is killed in between."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from standfirst.pagecache import delivery, store
from standfirst.pagecache.actions import changed, edition_serves, everything_changed
from standfirst.pagecache.delivery import LONGEST_PAUSE, REPEATED_AFTER, deliver_due
from standfirst.pagecache.keys import EDITION, EVERYTHING
from standfirst.pagecache.models import Key, PendingPurge
from standfirst.pagecache.purgers import PurgeFailed
from standfirst.pagecache.queries import outside
from tests.pagecache.keeping import pagecache
from tests.profiles import examples

NOW = datetime(2031, 5, 4, 14, 5, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
OUTSIDE = {"kind": "varnish", "urls": ["http://127.0.0.1:9"], "soft": False}


class Killed(BaseException):
    """The deliverer is gone, at this very place."""


class Listener:
    """A cache outside that is told things, and does as it is bid."""

    name = "Listener"

    def __init__(self) -> None:
        self.heard: list[list[str] | None] = []
        self.next: list[BaseException] = []

    def headers(self, keys: object) -> list[tuple[str, str]]:
        return []

    def purge(self, keys: Sequence[str] | None) -> None:
        trouble = self.next.pop(0) if self.next else None
        if isinstance(trouble, PurgeFailed):
            raise trouble
        self.heard.append(None if keys is None else list(keys))
        if trouble:
            raise trouble  # Killed when it had heard, and before that was noted.


@pytest.fixture(autouse=True)
def _a_cache_outside() -> Iterator[None]:
    with pagecache(purger=OUTSIDE):
        yield


@pytest.fixture
def listener(db: None) -> Listener:
    return Listener()


def waits(*keys: str, at: datetime = NOW, **fields: object) -> PendingPurge:
    """A row as `changed` writes it; of no keys, everything."""
    return PendingPurge.objects.create(keys=list(keys) or None, created_at=at, due_at=at, **fields)


def rows() -> list[tuple[str, bool, int, int]]:
    """What waits: the keys, whether for the second time, tried how often, due in how many seconds."""
    return [
        (str(row), row.is_repeat, row.attempts, round((row.due_at - NOW).total_seconds()))
        for row in PendingPurge.objects.order_by("pk")
    ]


# --- rows are written with the change ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_change_that_is_taken_back_is_told_to_nobody() -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        changed("article:1")
        raise ZeroDivisionError

    assert not PendingPurge.objects.exists()


def test_a_change_is_written_down_and_everything_is_a_row_of_its_own(db: None) -> None:
    changed("b:2", "a:1", "b:2")
    everything_changed()

    assert [row.keys for row in PendingPurge.objects.order_by("pk")] == [["a:1", "b:2"], None]


def test_without_a_cache_outside_nothing_is_written(db: None) -> None:
    with pagecache(purger={}):
        changed("article:1")
        everything_changed()

    assert not PendingPurge.objects.exists()


# --- telling ----------------------------------------------------------------------------------------------------


def test_what_is_due_is_told_in_one_go_and_once_again_later(listener: Listener) -> None:
    waits("a:1", "b:2")
    waits("b:2", "c:3")
    waits("d:4", at=NOW + MINUTE)

    assert deliver_due(NOW, listener) == 2
    assert listener.heard == [["a:1", "b:2", "c:3"]]
    assert deliver_due(NOW + REPEATED_AFTER - SECOND, listener) == 0
    assert deliver_due(NOW + REPEATED_AFTER, listener) == 2

    assert listener.heard == [["a:1", "b:2", "c:3"]] * 2
    assert rows() == [("d:4", False, 0, 60)]


def test_the_second_time_is_counted_from_the_first_and_not_from_the_row(listener: Listener) -> None:
    """A row of a long transaction is minutes old when it is first seen; pages may be on their way at that moment."""
    waits("a:1", at=NOW - 10 * MINUTE)

    deliver_due(NOW, listener)

    assert rows() == [("a:1", True, 0, 15)]


def test_nothing_due_costs_one_query(listener: Listener, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert deliver_due(NOW, listener) == 0


def test_everything_takes_the_place_of_all_that_waits(listener: Listener) -> None:
    waits("a:1")
    waits("b:2", attempts=3, error="away")
    PendingPurge.objects.filter(attempts=3).update(due_at=NOW + MINUTE)
    waits("c:3", is_repeat=True, at=NOW + 5 * SECOND)
    waits()
    waits("d:4")

    assert deliver_due(NOW, listener) == 5

    assert listener.heard == [None]
    assert rows() == [("everything", True, 0, 15)]


def test_the_second_telling_of_everything_forgets_nothing_that_came_later(listener: Listener) -> None:
    waits(is_repeat=True)
    waits("a:1")
    waits("b:2", is_repeat=True, at=NOW + SECOND)

    deliver_due(NOW, listener)

    assert listener.heard == [None]
    assert rows() == [("a:1", True, 0, 15), ("b:2", True, 0, 1)]


def test_more_keys_than_are_worth_naming_are_everything(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "KEYS", 3)
    waits("a:1", "b:2")
    waits("c:3", "d:4")

    deliver_due(NOW, listener)

    assert listener.heard == [None]
    assert [keys for keys, *_ in rows()] == ["a:1, b:2", "c:3, d:4"]


# --- failing ----------------------------------------------------------------------------------------------------


def test_what_fails_is_put_off_ever_longer_and_says_why(listener: Listener) -> None:
    waits("a:1")
    now, pauses = NOW, []
    for _ in range(14):
        listener.next = [PurgeFailed("The line is dead.")]
        assert deliver_due(now, listener) == 0
        (row,) = PendingPurge.objects.all()
        pauses.append((row.due_at - now).total_seconds())
        assert deliver_due(row.due_at - SECOND / 10, listener) == 0
        now = row.due_at

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600, 600]
    assert (row.attempts, row.error) == (14, "The line is dead.")
    assert row.created_at == NOW
    assert deliver_due(now, listener) == 1
    assert listener.heard == [["a:1"]]


def test_it_waits_as_long_as_it_was_asked_to(listener: Listener) -> None:
    waits("a:1")
    listener.next = [PurgeFailed("Slower, please.", retry_after=1800)]

    deliver_due(NOW, listener)

    assert rows() == [("a:1", False, 1, 1800)]
    assert timedelta(seconds=1800) > LONGEST_PAUSE


def test_what_fails_does_not_hold_up_what_comes_after(listener: Listener) -> None:
    waits("poison:1", attempts=9)
    waits("a:1")

    listener.next = [PurgeFailed("x")]
    assert deliver_due(NOW, listener) == 1  # Here the new one failed: neither takes the other along.
    assert rows() == [("poison:1", True, 0, 15), ("a:1", False, 1, 1)]

    waits("b:2")
    assert deliver_due(NOW, listener) == 1
    assert listener.heard == [["poison:1"], ["b:2"]]


def test_everything_that_fails_leaves_the_others_as_they_were(listener: Listener) -> None:
    waits()
    waits("a:1", at=NOW + 7 * SECOND)
    listener.next = [PurgeFailed("x")]

    assert deliver_due(NOW, listener) == 0

    assert rows() == [("everything", False, 1, 1), ("a:1", False, 0, 7)]


def test_a_pile_becomes_one_row_for_everything(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "PILE", 20)
    for number in range(21):
        waits(f"a:{number}", at=NOW - timedelta(seconds=number), attempts=number % 5, error="away")
    listener.next = [PurgeFailed("still away")]

    assert deliver_due(NOW, listener) == 0

    (row,) = PendingPurge.objects.all()
    assert row.keys is None
    assert (row.attempts, row.error) == (5, "still away")
    assert row.created_at == NOW - timedelta(seconds=20)
    assert not row.is_repeat


# --- at least once ----------------------------------------------------------------------------------------------

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3)),
        st.tuples(st.just("everything"), st.none()),
        st.tuples(st.just("deliver"), st.just("well")),
        st.tuples(st.just("deliver"), st.sampled_from(["well", "fails", "killed", "asked to wait"])),
        st.tuples(st.just("later"), st.sampled_from([1, 8, 15, 700])),
    ),
    max_size=25,
)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60)
)
@given(steps=STEPS)
@example(steps=[("change", ["a"]), ("deliver", "well"), ("deliver", "well")])
@example(
    steps=[("everything", None), ("deliver", "well"), ("later", 15), ("change", ["a"]), ("deliver", "well")]
)
@example(steps=[("change", ["a"]), ("deliver", "fails"), ("later", 15), ("deliver", "fails")])
@example(steps=[("change", ["a"]), ("deliver", "well"), ("everything", None), ("deliver", "killed")])
def test_every_change_is_told_after_its_commit_and_again_once_pages_on_their_way_have_arrived(
    steps: list[tuple[str, object]],
) -> None:
    PendingPurge.objects.all().delete()
    listener, now = Listener(), NOW
    committed: list[tuple[str | None, datetime]] = []
    told: list[tuple[list[str] | None, datetime]] = []

    def deliver() -> None:
        before = len(listener.heard)
        with suppress(Killed):
            deliver_due(now, listener)
        told.extend((keys, now) for keys in listener.heard[before:])
        connection.close()  # As when its process has gone.

    for what, which in steps:
        if what == "change":
            assert isinstance(which, list)
            waits(*which, at=now)
            committed += [(key, now) for key in which]
        elif what == "everything":
            waits(at=now)
            committed.append((None, now))
        elif what == "later":
            assert isinstance(which, int)
            now += timedelta(seconds=which)
        else:
            trouble = {
                "fails": PurgeFailed("x"),
                "killed": Killed(),
                "asked to wait": PurgeFailed("x", retry_after=900),
            }
            listener.next = [trouble[str(which)]] if which != "well" else []
            deliver()
        now += SECOND
    listener.next = []
    for _ in range(4):
        now += timedelta(hours=1)
        deliver()

    assert not PendingPurge.objects.exists()
    for key, at in committed:
        times = [when for keys, when in told if when >= at and (keys is None or key in keys)]
        assert times, f"{key} of {at} was never told"
        # A page that was on its way takes ten seconds at most.
        assert max(times) >= at + timedelta(seconds=10), f"{key} of {at} was told only at {times}"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_deliverers_at_once_tell_everything_and_end_with_nothing() -> None:
    keys = [f"a:{number}" for number in range(40)]
    for key in keys:
        waits(key)
    listeners = [Listener(), Listener()]
    start = threading.Barrier(2)

    def deliver(listener: Listener) -> None:
        start.wait()
        try:
            for seconds in (0, 1, 15, 16, 40):
                deliver_due(NOW + timedelta(seconds=seconds), listener)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deliver, args=(listener,)) for listener in listeners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deliver_due(NOW + MINUTE, listeners[0])

    assert not PendingPurge.objects.exists()
    heard = [key for listener in listeners for told in listener.heard for key in told or []]
    assert all(heard.count(key) >= 2 for key in keys)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_on_postgresql_a_row_that_is_being_told_is_left_out_by_another() -> None:
    if connection.vendor != "postgresql":
        return  # Nothing is held there: see the hazard in `delivery`.
    waits("a:1")
    inner, outer = Listener(), Listener()

    def meanwhile() -> None:
        try:
            deliver_due(NOW, inner)
        finally:
            connections.close_all()

    class Slow(Listener):
        def purge(self, keys: Sequence[str] | None) -> None:
            other = threading.Thread(target=meanwhile)
            other.start()
            other.join()
            outer.purge(keys)

    assert deliver_due(NOW, Slow()) == 1
    assert (inner.heard, outer.heard) == ([], [["a:1"]])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nobody_waits_to_write_while_the_cache_outside_is_told() -> None:
    waits("a:1")
    written: list[str] = []

    def write() -> None:
        try:
            changed("b:2")
            written.append("b:2")
        finally:
            connections.close_all()

    class Slow(Listener):
        def purge(self, keys: Sequence[str] | None) -> None:
            writer = threading.Thread(target=write)
            writer.start()
            writer.join(10)
            self.heard.append([*(keys or []), *written])

    slow = Slow()
    deliver_due(NOW, slow)

    assert slow.heard == [["a:1", "b:2"]]


# --- the edition ------------------------------------------------------------------------------------------------


def test_a_new_edition_is_told_once_and_the_one_before_forgotten(db: None) -> None:
    with pagecache(purger=OUTSIDE, edition="one"):
        assert edition_serves()
        assert not edition_serves()
    with pagecache(purger=OUTSIDE, edition="two"):
        assert edition_serves()
        store.sweep(limit=1)
        assert not edition_serves()

    assert [row.keys for row in PendingPurge.objects.all()] == [None, None]
    assert list(Key.objects.filter(name__startswith=EDITION).values_list("name", flat=True)) == [
        f"{EDITION}two"
    ]
    assert store.versions_of([EVERYTHING]) == {EVERYTHING: 0}  # Our own pages are none of its business.


# --- what is said of it -----------------------------------------------------------------------------------------


def test_it_is_stuck_when_a_change_was_not_told_for_five_minutes(listener: Listener) -> None:
    waits("a:1", at=NOW - 5 * MINUTE - SECOND)
    listener.next = [PurgeFailed("The line is dead.")]
    deliver_due(NOW, listener)

    found = outside(NOW)

    assert found.is_stuck(NOW)
    assert (found.name, found.waiting, found.attempts, found.error) == (
        "Varnish",
        1,
        1,
        "The line is dead.",
    )


def test_the_last_failure_is_said_whatever_has_been_tried_more_often(listener: Listener) -> None:
    waits("a:1", attempts=1, error="The line is dead.")
    waits("b:2", attempts=2)

    assert outside(NOW).error == "The line is dead."


def test_it_is_not_stuck_while_it_works(listener: Listener) -> None:
    waits("a:1", at=NOW - 10 * MINUTE)
    deliver_due(NOW, listener)
    waits("b:2", at=NOW - MINUTE)

    assert not outside(NOW).is_stuck(NOW)
    assert outside(NOW).waiting == 1  # The one that was told waits only for its second time.


def test_it_is_stuck_when_nobody_tells(db: None) -> None:
    waits("a:1", at=NOW - 6 * MINUTE)

    assert outside(NOW).is_stuck(NOW)
    assert outside(NOW).attempts == 0


def test_without_a_cache_outside_nothing_can_be_stuck(db: None) -> None:
    waits("a:1", at=NOW - 6 * MINUTE)

    with pagecache(purger={}):
        assert not outside(NOW).is_stuck(NOW)
