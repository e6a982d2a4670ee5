"""Whatever stands in a table: reading it never fails but with a sentence, and no row is lost."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.records import DraftArticle, Publicity
from standfirst.importers.tables.archive import TableArchive
from standfirst.importers.tables.ricos import ricos_blocks, ricos_document
from standfirst.importers.tables.texts import convert

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(
        [
            "",
            "published",
            "draft",
            "TRUE",
            "2019-03-04",
            "03/04/2019",
            "31.02.2019",
            "43528.5",
            "https://lantern.example/a",
            "http://[",
            "/a b",
            "wix:image://v1/",
            "Ada Quill",
            "Ada Quill; Ben Marsh",
            '["Ada Quill", 7]',
            "[[[",
            "<p>x",
            "<sf-mark n='0'></sf-mark>",
            '{"nodes": [{"type": 7}, [], {"nodes": {}}]}',
            "![x](y)",
            'a "b',
            "a\r\nb\n\nc",
            "\0",
        ]
    ),
)
HEADINGS = st.one_of(
    CELLS,
    st.sampled_from(["Title", "Author", "Date", "Text", "Status", "ID", "URL", "Tags", "Section", "Image"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(HEADINGS, max_size=7),
    st.lists(st.lists(CELLS, max_size=8), max_size=12),
    st.sampled_from(",;\t"),
)
def test_every_row_is_an_article_or_left_out_by_name_or_the_table_is_refused(
    tmp_path, headings, rows, separator
):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([headings, *rows])
    path = tmp_path / "any.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")

    try:
        archive = TableArchive(path, Opening(UTC, NOW))
    except ImportRefused as refusal:
        assert "\n" not in str(refusal).strip() or "“" in str(refusal)
        return
    archive.settle_sections("", is_stated=False)
    items = list(archive.drafts(processes=1))

    assert len(items) == archive.read_counts()["articles"]
    drafts = [item for item in items if isinstance(item, DraftArticle)]
    assert len({draft.key for draft in drafts}) == len(drafts)
    assert all(draft.published_at for draft in drafts if draft.publicity is not Publicity.DRAFT)
    known = {contributor.key for contributor in archive.contributors}
    assert {credit.contributor_key for draft in drafts for credit in draft.credits} <= known


WORDS = st.lists(st.from_regex(r"[a-z]{3,9}", fullmatch=True), min_size=1, max_size=4).map(" ".join)
KNOWN = ["Title", "Author", "Photographer", "Date", "Text", "Status", "ID", "URL", "Tags", "Section", "Image", "Caption", "Notes", "Standfirst", "Blorb"]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(KNOWN, WORDS)), min_size=1, max_size=6))
def test_every_word_of_a_table_is_in_the_magazine_or_in_the_ledger(tmp_path, rows):
    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([KNOWN, *(row.values() for row in rows)])

    archive = TableArchive(path, Opening(UTC, NOW))
    archive.settle_sections("", is_stated=False)
    said = []
    for draft in archive.drafts(processes=1):
        if isinstance(draft, DraftArticle):
            said += [
                draft.headline,
                draft.standfirst,
                *draft.words,
                draft.raw_byline,
                draft.source_status,
                draft.lead_caption,
            ]
            said += [value for _, value in draft.kept]
    said += [archive.term(key).name for key in archive.term_keys()]

    known = set(re.findall(r"[a-z]+", " ".join(said)))
    assert {word for row in rows for value in row.values() for word in value.split()} <= known


@given(CELLS, st.booleans())
def test_any_cell_is_a_text(cell, is_markdown):
    convert(cell, column_is_markdown=is_markdown)


NODES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), CELLS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["type", "nodes", "textData", "text", "decorations", "imageData", "image", "src", "id", "headingData", "level", "linkData", "link", "url"]),
            st.one_of(inner, st.sampled_from(["PARAGRAPH", "HEADING", "TEXT", "IMAGE", "BULLETED_LIST", "LIST_ITEM", "TABLE", "VIDEO", "CODE_BLOCK", "LINK", "BOLD", "POLL"])),
            max_size=6,
        ),
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(NODES, max_size=4))
def test_any_rich_text_of_wix_is_blocks(nodes):
    ricos_blocks({"nodes": nodes})


RICH = """{"nodes": [
 {"type": "HEADING", "headingData": {"level": 2}, "nodes": [{"type": "TEXT", "textData": {"text": "The quay"}}]},
 {"type": "PARAGRAPH", "nodes": [
  {"type": "TEXT", "textData": {"text": "It "}},
  {"type": "TEXT", "textData": {"text": "sank", "decorations": [{"type": "BOLD"}, {"type": "LINK", "linkData": {"link": {"url": "https://lantern.example/"}}}]}}]},
 {"type": "BULLETED_LIST", "nodes": [{"type": "LIST_ITEM", "nodes": [{"type": "PARAGRAPH", "nodes": [{"type": "TEXT", "textData": {"text": "a band"}}]}]}]},
 {"type": "IMAGE", "imageData": {"image": {"src": {"id": "a_b~mv2.jpg"}}, "altText": "The band"}},
 {"type": "POLL", "nodes": [{"type": "TEXT", "textData": {"text": "Did it sink?"}}]}
]}"""


def test_rich_text_of_wix_keeps_headings_links_lists_and_pictures_and_what_it_does_not_know():
    body = ricos_blocks(ricos_document(RICH))

    kinds = [block.type for block in body.blocks]
    assert kinds == ["heading", "paragraph", "list", "image", "unknown"]
    assert body.blocks[1].value == '<p>It <a href="https://lantern.example/"><strong>sank</strong></a></p>'
    assert body.blocks[3].value["image"].url == "https://static.wixstatic.com/media/a_b~mv2.jpg"
    assert (body.blocks[4].value["words"], body.unknown_blocks) == ("Did it sink?", ("POLL",))


@pytest.mark.parametrize(
    ("text", "is_markdown", "blocks"),
    [
        ("One.\n\nTwo.", False, ["<p>One.</p>", "<p>Two.</p>"]),
        ("Salt on the stair,\nsalt on the hand.", False, ["<p>Salt on the stair,<br>salt on the hand.</p>"]),
        ("a < b & c", False, ["<p>a &lt; b &amp; c</p>"]),
        ("**Two** *stars*", False, ["<p>**Two** *stars*</p>"]),
        ("**Two** *stars*", True, ["<p><strong>Two</strong> <em>stars</em></p>"]),
        ("One <i>word</i>\n\nand so on.", False, ["<p>One <i>word</i></p>", "<p>and so on.</p>"]),
        ("x" * 70 + ".\n" + "y" * 70 + ".", False, ["<p>" + "x" * 70 + ".</p>", "<p>" + "y" * 70 + ".</p>"]),
    ],
)
def test_texts_are_read_as_they_are_written(text, is_markdown, blocks):
    assert [block.value for block in convert(text, column_is_markdown=is_markdown).blocks] == blocks
