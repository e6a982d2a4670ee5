"""Answers for programs: JSON, readable from any page, kept like pages; trouble is JSON too."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from standfirst.archives.errors import Withdrawn
from standfirst.pagecache.policy import shared

from .errors import Refused

View = Callable[..., Any]

JSON = "application/json; charset=utf-8"
METHODS = "GET, HEAD, OPTIONS"


def for_programs(view: View) -> View:
    """A view that returns data, or an answer of its own, and may raise `Refused`; made one that answers programs."""

    @shared("What is published is the same for everybody; nothing about the reader is looked at.")
    @wraps(view)
    def answered(request: HttpRequest, **arguments: str) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204), Allow=METHODS)
        if request.method not in ("GET", "HEAD"):
            return refused(405, _("The interface is for reading alone."), Allow=METHODS)
        try:
            data = view(request, **arguments)
        except Refused as error:
            return refused(error.status, error.message, **error.headers)
        except Withdrawn:
            return refused(410, _("What was here has been withdrawn."))
        except Http404 as missing:
            return refused(404, str(missing))
        except SuspiciousOperation:
            return refused(400, _("The address makes no sense to us."))
        response = data if isinstance(data, HttpResponse) else as_json(data)
        return _open(_as_not_kept(request, response) if getattr(request, "is_private", False) else response)

    return answered


def as_json(data: Any) -> HttpResponse:
    return HttpResponse(json.dumps(data, ensure_ascii=False), content_type=JSON)


def refused(status: int, message: str, **headers: str) -> HttpResponse:
    """What went wrong, in a sentence."""
    response = as_json({"error": {"status": status, "message": message}})
    response.status_code = status
    _open(response, **headers)
    return response


def _as_not_kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What is not kept, with a mark of its own by which a program can ask whether it has changed."""
    mark = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = mark
    return get_conditional_response(request, etag=mark, response=response) or response


def _open(response: HttpResponseBase, **headers: str) -> HttpResponseBase:
    """The answer as scripts on any page may read it (Fetch standard, section 3.3), and no search engine lists it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link"
    if "Allow" in headers:
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        response["Access-Control-Max-Age"] = "86400"
    response["X-Robots-Tag"] = "noindex"
    for name, value in headers.items():
        response[name] = value
    return response
