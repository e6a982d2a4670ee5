"""Every address the publication answers, room by room."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve

from standfirst.config import views
from standfirst.pagecache.policy import shared

public_page = shared(
    "A page of the publication is the same for everybody: none is behind a login or a password."
)

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("admin/", include(wagtailadmin_urls)),
    # Wagtail looks this name up whenever a document is not for everybody, and leads to WAGTAIL_FRONTEND_LOGIN_URL.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
        name="wagtailcore_login",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", views.media, name="media"),
    path("", include("standfirst.theme.urls")),
    path("", include("standfirst.search.urls")),
    path("", include("standfirst.archives.urls")),
    # The pages of the publication's own. Wagtail's other addresses are for pages behind a password; we have none.
    re_path(serve_pattern, public_page(serve), name="wagtail_serve"),
]

handler400 = "standfirst.archives.failures.bad_request"
handler403 = "standfirst.archives.failures.forbidden"
handler404 = "standfirst.archives.failures.not_found"
handler500 = "standfirst.archives.failures.trouble"
