"""Which answers are kept, and for whom."""

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from standfirst.addresses.redirects import lead_to_page
from standfirst.contributors.actions import change_slug
from standfirst.identity.actions import withdraw
from standfirst.pagecache import store
from standfirst.pagecache.actions import WRITES
from standfirst.pagecache.middleware import Keeping
from standfirst.pagecache.models import KeptPage, Key
from standfirst.pagecache.policy import is_about, keep_private, shared
from standfirst.pagecache.recording import shows
from standfirst.pagecache.snapshots import WritesWhileReading, beside_the_snapshot, snapshot
from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article, some_articles
from tests.pagecache.keeping import kept_answer, kept_paths, pagecache, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keeping():
    with pagecache(is_on=True):
        yield


@pytest.fixture
def magazine():
    """Forty articles by Ada Quill in one section and on one topic, one more by Ben Marsh."""
    a_magazine()
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    some_articles(40, ada, section=a_section(), topics=[a_topic()])
    return ada, ben, an_article(ben)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/articles/", 200),
        ("/articles/page/1/", 200),
        ("/authors/", 200),
        ("/authors/q/", 200),
        ("/author/ada-quill/", 200),
        ("/author/ada-quill/page/1/", 200),
        ("/section/rivers/", 200),
        ("/topic/floods/", 200),
        ("{article}", 200),
        ("/author/ada-quill/page/2/", 404),
        ("/author/nobody/", 404),
        ("/2015/01/nothing/", 404),
        ("/wp-login.php", 404),
        ("/author/former/", 301),
        ("/old/", 301),
        ("/author/gone/", 410),
    ],
)
def test_every_public_page_is_kept_and_sent_as_it_is_kept(path, status, magazine):
    _, _, article = magazine
    path = path.format(article=article.url)
    change_slug(a_contributor("Former"), slug="present", by=None)
    withdraw(a_contributor("Gone"), by=None)
    lead_to_page("/old/", article)

    first = sent(path)

    assert first[0] == status
    assert kept_paths() == {path}
    assert kept_answer(path) == first


@pytest.mark.parametrize(
    "path", ["/search/?q=quill", "/healthz", "/admin/login/", "/media/none.jpg", "/documents/1/x"]
)
def test_what_is_not_said_to_be_shared_is_never_kept(path, magazine):
    sent(path)

    assert kept_paths() == set()


def test_whoever_has_a_session_is_rendered_for_alone(magazine):
    editor = Client()
    editor.force_login(User.objects.create_superuser("editor"))

    for path in ("/", "/author/ada-quill/", "/nothing/"):
        editor.get(path)

    assert kept_paths() == set()


def test_who_shows_credentials_is_rendered_for_alone(magazine):
    Client().get("/", headers={"authorization": "Basic eDp5"})

    assert kept_paths() == set()


def test_drafts_and_previews_are_never_kept(magazine):
    _, ben, _ = magazine
    draft = an_article(ben, publish=False)
    editor = Client()
    editor.force_login(User.objects.create_superuser("editor"))

    editor.get(f"/admin/pages/{draft.pk}/edit/preview/")
    editor.get(f"/admin/pages/{draft.pk}/view_draft/")

    assert kept_paths() == set()


def test_parameters_that_do_not_count_do_not_split_what_is_kept(magazine):
    for query in ("", "?utm_source=mail", "?fbclid=1&utm_medium=x", "?page=7"):
        sent(f"/author/ada-quill/{query}")

    assert kept_paths() == {"/author/ada-quill/"}


def test_a_redirect_that_passes_its_query_on_is_not_kept_with_it(magazine):
    change_slug(magazine[0], slug="ada", by=None)

    assert sent("/author/ada-quill/?utm_source=mail")[1] == "/author/ada/?utm_source=mail"

    assert kept_paths() == set()


def test_an_unknown_number_of_an_old_system_does_not_fill_the_cache(magazine):
    for number in range(5):
        sent(f"/?p={number}")

    assert kept_paths() == set()


def test_made_up_addresses_are_kept_apart_and_nothing_is_written_for_them(magazine):
    sent("/")
    pages, keys = KeptPage.objects.count(), Key.objects.count()
    size = store.size()

    with CaptureQueriesContext(connection) as captured:
        for number in range(20):
            assert sent(f"/made-up-{number}/")[0] == 404
            assert sent(f"/made-up-{number}")[0] == 404

    assert not [query for query in captured if WRITES.match(query["sql"])]
    assert (KeptPage.objects.count(), Key.objects.count(), store.size()) == (pages, keys, size)
    assert {"/made-up-1/", "/made-up-1"} <= kept_paths()


def test_a_missing_page_is_one_no_longer_once_something_is_at_its_address(magazine):
    assert sent("/rivers-rise/")[0] == 404
    assert "/rivers-rise/" in kept_paths()

    lead_to_page("/rivers-rise/", magazine[2])

    assert "/rivers-rise/" not in kept_paths()
    assert sent("/rivers-rise/")[:2] == (301, magazine[2].url)


