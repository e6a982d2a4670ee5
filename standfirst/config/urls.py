"""Every address the publication answers, room by room."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from standfirst.config import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", views.media, name="media"),
    path("", include("standfirst.theme.urls")),
    path("", include("standfirst.search.urls")),
    path("", include("standfirst.archives.urls")),
    path("", include(wagtail_urls)),
]

handler400 = "standfirst.archives.failures.bad_request"
handler403 = "standfirst.archives.failures.forbidden"
handler404 = "standfirst.archives.failures.not_found"
handler500 = "standfirst.archives.failures.trouble"
