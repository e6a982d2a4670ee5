"""What the theme serves besides files."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .accent import theme_css


@require_safe
def accent(request: HttpRequest, digits: str) -> HttpResponse:
    """An accent colour as a style sheet. Its address names the colour, so it may be kept for ever."""
    return HttpResponse(
        theme_css(f"#{digits}"),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "public, max-age=31536000, immutable"},
    )
