"""Whether there is anything at an address that a reader may know of: whatever leads to one asks first.

A redirect says where it leads, and that alone can tell what nobody is to know yet: who writes an article that is not out,
what it is called. So a redirect to what is not public answers as an address that never was anything.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import Resolver404, ResolverMatch, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from standfirst.pagecache.recording import shows

from . import cachekeys
from .paths import absolute
from .redirects import is_former_address

View = TypeVar("View", bound=Callable[..., Any])
Opener = Callable[..., bool]


def opened_by(is_there: Opener) -> Callable[[View], View]:
    """Say of a view how to tell, from its request and arguments, whether it has anything for readers."""

    def mark(view: View) -> View:
        view.opened_by = is_there  # type: ignore[attr-defined]
        return view

    return mark


def readable_address(page: Page | None) -> str:
    """The address at which a reader can read a page; empty if nobody can at present.

    `page` is the specific page: one that keeps apart what is live and what is public, as articles do, has no address
    while it is not public.
    """
    return (page.get_url() or "") if page is not None and page.live else ""


def destination(redirect: Redirect, request: HttpRequest) -> str:
    """Where a redirect leads; empty if readers may not have what is there, or nothing is. Notes what that depends on."""
    if redirect.redirect_page_id:
        shows(cachekeys.page(redirect.redirect_page_id))
    link: str = redirect.link or ""
    path = _own_path(link)
    if not path:
        return link if _can_be_led_to(link) else ""
    shows(cachekeys.address(path))
    return link if _is_anything_at(path, request) or is_former_address(path) else ""


def _can_be_led_to(link: str) -> bool:
    """Whether Django would send anybody there: what is in the table was typed, or came in a file."""
    try:
        return urlsplit(link).scheme in HttpResponseRedirect.allowed_schemes
    except ValueError:
        return False


def led_to(path: str, request: HttpRequest) -> str:
    """Where an old address, with or without a query, leads here; empty if nowhere that readers may know of."""
    kept_as = {Redirect.normalise_path(path, decode_unicode=decoded) for decoded in (True, False)}
    site = Site.find_for_request(request)
    redirects = Redirect.get_for_site(site).filter(old_path__in=kept_as).select_related("redirect_page")
    # What is said of this site before what is said of all.
    for redirect in sorted(redirects, key=lambda one: one.site_id is None):
        if link := destination(redirect, request):
            return link.removeprefix(absolute("")) or "/"
    return ""


def is_rooms_own(path: str, request: HttpRequest) -> bool:
    """Whether a room has anything for readers at a path: it is not the tree's, nor an old address's."""
    shows(cachekeys.address(path))
    match = _view_at(path)
    return match is not None and match.url_name != "wagtail_serve" and _is_anything_at(path, request)


def _own_path(link: str) -> str:
    """The path that a link leads to here; empty if it leads elsewhere."""
    link = link.removeprefix(absolute("")) or "/"
    return unquote(urlsplit(link).path) if link.startswith("/") and not link.startswith("//") else ""


def _is_anything_at(path: str, request: HttpRequest) -> bool:
    """Whether the view at a path has anything there; below an address at which nothing is, nothing is."""
    while (match := _view_at(path)) is None and path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
    is_there: Opener | None = getattr(match.func, "opened_by", None) if match else None
    return is_there is None or is_there(request, *match.args, **match.kwargs)  # type: ignore[union-attr]


def _view_at(path: str) -> ResolverMatch | None:
    for spelling in (path, f"{path}/"):
        try:
            return resolve(spelling)
        except Resolver404:
            continue
    return None
