"""Every address that is a room's. The server's own come before them: `serving.urls`."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from standfirst.addresses.views import page_in_tree

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    # Wagtail looks this name up whenever a document is not for everybody, and leads to WAGTAIL_FRONTEND_LOGIN_URL.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
        name="wagtailcore_login",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("standfirst.theme.urls")),
    path("", include("standfirst.search.urls")),
    path("", include("standfirst.api.urls")),
    path("", include("standfirst.cards.urls")),
    path("", include("standfirst.sitemaps.urls")),
    path("", include("standfirst.archives.urls")),
    path("", include("standfirst.feeds.urls")),
    # The pages of the publication's own. Wagtail's other addresses are for pages behind a password; we have none.
    re_path(serve_pattern, page_in_tree, name="wagtail_serve"),
]
