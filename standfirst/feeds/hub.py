"""One word to a WebSub hub: which feeds have changed. It fetches them itself, and hands them on to who subscribed there.

How a hub is told is left open by WebSub (https://www.w3.org/TR/websub/, section 6); hubs go on taking what came before it:
https://pubsubhubbub.github.io/PubSubHubbub/pubsubhubbub-core-0.3.html, section 7.1 (`hub.url` may be repeated).
"""

from collections.abc import Sequence
from typing import Protocol

import requests

# Seconds to be connected, and between two bytes of the answer.
TIMEOUT = (3.0, 10.0)
FEEDS_AT_ONCE = 50
LONGEST_QUOTATION = 200


class HubFailed(Exception):
    """The hub was not told. The message says why, in words for whoever looks after the site."""


class Hub(Protocol):
    """Whoever tells subscribers."""

    def tell(self, feeds: Sequence[str]) -> None:
        """Say that these feeds, by their whole addresses, have changed. Raises HubFailed."""


class WebSubHub:
    """The hub at an address. Nothing but our own feeds' addresses is sent, and to nowhere else."""

    def __init__(self, address: str, *, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._address = address
        self._timeout = timeout

    def tell(self, feeds: Sequence[str]) -> None:
        for start in range(0, len(feeds), FEEDS_AT_ONCE):
            self._tell(feeds[start : start + FEEDS_AT_ONCE])

    def _tell(self, feeds: Sequence[str]) -> None:
        said = [("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)]
        try:
            answer = requests.post(self._address, data=said, timeout=self._timeout, allow_redirects=False)
        except requests.Timeout:
            raise HubFailed("The hub did not answer in time.") from None
        except requests.RequestException:
            raise HubFailed("The hub can't be reached.") from None
        if not answer.ok or answer.is_redirect:
            words = "".join(filter(str.isprintable, " ".join(answer.text.split())))[:LONGEST_QUOTATION]
            raise HubFailed(f"The hub answered {answer.status_code}: {words}".rstrip(": "))
