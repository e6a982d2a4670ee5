"""What a browser is told it may do with our pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing here asks for any of them; nothing that gets into a page shall.
UNUSED_FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PUBLIC_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "manifest-src 'self'",
        # No page of ours asks for anything; an audit in the browser reads robots.txt from the page.
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# What an editor sees of a page before it is published: the page, in a frame of the editor's, with Wagtail's checks of it.
# They are a script of ours and a style sheet; what the page itself holds may do no more than to readers.
PREVIEW_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
# Wagtail's editor writes scripts and styles into its pages; it is behind a login, and still loads from nobody else.
EDITORS_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "frame-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    )
)


A_YEAR = 365 * 24 * 3600


def security_headers() -> dict[str, str]:
    """What goes with every answer, whatever it is. A policy for its content comes on top."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if settings.IS_HTTPS:
        # By the publication's address, not by how a request came in: what is kept is sent to everybody. A browser that
        # gets it over plain HTTP is bound to ignore it (RFC 6797, section 8.1).
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    return headers


class SecurityHeaders:
    """Sends the security headers, with the strict policy for public pages and the editors' for theirs.

    A preview is served by a request that Wagtail makes up, at the page's address or any other: it is known by what it is.
    A view may set its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.everywhere = security_headers()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = EDITORS_POLICY if request.path.startswith("/admin/") else PUBLIC_POLICY
        if getattr(request, "is_preview", False):
            policy = PREVIEW_POLICY
        for name, value in self.everywhere.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response
