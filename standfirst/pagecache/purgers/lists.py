"""Surrogate keys as headers and requests take them: one after the other, and no longer than they may be."""

import re
from collections.abc import Collection, Iterable, Iterator

# How long a page is kept outside without asking us: a bound on what a purge that was lost for good can do.
SECONDS_OUTSIDE = 24 * 3600

# Visible ASCII without the comma, which some caches take for the end of a key.
_FIT = re.compile(r"[!-+\--~]+")


def listed(keys: Collection[str], separator: str, *, longest: int, most: int = 1_000_000) -> str:
    """All the keys, for the header of a page; "" if they do not fit.

    Never some of them: every cache drops silently what is beyond its limit, and the page would then stay there when
    one of those keys is purged. A page that can't be forgotten must not be kept.
    """
    if not keys or len(keys) > most or not all(map(_FIT.fullmatch, keys)):
        return ""
    header = separator.join(sorted(keys))
    return header if len(header) <= longest else ""


def batches(keys: Iterable[str], *, most: int, longest: int) -> Iterator[list[str]]:
    """The keys by so many, and in so many characters with one between two, as a request may name."""
    batch: list[str] = []
    length = 0
    for key in keys:
        if not _FIT.fullmatch(key):
            continue  # No page was kept outside with it: see `listed`.
        if batch and (len(batch) == most or length + len(key) + 1 > longest):
            yield batch
            batch, length = [], 0
        batch.append(key)
        length += len(key) + 1
    if batch:
        yield batch
