"""A search can be followed: its feed holds what its page finds, the newest first."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from standfirst.feeds import views
from standfirst.search import queries
from standfirst.search.engines import engine
from standfirst.search.matches import Places
from standfirst.search.models import State
from tests.archives.reading import read
from tests.factories import a_contributor, a_magazine, a_section, an_article, some_articles
from tests.feeds.reading import KINDS, SITE, document, sent

pytestmark = pytest.mark.django_db

every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def magazine():
    return a_magazine()


@pytest.fixture
def river():
    ada, section = a_contributor(), a_section()
    an_article(headline="A mill", section=section)
    return [an_article(ada, headline=f"River {name}", section=section) for name in ("one", "two", "three")]


def results(query, **asked):
    page = read(f"/search/?{urlencode({'q': query, **asked})}")
    return page.tree.xpath("//*[@class='entry-headline']//a/@href")


def path(kind, query):
    return f"/search/feed.{kind}?{urlencode({'q': query})}"


@every_kind
@pytest.mark.parametrize("query", ["river", "river in:rivers", 'by:ada-quill -"river two"', "“river”", "riv"])
def test_it_holds_what_the_page_finds_newest_first(kind, query, river):
    on_page = results(query, sort="newest")

    found = document(path(kind, query))

    assert on_page
    assert [entry.url.removeprefix(SITE) for entry in found.entries] == on_page
    assert found.older == ""


@every_kind
def test_it_holds_no_more_than_the_newest_and_leads_nowhere(kind, monkeypatch):
    monkeypatch.setattr(views, "ENTRIES_OF_A_SEARCH", 3)
    articles = some_articles(5)

    found = document(path(kind, "article"))

    assert [entry.title for entry in found.entries] == [page.title for page in articles[:1:-1]]
    assert found.older == ""


@every_kind
def test_it_has_what_was_asked_and_not_what_may_have_been_meant(kind, river):
    assert document(path(kind, "rivre")).entries == []
    assert results("rivre")


def test_what_is_not_public_is_in_none(river):
    river[1].unpublish()
    hidden = an_article(a_contributor("Ben Marsh"), headline="River hidden", publish=False)

    for kind in KINDS:
        raw = sent(path(kind, "river")).decode()
        assert "River one" in raw
        assert "River two" not in raw
        assert hidden.title not in raw


@every_kind
def test_it_is_known_by_what_was_asked_and_named_by_the_page(kind, river):
    query = 'river & "mill"'
    page = read(f"/search/?q={quote(query)}")
    named = page.tree.xpath(f"//link[@rel='alternate'][contains(@href, 'feed.{kind}')]/@href")

    assert named == [path(kind, query)]
    (said,) = page.tree.xpath(f"//link[@rel='alternate'][contains(@href, 'feed.{kind}')]/@type")
    assert Client().get(named[0])["Content-Type"].startswith(f"{said};")
    assert document(named[0]).title == 'Search: river & "mill" · The Test'
    assert document(path("atom", "river")).id == document(path("atom", "river")).id
    assert document(path("atom", "river")).id != document(path("atom", "mill")).id


@every_kind
def test_without_a_question_there_is_none(kind, river):
    for query in ("", "?q=", "?q=+", "?q=%20%00"):
        assert Client().get(f"/search/feed.{kind}{query}").status_code == 404


@every_kind
def test_a_search_that_found_nothing_in_its_time_is_no_empty_feed(kind, river, monkeypatch):
    monkeypatch.setattr(type(engine()), "newest", lambda *_, **__: Places(is_cut=True))

    answer = Client().get(path(kind, "river"))

    assert answer.status_code == 503
    assert answer["Retry-After"]


@every_kind
def test_while_the_index_is_made_anew_nothing_found_is_no_empty_feed(kind, river):
    State.objects.update(is_whole=False)

    assert Client().get(path(kind, "xqzvkw")).status_code == 503
    assert document(path(kind, "river")).entries


@every_kind
def test_it_is_sent_again_only_when_it_changed_and_is_kept_from_search_engines(kind, river):
    first = Client().get(path(kind, "river"))

    again = Client().get(path(kind, "river"), HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    assert first["X-Robots-Tag"] == "noindex"

    an_article(headline="River four")
    assert Client().get(path(kind, "river"), HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_it_is_counted_as_a_search_is(river):
    found = queries.newest_found("river", 2)

    assert (len(found.articles), found.count, found.has_more, found.is_exact) == (2, 4, True, True)
