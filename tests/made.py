"""A publication as `standfirst init` makes it, for tests that need one of their own.

It is made once a run, by whichever process needs it first, and copied from then on: to make one takes hundreds of
migrations, and longer than most tests.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def environment() -> dict[str, str]:
    """The environment of a user who has set nothing."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("STANDFIRST_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}


def a_publication(home: Path, factory: pytest.TempPathFactory) -> str:
    """Put a new publication, “The Lantern”, in `home`; returns what `standfirst init` printed."""
    run = factory.getbasetemp()
    folder = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "made"
    folder.mkdir(exist_ok=True)
    original, printed = folder / "the-lantern", folder / "printed"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.exists():
            printed.write_text(_make(original), encoding="utf-8")
    shutil.copytree(original, home)
    return printed.read_text(encoding="utf-8").replace(str(original), str(home))


def password_in(printed: str) -> str:
    """The password of the first account, which `init` prints at the end of a line."""
    found = re.search(r"password[^\n]*?([\w-]{8,})\s*$", printed, re.M)
    assert found, printed
    return found.group(1)


def _make(home: Path) -> str:
    command = [sys.executable, "-m", "standfirst", "init", str(home), "--time-zone", "Europe/London"]
    made = subprocess.run(command, cwd="/", env=environment(), capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout
