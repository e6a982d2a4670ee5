"""Every command and every setting is documented, and no document names what does not exist."""

import re
from pathlib import Path

import click
import pytest

from standfirst.cli.group import COMMANDS, cli
from standfirst.config.publication_file import KEYS, TABLES

ROOT = Path(__file__).parents[2]
COMMAND_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
SETTINGS_PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def commands_of(name: str) -> list[click.Command]:
    """A command, with those below it if it is a group."""
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    return [command, *getattr(command, "commands", {}).values()]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = COMMAND_PAGE.partition(f"\n## `standfirst {name}")[2].partition("\n## ")[0]
    command, *below = commands_of(name)

    assert section, f"docs/commands.md has no section on `standfirst {name}`"
    assert [sub.name for sub in below if f"`{name} {sub.name}`" not in section] == []
    options = [
        option
        for one in (command, *below)
        for parameter in one.params
        for option in parameter.opts
        if option.startswith("--")
    ]
    assert [option for option in options if f"`{option}" not in section] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_explains_itself(name: str) -> None:
    for command in commands_of(name):
        assert command.help
        assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_every_setting_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `([a-z_.]+)` \|", SETTINGS_PAGE.partition("\n## ")[0], re.M))
    settings = set(KEYS) - set(TABLES) | {f"{table}.{key}" for table in TABLES for key in TABLES[table]}

    assert documented == settings


def test_every_variable_of_the_environment_is_documented() -> None:
    sources = [*(ROOT / "standfirst").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]
    read = {
        name
        for path in sources
        for name in re.findall(r"\bSTANDFIRST_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }

    assert {name for name in read if name not in SETTINGS_PAGE} == set()


def test_every_room_says_what_it_is_for() -> None:
    rooms = [path for path in (ROOT / "standfirst").iterdir() if (path / "__init__.py").exists()]

    assert [room.name for room in rooms if not (room / "README.md").exists()] == []
