"""The import of manuscripts that is killed and run again ends as one that was not."""

import shutil

import pytest

from tests.importers.test_killed import clean, contents, empty_home, importing  # noqa: F401

from .documents import docx, p, picture


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("manuscripts")
    for number in range(1, 61):
        lines = [
            p(f"Title {number}", "Title"),
            p(["Ada Quill", "Ben Marsh and Cleo Wren"][number % 2], "Author"),
            p("Words."),
        ]
        docx(folder / f"m-{number}.docx", *lines, *([picture()] if number % 10 == 0 else []))
    return folder, folder


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
