"""The import of a folder that is killed and run again ends as one that was not."""

import shutil

import pytest

from tests.importers.test_killed import clean, contents, empty_home, importing  # noqa: F401

from .sites import picture, post, site


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    files = {
        "hugo.toml": 'baseURL = "https://lantern.example"\n',
        "content/about.md": post("About"),
        "data/authors.yml": "ada:\n  name: Ada Quill\nbea:\n  name: Bea Moor\n",
    }
    for number in range(1, 101):
        files[f"content/post/p-{number}/index.md"] = post(
            f"Title {number}",
            f"Words {number}.\n\n![Picture](p.png)\n\nMore.",
            date=f"20{10 + number % 9}-03-05",
            author="[ada, Cleo Finch]" if number % 3 else "bea",
            categories="News",
            tags=f"[t{number % 9}]",
            draft="true" if number % 17 == 0 else "false",
            slug=f"same-{number % 40}",
        )
        if number % 10 == 0:
            files[f"content/post/p-{number}/p.png"] = picture((8 + number, 8))
    folder = site(tmp_path_factory.mktemp("folder"), files)
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
