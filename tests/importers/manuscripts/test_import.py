"""Manuscripts go in, and drafts come out."""

import zipfile

import pytest

from standfirst.articles.models import ArticlePage
from standfirst.contributors.models import Contributor
from standfirst.importers.errors import ImportRefused
from standfirst.importers.models import ImportedRecord
from standfirst.importers.recognising import recognise
from tests.importers.dumps import dump

from .documents import NUMBERING, docx, item, link, note, p, picture, r, styles, table

TEXT = (
    "For forty years the boat had crossed the bay without a word of complaint, and nobody thought to ask why."
)
MORE = (
    "Then it sank, on a Tuesday, with the harbour master’s bicycle on board and the band still on the quay."
)


def only():
    return ArticlePage.objects.get()


def names():
    return list(only().credits.values_list("contributor__display_name", "role__code"))


def body(page=None):
    return [(block["type"], block["value"]) for block in (page or only()).body.raw_data]


def reasons(report):
    return {note.reason for note in report.notes}


def kept():
    return ImportedRecord.objects.get(target="article").raw.get("fields", {})


@pytest.mark.parametrize(
    ("title", "subtitle", "author"),
    [
        (("Title", "Title"), ("Subtitle", "Subtitle"), ("Author", "Author")),
        (("Titel", "Title"), ("Untertitel", "Subtitle"), ("Autor", "Autorenzeile")),
        (("Headline", "Headline"), ("Dek", "Dek"), ("ByLine", "ByLine")),
        (("a", "Заголовок статьи"), ("b", "Лид"), ("c", "Автор")),
    ],
)
def test_headline_standfirst_and_byline_are_known_by_style_in_any_language(
    bring, tmp_path, title, subtitle, author
):
    parts = {"styles": styles(**dict([title, subtitle, author]))}
    lines = [
        p("The ferry that sank", title[0]),
        p("A boat, a bay.", subtitle[0]),
        p("Ada Quill", author[0]),
        p(TEXT),
    ]

    report = bring(docx(tmp_path / "ferry.docx", *lines, parts=parts))

    page = only()
    assert (page.title, page.standfirst, page.live) == ("The ferry that sank", "A boat, a bay.", False)
    assert names() == [("Ada Quill", "author")]
    assert body() == [("paragraph", f"<p>{TEXT}</p>")]
    assert report.articles == {"draft": 1}


def test_without_styles_they_are_known_by_their_place_and_the_report_says_so(bring, tmp_path):
    lines = [
        p("The ferry that sank"),
        p("By Ada Quill and Ben Marsh"),
        p("", inside=r("It was a boat in a bay, and then it was not.", "i")),
    ]

    report = bring(docx(tmp_path / "ferry.docx", *lines, p(TEXT), p(MORE)))

    assert (only().title, only().standfirst) == (
        "The ferry that sank",
        "It was a boat in a bay, and then it was not.",
    )
    assert names() == [("Ada Quill", "author"), ("Ben Marsh", "author")]
    assert body() == [("paragraph", f"<p>{TEXT}</p>"), ("paragraph", f"<p>{MORE}</p>")]
    assert {
        f"have a {what} known by its place, not by its style" for what in ("headline", "byline", "standfirst")
    } <= reasons(report)


def test_a_kicker_is_no_headline_and_a_photographer_no_text(bring, tmp_path):
    lines = [
        p("ESSAY"),
        p("Who owns the harbour wall?"),
        p("IDA PENHALE"),
        p("Photographs: Ben Marsh"),
        p(TEXT),
        p(MORE),
    ]

    bring(docx(tmp_path / "wall.docx", *lines))

    assert only().title == "Who owns the harbour wall?"
    assert [role for _, role in names()] == ["author", "photographer"]
    assert [value for _, value in body()] == ["<p>ESSAY</p>", f"<p>{TEXT}</p>", f"<p>{MORE}</p>"]


def test_people_of_whom_nothing_is_known_are_credited_and_asked_about(bring, tmp_path):
    report = bring(
        docx(tmp_path / "ferry.docx", p("The ferry", "Title"), p("By Xolani Qhubeka and Zyx Wvut"), p(TEXT))
    )

    assert names() == [("Xolani Qhubeka", "author"), ("Zyx Wvut", "author")]
    assert (report.questions["bylines"], body()) == (1, [("paragraph", f"<p>{TEXT}</p>")])


