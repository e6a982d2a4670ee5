"""The application a WSGI server runs: `granian --interface wsgi standfirst.serving.wsgi:application`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "standfirst.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from standfirst.config.static import static_files
from standfirst.pagecache.conf import settings as pagecache_settings
from standfirst.pagecache.kept_pages import kept_pages
from standfirst.pagecache.leases import Leases
from standfirst.serving import metrics
from standfirst.serving.front_door import Application, FrontDoor


def front_door(behind: Application) -> Application:
    """The application with the kept pages before it; alone, where none are kept."""
    pagecache = pagecache_settings()
    if not pagecache.is_on:
        return behind
    return FrontDoor(
        behind,
        kept_pages(),
        Leases(pagecache.leases),
        hosts=settings.ALLOWED_HOSTS,
        counted=pagecache.counted,
        edition=pagecache.edition,
        session_cookie=settings.SESSION_COOKIE_NAME,
        elsewhere=(settings.STATIC_URL, settings.MEDIA_URL, "/admin/"),
        noted=metrics.noting() if metrics.is_on() else None,
    )


application = front_door(static_files(get_wsgi_application()))
if metrics.is_on():
    application = metrics.measured(application)
