"""The readers' search."""

import re
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from lxml import etree

from standfirst.addresses.paths import absolute
from standfirst.bodies.feed_links import feed_links
from standfirst.bodies.pages import render_page
from standfirst.publications.queries import publication, publication_for

from .asking import LONGEST_QUERY, asked
from .paths import DESCRIPTION, SEARCH, SUGGESTIONS, path_of_feed, title_of
from .queries import results
from .suggesting import suggestions

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
MEDIA_TYPE = "application/opensearchdescription+xml"
NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What matches a reader's words. `within` is what a search from another page is narrowed to: `by:ada-quill`."""
    typed = request.GET.get("q", "")
    within = request.GET.get("within", "")
    query = f"{typed} {within}" if within and typed.strip() else typed
    number = request.GET.get("page", "1")
    by_date = request.GET.get("sort") == "newest"
    found = results(query, int(number), by_date=by_date) if NUMBER.fullmatch(number) else None
    if found is None:
        raise Http404(_("The search has no such page."))
    text = asked(query).text
    title = title_of(text) if text else _("Search")
    feeds = feed_links(title, publication_for(request).name, partial(path_of_feed, text)) if text else ()
    return render_page(
        request,
        "search.html",
        title=title,
        path=SEARCH,
        robots="noindex",
        query=text,
        within="" if typed.strip() else within[:LONGEST_QUERY],
        results=found,
        feeds=feeds,
        older=found.older,
        newer=found.newer,
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What a browser's address bar shows while somebody types: OpenSearch Suggestions 1.0."""
    query = asked(request.GET.get("q", "")).text
    found = suggestions(query)
    said = [query, [one.text for one in found], ["" for _one in found], [one.url for one in found]]
    return JsonResponse(said, safe=False, content_type="application/x-suggestions+json")


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """What a browser learns this search from: an OpenSearch 1.1 description document."""
    name = publication().name
    unprefixed: Any = {None: OPENSEARCH}
    document = etree.Element(f"{{{OPENSEARCH}}}OpenSearchDescription", nsmap=unprefixed)

    def say(tag: str, text: str = "", **attributes: str) -> None:
        etree.SubElement(document, f"{{{OPENSEARCH}}}{tag}", attributes).text = text or None

    # The specification allows names of sixteen characters, and of forty-eight.
    say("ShortName", name[:16])
    say("LongName", name[:48])
    say("Description", _("Search %(publication)s") % {"publication": name})
    say("InputEncoding", "UTF-8")
    say("Language", get_language() or "*")
    say("Url", type="text/html", method="get", template=absolute(f"{SEARCH}?q={{searchTerms}}"))
    suggesting = absolute(f"{SUGGESTIONS}?q={{searchTerms}}")
    say("Url", type="application/x-suggestions+json", method="get", template=suggesting)
    say("Url", type=MEDIA_TYPE, rel="self", template=absolute(DESCRIPTION))
    say("Image", absolute(static("standfirst/icon.svg")), type="image/svg+xml", width="16", height="16")
    body = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(body, content_type=f"{MEDIA_TYPE}; charset=utf-8")
