"""A request as the HTTP server hands it over, told as a WSGI environment (PEP 3333)."""

import io
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

from standfirst.serving.files import File


class Headers(Protocol):
    """What stood above a request, its names in small letters."""

    def items(self) -> list[tuple[str, str]]: ...


class Scope(Protocol):
    """A request's first lines, as RSGI has them (granian's `docs/spec/RSGI.md`)."""

    @property
    def http_version(self) -> str: ...
    @property
    def server(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def scheme(self) -> str: ...
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def query_string(self) -> str: ...
    @property
    def authority(self) -> str | None: ...
    @property
    def headers(self) -> Headers: ...


FIXED: Mapping[str, Any] = {
    "SCRIPT_NAME": "",
    "GATEWAY_INTERFACE": "CGI/1.1",
    "SERVER_SOFTWARE": "Standfirst",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.file_wrapper": File,
}


def environ_of(scope: Scope) -> dict[str, Any]:
    """The environment of a request, without its body: `with_body` adds one once it is there."""
    server_name, _, server_port = scope.server.rpartition(":")
    environ = {
        **FIXED,
        "REQUEST_METHOD": scope.method,
        # PEP 3333: bytes, as if they were Latin-1. What is no UTF-8 comes as U+FFFD, and is nobody's address.
        "PATH_INFO": path if (path := scope.path).isascii() else path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server_name.strip("[]"),
        "SERVER_PORT": server_port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
    }
    for name, value in scope.headers.items():
        key = _key(name)
        if not key:
            continue
        if key in environ:
            value = f"{environ[key]}{';' if key == 'HTTP_COOKIE' else ','}{value}"
        environ[key] = value
    if "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = scope.authority or ""
    return environ


def with_body(environ: dict[str, Any], body: Any, size: int) -> None:
    """Hang a body that has arrived whole into the environment, and say how long it is."""
    environ["wsgi.input"] = body
    environ["CONTENT_LENGTH"] = str(size)
    environ.pop("HTTP_TRANSFER_ENCODING", None)


@lru_cache(1024)
def _key(header: str) -> str:
    # In the environment a `_` could not be told from a `-`: a reader's own X_Forwarded_Proto from the server's before us.
    if "_" in header:
        return ""
    key = header.replace("-", "_").upper()
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
