"""What may be kept. Everything is private, unless its view says that it is the same for everybody, and why."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase

from .keys import EVERYTHING
from .requests import BY_QUERY

View = TypeVar("View", bound=Callable[..., Any])

# What may be kept: only a positive answer about what is or is not there. Trouble is never kept.
STATUSES = frozenset({200, 301, 404, 410})


def shared(why: str) -> Callable[[View], View]:
    """Say of a view that its pages may be kept and sent to anybody, and why that is safe. The outermost decorator."""

    def mark(view: View) -> View:
        view.shared_because = why  # type: ignore[attr-defined]
        return view

    return mark


def is_shared(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, "shared_because", ""))


def keep_private(request: HttpRequest) -> None:
    """Take back, for this one answer, that it may be kept."""
    request.is_private = True  # type: ignore[attr-defined]


def is_about(request: HttpRequest, *keys: str) -> None:
    """Say what an answer is about, where its view does not render it itself: it is kept only if it shows these keys."""
    request.is_about = {*keys, *getattr(request, "is_about", ())}  # type: ignore[attr-defined]


def may_be_kept(request: HttpRequest, response: HttpResponseBase, shown: Collection[str]) -> bool:
    """Whether an answer of a shared view is one that anybody may get, and that goes when what it shows changes."""
    return (
        names_what_it_shows(request, shown)
        and response.status_code in STATUSES
        and not getattr(request, "is_private", False)
        and not response.streaming
        and not response.cookies
        and response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        and "Cache-Control" not in response.headers
        and "Content-Encoding" not in response.headers
        and not (response.status_code in BY_QUERY and request.META.get("QUERY_STRING"))
    )


def names_what_it_shows(request: HttpRequest, shown: Collection[str]) -> bool:
    """Whether an answer says what it shows, besides what every page does: nothing else would ever take it away."""
    return bool(set(shown) - {EVERYTHING}) and getattr(request, "is_about", set()) <= set(shown)
