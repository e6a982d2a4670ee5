"""A publication's directory is made whole, privately, and nowhere it could overwrite anything."""

import stat
from pathlib import Path

import pytest

from standfirst.config import publication_file
from standfirst.config.publication_directory import new_directory, publication_text
from standfirst.config.publication_file import PublicationFileError

TEXT = publication_text(name="The Lantern")


def test_a_new_directory_holds_what_a_publication_needs(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "lantern"

    with new_directory(home, TEXT):
        pass

    assert publication_file.read(home).name == "The Lantern"
    assert len(publication_file.read_secret(home)) >= 50
    assert (home / "media").is_dir()
    assert "static/" in (home / "theme" / "README.md").read_text()


def test_the_secret_and_the_settings_are_for_their_owner_only(tmp_path: Path) -> None:
    with new_directory(tmp_path / "lantern", TEXT):
        pass

    for name in ("secret.key", "standfirst.toml"):
        assert stat.S_IMODE((tmp_path / "lantern" / name).stat().st_mode) == 0o600


def test_two_publications_have_two_secrets(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with new_directory(tmp_path / name, TEXT):
            pass

    assert publication_file.read_secret(tmp_path / "a") != publication_file.read_secret(tmp_path / "b")


def test_a_directory_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(PublicationFileError, match="is not empty"), new_directory(tmp_path, TEXT):
        pytest.fail("it went ahead")

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_publication_is_not_made_over_another(tmp_path: Path) -> None:
    with new_directory(tmp_path, TEXT):
        pass

    with (
        pytest.raises(PublicationFileError, match="already holds a publication"),
        new_directory(tmp_path, TEXT),
    ):
        pytest.fail("it went ahead")


@pytest.mark.parametrize("existed", [True, False])
def test_what_fails_half_way_leaves_nothing_behind(tmp_path: Path, existed: bool) -> None:
    home = tmp_path / "lantern"
    if existed:
        home.mkdir()

    with pytest.raises(RuntimeError), new_directory(home, TEXT):
        (home / "standfirst.sqlite3").write_text("half")
        raise RuntimeError

    assert home.exists() is existed
    assert not existed or not any(home.iterdir())


def test_bad_settings_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with (
        pytest.raises(PublicationFileError, match="time_zone"),
        new_directory(tmp_path / "x", publication_text(name="x", time_zone="Mars/Base")),
    ):
        pytest.fail("it went ahead")

    assert not (tmp_path / "x").exists()
