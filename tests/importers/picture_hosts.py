"""A server of pictures on this machine that does what a test says, and what servers that mean harm do."""

import gzip
import io
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from PIL import Image as Picture

Answer = Callable[[BinaryIO], None]


def picture(colour: str = "red", *, size: tuple[int, int] = (40, 30), format: str = "JPEG") -> bytes:
    made = io.BytesIO()
    Picture.new("RGB", size, colour).save(made, format)
    return made.getvalue()


def gives(body: bytes, *, status: str = "200 OK", **headers: str) -> Answer:
    """Answers with this body, and with headers such as `Content_Type`."""

    def answer(out: BinaryIO) -> None:
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines])
        out.write(head.encode() + b"\r\n\r\n" + body)

    return answer


def leads_to(address: str) -> Answer:
    return gives(b"", status="302 Found", Location=address)


def says_nothing(out: BinaryIO) -> None:
    time.sleep(5)


def drips_its_headers(out: BinaryIO) -> None:
    out.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        out.write(f"X-{number}: x\r\n".encode())
        time.sleep(0.05)


def drips_its_body(out: BinaryIO) -> None:
    out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        out.write(b"x")
        time.sleep(0.05)


def never_ends(out: BinaryIO) -> None:
    out.write(b"HTTP/1.1 200 OK\r\n\r\n" + picture())
    while True:
        out.write(b"\0" * 65536)


def breaks_off(out: BinaryIO) -> None:
    out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + picture())


def gzip_bomb() -> Answer:
    return gives(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip", Content_Type="image/png")


def pixel_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that would be ten gigabytes of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@dataclass
class PictureHost:
    """A host, what it answers by path, and what it was asked for."""

    name: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"http://{self.name}{path}"

    def serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as read:
            if not (first := read.readline().split()):
                return  # whoever asked has gone
            path = first[1].decode()
            head = b""
            while (line := read.readline()).strip():
                head += line
            self.asked.append(path)
            self.heads.append(head.decode())
            answer = self.answers.get(path, gives(b"", status="404 Not Found"))
            try:
                with connection.makefile("wb", buffering=0) as out:
                    answer(out)
            except OSError:
                pass  # whoever asked has gone


@contextmanager
def picture_host() -> Iterator[PictureHost]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host = PictureHost(f"127.0.0.1:{listening.getsockname()[1]}")

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=host.serve, args=[connection], daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield host
        finally:
            listening.shutdown(socket.SHUT_RDWR)
