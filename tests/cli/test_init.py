"""`standfirst init` makes a publication that can be served at once, and harms nothing that was there."""

import re
import sqlite3
from pathlib import Path

import pytest

from standfirst.config import publication_file
from tests.cli.conftest import Run


def test_a_new_publication_has_everything_it_needs(made: tuple[Path, str]) -> None:
    home, printed = made

    publication = publication_file.read(home)
    assert publication.name == "The Lantern"
    assert publication.time_zone == "Europe/London"
    with sqlite3.connect(home / "standfirst.sqlite3") as rows:
        assert rows.execute("SELECT username, is_superuser FROM auth_user").fetchall() == [("editor", 1)]
        assert rows.execute("SELECT title FROM wagtailcore_page WHERE depth = 2").fetchall() == [
            ("The Lantern",)
        ]
        assert rows.execute("SELECT hostname, port FROM wagtailcore_site").fetchall() == [("localhost", 8000)]
        assert rows.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert f"standfirst --home {home} serve" in printed


def test_the_password_is_shown_once_and_kept_nowhere(made: tuple[Path, str]) -> None:
    home, printed = made

    password = re.search(r"with the password (\S+)", printed)
    assert password is not None
    assert len(password[1]) >= 16
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert password[1].encode() not in kept


def test_a_publication_is_not_made_twice(made: tuple[Path, str], standfirst: Run) -> None:
    result = standfirst("init", made[0])

    assert result.returncode == 2
    assert "already holds a publication" in result.stderr


def test_a_directory_in_use_is_refused(standfirst: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("mine")

    result = standfirst("init", tmp_path)

    assert result.returncode == 2
    assert result.stderr.startswith(f"Error: {tmp_path} is not empty: name a directory")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--address", "lantern.example/blog", "address must be where readers find"),
        ("--language", "english", "language must be a language tag"),
        ("--database", "oracle://x", "database must be"),
        ("--database", "postgresql://nobody@127.0.0.1:1/none", "The database none can't be used"),
    ],
)
def test_a_bad_answer_is_refused_and_nothing_is_left(
    standfirst: Run, tmp_path: Path, option: str, value: str, said: str
) -> None:
    result = standfirst("init", tmp_path / "new", option, value)

    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "new").exists()


def test_manage_runs_djangos_commands_on_the_publication(made: tuple[Path, str], standfirst: Run) -> None:
    result = standfirst(
        "manage",
        "shell",
        "-v0",
        "-c",
        "from django.conf import settings; print(settings.STANDFIRST.name)",
        cwd=made[0],
    )

    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "The Lantern"


def test_a_new_publication_needs_no_migration(made: tuple[Path, str], standfirst: Run) -> None:
    result = standfirst("manage", "migrate", "--check", cwd=made[0])

    assert result.returncode == 0, result.stdout
