"""A Varnish with our configuration as shipped, before a publication whose pages a test makes up."""

import http.client
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from standfirst.pagecache.answers import answer_of, respond
from standfirst.pagecache.keys import EVERYTHING
from standfirst.pagecache.purgers.varnish import Varnish

CONFIGURATION = Path(__file__).parents[2] / "docs" / "operations" / "standfirst.vcl"


@dataclass
class Origin:
    """The publication: pages by their path, each with its keys, and what was asked for."""

    pages: dict[str, tuple[bytes, tuple[str, ...]]] = field(default_factory=dict)
    # Headers of one page instead of those it should have.
    headers: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    is_away: bool = False
    port: int = 0

    def shows(self, path: str, body: str, *keys: str) -> None:
        self.pages[path] = (body.encode(), (*keys, EVERYTHING))

    def times_asked_for(self, path: str) -> int:
        return sum(asked == path for _, asked, _ in self.asked)

    def answer(
        self, method: str, path: str, headers: Mapping[str, str]
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        self.asked.append((method, path, headers))
        body, keys = self.pages.get(path, (b"nothing", (EVERYTHING,)))
        outside = self.headers.get(path, Varnish([]).headers(keys))
        status = 200 if path in self.pages else 404
        answer = answer_of(status, [("Content-Type", "text/html"), *outside], body, now=1_800_000_000)
        environ = {"REQUEST_METHOD": method} | {
            f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()
        }
        line, sent, sent_body = respond(answer, environ, now=1_800_000_100)
        return int(line[:3]), sent, sent_body


@dataclass(frozen=True)
class Got:
    status: int
    headers: Mapping[str, str]  # names in small letters
    body: str

    @property
    def was_kept(self) -> bool:
        return self.headers.get("x-cache") == "hit"


@dataclass
class Front:
    """What readers reach."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, *, method: str = "GET", come_from: str = "127.0.0.1", **headers: str) -> Got:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=10, source_address=(come_from, 0)
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            read = {name.lower(): value for name, value in response.getheaders()}
            return Got(response.status, read, response.read().decode())
        finally:
            connection.close()


@contextmanager
def origin() -> Iterator[Origin]:
    state = Origin()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request() or state.is_away:
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.rfile.read(int(headers.get("content-length", 0)))
            status, sent, body = state.answer(self.command, self.path, headers)
            self.send_response_only(status)
            for name, value in sent:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def find_varnish() -> str:
    """The path of varnishd. Without it, or its modules, the test is skipped."""
    found = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin:/usr/local/sbin")
    if found is None or not any(Path("/usr/lib").glob("**/varnish/vmods/libvmod_xkey.so")):
        pytest.skip("no Varnish with its modules here (Debian: apt-get install varnish varnish-modules)")
    return found


@contextmanager
def varnish(backend: int, work: Path) -> Iterator[Front]:
    """Varnish, before what listens on this port."""
    program = find_varnish()
    text = CONFIGURATION.read_text(encoding="utf-8")
    filled, changes = re.subn(r'\.port = "8000";', f'.port = "{backend}";', text)
    assert changes == 1
    configuration = work / "standfirst.vcl"
    configuration.write_text(filled, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            program,
            "-F",
            *("-j", "none"),
            *("-a", f"127.0.0.1:{port}"),
            *("-f", str(configuration)),
            *("-n", str(work / "varnish")),
            *("-s", "malloc,32m"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        end = time.monotonic() + 60
        while True:
            assert process.poll() is None, process.communicate()[0]
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert time.monotonic() < end, "Varnish did not begin to listen"
                time.sleep(0.05)
        yield Front(port)
    finally:
        process.terminate()
        process.communicate(timeout=30)
