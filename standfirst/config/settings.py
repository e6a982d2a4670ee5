"""Django's settings for one publication, derived from its `standfirst.toml`.

Nothing here is meant to be edited for a publication: what may differ is a line of that file (`docs/settings.md`).
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import global_settings
from pythonjsonlogger.core import RESERVED_ATTRS

from standfirst.addresses.old_keys import OLD_KEYS
from standfirst.api.parameters import COUNTED
from standfirst.config import publication_file
from standfirst.config.edition import edition_of
from standfirst.theme.catalogues import broken_catalogues, shipped_catalogues, words_of

STANDFIRST = publication_file.read(publication_file.find_home())
PACKAGE = Path(__file__).resolve().parent.parent

# --- who we are ------------------------------------------------------------------------------------------------

SECRET_KEY = publication_file.read_secret(STANDFIRST.home)
DEBUG = os.environ.get("STANDFIRST_DEBUG") == "1"
ALLOWED_HOSTS = [STANDFIRST.hostname, "localhost", "127.0.0.1", "[::1]"]
# Where crawlers may read the magazine: at its own address, or nowhere. Elsewhere they are told to keep out.
CRAWLED_HOST = STANDFIRST.hostname if STANDFIRST.crawlers.search else ""
CSRF_TRUSTED_ORIGINS = [STANDFIRST.address]

ROOT_URLCONF = "standfirst.serving.urls"
WSGI_APPLICATION = "standfirst.serving.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "standfirst.pagecache",
    "standfirst.addresses",
    "standfirst.contributors",
    "standfirst.publications",
    "standfirst.bylines",
    "standfirst.articles",
    "standfirst.identity",
    "standfirst.review",
    "standfirst.archives",
    "standfirst.feeds",
    "standfirst.search",
    "standfirst.importers",
    "standfirst.backoffice",
    "standfirst.theme",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Before the pages are kept: what it says depends on the host, and they do not.
    "standfirst.serving.keeping_out.KeepingOut",
    "standfirst.pagecache.middleware.Keeping",
    "standfirst.serving.headers.SecurityHeaders",
    "standfirst.addresses.middleware.no_endless_addresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "standfirst.addresses.middleware.slashes_appended",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "standfirst.backoffice.logging_in.PasswordLinks",
    "standfirst.archives.middleware.WithdrawnIsGone",
    "standfirst.addresses.middleware.addresses_shown",
    "standfirst.feeds.middleware.old_feeds",
    "standfirst.archives.old_lists.old_lists",
    "standfirst.addresses.middleware.old_addresses",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        # What readers see. A publication's own templates go before the shipped ones, one by one.
        "BACKEND": "standfirst.theme.overriding.Theme",
        "NAME": "jinja2",
        "DIRS": [STANDFIRST.theme / "templates", PACKAGE / "theme" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "standfirst.theme.jinja2.environment",
            "context_processors": [
                "standfirst.archives.context.on_every_page",
                "standfirst.cards.context.sharing",
            ],
        },
    },
    {
        # What editors see.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- the database ----------------------------------------------------------------------------------------------

SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,  # Seconds a writer waits for the one before it.
    # A transaction that reads first and writes later would fail at once, without waiting, if another wrote between.
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;"  # Readers and the writer don't wait for each other.
        "PRAGMA synchronous=NORMAL;"  # Safe with WAL; a power cut may take the last commits, never the file.
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-32000;"
        "PRAGMA mmap_size=268435456;"
        "PRAGMA journal_size_limit=67108864;"
    ),
}


def database_settings(database: publication_file.Database, connections: int) -> dict[str, Any]:
    """What Django, and our pool for PostgreSQL, want to know about a database."""
    if database.engine == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": database.name,
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": None,  # Opening costs more than keeping: the pragmas are set once for each thread.
        }
    return {
        "ENGINE": "standfirst.database.postgresql",
        "NAME": database.name,
        "USER": database.user,
        "PASSWORD": database.password,
        "HOST": database.host,
        "PORT": database.port,
        "OPTIONS": dict(database.options),
        "CONN_MAX_AGE": 0,  # Given back to the pool after each request.
        "CONNECTIONS": connections,
    }


DATABASES = {"default": database_settings(STANDFIRST.database, STANDFIRST.server.connections)}

# No cache that lives in one process: a second worker would go on serving what the first has changed.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def purger_settings(purge: publication_file.Purge, home: Path) -> dict[str, Any]:
    """What `pagecache.purgers` wants to know about the cache outside; nothing if there is none."""
    token = publication_file.read_purge_token(home, purge)
    match purge.kind:
        case "varnish":
            return {"kind": "varnish", "urls": purge.urls, "soft": purge.soft}
        case "fastly":
            return {"kind": "fastly", "service": purge.service, "token": token, "soft": purge.soft}
        case "cloudflare":
            return {"kind": "cloudflare", "zone": purge.zone, "token": token}
    return {}


PAGECACHE: dict[str, Any] = {
    "is_on": STANDFIRST.cache.keep,
    "limit": STANDFIRST.cache.megabytes * 1_000_000,
    # The front page answers for `/?p=123`, as the system before may have done.
    "counted": {"/": OLD_KEYS, **COUNTED},
    "edition": edition_of(STANDFIRST, PACKAGE),
    "leases": STANDFIRST.home / ".leases",
    "purger": purger_settings(STANDFIRST.purge, STANDFIRST.home),
}

FEEDS: dict[str, Any] = {"has_bodies": STANDFIRST.feeds.content == "full", "hub": STANDFIRST.feeds.hub}

# Touched by the scheduler as long as it is well (`/healthz`).
HEARTBEAT = STANDFIRST.home / ".heartbeat"

# What imports remember of the texts they converted.
CONVERSIONS = STANDFIRST.home / ".conversions"

# --- language and time -----------------------------------------------------------------------------------------

# What readers are told it is written in, whether or not anybody has translated the interface into that.
PUBLICATION_LANGUAGE = STANDFIRST.language
# A damaged catalogue of the publication's own would take down every page: without it, its words are the shipped ones.
LOCALE_PATHS = [
    *([] if broken_catalogues(STANDFIRST.theme / "locale") else [STANDFIRST.theme / "locale"]),
    PACKAGE / "theme" / "locale",
]
LANGUAGE_CODE = words_of(
    PUBLICATION_LANGUAGE, [*LOCALE_PATHS, *shipped_catalogues(["django.conf", *INSTALLED_APPS])]
)
LANGUAGES_BIDI = [*global_settings.LANGUAGES_BIDI, "ckb", "dv", "nqo", "ps", "sd", "syr", "yi"]
LANGUAGES = list(global_settings.LANGUAGES)
if LANGUAGE_CODE not in dict(LANGUAGES):
    LANGUAGES.append((LANGUAGE_CODE, LANGUAGE_CODE))
WAGTAIL_CONTENT_LANGUAGES = [(LANGUAGE_CODE, dict(LANGUAGES)[LANGUAGE_CODE])]
WAGTAIL_I18N_ENABLED = False
USE_I18N = True
USE_TZ = True
TIME_ZONE = STANDFIRST.time_zone

# --- files -----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = STANDFIRST.static_root
STATICFILES_DIRS = [p for p in (STANDFIRST.theme / "static", PACKAGE / "theme" / "static") if p.is_dir()]
STATICFILES_FINDERS = [
    "standfirst.serving.static.OwnFinder",
    "standfirst.serving.static.AppFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = STANDFIRST.media
# Whatever the umask: media is for our group (the server before us is of it), the style for everybody.
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "standfirst.serving.static.HashedStaticFiles",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
# What the server before us calls the media, where it sends them (`server.x_accel`). Nobody can ask for it by this name.
X_ACCEL_PREFIX = "/-media/"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # An article with many blocks is a large form.

# --- safety ----------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
# Attempts are counted before a password is looked at. What is counted together is said in `backoffice.logging_in`.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "standfirst.backoffice.logging_in.Attempts"
AXES_CLIENT_IP_CALLABLE = "standfirst.backoffice.logging_in.reader_address"
AXES_LOCKOUT_CALLABLE = "standfirst.backoffice.logging_in.refused"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Whoever is refused and tries on does not wait longer for it, and must not write to the database either.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"  # Of whoever asks for a document that is not for everybody.
# `serving.headers` sends more than Django's own two middlewares. Frames are a matter of the policies (`frame-ancestors`).
IS_HTTPS = STANDFIRST.is_https
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
if IS_HTTPS:
    # `serve` speaks plain HTTP to the server in front of it, which must set this header and drop a reader's own.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- mail ------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = {
    "none": "django.core.mail.backends.dummy.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
}[STANDFIRST.mail.kind]
EMAIL_HOST = STANDFIRST.mail.host
EMAIL_PORT = STANDFIRST.mail.port
EMAIL_HOST_USER = STANDFIRST.mail.user
EMAIL_HOST_PASSWORD = STANDFIRST.mail.password
EMAIL_USE_TLS = STANDFIRST.mail.use_tls
EMAIL_USE_SSL = STANDFIRST.mail.use_ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = STANDFIRST.mail_from or f"standfirst@{STANDFIRST.hostname}"

# --- the back office -------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = STANDFIRST.name
WAGTAILADMIN_BASE_URL = STANDFIRST.address
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = True
WAGTAIL_PASSWORD_RESET_ENABLED = STANDFIRST.mail.kind != "none"
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILDOCS_MAX_UPLOAD_SIZE = 48 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # Documents go through permissions; `/media/` shows only images.

# The addresses to which anything can be sent: the back office, and the form that asks for a collection's password.
FORMS = ("/admin/", "/documents/authenticate_with_password/")
# The largest file with the form around it. Only whoever is logged in may send so much (`serving.incoming`).
LARGEST_UPLOAD = max(WAGTAILIMAGES_MAX_UPLOAD_SIZE, WAGTAILDOCS_MAX_UPLOAD_SIZE) + 1024 * 1024
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "standfirst.backoffice.widgets.RichTextArea"}}

# Addresses and their history are ours (`addresses`). Wagtail's own redirects are made for drafts too, and making them
# has deleted all others (https://github.com/wagtail/wagtail/issues/13978).
WAGTAILREDIRECTS_AUTO_CREATE = False

# Nothing is fetched from, or told to, anybody else.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# No query of a reader's holds up the others for longer, whatever it is: a few times what the dearest takes among 100,000 articles.
SEARCH: dict[str, Any] = {"milliseconds": 40 if STANDFIRST.database.engine == "sqlite" else 80}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "standfirst.search.backend"}}

# --- the log ---------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "{levelname}{name}{message}",
            "style": "{",
            "timestamp": "time",
            "rename_fields": {"levelname": "level", "name": "logger", "exc_info": "traceback"},
            # Django hangs the request on its records: with it would come what readers send.
            "reserved_attrs": [*RESERVED_ATTRS, "request"],
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": STANDFIRST.server.log}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},  # Not every 404.
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # Scanners; nothing to mend.
        "standfirst": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "axes": {
            "handlers": ["stderr"],
            "level": "ERROR",
            "propagate": False,
        },  # `standfirst.logging_in` says it.
        "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "granian.access": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
