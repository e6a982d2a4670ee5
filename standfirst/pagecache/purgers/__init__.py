"""Caches outside, one interface: what to send with a page, and how to say that it has changed."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Protocol


class PurgeFailed(Exception):
    """The cache outside was not told. The message says why, in words for whoever looks after the site."""


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
    return NoPurger()
