"""Every cache outside is told what its documentation wants to hear, and every failure is one we can wait out."""

import logging
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.pagecache.purgers import NoPurger, PurgeFailed, Purger, purger
from standfirst.pagecache.purgers.cloudflare import Cloudflare
from standfirst.pagecache.purgers.fastly import Fastly
from standfirst.pagecache.purgers.lists import batches, listed
from standfirst.pagecache.purgers.varnish import Varnish
from tests.pagecache.keeping import pagecache
from tests.pagecache.outside import Heard, Says, Service, service

TOKEN = "t0p-s3cret"
PATIENCE = (0.5, 0.3)


@dataclass(frozen=True)
class Kind:
    """One kind of cache outside: how it is made, what it says when all is well, where it is told which keys."""

    make: Callable[[str], Purger]
    says: Says
    keys_told: Callable[[Heard], list[str]]
    header: str
    separator: str
    longest: int
    keys_at_once: int


KINDS = {
    "varnish": Kind(
        lambda url: Varnish([url], timeout=PATIENCE),
        Says(headers={"X-Purged": "3"}),
        lambda heard: heard.headers["xkey-purge"].split(" "),
        "xkey",
        " ",
        8000,
        1_000_000,
    ),
    "fastly": Kind(
        lambda url: Fastly("SU1Z0isxPaozGVKXdv0eY", TOKEN, api=url, timeout=PATIENCE),
        Says(body='{"contributor:42": "108-1391560174-974124"}'),
        lambda heard: heard.headers["surrogate-key"].split(" "),
        "Surrogate-Key",
        " ",
        16_384,
        256,
    ),
    "cloudflare": Kind(
        lambda url: Cloudflare("023e105f4ecef8ad9ca31a8372d0c353", TOKEN, api=url, timeout=PATIENCE),
        Says(body='{"success": true, "errors": [], "messages": [], "result": {"id": "023e"}}'),
        lambda heard: heard.json["tags"],
        "Cache-Tag",
        ",",
        16_000,
        100,
    ),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def outside(kind: Kind) -> Iterator[Service]:
    with service(kind.says) as running:
        yield running


@pytest.fixture
def told(kind: Kind, outside: Service) -> Purger:
    return kind.make(outside.url)


# --- what all of them do ---------------------------------------------------------------------------------------


def test_every_key_is_told_once_and_in_requests_it_takes(kind: Kind, outside: Service, told: Purger) -> None:
    keys = [f"contributor:{number}:credits" for number in range(700)]

    told.purge(keys)

    assert [key for heard in outside.heard for key in kind.keys_told(heard)] == keys
    assert max(len(kind.keys_told(heard)) for heard in outside.heard) <= kind.keys_at_once
    longest = max(len(value) for heard in outside.heard for value in heard.headers.values())
    assert longest <= 8000


def test_no_keys_are_no_request(outside: Service, told: Purger) -> None:
    told.purge([])

    assert outside.heard == []


def test_a_page_says_by_which_keys_it_can_be_purged(kind: Kind, told: Purger) -> None:
    headers = dict(told.headers({"contributor:42", "article:901", "publication"}))

    assert headers[kind.header] == kind.separator.join(["article:901", "contributor:42", "publication"])
    assert any(value == "max-age=86400" for value in headers.values())


def test_a_page_whose_keys_do_not_fit_is_not_kept_outside(kind: Kind, told: Purger) -> None:
    many = {f"contributor:{number:06}" for number in range(2000)}

    assert told.headers(many) == []
    assert told.headers(set()) == []
    assert told.headers({"two words"}) == []
    assert told.headers({"a,b"}) == []


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404, 405, 429, 500, 502, 503])
def test_anything_but_success_is_a_failure(outside: Service, told: Purger, status: int) -> None:
    outside.says_next(Says(status, headers={"Location": f"{outside.url}/elsewhere"}))

    with pytest.raises(PurgeFailed, match=str(status)):
        told.purge(["article:1"])

    assert [heard.path for heard in outside.heard if "elsewhere" in heard.path] == []


def test_a_failure_in_the_middle_is_a_failure_of_all(kind: Kind, outside: Service, told: Purger) -> None:
    outside.says_next(kind.says, Says(500))

    with pytest.raises(PurgeFailed):
        told.purge([f"contributor:{number}:credits" for number in range(700)])