def test_an_address_with_a_query_that_leads_nowhere_or_elsewhere_is_not_kept(magazine):
    lead_to_page("/index.php?id=5", magazine[2])

    assert sent("/index.php?id=6")[0] == 404
    assert sent("/index.php?id=5")[0] == 301

    assert kept_paths() == set()


def test_trouble_is_never_kept(magazine):
    with connection.execute_wrapper(_no_database):
        response = Client(raise_request_exception=False).get("/author/ada-quill/")

    assert response.status_code == 503
    assert kept_paths() == set()


@pytest.mark.parametrize(
    "change", [{"method": "POST"}, {"is_dummy": True}, {"META": {"HTTP_AUTHORIZATION": "Basic eA=="}}]
)
def test_what_was_asked_for_otherwise_than_by_a_reader_is_not_kept(change, magazine):
    def view(request):
        shows("something")
        return HttpResponse("a draft")

    request = RequestFactory().get("/")  # The front page's address: its view is a shared one.
    for name, value in change.items():
        setattr(request, name, request.META | value if name == "META" else value)

    assert Keeping(view)(request).content == b"a draft"
    assert kept_paths() == set()


def test_what_keys_are_now_is_not_taken_for_what_they_were_when_nobody_can_say(magazine):
    sent("/author/ada-quill/")
    versions = store.versions_of(Key.objects.values_list("name", flat=True))

    assert store.still_holds(versions)
    with connection.execute_wrapper(_busy):
        assert not store.still_holds(versions)


def _busy(execute, sql, params, many, context):
    raise OperationalError("database is locked")


def _no_database(execute, sql, params, many, context):
    if "contributors_contributor" in sql:
        raise OperationalError("the server closed the connection")
    return execute(sql, params, many, context)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda request, response: keep_private(request),
        lambda request, response: response.set_cookie("seen", "1"),
        lambda request, response: response.headers.setdefault("Vary", "Cookie"),
        lambda request, response: response.headers.setdefault("Cache-Control", "no-store"),
        lambda request, response: setattr(response, "status_code", 500),
        lambda request, response: setattr(response, "status_code", 302),
    ],
)
def test_an_answer_that_is_not_for_everybody_is_not_kept_whatever_its_view_says(spoil, magazine):
    def view(request):
        shows("something")
        response = HttpResponse("for you")
        spoil(request, response)
        return response

    request = RequestFactory().get("/")  # The front page's address: its view is a shared one.
    response = Keeping(view)(request)

    assert response.content == b"for you"
    assert kept_paths() == set()


@pytest.mark.parametrize(
    ("shown", "about", "is_kept"),
    [
        ((), (), False),
        (("page:7",), (), True),
        (("page:7",), ("page:7",), True),
        (("page:8",), ("page:7",), False),
        ((), ("page:7",), False),
    ],
)
def test_a_page_that_does_not_name_what_it_shows_is_not_kept_for_nothing_would_take_it_away(
    shown, about, is_kept, magazine
):
    def view(request):
        shows(*shown)
        is_about(request, *about)
        return HttpResponse("a page of a type that an app of the magazine's own brings")

    Keeping(view)(RequestFactory().get("/"))

    assert kept_paths() == ({"/"} if is_kept else set())


def test_a_page_in_kept_form_is_what_the_first_reader_gets_too(magazine):
    first = Client().get("/", headers={"accept-encoding": "br"})
    again = Client().get("/", headers={"accept-encoding": "br", "if-none-match": first["ETag"]})

    assert first["Content-Encoding"] == "br"
    assert first["Vary"] == "Accept-Encoding"
    assert again.status_code == 304


def test_nothing_is_kept_where_the_publication_wants_none_kept(magazine):
    with pagecache(is_on=False):
        assert sent("/")[0] == 200

    assert not KeptPage.objects.exists()


def test_shared_says_why():
    view = shared("It says the time of day to everybody.")(lambda request: HttpResponse())

    assert view.shared_because == "It says the time of day to everybody."


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_snapshot_sees_one_moment_and_lets_nobody_write():
    a_magazine()
    with snapshot():
        assert KeptPage.objects.count() == 0
        beside_the_snapshot(lambda: KeptPage.objects.create(path="/x/", **PAGE))
        assert KeptPage.objects.count() == 0
        with pytest.raises(WritesWhileReading), connection.cursor() as cursor:
            cursor.execute("SELECT 1; DELETE FROM pagecache_keptpage")
        with pytest.raises(WritesWhileReading):
            KeptPage.objects.create(path="/y/", **PAGE)

    assert [page.path for page in KeptPage.objects.all()] == ["/x/"]


PAGE = {
    "generation": 0,
    "status": 200,
    "headers": "",
    "etag": "",
    "modified": 0,
    "gzip": b"",
    "brotli": b"",
    "size": 0,
    "used": 0,
}
