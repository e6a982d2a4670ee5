"""Editors and readers at once, over HTTP: nobody who begins to read after a commit sees what was before it.

What a reader is sent must be what some state of the database shows that held between the moment they asked and the
moment they had it. STANDFIRST_RACES says how many times as long the races are.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest

from tests.archives.reading import Page
from tests.cli.test_serve import answers, children, eventually, free_port, is_running
from tests.database.pooler import sql
from tests.made import ROOT, a_publication, environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc")

STEPS = 45 * int(os.environ.get("STANDFIRST_RACES", "1"))
EDITORS = ("Ada", "Ben")
READERS = 4
WORKERS = 3


class World:
    """What each editor's part of the magazine shows, state by state."""

    def __init__(self) -> None:
        self.states: dict[str, list[dict[str, Any]]] = {name: [] for name in EDITORS}
        self.begun = dict.fromkeys(EDITORS, 0)
        self.done = dict.fromkeys(EDITORS, 0)
        self.lock = threading.Lock()

    def hear(self, name: str, what: str, seen: dict[str, Any]) -> None:
        with self.lock:
            states = self.states[name]
            if what == "begins":
                states.append(seen)
                self.begun[name] = len(states) - 1
            else:
                if states and states[-1].keys() == seen.keys() and states[-1] == seen:
                    pass
                elif states and self.begun[name] > self.done[name]:
                    states[-1] = states[-1] | seen  # An article's address is known once it is there.
                else:
                    states.append(seen)
                self.begun[name] = self.done[name] = len(states) - 1

    def restarted(self, name: str, seen: dict[str, Any]) -> None:
        """An editor was killed: what they had begun is done, or not."""
        with self.lock:
            states = self.states[name]
            allowed = [states[self.done[name]], states[self.begun[name]]]
            assert any(is_same(seen, state) for state in allowed), "an acknowledged change is lost"
            states.append(seen)
            self.begun[name] = self.done[name] = len(states) - 1

    def now(self) -> tuple[dict[str, int], dict[str, int]]:
        with self.lock:
            return dict(self.done), dict(self.begun)

    def addresses(self, name: str) -> list[str]:
        with self.lock:
            return list(self.states[name][self.done[name]])

    def between(self, name: str, first: int, last: int) -> list[dict[str, Any]]:
        with self.lock:
            return self.states[name][first : last + 1]


def is_same(seen: dict[str, Any], state: dict[str, Any]) -> bool:
    """Whether two states show the same, an address that was not known yet left aside."""
    return all(seen[path] == state[path] for path in seen.keys() & state.keys())


class Reader(threading.Thread):
    """Reads at random until told to stop, and notes what ought not to be."""

    def __init__(self, world: World, port: int, seed: int, stop: threading.Event, *, forgives: bool) -> None:
        super().__init__(daemon=True)
        self.world, self.port, self.stop, self.forgives = world, port, stop, forgives
        self.chance = random.Random(seed)
        self.known: dict[str, tuple[str, bytes]] = {}
        self.wrong: list[str] = []
        self.read = self.not_modified = self.broken = 0
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def run(self) -> None:
        while not self.stop.is_set():
            name = self.chance.choice(EDITORS)
            path = self.chance.choice(self.world.addresses(name))
            try:
                self.visit(name, path)
            except (OSError, http.client.HTTPException) as error:
                self.broken += 1
                self.connection.close()
                if not self.forgives:
                    self.wrong.append(f"{path}: {error!r}")
                time.sleep(0.02)

    def visit(self, name: str, path: str) -> None:
        (done, _) = self.world.now()
        headers = {}
        if path in self.known and self.chance.random() < 0.5:
            headers["If-None-Match"] = self.known[path][0]
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body, status = response.read(), response.status
        (_, begun) = self.world.now()
        self.read += 1
        if status == 304:
            self.not_modified += 1
            status, body = 200, self.known[path][1]
        elif status == 200:
            self.known[path] = (response.headers["ETag"], body)
        if status not in (200, 404):
            self.wrong.append(f"{path}: {status}")
            return
        sent = shown_on(path, name, Page(status, body.decode())) if status == 200 else None
        allowed = [state.get(path) for state in self.world.between(name, done[name], begun[name])]
        if sent not in allowed:
            self.wrong.append(f"{path}: sent {sent}, where {allowed} was to be seen")


def shown_on(path: str, name: str, page: Page) -> Any:
    """What an editor's part of a page shows, in the form that the editor's own states have."""
    if path.startswith("/author/"):
        listed = headlines(page)
        assert page.claimed == len(listed), f"{path}: {page.heading} over {listed}"
        return [page.heading.partition("by:")[2].strip(), listed]
    if path == "/articles/":
        return [headline for headline in headlines(page) if headline.startswith(f"{name} ")]
    return page.heading


def headlines(page: Page) -> list[str]:
    found: list[lxml.html.HtmlElement] = page.tree.xpath("//*[contains(@class,'entry-headline')]/a")
    return [" ".join(link.text_content().split()) for link in found]


