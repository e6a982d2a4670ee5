"""Old addresses, and what an answer says about addresses."""

from collections.abc import Callable
from urllib.parse import urlparse

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from standfirst.pagecache.policy import keep_private
from standfirst.pagecache.recording import shows

from . import cachekeys
from .gate import destination
from .old_keys import OLD_KEYS
from .paths import absolute

# Bytes of path and query.
LONGEST_ADDRESS = 8_000


def no_endless_addresses(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse an address that nobody can have been given, before anything makes of it what has no such room.

    RFC 9110, sections 4.1 (8,000 bytes are to be understood) and 15.5.15 (414).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if len(request.META["PATH_INFO"]) + len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return HttpResponse(
                "<!doctype html><title>Too long</title><p>This address is too long.</p>", status=414
            )
        return get_response(request)

    return middleware


def old_query_addresses(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer `/?p=123` and its like with the page they name, before the front page answers for everything.

    Wagtail's own middleware looks only where nothing was found; the front page is always found.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/" and not OLD_KEYS.isdisjoint(request.GET):
            path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
            found = get_redirect(request, path)
            if found is not None and (there := destination(found, request)):
                return HttpResponsePermanentRedirect(there)
            # Anybody can think of a number: the front page is not kept once for each.
            keep_private(request)
        return get_response(request)

    return middleware


def old_addresses(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead on from where nothing is to where it is now, if readers may know of it.

    As Wagtail's own middleware, which does not ask that and so would tell of what is not public.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        for known_as in dict.fromkeys((path, urlparse(path).path)):
            found = get_redirect(request, known_as)
            if found is not None and (there := destination(found, request)):
                return (HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect)(there)
        return response

    return middleware


def addresses_shown(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Note, of an answer that depends on what is at an address, which address that is.

    It stands before the redirects, Wagtail's and those above.
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
