"""Reading through the page cache, and looking into it."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client, override_settings

from standfirst.pagecache.models import KeptPage

CLIENT = Client()
Sent = tuple[int, str, bytes]


def pagecache(**changes: Any) -> Any:
    """The page cache's settings with some changed, for a test or a part of one."""
    return override_settings(PAGECACHE=settings.PAGECACHE | changes)


@contextmanager
def not_kept() -> Iterator[None]:
    """Inside, nothing is kept: what is read is rendered for its reader alone."""
    with pagecache(is_on=False):
        yield


def sent(path: str) -> Sent:
    """What a reader is sent: status, where it leads, and the page."""
    response = CLIENT.get(path)
    return response.status_code, response.get("Location", ""), response.content


def kept_paths() -> set[str]:
    """The addresses of all pages that are kept and hold."""
    edition = settings.PAGECACHE["edition"]
    holding = KeptPage.objects.raw(
        "SELECT p.* FROM pagecache_keptpage p JOIN pagecache_key k ON k.name = 'publication' AND k.version = p.generation"
    )
    return {page.path.removeprefix(edition) for page in holding}


def kept_answer(path: str) -> Sent:
    """The page kept for an address, as a reader would be sent it."""
    page = KeptPage.objects.get(path=settings.PAGECACHE["edition"] + path)
    headers = dict(line.split(": ", 1) for line in page.headers.split("\n"))
    return page.status, headers.get("Location", ""), zlib.decompress(bytes(page.gzip), 31)