def test_one_that_hangs_is_not_waited_for(outside: Service, told: Purger) -> None:
    outside.says_next(Says(hangs=True))

    with pytest.raises(PurgeFailed, match="did not answer in time"):
        told.purge(["article:1"])

    told.purge(["article:1"])


def test_one_that_is_away_is_said_to_be(kind: Kind) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        told = kind.make(f"http://127.0.0.1:{taken.getsockname()[1]}")

        with pytest.raises(PurgeFailed, match="can't be reached"):
            told.purge(["article:1"])


def test_it_waits_as_long_as_it_was_asked_to(outside: Service, told: Purger) -> None:
    outside.says_next(Says(429, headers={"Retry-After": "120"}))
    with pytest.raises(PurgeFailed) as first:
        told.purge(["article:1"])

    with pytest.raises(PurgeFailed) as second:
        told.purge(["article:2"])

    assert first.value.retry_after == 120
    assert 100 < second.value.retry_after <= 120
    assert len(outside.heard) == 1


SAID = [
    # Retry-After, the seconds that are waited
    ("0", 0),
    ("7", 7),
    ("999999999", 3600),
    ("-5", 0),
    ("soon", 0),
    ("", 0),
    ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
    ("Fri, 01 Jan 2100 00:00:00 GMT", 3600),
]


@pytest.mark.parametrize(("said", "seconds"), SAID)
def test_how_long_to_wait_is_said_in_many_ways(
    outside: Service, told: Purger, said: str, seconds: float
) -> None:
    outside.says_next(Says(503, headers={"Retry-After": said}))

    with pytest.raises(PurgeFailed) as failed:
        told.purge(["article:1"])

    assert failed.value.retry_after == seconds


