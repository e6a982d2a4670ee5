"""What crawlers read: robots.txt and the sitemaps, kept as pages are."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standfirst.pagecache.policy import shared
from standfirst.pagecache.recording import shows
from standfirst.publications.queries import publication_for

from . import cachekeys, queries
from .months import Month
from .robots import robots_text
from .rows import Place
from .writing import index_xml, news_language, news_xml, urls_xml

View = TypeVar("View", bound=Callable[..., HttpResponse])

XML = "application/xml; charset=utf-8"


def public(view: View) -> View:
    """A view of what is the same for everybody, and may be kept."""
    because = "It lists what is published; nothing about whoever reads it is looked at."
    return shared(because)(require_safe(view))


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Which crawlers may read the magazine. At another host than its own they are told before: `serving.keeping_out`."""
    shows(cachekeys.ROBOTS)
    crawlers = settings.STANDFIRST.crawlers
    text = robots_text(may_search=crawlers.search, may_train=crawlers.training)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public
def index(request: HttpRequest) -> HttpResponse:
    """Every sitemap."""
    return HttpResponse(index_xml(queries.files()), content_type=XML)


@public
def articles(request: HttpRequest, year: str, month: str, part: str = "1", parts: str = "1") -> HttpResponse:
    """The articles of a month."""
    places = queries.articles_in(Month(int(year), int(month)), part=int(part), parts=int(parts))
    if places is None:
        raise Http404(_("There is no such sitemap."))
    return HttpResponse(urls_xml(places), content_type=XML)


@public
def contributors(request: HttpRequest, number: str) -> HttpResponse:
    """The contributors whose ids lie in a span."""
    return _urls(queries.contributors_in(int(number)))


@public
def shelves(request: HttpRequest, shelf: str, number: str) -> HttpResponse:
    """The sections, or topics, whose ids lie in a span."""
    return _urls(queries.shelves_in(shelf, int(number)))


@public
def pages(request: HttpRequest) -> HttpResponse:
    """The front page and the pages of the publication's own."""
    return _urls(queries.pages())


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What appeared in the last two days: not kept, for it changes when nothing is written, as time passes."""
    publication = publication_for(request)
    xml = news_xml(
        queries.news(timezone.now()), name=publication.name, language=news_language(publication.language)
    )
    return HttpResponse(xml, content_type=XML)


def _urls(places: list[Place]) -> HttpResponse:
    if not places:
        raise Http404(_("There is no such sitemap."))
    return HttpResponse(urls_xml(places), content_type=XML)
