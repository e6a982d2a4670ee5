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
from urllib.parse import urlsplit

import pytest

from tests.database.pooler import sql

ROOT = Path(__file__).parents[1]
# The database of PostgreSQL that others are copied from: each run makes it anew.
PATTERN = "/standfirst_made_for_tests"


def environment() -> dict[str, str]:
    """The environment of a user who has set nothing."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("STANDFIRST_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"}


def a_publication(home: Path, factory: pytest.TempPathFactory, database: str = "") -> str:
    """Put a new publication, “The Lantern”, in `home`; returns what `standfirst init` printed.

    With the address of a `database` of PostgreSQL it is on that one, which is made anew.
    """
    run = factory.getbasetemp()
    folder = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "made"
    folder.mkdir(exist_ok=True)
    kind = "on-postgresql" if database else "on-sqlite"
    original, printed = folder / kind / "the-lantern", folder / kind / "printed"
    pattern = urlsplit(database)._replace(path=PATTERN).geturl() if database else ""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.exists():
            if pattern:
                make_database(pattern)
            original.parent.mkdir()
            printed.write_text(_make(original, pattern), encoding="utf-8")
        if pattern:
            make_database(database, template=PATTERN.strip("/"))
    shutil.copytree(original, home)
    if pattern:
        file = home / "standfirst.toml"
        file.write_text(file.read_text(encoding="utf-8").replace(pattern, database), encoding="utf-8")
    return printed.read_text(encoding="utf-8").replace(str(original), str(home))


def password_in(printed: str) -> str:
    """The password of the first account, which `init` prints at the end of a line."""
    found = re.search(r"password[^\n]*?([\w-]{8,})\s*$", printed, re.M)
    assert found, printed
    return found.group(1)


def make_database(database: str, template: str = "template1") -> None:
    """Make a database of PostgreSQL anew, by its address."""
    name = urlsplit(database).path.strip("/")
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    sql(database, drop, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _make(home: Path, database: str) -> str:
    command = [sys.executable, "-m", "standfirst", "init", str(home), "--time-zone", "Europe/London"]
    command += ["--database", database] if database else []
    made = subprocess.run(command, cwd="/", env=environment(), capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout
