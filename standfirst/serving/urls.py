"""Every address the publication answers: the server's own, then those of the rooms."""

from django.urls import include, path

from standfirst.serving import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("media/<path:name>", views.media, name="media"),
    path("", include("standfirst.config.urls")),
]

handler400 = "standfirst.archives.failures.bad_request"
handler403 = "standfirst.archives.failures.forbidden"
handler404 = "standfirst.archives.failures.not_found"
handler500 = "standfirst.api.failures.trouble"
