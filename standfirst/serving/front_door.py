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
from standfirst.pagecache.lookups import DamagedRow, Found, Lookup, NoDatabase, StoreFails
from standfirst.pagecache.remembering import Remembered
from standfirst.pagecache.requests import BY_QUERY, KEPT, SIGNPOST, page_asked_for
from standfirst.pagecache.signposts import Signposts

log = logging.getLogger("standfirst.front_door")

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

# Says, in the WSGI environment, where an answer came from, if it was not Django that made it.
SOURCE = "standfirst.source"
# The page that a request asks for, as `kept` has found out for `rendered`; "" if it is none.
ASKED = "standfirst.asked"
# At hosts where crawlers may not read, and the one address at which another answer is theirs.
KEEP_OUT, ROBOTS = ("X-Robots-Tag", "noindex, nofollow"), "/robots.txt"
SECONDS_BETWEEN_NOTES = 60
# Trouble that lasts is said once in so long, whoever it meets.
SECONDS_BETWEEN_WARNINGS = 10
LONGEST_LIST = 10_000
# In place of the id of a kept page's row.
NO_ROW = 0


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
        crawled: str | None = None,
        clock: Callable[[], float] = time.time,
        noted: Callable[[str], None] | None = None,
    ) -> None:
        self._behind = behind
        self._lookup = lookup
        self._leases = leases
        self._hosts = frozenset(hosts)
        self._known_hosts: set[str] = set()
        # Those of them that are not where crawlers may read: "" is nowhere, None everywhere (`keeping_out`).
        self._crawled = crawled
        self._not_crawled: set[str] = set()
        self._counted = counted
        self._edition = edition
        self._session_cookie = f"{session_cookie}="
        # Beginnings of addresses under which nothing is ever kept.
        self._elsewhere = elsewhere
        self._clock = clock
        # Told of what is counted: "no_database", "unreadable", "damaged", "signpost".
        self._noted = noted or (lambda what: None)
        self._used: dict[int, int] = {}
        self._signposts = Signposts()
        self._remembered = Remembered()
        # Addresses whose pages are never kept, as far as we have seen: nobody need wait for them.
        self._not_kept: set[str] = set()
        self._noting = threading.Lock()
        self._noted_at = clock()
        self._warned_at = 0.0

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        return self.kept(environ, start_response) or self.rendered(environ, start_response)

    def kept(self, environ: dict[str, Any], start_response: StartResponse) -> list[bytes] | None:
        """The page asked for, if it is kept; else None, and nothing was waited for: `rendered` is to be called."""
        environ[ASKED] = asked = self._asked(environ)
        if not asked:
            return None
        path = self._edition + asked
        try:
            found = self._find(path)
        except StoreFails as error:
            return self._in_trouble(environ, start_response, path, error)
        if found is None or (found.answer.status in BY_QUERY and environ.get("QUERY_STRING")):
            return None
        return self._answered(environ, start_response, path, found)

    def _find(self, path: str) -> Found | None:
        if (signpost := self._signposts.get(path)) is not None:
            if self._lookup.holds(signpost):
                return Found(NO_ROW, signpost.answer)
            self._signposts.drop(path)
        try:
            return self._lookup.find(path)
        except DamagedRow:
            self._noted("damaged")
            log.warning("The kept page of %r is damaged; it is rendered anew.", path[len(self._edition) :])
            return None

    def _in_trouble(
        self, environ: dict[str, Any], start_response: StartResponse, path: str, error: StoreFails
    ) -> list[bytes] | None:
        """What was sent last, if nobody can know what has changed since; of any other trouble Django finds a way out."""
        now = self._clock()
        found = self._remembered.last(path, now) if isinstance(error, NoDatabase) else None
        if found is not None and found.answer.status in BY_QUERY and environ.get("QUERY_STRING"):
            found = None
        self._noted("no_database" if isinstance(error, NoDatabase) else "unreadable")
        self._warn(error, now)
        if found is None:
            # Nobody can tell `rendered` whether another is rendering it: it is not to ask.
            environ[ASKED] = ""
            return None
        environ[SOURCE] = "remembered"
        return self._sent(environ, start_response, found, now)

    def _warn(self, error: StoreFails, now: float) -> None:
        if now - self._warned_at >= SECONDS_BETWEEN_WARNINGS:
            self._warned_at = now
            until = "what was sent before is sent" if isinstance(error, NoDatabase) else "pages are rendered"
            log.warning("Kept pages can't be read: %s; %s.", " ".join(str(error).split()), until)

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
        if host in self._not_crawled and environ["PATH_INFO"] == ROBOTS:
            return ""  # Another one is kept.
        return page_asked_for(environ, self._counted)

    def _is_ours(self, host: str) -> bool:
        name, colon, port = host.rpartition(":")
        if not colon or port.endswith("]"):
            name = host
        if name.lower() not in self._hosts or not (port.isdecimal() or name == host):
            return False
        if len(self._known_hosts) >= LONGEST_LIST:
            return False  # Django knows what to tell it.
        if self._crawled is not None and name.lower() != self._crawled:
            self._not_crawled.add(host)
        self._known_hosts.add(host)
        return True

    def _answered(
        self, environ: dict[str, Any], start_response: StartResponse, path: str, found: Found
    ) -> list[bytes]:
        now = self._clock()
        environ[SOURCE] = "kept"
        if found.page != NO_ROW:
            self._used[found.page] = int(now // 60)
        self._remembered.note(path, found, now)
        if now - self._noted_at > SECONDS_BETWEEN_NOTES:
            self._note_used(now)
        return self._sent(environ, start_response, found, now)

    def _sent(
        self, environ: dict[str, Any], start_response: StartResponse, found: Found, now: float
    ) -> list[bytes]:
        status, headers, body = respond(found.answer, environ, now=now)
        if environ.get("HTTP_HOST", "") in self._not_crawled:
            headers.append(KEEP_OUT)
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
                    found = self._leases.wait_for(asked, lambda: self._find(path))
                except StoreFails:
                    found = None
                if found is not None:
                    return self._answered(environ, start_response, path, found)
            answer = self._behind(environ, start_response)
            if (signpost := environ.get(SIGNPOST)) is not None:
                self._signposts.keep(path, signpost)
                self._noted("signpost")
        if KEPT not in environ and len(self._not_kept) < LONGEST_LIST:
            self._not_kept.add(asked)
        return answer

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
