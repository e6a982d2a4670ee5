"""A text that did not change is not converted again, and nobody can tell."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from standfirst.articles.models import ArticlePage
from standfirst.importers.reading import memory as remembering
from standfirst.importers.reading.archive import LeavesBodies, Opening
from standfirst.importers.reading.drafting import LONGEST_HEADLINE, whole
from standfirst.importers.reading.memory import Memory
from standfirst.importers.reading.records import DraftArticle
from standfirst.importers.recognising import recognise

from .every_format import ARCHIVES, Piece
from .odd_texts import ODD

# Formats that convert a text of nothing but what they say it is made of.
REMEMBER = ("wordpress", "ghost", "folders")
PIECES = (
    Piece(
        "Rain",
        '<p>It <em>rained</em> [sky show="3"]for a week.</p><p><img src="/a/flood.jpg" alt="A flood"></p>',
    ),
    Piece("Snow", "<h2>Snow</h2><p>It snowed.</p><ul><li>Twice</li></ul>"),
)


def drafts(path, file):
    """What an archive's articles are read as, by one that has this memory."""
    archive = recognise(path).open(
        path, Opening(zone=ZoneInfo("Europe/London"), now=timezone.now(), memory=Memory(file))
    )
    archive.settle_sections("auto", is_stated=False)
    return archive, [item for item in archive.drafts(processes=1) if isinstance(item, DraftArticle)]


@pytest.mark.parametrize("kind", ARCHIVES)
def test_a_text_read_again_comes_without_its_body_and_says_the_same_of_it(kind, tmp_path):
    pieces = (*PIECES, *(Piece(name, text) for name, text in ODD.items()))
    path, file = ARCHIVES[kind](tmp_path, pieces), tmp_path / "memory"
    _, first = drafts(path, file)
    Memory(file).keep(first)

    archive, again = drafts(path, file)

    left_out = [draft for draft in again if draft.made_of is not None]
    assert (len(left_out) == len(again)) == (kind in REMEMBER) == isinstance(archive, LeavesBodies)
    assert all(draft.body == () and draft.words == () for draft in left_out)
    made = [
        whole(draft, archive.body_of(draft.made_of), source=archive.format)
        if draft.made_of is not None
        else draft
        for draft in again
    ]
    assert made == first


@pytest.mark.parametrize("kind", REMEMBER)
def test_what_was_converted_for_an_import_that_came_to_nothing_is_written_whole(
    kind, bring, tmp_path, settings
):
    path = ARCHIVES[kind](tmp_path, PIECES)
    Memory(settings.CONVERSIONS).keep(drafts(path, settings.CONVERSIONS)[1])

    report = bring(path)

    assert report.created["articles"] == 2
    rain = ArticlePage.objects.get(title="Rain")
    assert rain.body_text.split()[:5] == ["It", "rained", "for", "a", "week."]
    assert [block.block_type for block in ArticlePage.objects.get(title="Snow").body] == [
        "heading",
        "paragraph",
        "list",
    ]


@pytest.mark.parametrize("kind", REMEMBER)
def test_a_headline_that_changed_above_a_text_that_did_not_is_brought_with_the_text(kind, bring, tmp_path):
    bring(ARCHIVES[kind](tmp_path, PIECES))

    report = bring(ARCHIVES[kind](tmp_path, (PIECES[0]._replace(headline="Hail"), PIECES[1])))

    # A folder's texts are known by their paths, which are made of their headlines here.
    assert (report.updated | report.created)["articles"] == 1
    assert ArticlePage.objects.get(title="Hail").body_text.startswith("It rained for a week.")


@pytest.mark.parametrize("kind", REMEMBER)
def test_an_archive_that_did_not_change_is_reported_as_if_all_of_it_were_read_again(
    kind, bring, tmp_path, settings
):
    path = ARCHIVES[kind](tmp_path, PIECES)
    bring(path)

    remembered = bring(path)
    settings.CONVERSIONS.unlink()
    afresh = bring(path)

    assert remembered.unchanged["articles"] == 2
    assert replace(remembered, seconds=0) == replace(afresh, seconds=0)


def test_a_headline_too_long_for_a_page_is_never_remembered_for_it_stands_in_the_text(tmp_path):
    path, file = (
        ARCHIVES["wordpress"](tmp_path, [Piece("Long " * 80, "<p>It rained.</p>")]),
        tmp_path / "memory",
    )
    Memory(file).keep(drafts(path, file)[1])

    _, (draft,) = drafts(path, file)

    assert len(draft.headline) <= LONGEST_HEADLINE
    assert draft.body[0].value == f"<p>{('Long ' * 80).strip()}</p>"


def test_conversions_by_other_code_are_forgotten(tmp_path, monkeypatch):
    path, file = ARCHIVES["wordpress"](tmp_path, PIECES), tmp_path / "memory"
    Memory(file).keep(drafts(path, file)[1])
    monkeypatch.setattr(remembering, "edition", lambda: "another")

    _, read = drafts(path, file)

    assert [draft.made_of for draft in read] == [None, None]
    assert Memory(file)._connection().execute("SELECT count(*) FROM conversion").fetchone() == (0,)


@pytest.mark.parametrize("damage", [b"no database at all", b""])
def test_a_damaged_memory_costs_conversions_and_no_import(damage, bring, tmp_path, settings):
    path = ARCHIVES["wordpress"](tmp_path, PIECES)
    settings.CONVERSIONS.write_bytes(damage)

    assert bring(path).created["articles"] == 2
    assert bring(path).unchanged["articles"] == 2


def test_a_dry_run_writes_no_memory(bring, tmp_path, settings):
    bring(ARCHIVES["wordpress"](tmp_path, PIECES), dry_run=True)

    assert not settings.CONVERSIONS.exists()
