"""What is said when something fails: to programs in JSON, to everybody else on a page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from standfirst.archives import failures

from .answers import refused
from .parameters import ROOT


def trouble(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it passes; see `archives.failures.trouble`."""
    page = failures.trouble(request)
    if not request.path.startswith(ROOT):
        return page
    passes = page.status_code == 503
    response = refused(
        page.status_code, _("Please try again shortly.") if passes else _("Something failed here.")
    )
    if passes:
        response["Retry-After"] = page["Retry-After"]
    return response
