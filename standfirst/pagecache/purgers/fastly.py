"""Fastly.

Pages: https://www.fastly.com/documentation/reference/http/http-headers/Surrogate-Key/ (keys with spaces between them, at
most 1,024 bytes each and 16,384 together; what is beyond is ignored) and .../http-headers/Surrogate-Control/ (goes
before Cache-Control, and is not passed on to readers).

Purges: https://www.fastly.com/documentation/reference/api/purging/ (`POST /service/{id}/purge` with up to 256 keys in
`Surrogate-Key`, soft with `Fastly-Soft-Purge: 1`; `POST /service/{id}/purge_all`, which can't be soft; `Fastly-Key` is
the token).
"""

from collections.abc import Collection, Sequence

from .lists import SECONDS_OUTSIDE, batches, listed
from .telling import TIMEOUT, Telling

API = "https://api.fastly.com"
LONGEST_HEADER = 16_384
KEYS_IN_A_REQUEST = 256
# Of a request's header: what servers commonly take.
LONGEST_REQUEST = 8000


class Fastly:
    """One service of Fastly's."""

    name = "Fastly"

    def __init__(
        self,
        service: str,
        token: str,
        *,
        soft: bool = False,
        api: str = API,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self._address = f"{api}/service/{service}"
        self._headers = {"Fastly-Key": token, "Accept": "application/json"}
        self._soft = {"Fastly-Soft-Purge": "1"} if soft else {}
        self._fastly = Telling(self.name, secret=token, timeout=timeout)

    def headers(self, keys: Collection[str]) -> list[tuple[str, str]]:
        header = listed(keys, " ", longest=LONGEST_HEADER)
        if not header:
            return []
        return [("Surrogate-Key", header), ("Surrogate-Control", f"max-age={SECONDS_OUTSIDE}")]

    def purge(self, keys: Sequence[str] | None) -> None:
        if keys is None:
            self._fastly.tell("POST", f"{self._address}/purge_all", headers=self._headers)
            return
        for batch in batches(keys, most=KEYS_IN_A_REQUEST, longest=LONGEST_REQUEST):
            self._fastly.tell(
                "POST",
                f"{self._address}/purge",
                headers=self._headers | self._soft | {"Surrogate-Key": " ".join(batch)},
            )
