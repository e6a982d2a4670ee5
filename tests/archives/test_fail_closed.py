"""Nobody's page is ever somebody else's: every cell of the table of addresses, and thousands of wrong ones."""

import pytest
from django.db import OperationalError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfirst.archives import addressed, failures
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import change_slug
from standfirst.identity.actions import restore, withdraw
from tests.archives.reading import Page, read
from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article, some_articles
from tests.profiles import examples

pytestmark = pytest.mark.django_db

NOBODY = [
    "/author/nobody/",
    "/author/Ada-Quill/",
    "/author/cap-ada-quill/",
    "/author/ada/",
    "/author/%00/",
    "/author/ада/",
]
NO_SUCH_PAGE = [
    "0",
    "-1",
    "1e3",
    "01",
    "+1",
    "1.0",
    "word",
    "٣",
    "%00",
    "2",
    "3",
    "999999999",
    "9" * 40,
    "1%20",
    "%31%0a",
]


@pytest.fixture(autouse=True)
def magazine():
    return a_magazine()


def test_a_contributor_with_articles_is_200():
    an_article(a_contributor())

    assert read("/author/ada-quill/").status == 200


def test_a_contributor_who_is_not_public_yet_is_404_like_nobody():
    ada = a_contributor(is_public=False)
    an_article(ada, publish=False)

    assert read("/author/ada-quill/") == read("/author/nobody/")
    assert read("/author/ada-quill/page/1/") == read("/author/nobody/page/1/")
    assert read("/author/ada-quill/").status == 404


def test_a_contributor_who_is_public_with_none_now_is_200_and_says_so():
    a_contributor()
    an_article(a_contributor("Ben Marsh"))

    page = read("/author/ada-quill/")

    assert page.status == 200
    assert "No articles yet" in page.heading
    assert page.every_article_linked == set()


def test_a_former_slug_is_301_to_the_present_address_with_the_query_kept():
    ada = a_contributor()
    change_slug(ada, slug="ada", by=None)

    page = read("/author/ada-quill/?a=1&b=%C3%A9")

    assert (page.status, page.location) == (301, "/author/ada/?a=1&b=%C3%A9")


@pytest.mark.parametrize("path", ["/author/ada-quill/", "/author/ada-quill/page/1/", "/author/former/"])
def test_a_contributor_withdrawn_on_purpose_is_410(path):
    ada = a_contributor(slug="former")
    change_slug(ada, slug="ada-quill", by=None)
    some_articles(40, ada)

    withdraw(ada, by=None)
    gone = read(path)
    restore(ada, by=None)

    assert gone.status == 410
    assert gone.every_article_linked == set()
    assert read("/author/ada-quill/").status == 200


@pytest.mark.parametrize("path", NOBODY)
def test_nobody_is_404_with_a_search_box(path):
    an_article(a_contributor())

    page = read(path)

    assert page.status == 404
    assert page.every_article_linked == set()
    assert page.tree.xpath("//main//form[@action='/search/']//input[@name='q']")


@pytest.mark.parametrize("number", NO_SUCH_PAGE)
@pytest.mark.parametrize(
    "archive", ["/author/ada-quill/", "/section/rivers/", "/topic/floods/", "/articles/"]
)
def test_no_such_archive_page_is_404_with_a_search_box(archive, number, forty_articles):
    page = read(f"{archive}page/{number}/")

    assert page.status == 404
    assert page.every_article_linked == set()
    assert page.tree.xpath("//main//form[@action='/search/']//input[@name='q']")


@pytest.fixture
def forty_articles():
    """Forty of one contributor, so that there is one archive page and no second."""
    return some_articles(40, a_contributor(), section=a_section(), topics=[a_topic()])


@pytest.mark.parametrize(
    "path",
    [
        "/author/ada-quill/author/page/1/",
        "/author/ada-quill/nonsense/page/1/",
        "/author/ada-quill/translator/page/1/",
        "/section/nothing/",
        "/section/nothing/page/1/",
        "/topic/nothing/",
        "/authors/ab/",
        "/authors/Q/",
        "/authors/z/",
        "/authors/%23/",
        "/2015/13/nothing/",
        "/2015/01/nothing/",
        "/nothing/",
        "/search/?q=flood&page=0",
        "/search/?q=flood&page=9",
        "/search/?q=nothing+of+the+kind&page=2",
        "/search/?q=flood&page=x",
    ],
)
def test_anything_else_unknown_is_404(path, forty_articles):
    assert read(path).status == 404


def test_trouble_with_the_database_is_503_and_never_404(monkeypatch):
    def fail(slug):
        raise OperationalError("database is locked")

    monkeypatch.setattr(addressed, "contributor_at", fail)

    response = Client(raise_request_exception=False).get("/author/ada-quill/")

    assert response.status_code == 503
    assert response["Retry-After"]


def test_any_other_failure_is_500_with_a_page(monkeypatch):
    def fail(slug):
        raise ZeroDivisionError

    monkeypatch.setattr(addressed, "contributor_at", fail)

    response = Client(raise_request_exception=False).get("/author/ada-quill/")

    assert response.status_code == 500
    assert b"Our mistake" in response.content


def test_a_reader_is_told_even_where_the_page_for_errors_fails(monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(addressed, "contributor_at", fail)
    monkeypatch.setattr(failures, "render_to_string", fail)

    response = Client(raise_request_exception=False).get("/author/ada-quill/")

    said = "<h1>Our mistake</h1><p>Something failed here. It has been noted.</p>"
    assert (response.status_code, response.content.decode()) == (
        500,
        f"<!doctype html><title>Our mistake</title>{said}",
    )


WORDS = [
    "ada-quill",
    "ada-quill-2",
    "ben-marsh",
    "page",
    "author",
    "translator",
    "1",
    "2",
    "0",
    "-1",
    "rivers",
    "%00",
    "..",
    ".",
]
SEGMENT = st.sampled_from(WORDS) | st.text(max_size=12)
QUERY = st.dictionaries(
    st.sampled_from(["page", "p", "author", "q", "slug", "paged", "s", "cat"]) | st.text(max_size=5),
    st.sampled_from(["1", "2", "-1", "ada-quill", "ben-marsh", ""]) | st.text(max_size=8),
    max_size=3,
)


@settings(
    max_examples=examples(2000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(segments=st.lists(SEGMENT, max_size=4), query=QUERY)
def test_no_200_shows_an_article_not_credited_to_that_person(crowd, client, segments, query):
    path = "/author/" + "".join(f"{segment}/" for segment in segments)

    response = client.get(path, query)

    assert response.status_code in (200, 301, 302, 404, 410), path
    if response.status_code == 200:
        shown = read_links(response.content.decode())
        slug = next(part for part in response.wsgi_request.path.split("/")[2:])
        assert shown <= crowd[slug], path


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """Two namesakes and a translator, all with archive pages: the addresses of what is credited to each."""
    with django_db_blocker.unblock(), transaction.atomic():
        a_magazine()
        ada, other, ben = a_contributor(), a_contributor(), a_contributor("Ben Marsh")
        some_articles(41, ada, (ben, "translator"))
        some_articles(42, other)
        some_articles(40, ben)
        yield {
            person.slug: {credit.article.url for credit in Credit.objects.filter(contributor=person)}
            for person in (ada, other, ben)
        }
        transaction.set_rollback(True)


def read_links(html: str) -> set[str]:
    return Page(200, html).every_article_linked
