"""Surrogate keys of addresses, and of Wagtail's pages as others link to them."""

import hashlib

from wagtail.contrib.redirects.models import Redirect


def address(path: str) -> str:
    """What is at an address, if anything: changes when a page appears there, moves away or leads elsewhere.

    `path` is a path, with or without a query, however it is spelled.
    """
    # Two slashes at the front would be read as a host, and not every host can be.
    known_as = Redirect.normalise_path(f"/{path.lstrip('/')}" if path.startswith("//") else path)
    return f"address:{hashlib.blake2b(known_as.encode(), digest_size=9).hexdigest()}"


def page(pk: int) -> str:
    """A page as others link to it: its address."""
    return f"page:{pk}"
