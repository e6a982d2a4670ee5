"""The import of a table that is killed and run again ends as one that was not."""

import shutil

import pytest

from tests.importers.test_killed import clean, contents, empty_home, importing  # noqa: F401

from .writing import HEADINGS, row, table


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    rows = [
        [
            str(number),
            *row(
                number % 27 + 1,
                Title=f"Title {number}",
                Author=["Ada Quill", "Ben Marsh and Cleo Wren", ""][number % 3],
                Status="draft" if number % 17 == 0 else "published",
                Section=["News", "Essays"][number % 2],
            ),
        ]
        for number in range(1, 121)
    ]
    return table(folder, *rows, headings=["ID", *HEADINGS]), folder


@pytest.mark.parametrize("where", [0.1, 0.5, 0.9])
def test_killed_anywhere_and_run_again_it_ends_the_same(empty_home, archive, clean, tmp_path, where):  # noqa: F811
    expected, writes = clean
    home = tmp_path / "home"
    shutil.copytree(empty_home, home)

    killed = importing(home, archive, max(1, int(writes * where)))
    assert killed.returncode == -9
    again = importing(home, archive, 0)

    assert again.returncode == 0, again.stderr
    found = contents(home)
    assert {name for name in expected if found[name] != expected[name]} == set()
