"""Wagtail's tree of pages, as readers may walk it."""

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.views import serve

from standfirst.pagecache.policy import is_about, shared

from . import cachekeys
from .gate import opened_by
from .redirects import is_former_address


def is_in_tree(request: HttpRequest, path: str) -> bool:
    """Whether a page of the tree answers at a path."""
    site = Site.find_for_request(request)
    try:
        return bool(
            site and site.root_page.localized.specific.route(request, list(filter(None, path.split("/"))))
        )
    except Http404:
        return False


@shared("A page of the publication is the same for everybody: none is behind a login or a password.")
@opened_by(is_in_tree)
def page_in_tree(request: HttpRequest, path: str) -> HttpResponse:
    """The page at a place in the tree, or the way to it where its address is another.

    It is kept only if it names itself: a page of a type that knows nothing of keys is rendered for each reader.
    """
    response: HttpResponse = serve(request, path)
    if page := Page.find_for_request(request, path):  # Found once for a request.
        is_about(request, cachekeys.page(page.pk))
    if response.status_code == 301 and is_former_address(f"/{path}"):
        # What was at this address, here or in the system before, is known: the redirects lead there.
        raise Http404
    return response
