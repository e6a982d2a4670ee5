"""Folders, and archives of them: nothing leads out, nothing is followed, everything is counted."""

import io
import tarfile
import zipfile

import pytest

from standfirst.importers.errors import ImportRefused
from standfirst.importers.folders import tree
from standfirst.importers.folders.tree import open_tree, safe_path

from .sites import archived, site

FILES = {"content/a.md": "A", "static/a.png": "P", "_config.yml": "title: T", "notes.docx": "D"}


@pytest.mark.parametrize("name", ["magazine.tar.gz", "magazine.zip"])
def test_an_archive_is_the_folder_inside_it(tmp_path, name):
    found = open_tree(archived(tmp_path / name, FILES))

    assert (found.name, found.texts, found.pictures) == ("magazine", ("content/a.md",), ("static/a.png",))
    assert (found.data, found.others) == (("_config.yml",), ("notes.docx",))
    assert found.read("content/a.md") == "A"


def test_a_folder_is_read_where_it_is_and_left_as_it_was(tmp_path):
    folder = site(tmp_path / "magazine", FILES)

    found = open_tree(folder)

    assert found.root == folder
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [
        "_config.yml",
        "a.md",
        "a.png",
        "notes.docx",
    ]


@pytest.mark.parametrize(
    "name", ["../out.md", "/etc/out.md", "a/../../out.md", "c:/out.md", "a\\..\\out.md", "a\0.md", ""]
)
def test_a_path_that_leads_out_is_no_path(name):
    assert safe_path(name) == ""


def test_nothing_is_written_outside_and_no_link_is_made(tmp_path):
    path = tmp_path / "in" / "bad.tar.gz"
    path.parent.mkdir()
    with tarfile.open(path, "w:gz") as packed:
        for name in ("../out.md", "/tmp/standfirst-out.md", "fine.md"):
            info = tarfile.TarInfo(name)
            info.size = 3
            packed.addfile(info, io.BytesIO(b"abc"))
        link = tarfile.TarInfo("link.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)

    found = open_tree(path)

    assert found.texts == ("fine.md",)
    assert not (tmp_path / "out.md").exists()


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    folder = site(tmp_path / "magazine", {"a.md": "A"})
    (folder / "loop").symlink_to(folder)
    (folder / "passwd.md").symlink_to("/etc/passwd")

    assert open_tree(folder).texts == ("a.md",)


def test_an_archive_that_swells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tree, "MOST_BYTES", 1000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("a.md", "0" * 100_000)

    with pytest.raises(ImportRefused, match="unpacks to more"):
        open_tree(path)


def test_an_archive_that_is_cut_short_is_refused(tmp_path):
    path = archived(tmp_path / "magazine.tar.gz", {"a.md": "words " * 5000})
    path.write_bytes(path.read_bytes()[:100])

    with pytest.raises(ImportRefused, match="cannot be unpacked"):
        open_tree(path)


def test_what_the_writers_did_not_put_there_is_not_looked_into(tmp_path):
    found = open_tree(
        site(tmp_path / "m", {"a.md": "A", "b.md": "B", "node_modules/x/readme.md": "X", ".git/config": "G"})
    )

    assert (found.texts, found.closed) == (("a.md", "b.md"), (".git", "node_modules"))


def test_windows_letters_and_line_ends_are_read(tmp_path):
    folder = site(tmp_path / "m", {"a.md": "na\xefve\r\nline".encode("cp1252"), "b.md": "﻿plain".encode()})

    found = open_tree(folder)

    assert (found.read("a.md"), found.read("b.md")) == ("naïve\nline", "plain")
