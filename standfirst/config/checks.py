"""All that `standfirst check` proves: what the rooms have to say of their promises, put together."""

from collections.abc import Iterator
from datetime import datetime

from standfirst.archives import checking as archives
from standfirst.archives.checking import Check, Finding
from standfirst.search import checking as search

REBUILD = "Run `standfirst search rebuild`."

CHECKS: tuple[Check, ...] = (
    *archives.CHECKS,
    Check("not-in-search", "Not found by the search as they are", REBUILD, search.not_in_index),
    Check("wrong-names", "Not found by their names", REBUILD, search.wrong_names),
    Check("search-not-whole", "The search index is not as it should be", REBUILD, search.not_whole),
)


def findings(now: datetime) -> Iterator[Finding]:
    """Everything that is wrong at this moment; nothing if the data is sound. Notes are not among it.

    Each check is by itself: an editor who saves while they run cannot make one contradict another's rows.
    """
    for check in CHECKS:
        if check.is_note:
            continue
        yield from check.findings(now)
