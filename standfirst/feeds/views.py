"""Feeds, as they are asked for. One view answers for all of them: they differ in what they are of, and how it is written."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from standfirst.addresses.gate import opened_by
from standfirst.archives.addressed import page_number
from standfirst.archives.archive import Archive
from standfirst.archives.errors import Withdrawn
from standfirst.bodies.feed_links import FEED_TYPES
from standfirst.pagecache.policy import shared
from standfirst.search.queries import newest_found

from . import atom, json_feed, rss
from .documents import document_of, document_of_search
from .rows import FeedDocument
from .subjects import Subject

ENTRIES_OF_A_SEARCH = 20
FORMATS: dict[str, ModuleType] = {"atom": atom, "rss": rss, "json": json_feed}


def _is_there(
    request: HttpRequest, of: Callable[..., Subject], kind: str, number: str = "", **which: Any
) -> bool:
    try:
        of(**which)
    except Withdrawn:
        return True
    except Http404:
        return False
    return True


@shared("What is published is the same for everybody; nothing about the reader is looked at.")
@opened_by(_is_there)
@require_safe
def feed(
    request: HttpRequest, of: Callable[..., Subject], kind: str, number: str | None = None, **which: str
) -> HttpResponse:
    """A feed, or one document of its archive; from a former address, the way to it."""
    subject = of(**which)
    path = subject.archive.path_of_feed(kind, number or "")
    if request.path_info != path:
        return HttpResponsePermanentRedirect(path)
    page = page_number(number or "")
    document = document_of(subject, kind, page) if page or number is None else None
    if document is None:
        raise Http404(_("This archive has no such page."))
    response = _sent(document, kind)
    if document.hub:
        response["Link"] = f'<{document.hub}>; rel="hub", <{document.own_url}>; rel="self"'
    return response


@conditional_page
@require_safe
def of_a_search(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest that a search finds. It is asked for anew each time: whatever is published may be among it."""
    found = newest_found(request.GET.get("q", ""), ENTRIES_OF_A_SEARCH)
    if found is None:
        raise Http404(_("What is to be followed? Add the words that are looked for: ?q=…"))
    if not (found.articles or found.is_exact):
        # No feed without entries: whoever reads it would take it for what is there.
        said = _("There was not the time to search to the end.")
        return HttpResponse(
            said, status=503, headers={"Retry-After": "60"}, content_type="text/plain; charset=utf-8"
        )
    response = _sent(document_of_search(found, kind), kind)
    response["X-Robots-Tag"] = "noindex"
    return response


@shared("It leads to one address, whoever asks.")
@require_safe
def of_the_front(request: HttpRequest, kind: str) -> HttpResponse:
    """From where a magazine's feed is looked for to where the feed of everything is."""
    return HttpResponsePermanentRedirect(Archive.of_everything().path_of_feed(kind))


def _sent(document: FeedDocument, kind: str) -> HttpResponse:
    return HttpResponse(FORMATS[kind].write(document), content_type=f"{FEED_TYPES[kind]}; charset=utf-8")
