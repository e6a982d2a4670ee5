"""What every format whose records say everything themselves has in common."""

import shutil

import pytest

from standfirst.articles.models import ArticlePage
from standfirst.importers.reading.plain import ParsedArticle
from standfirst.importers.recognising import recognise
from standfirst.publications.models import PublicationPage
from tests.importers.blogger import backups
from tests.importers.drupal import documents
from tests.importers.jats import documents as journal
from tests.importers.joomla import exports as rows
from tests.importers.medium import exports as stories_of_medium
from tests.importers.movabletype import exports as movable
from tests.importers.nitf import documents as newspaper
from tests.importers.substack import exports
from tests.importers.test_killed import contents, empty_home, importing  # noqa: F401

from .dumps import dump

WRITERS = ("Ada Quill", "Ben Marsh", "Cleo Finch")
MANY = 90


def is_draft(number):
    return number % 17 == 0


def blogger(folder, many):
    numbers = range(1, many + 1)
    posts = [
        backups.post(
            n, f"Title {n}", by=WRITERS[n % 3], profile=n % 3 + 1, draft=is_draft(n), labels=(f"L{n % 9}",)
        )
        for n in numbers
    ]
    page = backups.post(900, "About", kind="page", link=f"{backups.LINK}/p/about.html")
    return backups.write(folder, backups.template(), *posts, page, *map(backups.comment, range(1000, 1010)))


def substack(folder, many):
    numbers = range(1, many + 1)
    posts = [
        exports.post(n, is_published="false" if is_draft(n) else "true", author=WRITERS[n % 3])
        for n in numbers
    ]
    page = exports.post(900, title="About", type="page")
    return exports.write(folder, *posts, page, columns=(*exports.COLUMNS, "author"))


def drupal(folder, many):
    people = [documents.resource("node--person", f"p{n}", title=name) for n, name in enumerate(WRITERS)]
    data = [
        documents.article(n, status=not is_draft(n), related=documents.by(f"p{n % 3}"))
        for n in range(1, many + 1)
    ]
    page = documents.article(900, bundle="page", title="About")
    return documents.write(folder, *data, page, included=[documents.WEBMASTER, *people])


def movabletype(folder, many):
    numbers = range(1, many + 1)
    return movable.write(
        folder,
        *(
            movable.entry(n, status="Draft" if is_draft(n) else "Publish", AUTHOR=WRITERS[n % 3])
            for n in numbers
        ),
    )


def nitf(folder, many):
    status = {True: 'management-status="withheld"', False: 'management-status="usable"'}
    return newspaper.write(
        folder,
        *(
            newspaper.article(n, status=status[is_draft(n)], byline=f"<byline>By {WRITERS[n % 3]}</byline>")
            for n in range(1, many + 1)
        ),
    )


def joomla(folder, many):
    numbers = range(1, many + 1)
    return rows.write(
        folder,
        rows.tables(
            *(
                rows.row(n, state="0" if is_draft(n) else "1", created_by_alias=WRITERS[n % 3])
                for n in numbers
            )
        ),
    )


def jats(folder, many):
    # Nothing in it is a state; what has no date is a draft.
    return journal.write(
        folder,
        *(
            journal.article(
                n,
                people=journal.person(*WRITERS[n % 3].split()),
                date="" if is_draft(n) else journal.DATE,
            )
            for n in range(1, many + 1)
        ),
    )


def medium(folder, many):
    stories = {
        f"{'draft_' if is_draft(n) else '2020-09-17_'}Title-{n}-{n:012x}": stories_of_medium.story(
            title=f"Title {n}",
            author=WRITERS[n % 3],
            number=f"{n:012x}",
            canonical=f"{stories_of_medium.ACCOUNT}/t-{n:012x}",
        )
        for n in range(1, many + 1)
    }
    return stories_of_medium.write(folder, stories)


# Each makes an archive of so many articles, every seventeenth of them a draft, and one page at most.
SOURCES = {
    "blogger": blogger,
    "substack": substack,
    "drupal": drupal,
    "movabletype": movabletype,
    "nitf": nitf,
    "joomla": joomla,
    "jats": jats,
    "medium": medium,
}


@pytest.fixture(params=SOURCES)
def source(request):
    return request.param


def test_it_is_recognised_by_itself(source, tmp_path):
    assert recognise(SOURCES[source](tmp_path, 2)).name == source


def test_the_second_import_changes_nothing(source, bring, tmp_path):
    path = SOURCES[source](tmp_path, 20)
    bring(path)
    before = dump()

    report = bring(path)

    assert dump() == before
    assert (report.created, report.updated) == ({}, {})
    assert report.unchanged["articles"] == 20


def test_a_dry_run_says_what_an_import_does_and_writes_nothing(source, bring, tmp_path):
    path = SOURCES[source](tmp_path, 20)
    before = dump()

    planned = bring(path, dry_run=True)

    assert dump() == before
    done = bring(path)
    assert planned.created == done.created
    assert (planned.articles, planned.credits) == (done.articles, done.credits)


def test_a_draft_is_one_and_all_else_is_live_and_signed(source, bring, tmp_path):
    bring(SOURCES[source](tmp_path, 20))

    articles = ArticlePage.objects.order_by("title")
    assert {article.title for article in articles if not article.live} == {"Title 17"}
    assert articles.count() == 20
    assert all(page.live for page in PublicationPage.objects.filter(title="About"))
    assert all(article.credits.count() == 1 for article in articles)


def test_what_cannot_be_made_of_a_record_refuses_it_alone(source, bring, tmp_path, monkeypatch):
    def failing(**fields):
        if fields["title"] == "Title 2":
            raise RuntimeError("a fault of ours")
        return ParsedArticle(**fields)

    monkeypatch.setattr(f"standfirst.importers.{source}.archive.ParsedArticle", failing)
    report = bring(SOURCES[source](tmp_path, 4))

    [refusal] = report.refused
    assert "2" in refusal.record
    assert refusal.reason == "cannot be read (RuntimeError: a fault of ours)"
    assert {page.title for page in ArticlePage.objects.live()} == {"Title 1", "Title 3", "Title 4"}


def test_reading_in_another_process_gives_the_same(source, bring, tmp_path):
    path = SOURCES[source](tmp_path, 20)
    bring(path)
    before = dump()

    report = bring(path, processes=2)

    assert (report.created, report.updated) == ({}, {})
    assert dump() == before


@pytest.fixture(scope="module")
def ended(empty_home, tmp_path_factory):  # noqa: F811
    """For each source: the archive, and what a publication holds after an import that was not disturbed."""
    made = {}

    def ended(source):
        if source not in made:
            folder = tmp_path_factory.mktemp(source)
            archive = SOURCES[source](folder, MANY), folder
            home = tmp_path_factory.mktemp("homes") / source
            shutil.copytree(empty_home, home)
            done = importing(home, archive, 0)
            assert done.returncode == 0, done.stderr
            made[source] = archive, contents(home), int(done.stdout)
        return made[source]

    return ended


def test_killed_half_way_and_run_again_it_ends_the_same(source, empty_home, ended, tmp_path):  # noqa: F811
    archive, expected, writes = ended(source)
    home = tmp_path / "home"
    shutil.copytree(empty_home, home)

    assert importing(home, archive, max(1, writes // 2)).returncode == -9
    again = importing(home, archive, 0)

    assert again.returncode == 0, again.stderr
    found = contents(home)
    assert {name for name in expected if found[name] != expected[name]} == set()
