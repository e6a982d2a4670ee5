"""The front door: what it answers itself, how, and what it leaves to Django."""

import gzip
import threading
from pathlib import Path

import brotli
import pytest

from standfirst.pagecache.answers import answer_of, http_date
from standfirst.pagecache.leases import Leases
from standfirst.pagecache.lookups import Found, NoDatabase, StoreFails
from standfirst.pagecache.remembering import SECONDS
from standfirst.pagecache.signposts import Signpost
from standfirst.serving.front_door import FrontDoor

PAGE = b"<!doctype html><p>The slow river</p>" * 40
KEPT_AT = 1_700_000_000
LATER = KEPT_AT + 3600.0


class Shelf:
    """Kept pages in a dictionary, and a switch that makes them unreadable."""

    def __init__(self) -> None:
        self.pages: dict[str, Found] = {}
        self.fails: StoreFails | None = None
        self.moved: set[str] = set()
        self.noted: dict[int, int] = {}
        self.is_noted = threading.Event()

    def find(self, path: str) -> Found | None:
        if self.fails:
            raise self.fails
        return self.pages.get(path)

    def holds(self, signpost: Signpost) -> bool:
        if self.fails:
            raise self.fails
        return self.moved.isdisjoint(signpost.versions)

    def used(self, pages):
        self.noted |= pages
        self.is_noted.set()

    def keep(self, path: str, status: int = 200, body: bytes = PAGE, *headers: tuple[str, str]) -> None:
        kept = answer_of(status, [("Content-Type", "text/html"), *headers], body, now=KEPT_AT)
        self.pages[f"edition{path}"] = Found(len(self.pages) + 1, kept)


class Visit:
    """What one reader got."""

    def __init__(self, door, path: str = "/a/", query: str = "", method: str = "GET", **headers: str) -> None:
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method}
        environ |= {"HTTP_HOST": "magazine.example"} | {
            f"HTTP_{name}": value for name, value in headers.items()
        }
        self.body = b"".join(door(environ, self.start))
        self.source = environ.get("standfirst.source", "")

    def start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)
        assert len(self.headers) == len(headers), "a header is sent twice"


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.keep("/a/")
    return shelf


@pytest.fixture
def door(shelf: Shelf, tmp_path: Path):
    return a_door(shelf, tmp_path)


def a_door(shelf: Shelf, tmp_path: Path, behind=None, now: float = LATER, **more) -> FrontDoor:
    def django(environ, start_response):
        start_response("200 OK", [("X-By", "Django")])
        return [b"rendered"]

    return FrontDoor(
        behind or django,
        shelf,
        Leases(tmp_path / "leases"),
        hosts=["magazine.example", "[::1]"],
        counted={"/": frozenset({"p", "cat"})},
        edition="edition",
        session_cookie="sessionid",
        clock=lambda: now,
        **more,
    )


def test_a_kept_page_is_sent_without_django(door):
    visit = Visit(door)

    assert (visit.status, visit.body) == ("200 OK", PAGE)
    assert visit.headers["Content-Type"] == "text/html"
    assert visit.headers["Content-Length"] == str(len(PAGE))
    assert visit.headers["Vary"] == "Accept-Encoding"
    assert visit.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert visit.headers["Last-Modified"] == http_date(KEPT_AT)
    assert "X-By" not in visit.headers


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("br;q=nonsense", ""),
    ],
)
def test_the_reader_gets_an_encoding_they_take(door, accepted, encoding):
    visit = Visit(door, ACCEPT_ENCODING=accepted)

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    assert visit.headers.get("Content-Encoding", "") == encoding
    assert unpack(visit.body) == PAGE
    assert visit.headers["Content-Length"] == str(len(visit.body))


def test_each_encoding_has_a_strong_etag_of_its_own(door):
    tags = [Visit(door, ACCEPT_ENCODING=accepted).headers["ETag"] for accepted in ("br", "gzip", "identity")]

    assert len(set(tags)) == 3
    assert all(tag.startswith('"') for tag in tags)


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_who_has_the_page_is_told_so(door, accepted):
    tag = Visit(door, ACCEPT_ENCODING=accepted).headers["ETag"]

    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        visit = Visit(door, ACCEPT_ENCODING=accepted, IF_NONE_MATCH=known)
        assert (visit.status, visit.body) == ("304 Not Modified", b"")
        assert visit.headers["ETag"] == tag
        assert {"Vary", "Cache-Control"} <= set(visit.headers)
        assert not {"Content-Length", "Content-Type", "Content-Encoding"} & set(visit.headers)


def test_who_has_another_version_gets_the_page(door):
    assert Visit(door, IF_NONE_MATCH='"another"').status == "200 OK"
    # RFC 9110, section 13.1.3: the date is not looked at where there is a tag.
    since = http_date(KEPT_AT)
    assert Visit(door, IF_NONE_MATCH='"another"', IF_MODIFIED_SINCE=since).status == "200 OK"


