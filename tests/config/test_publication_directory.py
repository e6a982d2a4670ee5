"""A publication's directory is made whole, privately, and nowhere it could overwrite anything."""

import os
import sqlite3
import stat
import subprocess
from pathlib import Path

import pytest

from standfirst.config import publication_file
from standfirst.config.publication_directory import (
    new_database_file,
    new_directory,
    publication_text,
    readable_by_everybody,
    with_port,
)
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


def test_a_new_directory_lets_nobody_else_in(tmp_path: Path) -> None:
    with new_directory(tmp_path / "lantern", TEXT):
        new_database_file(tmp_path / "lantern" / "standfirst.sqlite3")

    assert stat.S_IMODE((tmp_path / "lantern").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "lantern" / "standfirst.sqlite3").stat().st_mode) == 0o600


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_the_media_are_for_the_account_and_its_group_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with new_directory(tmp_path / "lantern", TEXT):
            pass
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "lantern" / "media").stat().st_mode) == 0o750


def test_what_sqlite_puts_beside_a_private_file_is_private(tmp_path: Path) -> None:
    new_database_file(tmp_path / "rows.sqlite3")

    with sqlite3.connect(tmp_path / "rows.sqlite3") as rows:
        rows.execute("PRAGMA journal_mode=WAL")
        rows.execute("CREATE TABLE x (y)")

        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {f"rows.sqlite3{end}": 0o600 for end in ("", "-wal", "-shm")}


def test_a_directory_that_was_there_keeps_its_group_and_loses_the_others(tmp_path: Path) -> None:
    home = tmp_path / "lantern"
    home.mkdir()
    home.chmod(0o755)

    with new_directory(home, TEXT):
        pass

    assert stat.S_IMODE(home.stat().st_mode) == 0o750


@pytest.mark.parametrize("name", ["standfirst.toml", "secret.key", "standfirst.sqlite3"])
def test_what_everybody_can_read_is_named_with_the_mend(tmp_path: Path, name: str) -> None:
    home = tmp_path / "lantern"
    with new_directory(home, TEXT):
        new_database_file(home / "standfirst.sqlite3")
    publication = publication_file.read(home)
    assert readable_by_everybody(publication) == ""

    home.chmod(0o755)
    (home / name).chmod(0o644)
    said = readable_by_everybody(publication)
    subprocess.run(said.partition("`")[2].partition("`")[0], shell=True, check=True)

    assert said.endswith(f"run `chmod go= {home / name}`.")
    assert readable_by_everybody(publication) == ""


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


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("http://localhost:8410", "127.0.0.1", 8410),
        ("http://127.0.0.1:8410/", "127.0.0.1", 8410),
        ("http://[::1]:8410", "::1", 8410),
        ("http://localhost", "127.0.0.1", 8000),
        # A server in front listens there.
        ("https://localhost:8410", "127.0.0.1", 8000),
        ("http://lantern.example:8410", "127.0.0.1", 8000),
        ("https://lantern.example", "127.0.0.1", 8000),
    ],
)
def test_serve_listens_where_an_address_of_this_machine_says(address: str, host: str, port: int) -> None:
    server = publication_file.parse(publication_text(name="x", address=address), Path("/x")).server

    assert (server.host, server.port) == (host, port)


def test_another_port_is_the_addresss_too_and_all_else_stays() -> None:
    text = publication_text(name="The Lantern").replace('localhost:8000"', 'localhost:8000"  # mine')

    moved = with_port(text, Path("/x"), 8410)

    assert moved == text.replace("8000", "8410")
    elsewhere = publication_text(name="x", address="https://lantern.example")
    assert with_port(elsewhere, Path("/x"), 8410) == elsewhere


def test_an_address_that_is_written_as_nobody_expects_is_not_changed_by_halves() -> None:
    text = 'name = "x"\n"address" = "http://localhost:8000"\n'

    with pytest.raises(PublicationFileError, match="set address to 'http://localhost:8410' there"):
        with_port(text, Path("/x"), 8410)
