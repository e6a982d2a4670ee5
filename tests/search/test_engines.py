"""The index in each database keeps one contract."""

from dataclasses import replace

import pytest
from django.db import connection

from standfirst.search.engines import engine, postgresql, sqlite
from standfirst.search.matches import Match, Term
from standfirst.search.models import Document, Stream
from tests.factories import FIRST_DAY, a_magazine, an_article, some_articles

pytestmark = pytest.mark.django_db

# What takes as long as it is let, asked as a search is.
ENDLESS = {
    "sqlite": lambda: sqlite._in_time(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n", []
    ),
    "postgresql": lambda: (None, postgresql._asked("SELECT pg_sleep(60)", []) == []),
}


@pytest.fixture(autouse=True)
def magazine():
    a_magazine()


def of(*words, without=(), is_begun=False):
    return Match(
        tuple((Term((word,), is_begun=is_begun),) for word in words), tuple(Term((word,)) for word in without)
    )


def newest(match, *, in_heads=False, limit=100):
    places = engine().newest(match, in_heads=in_heads, limit=limit).places
    at = {hit.place: hit.article for hit in engine().documents(places)}
    return [at[place] for place in places]


def test_the_newest_come_first_and_no_more_than_are_wanted():
    articles = [page.pk for page in some_articles(5)]

    assert newest(of("article")) == newest(of("article"), in_heads=True) == articles[::-1]
    assert newest(of("article"), limit=2) == articles[:2:-1]


def test_articles_of_one_minute_have_each_a_place_however_many():
    at_once = [an_article(published_at=FIRST_DAY).pk for _ in range(3)]
    pages = some_articles(1)
    assert set(newest(of("article"))) == {*at_once, pages[0].pk}
    crowd = [(0, number) for number in range(1, 200)]

    assert len(set(engine().places_for(crowd))) == len(crowd)


def test_one_that_is_moved_in_time_is_moved_in_the_index():
    first, second = an_article(), an_article()
    assert newest(of("article")) == [second.pk, first.pk]

    second.backdated_to = FIRST_DAY
    second.save()

    assert newest(of("article")) == [first.pk, second.pk]


def test_what_goes_is_gone_and_leaves_the_rest():
    kept, gone = an_article(headline="Kept river"), an_article(headline="Gone river")
    gone.delete()

    assert newest(of("river")) == [kept.pk]
    assert newest(of("gone")) == []
    assert Document.objects.count() == Stream.objects.count() == 1
    kept.delete()
    assert newest(of("river")) == []


def test_what_is_edited_often_is_found_by_what_it_says_now_alone():
    article = an_article(headline="River 0")
    for number in range(1, 8):
        article.title = f"River word{number}"
        article.save()

    assert newest(of("river")) == newest(of("word7")) == [article.pk]
    assert newest(of("word6")) == []


def test_a_query_that_runs_into_its_deadline_is_cut_and_leaves_the_connection_well(settings):
    some_articles(400)
    settings.SEARCH = {"milliseconds": 1}

    _rows, is_cut = ENDLESS[connection.vendor]()

    assert is_cut
    settings.SEARCH = {"milliseconds": 20_000}
    assert len(newest(of("article"), limit=2000)) == 400


@pytest.mark.parametrize("unpacking", [0, 1e9], ids=["backwards", "by the index"])
def test_the_newest_are_the_same_whichever_way_they_are_found(monkeypatch, unpacking):
    # PostgreSQL has two; SQLite's one is not asked to be another.
    articles = [page.pk for page in some_articles(30)]
    for index in ("HEADS", "BODIES"):
        monkeypatch.setattr(postgresql, index, replace(getattr(postgresql, index), unpacking=unpacking))

    for in_heads in (False, True):
        assert newest(of("article"), in_heads=in_heads, limit=12) == articles[:-13:-1]


def test_names_are_ranked_above_what_is_said_in_passing():
    by_title = an_article(headline="River")
    an_article(headline="Other", standfirst="A long standfirst that says river once and much else as well.")

    scores = engine().newest(of("river"), in_heads=True, limit=100, is_ranked=True).scores

    assert max(scores, key=lambda place: scores[place]) == Document.objects.get(article=by_title.pk).place


def test_words_left_out_are_left_out():
    one, two = an_article(headline="River one"), an_article(headline="River two")

    assert newest(of("river", without=["two"])) == [one.pk]
    assert newest(of("river", without=["one"])) == [two.pk]


def test_only_what_heads_hold_is_found_there_by_its_beginning():
    with_body = an_article(
        headline="River", body=[("paragraph", "<p>Harbourmaster, harbourmaster, harbourmaster.</p>")]
    )
    by_title = an_article(headline="Harbours")

    assert newest(of("harb", is_begun=True), in_heads=True) == [by_title.pk]
    assert with_body.pk in newest(of("harbourmaster"))


def test_a_phrase_is_found_however_often_its_words_were_said_before():
    article = an_article(headline="Well well-o well-p well-q well-r well-s well-tempered")
    match = Match(((Term(("well", "temp"), is_begun=True),),))

    assert newest(match, in_heads=True) == [article.pk]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nobody_waits_for_an_index_that_somebody_else_holds():
    if connection.vendor == "sqlite":
        return  # There readers wait for nobody.
    some_articles(3)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE search_stream, search_document IN ACCESS EXCLUSIVE MODE")
            for in_heads in (False, True):
                assert engine().newest(of("article"), in_heads=in_heads, limit=9).is_cut
            assert engine().documents([1]) == []
            other.rollback()
    finally:
        other.close()
