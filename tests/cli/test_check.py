"""`standfirst check` tells by its exit status whether all is right, and says what is not."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def damaged(made: tuple[Path, str], tmp_path: Path) -> Path:
    """A publication whose index of articles has lost count, and with five old addresses that lead nowhere."""
    home = tmp_path / "damaged"
    shutil.copytree(made[0], home)
    with sqlite3.connect(home / "standfirst.sqlite3") as rows:
        rows.execute("UPDATE wagtailcore_page SET numchild = 7 WHERE title = 'Articles'")
        rows.executemany(
            "INSERT INTO wagtailredirects_redirect (old_path, is_permanent, redirect_page_route_path, redirect_link,"
            " automatically_created) VALUES (?, 1, '', '', 0)",
            [(f"/old-[{number}]",) for number in range(5)],
        )
    return home


def test_a_sound_publication_is_said_to_be_right(made: tuple[Path, str], standfirst: Run) -> None:
    result = standfirst("check", "--home", made[0])

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "All is right: 0 articles, 0 credits, 0 contributors, 0 listings.\n"


def test_damage_is_told_by_kind_with_examples_and_how_to_mend_it(damaged: Path, standfirst: Run) -> None:
    result = standfirst("check", "--home", damaged)

    assert (result.returncode, result.stderr) == (1, "")
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[0].startswith("6 things are wrong, in 0 articles")
    assert "5  Old addresses that lead nowhere, or not in one step" in lines
    assert "The old address /old-[0] leads nowhere." in lines
    assert "… and 2 more: `--json` names them all." in lines
    assert "1  The tree of pages is damaged" in lines
    assert any("run `standfirst manage fixtree`" in line for line in lines)


def test_a_program_gets_every_finding(damaged: Path, made: tuple[Path, str], standfirst: Run) -> None:
    bad, good = (standfirst("check", "--json", "--home", home) for home in (damaged, made[0]))

    assert (bad.returncode, good.returncode) == (1, 0)
    said = json.loads(bad.stdout)
    assert said["is_sound"] is False
    assert {kind: count for kind, count in said["counts"].items() if count} == {
        "redirect-to-nowhere": 5,
        "tree": 1,
    }
    assert len(said["findings"]) == 6
    assert set(said["findings"][0]) == {"kind", "subject", "sentence", "mend"}
    assert json.loads(good.stdout)["is_sound"] is True
    assert json.loads(good.stdout)["findings"] == []


def test_checking_changes_nothing(damaged: Path, standfirst: Run) -> None:
    def rows() -> str:
        with sqlite3.connect(damaged / "standfirst.sqlite3") as database:
            return "\n".join(database.iterdump())

    before = rows()

    standfirst("check", "--home", damaged)

    assert rows() == before


def test_what_is_no_publication_is_refused(standfirst: Run, tmp_path: Path) -> None:
    result = standfirst("check", "--home", tmp_path)

    assert result.returncode == 2
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.stderr


def test_a_database_that_is_not_there_is_refused(
    made: tuple[Path, str], standfirst: Run, tmp_path: Path
) -> None:
    home = tmp_path / "empty"
    shutil.copytree(made[0], home, ignore=shutil.ignore_patterns("*.sqlite3*"))

    result = standfirst("check", "--home", home)

    assert result.returncode == 2
    assert "is not there: bring it back from a backup" in result.stderr
