"""The store's contract, on whichever database the tests run: what is kept holds until its keys change, and no longer."""

import threading
import time

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.pagecache import store
from standfirst.pagecache.actions import changed, everything_changed
from standfirst.pagecache.answers import answer_of
from standfirst.pagecache.keys import EVERYTHING
from standfirst.pagecache.models import KeptPage, Key, PendingPurge, Shown
from tests.profiles import examples

pytestmark = pytest.mark.django_db


def an_answer(body: bytes = b"<p>An answer</p>"):
    return answer_of(200, [("Content-Type", "text/html")], body, now=1_700_000_000)


def versions(*keys: str):
    return store.versions_of([EVERYTHING, *keys])


def kept(path: str) -> bool:
    holding = versions()[EVERYTHING]
    return KeptPage.objects.filter(path=path, generation=holding).exists()


def test_a_page_is_kept_until_what_it_shows_changes():
    assert store.keep("/a/", an_answer(), versions("article:1", "section:2"))
    assert store.keep("/b/", an_answer(), versions("article:2", "section:2"))

    changed("article:1")
    assert (kept("/a/"), kept("/b/")) == (False, True)

    changed("article:3", "section:2")
    assert (kept("/a/"), kept("/b/")) == (False, False)


def test_a_page_rendered_before_a_change_is_refused_after_it():
    before = versions("article:1", "section:2")

    changed("article:1")

    assert not store.keep("/a/", an_answer(), before)
    assert not kept("/a/")
    assert store.keep("/a/", an_answer(), versions("article:1", "section:2"))


def test_a_page_rendered_before_everything_changed_is_refused_after_it():
    before = versions("article:1")

    everything_changed()

    assert not store.keep("/a/", an_answer(), before)


def test_a_change_of_everything_ends_every_page_at_the_cost_of_one_row(django_assert_max_num_queries):
    for number in range(30):
        assert store.keep(f"/{number}/", an_answer(), versions(f"article:{number}"))

    with django_assert_max_num_queries(1):
        everything_changed()

    assert not any(kept(f"/{number}/") for number in range(30))
    assert store.sweep(limit=10**9) == 30
    assert not KeptPage.objects.exists()
    assert not Shown.objects.exists()


def test_what_is_kept_again_replaces_what_was_kept():
    store.keep("/a/", an_answer(b"one"), versions("article:1"))
    store.keep("/a/", an_answer(b"two"), versions("article:2"))

    changed("article:1")
    assert kept("/a/")

    changed("article:2")
    assert not kept("/a/")


def test_a_change_that_is_rolled_back_has_not_happened():
    store.keep("/a/", an_answer(), versions("article:1"))
    before = versions("article:1")

    with pytest.raises(RuntimeError), transaction.atomic():
        changed("article:1")
        raise RuntimeError

    assert kept("/a/")
    assert versions("article:1") == before


def test_the_least_recently_used_go_when_there_is_no_room():
    for number in range(10):
        store.keep(f"/{number}/", an_answer(), versions(f"article:{number}"))
        KeptPage.objects.filter(path=f"/{number}/").update(used=1000 + number)
    one = KeptPage.objects.get(path="/0/").size
    store.used([KeptPage.objects.get(path="/0/").pk], minute=2000)

    swept = store.sweep(limit=4 * one)

    assert swept == 6
    assert store.size() == 4 * one
    assert {page.path for page in KeptPage.objects.all()} == {"/0/", "/7/", "/8/", "/9/"}


def test_keys_that_never_changed_are_forgotten_with_their_last_page_and_no_others():
    store.keep("/gone/", an_answer(), versions("address:gone"))
    store.keep("/here/", an_answer(), versions("address:here"))
    changed("article:1")
    KeptPage.objects.filter(path="/gone/").update(generation=-1)

    store.sweep(limit=10**9)

    assert set(Key.objects.values_list("name", flat=True)) == {EVERYTHING, "address:here", "article:1"}


def test_many_keys_are_no_hindrance():
    many = [f"article:{number}" for number in range(2_500)]

    assert store.keep("/a/", an_answer(), versions(*many))
    changed(*many[2_000:])

    assert not kept("/a/")


def test_without_a_cache_outside_nobody_is_told():
    changed("article:1")

    assert not PendingPurge.objects.exists()


KEYS = st.sampled_from(["a", "b", "c", EVERYTHING])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(0, 3), st.sets(KEYS, max_size=3)),
        st.tuples(st.just("fill"), st.integers(0, 3), st.none()),
        st.tuples(st.just("change"), st.none(), st.sets(KEYS, min_size=1, max_size=2)),
        st.tuples(st.just("sweep"), st.none(), st.none()),
    ),
    max_size=25,
)


@settings(max_examples=examples(60), deadline=None)
@given(steps=STEPS)
def test_in_any_order_of_readings_fills_and_changes_no_page_is_older_than_its_keys(steps):
    """A rendering is the numbers its keys have; a kept page must hold the present ones."""
    numbers: dict[str, int] = {}
    begun: dict[int, tuple[dict[str, int], dict[str, int]]] = {}
    holding: dict[int, dict[str, int]] = {}
    with transaction.atomic():
        for what, page, keys in steps:
            if what == "read":
                shown = {EVERYTHING, *keys}
                begun[page] = (store.versions_of(shown), {key: numbers.get(key, 0) for key in shown})
            elif what == "fill" and page in begun:
                read, content = begun[page]
                is_present = all(numbers.get(key, 0) == number for key, number in content.items())
                assert store.keep(f"/{page}/", an_answer(), read) == is_present
                if is_present:
                    holding[page] = content
            elif what == "change":
                changed(*keys)
                for key in keys:
                    numbers[key] = numbers.get(key, 0) + 1
            elif what == "sweep":
                store.sweep(limit=10**9)
            for number, content in holding.items():
                is_present = all(numbers.get(key, 0) == value for key, value in content.items())
                assert kept(f"/{number}/") == is_present
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_page_filled_while_its_change_is_being_made_is_refused_or_gone():
    """The hazard itself: the fill and the change at once, on connections of their own."""
    for round_ in range(12):
        read = versions("article:1")
        ready, outcome = threading.Barrier(2), []

        def fill(read=read, round_=round_, ready=ready, outcome=outcome):
            ready.wait()
            time.sleep(0.002 * (round_ % 4))
            outcome.append(store.keep("/a/", an_answer(), read))
            connection.close()

        thread = threading.Thread(target=fill)
        thread.start()
        with transaction.atomic():
            ready.wait()
            changed("article:1")
            time.sleep(0.004)
        thread.join()

        assert not kept("/a/"), (round_, outcome)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_processes_that_fill_the_same_page_keep_it_once():
    read = versions("article:1", "article:2")
    ready = threading.Barrier(4)

    def fill():
        ready.wait()
        store.keep("/a/", an_answer(), read)
        connection.close()

    threads = [threading.Thread(target=fill) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert KeptPage.objects.filter(path="/a/").count() <= 1
    changed("article:2")
    assert not kept("/a/")
