"""What is not read yet is refused by its right name, with what works today, and never with advice that leads nowhere."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.reading.format import Offered
from standfirst.importers.recognising import recognise
from standfirst.importers.unread import unread_kind

FILES = {
    "a PDF": b"%PDF-1.4\n1 0 obj",
    "an InDesign document": b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5\xbd\x31\xef\xe7",
    "Rich Text Format": rb"{\rtf1\ansi Words}",
    "an older Office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0",
    "NewsML": b'<?xml version="1.0"?>\n<!-- from the wire -->\n<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>',
    "TEI": b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>',
    "DocBook": b'<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "d.dtd"><article/>',
    "Evernote": b'<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "x.dtd"><en-export><note/></en-export>',
    "MediaWiki": b'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/"/>',
    "OPML": b'<?xml version="1.0"?><opml version="2.0"/>',
    "a sitemap": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
    "MHTML": b"From: <Saved by Blink>\r\nSubject: The Ferry\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;",
    "a mailbox": b"From ada@lantern.example Mon Mar  4 19:15:00 2019\nSubject: x\n",
    "a web archive": b"WARC/1.0\r\nWARC-Type: warcinfo\r\n",
    "a dump of a database": b"-- phpMyAdmin SQL Dump\n-- version 5\nCREATE TABLE `x` (",
    "PostgreSQL": b"PGDMP\x01\x0e\x00",
    "Contentful": b'{"contentTypes": [{"sys": {}}], "entries": []}',
    "Sanity": b'{"_id": "a", "_type": "post", "title": "x"}\n',
    "Arc XP": b'{"type": "story", "version": "0.10.7", "content_elements": []}',
    "a backup of Movable Type": b'<movabletype xmlns="http://www.sixapart.com/ns/movabletype"/>',
    "Dotclear": b"///DOTCLEAR|2.30|single\n",
    "Plone": b'[{"@id": "https://lantern.example/a", "@type": "News Item", "title": "The Ferry"}]',
    "Kirby": b"Title: The Ferry\n\n----\n\nText: It rained.\n",
    "a layout program": b'<?xml version="1.0"?><?aid style="50" type="snippet"?><Document DOMVersion="18.0"/>',
    "ninjs": b'{"uri": "x", "versioncreated": "2019-03-04T19:15:00Z", "headline": "The Ferry"}',
    "LaTeX": b"\\documentclass{article}\n\\begin{document}",
    "All-in-One WP Migration": b"package.json\0\0\0" + b"\0" * 400,
    "a picture (JPEG)": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "a FileMaker database": b"\0\x01\0\0\0\x02\0\x01\0\x05\0\x02\0\x02HBAM7",
}

IN_ZIP = {
    "an InDesign document for exchange": ("mimetype", "designmap.xml", "META-INF/container.xml"),
    "an e-book": ("mimetype", "META-INF/container.xml", "OEBPS/one.xhtml"),
    "Apple's Pages": ("Index/Document.iwa", "preview.jpg"),
    "a PowerPoint presentation": ("[Content_Types].xml", "ppt/presentation.xml"),
    "Duplicator": ("installer-backup.php", "dup-installer/main.installer.php", "wp-config.php"),
    "X (Twitter)": ("data/tweets.js", "data/account.js"),
}


def zipped(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_refused_by_its_name_whatever_it_ends_in(name, tmp_path):
    path = tmp_path / "what.xml"
    path.write_bytes(FILES[name])

    with pytest.raises(NotAnArchive) as refusal:
        recognise(path)

    said = str(refusal.value)
    assert name in said
    assert "nothing was imported" in said
    assert said.count("\n") == 0


@pytest.mark.parametrize("name", IN_ZIP)
def test_a_zip_archive_is_told_by_what_is_in_it(name, tmp_path):
    path = zipped(tmp_path / "what.zip", dict.fromkeys(IN_ZIP[name], "x"))

    with pytest.raises(NotAnArchive) as refusal:
        recognise(path)

    assert name in str(refusal.value)


def test_a_folder_is_told_by_the_files_in_it(tmp_path):
    for number in range(3):
        (tmp_path / f"issue-{number}.pdf").write_bytes(FILES["a PDF"])
    (tmp_path / "cover.jpg").write_bytes(FILES["a picture (JPEG)"])

    with pytest.raises(
        NotAnArchive, match=r"holds what is not read yet: a PDF \(3 ×\), a picture \(JPEG\) \(1 ×\)"
    ):
        recognise(tmp_path)
    issues = {f"{number}.pdf": FILES["a PDF"] for number in range(2)}
    with pytest.raises(NotAnArchive, match=r"a PDF \(2 ×\)"):
        recognise(zipped(tmp_path / "issues.zip", issues))


def test_a_folder_around_an_export_names_the_export(tmp_path):
    (tmp_path / "notes.pdf").write_bytes(FILES["a PDF"])
    (tmp_path / "site.xml").write_text(
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>', encoding="utf-8"
    )

    with pytest.raises(
        NotAnArchive, match=r"is a folder, and site\.xml in it is a WordPress export .*; give that file"
    ):
        recognise(tmp_path)


def test_a_pdf_says_what_works_today(tmp_path):
    path = tmp_path / "issue-12.pdf"
    path.write_bytes(FILES["a PDF"])

    with pytest.raises(NotAnArchive) as refusal:
        recognise(path)

    assert "WordPress" not in str(refusal.value)
    for way in ("save its pages", "its feed", "Markdown"):
        assert way in str(refusal.value)


@given(st.binary(max_size=400) | st.text("<{[\"'!-?/ abc:\n", max_size=400).map(str.encode))
def test_any_bytes_are_told_in_a_moment(head):
    assert unread_kind(Offered(None, head)) is None or head


@pytest.mark.parametrize(
    "head", [b"{" * 16_384, b"<!--" * 4_000, b"<!doctype " * 1_600, b"<?" * 8_000, b"from: " * 2_700]
)
def test_nothing_takes_long_to_tell(head):
    assert unread_kind(Offered(None, head)) is None


def test_the_address_of_a_site_is_told_that_an_import_fetches_nothing():
    with pytest.raises(
        NotAnArchive, match=r"mysite is an address, and an import fetches nothing; give it a file or a folder"
    ):
        recognise(Path("https://username.wixsite.com/mysite"))