# First lines that are the text, whatever they look like, and what must still stand in it.
NO_BYLINES = [
    "By the time the ferry sank, it was night.",
    "Written off by the council, the ferry sank.",
    "Von hier aus sah man die Fähre.",
    "Par beau temps, on voit le phare.",
    "Cold comfort",
    "For forty years.",
]


@pytest.mark.parametrize("line", NO_BYLINES)
def test_no_word_of_the_text_is_taken_for_a_byline(bring, tmp_path, line):
    bring(docx(tmp_path / "ferry.docx", p("The ferry", "Title"), p(line), p(TEXT)))

    assert names() == []
    assert line in str(body())


def test_a_manuscript_that_begins_at_once_is_called_by_its_file_and_loses_no_word(bring, tmp_path):
    report = bring(docx(tmp_path / "the_ferry.docx", p(TEXT), p(MORE), creator="Office User"))

    assert only().title == "the ferry"
    assert [value for _, value in body()] == [f"<p>{TEXT}</p>", f"<p>{MORE}</p>"]
    assert "name no author; the file's properties do, which may be anybody who typed" in reasons(report)
    assert (kept()["author of the file's properties"], Contributor.objects.count()) == ("Office User", 0)


def test_notes_links_lists_tables_pictures_and_captions_are_kept(bring, tmp_path):
    lines = [
        p("The ferry", "Title"),
        p("It sank", inside=note(2) + r(" as ") + link("the tide table") + r(" says.")),
        p("What was on board", "berschrift2"),
        item("a bicycle"),
        item("a band"),
        table(["Year", "Boats"], ["1979", "3"]),
        picture(),
        p("The quay, that Tuesday.", "Caption"),
        p("It was never so.", "Zitat"),
    ]
    parts = {
        "styles": styles(berschrift2="Überschrift 2", Caption="caption", Zitat="Quote"),
        "numbering": NUMBERING,
        "footnotes": f'<w:footnote w:id="2">{p("The minutes of the council.")}</w:footnote>',
    }

    report = bring(docx(tmp_path / "ferry.docx", *lines, parts=parts))

    blocks = dict(body())
    assert [kind for kind, _ in body()] == [
        "paragraph",
        "heading",
        "list",
        "table",
        "image",
        "quotation",
        "footnotes",
    ]
    assert "It sank[^1] as" in blocks["paragraph"]
    assert '<a href="https://lantern.example/tides"' in blocks["paragraph"]
    assert blocks["footnotes"][0]["text"] == "The minutes of the council."
    assert (blocks["image"]["alt"], blocks["image"]["caption"]) == ("The quay", "The quay, that Tuesday.")
    assert report.media["created"] == 1


def test_tracked_changes_are_read_as_accepted_and_the_editor_is_shown_what_they_were(bring, tmp_path):
    change = '<w:ins w:id="1" w:author="Ben">{}</w:ins><w:del w:id="2" w:author="Ben"><w:r><w:delText>in shame</w:delText></w:r></w:del>'
    lines = [p("The ferry", "Title"), p("It sank ", inside=change.format(r("with honour"))), p(TEXT)]

    report = bring(docx(tmp_path / "ferry.docx", *lines))

    (kind, asked), (_, first), *_ = body()
    assert (kind, asked["words"]) == ("unknown", "")
    assert asked["raw"] == "inserted: with honour\ndeleted: in shame"
    assert first == "<p>It sank with honour</p>"
    assert (
        "have tracked changes, which were read as accepted: look at what they were, above the text"
        in reasons(report)
    )
    assert kept()["deleted by tracked changes"] == "in shame"


def test_comments_headers_and_formulas_are_printed_nowhere_and_are_in_the_ledger(bring, tmp_path):
    formula = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>E=mc</m:t></m:r></m:oMath>'
    comment = '<w:commentRangeStart w:id="1"/><w:r><w:t>It sank.</w:t></w:r><w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    parts = {
        "comments": f'<w:comment w:id="1" w:author="Ben">{p("libel? ask the lawyer")}</w:comment>',
        "header1": p("Ada Quill, 12 Quay Lane"),
    }

    report = bring(
        docx(
            tmp_path / "ferry.docx",
            p("The ferry", "Title"),
            p("", inside=comment),
            p(TEXT, inside=formula),
            parts=parts,
        )
    )

    public = str([rows for table, rows in dump().items() if table != "importers_importedrecord"])
    for words in ("lawyer", "Quay Lane"):
        assert words not in public
    assert kept() == {
        "comments": "libel? ask the lawyer",
        "headers and footers": "Ada Quill, 12 Quay Lane",
        "words that are not read": "E=mc",
    }
    assert any("hold words that are not read (oMath)" in reason for reason in reasons(report))


