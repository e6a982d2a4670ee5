"""Where readers search."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

SEARCH = "/search/"
# What a browser's address bar asks while somebody types there, and what it learns from where to ask.
SUGGESTIONS = f"{SEARCH}suggestions/"
DESCRIPTION = "/opensearch.xml"


def path_of_results(query: str, *, page: int = 1, by_date: bool = False) -> str:
    """The address of what is found."""
    asked = {"q": query} | ({"sort": "newest"} if by_date else {}) | ({"page": str(page)} if page > 1 else {})
    return f"{SEARCH}?{urlencode(asked)}"


def path_of_feed(query: str, kind: str) -> str:
    """The address of a feed of the newest that is found."""
    return f"{SEARCH}feed.{kind}?{urlencode({'q': query})}"


def title_of(query: str) -> str:
    """What the results of a query are called, on their page and in their feed."""
    return _("Search: %(query)s") % {"query": query}
