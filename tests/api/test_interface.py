"""The interface for programs: what is public, all of it, as it is described; and one sentence for whatever makes no sense."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfirst.api import lists
from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage
from standfirst.contributors.actions import change_slug, save_contributor
from standfirst.contributors.models import Alias
from standfirst.identity.actions import merge_contributors, withdraw
from tests.api.reading import asked, described, got, is_as_described, walked
from tests.archives.reading import read, walk
from tests.factories import (
    FIRST_DAY,
    a_contributor,
    a_magazine,
    a_section,
    a_topic,
    an_article,
    some_articles,
)
from tests.pagecache.keeping import kept_paths, pagecache, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def magazine(db):
    described.cache_clear()
    return a_magazine()


@pytest.fixture
def full():
    """Two contributors, a section and a topic with forty-five articles, the last by three people."""
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    rivers, floods = a_section(), a_topic()
    some_articles(44, ada, (ben, "translator"), section=rivers, topics=[floods])
    article = an_article(
        ben,
        ada,
        (ben, "photographer"),
        section=rivers,
        topics=[floods],
        standfirst="What the water took.",
        body=[("paragraph", "<p>It was <b>wet</b>.</p>")],
    )
    return ada, ben, rivers, floods, article


def path_of(url):
    return url.removeprefix("http://testserver")


# --- the search ---------------------------------------------------------------------------------------------------------


def test_the_search_finds_what_readers_find_in_their_order(full):
    *_others, article = full
    for query in ("article", "article&sort=newest", "water", "by:ben-marsh", "wet", "floods"):
        page = read(f"/search/?q={query}").tree.xpath("//*[@class='entry-headline']//a/@href")
        listed = walked(f"/api/v1/search/?q={query}")
        assert page
        assert [path_of(one["url"]) for one in listed][: len(page)] == page
    assert [one["url"] for one in got("/api/v1/search/?q=water&fields=url")["results"]] == [
        f"http://testserver{article.url}"
    ]


def test_a_search_says_what_it_searched_for_and_whether_that_is_all(full):
    assert got("/api/v1/search/") == {
        "count": 0, "is_exact": True, "searched_for": "", "next": None, "results": [],
    }  # fmt: skip
    taken_for = got("/api/v1/search/?q=watre")
    assert (taken_for["searched_for"], taken_for["count"], taken_for["is_exact"]) == ("water", 1, True)


@pytest.mark.parametrize("path", ["search/?q=a&sort=oldest", "search/?q=a&q=b", "search/?q=a&cursor=20"])
def test_a_search_that_makes_no_sense_is_refused(path, full):
    assert asked(f"/api/v1/{path}").status_code == 400


# --- what there is -----------------------------------------------------------------------------------------------------


def test_every_list_and_everything_in_it_is_as_it_is_described(full):
    for path in described()["paths"]:
        if "{id}" in path:
            continue
        data = got(f"/api/v1{path}{'?q=article' if path == '/search/' else ''}")
        is_as_described(path, data)
        assert data["results"]
        one = f"{path}{{id}}/"
        if one in described()["paths"]:
            is_as_described(one, got(f"/api/v1{path}{data['results'][0]['id']}/"))


def test_the_root_leads_to_every_list_and_to_the_description(full):
    for url in got("/api/v1/").values():
        assert asked(url).status_code == 200
    assert described()["openapi"].startswith("3.1")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_every_list_is_read_from_a_snapshot_of_its_own():
    article = an_article(a_contributor())
    for url in got("/api/v1/").values():
        assert asked(url).status_code == 200
    (found,) = got("/api/v1/search/?q=article")["results"]
    assert found["id"] == article.pk


def test_an_article_is_what_its_page_says(full):
    _ada, _ben, rivers, _floods, article = full

    data = got(f"/api/v1/articles/{article.pk}/")

    assert path_of(data["url"]) == article.url
    assert (data["headline"], data["standfirst"]) == (article.title, "What the water took.")
    assert [(who["name"], who["role"], path_of(who["url"])) for who in data["credits"]] == [
        ("Ben Marsh", "author", "/author/ben-marsh/"),
        ("Ada Quill", "author", "/author/ada-quill/"),
        ("Ben Marsh", "photographer", "/author/ben-marsh/"),
    ]
    assert (data["section"]["id"], [topic["name"] for topic in data["topics"]]) == (rivers.pk, ["Floods"])
    assert (data["words"], "<b>wet</b>" in data["body"]) == (3, True)
    assert datetime.fromisoformat(data["published_at"]) == article.first_published_at


def test_a_list_has_the_bodies_only_if_they_are_asked_for(full):
    assert "body" not in got("/api/v1/articles/")["results"][0]

    page = got("/api/v1/articles/?fields=headline,body&limit=2")

    assert [set(article) for article in page["results"]] == [{"id", "headline", "body"}] * 2
    assert "fields=headline%2Cbody" in page["next"]
    assert "limit=2" in page["next"]
    assert set(got(page["next"])["results"][0]) == {"id", "headline", "body"}


def test_the_count_in_the_heading_is_the_walk(full):
    ada, ben, rivers, floods, _article = full

    for query, page in [
        ("", "/articles/"),
        (f"?contributor={ada.pk}", "/author/ada-quill/"),
        (f"?contributor={ben.pk}", "/author/ben-marsh/"),
        (f"?section={rivers.pk}", "/section/rivers/"),
        (f"?topic={floods.pk}", "/topic/floods/"),
    ]:
        found = walked(f"/api/v1/articles/{query}")
        assert [path_of(article["url"]) for article in found] == walk(page), query
    assert len(walked(f"/api/v1/articles/?contributor={ada.pk}")) == read("/author/ada-quill/").claimed == 45
    assert len(walked(f"/api/v1/articles/?contributor={ben.pk}&role=translator&limit=7")) == 44


def test_credits_are_those_of_the_articles_in_printed_order(full):
    found = walked("/api/v1/credits/?limit=10")

    assert len(found) == 44 * 2 + 3
    assert [(one["place"], one["name"], one["role"]) for one in found[:3]] == [
        (1, "Ben Marsh", "author"),
        (2, "Ada Quill", "author"),
        (3, "Ben Marsh", "photographer"),
    ]


def test_contributors_are_those_of_the_a_to_z_in_its_order_with_its_counts(full):
    for number in range(30):
        an_article(a_contributor(f"Name {number % 7} Ford"))
    a_contributor("Nobody Yet")
    a_contributor("Zoe Unlisted", is_listed=False)

    found = walked("/api/v1/contributors/?limit=7")

    entries = read("/authors/").tree.xpath("//*[@class='people']/li/a/@href")
    assert [path_of(person["url"]) for person in found] == entries
    ada = next(person for person in found if person["name"] == "Ada Quill")
    assert (ada["articles"], ada["sort_name"], ada["type"]) == (45, "Quill, Ada", "person")
    ben = next(person for person in found if person["name"] == "Ben Marsh")
    assert (ben["articles"], ben["work"]) == (
        1,
        [{"role": "translator", "label": "Translations", "count": 44}],
    )


def test_a_contributor_says_nothing_private(full):
    ada = full[0]
    ada.aliases = [
        Alias(name="A. Q.", kind="pen_name", is_public=True),
        Alias(name="Adam Deadname", kind="former", is_public=False),
    ]
    ada.kind = "pseudonym"
    save_contributor(ada, by=None)

    data = got(f"/api/v1/contributors/{ada.pk}/")

    assert data["other_names"] == ["A. Q."]
    # That a name is not somebody's own is nobody's business.
    assert data["type"] == "person"
    assert "Deadname" not in json.dumps(data)
    assert "pseudonym" not in json.dumps(data)


def test_a_contributor_is_found_by_their_address_of_today_and_of_before(full):
    change_slug(full[0], slug="somebody", by=None)

    for slug in ("somebody", "ada-quill"):
        [person] = got(f"/api/v1/contributors/?slug={slug}")["results"]
        assert person["id"] == full[0].pk


def test_sections_and_topics_have_their_counts_and_are_there_only_with_something_public(full):
    _ada, _ben, rivers, floods, _article = full
    empty, unused = a_section("Nothing yet"), a_topic("Secret merger")

    [section], [topic] = walked("/api/v1/sections/"), walked("/api/v1/topics/")

    assert (section["id"], section["articles"]) == (rivers.pk, 45)
    assert (topic["id"], topic["articles"]) == (floods.pk, 45)
    assert len(walked(section["articles_url"])) == len(walked(topic["articles_url"])) == 45
    assert asked(f"/api/v1/sections/{empty.pk}/").status_code == 404
    assert asked(f"/api/v1/topics/{unused.pk}/").status_code == 404


# --- who is gone -------------------------------------------------------------------------------------------------------


def test_who_was_merged_away_leads_to_who_they_are_now(full):
    ada, ben, *_rest = full
    merge_contributors(kept=ben, absorbed=ada, by=None)

    response = asked(f"/api/v1/contributors/{ada.pk}/")

    assert (response.status_code, response["Location"]) == (301, f"/api/v1/contributors/{ben.pk}/")
    assert got(f"/api/v1/articles/?contributor={ada.pk}")["count"] == 45


def test_who_was_withdrawn_is_gone_and_named_where_they_are_printed(full):
    ada = full[0]
    withdraw(ada, by=None)

    for path in (
        f"/api/v1/contributors/{ada.pk}/",
        f"/api/v1/articles/?contributor={ada.pk}",
        "/api/v1/contributors/?slug=ada-quill",
    ):
        response = asked(path)
        assert response.status_code == 410, path
        assert response.json()["error"]["status"] == 410
    [_ben, credit, _photographer] = got("/api/v1/articles/?limit=1")["results"][0]["credits"]
    assert (credit["name"], credit["contributor"], credit["uri"], credit["url"]) == (
        "Ada Quill",
        None,
        None,
        None,
    )


def test_what_is_not_public_is_not_there(full):
    draft = an_article(a_contributor("Otto Line", is_public=False), publish=False, published_at=None)
    hidden = draft.credits.first().contributor

    assert asked(f"/api/v1/articles/{draft.pk}/").status_code == 404
    assert asked(f"/api/v1/contributors/{hidden.pk}/").status_code == 404
    assert asked(f"/api/v1/articles/?contributor={hidden.pk}").status_code == 404
    assert draft.pk not in [article["id"] for article in walked("/api/v1/articles/?limit=100")]


# --- what makes no sense -----------------------------------------------------------------------------------------------

REFUSED = [
    ("articles/?limit=0", 400),
    ("articles/?limit=101", 400),
    ("articles/?limit=١٢", 400),
    ("articles/?limit=", 400),
    ("articles/?cursor=1.2", 400),
    ("articles/?cursor=%00~%FF", 400),
    ("articles/?cursor=" + "a" * 2000, 400),
    ("articles/?fields=password", 400),
    ("articles/?fields=", 400),
    ("articles/?fields=id,,url", 400),
    ("articles/?contributor=ada-quill", 400),
    ("articles/?contributor=-1", 400),
    ("articles/?contributor=999999999", 404),
    ("articles/?contributor=9999999999999999999999", 400),
    ("articles/?section=1&topic=1", 400),
    ("articles/?role=translator", 400),
    ("articles/?limit=1&limit=2", 400),
    ("contributors/?slug=nobody", 404),
    ("contributors/?slug=%00", 404),
    ("contributors/?fields=biography", 400),
    ("articles/0/", 404),
    ("articles/99999999/", 404),
    ("sections/99999999/", 404),
    ("nothing/at/all/", 404),
]


@pytest.mark.parametrize(("path", "status"), REFUSED)
def test_what_makes_no_sense_is_refused_in_a_sentence(path, status):
    response = asked(f"/api/v1/{path}")

    assert response.status_code == status
    error = response.json()["error"]
    assert error["status"] == status
    assert error["message"].endswith(".")
    assert response["Access-Control-Allow-Origin"] == "*"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["articles", "credits", "contributors", "sections", "topics"]),
    query=st.dictionaries(
        st.sampled_from(
            ["cursor", "limit", "fields", "contributor", "role", "section", "topic", "slug", "x"]
        ),
        st.text(max_size=40) | st.integers().map(str) | st.sampled_from(["id", "author", "translator", "1"]),
        max_size=4,
    ),
)
def test_whatever_is_asked_is_answered(path, query):
    response = Client().get(f"/api/v1/{path}/", query)

    assert response.status_code in (200, 400, 404), (path, query)
    assert isinstance(json.loads(response.content), dict)


def test_a_cursor_is_good_for_its_own_list_alone(full):
    ada = full[0]
    cursor = got("/api/v1/articles/")["next"].partition("cursor=")[2]

    for path in (f"articles/?contributor={ada.pk}&cursor=", "credits/?cursor=", "contributors/?cursor="):
        assert asked(f"/api/v1/{path}{cursor}").status_code == 400, path
    for damaged in (cursor[:-1], cursor[1:], f"{cursor}x", cursor.swapcase()):
        assert asked(f"/api/v1/articles/?cursor={damaged}").status_code == 400


def test_a_walk_goes_on_though_the_article_it_stopped_at_is_gone(full):
    page = got("/api/v1/articles/?limit=10")
    last = ArticlePage.objects.get(pk=page["results"][-1]["id"])
    wanted = [article["id"] for article in got("/api/v1/articles/?limit=100")["results"]][10:]
    last.unpublish()

    found = []
    while page["next"]:
        page = got(page["next"])
        found += [article["id"] for article in page["results"]]

    assert found == wanted


# --- how it answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["articles/", "articles/?limit=3&fields=headline", "openapi.json", "contributors/"]
)
def test_what_has_not_changed_is_not_sent_again(path, full):
    with pagecache(is_on=True):
        first = asked(f"/api/v1/{path}")
        again = asked(f"/api/v1/{path}", if_none_match=first["ETag"])

        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
        an_article(full[0], headline="Something new")
        if path != "openapi.json":
            assert asked(f"/api/v1/{path}", if_none_match=first["ETag"]).status_code == 200


def test_any_page_may_read_it_and_nothing_can_be_written():
    allowed = Client().options("/api/v1/articles/")
    assert (allowed.status_code, allowed["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert allowed["Access-Control-Allow-Origin"] == "*"
    refused = Client().post("/api/v1/articles/")
    assert refused.status_code == 405
    assert refused.json()["error"]["message"]
    assert Client().head("/api/v1/articles/").content == b""


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (ZeroDivisionError, 500)])
def test_trouble_is_said_in_json_too(error, status, monkeypatch):
    def fail(request, asked):
        raise error

    monkeypatch.setattr(lists, "articles", fail)

    answer = Client(raise_request_exception=False).get("/api/v1/articles/")

    assert answer.status_code == answer.json()["error"]["status"] == status
    assert answer.json()["error"]["message"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.has_header("Retry-After") == (status == 503)


def test_it_is_kept_and_gone_at_the_commit(full):
    ada, _ben, _rivers, _floods, article = full
    with pagecache(is_on=True):
        paths = [
            "/api/v1/articles/",
            f"/api/v1/articles/?contributor={ada.pk}",
            f"/api/v1/articles/{article.pk}/",
            "/api/v1/contributors/",
            "/api/v1/sections/",
            "/author/ada-quill/works.bib",
        ]
        for path in paths:
            sent(path)
        assert set(paths) <= kept_paths()

        page = ArticlePage.objects.get(pk=article.pk)
        page.title = "Another headline"
        save_article(page, by=None)

        assert set(paths) & kept_paths() == {"/api/v1/contributors/", "/api/v1/sections/"}
        assert got(f"/api/v1/articles/{article.pk}/")["headline"] == "Another headline"


def test_a_section_or_topic_is_listed_from_its_first_article_until_its_last_is_gone():
    section, topic = a_section("Mills"), a_topic("Weirs")
    paths = ["/api/v1/sections/", "/api/v1/topics/"]

    def named():
        assert not set(paths) & kept_paths()
        found = [[one["name"] for one in json.loads(sent(path)[2])["results"]] for path in paths]
        assert set(paths) <= kept_paths()
        return found

    with pagecache(is_on=True):
        assert named() == [[], []]
        article = an_article(section=section, topics=[topic])
        assert named() == [["Mills"], ["Weirs"]]
        an_article(topics=[topic], section=section)
        assert named() == [["Mills"], ["Weirs"]]
        ArticlePage.objects.last().unpublish()
        article.unpublish()
        assert named() == [[], []]


def test_who_has_nothing_public_any_more_has_no_articles(full):
    ada, *_others = full
    for page in ArticlePage.objects.all():
        page.unpublish()

    assert got(f"/api/v1/contributors/{ada.pk}/")["articles"] == 0


def test_what_is_new_leaves_the_later_pages_as_they_are(full):
    with pagecache(is_on=True):
        deep = got(got("/api/v1/articles/")["next"])["next"].removeprefix("http://testserver")
        sent(deep)
        assert deep in kept_paths()

        an_article(full[0])

        assert deep in kept_paths()


def test_a_page_takes_as_many_queries_at_any_size_and_depth(full):
    ada, ben, rivers, floods, _article = full

    def queries(path):
        with CaptureQueriesContext(connection) as captured:
            got(path)
        return [query["sql"] for query in captured.captured_queries]

    paths = [
        ("/api/v1/articles/", 7),
        ("/api/v1/articles/?fields=headline,body", 8),
        (f"/api/v1/articles/?contributor={ada.pk}", 8),
        (f"/api/v1/articles/?section={rivers.pk}&limit=30", 8),
        ("/api/v1/credits/", 7),
        ("/api/v1/contributors/", 5),
        ("/api/v1/sections/", 4),
        ("/api/v1/topics/", 4),
        (f"/api/v1/contributors/{ada.pk}/", 8),
        (got("/api/v1/articles/?limit=30")["next"], 8),
    ]
    for path, _budget in paths:
        queries(path)
    few = {path: queries(path) for path, _budget in paths}
    some_articles(150, ada, (ben, "translator"), section=rivers, topics=[floods])
    for number in range(10):
        an_article(a_contributor(f"Name {number}"), published_at=FIRST_DAY - timedelta(days=number))

    for path, budget in paths:
        assert len(few[path]) <= budget, (path, few[path])
        assert len(queries(path)) == len(few[path]), path
