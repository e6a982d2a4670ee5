"""The addresses of feeds: below each list's own, and below each of its archive pages. None is ever given up."""

from django.urls import path, register_converter

from . import subjects, views


class FeedKind:
    """The end of a feed's address."""

    regex = "|".join(views.FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FeedKind, "feed")

LISTS = {
    "articles/": subjects.everything,
    "author/<str:slug>/": subjects.by_contributor,
    "author/<str:slug>/<str:role>/": subjects.by_contributor,
    "section/<str:slug>/": subjects.in_section,
    "topic/<str:slug>/": subjects.on_topic,
}
urlpatterns = [
    path("feed.<feed:kind>", views.of_the_front),
    path("search/feed.<feed:kind>", views.of_a_search),
    *(
        path(f"{address}{page}feed.<feed:kind>", views.feed, {"of": of})
        for address, of in LISTS.items()
        for page in ("", "page/<str:number>/")
    ),
]
