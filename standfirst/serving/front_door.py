"""The front door: a kept page is answered here, from one look-up; everything else goes to Django unchanged.

Nothing here may import Django, or write to the database while a reader waits.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from standfirst.pagecache.answers import respond
from standfirst.pagecache.leases import Leases
from standfirst.pagecache.lookups import Found, Lookup, StoreFails
from standfirst.pagecache.requests import BY_QUERY, KEPT, page_asked_for

log = logging.getLogger("standfirst.front_door")

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

# Says, in the WSGI environment, where an answer came from, if it was not Django that made it.
SOURCE = "standfirst.source"
# The page that a request asks for, as `kept` has found out for `rendered`; "" if it is none.
ASKED = "standfirst.asked"
SECONDS_BETWEEN_NOTES = 60
# Bytes of pages remembered for a time of trouble with the database, in each process.
REMEMBERED = 16 * 1024 * 1024
LONGEST_LIST = 10_000


class FrontDoor:
    """A WSGI application (PEP 3333) in front of another."""

    def __init__(
        self,
        behind: Application,
        lookup: Lookup,
        leases: Leases,
        *,
        hosts: Iterable[str],
        counted: Mapping[str, frozenset[str]],
        edition: str,
        session_cookie: str,
        elsewhere: tuple[str, ...] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._behind = behind
        self._lookup = lookup
        self._leases = leases
        self._hosts = frozenset(hosts)
        self._known_hosts: set[str] = set()
        self._counted = counted
        self._edition = edition
        self._session_cookie = f"{session_cookie}="
        # Beginnings of addresses under which nothing is ever kept.
        self._elsewhere = elsewhere
        self._clock = clock
        self._used: dict[int, int] = {}
        self._remembered: dict[str, Found] = {}
        self._room = REMEMBERED
        # Addresses whose pages are never kept, as far as we have seen: nobody need wait for them.
        self._not_kept: set[str] = set()
        self._noting = threading.Lock()
        self._noted_at = clock()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        return self.kept(environ, start_response) or self.rendered(environ, start_response)

    def kept(self, environ: dict[str, Any], start_response: StartResponse) -> list[bytes] | None:
        """The page asked for, if it is kept; else None, and nothing was waited for: `rendered` is to be called."""
        environ[ASKED] = asked = self._asked(environ)
        if not asked:
            return None
        path = self._edition + asked
        try:
            found = self._lookup.find(path)
        except StoreFails as error:
            found = self._remembered.get(path)
            if found is None or found.answer.status not in (200, 301):
                environ[ASKED] = ""
                return None
            log.warning("Kept pages can't be read (%s); a remembered one was sent.", error)
        if found is None or (found.answer.status in BY_QUERY and environ.get("QUERY_STRING")):
            return None
        return self._answered(environ, start_response, path, found)

    def _asked(self, environ: dict[str, Any]) -> str:
        """The page, if it is one that everybody gets alike; "" if not."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ["PATH_INFO"].startswith(
            self._elsewhere
        ):
            return ""
        if self._session_cookie in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ:
            return ""
        host = environ.get("HTTP_HOST", "")
        if host not in self._known_hosts and not self._is_ours(host):
            return ""  # Django says what is wrong with it.
        return page_asked_for(environ, self._counted)

    def _is_ours(self, host: str) -> bool:
        name, colon, port = host.rpartition(":")
        if not colon or port.endswith("]"):
            name = host
        if name.lower() not in self._hosts or not (port.isdecimal() or name == host):
            return False
        if len(self._known_hosts) < LONGEST_LIST:
            self._known_hosts.add(host)
        return True

    def _answered(
        self, environ: dict[str, Any], start_response: StartResponse, path: str, found: Found
    ) -> list[bytes]:
        now = self._clock()
        page, answer = found
        environ[SOURCE] = "kept"
        self._used[page] = int(now // 60)
        remembered = self._remembered.get(path)
        if remembered is None or remembered.page != page:
            self._remember(path, found)
        if now - self._noted_at > SECONDS_BETWEEN_NOTES:
            self._note_used(now)
        status, headers, body = respond(answer, environ, now=now)
        start_response(status, headers)
        return [body]

    def rendered(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """What Django makes of a request that `kept` had nothing for: once, however many ask for the same page."""
        asked = environ.get(ASKED, "")
        path = self._edition + asked
        if not asked or asked in self._not_kept:
            return self._behind(environ, start_response)
        with self._leases.lease(asked) as is_ours:
            if not is_ours:
                try:
                    found = self._leases.wait_for(asked, lambda: self._lookup.find(path))
                except StoreFails:
                    found = None
                if found is not None:
                    return self._answered(environ, start_response, path, found)
            answer = self._behind(environ, start_response)
        if KEPT not in environ and len(self._not_kept) < LONGEST_LIST:
            self._not_kept.add(asked)
        return answer

    def _remember(self, path: str, found: Found) -> None:
        size = found.answer.size_in_memory
        if size > self._room:
            self._remembered = {}
            self._room = REMEMBERED
        self._remembered[path] = found
        self._room -= size

    def _note_used(self, now: float) -> None:
        """Write down, now and then and beside the reader, which pages were asked for."""
        with self._noting:
            if now - self._noted_at <= SECONDS_BETWEEN_NOTES:
                return
            self._noted_at = now
            used, self._used = self._used, {}
        threading.Thread(target=self._write_used, args=(used,), daemon=True).start()

    def _write_used(self, used: Mapping[int, int]) -> None:
        try:
            self._lookup.used(used)
        except StoreFails as error:
            log.info("Which pages were used could not be noted: %s", error)
