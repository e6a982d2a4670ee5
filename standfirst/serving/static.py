"""Static files: collected once into the publication's directory under names that carry a hash of their contents."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.http.request import split_domain_port, validate_host
from whitenoise import WhiteNoise
from whitenoise.storage import CompressedManifestStaticFilesStorage

from standfirst.serving.headers import security_headers

# The hash that Django puts into a file's name.
HASHED = r"\.[0-9a-f]{12}\."
# For the few files asked for without it.
SECONDS_WITHOUT_HASH = 300


class AppFinder(AppDirectoriesFinder):
    """Finds the applications' static files, leaving out the theme's, which the publication's own go before."""

    def __init__(self, app_names: list[str] | None = None, *args: object, **kwargs: object) -> None:
        super().__init__(app_names, *args, **kwargs)
        self.apps = [name for name in self.apps if name != "standfirst.theme"]
        self.storages.pop("standfirst.theme", None)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Serves every static file under a name that changes with its contents, so that it can be kept for ever, and compressed."""

    # A file named in a theme but missing must cost that file, not the page.
    manifest_strict = False


class StaticFiles(WhiteNoise):
    """A WSGI application that serves the collected files, and leaves everything else to the one behind it."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if not _is_ours(environ.get("HTTP_HOST", "")):
            return self.application(environ, start_response)  # Django says what is wrong with it.
        return super().__call__(environ, start_response)

    @staticmethod
    def serve(static_file: Any, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        def start_with_headers(status: str, headers: list[tuple[str, str]]) -> Any:
            # The library's 304, 405 and 416 come without those of the file.
            there = {name.lower() for name, _ in headers}
            return start_response(
                status, headers + [pair for pair in _headers() if pair[0].lower() not in there]
            )

        return WhiteNoise.serve(static_file, environ, start_with_headers)


def static_files(behind: Callable[..., Any]) -> StaticFiles:
    """The application that serves static files, before the one that serves the rest."""
    return StaticFiles(
        behind,
        root=str(settings.STATIC_ROOT),
        prefix=settings.STATIC_URL,
        max_age=SECONDS_WITHOUT_HASH,
        immutable_file_test=HASHED,
    )


def _headers() -> list[tuple[str, str]]:
    # An SVG is a document: opened by itself it must not run anything in our name.
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return [*security_headers().items(), ("Content-Security-Policy", policy)]


@lru_cache(1024)
def _is_ours(host: str) -> bool:
    """Whether a request for this host is for us, as Django sees it; HTTP/1.0 names none."""
    return not host or validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
