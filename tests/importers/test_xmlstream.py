"""What can be mended in a file is mended without losing a letter; what cannot is refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.importers.errors import ArchiveDamaged, ImportRefused
from standfirst.importers.reading import mending as mended
from standfirst.importers.recognising import recognise
from standfirst.importers.wordpress import xmlstream
from standfirst.importers.wordpress.reader import read_posts, survey

from .exports import HEAD, export, post, write

BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
<rss><channel><wp:wxr_version>1.2</wp:wxr_version><title>&lol3;</title></channel></rss>"""


def read(path):
    found = survey(path)
    return found, list(read_posts(found))


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("Marks & Spencer", "Marks & Spencer"),
        ("/?a=1&ixid=2&copy=3", "/?a=1&ixid=2&copy=3"),
        ("caf&eacute; &amp; bar", "café & bar"),
        ("one&nbsp;two & three", "one\xa0two & three"),
        ("ends ]]> here", "ends ]]> here"),
        ("a bell \x07 rings", "a bell  rings"),
        ("&#xD800; & &#8217;", "\ufffd & ’"),
        ("&LT;b&GT; & &unheardof;", "<b> & &unheardof;"),
    ],
)
def test_text_that_is_not_quite_xml_is_read_to_the_letter(tmp_path, plain, expected):
    path = tmp_path / "export.xml"
    broken = post(1).replace("<dc:creator>", f"<wp:note>{plain}</wp:note><dc:creator>")
    path.write_text(export(broken), encoding="utf-8")

    mending = mended.Mending(is_needed=True)
    elements = list(xmlstream.stream_elements(path, mending=mending))

    item = next(element for element in elements if element.name == "item")
    assert item.child_text("wp:note") == expected


def test_a_file_with_bare_ampersands_is_imported_with_a_warning(tmp_path):
    path = write(tmp_path, post(1, link="https://lantern.example/?a=1&b=2"))

    found, posts = read(path)

    assert posts[0].link == "https://lantern.example/?a=1&b=2"
    assert found.warnings == ["The file is not well-formed XML: 1 × bare “&”."]


def test_cdata_is_left_as_it_is_while_the_rest_is_mended(tmp_path):
    path = write(tmp_path, post(1, content="a && b &lol; <b>", link="/?x&y"))

    _, posts = read(path)

    assert posts[0].content == "a && b &lol; <b>"


def test_what_a_server_printed_before_the_export_is_dropped(tmp_path):
    path = tmp_path / "export.xml"
    path.write_text("\n\n<br />\n<b>Warning</b>: it is late\n" + export(post(1)), encoding="utf-8")

    found, posts = read(path)

    assert len(posts) == 1
    assert "text before the first tag" in found.warnings[0]


def test_what_a_server_printed_after_the_export_is_dropped(tmp_path):
    path = tmp_path / "export.xml"
    path.write_text(export(post(1)) + "<br />Warning: too late & gone", encoding="utf-8")

    found, posts = read(path)

    assert len(posts) == 1
    assert any("text after the last tag" in warning for warning in found.warnings)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read(tmp_path, encoding):
    path = tmp_path / "export.xml"
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    path.write_bytes(export(post(1, "Café")).replace("UTF-8", name).encode(encoding))

    _, posts = read(path)

    assert posts[0].title == "Café"


def test_stray_bytes_of_windows_in_a_utf_8_file_are_read_as_such(tmp_path):
    path = tmp_path / "export.xml"
    path.write_bytes(export(post(1, "it’s HERE")).encode().replace(b"HERE", b"caf\xe9 \x93so\x94"))

    _, posts = read(path)

    assert posts[0].title == "it’s café “so”"


@pytest.mark.parametrize("encoding", ["gb2312", "big5", "koi8-r"])
def test_an_encoding_the_parser_does_not_know_is_read(tmp_path, encoding):
    headline = {"gb2312": "河水", "big5": "河水", "koi8-r": "Река"}[encoding]
    path = tmp_path / "export.xml"
    path.write_bytes(export(post(1, headline)).replace("UTF-8", encoding).encode(encoding, "ignore"))

    _, posts = read(path)

    assert posts[0].title == headline


