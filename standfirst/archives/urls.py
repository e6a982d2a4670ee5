"""The addresses that readers browse. They are relied on from outside; none is ever given up."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("", views.front, name="front"),
    path("articles/", views.everything, name="everything"),
    path("articles/page/<str:number>/", views.everything_page),
    path("author/<str:slug>/", views.contributor, name="contributor"),
    path("author/<str:slug>/page/<str:number>/", views.contributor_page),
    path("author/<str:slug>/<str:role>/page/<str:number>/", views.contributor_page),
    path("authors/", views.contributors, name="contributors"),
    path("authors/<str:letter>/", views.contributors),
    re_path(r"^id/contributor/(?P<contributor>[1-9][0-9]{0,17})/$", views.known_by_id),
    path("section/<str:slug>/", views.section, name="section"),
    path("section/<str:slug>/page/<str:number>/", views.section_page),
    path("topic/<str:slug>/", views.topic, name="topic"),
    path("topic/<str:slug>/page/<str:number>/", views.topic_page),
    re_path(r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<slug>[^/]+)/$", views.article, name="article"),
]
