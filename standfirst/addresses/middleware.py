"""Old addresses that differ from the front page only in their query."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from .old_keys import OLD_KEYS


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
            if found is not None and found.link:
                return HttpResponsePermanentRedirect(found.link)
        return get_response(request)

    return middleware
