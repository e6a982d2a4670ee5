"""One request to a cache outside: with a time limit, to nowhere else, and with no secret in what is said of a failure."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from . import PurgeFailed

# Seconds to be connected, and between two bytes of the answer.
TIMEOUT = (3.0, 10.0)
LONGEST_SILENCE = 3600.0
LONGEST_QUOTATION = 200


class Telling:
    """Tells one service things, and keeps silent for as long as it asked for.

    `secret` is blotted out of whatever the service says that we repeat. What `is_near` is reached directly, whatever
    proxy the environment names for the rest of the world.
    """

    def __init__(
        self,
        name: str,
        *,
        secret: str = "",
        is_near: bool = False,
        timeout: tuple[float, float] = TIMEOUT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._secret = secret
        self._is_near = is_near
        self._timeout = timeout
        self._clock = clock
        self._silent_until = clock()

    def tell(
        self, method: str, url: str, *, headers: Mapping[str, str], json: Any = None
    ) -> requests.Response:
        """The answer, if it is a good one. Raises PurgeFailed, with a sentence that quotes no header of ours."""
        silence = self._silent_until - self._clock()
        if silence > 0:
            raise PurgeFailed(f"{self._name} asked us to wait.", retry_after=silence)
        try:
            # A session for each: one left open between two purges has mostly been closed by the other side.
            with requests.Session() as session:
                session.trust_env = not self._is_near
                response = session.request(
                    method,
                    url,
                    headers=dict(headers),
                    json=json,
                    timeout=self._timeout,
                    # A redirect would carry the purge, and the token, to somebody else.
                    allow_redirects=False,
                    # Else a .netrc of the account that runs us would replace our own Authorization.
                    auth=_as_it_is,
                )
        except requests.Timeout:
            raise PurgeFailed(f"{self._name} did not answer in time.") from None
        except requests.RequestException:
            # Its own words may repeat what was sent.
            raise PurgeFailed(f"{self._name} can't be reached.") from None
        if response.ok and not response.is_redirect:
            return response
        wait = _retry_after(response.headers.get("Retry-After", ""))
        self._silent_until = self._clock() + wait
        raise self.refusal(response, f"{self._name} answered {response.status_code}", retry_after=wait)

    def refusal(self, response: requests.Response, what: str, *, retry_after: float = 0) -> PurgeFailed:
        """The failure to raise for an answer that is not a good one; it quotes the service, shortly."""
        said = response.content.decode("utf-8", "replace")
        if self._secret:  # Before anything is cut, lest half of it is left.
            said = said.replace(self._secret, "…")
        said = "".join(filter(str.isprintable, " ".join(said.split())))[:LONGEST_QUOTATION]
        return PurgeFailed(f"{what}: {said}" if said else f"{what}.", retry_after=retry_after)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _retry_after(said: str) -> float:
    """Seconds to wait, said as a number or as a date. RFC 9110, section 10.2.3."""
    try:
        seconds = float(said) if said.strip().isdecimal() else _seconds_until(parsedate_to_datetime(said))
    except (TypeError, ValueError):
        return 0
    return min(max(seconds, 0), LONGEST_SILENCE)


def _seconds_until(moment: datetime) -> float:
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
