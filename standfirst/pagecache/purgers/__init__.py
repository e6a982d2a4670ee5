"""Caches outside, one interface: what to send with a page, and how to say that it has changed.

**Purges are hard unless the publication's file asks for soft ones.** A soft purge marks pages as outdated and leaves
them where they are; whether a reader is then sent an outdated one while a new one is fetched
(stale-while-revalidate, Varnish's grace), or when we don't answer, is decided by the settings of that cache, which we
can't see. A reader who comes after a change must see it, so we do not rely on them. Where the cache is known to ask
us before it sends, as it is with the configuration of Varnish that we ship, a soft purge keeps the promise too, and
spares sending again what has not changed.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Protocol

from django.core.signals import setting_changed

from standfirst.pagecache.conf import settings


class PurgeFailed(Exception):
    """The cache outside was not told. The message says why, in words for whoever looks after the site."""

    def __init__(self, message: str, *, retry_after: float = 0) -> None:
        super().__init__(message)
        # Seconds for which it asked not to be asked again.
        self.retry_after = retry_after


class Purger(Protocol):
    """One kind of cache outside."""

    name: str

    def headers(self, keys: Collection[str]) -> list[tuple[str, str]]:
        """What goes with a page that shows these keys, so that it is kept outside and can be purged by them."""

    def purge(self, keys: Sequence[str] | None) -> None:
        """Make the cache forget every page with any of these keys, or (None) all. Raises PurgeFailed."""


class NoPurger:
    """No cache outside."""

    name = "none"

    def headers(self, keys: Collection[str]) -> list[tuple[str, str]]:
        return []

    def purge(self, keys: Sequence[str] | None) -> None:
        pass


@lru_cache(1)
def purger() -> Purger:
    """The one the publication's file names."""
    named = dict(settings().purger)
    # The modules are loaded only if they are named: a web process without a cache outside needs no HTTP client.
    match named.pop("kind", ""):
        case "varnish":
            from .varnish import Varnish

            return Varnish(**named)
        case "fastly":
            from .fastly import Fastly

            return Fastly(**named)
        case "cloudflare":
            from .cloudflare import Cloudflare

            return Cloudflare(**named)
    return NoPurger()


def _read_anew(*, setting: str, **_: object) -> None:
    if setting == "PAGECACHE":
        purger.cache_clear()


setting_changed.connect(_read_anew)
