"""Reading through the page cache, and looking into it."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client, override_settings

from standfirst.pagecache import store
from standfirst.pagecache.models import KeptPage
from standfirst.pagecache.requests import SIGNPOST, page_asked_for
from standfirst.pagecache.signposts import Signpost

CLIENT = Client()
# What the front door keeps in memory, apart from the pages, which are rows.
SIGNPOSTS: dict[str, Signpost] = {}
Sent = tuple[int, str, bytes]


def pagecache(**changes: Any) -> Any:
    """The page cache's settings with some changed, for a test or a part of one; turned on, it begins empty."""
    if changes.get("is_on"):
        SIGNPOSTS.clear()
    return override_settings(PAGECACHE=settings.PAGECACHE | changes)


@contextmanager
def not_kept() -> Iterator[None]:
    """Inside, nothing is kept: what is read is rendered for its reader alone."""
    with pagecache(is_on=False):
        yield


def sent(path: str) -> Sent:
    """What a reader is sent: status, where it leads, and the page."""
    response = CLIENT.get(path)
    environ = response.wsgi_request.META
    if SIGNPOST in environ:
        SIGNPOSTS[page_asked_for(environ, settings.PAGECACHE["counted"])] = environ[SIGNPOST]
    return response.status_code, response.get("Location", ""), response.content


def kept_paths() -> set[str]:
    """The addresses of all answers that are kept and hold."""
    edition = settings.PAGECACHE["edition"]
    holding = KeptPage.objects.raw(
        "SELECT p.* FROM pagecache_keptpage p JOIN pagecache_key k ON k.name = 'publication' AND k.version = p.generation"
    )
    pages = {page.path.removeprefix(edition) for page in holding}
    return pages | {path for path, signpost in SIGNPOSTS.items() if store.still_holds(signpost.versions)}


def kept_answer(path: str) -> Sent:
    """What is kept for an address, as a reader would be sent it."""
    if path in SIGNPOSTS and store.still_holds(SIGNPOSTS[path].versions):
        answer = SIGNPOSTS[path].answer
        return answer.status, dict(answer.headers).get("Location", ""), answer.wire("").body
    page = KeptPage.objects.get(path=settings.PAGECACHE["edition"] + path)
    headers = dict(line.split(": ", 1) for line in page.headers.split("\n"))
    return page.status, headers.get("Location", ""), zlib.decompress(bytes(page.gzip), 31)
