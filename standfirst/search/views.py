"""The readers' search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standfirst.bodies.pages import render_page

from .queries import PATH, found

LONGEST_QUERY = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What matches a reader's words, contributors first."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    results = found(query, request.GET.get("page", "1"))
    if results is None:
        raise Http404(_("The search has no such page."))
    return render_page(
        request,
        "search.html",
        title=_("Search"),
        path=PATH,
        robots="noindex",
        query=query,
        results=results.entries,
        people=results.people,
        older=results.older,
        newer=results.newer,
    )
