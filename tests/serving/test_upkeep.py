"""The page cache is kept in order beside the scheduler, and one chore's trouble is not another's."""

import logging
import threading
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connections

from standfirst.pagecache import store
from standfirst.pagecache.actions import changed
from standfirst.pagecache.answers import answer_of
from standfirst.pagecache.keys import EVERYTHING
from standfirst.pagecache.models import KeptPage, PendingPurge
from standfirst.serving import upkeep as module
from standfirst.serving.upkeep import Chore, TellingOutside, chores, upkeep
from tests.pagecache.keeping import pagecache
from tests.pagecache.outside import Says, Service, service


@pytest.fixture
def outside() -> Iterator[Service]:
    with (
        service(Says(headers={"X-Purged": "0"})) as running,
        pagecache(purger={"kind": "varnish", "urls": [running.url]}),
    ):
        yield running


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.getLogger("standfirst.upkeep").propagate = True
    yield
    logging.getLogger("standfirst.upkeep").propagate = False


def keys_told(outside: Service) -> list[str]:
    return [heard.headers["xkey-purge"] for heard in outside.heard]


def test_where_there_is_no_cache_outside_nobody_is_told() -> None:
    assert [chore.name for chore in chores()] == ["sweep the kept pages", "forget old attempts to log in"]


def test_at_a_start_another_editions_pages_are_forgotten_outside_before_anything_else(
    db: None, outside: Service
) -> None:
    changed("article:1")

    TellingOutside()()
    changed("article:2")
    TellingOutside()()

    assert keys_told(outside) == [EVERYTHING, "article:2"]


def test_a_chore_in_trouble_is_done_again(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS_AFTER_TROUBLE", 0.01)
    stop, times = threading.Event(), []

    def do() -> None:
        times.append(len(times))
        if len(times) == 1:
            raise OperationalError("database is locked")
        stop.set()

    Chore("polish the brass", do, 0).run(stop)

    assert times == [0, 1]
    assert "Could not polish the brass" in caplog.text
    assert "database is locked" in caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_beside_the_scheduler_pages_are_swept_and_changes_told(outside: Service) -> None:
    versions = store.versions_of([EVERYTHING])
    assert store.keep("/", answer_of(200, [], b"old", now=1), versions)
    store.clear()
    stop = threading.Event()
    changed("article:1")

    def holds() -> bool:
        return bool(outside.heard) and not KeptPage.objects.exists() and not waiting.exists()

    waiting = PendingPurge.objects.filter(is_repeat=False)
    with upkeep(stop):
        for _ in range(400):
            if holds():
                break
            stop.wait(0.05)
        assert holds()
    connections.close_all()
