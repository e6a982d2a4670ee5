"""The addresses that programs read. Within a version none is ever given up, and no field changes its meaning."""

import re

from django.urls import path, re_path

from standfirst.archives.archive import WHOLE_AS
from standfirst.articles.paths import CITED_AS

from . import views, works
from .parameters import ROOT

BELOW = ROOT.lstrip("/")
WHOLE = rf"works\.(?P<form>{'|'.join(map(re.escape, WHOLE_AS))})$"
CITED = rf"cite\.(?P<form>{'|'.join(map(re.escape, CITED_AS))})$"
NUMBER = "(?P<pk>[1-9][0-9]{0,17})"

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
    path(f"{BELOW}search/", views.search),
    # Without a slash at the end it may be one of those above, and leads there.
    re_path(rf"^{BELOW}(?P<path>.+/)$", views.nothing),
    re_path(rf"^articles/{WHOLE}", works.works),
    re_path(rf"^author/(?P<slug>[^/]+)/{WHOLE}", works.works_of_contributor),
    re_path(rf"^author/(?P<slug>[^/]+)/(?P<role>[^/]+)/{WHOLE}", works.works_of_contributor),
    re_path(rf"^section/(?P<slug>[^/]+)/{WHOLE}", works.works_in_section),
    re_path(rf"^topic/(?P<slug>[^/]+)/{WHOLE}", works.works_on_topic),
    re_path(rf"^(?P<year>[0-9]{{4}})/(?P<month>[0-9]{{2}})/(?P<slug>[^/]+)/{CITED}", works.cite),
]
