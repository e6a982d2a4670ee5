"""Where feeds of other systems were looked for, and are looked for still: all lead to ours, in one hop.

WordPress has a feed below each list (`/category/tides/feed/`, `…/feed/atom/`, `/?feed=rss2`), Ghost too (`/tag/tides/rss/`),
and generators of static sites a file beside it (`/feed.xml`, `/tags/tides/index.xml`). Which list that was is not guessed:
it is what is at the address above here, or what the address above leads to, as the ledger of addresses has it.
"""

import re
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve

from standfirst.addresses import cachekeys
from standfirst.addresses.gate import led_to
from standfirst.addresses.old_keys import OLD_KEYS
from standfirst.addresses.paths import absolute
from standfirst.archives.archive import Archive
from standfirst.archives.errors import Withdrawn
from standfirst.archives.old_lists import is_list_of_a_time
from standfirst.pagecache.recording import shows

from .views import feed

Answer = Callable[[HttpRequest], HttpResponse]

# https://developer.wordpress.org/reference/classes/wp_rewrite/#properties ($feeds), https://ghost.org/docs/themes/routing/ (rss),
# and what the generators that we import call theirs.
_OLD_FEED = re.compile(
    r"(?P<list>/|/.+?/)(?:feed(?:/(?P<said>feed|rdf|rss|rss2|atom))?|rss(?:/index\.xml)?|rss2|atom|feed/index\.xml"
    r"|(?P<file>feed|rss|atom|index)\.(?:xml|rss)|feeds/all\.(?P<all>atom|rss)\.xml|wp-(?P<wp>rss|rss2|rdf|atom)\.php)/?"
)
_OLD_KIND = re.compile(r"feed|rdf|rss|rss2|atom")


def old_feeds(get_response: Answer) -> Answer:
    """Lead on from what was the address of a feed, where nothing was found, or only the list that it was of."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code not in (301, 404):
            return response
        old = _old_feed(request)
        if old is None:
            return response
        above, kind = old
        if response.status_code == 301:
            archive = _archive_at(response["Location"].removeprefix(absolute("")).partition("?")[0])
        else:
            shows(cachekeys.address(above))
            archive = _archive_at(above) or _archive_at(led_to(above, request))
        return HttpResponsePermanentRedirect(archive.path_of_feed(kind)) if archive else response

    return middleware


def _old_feed(request: HttpRequest) -> tuple[str, str] | None:
    """The address of the list that an old feed was of, and our kind of feed that is most like it; None if it is none."""
    path, query = request.path, request.GET
    if "feed" in query and _OLD_KIND.fullmatch(query["feed"]):
        # What else is asked for says which list: `/?cat=2&feed=rss2`.
        keys = [key for key in query if key in OLD_KEYS and key != "feed"]
        rest = urlencode([(key, query[key]) for key in keys])
        return f"{path}?{rest}" if rest else path, _kind(query["feed"])
    if match := _OLD_FEED.fullmatch(path):
        return match["list"], _kind(path.removeprefix(match["list"]))
    return None


def _kind(said: str) -> str:
    return "atom" if "atom" in said else "rss"


def _archive_at(path: str) -> Archive | None:
    """The archive at an address, or at a former one; None if there is none that readers may know of."""
    if path == "/" or is_list_of_a_time(path):
        return Archive.of_everything()
    if not path.startswith("/"):
        return None
    try:
        found = resolve(f"{path.rstrip('/')}/feed.atom")
    except Resolver404:
        return None
    if found.func is not feed or "number" in found.kwargs:
        return None
    of, named = (
        found.kwargs["of"],
        {key: value for key, value in found.kwargs.items() if key not in ("of", "kind")},
    )
    try:
        archive: Archive = of(**named).archive
    except (Http404, Withdrawn):
        return None
    return archive