@pytest.mark.parametrize("encoding", ["UTF-i8", "zlib", "idna", "undefined", "unicode_escape"])
def test_an_encoding_that_is_none_is_read_as_utf_8(tmp_path, encoding):
    path = tmp_path / "export.xml"
    path.write_text(export(post(1, "Café")).replace("UTF-8", encoding), encoding="utf-8")

    _, posts = read(path)

    assert posts[0].title == "Café"


def test_a_section_marked_in_the_wrong_case_is_refused_while_mending(tmp_path):
    path = tmp_path / "export.xml"
    path.write_text("\n & " + export(post(1)).replace("<![CDATA[", "<![CdATA["), encoding="utf-8")

    with pytest.raises(ArchiveDamaged, match=r"export\.xml is broken at line \d+"):
        survey(path)


def test_a_truncated_file_is_refused_and_says_where(tmp_path):
    path = tmp_path / "export.xml"
    whole = export(post(1), post(7, "The Slow River", "Long. " * 40))
    path.write_text(whole[: whole.index("Long.") + 60], encoding="utf-8")

    with pytest.raises(ArchiveDamaged) as refusal:
        survey(path)

    assert "export.xml ends too early, at line" in str(refusal.value)
    assert "“The Slow River”" in str(refusal.value)


def test_a_crooked_tag_is_refused_with_its_line(tmp_path):
    path = write(tmp_path, post(1).replace("</title>", "</titel>"))

    with pytest.raises(ArchiveDamaged, match=r"export\.xml is broken at line \d+ .*mismatched tag"):
        survey(path)


def test_a_billion_laughs_are_refused_before_the_first(tmp_path):
    path = tmp_path / "bomb.xml"
    path.write_text(BOMB)

    with pytest.raises(ImportRefused, match=r"bomb\.xml declares a document type"):
        survey(path)


def test_a_document_type_is_refused_while_mending_too(tmp_path):
    path = tmp_path / "bomb.xml"
    path.write_text("\n & " + BOMB)

    with pytest.raises(ImportRefused):
        survey(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b'{"things": [{"meta": {}}]}', "is JSON, but no export"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "is a web page, not an export"),
        (b"\x1f\x8b\x08\x00", "is compressed"),
        (b"PK\x03\x04....", "is a ZIP archive"),
        (b"-- MySQL dump 10.13\nCREATE TABLE wp_posts (", "is a dump of a database"),
        (b"Dear editor,", "is not XML"),
        (b"\x89PNG\r\n\x1a\n", "is a picture (PNG)"),
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence_that_says_what_it_is(tmp_path, content, sentence):
    path = tmp_path / "thing.xml"
    path.write_bytes(content)

    with pytest.raises(ImportRefused) as refusal:
        recognise(path)

    assert str(refusal.value).startswith("thing.xml ")
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<rss><channel><title>News</title><item><title>x</title></item></channel></rss>", "is an RSS feed"),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999</id></feed>',
            "a Blogger export",
        ),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id></feed>', "an Atom feed"),
        ("<opml><body/></opml>", "is XML of another kind"),
    ],
)
def test_other_xml_is_called_by_its_name(tmp_path, content, sentence):
    path = tmp_path / "thing.xml"
    path.write_text(content)

    with pytest.raises(ImportRefused, match=sentence):
        survey(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(ImportRefused, match="There is no file"):
        recognise(tmp_path / "absent.xml")
    with pytest.raises(ImportRefused, match="is a folder"):
        recognise(tmp_path)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(1, 60))
def test_mending_loses_no_word_wherever_chunks_are_cut(text, size):
    """Whatever stands in a CDATA section and whatever is properly escaped comes through a cut at any place."""
    inside = text.replace("]]>", "] ]>")
    document = f"<a>&amp;<![CDATA[{inside}]]>&#8217;</a>"
    mending = mended.Mending(is_needed=True)

    out, pending, section = "", "", ""
    for start in range(0, len(document), size):
        done, pending, section = mended._mend(
            pending + document[start : start + size], section, mending, is_final=False
        )
        out += done
    done, pending, section = mended._mend(pending, section, mending, is_final=True)

    assert out + done == mended._CONTROLS.sub("", document)
    assert (pending, section) == ("", "")


def test_the_head_of_an_export_alone_is_an_empty_publication(tmp_path):
    path = write(tmp_path, head=HEAD)

    found, posts = read(path)

    assert found.site.title == "The Lantern"
    assert posts == []
