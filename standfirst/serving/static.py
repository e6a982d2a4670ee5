"""Static files: collected once into the publication's directory under names that carry a hash of their contents."""

import errno
import logging
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, FileSystemFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.http.request import split_domain_port, validate_host
from whitenoise import WhiteNoise
from whitenoise.storage import CompressedManifestStaticFilesStorage

from standfirst.serving.headers import security_headers

log = logging.getLogger("standfirst.static")

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


class OwnFinder(FileSystemFinder):
    """Finds the publication's own static files, leaving out what can't be read: that costs the file, not the start."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:  # type: ignore[override]
        for _, root in self.locations:
            for path in readable_files(Path(root)):
                if not matches_patterns(path, ignore_patterns or ()):
                    yield path, self.storages[root]


def readable_files(root: Path, below: str = "", within: frozenset[str] = frozenset()) -> Iterator[str]:
    """The paths, from `root`, of all files in it that can be read; of others it is said that they can't."""
    folder = root / below
    within |= {os.path.realpath(folder)}
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = os.path.join(below, entry.name)
        try:
            mode = os.stat(entry.path).st_mode
            if stat.S_ISDIR(mode):
                if os.path.realpath(entry.path) in within:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
                yield from readable_files(root, path, within)
                continue
            if not stat.S_ISREG(mode):
                raise OSError(errno.EINVAL, "It is no file")
            os.close(os.open(entry.path, os.O_RDONLY))
        except OSError as error:
            _say_once(f"{entry.path} can't be read ({error.strerror}), and is left out: mend or delete it.")
        else:
            yield path


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Serves every static file under a name that changes with its contents, so that it can be kept for ever, and compressed."""

    # A file that a theme names and does not have costs that file, not the page or the start.
    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        try:
            hashed: str = super().hashed_name(name, content, filename)
        except ValueError:
            _say_once(f"There is no static file {name}, which the theme names: add it, or take it out.")
            return name
        return hashed

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        readable = {}
        for name, (storage, path) in paths.items():
            if name.endswith((".css", ".js")) and not _is_text(storage, path):
                _say_once(
                    f"The static file {name} is not text in UTF-8, and is served as it is: save it in that encoding."
                )
            else:
                readable[name] = (storage, path)
        for name, hashed_name, processed in super().post_process(readable, dry_run, **options):
            if isinstance(processed, Exception):
                _say_once(f"The static file {name} can't be kept for ever by its name ({processed}).")
            else:
                yield name, hashed_name, processed


def _is_text(storage: Any, path: str) -> bool:
    with storage.open(path) as file:
        try:
            file.read().decode("utf-8")
        except UnicodeDecodeError:
            return False
    return True


@lru_cache(1000)
def _say_once(sentence: str) -> None:
    log.warning("%s", sentence)


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
