"""An odd record among good ones is read as far as it can be, or refused alone and named; whatever it is a record of."""

import time

import pytest
from django.db import DataError

from standfirst.articles.models import ArticlePage
from standfirst.importers import apply
from standfirst.importers.formats import FORMATS
from standfirst.importers.reading import drafting
from standfirst.importers.reading.fences import TookTooLong, fenced
from standfirst.importers.reading.records import Refused
from standfirst.importers.run import import_archive
from standfirst.publications.models import Section

from .every_format import ARCHIVES, OF_DRAFTS, Piece
from .exports import author, post, use, write
from .folders.sites import site
from .odd_texts import ODD

GOOD = (Piece("One", "<p>It rained.</p>"), Piece("Two", "<p>It snowed.</p>"))
SECONDS = 10


def there(kind):
    """The articles that a reader, or of manuscripts an editor, finds."""
    return ArticlePage.objects.all() if kind in OF_DRAFTS else ArticlePage.objects.live()


def test_every_format_is_among_those_these_rules_are_tried_on():
    assert set(ARCHIVES) == {format.name for format in FORMATS}


@pytest.mark.parametrize("kind", ARCHIVES)
@pytest.mark.parametrize("odd", ODD)
def test_an_odd_text_spoils_nothing(kind, odd, bring, tmp_path):
    path = ARCHIVES[kind](tmp_path, (GOOD[0], Piece("Strange", ODD[odd]), GOOD[1]))

    started = time.monotonic()
    report = bring(path)

    assert time.monotonic() - started < SECONDS
    found = {page.title: page.body_text for page in there(kind)}
    assert found.keys() >= {"One", "Two"}
    if "Strange" in found:
        assert "odd" in found["Strange"]
        assert "sf-mark" not in found["Strange"]
    else:
        assert ["Strange" in refusal.record or "2" in refusal.record for refusal in report.refused] == [True]


NAMES = {
    "a name that goes on and on": "Ada " * 25_000,
    "brackets": "[" * 20_000,
    "nothing that can be printed": "Ada\0 Quill\ud800",
    "separators alone": ", ; & / " * 2_000,
}


@pytest.mark.parametrize("kind", ARCHIVES)
@pytest.mark.parametrize("odd", NAMES)
def test_an_odd_byline_or_headline_spoils_nothing(kind, odd, bring, tmp_path):
    pieces = (GOOD[0], Piece("Strange", "<p>odd</p>", NAMES[odd]), Piece(NAMES[odd], "<p>odd</p>"), GOOD[1])
    path = ARCHIVES[kind](tmp_path, pieces)

    started = time.monotonic()
    bring(path)

    assert time.monotonic() - started < SECONDS
    assert {page.title for page in there(kind)} >= {"One", "Two"}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_a_record_that_cannot_be_read_is_refused_alone_and_named(kind, bring, tmp_path, monkeypatch):
    settled = drafting.settled

    def failing(blocks, **options):
        if "snowed" in repr(blocks):
            raise RuntimeError("a fault of ours")
        return settled(blocks, **options)

    monkeypatch.setattr(drafting, "settled", failing)
    report = bring(ARCHIVES[kind](tmp_path, GOOD))

    [refusal] = report.refused
    assert "2" in refusal.record or "Two" in refusal.record
    assert refusal.reason == "cannot be read (RuntimeError: a fault of ours)"
    assert [page.title for page in there(kind)] == ["One"]


def test_a_record_that_cannot_be_written_is_refused_alone_and_what_it_needed_is_not_remembered(
    bring, tmp_path, monkeypatch
):
    path = write(
        tmp_path,
        author("ada", "Ada Quill"),
        *(post(n, f"Headline {n}", terms=(use("category", f"c{n % 3}", f"C{n % 3}"),)) for n in range(1, 30)),
    )
    store_articles = apply.store_articles

    def failing(new):
        store_articles(new)
        if any(article.page.title in ("Headline 7", "Headline 20") for article in new):
            raise DataError("value too long")

    monkeypatch.setattr(apply, "store_articles", failing)
    report = bring(path)

    assert [refusal.record for refusal in report.refused] == ["post 7 “Headline 7”", "post 20 “Headline 20”"]
    assert {refusal.reason for refusal in report.refused} == {"cannot be written (DataError: value too long)"}
    assert ArticlePage.objects.live().count() == 27
    assert set(Section.objects.values_list("name", flat=True)) == {"C0", "C1", "C2"}
    assert ArticlePage.objects.filter(section=None).count() == 0
    # And once it can be written, it is.
    monkeypatch.undo()
    again = bring(path)
    assert (again.created["articles"], again.unchanged["articles"]) == (2, 27)


