"""Tells crawlers to keep out of every host that is not the publication's own address.

Whatever else leads here (the address of the machine, a name that somebody points at it, a rehearsal behind another) would
be found beside the magazine, or in its place. Nothing has to be set for it: what is not `settings.CRAWLED_HOST` is elsewhere.
The front door says the same on the pages that it sends without Django.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from .front_door import KEEP_OUT, ROBOTS
from .headers import PUBLIC_POLICY, security_headers

NOBODY = "User-agent: *\nDisallow: /\n"


def is_crawled(host: str) -> bool:
    """Whether a host, as a request names it, is where crawlers may read the magazine. The port says nothing of that."""
    return bool(settings.CRAWLED_HOST) and split_domain_port(host)[0] == settings.CRAWLED_HOST


class KeepingOut:
    """The outermost middleware: what it adds depends on who asks where, and is never kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_crawled(_host(request)):
            return self.get_response(request)
        if request.path_info == ROBOTS:
            # Said to hosts, too, that are refused everything else: a refused robots.txt would mean that all may be read
            # (RFC 9309, section 2.3.1.3).
            response = HttpResponse(
                NOBODY, content_type="text/plain; charset=utf-8", headers=security_headers()
            )
            response["Content-Security-Policy"] = PUBLIC_POLICY
            response["Cache-Control"] = "private, no-cache"
        else:
            response = self.get_response(request)
        name, value = KEEP_OUT
        response[name] = value
        return response


def _host(request: HttpRequest) -> str:
    try:
        return request.get_host()
    except DisallowedHost:
        return ""
