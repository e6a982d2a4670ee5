"""What `standfirst serve` tells those who watch it: figures, and a log."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.test_serve import answers, children, eventually, free_port, is_running
from tests.made import a_publication, environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc")


@dataclass(frozen=True, slots=True)
class Watched:
    """A publication that is served, measured and logged."""

    process: subprocess.Popen[bytes]
    port: int
    metrics_port: int
    log: Path

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as response:
            return str(response.read().decode())

    def figures(self) -> str:
        address = f"http://127.0.0.1:{self.metrics_port}/metrics"
        try:
            with urllib.request.urlopen(address, timeout=20) as response:
                return str(response.read().decode())
        except OSError:
            return ""

    def figure(self, name: str) -> float:
        found = [line for line in self.figures().splitlines() if line.startswith(f"{name} ")]
        return float(found[0].rpartition(" ")[2]) if found else 0.0


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def watched(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, taken: socket.socket
) -> Iterator[Watched]:
    """It is served while somebody else has the port for its figures."""
    home = tmp_path / "lantern"
    a_publication(home, tmp_path_factory)
    metrics_port = taken.getsockname()[1]
    file = home / "standfirst.toml"
    more = f'[server]\nlog = "json"\naccess_log = true\nmetrics_port = {metrics_port}\n'
    file.write_text(file.read_text().replace("[server]\n", more, 1))
    port = free_port()
    log = tmp_path / "log"
    with log.open("ab") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "standfirst", "--home", str(home), "serve", "--port", str(port)],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
        )
    try:
        eventually(lambda: answers(port) or process.poll() is not None, "an answer", 60)
        assert process.poll() is None, log.read_text()
        yield Watched(process, port, metrics_port, log)
    finally:
        process.terminate()
        process.wait()


def test_figures_and_the_log_say_what_was_sent_through_every_trouble(
    watched: Watched, taken: socket.socket
) -> None:
    first = children(watched.process.pid)
    for _ in range(3):
        watched.get("/articles/")
    watched.get("/search/?q=something-private")

    # Somebody else had the port all the while, and nothing but the figures waited for it.
    assert all(map(is_running, first))
    taken.close()
    eventually(lambda: bool(watched.figures()), "figures")
    kept = 'standfirst_answers_total{source="kept",status="200"}'
    assert watched.figure(kept) == 2
    assert watched.figure("standfirst_kept_pages") == 1

    # A reload counts on.
    watched.process.send_signal(signal.SIGHUP)
    eventually(lambda: not any(map(is_running, first)), "the end of the former generation", 60)
    eventually(lambda: bool(watched.figures()), "figures of the next generation")
    second = children(watched.process.pid)
    watched.get("/articles/")
    # An answer is counted when it is on its way.
    eventually(lambda: watched.figure(kept) > 2, "the kept answer in the figures")
    assert watched.figure(kept) == 3
    assert children(watched.process.pid) == second

    # Each line of the log is an event, and no reader's words are in it.
    lines = watched.log.read_text().splitlines()
    events = [json.loads(line) for line in lines]
    assert all({"time", "level", "logger", "message"} <= event.keys() for event in events)
    assert [event for event in events if event["level"] == "ERROR"] == []
    accesses = [event["message"] for event in events if event["logger"] == "granian.access"]
    assert any(message.startswith("GET /search/ 200 ") for message in accesses)
    assert "something-private" not in "".join(lines)
    assert "127.0.0.1" not in "".join(accesses)
