"""Nobody waits for another's long request."""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest

from standfirst.serving import reception
from standfirst.serving.incoming import Entrance
from standfirst.serving.reception import Reception
from standfirst.serving.wsgi import SEARCHES
from tests.ways import patterns

LONG, SHORT = "/search/", "/articles/"
SECONDS = 10


class Answer:
    """RSGI's protocol object, as far as it is answered through."""

    def __init__(self) -> None:
        self.status = 0
        self.is_there = threading.Event()

    def response_bytes(self, status: int, headers: Any, body: bytes) -> None:
        self.status = status
        self.is_there.set()


class Rendering:
    """An application whose long answers end when they are let."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.at_once = self.most_at_once = 0
        self.priorities: dict[str, int] = {}
        self.intervals: dict[str, float] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        # Of the thread, on Linux; elsewhere of the process.
        self.priorities[path] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        self.intervals[path] = sys.getswitchinterval()
        if path == LONG:
            with self._lock:
                self.at_once += 1
                self.most_at_once = max(self.most_at_once, self.at_once)
            self.may_end.wait(SECONDS)
            with self._lock:
                self.at_once -= 1
        start_response("200 OK", [])
        return [b""]


@pytest.fixture
def rendering() -> Iterable[Rendering]:
    rendering = Rendering()
    yield rendering
    rendering.may_end.set()


@pytest.fixture
def ask(rendering: Rendering) -> Callable[[str], Answer]:
    took = Reception(
        at_once=[],
        rendered=rendering,
        entrance=Entrance(forms=(), editors_bytes=0, session_cookie="", is_editor=lambda environ: False),
        loop=asyncio.new_event_loop(),
        threads=2,
        headers=[],
        takes_long=lambda path: path == LONG,
    )

    def ask(path: str) -> Answer:
        answer = Answer()
        asked = {"method": "GET", "path": path, "query_string": "", "http_version": "1.1", "scheme": "http"}
        where = {"server": "127.0.0.1:8000", "client": "127.0.0.1:9", "authority": None, "headers": {}}
        took(SimpleNamespace(**asked, **where), answer)
        return answer

    return ask


def test_what_takes_long_holds_up_nothing_else_and_is_done_one_at_a_time(
    rendering: Rendering, ask: Callable[[str], Answer]
) -> None:
    long = [ask(LONG) for _ in range(8)]
    short = [ask(SHORT) for _ in range(8)]

    assert all(answer.is_there.wait(SECONDS) for answer in short)
    assert not any(answer.is_there.is_set() for answer in long)
    rendering.may_end.set()
    assert all(answer.is_there.wait(SECONDS) and answer.status == 200 for answer in long)
    assert rendering.most_at_once == 1


def test_what_takes_long_gives_way_and_only_while_it_is_rendered(
    rendering: Rendering, ask: Callable[[str], Answer]
) -> None:
    rendering.may_end.set()
    assert ask(LONG).is_there.wait(SECONDS)
    ends = time.monotonic() + SECONDS
    while sys.getswitchinterval() == rendering.intervals[LONG] and time.monotonic() < ends:
        time.sleep(0.001)
    assert ask(SHORT).is_there.wait(SECONDS)

    assert rendering.intervals[LONG] < rendering.intervals[SHORT]
    assert sys.platform != "linux" or rendering.priorities[LONG] > rendering.priorities[SHORT]


def test_whoever_would_wait_behind_too_many_is_told_to_come_back(ask: Callable[[str], Answer]) -> None:
    waiting = [ask(LONG) for _ in range(reception.MOST_WAITING_FOR_LONG + 1)]

    assert ask(LONG).status == 503
    short = ask(SHORT)
    assert short.is_there.wait(SECONDS)
    assert short.status == 200
    assert not any(answer.status for answer in waiting)


def test_every_search_of_readers_takes_long() -> None:
    addresses = {address for _pattern, written in patterns() for address, _names in written}
    searches = {
        address for address in addresses if "search" in address and not address.startswith("/admin/")
    } - {"/opensearch.xml"}  # which describes the search, and searches nothing

    assert {"/search/", "/api/v1/search/"} <= searches
    assert [address for address in searches if not address.startswith(SEARCHES)] == []
