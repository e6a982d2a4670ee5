"""Behind Varnish, set up as we say: what is kept there goes when it changes, and nothing else does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from standfirst.pagecache.actions import changed, everything_changed
from standfirst.pagecache.delivery import REPEATED_AFTER, deliver_due
from standfirst.pagecache.purgers.varnish import LONGEST_HEADER, Varnish
from tests.pagecache.keeping import pagecache
from tests.pagecache.varnish import Front, Origin, origin, varnish


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Origin, Front]]:
    with origin() as publication, varnish(publication.port, tmp_path_factory.mktemp("varnish")) as front:
        yield publication, front


@pytest.fixture
def publication(both: tuple[Origin, Front]) -> Origin:
    publication, front = both
    publication.pages.clear()
    publication.headers.clear()
    publication.asked.clear()
    publication.is_away = False
    Varnish([front.url]).purge(None)
    return publication


@pytest.fixture
def front(both: tuple[Origin, Front]) -> Front:
    return both[1]


@pytest.fixture(params=["hard", "soft"])
def purger(request: pytest.FixtureRequest, front: Front) -> Varnish:
    return Varnish([front.url], soft=request.param == "soft")


def test_a_page_is_kept_there_and_the_publication_asked_once(publication: Origin, front: Front) -> None:
    publication.shows("/", "The front page", "front")

    first, second = front.get("/"), front.get("/")

    assert (first.body, second.body) == ("The front page", "The front page")
    assert not first.was_kept
    assert second.was_kept
    assert "age" in second.headers
    assert publication.times_asked_for("/") == 1


def test_readers_get_no_keys_and_ask_each_time(publication: Origin, front: Front) -> None:
    publication.shows("/", "The front page", "front")

    for got in (front.get("/"), front.get("/")):
        assert not {"xkey", "surrogate-control", "x-purged"} & set(got.headers)
        assert got.headers["cache-control"] == "public, max-age=0, must-revalidate"
    etag = front.get("/").headers["etag"]
    assert front.get("/", If_None_Match=etag).status == 304
    assert publication.times_asked_for("/") == 1


@pytest.mark.django_db
def test_a_change_takes_exactly_the_pages_that_showed_it(
    publication: Origin, front: Front, purger: Varnish
) -> None:
    publication.shows("/ada/", "2 Articles by: Ada", "contributor:1", "contributor:1:credits")
    publication.shows("/river/", "The slow river, by Ada", "article:9", "contributor:1")
    publication.shows("/ben/", "1 Article by: Ben", "contributor:2", "contributor:2:credits")
    publication.shows("/contributor:11/", "Not to be mixed up", "contributor:11")
    paths = ["/ada/", "/river/", "/ben/", "/contributor:11/"]
    for path in paths:
        front.get(path)
    with pagecache(purger={"kind": "varnish", "urls": [front.url]}):
        changed("contributor:1")
    publication.shows("/ada/", "2 Articles by: Ada Quill", "contributor:1", "contributor:1:credits")
    publication.shows("/river/", "The slow river, by Ada Quill", "article:9", "contributor:1")

    assert deliver_due(timezone.now(), purger) == 1

    got = {path: front.get(path) for path in paths}
    assert {path: page.was_kept for path, page in got.items()} == {
        "/ada/": False,
        "/river/": False,
        "/ben/": True,
        "/contributor:11/": True,
    }
    assert got["/ada/"].body == "2 Articles by: Ada Quill"
    assert got["/river/"].body == "The slow river, by Ada Quill"


@pytest.mark.django_db
def test_a_page_that_was_on_its_way_goes_the_second_time(
    publication: Origin, front: Front, purger: Varnish
) -> None:
    publication.shows("/", "Old", "front")
    with pagecache(purger={"kind": "varnish", "urls": [front.url]}):
        changed("front")
    now = timezone.now()
    deliver_due(now, purger)
    front.get("/")  # It arrives after the purge.
    assert front.get("/").was_kept
    publication.shows("/", "New", "front")

    deliver_due(now + REPEATED_AFTER + timedelta(seconds=1), purger)

    assert front.get("/").body == "New"


@pytest.mark.django_db
def test_everything_is_every_page(publication: Origin, front: Front, purger: Varnish) -> None:
    for path in ("/", "/ada/", "/nobody/"):
        if path != "/nobody/":
            publication.shows(path, "Old")
        front.get(path)
        assert front.get(path).was_kept
    with pagecache(purger={"kind": "varnish", "urls": [front.url]}):
        everything_changed()

    deliver_due(timezone.now(), purger)

    assert not any(front.get(path).was_kept for path in ("/", "/ada/", "/nobody/"))


def test_after_a_soft_purge_it_asks_before_it_sends_and_a_page_that_is_the_same_is_not_sent_again(
    publication: Origin, front: Front
) -> None:
    publication.shows("/same/", "The same", "article:1")
    publication.shows("/other/", "Old", "article:1")
    etag = front.get("/same/").headers["etag"]
    front.get("/other/")
    publication.shows("/other/", "New", "article:1")

    Varnish([front.url], soft=True).purge(["article:1"])

    assert front.get("/other/").body == "New"
    assert front.get("/same/").body == "The same"
    _, _, headers = publication.asked[-1]
    assert etag.removeprefix("W/") in headers["if-none-match"]


def test_a_page_that_was_the_same_can_still_be_purged(publication: Origin, front: Front) -> None:
    publication.shows("/", "Old", "article:1")
    front.get("/")
    Varnish([front.url], soft=True).purge(["article:1"])
    front.get("/")  # Asked, and the same.
    assert front.get("/").was_kept
    publication.shows("/", "New", "article:1")

    Varnish([front.url]).purge(["article:1"])

    assert front.get("/").body == "New"


def test_an_outdated_page_is_not_sent_though_the_publication_is_away(
    publication: Origin, front: Front, purger: Varnish
) -> None:
    publication.shows("/", "Withdrawn", "article:1")
    publication.shows("/ada/", "Ada", "contributor:1")
    front.get("/")
    front.get("/ada/")

    purger.purge(["article:1"])
    publication.is_away = True

    assert front.get("/").status == 503
    assert front.get("/ada/").was_kept


def test_editors_are_passed_on_and_get_nothing_that_is_kept(publication: Origin, front: Front) -> None:
    publication.shows("/", "For everybody", "front")
    front.get("/")
    publication.shows("/", "For an editor", "front")

    for headers in (
        {"Cookie": "sessionid=x"},
        {"Cookie": "a=b; sessionid=x; c=d"},
        {"Cookie": "a=b;sessionid=x"},
        {"Authorization": "Basic eDp5"},
    ):
        got = front.get("/", **headers)
        assert got.body == "For an editor"
        assert not got.was_kept
        assert publication.asked[-1][2].get("cookie") == headers.get("Cookie")

    assert front.get("/").body == "For everybody"
    assert front.get("/", Cookie="csrftoken=x; not_a_sessionid=y").body == "For everybody"


@pytest.mark.parametrize("path", ["/admin/", "/admin", "/admin/login/?next=/admin/"])
def test_the_back_office_is_never_kept(publication: Origin, front: Front, path: str) -> None:
    publication.shows(path, "The desk")

    assert not any(front.get(path).was_kept for _ in range(3))
    assert publication.times_asked_for(path) == 3


def test_what_is_sent_in_is_passed_on(publication: Origin, front: Front) -> None:
    publication.shows("/search/", "Found")
    front.get("/search/")

    front.get("/search/", method="POST")

    assert publication.asked[-1][0] == "POST"


NOT_KEPT = [
    # what is the matter, the headers of such a page
    ("no-keys", [("Surrogate-Control", "max-age=86400")]),
    ("no-word", [("xkey", "front publication")]),
    ("zero", [("xkey", "front"), ("Surrogate-Control", "max-age=0")]),
    ("a-cookie", [("xkey", "front"), ("Surrogate-Control", "max-age=86400"), ("Set-Cookie", "a=b")]),
    ("nothing", []),
]


@pytest.mark.parametrize(("name", "headers"), NOT_KEPT, ids=[name for name, _ in NOT_KEPT])
def test_a_page_that_could_not_be_forgotten_is_not_kept(
    publication: Origin, front: Front, name: str, headers: list[tuple[str, str]]
) -> None:
    path = f"/not-kept/{name}/"
    publication.shows(path, "A page", "front")
    publication.headers[path] = headers

    assert not any(front.get(path).was_kept for _ in range(3))
    assert publication.times_asked_for(path) == 3


def test_as_many_keys_as_we_send_are_taken_and_as_many_as_we_purge(
    publication: Origin, front: Front, purger: Varnish
) -> None:
    keys = tuple(f"contributor:{number:06}:credits" for number in range(295))
    publication.shows("/authors/", "Old", *keys)
    assert LONGEST_HEADER - 100 < len(" ".join(keys)) < LONGEST_HEADER - len(" publication")
    front.get("/authors/")
    assert front.get("/authors/").was_kept
    publication.shows("/authors/", "New", *keys)

    purger.purge([f"article:{number}" for number in range(3000)] + [keys[-1]])

    assert front.get("/authors/").body == "New"


def test_only_those_who_may_can_purge(publication: Origin, front: Front) -> None:
    publication.shows("/", "The front page", "front")
    front.get("/")

    stranger = front.get("/", method="PURGE", come_from="127.0.0.2", xkey_purge="front")
    through_ours = front.get("/", method="PURGE", X_Forwarded_For="203.0.113.9", xkey_purge="front")
    through_https = front.get("/", method="PURGE", X_Forwarded_Proto="https", xkey_purge="front")
    of_nothing = front.get("/", method="PURGE")

    assert [got.status for got in (stranger, through_ours, through_https)] == [403, 403, 403]
    assert of_nothing.status == 400
    assert front.get("/").was_kept
    assert publication.times_asked_for("/") == 1


@pytest.mark.parametrize("method", ["BREW", "TRACE", "PROPFIND", "BAN", "get"])
def test_unknown_methods_go_no_further(publication: Origin, front: Front, method: str) -> None:
    assert front.get("/", method=method, X_Purged="9").status == 405
    assert publication.asked == []


def test_how_many_pages_went_is_answered(publication: Origin, front: Front) -> None:
    for path in ("/a/", "/b/", "/c/"):
        publication.shows(path, "A page", f"article:{path}", "topic:1")
        front.get(path)

    got = front.get("/", method="PURGE", xkey_purge="topic:1 article:999")

    assert (got.status, got.headers["x-purged"]) == (200, "3")
