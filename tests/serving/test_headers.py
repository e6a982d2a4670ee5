"""What goes with every answer, and what a request cannot make of an answer that others get."""

import pytest
from django.test import Client

from standfirst.serving.headers import security_headers
from tests.factories import a_contributor, a_magazine, an_article
from tests.pagecache.keeping import kept_answer, kept_paths, pagecache, sent

pytestmark = pytest.mark.django_db

EVERYWHERE = {"X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"}


@pytest.fixture
def magazine():
    a_magazine()
    return an_article(a_contributor())


@pytest.mark.parametrize(
    "path", ["/", "/author/ada-quill/", "/nothing/", "/search/?q=a", "/healthz", "/admin/login/"]
)
@pytest.mark.parametrize("is_on", [True, False])
def test_security_headers_go_with_every_answer(path, is_on, magazine):
    with pagecache(is_on=is_on):
        response = Client().get(path)

    assert EVERYWHERE | {"Content-Security-Policy"} <= set(response.headers)
    if not path.startswith("/admin/"):
        assert "unsafe" not in response["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_browsers_are_told_to_keep_to_https_where_the_address_is_https(settings):
    settings.IS_HTTPS = True
    assert security_headers()["Strict-Transport-Security"] == "max-age=31536000"
    settings.IS_HTTPS = False
    assert "Strict-Transport-Security" not in security_headers()


@pytest.mark.parametrize(
    "poison",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Port": "1"},
        {"X-Original-URL": "/admin/"},
        {"X-Rewrite-URL": "/admin/"},
        {"X-HTTP-Method-Override": "POST"},
        {"Host": "testserver:8999"},
        {"Host": "localhost"},
        {"Accept-Language": "de"},
        {"Cookie": "django_language=de; theme=evil"},
        {"User-Agent": "<script>"},
        {"Range": "bytes=0-10"},
    ],
    ids=lambda poison: next(iter(poison.items()))[0] + " " + next(iter(poison.values()))[:9],
)
def test_nothing_a_reader_sends_shows_in_what_is_kept_for_others(poison, magazine, settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    with pagecache(is_on=False):
        pure = sent("/author/ada-quill/")

    with pagecache(is_on=True):
        Client().get("/author/ada-quill/?utm_source=%3Cscript%3E", headers=poison)

        assert kept_paths() == {"/author/ada-quill/"}
        assert kept_answer("/author/ada-quill/") == pure


@pytest.mark.parametrize(
    "path", ["//author/ada-quill/", "/author/ada-quill//", "/author/%61da-quill/", "/AUTHOR/ada-quill/"]
)
def test_an_address_spelled_oddly_never_takes_the_place_of_the_real_one(path, magazine):
    with pagecache(is_on=True):
        odd = sent(path)
        real = sent("/author/ada-quill/")

        assert real[0] == 200
        assert kept_answer("/author/ada-quill/") == real
        assert odd[0] in (200, 301, 404)
        assert odd[0] != 200 or odd == real


@pytest.mark.parametrize("path", ["/", "/author/ada-quill/", "/media/images/x.jpg", "/healthz"])
def test_a_host_that_is_not_ours_is_refused(path, magazine, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    response = Client().get(path, headers={"host": "evil.example"})

    assert response.status_code == 400
