"""Fetches files over HTTP from hosts that were named, and from no others, within bounds.

The other side may be anybody by now: an old domain that was sold, a server that means harm. So what is asked for, from
whom, how much is taken and how long it may last are decided here and never there. The socket is our own, for two reasons
that libraries for HTTP hide it for: it is connected to the very address that was looked at, and it is cut off when the
time is up, however slowly something still drips from it.

Nothing that answers readers or editors may use this; a contract in `pyproject.toml` holds the code to it.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import quote, urljoin

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from standfirst.importers.errors import ImportRefused
from standfirst.text.urls import parts_of

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 5
# A host that does not answer so often in a row is not asked again in this run.
MOST_SILENCES = 3
_PIECE = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 503})
_HOST = re.compile(r"\A(?P<name>\[[0-9a-f:.]+\]|[^\s/@:\[\]*?#%]+)(?::(?P<port>\d{1,5}))?\Z", re.IGNORECASE)
# What a browser sends as it is in a path; a `%` stands before what is escaped already.
_AS_IT_IS = "!$%&'()*+,-./:;=?@_~"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken, and how long it may last."""

    picture: int = 40_000_000  # bytes, as an editor may upload
    most: int = 2_000_000_000  # bytes in all
    seconds: float = 30  # for one request
    in_all: float = 2 * 60 * 60  # seconds
    pause: float = 0.25  # seconds between two requests


class NotFetched(Exception):
    """Something did not come. The message ends the sentence that its address begins."""


