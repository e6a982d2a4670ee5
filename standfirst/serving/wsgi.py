"""What answers: as one WSGI application, for any server that runs one; and as the reception of `standfirst serve`."""

import asyncio
import logging
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standfirst.config.settings")

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.http import HttpResponse

from standfirst.api.parameters import ROOT
from standfirst.pagecache.conf import settings as pagecache_settings
from standfirst.pagecache.kept_pages import kept_pages
from standfirst.pagecache.leases import Leases
from standfirst.search.paths import SEARCH
from standfirst.serving import metrics
from standfirst.serving.files import Elsewhere
from standfirst.serving.front_door import Application, FrontDoor, StartResponse
from standfirst.serving.headers import security_headers
from standfirst.serving.incoming import Entrance
from standfirst.serving.reception import AtOnce, Reception, Told
from standfirst.serving.static import static_files

# Of rendering. More only wait for each other: Python runs one at a time.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)

# Below these readers and programs search.
SEARCHES = (SEARCH, f"{ROOT}search/")

access = logging.getLogger("granian.access")


def front_door(behind: Application) -> FrontDoor | None:
    """The kept pages before an application; None where none are kept."""
    pagecache = pagecache_settings()
    if not pagecache.is_on:
        return None
    return FrontDoor(
        behind,
        kept_pages(),
        Leases(pagecache.leases),
        hosts=settings.ALLOWED_HOSTS,
        counted=pagecache.counted,
        edition=pagecache.edition,
        session_cookie=settings.SESSION_COOKIE_NAME,
        elsewhere=(settings.STATIC_URL, settings.MEDIA_URL, "/admin/"),
        crawled=settings.CRAWLED_HOST,
        noted=metrics.noting() if metrics.is_on() else None,
    )


django = get_wsgi_application()
statics = static_files(django)
door = front_door(statics)
application: Application = door or statics


def reception(loop: asyncio.AbstractEventLoop) -> Reception:
    """What takes the requests of a web process. Bodies are waited for in `loop`."""
    static_at_once = static_files(lambda environ, start_response: None)

    def static(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes] | None:
        if not environ["PATH_INFO"].startswith(settings.STATIC_URL):
            return None
        found: Iterable[bytes] | None = static_at_once(environ, start_response)
        return found

    at_once: list[AtOnce] = [door.kept, static] if door else [static]
    told: list[Told] = [metrics.tally()] if metrics.is_on() else []
    if settings.STANDFIRST.server.access_log:
        told.append(log_access)
    return Reception(
        at_once=at_once,
        rendered=door.rendered if door else django,
        entrance=Entrance(
            forms=settings.FORMS,
            editors_bytes=settings.LARGEST_UPLOAD,
            session_cookie=settings.SESSION_COOKIE_NAME,
            is_editor=is_editor,
        ),
        loop=loop,
        threads=THREADS,
        headers=list(security_headers().items()),
        takes_long=lambda path: path.startswith(SEARCHES),
        elsewhere=Elsewhere({Path(settings.MEDIA_ROOT): settings.X_ACCEL_PREFIX})
        if settings.STANDFIRST.server.x_accel
        else None,
        told=told,
    )


def is_editor(environ: Mapping[str, Any]) -> bool:
    """Whether a request's session is that of somebody who may work here: asked of its headers alone."""
    request = WSGIRequest({**environ, "REQUEST_METHOD": "GET"})
    close_old_connections()
    try:
        SessionMiddleware(lambda _: HttpResponse()).process_request(request)
        return bool(get_user(request).has_perm("wagtailadmin.access_admin"))
    finally:
        close_old_connections()


def log_access(environ: Mapping[str, Any], status: int, seconds: float) -> None:
    """A line for a request: neither who asked nor, in words, what for. Both are nobody's business."""
    access.info("%s %s %d %.1f ms", environ["REQUEST_METHOD"], environ["PATH_INFO"], status, seconds * 1000)