class Race:
    """A magazine being served, its editors and its readers."""

    def __init__(self, home: Path, *, forgives: bool) -> None:
        self.home, self.forgives = home, forgives
        self.port = free_port()
        self.world = World()
        self.editors: dict[str, subprocess.Popen[str]] = {}
        self.left = dict.fromkeys(EDITORS, STEPS)
        self.over = threading.Event()
        self.serve()

    def serve(self) -> None:
        command = [
            sys.executable,
            "-m",
            "standfirst",
            "--home",
            str(self.home),
            "serve",
            "--port",
            str(self.port),
        ]
        self.log = (self.home / "log").open("a")
        self.server = subprocess.Popen(
            [*command, "--workers", str(WORKERS)], env=environment(), stdout=self.log, stderr=self.log
        )
        eventually(lambda: answers(self.port), "an answer", 60)

    def edit(self, name: str, seed: int) -> threading.Thread:
        """An editor, and the thread that hears what they say and starts them again if they are killed."""

        def keep_on() -> None:
            attempt = 0
            while self.left[name] > 0:
                arguments = [str(self.home), name, f"{seed}{attempt}", str(self.left[name])]
                process = subprocess.Popen(
                    [sys.executable, "-m", "tests.pagecache.editor", *arguments],
                    env=environment(),
                    cwd=ROOT,
                    stdout=subprocess.PIPE,
                    text=True,
                )
                self.editors[name] = process
                assert process.stdout is not None
                is_first = True
                for line in process.stdout:
                    what, seen = json.loads(line)
                    if is_first and attempt:
                        self.world.restarted(name, seen)
                    else:
                        self.world.hear(name, what, seen)
                        self.left[name] -= what == "done" and not is_first
                    is_first = False
                attempt += 1
                assert self.forgives or process.wait() == 0, f"{name} failed"

        thread = threading.Thread(target=keep_on, daemon=True)
        thread.start()
        return thread

    def run(self, seed: int, kill: Any = None) -> list[Reader]:
        work = [self.edit(name, seed) for name in EDITORS]
        eventually(lambda: all(self.world.states.values()), "the editors", 60)
        readers = [
            Reader(self.world, self.port, seed + n, self.over, forgives=self.forgives) for n in range(READERS)
        ]
        for reader in readers:
            reader.start()
        chance = random.Random(seed)
        while any(thread.is_alive() for thread in work):
            if kill:
                time.sleep(chance.uniform(0.2, 0.8))
                kill(self, chance)
            else:
                time.sleep(0.1)
        self.over.set()
        for reader in readers:
            reader.join(60)
        assert all(left <= 0 for left in self.left.values())
        return readers

    def end(self) -> None:
        self.over.set()
        for process in (*self.editors.values(), self.server):
            if process.poll() is None:
                process.kill()
            process.wait()
        self.log.close()


@pytest.fixture
def home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A publication of its own, on whichever database the tests run."""
    home = tmp_path / "race"
    server = os.environ.get("STANDFIRST_TEST_DATABASE", "")
    name = f"standfirst_race_{os.getpid()}"
    a_publication(
        home, tmp_path_factory, urlsplit(server)._replace(path=f"/{name}").geturl() if server else ""
    )
    yield home
    if server:
        sql(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


COMPARE = """
import sys
from standfirst.config.opening import open_publication
open_publication(sys.argv[1])
from django.conf import settings
from django.test import override_settings
from tests.pagecache.keeping import kept_answer, kept_paths, not_kept, sent
settings.ALLOWED_HOSTS.append("testserver")
paths = kept_paths()
with not_kept():
    stale = [path for path in paths if sent(path) != kept_answer(path)]
print(len(paths), stale)
sys.exit(bool(stale) or not paths)
"""


def compare_with_fresh_renderings(home: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", COMPARE, str(home)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_nobody_who_begins_to_read_after_a_commit_sees_what_was_before_it(home: Path) -> None:
    race = Race(home, forgives=False)
    try:
        readers = race.run(seed=1)
    finally:
        race.end()

    assert [wrong for reader in readers for wrong in reader.wrong] == []
    assert sum(reader.read for reader in readers) > STEPS
    assert sum(reader.not_modified for reader in readers) > 0
    assert "Traceback" not in (home / "log").read_text()
    compare_with_fresh_renderings(home)


def kill_something(race: Race, chance: random.Random) -> None:
    what = chance.choice(["worker", "worker", "editor", "tree"])
    if what == "editor":
        running = [process for process in race.editors.values() if process.poll() is None]
        for process in running[:1]:
            process.kill()
    elif what == "worker":
        tree = [pid for pid in children(race.server.pid) if is_running(pid)]
        if tree:
            os.kill(chance.choice(tree), signal.SIGKILL)
    else:
        tree = children(race.server.pid)
        race.server.kill()
        race.server.wait()
        eventually(lambda: not any(map(is_running, tree)), "the end of the others")
        race.serve()


def test_whatever_is_killed_nothing_is_lost_and_nothing_is_old_afterwards(home: Path) -> None:
    race = Race(home, forgives=True)
    try:
        readers = race.run(seed=2, kill=kill_something)
    finally:
        race.end()

    assert [wrong for reader in readers for wrong in reader.wrong] == []
    assert all(reader.read for reader in readers)
    compare_with_fresh_renderings(home)
