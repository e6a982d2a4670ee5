"""At any host but the publication's own, crawlers are told to keep out, and what is kept for readers never says so."""

import pytest
from django.test import Client

from standfirst.pagecache.answers import answer_of
from standfirst.pagecache.lookups import Found
from standfirst.serving.front_door import FrontDoor
from tests.factories import a_contributor, a_magazine, an_article
from tests.pagecache.keeping import kept_answer, kept_paths, pagecache, sent

pytestmark = pytest.mark.django_db
PATHS = [
    "/",
    "/author/ada-quill/",
    "/nothing/",
    "/sitemap.xml",
    "/healthz",
    "/media/images/x.jpg",
    "/share/publication-0123456789ab.jpg",
]


@pytest.fixture(autouse=True)
def magazine(settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    a_magazine()
    an_article(a_contributor())


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "elsewhere.example", "testserver.elsewhere.example"]
)
def test_elsewhere_every_answer_tells_crawlers_to_keep_out(path: str, host: str) -> None:
    assert Client().get(path, headers={"host": host})["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["testserver", "TestServer", "testserver:80"])
def test_at_home_no_answer_does(path: str, host: str) -> None:
    assert "X-Robots-Tag" not in Client().get(path, headers={"host": host}).headers


@pytest.mark.parametrize("host", ["localhost", "elsewhere.example"])
def test_elsewhere_robots_are_told_that_nothing_may_be_read(host: str) -> None:
    with pagecache(is_on=True):
        response = Client().get("/robots.txt", headers={"host": host})

        assert (response.status_code, response.content) == (200, b"User-agent: *\nDisallow: /\n")
        assert "Content-Security-Policy" in response.headers
        assert "/robots.txt" not in kept_paths()


def test_what_is_asked_for_elsewhere_is_kept_as_it_is_at_home() -> None:
    pure = sent("/author/ada-quill/")
    with pagecache(is_on=True):
        Client().get("/author/ada-quill/", headers={"host": "localhost"})

        assert kept_answer("/author/ada-quill/") == pure
        assert "X-Robots-Tag" not in Client().get("/author/ada-quill/").headers


def test_where_search_engines_may_not_read_every_host_is_elsewhere(settings) -> None:
    settings.CRAWLED_HOST = ""

    assert Client().get("/")["X-Robots-Tag"] == "noindex, nofollow"
    assert Client().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


class OnePage:
    """A look-up in which every page is kept, and is the same."""

    def find(self, path: str) -> Found:
        return Found(1, answer_of(200, [("Content-Type", "text/plain")], path.encode(), now=0.0))

    def used(self, pages: object) -> None:
        """Nobody asks."""


def answered(door: FrontDoor, host: str, path: str = "/") -> dict[str, str] | None:
    said: list[list[tuple[str, str]]] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": host}
    body = door.kept(environ, lambda status, headers: said.append(headers))
    return dict(said[0]) if body is not None else None


@pytest.mark.parametrize(
    ("crawled", "host", "is_told"),
    [
        ("a.example", "a.example", False),
        ("a.example", "A.example:443", False),
        ("a.example", "localhost", True),
        ("", "a.example", True),
        (None, "localhost", False),
    ],
)
def test_the_front_door_says_the_same_of_pages_that_are_kept(crawled, host: str, is_told: bool) -> None:
    def behind(environ, start_response):
        raise AssertionError("Django is not asked.")

    door = FrontDoor(
        behind,
        OnePage(),
        None,
        hosts=["a.example", "localhost"],
        counted={},
        edition="",
        session_cookie="s",
        crawled=crawled,
    )

    for _time in (1, 2):
        assert ("X-Robots-Tag" in answered(door, host)) is is_told
    assert (answered(door, host, "/robots.txt") is None) is is_told
