"""An answer as it is kept, and as one reader gets it. Pure Python: no part of Django is needed to send it."""

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from typing import Any

import brotli

Headers = tuple[tuple[str, str], ...]

STATUS_LINES = {
    200: "200 OK",
    301: "301 Moved Permanently",
    404: "404 Not Found",
    410: "410 Gone",
}
# What a 304 leaves out: it has no body to describe. RFC 9110, section 15.4.5.
OF_THE_BODY = frozenset({"Content-Type", "Content-Length", "Content-Encoding"})
SUFFIXES = {"br": "-br", "gzip": "-gz", "": ""}
NOT_MODIFIED = "304 Not Modified"
# A shared cache that we can't purge, and every browser, asks each time; the answer is mostly a 304.
ASK_EACH_TIME = "public, max-age=0, must-revalidate"
# A second time on, with what it brings, the size hardly shrinks: 6 takes half of what 9 does.
GZIP_LEVEL = 6
BROTLI_QUALITY = 5
# What is compressed by itself is kept as it is, once: a second time takes long and gains nothing.
PACKED = ("image/jpeg", "image/png", "image/x-icon")
# A date counts seconds, and a page may change twice in one: until the second is over the date proves nothing.
SECONDS_UNTIL_A_DATE_PROVES_ANYTHING = 2


@dataclass(frozen=True, slots=True)
class Wire:
    """An answer in one encoding, ready to be sent."""

    headers: Headers
    # The same, with the date from which it has been as it is.
    dated_headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that anybody may get: its status, its headers, its body compressed in two ways.

    What is compressed by itself, as pictures are, is there once, in `gzip`, which stores it as it is; `brotli` is empty.
    """

    status: int
    headers: Headers
    etag: str  # of the body before it is compressed, without quotation marks
    modified: int  # seconds since 1970
    gzip: bytes
    brotli: bytes
    _wires: dict[str, Wire] = field(default_factory=dict, compare=False, repr=False)

    @property
    def size(self) -> int:
        """Bytes it takes to keep."""
        return (
            len(self.gzip)
            + len(self.brotli)
            + sum(len(name) + len(value) + 4 for name, value in self.headers)
        )

    @property
    def size_in_memory(self) -> int:
        """Bytes it may come to take: uncompressed, for those who take nothing else, a page is some four times as large."""
        return self.size * (5 if self.brotli else 2)

    def wire(self, encoding: str) -> Wire:
        """The answer in an encoding ("br", "gzip" or "" for none), made once."""
        try:
            return self._wires[encoding]
        except KeyError:
            return self._wires.setdefault(encoding, self._wire(encoding))

    def _wire(self, encoding: str) -> Wire:
        bodies = {"br": self.brotli, "gzip": self.gzip}
        body = bodies[encoding] if encoding else zlib.decompress(self.gzip, 31)
        headers = (
            *self.headers,
            ("Cache-Control", ASK_EACH_TIME),
            # A strong one names these very bytes, so each encoding has its own.
            ("ETag", f'"{self.etag}{SUFFIXES[encoding]}"'),
            ("Vary", "Accept-Encoding"),
            *([("Content-Encoding", encoding)] if encoding else []),
            ("Content-Length", str(len(body))),
        )
        return Wire(headers, (*headers, ("Last-Modified", http_date(self.modified))), body)


def answer_of(status: int, headers: Iterable[tuple[str, str]], body: bytes, *, now: float) -> Answer:
    """An answer made of a rendering; its strong ETag is made from all that a reader gets."""
    kept = tuple((name, value) for name, value in headers if name.lower() != "content-length")
    digest = hashlib.blake2b(repr((status, kept)).encode(), digest_size=12)
    digest.update(body)
    is_packed = any(name.lower() == "content-type" and value.startswith(PACKED) for name, value in kept)
    return Answer(
        status,
        kept,
        digest.hexdigest(),
        int(now),
        gzip.compress(body, 0 if is_packed else GZIP_LEVEL, mtime=0),
        b"" if is_packed else brotli.compress(body, quality=BROTLI_QUALITY),
    )


def respond(
    answer: Answer, environ: Mapping[str, Any], *, now: float
) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status line, headers and body for one reader, by what the request says it has and takes.

    RFC 9110, sections 12.5.3 (Accept-Encoding) and 13.1 (conditional requests).
    """
    wire = answer.wire(_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")) if answer.brotli else "")
    dates_prove = now - answer.modified >= SECONDS_UNTIL_A_DATE_PROVES_ANYTHING
    headers = list(wire.dated_headers if dates_prove else wire.headers)
    if answer.status == 200 and _reader_has_it(answer, environ, dates_prove):
        return NOT_MODIFIED, [pair for pair in headers if pair[0] not in OF_THE_BODY], b""
    return STATUS_LINES[answer.status], headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else wire.body


def _reader_has_it(answer: Answer, environ: Mapping[str, Any], dates_prove: bool) -> bool:
    if (known := environ.get("HTTP_IF_NONE_MATCH")) is not None:
        # It is made of a hash: nothing else in the header can hold it.
        return answer.etag in known or known.strip() == "*"
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    return dates_prove and since is not None and since == http_date(answer.modified)


@lru_cache(1024)
def http_date(seconds: int) -> str:
    """RFC 9110, section 5.6.7."""
    return formatdate(seconds, usegmt=True)


@lru_cache(512)
def _encoding(accepted: str) -> str:
    """The best encoding a reader takes: "br", "gzip", or "" for none. RFC 9110, section 12.5.3."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        _, _, weight = parameters.partition("q=")
        try:
            weights[name.strip()] = float(weight) if weight else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    others = weights.get("*", 0.0)
    by_weight = {name: weights.get(name, others) for name in ("br", "gzip")}
    best = max(by_weight, key=lambda name: by_weight[name])
    return best if by_weight[best] > 0 else ""
