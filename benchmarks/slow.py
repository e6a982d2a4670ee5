"""Protects: a kept page is answered as fast as ever while others say nothing, send slowly and read slowly."""

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from .probes import Probe
from .publications import publication_of
from .served import served

SIZE = 1_000
ASKED = 2_000
FILE = Path("media", "images", "benchmark.png")
FILE_SIZE = 30_000_000
SECONDS_BETWEEN = 1.0
GOAL = 3.0

Address = tuple[str, int]


def run() -> None:
    home = publication_of(SIZE)
    probe = Probe(home)
    path = probe.ask("newest_article")
    probe.close()
    file = home / FILE
    file.parent.mkdir(exist_ok=True)
    with file.open("wb") as opened:
        opened.truncate(FILE_SIZE)
    try:
        with served(home, workers=2) as (url, _):
            address = ("127.0.0.1", urlsplit(url).port or 80)
            _asked(address, path)
            idle = _asked(address, path)
            print(f"{'nobody else':<18} p50 {idle[0] * 1e3:6.2f} ms, p99 {idle[1] * 1e3:6.2f} ms", flush=True)
            for name, number, opened_by, trickle in LOADS:
                with _held([opened_by(address) for _ in range(number)], trickle):
                    p50, p99 = _asked(address, path)
                ratio = p99 / idle[1]
                print(
                    f"{number} {name:<14} p50 {p50 * 1e3:6.2f} ms, p99 {p99 * 1e3:6.2f} ms: {ratio:.2f} of idle"
                    f"   goal ≤ {GOAL:g}: {'met' if ratio <= GOAL else 'MISSED'}",
                    flush=True,
                )
    finally:
        file.unlink()


def _asked(address: Address, path: str) -> tuple[float, float]:
    """Half of the answers to one reader after the other came within so many seconds, and all but one in a hundred."""
    seconds = []
    for _ in range(ASKED):
        began = time.perf_counter()
        connection = http.client.HTTPConnection(*address, timeout=60)
        connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "br"})
        response = connection.getresponse()
        response.read()
        connection.close()
        if response.status != 200:
            raise AssertionError(f"{path}: {response.status}")
        seconds.append(time.perf_counter() - began)
    seconds.sort()
    return seconds[ASKED // 2], seconds[ASKED * 99 // 100]


@contextmanager
def _held(connections: list[socket.socket], trickle: Callable[[socket.socket], object]) -> Iterator[None]:
    """While this lasts they are there, and a little goes over each once a second."""
    over = Event()

    def go_on() -> None:
        while not over.wait(SECONDS_BETWEEN):
            for connection in connections:
                with suppress(OSError):  # It has been hung up on.
                    trickle(connection)

    trickling = Thread(target=go_on)
    trickling.start()
    try:
        yield
    finally:
        over.set()
        trickling.join()
        for connection in connections:
            connection.close()


def _opened(address: Address, said: str = "", *, buffer: int = 0) -> socket.socket:
    connection = socket.socket()
    connection.settimeout(10)
    if buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    connection.connect(address)
    connection.sendall(said.replace("\n", "\r\n").encode())
    return connection


def _sending(address: Address) -> socket.socket:
    return _opened(
        address,
        "POST /admin/login/ HTTP/1.1\nHost: localhost\nCookie: csrftoken=x\n"
        "Content-Type: application/x-www-form-urlencoded\nContent-Length: 9999\n\n",
    )


def _reading(address: Address) -> socket.socket:
    return _opened(address, f"GET /{FILE} HTTP/1.1\nHost: localhost\n\n", buffer=4096)


LOADS: list[tuple[str, int, Callable[[Address], socket.socket], Callable[[socket.socket], object]]] = [
    ("say nothing", 500, _opened, lambda connection: None),
    ("send slowly", 500, _sending, lambda connection: connection.send(b"a")),
    ("read slowly", 100, _reading, lambda connection: connection.recv(100)),
]
