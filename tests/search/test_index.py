"""The index holds what readers may have, and nothing else: proved by `standfirst check`, after any history."""

import os
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from standfirst.config.checks import CHECKS
from standfirst.search import checking
from standfirst.search.indexing import make_empty, many_are_stored
from standfirst.search.models import Document, Name, State, Stream, Word
from standfirst.search.queries import newest_found, results
from standfirst.search.rebuilding import MadeByAnother, rebuild
from tests.archives.reading import read
from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article, some_articles
from tests.pagecache.test_oracle import Kept
from tests.profiles import examples

pytestmark = pytest.mark.django_db


def wrong():
    now = timezone.now()
    return [
        (check.kind, sentence)
        for check in CHECKS
        if check.find.__module__ == checking.__name__
        for _subject, sentence in check.find(now)
    ]


def found(query):
    return newest_found(query, 10).articles


@pytest.fixture
def magazine():
    a_magazine()
    ada = a_contributor("Ada Quill")
    river = an_article(
        ada, headline="The slow river", section=a_section(), topics=[a_topic()], standfirst="On water."
    )
    some_articles(30, ada)
    return river


PLANTED = {
    "a document gone": ("DELETE FROM search_document WHERE article_id = {river}", "not-in-search"),
    "other keys": ("UPDATE search_document SET keys = 'y1999' WHERE article_id = {river}", "not-in-search"),
    "another headline": ("UPDATE wagtailcore_page SET title = 'Fast' WHERE id = {river}", "not-in-search"),
    "another body": (
        "UPDATE articles_articlepage SET standfirst = 'Other' WHERE page_ptr_id = {river}",
        "not-in-search",
    ),
    "hidden, and found": (
        "UPDATE articles_articlepage SET is_public = FALSE WHERE page_ptr_id = {river}",
        "not-in-search",
    ),
    "a name gone": ("DELETE FROM search_name WHERE token = 'quill'", "wrong-names"),
    "a name shown": ("UPDATE search_name SET is_shown = FALSE WHERE token = 'quill'", "wrong-names"),
    "a name of nobody": (
        "INSERT INTO search_name (token, key, is_shown) VALUES ('nobody', 'c999999', TRUE)",
        "wrong-names",
    ),
    "half made": ("UPDATE search_state SET is_whole = FALSE", "search-not-whole"),
    "another language": ("UPDATE search_state SET language = 'xx'", "search-not-whole"),
}


@pytest.mark.parametrize("plant", PLANTED)
def test_what_is_wrong_is_found_and_mended_by_making_it_anew(plant, magazine):
    assert wrong() == []
    statement, kind = PLANTED[plant]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(river=magazine.pk))

    assert {found for found, _sentence in wrong()} == {kind}

    list(rebuild())
    assert wrong() == []


def test_words_that_are_gone_from_the_index_itself_are_found(magazine):
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_words (search_words) VALUES ('delete-all')"
            if is_sqlite
            else "DELETE FROM search_stream"
        )

    assert {kind for kind, _sentence in wrong()} == {"not-in-search"}
    list(rebuild())
    assert wrong() == []
    assert results("slow", 1).count == "1 article"


def test_a_damaged_index_stops_no_editor(magazine):
    Stream.objects.all().delete()

    magazine.title = "The fast river"
    magazine.save()

    assert read(magazine.url).heading == "The fast river"
    assert "search-not-whole" in {kind for kind, _sentence in wrong()}
    list(rebuild())
    assert wrong() == []


def test_made_anew_the_index_is_what_it_was(magazine):
    before = [
        list(Document.objects.order_by("article").values_list("article", "headline", "keys")),
        set(Name.objects.values_list("token", "key", "is_shown")),
        set(Word.objects.values_list("word", "stem")),
    ]

    assert list(rebuild())[-1] == 31

    assert before == [
        list(Document.objects.order_by("article").values_list("article", "headline", "keys")),
        set(Name.objects.values_list("token", "key", "is_shown")),
        set(Word.objects.values_list("word", "stem")),
    ]


