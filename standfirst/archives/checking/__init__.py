"""Proof that the data keeps the promises: everything that breaks one is found, and how to mend it is said."""

from collections.abc import Iterator
from datetime import datetime

from . import addresses, articles, bodies, listings, marks, people, references, tree
from .finding import Check, Finding

__all__ = ["CHECKS", "Check", "Finding", "findings"]

CHECKS: tuple[Check, ...] = (
    *listings.CHECKS,
    *articles.CHECKS,
    *bodies.CHECKS,
    *addresses.CHECKS,
    *people.CHECKS,
    *tree.CHECKS,
    *references.CHECKS,
    *marks.CHECKS,
)


def findings(now: datetime) -> Iterator[Finding]:
    """Everything that is wrong at this moment; nothing if the data is sound. Notes are not among it.

    Each check is by itself: an editor who saves while they run cannot make one contradict another's rows.
    """
    for check in CHECKS:
        if check.is_note:
            continue
        yield from check.findings(now)