def test_a_fence_ends_what_takes_too_long_and_lets_errors_of_the_archive_through():
    def endless():
        while True:
            try:
                while True:
                    pass
            except Exception:  # as a parser's own net would
                continue

    assert fenced(endless, kind="articles", record="post 1", seconds=0.2) == Refused(
        "articles", "takes longer than 0.2 seconds to read", "post 1"
    )
    assert fenced(lambda: 3, kind="articles", record="post 1", seconds=0.2) == 3
    assert not issubclass(TookTooLong, Exception)


def test_only_one_import_at_a_time(bring, tmp_path, magazine):
    from standfirst.database.alone import alone
    from standfirst.importers.errors import ImportRefused

    path = write(tmp_path, author("ada"), post(1))

    with (
        alone("import"),
        pytest.raises(ImportRefused, match="Another import into this publication is under way"),
    ):
        import_archive(path, processes=1)
    with alone("import"):
        assert import_archive(path, processes=1, dry_run=True).created["articles"] == 1

    assert bring(path).created["articles"] == 1


ENDLESS = "[" * 50_000
UNFOLDING = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("_posts/2014-03-05-odd.md", f"---\ntitle: Odd\nauthor: {ENDLESS}\n---\nodd\n"),
        ("_posts/2014-03-05-odd.md", f"---\ntitle: Odd\na0: &a0 [x]\n{UNFOLDING}author: *a8\n---\nodd\n"),
        ("_posts/2014-03-05-odd.md", f'+++\ntitle = "Odd"\nauthor = {ENDLESS}\n+++\nodd\n'),
        ("_posts/2014-03-05-odd.md", f'{{"title": "Odd", "author": {ENDLESS}'),
        ("_posts/2014-03-05-odd.md", f"---\ntitle: Odd\n---\n{'> ' * 5_000}odd\n"),
        ("_posts/2014-03-05-odd.md", f"---\ntitle: Odd\n---\n{ENDLESS}odd{']' * 50_000}\n"),
        ("_posts/2014-03-05-odd.rst", f"Odd\n###\n\n{'- ' * 2_000}odd\n"),
        ("_data/authors.yml", f"a0: &a0 [x]\n{UNFOLDING}ada: *a8\n"),
        ("_data/authors.json", ENDLESS),
        ("_authors/odd.md", f"---\nname: {ENDLESS}\n---\n"),
        ("_config.toml", f"title = {ENDLESS}"),
    ],
)
def test_an_odd_file_of_a_folder_spoils_nothing(name, content, bring, tmp_path):
    text = "---\ntitle: One\nauthor: Ada Quill\n---\nIt rained.\n"
    folder = site(tmp_path, {"_config.yml": "title: L\n", "_posts/2014-03-04-one.md": text, name: content})

    started = time.monotonic()
    bring(folder)

    assert time.monotonic() - started < SECONDS
    assert "One" in {page.title for page in ArticlePage.objects.live()}


@pytest.mark.parametrize("batch", [1, 500])
def test_two_records_with_one_id_are_two_articles_and_the_same_one_twice_is_one(
    batch, bring, tmp_path, monkeypatch
):
    monkeypatch.setattr("standfirst.importers.run.BATCH", batch)
    path = write(
        tmp_path,
        author("ada", "Ada Quill"),
        post(1, "One", "It rained."),
        post(1, "Another", "It snowed."),
        post(1, "One", "It rained."),
        post(1, "A third", "It hailed."),
    )

    report = bring(path)
    again = bring(path)

    assert {page.title for page in ArticlePage.objects.live()} == {"One", "Another", "A third"}
    assert [(left.reason, left.count) for left in report.left_out if left.kind == "articles"] == [
        ("stands twice in the archive", 1)
    ]
    assert (again.created, again.updated, again.unchanged["articles"]) == ({}, {}, 3)
