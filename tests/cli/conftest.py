"""The command as its users run it: a process of its own."""

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.made import a_publication, environment

Run = Callable[..., subprocess.CompletedProcess[str]]


def free_port() -> int:
    """A port that nobody listens on: never that of the file, which `make run` may hold."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def standfirst() -> Run:
    """Runs `standfirst ARGUMENTS…`, somewhere that is not a publication, and returns what became of it."""

    def run(*arguments: object, cwd: Path | str = "/", **more: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "standfirst", *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=cwd,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **more,
        )

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A publication made by `standfirst init`, and what was printed."""
    home = tmp_path_factory.mktemp("publications") / "the-lantern"
    return home, a_publication(home, tmp_path_factory)
