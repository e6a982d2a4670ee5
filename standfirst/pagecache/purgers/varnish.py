"""Varnish with vmod_xkey, set up as `docs/operations/standfirst.vcl` sets it up.

https://github.com/varnish/varnish-modules/blob/master/src/vmod_xkey.vcc says what the vmod reads (`xkey` of a page: keys
with spaces between them) and does (`xkey.purge`, `xkey.softpurge`). The request, PURGE with the keys in `xkey-purge` or
`xkey-softpurge`, is between our configuration and us.
"""

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from standfirst.pagecache.keys import EVERYTHING

from . import PurgeFailed
from .lists import SECONDS_OUTSIDE, batches, listed
from .telling import TIMEOUT, Telling

# Varnish's http_resp_hdr_len and http_req_hdr_len are 8 KB, name included, unless it is told otherwise: a longer
# header makes it refuse the whole answer, or request.
LONGEST_HEADER = 8000


class Varnish:
    """One or more Varnish nodes, each told by itself."""

    name = "Varnish"

    def __init__(
        self, urls: Sequence[str], *, soft: bool = False, timeout: tuple[float, float] = TIMEOUT
    ) -> None:
        self._header = "xkey-softpurge" if soft else "xkey-purge"
        self._nodes = {
            url: Telling(f"Varnish at {urlsplit(url).netloc}", is_near=True, timeout=timeout) for url in urls
        }

    def headers(self, keys: Collection[str]) -> list[tuple[str, str]]:
        xkey = listed(keys, " ", longest=LONGEST_HEADER)
        if not xkey:
            return []
        return [("xkey", xkey), ("Surrogate-Control", f"max-age={SECONDS_OUTSIDE}")]

    def purge(self, keys: Sequence[str] | None) -> None:
        # Every page shows that one; static files, which never change, may stay.
        header, keys = ("xkey-purge", [EVERYTHING]) if keys is None else (self._header, keys)
        requests = [
            {header: " ".join(batch)} for batch in batches(keys, most=len(keys), longest=LONGEST_HEADER)
        ]
        # Side by side: one that hangs must not hold up the others.
        with ThreadPoolExecutor(len(self._nodes)) as at_once:
            told = at_once.map(lambda url: self._failure_of(url, requests), self._nodes)
        if failures := [failure for failure in told if failure]:
            raise PurgeFailed(
                " ".join(map(str, failures)), retry_after=max(failure.retry_after for failure in failures)
            )

    def _failure_of(self, url: str, requests: Sequence[dict[str, str]]) -> PurgeFailed | None:
        node = self._nodes[url]
        try:
            for headers in requests:
                answer = node.tell("PURGE", f"{url}/", headers=headers)
                if "X-Purged" not in answer.headers:
                    raise node.refusal(
                        answer,
                        f"What answers at {url} is no Varnish with standfirst.vcl, or the page was passed on",
                    )
        except PurgeFailed as failure:
            return failure
        return None