def test_what_is_stored_many_at_a_time_brings_its_words_though_a_batch_of_them_was_rolled_back(
    magazine, django_capture_on_commit_callbacks
):
    heron = a_contributor("Heron Wade")

    with many_are_stored():
        with (
            django_capture_on_commit_callbacks(execute=True),
            pytest.raises(ZeroDivisionError),
            transaction.atomic(),
        ):
            some_articles(3, heron)
            raise ZeroDivisionError
        assert not Word.objects.filter(word__in=["heron", "wade"]).exists()
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                some_articles(3, heron)

    assert Word.objects.filter(word__in=["heron", "wade"]).count() == 2
    assert wrong() == []


def test_while_it_is_made_readers_are_told_that_not_everything_is_found(magazine):
    making = rebuild()
    next(making)
    State.objects.update(is_whole=False)

    assert "not searched to its end" in read("/search/?q=river").html

    list(making)
    assert "not searched to its end" not in read("/search/?q=river").html


def test_of_two_that_make_it_at_once_the_later_one_does(magazine):
    first = rebuild()
    next(first)
    second = rebuild()

    next(second)
    with pytest.raises(MadeByAnother):
        list(first)
    assert "not searched to its end" in read("/search/?q=river").html

    list(second)
    assert wrong() == []


def test_one_that_was_killed_after_another_had_begun_leaves_it_not_whole(magazine):
    first = rebuild()
    next(first)
    make_empty(is_whole=False)

    with pytest.raises(MadeByAnother):
        list(first)
    assert [kind for kind, _sentence in wrong()].count("search-not-whole") == 1


def test_what_was_not_committed_is_not_found(magazine):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        an_article(headline="Never happened")
        assert results("never happened", 1).entries
        raise ZeroDivisionError

    assert not results("never happened", 1).entries
    assert wrong() == []


def test_the_command_makes_it_anew_and_asks_it(magazine, monkeypatch):
    from standfirst.cli import search

    monkeypatch.setattr("standfirst.cli.opening.open_publication", lambda *_: None)
    made = CliRunner().invoke(search.command, ["rebuild"])
    asked = CliRunner().invoke(search.command, ["ask", "slow", "river"])
    nothing = CliRunner().invoke(search.command, ["ask", "xqzvk"])

    assert (made.exit_code, made.stdout) == (0, "31 articles are in the search index.\n")
    assert "The slow river" in asked.stdout
    assert (asked.exit_code, nothing.exit_code) == (0, 1)


class Searched(Kept):
    """The magazine of the page cache's oracle, to which everything happens that can; after each step the index is asked."""

    def read_everything(self):
        self.kept = {}

    @invariant()
    def every_archive_is_the_models(self):
        assert wrong() == []


def test_the_index_is_what_readers_may_have_after_any_history():
    run_state_machine_as_test(
        Searched,
        settings=settings(
            max_examples=examples(int(os.environ.get("STANDFIRST_HISTORIES", "4"))),
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


def test_words_left_without_their_document_are_found_and_in_nobodys_way(magazine):
    Document.objects.filter(article=magazine.pk).delete()
    assert {kind for kind, _sentence in wrong()} == {"not-in-search"}
    assert any("at 1 places" in sentence for _kind, sentence in wrong())

    magazine.save()
    another = an_article(headline="At the same time", published_at=magazine.first_published_at)

    assert found("slow river") == (magazine.pk,)
    assert found("at the same time") == (another.pk,)
    list(rebuild())
    assert wrong() == []


def test_what_is_dated_in_any_year_has_a_place(magazine):
    for year in (1, 1600, 4100, 9999):
        article = an_article(headline=f"Of the year {year}x", backdated_to=datetime(year, 6, 1, tzinfo=UTC))
        assert Document.objects.filter(article=article.pk).exists()
    assert wrong() == []
