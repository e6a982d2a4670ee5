"""What is fetched, from whom, how much and for how long is decided here, whatever the other side does."""

import io
import socket
import time
import tracemalloc

import pytest

from standfirst.importers.errors import ImportRefused
from standfirst.importers.fetching import (
    Bounds,
    Enough,
    Fetcher,
    Host,
    NotFetched,
    host_named,
    host_of,
    hosts_named,
    is_public,
)

from . import picture_hosts as hosts
from .picture_hosts import gives, leads_to, picture, picture_host

QUICK = Bounds(picture=1_000_000, most=3_000_000, seconds=0.5, in_all=30, pause=0)


@pytest.fixture
def host():
    with picture_host() as host:
        yield host


def fetcher(*named, bounds=QUICK, **options):
    return Fetcher(hosts_named(named), bounds=bounds, sleep=lambda seconds: None, **options)


def fetched(address, by):
    into = io.BytesIO()
    by.fetch(address, into)
    return into.getvalue()


def why_not(address, by):
    with pytest.raises(NotFetched) as caught:
        fetched(address, by)
    return str(caught.value)


# ---------------------------------------------------------------------------------------------------------- who is asked


def test_a_picture_comes_from_a_host_that_was_named(host):
    host.answers["/a%20b.jpg?x=1"] = gives(picture())

    assert fetched(host.at("/a b.jpg?x=1"), fetcher(host.name)) == picture()
    assert f"Host: {host.name}" in host.heads[0]
    assert "Accept-Encoding: identity" in host.heads[0]


@pytest.mark.parametrize(
    "address",
    [
        "http://images.example/a.jpg",
        "http://www.named.example/a.jpg",
        "http://named.example:8080/a.jpg",
        "http://named.example@other.example/a.jpg",
        "http://named.example.other.example/a.jpg",
    ],
)
def test_no_other_host_is_asked(address):
    def never(name, port):
        raise AssertionError(f"{name} was looked up")

    assert "which was not named" in why_not(address, fetcher("named.example", resolve=never))


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://named.example/a",
        "data:,x",
        "/a.jpg",
        "http://",
        "http://[x/",
        "http://named.example:99999/",
    ],
)
def test_only_the_web_is_asked(address):
    assert "no address of a web server" in why_not(address, fetcher("named.example"))


@pytest.mark.parametrize(
    ("words", "host"),
    [
        ("Images.Example.org.", Host("images.example.org")),
        ("bücher.example", Host("xn--bcher-kva.example")),
        ("images.example:8080", Host("images.example", 8080)),
        ("images.example:443", Host("images.example")),
        ("[::1]:8000", Host("::1", 8000)),
    ],
)
def test_a_host_is_named_by_its_name(words, host):
    assert host_named(words) == host
    assert host_named(str(host)) == host


@pytest.mark.parametrize(
    "words", ["", "https://images.example", "images.example/a", "*.example", "a b", "x:0", "x:99999", "u@x"]
)
def test_what_is_no_name_of_a_host_is_refused(words):
    with pytest.raises(ImportRefused, match="--from takes the name of a host"):
        host_named(words)


def test_a_host_of_an_address_is_what_it_is_named_by():
    assert host_of("https://Images.Example:443/a.jpg") == host_named("images.example")
    assert host_of("http://images.example:443/a.jpg") == Host("images.example", 443)
    assert host_of("//images.example/a.jpg") is None


