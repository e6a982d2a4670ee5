"""Where lists of other systems had their pages, and their years and months: all lead to lists of ours, in one hop.

WordPress, Ghost and most others number the pages of a list from the newest (`/category/tides/page/2/`), so what stood on one
is on no page of ours in particular: it leads where the list itself leads. Blogs have a list for each year, month and day
(`/2007/04/`), right above the addresses of articles.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from standfirst.addresses.gate import is_rooms_own, led_to
from standfirst.pagecache.recording import shows

from . import cachekeys
from .archive import Archive

Answer = Callable[[HttpRequest], HttpResponse]

_PAGE = r"(?:page/[1-9][0-9]{0,8}/)"
_PAGE_OF_A_LIST = re.compile(rf"(?P<list>/|/.+?/){_PAGE}", re.ASCII)
_TIME = r"/(?P<year>[12][0-9]{3})/(?:(?:0[1-9]|1[0-2])/(?:(?:0[1-9]|[12][0-9]|3[01])/)?)?"
_LIST_OF_A_TIME = re.compile(rf"{_TIME}{_PAGE}?", re.ASCII)
_OWN_TIME = re.compile(_TIME, re.ASCII)


def old_lists(get_response: Answer) -> Answer:
    """Lead on from what was a page of a list, or the list of a year, a month or a day, where nothing was found."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or not (link := _list_for(request)):
            return response
        return HttpResponsePermanentRedirect(link)

    return middleware


def is_list_of_a_time(path: str) -> bool:
    """Whether a path is where blogs list a year, a month or a day."""
    return _OWN_TIME.fullmatch(path) is not None


def _list_for(request: HttpRequest) -> str:
    """The address of the list that is meant; empty if there is none that readers may know of."""
    if match := _LIST_OF_A_TIME.fullmatch(request.path):
        return _address_of_year(int(match["year"]))
    if not (match := _PAGE_OF_A_LIST.fullmatch(request.path)):
        return ""
    above = match["list"]
    if above == "/":
        return Archive.of_everything().path
    # A list of ours has pages of its own: one that it has not may be there tomorrow.
    return "" if is_rooms_own(above, request) else led_to(above, request)


def _address_of_year(year: int) -> str:
    archive = Archive.of_everything()
    shows(cachekeys.newest(archive.key))
    pages = dict(archive.years())
    if year not in pages:
        return ""
    number = pages[year]
    return f"{archive.path_of_page(number) if number else archive.path}#y{year}"
