"""`standfirst serve` is one tree of processes: it answers, keeps itself running, and stops cleanly."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.made import environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc")

Served = tuple[subprocess.Popen[str], int]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(holds: Callable[[], bool], what: str, seconds: float = 20) -> None:
    """Wait until it holds; fail, saying what did not, if it takes too long."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what}: not within {seconds} seconds"
        time.sleep(0.05)


def answers(port: int, path: str = "/healthz") -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


def children(pid: int) -> list[int]:
    """The processes that a server consists of: the children of its present generation."""
    return [worker for generation in _children(pid) for worker in _children(generation)]


def _children(pid: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] + [
        int(n)
        for task in Path(f"/proc/{pid}/task").iterdir()
        if task.name != str(pid)
        for n in (task / "children").read_text().split()
    ]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def served(made: tuple[Path, str]) -> Iterator[Served]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "standfirst", "--home", str(made[0]), "serve", "--port", str(port)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        eventually(lambda: answers(port) or process.poll() is not None, "an answer", 60)
        assert process.poll() is None, process.communicate()[0]
        yield process, port
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_and_leaves_no_process_behind(served: Served, number: signal.Signals) -> None:
    process, port = served
    tree = children(process.pid)
    assert len(tree) == 3  # Two web processes and the scheduler.

    asked = time.monotonic()
    process.send_signal(number)
    output, _ = process.communicate(timeout=20)

    assert process.returncode == 0, output
    assert time.monotonic() - asked < 4  # After five, what does not listen is killed.
    assert not any(map(is_running, tree))
    assert not answers(port)
    assert "Traceback" not in output
    assert f"The Lantern is at http://localhost:{port}/" in output


def test_ctrl_c_in_a_terminal_reaches_the_whole_group_and_still_ends_well(served: Served) -> None:
    process, _ = served

    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=20)

    assert process.returncode == 0, output
    assert "Unexpected exit" not in output


def test_what_dies_is_started_again(served: Served) -> None:
    process, port = served
    before = set(children(process.pid))

    for pid in before:
        os.kill(pid, signal.SIGKILL)

    def is_whole_again() -> bool:
        now = [pid for pid in children(process.pid) if is_running(pid)]
        return len(now) == 3 and not before & set(now)

    eventually(is_whole_again, "three new processes")
    eventually(lambda: answers(port), "an answer")


def test_its_children_do_not_outlive_it_however_it_ends(served: Served) -> None:
    process, _ = served
    tree = children(process.pid)

    process.kill()
    process.wait()

    eventually(lambda: not any(map(is_running, tree)), "the end of the others")


def test_a_taken_port_costs_one_sentence(served: Served, made: tuple[Path, str], standfirst: Run) -> None:
    _, port = served

    result = standfirst("--home", made[0], "serve", "--port", port)

    assert result.returncode == 2
    assert result.stderr.startswith(f"Error: Port {port} of 127.0.0.1 can't be listened on")
    assert result.stderr.count("\n") == 1


def test_an_address_that_is_not_ours_costs_one_sentence(made: tuple[Path, str], standfirst: Run) -> None:
    result = standfirst("--home", made[0], "serve", "--host", "not-here.invalid")

    assert result.returncode == 2
    assert "not-here.invalid is not an address of this machine" in result.stderr


def test_a_database_behind_this_version_is_not_served(
    made: tuple[Path, str], standfirst: Run, tmp_path: Path
) -> None:
    home = tmp_path / "old"
    home.mkdir()
    for name in ("standfirst.toml", "secret.key"):
        (home / name).write_bytes((made[0] / name).read_bytes())
    with (
        sqlite3.connect(made[0] / "standfirst.sqlite3") as new,
        sqlite3.connect(home / "standfirst.sqlite3") as old,
    ):
        new.backup(old)
        old.execute("DELETE FROM django_migrations WHERE app = 'articles' AND name > '0001_z'")

    result = standfirst("--home", home, "serve", "--port", free_port())

    assert result.returncode == 2
    assert "behind this version: make a backup, then run" in result.stderr
    assert result.stderr.count("\n") == 1


def test_static_files_are_named_by_their_contents_and_kept_for_ever(served: Served) -> None:
    _, port = served
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/") as page:
        style = page.read().decode().partition('href="/static/')[2].partition('"')[0]

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/{style}") as response:
        assert "immutable" in response.headers["Cache-Control"]


def test_a_reload_takes_up_what_changed_and_refuses_nobody(served: Served, made: tuple[Path, str]) -> None:
    process, port = served
    before = children(process.pid)
    file = made[0] / "standfirst.toml"
    settings = file.read_text()
    refused: list[Exception] = []
    over = threading.Event()

    def keep_asking() -> None:
        while not over.is_set():
            try:
                answers_of(port)
            except OSError as error:
                refused.append(error)

    reader = threading.Thread(target=keep_asking)
    reader.start()
    try:
        file.write_text(settings.replace("http://localhost:8000", "http://reloaded.example"))
        process.send_signal(signal.SIGHUP)
        eventually(lambda: "http://reloaded.example/" in answers_of(port), "what was changed", 60)
        eventually(lambda: not any(map(is_running, before)), "the end of the former generation")
    finally:
        over.set()
        reader.join()
        file.write_text(settings)

    assert len(children(process.pid)) == 3
    # A connection the kernel had handed to the former listener just before it closed is reset; none is refused.
    assert [error for error in refused if isinstance(error, ConnectionRefusedError)] == []
    assert len(refused) <= 2


def test_a_reload_that_cannot_start_leaves_all_as_it_was(served: Served, made: tuple[Path, str]) -> None:
    process, port = served
    before = children(process.pid)
    file = made[0] / "standfirst.toml"
    settings = file.read_text()

    try:
        file.write_text("nonsense = 1")
        process.send_signal(signal.SIGHUP)
        time.sleep(2)
    finally:
        file.write_text(settings)
    assert answers(port)
    assert children(process.pid) == before
    process.terminate()
    output, _ = process.communicate(timeout=20)

    assert "nonsense is not a setting" in output
    assert (
        "The reload failed: the publication can't be served as it is now (status 2; it said why above)."
        in output
    )
    assert output.index("nonsense is not a setting") < output.index("The reload failed")
    assert "What was served before is served on." in output


def answers_of(port: int, path: str = "/articles/") -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
        return str(response.read().decode())
