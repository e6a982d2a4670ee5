"""Addresses on the web, as people and programs have written them."""

from urllib.parse import SplitResult, urlsplit

NO_PARTS = SplitResult("", "", "", "", "")


def parts_of(address: str) -> SplitResult:
    """The parts of an address; all of them empty for what is none, such as one with half a bracket."""
    try:
        return urlsplit(address)
    except ValueError:
        return NO_PARTS
