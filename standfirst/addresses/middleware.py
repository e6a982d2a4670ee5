"""Old addresses and where they lead, in one hop; and what an answer says about addresses."""

import re
from collections.abc import Callable
from urllib.parse import unquote_plus, urlsplit, urlunsplit

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import Resolver404, is_valid_path, resolve
from django.utils.http import escape_leading_slashes
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from standfirst.pagecache.policy import is_shared, keep_private
from standfirst.pagecache.recording import shows

from . import cachekeys
from .gate import destination
from .old_keys import OLD_KEYS, names_a_thing
from .paths import absolute

Answer = Callable[[HttpRequest], HttpResponse]

# Bytes of path and query.
LONGEST_ADDRESS = 8_000
# Python refuses to read a number of some thousands of digits, wherever it is asked to: in a page's number, a document's.
_ENDLESS_NUMBER = re.compile(r"[0-9]{1000}")


def no_endless_addresses(get_response: Answer) -> Answer:
    """Refuse an address that nobody can have been given, before anything makes of it what has no such room.

    RFC 9110, sections 4.1 (8,000 bytes are to be understood) and 15.5.15 (414).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        address = f"{request.META['PATH_INFO']}?{request.META.get('QUERY_STRING', '')}"
        if len(address) > LONGEST_ADDRESS or _ENDLESS_NUMBER.search(address):
            return HttpResponse(
                "<!doctype html><title>Too long</title><p>This address is too long.</p>", status=414
            )
        return get_response(request)

    return middleware


def slashes_appended(get_response: Answer) -> Answer:
    """Answer an address that lacks its last slash as the whole one would be, and lead to that if something is there.

    What the whole one leads on to, or that it is nothing, is said at once: Django's own way takes a hop first. It stands
    before Django's, which still does it for the addresses that are no reader's.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _lacks_its_slash(request):
            return get_response(request)
        request.path, request.path_info = f"{request.path}/", f"{request.path_info}/"
        response = get_response(request)
        if response.status_code != 200:
            return response
        return HttpResponsePermanentRedirect(escape_leading_slashes(request.get_full_path()))

    return middleware


def old_addresses(get_response: Answer) -> Answer:
    """Lead on from old addresses: where nothing was found, and from `/?p=123` and its like before the front page answers.

    In place of Wagtail's middleware: that one looks only where nothing was found, and the front page always is; it leads
    to pages that are not public; and it drops the query.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/" and not OLD_KEYS.isdisjoint(request.GET):
            if found := _led_on(request):
                return found
            if names_a_thing(request.GET):
                raise Http404
            # Anybody can think of a number: the front page is not kept once for each.
            keep_private(request)
        response = get_response(request)
        return (_led_on(request) or response) if response.status_code == 404 else response

    return middleware


def addresses_shown(get_response: Answer) -> Answer:
    """Note, of an answer that depends on what is at an address, which address that is.

    It stands before the redirects.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in (301, 404):
            path = request.get_full_path()
            shows(cachekeys.address(path), cachekeys.address(request.path))
            if response.status_code == 301:
                shows(cachekeys.address(response["Location"].removeprefix(absolute(""))))
        return response

    return middleware


def _lacks_its_slash(request: HttpRequest) -> bool:
    """Whether an address is no reader's, and with a slash behind it is."""
    path = request.path_info
    if request.method not in ("GET", "HEAD") or path.endswith("/") or is_valid_path(path):
        return False
    try:
        return is_shared(resolve(f"{path}/").func)
    except Resolver404:
        return False


def _led_on(request: HttpRequest) -> HttpResponse | None:
    """Where the address asked for leads; None if nowhere that a reader can be."""
    if "\0" in request.path:  # PostgreSQL answers it with an error.
        return None
    paths = _as_kept(request)
    order = list(paths)
    site = Site.find_for_request(request)
    redirects = Redirect.get_for_site(site).filter(old_path__in=paths).select_related("redirect_page")
    # The longest first, and what is said of this site before what is said of all.
    for redirect in sorted(redirects, key=lambda one: (order.index(one.old_path), one.site_id is None)):
        if link := destination(redirect, request):
            kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
            return kind(_with_query(link, paths[redirect.old_path]))
    return None


def _as_kept(request: HttpRequest) -> dict[str, str]:
    """How redirects may keep the address asked for, each with the rest of its query, which is no part of it."""
    path, _, query = request.get_full_path().partition("?")
    parts = [part for part in query.split("&") if part]
    old = [part for part in parts if unquote_plus(part.partition("=")[0]) in OLD_KEYS]
    paths: dict[str, str] = {}
    for taken in (parts, old, []):
        if not taken and request.path == "/":
            continue  # The front page is what is there.
        rest = "&".join(part for part in parts if part not in taken)
        asked = f"{path}?{'&'.join(taken)}" if taken else path
        for decoded in (True, False):
            paths.setdefault(Redirect.normalise_path(asked, decode_unicode=decoded), rest)
    return paths


def _with_query(link: str, query: str) -> str:
    if not query:
        return link
    parts = urlsplit(link)
    return urlunsplit(parts._replace(query=f"{parts.query}&{query}" if parts.query else query))
