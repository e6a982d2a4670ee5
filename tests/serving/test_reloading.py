"""A second generation that does not serve: which way it failed is said."""

import signal
import subprocess
import sys

import pytest

from standfirst.serving import __main__ as keeper


class Scripted(keeper.Generation):
    """A generation that runs a script in place of the server."""

    def __init__(self, script: str) -> None:
        self.script = script
        super().__init__()

    def _command(self, tell_ready: int) -> list[str]:
        return [sys.executable, "-c", f"import os, signal, sys, time; ready = {tell_ready}; {self.script}"]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("sys.exit(2)", "the publication can't be served as it is now (status 2; it said why above)"),
        ("sys.exit(1)", "the new generation ended with an error (status 1; it said why above)"),
        (
            "os.kill(os.getpid(), signal.SIGKILL)",
            "the new generation was ended by SIGKILL before it listened",
        ),
        ("time.sleep(60)", "the new generation did not listen within 1 seconds, and was ended"),
    ],
)
def test_a_generation_that_does_not_serve_says_which_way_it_failed(
    script: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "SECONDS_TO_START", 1 if "sleep" in script else 60)
    generation = Scripted(script)

    assert not generation.is_ready()

    assert generation.why_not_ready() == said
    assert generation.process.poll() is not None


def test_a_generation_that_serves_is_ready_and_ends_when_it_is_told_to() -> None:
    generation = Scripted("os.write(ready, b'1'); time.sleep(60)")

    assert generation.is_ready()

    assert generation.stop() == -signal.SIGTERM
    assert isinstance(generation.process, subprocess.Popen)