def test_the_date_alone_tells_once_its_second_is_over(shelf, tmp_path):
    since = http_date(KEPT_AT)

    assert Visit(a_door(shelf, tmp_path), IF_MODIFIED_SINCE=since).status == "304 Not Modified"
    # Another version may have been kept in the same second; until it is over no date is given and none believed.
    early = Visit(a_door(shelf, tmp_path, now=KEPT_AT + 0.9), IF_MODIFIED_SINCE=since)
    assert early.status == "200 OK"
    assert "Last-Modified" not in early.headers


def test_a_page_that_is_gone_or_missing_is_never_not_modified(door, shelf):
    shelf.keep("/gone/", 410)
    tag = Visit(door, "/gone/").headers["ETag"]

    assert Visit(door, "/gone/", IF_NONE_MATCH=tag).status == "410 Gone"


def test_head_is_get_without_the_body(door):
    get, head = Visit(door), Visit(door, method="HEAD")

    assert head.body == b""
    assert head.headers == get.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"method": "POST"},
        {"method": "PURGE"},
        {"COOKIE": "sessionid=abc"},
        {"COOKIE": "theme=dark; sessionid=abc"},
        {"AUTHORIZATION": "Basic eDp5"},
        {"HOST": "elsewhere.example"},
        {"HOST": "magazine.example.evil.example"},
        {"HOST": "magazine.example:x"},
        {"HOST": ""},
        {"path": "/" + "a" * 2000},
        {"path": "/a\0/"},
        {"path": "/missing/"},
    ],
)
def test_the_rest_is_djangos(door, headers):
    assert Visit(door, **headers).headers == {"X-By": "Django"}


@pytest.mark.parametrize(
    "host", ["magazine.example", "magazine.example:8000", "MAGAZINE.example", "[::1]:80", "[::1]"]
)
def test_the_publications_own_hosts_are_known(door, host):
    assert Visit(door, HOST=host).body == PAGE


@pytest.mark.parametrize("cookie", ["theme=dark", "csrftoken=x", "xsessionid=1"])
def test_other_cookies_change_nothing(door, cookie):
    visit = Visit(door, COOKIE=cookie)

    # `xsessionid=` is left to Django for safety's sake: it only looks like a session.
    assert visit.body == (b"rendered" if "sessionid=" in cookie else PAGE)


@pytest.mark.parametrize("query", ["utm_source=mail", "fbclid=1&gclid=2", "p=3", "q=%ZZ", "&&&", "=" * 300])
def test_parameters_that_do_not_count_make_no_other_page(door, query):
    assert Visit(door, query=query).body == PAGE


def test_parameters_that_count_make_another_page_in_whatever_order(door, shelf):
    shelf.keep("/", body=b"front")
    shelf.keep("/?cat=2&p=1", body=b"counted")

    assert Visit(door, "/", "utm_source=x").body == b"front"
    assert Visit(door, "/", "p=1&cat=2").body == Visit(door, "/", "cat=2&utm_x=1&p=1").body == b"counted"
    assert Visit(door, "/", "p=2").body == b"rendered"


def test_a_missing_page_with_a_query_is_left_to_django_which_knows_old_addresses_by_theirs(door, shelf):
    shelf.keep("/index.php", 404, b"nothing")

    assert Visit(door, "/index.php").body == b"nothing"
    assert Visit(door, "/index.php", "id=5").body == b"rendered"


def test_a_kept_redirect_with_a_query_is_left_to_django_which_passes_it_on(door, shelf):
    shelf.keep("/old/", 301, b"", ("Location", "/new/"))

    assert Visit(door, "/old/").headers["Location"] == "/new/"
    assert Visit(door, "/old/", "utm_source=mail").body == b"rendered"


def test_where_there_is_no_database_a_page_sent_before_is_sent_again(door, shelf):
    Visit(door)
    shelf.fails = NoDatabase("nobody answers")

    assert Visit(door).body == PAGE
    assert Visit(door, "/unread/").body == b"rendered"


def test_in_any_other_trouble_the_page_is_rendered(door, shelf):
    Visit(door)
    shelf.fails = StoreFails("all connections are in use")

    assert Visit(door).body == b"rendered"


def test_a_page_is_sent_again_only_for_minutes_after_the_database_last_said_that_it_holds(shelf, tmp_path):
    clock = [LATER]
    door = a_door(shelf, tmp_path)
    door._clock = lambda: clock[0]
    Visit(door)
    clock[0] += 3_600
    Visit(door)
    shelf.fails = NoDatabase("nobody answers")

    clock[0] += SECONDS
    assert Visit(door).body == PAGE
    clock[0] += 1
    assert Visit(door).body == b"rendered"


