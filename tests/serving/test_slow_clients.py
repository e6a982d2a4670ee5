"""Whoever says nothing, sends slowly or reads slowly waits alone: everybody else is answered, kept page or not."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.test_serve import answers, children, eventually, free_port
from tests.made import a_publication, environment, password_in

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the pace of readers is set by Linux's buffers"
)

# Many times the threads of a process, of any kind.
MANY = 60
FILE = "/media/images/large.png"
FILE_SIZE = 30_000_000
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Served:
    """A publication served by one process, with a temporary folder of its own."""

    home: Path
    port: int
    health_port: int
    temporary: Path
    password: str
    pid: int

    def get(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        return response, response.read()

    def opened(self, said: str = "", body: bytes = b"", *, buffer: int = 0) -> socket.socket:
        """A connection over which something was said, and which then waits."""
        connection = socket.socket()
        connection.settimeout(60)
        if buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        connection.connect(("127.0.0.1", self.port))
        if said:
            head = said.replace("\n", "\r\n").replace("HOST", f"Host: 127.0.0.1:{self.port}")
            connection.sendall(head.encode() + body)
        return connection


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("slow")
    home, temporary = folder / "lantern", folder / "temporary"
    temporary.mkdir()
    password = password_in(a_publication(home, tmp_path_factory))
    (home / "media" / "images").mkdir()
    with (home / FILE[1:]).open("wb") as file:
        file.truncate(FILE_SIZE)
    health_port = free_port()
    settings = home / "standfirst.toml"
    settings.write_text(
        settings.read_text().replace("[server]\n", f"[server]\nhealth_port = {health_port}\n", 1)
    )
    port = free_port()
    command = [sys.executable, "-m", "standfirst", "--home", str(home), "serve"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--workers", "1"],
        env=environment() | {"TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: answers(port) or process.poll() is not None, "an answer", 120)
        assert process.poll() is None
        yield Served(home, port, health_port, temporary, password, process.pid)
    finally:
        process.terminate()
        process.wait()


def silent(served: Served) -> socket.socket:
    return served.opened()


def in_the_midst_of_its_headers(served: Served) -> socket.socket:
    return served.opened("GET / HTTP/1.1\nHo")


def sending_slowly_to_a_form(served: Served) -> socket.socket:
    head = f"POST /admin/login/ HTTP/1.1\nHOST\nCookie: csrftoken=x\nContent-Type: {FORM}\nContent-Length: 9999\n\n"
    return served.opened(head, b"csrfmiddlewaretoken=")


def sending_slowly_without_a_length(served: Served) -> socket.socket:
    head = "POST /admin/login/ HTTP/1.1\nHOST\nTransfer-Encoding: chunked\n\n"
    return served.opened(head, b"4\r\nname")


def sending_slowly_as_if_logged_in(served: Served) -> socket.socket:
    head = "POST /admin/images/add/ HTTP/1.1\nHOST\nCookie: sessionid=none\nContent-Length: 60000\n\n"
    return served.opened(head, b"a")


def sending_slowly_with_a_get(served: Served) -> socket.socket:
    return served.opened("GET /authors/ HTTP/1.1\nHOST\nContent-Length: 9999\n\n", b"a")


def reading_a_file_slowly(served: Served) -> socket.socket:
    return served.opened(f"GET {FILE} HTTP/1.1\nHOST\n\n", buffer=4096)


def reading_nothing_of_many_pages(served: Served) -> socket.socket:
    return served.opened("GET /articles/ HTTP/1.1\nHOST\n\n" * 200, buffer=4096)


@pytest.mark.parametrize(
    ("slow", "number"),
    [
        (silent, 700),
        (in_the_midst_of_its_headers, MANY),
        (sending_slowly_to_a_form, MANY),
        (sending_slowly_without_a_length, MANY),
        (sending_slowly_as_if_logged_in, MANY),
        (sending_slowly_with_a_get, MANY),
        (reading_a_file_slowly, MANY),
        (reading_nothing_of_many_pages, MANY),
    ],
)
def test_everybody_else_is_answered(
    served: Served, slow: Callable[[Served], socket.socket], number: int
) -> None:
    served.get("/articles/")
    with ExitStack() as waiting:
        for _ in range(number):
            waiting.enter_context(slow(served))

        assert served.get("/articles/")[0].status == 200
        assert served.get("/search/?q=anything")[0].status == 200
        assert served.get("/admin/login/")[0].status == 200
        part, content = served.get(FILE, Range="bytes=0-9")
        assert (part.status, len(content)) == (206, 10)
        with urllib.request.urlopen(f"http://127.0.0.1:{served.health_port}/healthz", timeout=60) as health:
            assert json.load(health)["web"] == "ok"


@pytest.mark.parametrize("cookie", ["", "Cookie: sessionid=forged\n"])
@pytest.mark.parametrize("path", ["/admin/images/add/", "/admin/login/", "/articles/", "/nowhere/"])
@pytest.mark.parametrize("length", ["Content-Length: 200000000", "Transfer-Encoding: chunked"])
def test_a_large_upload_of_anybody_is_refused_and_nothing_of_it_written_down(
    served: Served, length: str, path: str, cookie: str
) -> None:
    with served.opened(f"POST {path} HTTP/1.1\nHOST\n{cookie}{length}\n\n") as connection:
        answer = _refused(connection, b"10000\r\n" + b"x" * 65536 + b"\r\n")

    assert re.match(rb"HTTP/1.1 (413|405) ", answer), answer
    assert b"connection: close" in answer.lower()
    assert list(served.temporary.iterdir()) == []


def _refused(connection: socket.socket, chunk: bytes) -> bytes:
    """What is answered while chunk after chunk is sent, as far as anybody takes them."""
    connection.settimeout(0.2)
    for _ in range(3000):
        try:
            return connection.recv(65536)
        except TimeoutError:
            pass
        try:
            connection.sendall(chunk)
        except OSError:
            break
    connection.settimeout(60)
    return connection.recv(65536)


def test_whoever_sends_all_before_they_read_still_learns_why_it_was_refused(served: Served) -> None:
    head = "POST /admin/login/ HTTP/1.1\nHOST\nContent-Length: 4000000\n\n"
    with served.opened(head, b"a" * 4_000_000) as connection:
        assert connection.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_an_address_without_a_form_answers_before_anything_is_sent(served: Served) -> None:
    with served.opened("POST /articles/ HTTP/1.1\nHOST\nContent-Length: 10\n\n") as connection:
        answer = connection.recv(65536)

        assert answer.startswith(b"HTTP/1.1 405 ")
        assert b"allow: get, head" in answer.lower()


def test_an_editor_uploads_what_nobody_else_may(served: Served) -> None:
    cookie, token = _logged_in(served)
    fields = {"csrfmiddlewaretoken": token, "title": "Large", "collection": "1"}
    body = b"".join(
        f'--BOUND\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    )
    content = os.urandom(3_000_000)
    body += b'--BOUND\r\nContent-Disposition: form-data; name="file"; filename="large.txt"\r\n\r\n' + content
    body += b"\r\n--BOUND--\r\n"

    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "multipart/form-data; boundary=BOUND"}
    connection.request("POST", "/admin/documents/add/", body=body, headers=headers)
    response = connection.getresponse()
    response.read()

    assert response.status == 302
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    connection.request("GET", "/documents/1/large.txt")
    document = connection.getresponse()
    assert (document.status, document.read() == content) == (200, True)
    part, tail = served.get("/documents/1/large.txt", Range="bytes=-7")
    assert (part.status, tail) == (206, content[-7:])
    assert list(served.temporary.iterdir()) == []


def _logged_in(served: Served) -> tuple[str, str]:
    """The cookies of an editor who is logged in, and the token of their forms."""
    response, page = served.get("/admin/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    cookie = str(response.headers["Set-Cookie"]).partition(";")[0]
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    body = f"csrfmiddlewaretoken={token.group(1).decode()}&username=editor&password={served.password}"
    connection.request("POST", "/admin/login/", body=body, headers={"Cookie": cookie, "Content-Type": FORM})
    entered = connection.getresponse()
    entered.read()
    assert entered.status == 302
    cookies = [
        value.partition(";")[0] for name, value in entered.getheaders() if name.lower() == "set-cookie"
    ]
    own = next(value.partition("=")[2] for value in cookies if value.startswith("csrftoken="))
    return "; ".join(cookies), own


def test_a_file_comes_in_parts_that_make_it(served: Served) -> None:
    whole, content = served.get(FILE)
    first, _ = served.get(FILE, Range="bytes=0-999", If_Range=whole.headers["Last-Modified"])
    beyond, _ = served.get(FILE, Range=f"bytes={FILE_SIZE}-")

    assert (whole.status, len(content), whole.headers["Accept-Ranges"]) == (200, FILE_SIZE, "bytes")
    assert (first.status, first.headers["Content-Range"]) == (206, f"bytes 0-999/{FILE_SIZE}")
    assert (beyond.status, beyond.headers["Content-Range"]) == (416, f"bytes */{FILE_SIZE}")


def test_liveness_and_readiness_are_told_on_a_port_of_their_own(served: Served) -> None:
    def told(path: str) -> tuple[int, dict[str, str]]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{served.health_port}{path}", timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    assert told("/livez") == (200, {"status": "ok"})
    names = ("status", "database", "kept_pages", "disk", "scheduler", "web")
    parts = dict.fromkeys(names, "ok")
    assert told("/readyz") == told("/healthz") == (200, parts)
    assert told("/articles/")[0] == 404
    # Whoever asks and says nothing keeps nobody else from asking.
    with ExitStack() as waiting:
        for _ in range(MANY):
            waiting.enter_context(socket.create_connection(("127.0.0.1", served.health_port)))
        assert told("/livez")[0] == 200


def test_a_header_that_would_pass_for_anothers_is_not_heard(served: Served) -> None:
    response, _ = served.get("/admin/", X_Forwarded_Proto="https")
    with served.opened("GET /admin/ HTTP/1.1\nHOST\nX_Forwarded_Host: evil.example\n\n") as connection:
        answer = connection.recv(65536)

    assert response.status == 302
    assert b"evil" not in answer


def test_nobody_is_left_waiting_when_a_process_stops(served: Served) -> None:
    with sending_slowly_to_a_form(served) as waiting:
        served.get("/articles/")  # It came later, over the same event loop or past it.
        for pid in children(served.pid):
            os.kill(pid, signal.SIGTERM)

        assert waiting.recv(65536).startswith(b"HTTP/1.1 503 ")
    eventually(lambda: answers(served.port), "another process", 60)