def test_a_folder_is_imported_whole_and_the_second_time_changes_nothing(bring, tmp_path):
    for number in range(3):
        docx(
            tmp_path / "inbox" / f"part {number}" / "text.docx",
            p(f"The tide, part {number}", "Title"),
            p("Ada Quill", "Author"),
            p(TEXT),
            picture(),
        )
    (tmp_path / "inbox" / "~$text.docx").write_bytes(b"lock")

    report = bring(tmp_path / "inbox")
    before = dump()
    again = bring(tmp_path / "inbox")

    assert (report.articles, report.read["authors"]) == ({"draft": 3}, 1)
    assert dump() == before
    assert (again.created, again.updated) == ({}, {})


# ------------------------------------------------------------------------------------------------- what is not read


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("story.doc", "a document of Word before 2007"),
        ("story.odt", "an OpenDocument text"),
        ("story.rtf", "Rich Text Format"),
        ("story.pages", "Apple Pages"),
    ],
)
def test_other_word_processors_are_called_by_their_names_with_what_works(bring, tmp_path, name, said):
    folder = tmp_path / "inbox"
    docx(folder / "good.docx", p("The ferry", "Title"), p(TEXT))
    (folder / name).write_bytes(b"{\\rtf1 something else}")

    with pytest.raises(ImportRefused, match=rf"{name} is .*{said}.*Word"):
        bring(folder / name)
    report = bring(folder)

    assert report.articles == {"draft": 1}
    assert [(left.count, left.records) for left in report.left_out if said in left.reason] == [(1, (name,))]


def hostile(tmp_path, **files):
    path = docx(tmp_path / "inbox" / "bad.docx", p("The ferry", "Title"), p(TEXT))
    docx(tmp_path / "inbox" / "good.docx", p("The tide", "Title"), p(TEXT))
    with zipfile.ZipFile(path) as packed:
        contents = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (
            contents | {name.replace("__", "/"): text for name, text in files.items()}
        ).items():
            packed.writestr(name, content)
    return tmp_path / "inbox"


DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
ENTITY = '<!DOCTYPE w:document [<!ENTITY spy SYSTEM "file:///etc/passwd">]>' + DOCUMENT.format(
    p("").replace("</w:p>", "<w:r><w:t>&spy;</w:t></w:r></w:p>")
)
LAUGHS = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + DOCUMENT.format(
    "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
)
HOSTILE = {
    "an entity that reads a file": ({"word__document.xml": ENTITY}, "declares a document type"),
    "an entity that unfolds": ({"word__document.xml": LAUGHS}, "declares a document type"),
    "a text without end": ({"word__document.xml": DOCUMENT.format(p(TEXT) * 200_000)}, "unpacks to more"),
    "a part without end": ({"word__media__image2.png": b"\0" * 450_000_000}, "unpacks to more"),
    "a text too deep": (
        {"word__document.xml": DOCUMENT.format("<w:ins>" * 3000 + "</w:ins>" * 3000)},
        "is damaged",
    ),
    "no text at all": ({"word__document.xml": "<w:document"}, "is damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_manuscript_is_left_out_alone_with_a_reason(bring, tmp_path, name):
    files, said = HOSTILE[name]

    report = bring(hostile(tmp_path, **files))

    assert only().title == "The tide"
    (reason,) = [left.reason for left in report.left_out if left.records == ("bad.docx",)]
    assert reason.startswith(f"a manuscript that {said}")


def test_a_picture_that_is_kept_elsewhere_is_not_fetched(bring, tmp_path, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("something was fetched"))

    bring(docx(tmp_path / "ferry.docx", p("The ferry", "Title"), p(TEXT), picture("rOutside")))

    assert body()[0] == ("paragraph", f"<p>{TEXT}</p>")


def test_manuscripts_are_recognised_by_themselves(tmp_path):
    path = docx(tmp_path / "inbox" / "ferry.docx", p(TEXT))
    (tmp_path / "inbox" / "notes.md").write_text("Notes")
    docx(tmp_path / "inbox" / "tide.docx", p(TEXT))

    assert recognise(path).name == recognise(path.parent).name == "manuscripts"