class Enough(Exception):
    """A bound of the whole run is reached. The message says which."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host as somebody names it: its name, and its port if it has one of its own."""

    name: str
    port: int | None = None

    def __str__(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{name}:{self.port}" if self.port else name


def host_named(words: str) -> Host:
    """The host that somebody named, such as `images.example.org` or `localhost:8000`. Raises ImportRefused."""
    found = _HOST.match(words.strip())
    name = _spelled(found["name"]) if found else ""
    port = int(found["port"]) if found and found["port"] else None
    if not name or (port is not None and not 0 < port < 65536):
        raise ImportRefused(
            f"--from takes the name of a host, such as images.example.org or images.example.org:8080; “{words}” is none. "
            "Nothing was fetched."
        )
    return Host(name, None if port in PORTS.values() else port)


def host_of(address: str) -> Host | None:
    """The host of a picture's address, in the form in which it is named; None if the address is of no web server."""
    parts = parts_of(address)
    try:
        name, port = _spelled(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not name:
        return None
    return Host(name, None if port in (None, PORTS[parts.scheme]) else port)


def _spelled(name: str) -> str:
    """A host's name as the network knows it; empty if it is none."""
    name = name.strip("[]").rstrip(".").lower()
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def resolved(name: str, port: int) -> list[str]:
    """The addresses of a host, the best first."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Fetcher:
    """Fetches from the hosts that were named. One request at a time, with a pause between two."""

    def __init__(
        self,
        hosts: Iterable[Host],
        *,
        bounds: Bounds = Bounds(),
        agent: str = "Standfirst",
        resolve: Callable[[str, int], list[str]] = resolved,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hosts = frozenset(hosts)
        self._bounds = bounds
        self._agent = agent
        self._resolve = resolve
        self._sleep = sleep
        self._clock = clock
        self._started = clock()
        self._addresses: dict[tuple[str, int], list[str]] = {}
        self._silences: Counter[Host] = Counter()
        self._left_alone: dict[Host, str] = {}
        self.requests = 0
        self.bytes = 0

    def fetch(self, address: str, into: BinaryIO) -> None:
        """Writes what is at an address into a file. Raises NotFetched, and Enough when the run has had its share."""
        for _ in range(MOST_REDIRECTS + 1):
            host = self._allowed(address)
            self._wait()
            leads_to = self._ask(host, address, into)
            if not leads_to:
                return
            address = _led_on(address, leads_to)
        raise NotFetched(f"led on more than {MOST_REDIRECTS} times")

    def _allowed(self, address: str) -> Host:
        host = host_of(address)
        if host is None:
            shown = "".join(filter(str.isprintable, address))[:100]
            raise NotFetched(f"is, or leads to, no address of a web server ({shown})")
        if host not in self._hosts:
            raise NotFetched(f"leads to {host}, which was not named")
        if why := self._left_alone.get(host):
            raise NotFetched(why)
        return host

    def _wait(self) -> None:
        if self._clock() - self._started > self._bounds.in_all:
            raise Enough(f"{_minutes(self._bounds.in_all)} are over")
        if self.requests:
            self._sleep(self._bounds.pause)
        self.requests += 1

    def _ask(self, host: Host, address: str, into: BinaryIO) -> str:
        """One request. Returns where it leads on to, or nothing when what is there has been written."""
        try:
            with self._connection(host, address) as connection:
                found = self._answer(host, connection, address, into)
        except _Silence as silence:
            self._silences[host] += 1
            if self._silences[host] >= MOST_SILENCES:
                self._left_alone[host] = f"was not asked for, as {host} did not answer {MOST_SILENCES} times"
            raise NotFetched(str(silence)) from None
        self._silences[host] = 0
        return found

    def _answer(
        self, host: Host, connection: http.client.HTTPConnection, address: str, into: BinaryIO
    ) -> str:
        parts = parts_of(address)
        path = quote(parts.path or "/", safe=_AS_IT_IS) + (
            f"?{quote(parts.query, safe=_AS_IT_IS)}" if parts.query else ""
        )
        headers = {
            "Host": str(host),
            "User-Agent": self._agent,
            "Accept": "image/*",
            # What is packed may be a thousand times as much once it is unpacked; pictures are packed by themselves.
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as answer:
            return self._taken(host, answer, into)

    def _taken(self, host: Host, answer: http.client.HTTPResponse, into: BinaryIO) -> str:
        if answer.status in _REDIRECTS and (leads_to := answer.headers.get("Location")):
            return leads_to
        if answer.status in _LATER:
            self._left_alone[host] = (
                f"was not asked for, as {host} wants to be left alone for now ({answer.status})"
            )
            raise NotFetched(f"may be had later: {host} wants to be left alone for now ({answer.status})")
        if answer.status in (404, 410):
            raise NotFetched(f"is not there any more ({answer.status})")
        if answer.status != http.HTTPStatus.OK:
            raise NotFetched(f"was not given ({answer.status})")
        packed = answer.headers.get("Content-Encoding", "identity").strip().lower()
        if packed not in ("identity", ""):
            raise NotFetched(f"came packed ({packed[:20]}), which was not asked for")
        self._take(answer, into)
        return ""

    def _take(self, answer: http.client.HTTPResponse, into: BinaryIO) -> None:
        too_large = NotFetched(f"has more than {self._bounds.picture / 1e6:,.0f} MB")
        if (answer.length or 0) > self._bounds.picture:
            raise too_large
        taken = 0
        while piece := answer.read(_PIECE):
            taken += len(piece)
            self.bytes += len(piece)
            if taken > self._bounds.picture:
                raise too_large
            if self.bytes > self._bounds.most:
                raise Enough(f"{self._bounds.most / 1e6:,.0f} MB have come")
            into.write(piece)
        if answer.length:
            raise NotFetched("broke off before its end")

    @contextmanager
    def _connection(self, host: Host, address: str) -> Iterator[http.client.HTTPConnection]:
        """A connection to a host, cut off when the time is up. Raises _Silence where the host does not answer."""
        scheme = parts_of(address).scheme
        port = host.port or PORTS[scheme]
        seconds = self._bounds.seconds
        ends = self._clock() + seconds
        over = threading.Event()
        plain = self._connected(host, port, ends)
        # A second handle of the same connection: the first becomes another object when it is encrypted.
        handle = plain.dup()

        def cut() -> None:
            over.set()
            _shut(handle)

        timer = threading.Timer(max(0.0, ends - self._clock()), cut)
        timer.daemon = True
        timer.start()
        connection = http.client.HTTPConnection(host.name, port)
        try:
            connection.sock = plain
            if scheme == "https":
                context = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
                connection.sock = context.wrap_socket(plain, server_hostname=host.name)
            yield connection
        except NotFetched:
            if over.is_set():
                raise _Silence(f"took more than {seconds:g} seconds") from None
            raise
        except TimeoutError:
            raise _Silence(f"took more than {seconds:g} seconds") from None
        except ssl.SSLCertVerificationError as error:
            raise _Silence(f"is at {host}, whose certificate is not good ({error.verify_message})") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            if over.is_set():
                raise _Silence(f"took more than {seconds:g} seconds") from None
            raise _Silence(f"broke off ({type(error).__name__})") from None
        finally:
            timer.cancel()
            handle.close()
            if connection.sock is not None:
                connection.sock.close()
            plain.close()
        if over.is_set():  # what was cut off looks like an end
            raise _Silence(f"took more than {seconds:g} seconds")

    def _connected(self, host: Host, port: int, ends: float) -> socket.socket:
        why = ""
        for address in self._checked(host, port):
            try:
                left = max(0.1, ends - self._clock())
                return socket.create_connection((address, port), timeout=left)
            except OSError as error:
                why = why or (error.strerror or str(error) or type(error).__name__)
        raise _Silence(f"is at {host}, which can't be reached ({why})")

    def _checked(self, host: Host, port: int) -> list[str]:
        """The addresses of a host that may be asked: looked up once, so that what is checked is what is connected to."""
        if (host.name, port) not in self._addresses:
            try:
                self._addresses[host.name, port] = self._resolve(host.name, port)
            except (OSError, UnicodeError):
                raise _Silence(f"is at {host}, a name that leads nowhere") from None
        found = self._addresses[host.name, port]
        allowed = [address for address in found if self._may_ask(host, address)]
        if not allowed:
            inside = found[0] if found else "nowhere"
            self._left_alone[host] = (
                f"is at {host}, which leads to {inside}, inside a network of its own; if that is right, name it too: "
                f"--from {inside}"
            )
            raise NotFetched(self._left_alone[host])
        return allowed

    def _may_ask(self, host: Host, address: str) -> bool:
        named = {named.name for named in self._hosts}
        return host.name == "localhost" or address in named or is_public(address)


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, and not of this machine or of a network that others cannot see."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inside = (
            found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1]) or _translated(found)
        )
        if inside and not is_public(str(inside)):
            return False
    return found.is_global and not found.is_multicast


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address behind one of a translating gateway (NAT64)."""
    if address in ipaddress.IPv6Network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _led_on(address: str, location: str) -> str:
    """Where an answer leads. Headers are read as Latin-1, and many an address in them is UTF-8."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(address, location.strip())
    except ValueError:
        return ""


class _Silence(Exception):
    """A host that did not answer, or not to the end. The message is as that of NotFetched."""


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):  # over already
        handle.shutdown(socket.SHUT_RDWR)


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:g} minutes" if seconds != 60 else "1 minute"


def hosts_named(words: Collection[str]) -> tuple[Host, ...]:
    """The hosts that somebody named, each once. Raises ImportRefused."""
    return tuple(dict.fromkeys(map(host_named, words)))