@pytest.mark.parametrize("status", [404, 410])
def test_where_there_is_no_database_no_page_is_said_to_be_missing(door, shelf, status):
    shelf.keep("/none/", status)
    Visit(door, "/none/")
    shelf.fails = NoDatabase("nobody answers")

    assert Visit(door, "/none/").body == b"rendered"


def test_where_there_is_no_database_a_redirect_with_a_query_is_left_to_django(door, shelf):
    shelf.keep("/old/", 301, b"", ("Location", "/new/"))
    Visit(door, "/old/")
    shelf.fails = NoDatabase("nobody answers")

    assert Visit(door, "/old/").headers["Location"] == "/new/"
    assert Visit(door, "/old/", "utm_source=mail").body == b"rendered"


def test_the_last_version_is_remembered_not_the_first(door, shelf):
    Visit(door)
    shelf.keep("/a/", body=b"a newer one")
    Visit(door)
    shelf.fails = NoDatabase("nobody answers")

    assert Visit(door).body == b"a newer one"


def test_trouble_is_counted_and_lasting_trouble_is_said_once(shelf, tmp_path, caplog):
    noted: list[str] = []
    door = a_door(shelf, tmp_path, noted=noted.append)
    Visit(door)
    shelf.fails = NoDatabase("nobody\nanswers")

    sources = [Visit(door).source for _ in range(3)]
    shelf.fails = StoreFails("full")
    Visit(door)

    assert sources == ["remembered"] * 3
    assert noted == ["no_database"] * 3 + ["unreadable"]
    assert len(caplog.records) == 1
    assert "nobody answers" in caplog.text


def test_a_signpost_is_sent_without_django_until_what_it_depends_on_changes(shelf, tmp_path):
    noted: list[str] = []
    door = a_door(shelf, tmp_path, behind=says_there_is_none, noted=noted.append)
    first = Visit(door, "/none/")
    assert (first.source, noted) == ("", ["signpost"])

    again = Visit(door, "/none/")
    assert (again.source, again.status, again.body) == ("kept", "404 Not Found", b"none")
    assert Visit(door, "/none/", "id=5").source == ""

    shelf.moved = {"address:/none/"}
    assert Visit(door, "/none/").source == ""
    assert shelf.noted == {}


def says_there_is_none(environ, start_response):
    answer = answer_of(404, [], b"none", now=KEPT_AT)
    environ["standfirst.kept"] = True
    environ["standfirst.signpost"] = Signpost(answer, {"address:/none/": 0})
    start_response("404 Not Found", [])
    return [b"none"]


def test_of_many_who_ask_at_once_one_renders(shelf, tmp_path):
    rendered = []
    first_is_in, go_on = threading.Event(), threading.Event()

    def slow(environ, start_response):
        rendered.append(environ["PATH_INFO"])
        first_is_in.set()
        go_on.wait(5)
        shelf.keep("/new/", body=b"rendered once")
        environ["standfirst.kept"] = True
        start_response("200 OK", [])
        return [b"rendered once"]

    door = a_door(shelf, tmp_path, behind=slow)
    got: list[bytes] = []
    readers = [threading.Thread(target=lambda: got.append(Visit(door, "/new/").body)) for _ in range(5)]

    readers[0].start()
    first_is_in.wait(5)
    for reader in readers[1:]:
        reader.start()
    go_on.set()
    for reader in readers:
        reader.join()

    assert got == [b"rendered once"] * 5
    assert len(rendered) == 1


def test_who_waits_for_a_page_that_is_not_kept_renders_it_and_later_ones_do_not_wait(shelf, tmp_path):
    rendered = []
    both_are_in = threading.Barrier(2, timeout=5)

    def never_kept(environ, start_response):
        rendered.append(1)
        if environ.get("HTTP_X") == "together":
            both_are_in.wait()  # Neither may wait for the other now.
        start_response("200 OK", [])
        return [b"search results"]

    door = a_door(shelf, tmp_path, behind=never_kept)
    assert Visit(door, "/search/").body == b"search results"

    readers = [threading.Thread(target=lambda: Visit(door, "/search/", X="together")) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert len(rendered) == 3


def test_a_lease_whose_holder_fails_is_given_back(shelf, tmp_path):
    def broken(environ, start_response):
        raise RuntimeError

    door = a_door(shelf, tmp_path, behind=broken)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            Visit(door, "/broken/")


def test_which_pages_are_read_is_noted_now_and_then_and_beside_the_reader(shelf, tmp_path):
    clock = [LATER]
    door = a_door(shelf, tmp_path)
    door._clock = lambda: clock[0]
    Visit(door)
    assert shelf.noted == {}

    clock[0] += 61
    Visit(door)

    assert shelf.is_noted.wait(5)
    assert shelf.noted == {1: int(clock[0] // 60)}