@pytest.mark.parametrize(
    "inside",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_a_name_that_leads_inside_a_network_is_not_asked(inside):
    assert not is_public(inside)
    reason = why_not("http://named.example/a.jpg", fetcher("named.example", resolve=lambda *_: [inside]))

    assert f"leads to {inside}, inside a network of its own" in reason


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_an_address_of_the_open_internet_may_be_asked(address):
    assert is_public(address)


def test_an_address_inside_is_asked_if_it_was_named_too(host):
    host.answers["/a.jpg"] = gives(picture())
    port = int(host.name.rpartition(":")[2])
    by = fetcher(f"named.example:{port}", "127.0.0.1", resolve=lambda *_: ["127.0.0.1"])

    assert fetched(f"http://named.example:{port}/a.jpg", by) == picture()


def test_what_was_looked_at_is_what_is_connected_to(host):
    """A name that leads somewhere else the second time it is asked for gains nothing."""
    host.answers["/a.jpg"] = gives(picture())
    port = int(host.name.rpartition(":")[2])
    answers = iter([["127.0.0.1"]])
    by = fetcher(f"named.example:{port}", "127.0.0.1", resolve=lambda *_: next(answers))

    for _ in range(2):
        assert fetched(f"http://named.example:{port}/a.jpg", by) == picture()


# ------------------------------------------------------------------------------------------------------------- led on


def test_a_redirect_is_followed_to_a_host_that_was_named(host):
    host.answers["/a.jpg"] = leads_to("/b.jpg")
    host.answers["/b.jpg"] = gives(picture())

    assert fetched(host.at("/a.jpg"), fetcher(host.name)) == picture()


def test_a_redirect_leads_to_no_other_host_and_to_no_file(host):
    with picture_host() as other:
        other.answers["/a.jpg"] = gives(picture())
        port = other.name.rpartition(":")[2]
        for place in (
            other.at("/a.jpg"),
            f"http://localhost:{port}/a.jpg",
            f"//127.0.0.1:{port}/a.jpg",
            "http://0x7f.1/",
        ):
            host.answers["/a.jpg"] = leads_to(place)
            assert "which was not named" in why_not(host.at("/a.jpg"), fetcher(host.name))
        assert other.asked == []

    for place in ("file:///etc/passwd", "http://[bad/", "gopher://127.0.0.1/"):
        host.answers["/a.jpg"] = leads_to(place)
        assert "no address of a web server" in why_not(host.at("/a.jpg"), fetcher(host.name))


def test_redirects_have_an_end(host):
    host.answers["/a.jpg"] = leads_to("/a.jpg")

    assert why_not(host.at("/a.jpg"), fetcher(host.name)) == "led on more than 5 times"
    assert len(host.asked) == 6


# ------------------------------------------------------------------------------------------------- how much, how long


@pytest.mark.parametrize("answer", [hosts.says_nothing, hosts.drips_its_headers, hosts.drips_its_body])
def test_whoever_is_slow_is_cut_off(host, answer):
    host.answers["/a.jpg"] = answer
    started = time.monotonic()

    assert why_not(host.at("/a.jpg"), fetcher(host.name)) == "took more than 0.5 seconds"
    assert time.monotonic() - started < 2


def test_whoever_is_slow_to_agree_on_encryption_is_cut_off():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        name = f"127.0.0.1:{listening.getsockname()[1]}"
        started = time.monotonic()

        assert why_not(f"https://{name}/a.jpg", fetcher(name)) == "took more than 0.5 seconds"
        assert time.monotonic() - started < 2


def test_a_body_without_end_is_cut_off(host):
    host.answers["/a.jpg"] = hosts.never_ends

    assert why_not(host.at("/a.jpg"), fetcher(host.name)) == "has more than 1 MB"


def test_a_body_that_is_said_to_be_too_large_is_not_begun(host):
    host.answers["/a.jpg"] = gives(b"x" * 2_000_000)
    by = fetcher(host.name)

    assert why_not(host.at("/a.jpg"), by) == "has more than 1 MB"
    assert by.bytes == 0


def test_what_comes_packed_is_not_unpacked(host):
    host.answers["/a.png"] = hosts.gzip_bomb()
    tracemalloc.start()

    assert why_not(host.at("/a.png"), fetcher(host.name)) == "came packed (gzip), which was not asked for"
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_what_breaks_off_is_no_picture(host):
    host.answers["/a.jpg"] = hosts.breaks_off

    assert why_not(host.at("/a.jpg"), fetcher(host.name)) == "broke off before its end"


def test_a_run_ends_when_it_has_had_its_share(host):
    host.answers["/a.jpg"] = gives(b"x" * 900_000)
    by = fetcher(host.name)

    for _ in range(3):
        fetched(host.at("/a.jpg"), by)
    with pytest.raises(Enough, match="3 MB have come"):
        fetched(host.at("/a.jpg"), by)


def test_a_run_ends_when_its_time_is_over(host):
    host.answers["/a.jpg"] = gives(picture())
    now = [0.0]
    by = fetcher(host.name, clock=lambda: now[0])
    fetched(host.at("/a.jpg"), by)
    now[0] = 31

    with pytest.raises(Enough, match=r"0\.5 minutes are over"):
        fetched(host.at("/a.jpg"), by)


def test_there_is_a_pause_between_two_requests(host):
    host.answers["/a.jpg"] = gives(picture())
    pauses = []
    by = Fetcher(hosts_named([host.name]), bounds=Bounds(pause=0.2), sleep=pauses.append)

    for _ in range(3):
        fetched(host.at("/a.jpg"), by)

    assert pauses == [0.2, 0.2]


# ------------------------------------------------------------------------------------------------------------ answers


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", "is not there any more (404)"),
        ("410 Gone", "is not there any more (410)"),
        ("403 Forbidden", "was not given (403)"),
        ("500 Oops", "was not given (500)"),
        ("206 Partial Content", "was not given (206)"),
    ],
)
def test_what_is_not_given_is_said_to_be_so(host, status, reason):
    host.answers["/a.jpg"] = gives(picture(), status=status)

    assert why_not(host.at("/a.jpg"), fetcher(host.name)) == reason


def test_a_host_that_wants_to_be_left_alone_is(host):
    host.answers["/a.jpg"] = gives(b"", status="429 Too Many Requests")
    by = fetcher(host.name)

    assert "wants to be left alone for now (429)" in why_not(host.at("/a.jpg"), by)
    assert why_not(host.at("/b.jpg"), by).startswith("was not asked for")
    assert host.asked == ["/a.jpg"]


def test_a_host_that_does_not_answer_is_soon_not_asked_again():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        name = f"127.0.0.1:{probe.getsockname()[1]}"
    by = fetcher(name)

    for _ in range(3):
        assert "can't be reached" in why_not(f"http://{name}/a.jpg", by)
    assert why_not(f"http://{name}/a.jpg", by) == f"was not asked for, as {name} did not answer 3 times"


def test_what_is_no_http_is_no_answer(host):
    host.answers["/a.jpg"] = lambda out: out.write(b"SSH-2.0-OpenSSH\r\n")

    assert why_not(host.at("/a.jpg"), fetcher(host.name)) == "broke off (BadStatusLine)"
