"""The addresses of share images and icons. Those of a card that has changed lead to what it is now."""

from django.urls import path, re_path

from . import views

VERSION = r"(?P<version>[0-9a-f]{12})"

urlpatterns = [
    re_path(rf"^share/publication-{VERSION}\.jpg$", views.publication),
    re_path(rf"^share/article/(?P<article>[1-9][0-9]{{0,17}})-{VERSION}\.jpg$", views.article),
    re_path(rf"^share/contributor/(?P<contributor>[1-9][0-9]{{0,17}})-{VERSION}\.jpg$", views.contributor),
    path("favicon.ico", views.favicon),
    path("apple-touch-icon.png", views.touch_icon),
    path("icon.svg", views.drawn_icon),
    re_path(r"^icon-(?P<icon>192|512|maskable-512)\.png$", views.icon),
    path("site.webmanifest", views.manifest),
]
