"""A stand-in for the service of a cache outside: real sockets on loopback, says what it is told to, notes what it hears."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Heard:
    """One request, as it came over the wire."""

    method: str
    path: str
    headers: Mapping[str, str]  # names in small letters
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Says:
    """One answer; `hangs` is none at all."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False


class Service:
    """What a test sees of the service."""

    def __init__(self, usually: Says) -> None:
        self.usually = usually
        self.heard: list[Heard] = []
        self._next: list[Says] = []
        self.closing = threading.Event()
        self.url = ""

    def says_next(self, *answers: Says) -> None:
        """Answer the next requests so, and then as usual again."""
        self._next.extend(answers)

    def answer(self, heard: Heard) -> Says:
        self.heard.append(heard)
        return self._next.pop(0) if self._next else self.usually


@contextmanager
def service(usually: Says) -> Iterator[Service]:
    """A service that listens while this lasts."""
    state = Service(usually)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            says = state.answer(Heard(self.command, self.path, headers, body))
            if says.hangs:
                state.closing.wait()
                self.close_connection = True
                return
            self.send_response(says.status)
            for name, value in says.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(says.body.encode())))
            self.end_headers()
            self.wfile.write(says.body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    listening = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    listening.start()
    try:
        yield state
    finally:
        state.closing.set()
        server.shutdown()
        listening.join()
        server.server_close()
