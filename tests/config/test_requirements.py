"""What is installed is pinned and hashed, and comes from wherever the installer's registry is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PINNED = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)
def test_pinned_requirements_name_no_address_or_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert (
        re.findall(r".*(?:://|--(?:extra-)?index-url|--find-links|--trusted-host| @ |^/).*", text, re.M) == []
    )


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    entries = re.findall(r"^[A-Za-z0-9].*(?:\n +--hash.*)*", path.read_text(encoding="utf-8"), re.M)

    assert entries
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", entry)
        assert "--hash=sha256:" in entry


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.partition("\ndependencies = [\n")[2].partition("\n]")[0]

    assert [line for line in block.splitlines() if "# " not in line] == []


def test_the_pins_agree_between_running_and_developing() -> None:
    run, dev = (
        dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "requirements" / name).read_text(), re.M))
        for name in ("run.txt", "dev.txt")
    )

    assert {name: (run[name], dev[name]) for name in run.keys() & dev.keys() if run[name] != dev[name]} == {}
