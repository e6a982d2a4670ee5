"""The pages for what cannot be shown. Each says what happened and what to do next."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from standfirst.database.trouble import is_of_the_moment
from standfirst.publications.queries import language_and_direction, publication
from standfirst.publications.rows import PublicationRow

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _failure(
        request, 400, _("Not understood"), _("The address or the form sent with it makes no sense to us.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _failure(
        request, 403, _("Not allowed"), _("This is for others, or the form was open for too long.")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = _(
        "There is nothing at this address. Perhaps it was mistyped, and a search finds what you look for."
    )
    return _failure(request, 404, _("Not found"), message, show_search=True)


def gone(request: HttpRequest) -> HttpResponse:
    return _failure(request, 410, _("Withdrawn"), _("What was here has been withdrawn."), show_search=True)


def trouble(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it was the database that failed: that passes, and must never look like a missing page."""
    if is_of_the_moment(sys.exc_info()[1]):
        message = _("The magazine cannot be reached for the moment. Please try again shortly.")
        response = _failure(request, 503, _("Back in a moment"), message)
        response["Retry-After"] = "30"
        return response
    return _failure(request, 500, _("Our mistake"), _("Something failed here. It has been noted."))


def _failure(
    request: HttpRequest, status: int, heading: str, message: str, *, show_search: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "publication": _publication(),
        "page_title": heading,
        "description": "",
        "canonical_url": "",
        "robots": "noindex",
        "json_ld": "",
        "feeds": (),
        "status": status,
        "heading": heading,
        "message": message,
        "show_search": show_search,
    }
    try:
        # Without the request: its context processors would ask a database that may be what failed.
        html: str = render_to_string("error.html", context, using="jinja2")
    except Exception:
        # A publication's own template may be what failed. The reader is told all the same.
        logger.exception("The page for errors cannot be shown; check the publication's error.html.")
        html = f"<!doctype html><title>{escape(heading)}</title><h1>{escape(heading)}</h1><p>{escape(message)}</p>"
    return HttpResponse(html, status=status)


def _publication() -> PublicationRow:
    try:
        return publication()
    except DatabaseError:
        language, direction = language_and_direction()
        return PublicationRow(
            name=settings.WAGTAIL_SITE_NAME,
            tagline="",
            description="",
            masthead=None,
            theme_css_url="",
            drop_capitals=False,
            navigation=(),
            footer=Markup(""),
            social=(),
            language=language,
            direction=direction,
        )
