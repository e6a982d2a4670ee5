"""What readers find."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from standfirst.articles.entries import entries_of
from standfirst.articles.models import ArticlePage
from standfirst.articles.rows import ArchiveEntry
from standfirst.bodies.rows import Link
from standfirst.contributors.models import Contributor

PATH = "/search/"
PAGE = 20
DEEPEST = 50  # Nobody reads a thousand results, and what ranks there is noise.
PEOPLE = 8


@dataclass(frozen=True, slots=True)
class Found:
    entries: tuple[ArchiveEntry, ...] = ()
    people: tuple[Link, ...] = ()
    newer: Link | None = None
    older: Link | None = None


def found(query: str, number: str) -> Found | None:
    """The page of results asked for; None if there is no such page."""
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= DEEPEST):
        return None
    if not query:
        return Found() if number == "1" else None
    page = int(number)
    start = (page - 1) * PAGE
    ranked = list(ArticlePage.objects.published().search(query)[start : start + PAGE + 1])
    if not ranked and page > 1:
        return None
    people = Contributor.objects.in_public().search(query)[:PEOPLE] if page == 1 else ()
    return Found(
        entries=entries_of([article.pk for article in ranked[:PAGE]]),
        people=tuple(Link(person.display_name, person.path) for person in people),
        newer=_link(_("Previous results"), query, page - 1) if page > 1 else None,
        older=_link(_("More results"), query, page + 1) if len(ranked) > PAGE and page < DEEPEST else None,
    )


def _link(text: str, query: str, page: int) -> Link:
    return Link(text, f"{PATH}?" + urlencode({"q": query} | ({"page": page} if page > 1 else {})))
