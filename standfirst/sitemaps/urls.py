"""The addresses that crawlers read. The files of a sitemap are named by what is in them, so that they last."""

from django.urls import path, re_path

from . import views

MONTH = "(?P<year>[12][0-9]{3})-(?P<month>0[1-9]|1[0-2])"

urlpatterns = [
    path("robots.txt", views.robots),
    path("sitemap.xml", views.index),
    path("sitemaps/news.xml", views.news),
    path("sitemaps/pages.xml", views.pages),
    re_path(rf"^sitemaps/articles-{MONTH}\.xml$", views.articles),
    re_path(
        rf"^sitemaps/articles-{MONTH}-(?P<part>[1-9][0-9]{{0,3}})-of-(?P<parts>[1-9][0-9]{{0,3}})\.xml$",
        views.articles,
    ),
    re_path(r"^sitemaps/contributors-(?P<number>0|[1-9][0-9]{0,8})\.xml$", views.contributors),
    re_path(r"^sitemaps/(?P<shelf>sections|topics)-(?P<number>0|[1-9][0-9]{0,8})\.xml$", views.shelves),
]
