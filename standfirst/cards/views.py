"""Share images and icons, kept as pages are, and gone when what they show changes or is no longer public."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standfirst.addresses.gate import opened_by
from standfirst.archives.errors import Withdrawn
from standfirst.archives.profiles import profile_of
from standfirst.articles.printed import printed_article
from standfirst.articles.queries import article_with_id
from standfirst.bodies.pictures import file_of
from standfirst.contributors import cachekeys as contributor_keys
from standfirst.contributors.queries import contributor_with_id
from standfirst.pagecache.policy import shared
from standfirst.pagecache.recording import shows
from standfirst.publications.queries import publication_for

from . import cachekeys, icons
from .composing import card_of_article, card_of_contributor, card_of_publication
from .drawing import HEIGHT, PICTURE_WIDTH, drawn
from .rows import Card
from .turns import TURNS

View = TypeVar("View", bound=Callable[..., HttpResponse])

# An SVG is a document: opened by itself it must not run anything in our name.
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
SECONDS_TO_COME_BACK = 5


def public(view: View) -> View:
    """A view of what is the same for everybody, and may be kept."""
    because = "What is drawn is published; nothing about the reader is looked at."
    return shared(because)(require_safe(view))


def _is_article(request: HttpRequest, article: str, version: str) -> bool:
    return article_with_id(int(article)) is not None


def _is_contributor(request: HttpRequest, contributor: str, version: str) -> bool:
    return contributor_with_id(int(contributor)) is not None


@public
def publication(request: HttpRequest, version: str) -> HttpResponse:
    """The share image of the front page, and of every page without one of its own."""
    shows(cachekeys.ICONS)
    return _sent(card_of_publication(publication_for(request)), version, None)


@public
@opened_by(_is_article)
def article(request: HttpRequest, article: str, version: str) -> HttpResponse:
    """The share image of an article."""
    page = article_with_id(int(article))
    if page is None:
        raise Http404(_("There is no article at this address."))
    card = card_of_article(printed_article(page)["article"], publication_for(request))
    return _sent(card, version, page.lead_image_id)


@public
@opened_by(_is_contributor)
def contributor(request: HttpRequest, contributor: str, version: str) -> HttpResponse:
    """The share image of a contributor."""
    person = contributor_with_id(int(contributor))
    if person is None:
        raise Http404(_("There is no contributor at this address."))
    if person.is_withdrawn:
        raise Withdrawn
    shows(contributor_keys.contributor(person.pk))
    shows(contributor_keys.profile(person.pk), contributor_keys.name(person.pk))
    card = card_of_contributor(profile_of(person, heading=""), publication_for(request))
    return _sent(card, version, person.portrait_id)


@public
def favicon(request: HttpRequest) -> HttpResponse:
    shows(cachekeys.ICONS)
    return _drawn(lambda: icons.favicon(publication_for(request)), "image/x-icon")


@public
def touch_icon(request: HttpRequest) -> HttpResponse:
    shows(cachekeys.ICONS)
    return _drawn(lambda: icons.png(publication_for(request), icons.TOUCH_SIZE, is_cut=True), "image/png")


@public
def icon(request: HttpRequest, icon: str) -> HttpResponse:
    shows(cachekeys.ICONS)
    size, is_cut = int(icon.removeprefix("maskable-")), icon.startswith("maskable-")
    return _drawn(lambda: icons.png(publication_for(request), size, is_cut=is_cut), "image/png")


@public
def drawn_icon(request: HttpRequest) -> HttpResponse:
    shows(cachekeys.ICONS)
    response = HttpResponse(icons.svg(publication_for(request)), content_type="image/svg+xml")
    response["Content-Security-Policy"] = SVG_POLICY
    return response


@public
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone shows of the magazine among its apps (https://www.w3.org/TR/appmanifest/)."""
    shows(cachekeys.ICONS)
    said = icons.manifest(publication_for(request))
    return JsonResponse(
        said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


def _sent(card: Card, version: str, image: int | None) -> HttpResponse:
    """The picture, at the address of its present version; at any other, the way there. Only the former is drawn."""
    if version != card.version:
        return HttpResponsePermanentRedirect(card.path)

    def draw() -> bytes:
        file = file_of(image, least=(PICTURE_WIDTH, HEIGHT)) if card.picture else None
        try:
            return drawn(card, file)
        finally:
            if file is not None:
                file.close()

    return _drawn(draw, "image/jpeg")


def _drawn(draw: Callable[[], bytes], content_type: str) -> HttpResponse:
    data = TURNS.take(draw)
    if data is None:
        return HttpResponse(
            _("Too much is being drawn at this moment; please come back."),
            status=503,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": str(SECONDS_TO_COME_BACK)},
        )
    return HttpResponse(data, content_type=content_type)
