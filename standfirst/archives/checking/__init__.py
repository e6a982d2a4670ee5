"""Proof that the data keeps the promises: everything that breaks one is found, and how to mend it is said."""

from . import addresses, articles, bodies, listings, marks, people, references, tree
from .finding import Check, Finding

__all__ = ["CHECKS", "Check", "Finding"]

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
