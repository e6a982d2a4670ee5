"""Static files: collected once into the publication's directory under names that carry a hash of their contents."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise import WhiteNoise
from whitenoise.storage import CompressedManifestStaticFilesStorage

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


def static_files(behind: Callable[..., Any]) -> WhiteNoise:
    """A WSGI application that serves the collected files, and leaves everything else to the one behind it."""

    def add_headers(headers: Any, path: str, url: str) -> None:
        for name, value in settings.SECURITY_HEADERS.items():
            headers[name] = value
        # An SVG is a document: opened by itself it must not run anything in our name.
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

    return WhiteNoise(
        behind,
        root=str(settings.STATIC_ROOT),
        prefix=settings.STATIC_URL,
        max_age=SECONDS_WITHOUT_HASH,
        immutable_file_test=HASHED,
        add_headers_function=add_headers,
    )
