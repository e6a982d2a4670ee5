"""Whatever is asked for, nobody gets a server error and the log gets no traceback: through the front door and Django."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from standfirst.pagecache.kept_pages import kept_pages
from standfirst.pagecache.leases import Leases
from standfirst.serving.front_door import FrontDoor
from tests.factories import a_contributor, a_magazine, an_article
from tests.pagecache.keeping import pagecache

pytestmark = pytest.mark.django_db

PIECES = [
    b"/", b"//", b"..", b"%00", b"\0", b"\r\nSet-Cookie: a=b", b"%0d%0a", b"\xff\xfe", b"\xc3", b"%ff", b"?", b"#", b"&",
    b"=", b"author", b"ada-quill", b"page", b"1", b"0", b"-1", b"1e3", b"99999999999999999999", b"section", b"topic",
    b"2024", b"01", b"feed.atom", b"admin", b"login", b"static", b"media", b"documents", b"search", b"healthz",
    b"<script>", b"'", b'"', b";", b"\\", b"a" * 300, b"\xf0\x9f\x8c\x8a", "é".encode(), b"\x7f", b"\t", b" ", b"%", b"{{7*7}}",
]  # fmt: skip
BYTES = st.one_of(st.binary(max_size=60), st.lists(st.sampled_from(PIECES), max_size=9).map(b"".join))
WORDS = st.one_of(st.sampled_from([b"p", b"q", b"cat", b"utm_source", b"next", b"page"]), BYTES)
# What somebody may type into the search, each sign of which means something to one database or the other.
TYPED = st.text(alphabet="ab \"'*()^:+-%{}\\&|!<>,\u0663\U0001f600", max_size=12).map(
    lambda words: b"q=" + quote_plus(words).encode()
)
QUERIES = st.one_of(
    TYPED, BYTES, st.lists(st.tuples(WORDS, BYTES).map(b"=".join), max_size=5).map(b"&".join), st.just(b"q=" + b"x" * 65_000)
)  # fmt: skip


@pytest.fixture
def door(tmp_path: Path) -> Iterator[FrontDoor]:
    a_magazine()
    an_article(a_contributor())
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    with pagecache(is_on=True):
        yield FrontDoor(
            get_wsgi_application(),
            kept_pages(),
            Leases(tmp_path / "leases"),
            hosts=["testserver"],
            counted={"/": frozenset({"p"})},
            edition="",
            session_cookie="sessionid",
        )
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


class Heard(logging.Handler):
    """What went to the log."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def heard() -> Iterator[Heard]:
    heard = Heard()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "standfirst")]
    for logger in loggers:
        logger.addHandler(heard)
    yield heard
    for logger in loggers:
        logger.removeHandler(heard)


def visit(
    door: FrontDoor, path: bytes, query: bytes, method: str = "GET"
) -> tuple[int, list[tuple[str, str]]]:
    """What a WSGI server hands in for such a request (PEP 3333: bytes, each as a character), and what comes out."""
    import io

    answered: list[Any] = []
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": (b"/" + path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    body = door(environ, lambda status, headers, *_: answered.append((int(status[:3]), headers)))
    b"".join(body)
    getattr(body, "close", lambda: None)()
    return answered[0]


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip
@given(path=st.one_of(st.just(b"search/"), BYTES), query=QUERIES, method=st.sampled_from(["GET", "HEAD"]))
@example(path=b"a" * 5_000, query=b"", method="GET")
@example(path=b"a" * 5_000 + b"/", query=b"", method="GET")
@example(path=b"a" * 20_000, query=b"", method="GET")
@example(path=b"author/" + b"a" * 5_000 + b"/", query=b"", method="GET")
@example(path=b"a/" * 2_000, query=b"", method="GET")
@example(path=b"x", query=b"q=" + b"x" * 65_000, method="GET")
@example(path=b"", query=b"p=" + b"9" * 65_000, method="GET")
@example(path=b"search/", query=b"q=%00", method="GET")
@example(path=b"author/ada-quill/page/" + b"9" * 4_000 + b"/", query=b"", method="GET")
@example(path=b"documents/" + b"9" * 4_500 + b"/a.pdf", query=b"", method="GET")
@example(path=b"search/", query=b"q=a&page=" + b"9" * 4_500, method="GET")
@example(path=b"search/", query=b"q=%22", method="GET")
@example(path=b"search/", query=b"q=5%22+gun", method="GET")
@example(path=b"search/", query=b"q=%22a+b+%22%22%22+c%22d", method="GET")
@example(path=b"\r\nLocation: http://evil.example/", query=b"\r\nX: y", method="GET")
@example(path=b"/evil.example/%0d%0aX:y", query=b"", method="GET")
def test_whatever_is_asked_for_is_answered_without_a_server_error(door, heard, path, query, method):
    heard.records.clear()

    status, headers = visit(door, path, query, method)

    assert status < 500
    assert [record.getMessage() for record in heard.records if record.exc_info] == []
    assert len(heard.records) <= 1
    for name, value in headers:
        assert not set("\r\n\0") & set(name + value)
        if name == "Location":
            assert value.startswith(("/", "http://testserver"))
            assert not value.startswith("//")
