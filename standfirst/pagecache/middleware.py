"""Renders a shared page from one snapshot of the database, and keeps it."""

import time
from collections.abc import Callable

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from . import store
from .answers import answer_of, respond
from .conf import settings
from .policy import is_shared, may_be_kept
from .purgers import purger
from .recording import recording
from .requests import KEPT, SIGNPOST, page_asked_for
from .signposts import Signpost
from .snapshots import snapshot


class Keeping:
    """What it keeps is what the reader gets, with every header of the middleware behind it: nearly the outermost.

    Before it stands only what depends on more than the page, such as the host it was asked for at.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        # A cache outside that is told nothing goes by rules of its own: Fastly keeps such a page for an hour.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        asked = page_asked_for(request.META, settings().counted) if _is_anybodys(request) else ""
        if not asked:
            return self.get_response(request)
        with snapshot(), recording() as shown:
            response = self.get_response(request)
            if not settings().is_on or not may_be_kept(request, response, shown):
                return response
            versions = store.versions_of(shown)
        return self._kept(request, response, asked, versions)

    def _kept(
        self, request: HttpRequest, response: HttpResponse, asked: str, versions: dict[str, int]
    ) -> HttpResponse:
        now = time.time()
        told = purger().headers(versions)
        answer = answer_of(response.status_code, [*response.items(), *told], response.content, now=now)
        if request.method != "GET":
            is_kept = False
        elif answer.status == 200:
            is_kept = store.keep(settings().edition + asked, answer, versions)
        elif is_kept := store.still_holds(versions):
            request.META[SIGNPOST] = Signpost(answer, versions)
        request.META[KEPT] = is_kept
        if told and not is_kept:
            # It may be outdated by the time a cache outside stores it, and no purge would follow.
            answer = answer_of(response.status_code, response.items(), response.content, now=now)
        status, headers, body = respond(answer, request.META, now=now)
        shown = HttpResponse(body, status=int(status[:3]))
        del shown.headers["Content-Type"]
        for name, value in headers:
            shown.headers[name] = value
        return shown


def _is_anybodys(request: HttpRequest) -> bool:
    """Whether a request is one to which everybody gets the same answer."""
    if request.method not in ("GET", "HEAD") or getattr(request, "is_dummy", False):
        return False  # Wagtail makes requests up, at the address of a page, to show an editor what is not there yet.
    if django_settings.SESSION_COOKIE_NAME in request.COOKIES or "HTTP_AUTHORIZATION" in request.META:
        return False
    try:
        return is_shared(resolve(request.path_info).func)
    except Resolver404:
        return True  # Nothing is there, for anybody.
