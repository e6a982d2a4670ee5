"""A database made before the first release is told from any other, and nothing is done to it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def former(made: tuple[Path, str], tmp_path: Path) -> Path:
    """A publication whose own pages are where they were kept before the first release."""
    home = tmp_path / "former"
    shutil.copytree(made[0], home)
    with sqlite3.connect(home / "standfirst.sqlite3") as rows:
        rows.execute("ALTER TABLE publications_publicationpage RENAME TO articles_publicationpage")
    return home


@pytest.mark.parametrize(
    "arguments",
    [("serve", "--port", "1"), ("manage", "migrate"), ("check",)],
    ids=" ".join,
)
def test_a_database_made_before_the_first_release_is_refused_in_one_sentence(
    arguments: tuple[str, ...], former: Path, standfirst: Run
) -> None:
    result = standfirst("--home", former, *arguments)

    assert result.returncode == 2
    assert result.stderr.startswith("Error: The database was made before the first release")
    assert len(result.stderr.splitlines()) == 1
