"""Cloudflare.

Pages: https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/ (`Cache-Tag`: tags with commas between
them, 16 KB and about 1,000 together, not passed on to readers) and
https://developers.cloudflare.com/cache/concepts/cdn-cache-control/ (`Cloudflare-CDN-Cache-Control` goes before the others,
and is not passed on).

Purges: https://developers.cloudflare.com/api/resources/cache/methods/purge/ (`POST /zones/{zone}/purge_cache` with
`{"tags": […]}` or `{"purge_everything": true}`; the answer says `success`) and
https://developers.cloudflare.com/cache/how-to/purge-cache/ (at most 100 in a request, and how many requests a plan has).
There are no soft ones.
"""

from collections.abc import Collection, Sequence

from .lists import SECONDS_OUTSIDE, batches, listed
from .telling import TIMEOUT, Telling

API = "https://api.cloudflare.com/client/v4"
LONGEST_HEADER = 16_000
TAGS_ON_A_PAGE = 1000
TAGS_IN_A_REQUEST = 100
# Of the request's body; no limit is documented.
LONGEST_REQUEST = 100_000


class Cloudflare:
    """One zone of Cloudflare's."""

    name = "Cloudflare"

    def __init__(
        self, zone: str, token: str, *, api: str = API, timeout: tuple[float, float] = TIMEOUT
    ) -> None:
        self._address = f"{api}/zones/{zone}/purge_cache"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._cloudflare = Telling(self.name, secret=token, timeout=timeout)

    def headers(self, keys: Collection[str]) -> list[tuple[str, str]]:
        tags = listed(keys, ",", longest=LONGEST_HEADER, most=TAGS_ON_A_PAGE)
        if not tags:
            return []
        return [("Cache-Tag", tags), ("Cloudflare-CDN-Cache-Control", f"max-age={SECONDS_OUTSIDE}")]

    def purge(self, keys: Sequence[str] | None) -> None:
        if keys is None:
            self._tell({"purge_everything": True})
            return
        for batch in batches(keys, most=TAGS_IN_A_REQUEST, longest=LONGEST_REQUEST):
            self._tell({"tags": batch})

    def _tell(self, what: dict[str, object]) -> None:
        answer = self._cloudflare.tell("POST", self._address, headers=self._headers, json=what)
        try:
            is_done = answer.json().get("success") is True
        except (ValueError, AttributeError):
            is_done = False
        if not is_done:
            raise self._cloudflare.refusal(answer, "Cloudflare did not do it")
