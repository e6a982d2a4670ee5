"""Every address the publication answers, room by room."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from standfirst.addresses.views import page_in_tree
from standfirst.config import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", views.media, name="media"),
    path("", include("standfirst.theme.urls")),
    path("", include("standfirst.search.urls")),
    path("", include("standfirst.archives.urls")),
    # The pages of the publication's own. Wagtail's other addresses are for pages behind a password; we have none.
    re_path(serve_pattern, page_in_tree, name="wagtail_serve"),
]

handler400 = "standfirst.archives.failures.bad_request"
handler403 = "standfirst.archives.failures.forbidden"
handler404 = "standfirst.archives.failures.not_found"
handler500 = "standfirst.archives.failures.trouble"
