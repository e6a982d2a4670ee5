"""The addresses that programs read. Within a version none is ever given up, and no field changes its meaning."""

from django.urls import path, re_path

from . import views, works
from .parameters import ROOT
from .works import CITED_AS, KINDS

BELOW = ROOT.lstrip("/")
NUMBER = "(?P<number>[1-9][0-9]{0,17})"

urlpatterns = [
    path(BELOW, views.root, name="api"),
    path(f"{BELOW}openapi.json", views.openapi, name="openapi"),
    path(f"{BELOW}articles/", views.articles),
    re_path(rf"^{BELOW}articles/{NUMBER}/$", views.article),
    path(f"{BELOW}credits/", views.credits),
    path(f"{BELOW}contributors/", views.contributors),
    re_path(rf"^{BELOW}contributors/{NUMBER}/$", views.contributor),
    path(f"{BELOW}sections/", views.sections),
    re_path(rf"^{BELOW}sections/{NUMBER}/$", views.section),
    path(f"{BELOW}topics/", views.topics),
    re_path(rf"^{BELOW}topics/{NUMBER}/$", views.topic),
    # Without a slash at the end it may be one of those above, and leads there.
    re_path(rf"^{BELOW}(?P<path>.+/)$", views.nothing),
    re_path(rf"^articles/works\.(?P<kind>{KINDS})$", works.works),
    re_path(rf"^author/(?P<slug>[^/]+)/works\.(?P<kind>{KINDS})$", works.works_of_contributor),
    re_path(
        rf"^author/(?P<slug>[^/]+)/(?P<role>[^/]+)/works\.(?P<kind>{KINDS})$", works.works_of_contributor
    ),
    re_path(rf"^section/(?P<slug>[^/]+)/works\.(?P<kind>{KINDS})$", works.works_in_section),
    re_path(rf"^topic/(?P<slug>[^/]+)/works\.(?P<kind>{KINDS})$", works.works_on_topic),
    re_path(rf"^(?P<address>[0-9]{{4}}/[0-9]{{2}}/[^/]+)/cite\.(?P<kind>{CITED_AS})$", works.cite),
]