@pytest.mark.parametrize("kind", [KINDS["fastly"], KINDS["cloudflare"]], ids=["fastly", "cloudflare"])
def test_the_token_is_in_no_error_and_no_log(
    outside: Service, told: Purger, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outside.says_next(
        Says(403, body=f"The token {TOKEN} is not\n\nallowed to"),
        Says(403, body=" " * 1995 + TOKEN),
        Says(hangs=True),
    )

    for _ in range(3):
        with pytest.raises(PurgeFailed) as failed:
            told.purge(["article:1"])
        assert TOKEN not in f"{failed.value!r} {failed.value} {failed.value.__cause__}"
        assert "\n" not in str(failed.value)

    assert TOKEN not in caplog.text


def test_a_long_answer_is_quoted_shortly(outside: Service, told: Purger) -> None:
    outside.says_next(Says(500, body="trouble " * 10_000))

    with pytest.raises(PurgeFailed) as failed:
        told.purge(["article:1"])

    assert len(str(failed.value)) < 300


# --- the shapes of their requests ------------------------------------------------------------------------------


def test_fastly_is_told_as_its_reference_says() -> None:
    with service(KINDS["fastly"].says) as outside:
        fastly = Fastly("SU1Z0isxPaozGVKXdv0eY", TOKEN, api=outside.url)
        fastly.purge(["contributor:42", "article:901"])
        fastly.purge(None)

    keys, everything = outside.heard
    assert (keys.method, keys.path) == ("POST", "/service/SU1Z0isxPaozGVKXdv0eY/purge")
    assert keys.headers["fastly-key"] == TOKEN
    assert keys.headers["surrogate-key"] == "contributor:42 article:901"
    assert keys.headers["accept"] == "application/json"
    assert "fastly-soft-purge" not in keys.headers
    assert (everything.method, everything.path) == ("POST", "/service/SU1Z0isxPaozGVKXdv0eY/purge_all")
    assert everything.headers["fastly-key"] == TOKEN


def test_a_soft_purge_of_fastly_says_so_but_never_for_everything() -> None:
    with service(KINDS["fastly"].says) as outside:
        fastly = Fastly("SU1Z0isxPaozGVKXdv0eY", TOKEN, soft=True, api=outside.url)
        fastly.purge(["contributor:42"])
        fastly.purge(None)

    assert [heard.headers.get("fastly-soft-purge") for heard in outside.heard] == ["1", None]


def test_cloudflare_is_told_as_its_reference_says() -> None:
    with service(KINDS["cloudflare"].says) as outside:
        cloudflare = Cloudflare("023e105f4ecef8ad9ca31a8372d0c353", TOKEN, api=outside.url)
        cloudflare.purge(["contributor:42", "article:901"])
        cloudflare.purge(None)

    for heard in outside.heard:
        assert heard.method == "POST"
        assert heard.path == "/zones/023e105f4ecef8ad9ca31a8372d0c353/purge_cache"
        assert heard.headers["authorization"] == f"Bearer {TOKEN}"
        assert heard.headers["content-type"] == "application/json"
    assert [heard.json for heard in outside.heard] == [
        {"tags": ["contributor:42", "article:901"]},
        {"purge_everything": True},
    ]


@pytest.mark.parametrize(
    "body",
    ['{"success": false, "errors": [{"code": 10000, "message": "Authentication error"}]}', "[]", "<html>"],
)
def test_cloudflare_says_in_its_answer_whether_it_was_done(body: str) -> None:
    with service(Says(200, body=body)) as outside, pytest.raises(PurgeFailed, match="did not do it"):
        Cloudflare("023e", TOKEN, api=outside.url).purge(["article:1"])


def test_varnish_is_told_as_our_configuration_expects() -> None:
    with service(KINDS["varnish"].says) as outside:
        Varnish([outside.url]).purge(["contributor:42", "article:901"])
        Varnish([outside.url], soft=True).purge(["contributor:42"])
        Varnish([outside.url], soft=True).purge(None)

    hard, soft, everything = outside.heard
    assert {heard.method for heard in outside.heard} == {"PURGE"}
    assert hard.headers["xkey-purge"] == "contributor:42 article:901"
    assert soft.headers["xkey-softpurge"] == "contributor:42"
    assert everything.headers["xkey-purge"] == "publication"


def test_a_varnish_without_our_configuration_is_not_taken_at_its_word() -> None:
    lantern = service(Says(200, body="<h1>The Lantern</h1>"))
    with lantern as outside, pytest.raises(PurgeFailed, match=r"standfirst\.vcl"):
        Varnish([outside.url]).purge(["article:1"])


def test_every_varnish_is_told_though_one_fails() -> None:
    with service(KINDS["varnish"].says) as first, service(KINDS["varnish"].says) as second:
        varnish = Varnish([first.url, second.url], timeout=PATIENCE)
        first.says_next(Says(hangs=True))

        with pytest.raises(PurgeFailed, match=first.url.removeprefix("http://")) as failed:
            varnish.purge(["article:1"])

        assert second.url.removeprefix("http://") not in str(failed.value)
        assert len(second.heard) == 1


# --- lists of keys ---------------------------------------------------------------------------------------------

KEYS = st.lists(st.from_regex(r"[a-z]{1,12}(:[0-9]{1,8}){1,2}", fullmatch=True), unique=True, max_size=80)


@given(keys=KEYS, most=st.integers(1, 20), longest=st.integers(1, 200))
def test_batches_hold_every_key_once_within_their_limits(keys: list[str], most: int, longest: int) -> None:
    made = list(batches(keys, most=most, longest=longest))

    assert [key for batch in made for key in batch] == keys
    for batch in made:
        assert 0 < len(batch) <= most
        assert len(" ".join(batch)) <= longest or len(batch) == 1


@given(keys=KEYS, longest=st.integers(0, 400))
def test_a_header_lists_all_keys_or_none(keys: list[str], longest: int) -> None:
    header = listed(keys, " ", longest=longest)

    assert len(header) <= longest
    assert header == "" or sorted(header.split(" ")) == sorted(keys)


# --- the one the publication's file names -----------------------------------------------------------------------


def test_the_purger_is_the_one_that_is_set() -> None:
    assert isinstance(purger(), NoPurger)
    with pagecache(purger={"kind": "varnish", "urls": ["http://127.0.0.1:6081"], "soft": False}):
        assert isinstance(purger(), Varnish)
    with pagecache(purger={"kind": "fastly", "service": "x", "token": TOKEN, "soft": True}):
        assert isinstance(purger(), Fastly)
    with pagecache(purger={"kind": "cloudflare", "zone": "x", "token": TOKEN}):
        assert isinstance(purger(), Cloudflare)
    assert isinstance(purger(), NoPurger)
