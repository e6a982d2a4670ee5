"""The list of commands answers at once, helps, and never shows a traceback for bad input."""

import subprocess
import sys
from pathlib import Path

import pytest

from standfirst.cli.group import COMMANDS
from tests.cli.conftest import Run, free_port
from tests.made import environment


def test_help_lists_every_command_with_what_it_does(standfirst: Run) -> None:
    result = standfirst("--help")

    assert result.returncode == 0
    for name, help_text in COMMANDS.items():
        assert name in result.stdout
        assert help_text in result.stdout


def test_help_loads_neither_django_nor_any_command() -> None:
    probe = (
        "import sys; from click.testing import CliRunner; from standfirst.cli.group import cli;"
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0;"
        "print([m for m in sys.modules if m in ('django', 'rich', 'PIL') or m == 'standfirst.cli.serve'])"
    )

    result = subprocess.run(
        [sys.executable, "-c", probe], env=environment(), capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"


def test_a_misspelt_command_names_the_likely_one(standfirst: Run) -> None:
    result = standfirst("improt")

    assert result.returncode == 2
    assert "Did you mean 'import'?" in result.stderr


@pytest.mark.parametrize("name", ["serve", "manage"])
def test_a_command_without_a_publication_says_how_to_give_one(standfirst: Run, name: str) -> None:
    result = standfirst(name)

    assert result.returncode == 2
    assert result.stderr.startswith("Error: No publication here: give its directory with --home DIR")
    assert result.stderr.count("\n") == 1


def test_a_mistake_in_the_file_costs_one_sentence(standfirst: Run, tmp_path: Path) -> None:
    (tmp_path / "standfirst.toml").write_text('nmae = "The Lantern"\n')

    for arguments in (["--home", tmp_path, "serve"], ["manage", "--home", tmp_path, "check"]):
        result = standfirst(*arguments)

        assert result.returncode == 2
        assert (
            result.stderr == f"Error: {tmp_path}/standfirst.toml: nmae is not a setting; did you mean name?\n"
        )


def test_a_database_that_is_not_there_costs_one_sentence(standfirst: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("x" * 50)
    (tmp_path / "standfirst.toml").write_text(
        'name = "x"\naddress = "http://localhost"\ndatabase = "postgresql://nobody:hush@127.0.0.1:1/none"\n'
    )

    for command in (["serve", "--port", free_port()], ["manage", "showmigrations"]):
        result = standfirst("--home", tmp_path, *command)

        assert result.returncode == 2, result.stderr
        assert result.stderr.startswith("Error: The database none can't be used (")
        assert "hush" not in result.stderr
        assert "Traceback" not in result.stderr
