"""What readers find."""

import time
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standfirst.articles.entries import entries_by_id
from standfirst.articles.models import ArticlePage
from standfirst.bodies.rows import Link
from standfirst.bodies.text import written_texts
from standfirst.database.prepared import Prepared

from .asking import Asked, asked
from .finding import Found, find
from .leading import Named, named
from .marking import marked, passage
from .matches import Hit
from .meaning import Sought
from .models import State
from .narrowing import facets, narrowed
from .paths import path_of_results
from .rows import FoundArticles, FoundEntry, Results
from .spelling import proposals

BODIES = Prepared(
    lambda articles: ArticlePage.objects.filter(pk__in=articles).order_by().values_list("pk", "body")
)
PAGE = 20
# Nobody reads a thousand results, and beyond them nothing is counted.
DEEPEST = 50
MOST_COUNTED = PAGE * DEEPEST
# What may have been meant is tried as long as this.
SECONDS_FOR_PROPOSALS = 0.06


def results(query: str, page: int, *, by_date: bool = False) -> Results | None:
    """The page of results asked for; None if there is no such page."""
    wanted = asked(query)
    if not 1 <= page <= DEEPEST:
        return None
    if not wanted.said:
        return Results() if page == 1 else None
    first = named(wanted) if page == 1 else Named()
    found, instead = _found(wanted, first, by_date)
    start = (page - 1) * PAGE
    hits = found.hits[start : start + PAGE]
    if not hits and page > 1:
        return None
    shown = instead or wanted
    first = named(instead) if instead else first
    has_more = len(found.hits) > start + PAGE and page < DEEPEST
    return Results(
        count=_count(found),
        is_cut=found.is_cut or not is_whole(),
        wants_nothing=wanted.wants_nothing,
        instead=Link(instead.text, path_of_results(instead.text)) if instead else None,
        leads=first.leads,
        people=first.people,
        has_people_first=first.is_whole,
        entries=_entries(hits, found.sought),
        narrowed=narrowed(wanted, found, by_date=by_date),
        facets=facets(shown, found, by_date=by_date) if found.hits else (),
        orders=_orders(shown, by_date) if len(found.hits) > 1 else (),
        newer=_link(_("Previous results"), shown, page - 1, by_date) if page > 1 else None,
        older=_link(_("More results"), shown, page + 1, by_date) if has_more else None,
    )


def articles_found(query: str, start: int, limit: int, *, by_date: bool = False) -> FoundArticles:
    """The same for programs: which articles, from a place on in their order."""
    wanted = asked(query)
    if not wanted.said:
        return FoundArticles()
    first = named(wanted)
    found, instead = _found(wanted, first, by_date)
    return _articles(found, start, limit, searched_for=(instead or wanted).text)


def newest_found(query: str, limit: int) -> FoundArticles | None:
    """The newest that are found by what was asked, and by nothing that may have been meant instead; None for no question."""
    wanted = asked(query)
    if not wanted.said:
        return None
    return _articles(find(wanted, by_date=True), 0, limit, searched_for=wanted.text)


def _articles(found: Found, start: int, limit: int, *, searched_for: str) -> FoundArticles:
    within = found.hits[:MOST_COUNTED]
    return FoundArticles(
        articles=tuple(hit.article for hit in within[start : start + limit]),
        count=len(within),
        is_exact=len(found.hits) <= MOST_COUNTED and not found.is_cut and is_whole(),
        has_more=len(within) > start + limit,
        searched_for=searched_for,
    )


def is_whole() -> bool:
    """Whether everything public is in the index: not while it is made anew."""
    return not State.objects.filter(is_whole=False).exists()


def _found(wanted: Asked, first: Named, by_date: bool) -> tuple[Found, Asked | None]:
    """What was found and, if that is nothing, what is found by what may have been meant."""
    found = find(wanted, by_date=by_date)
    if found.hits or found.is_cut or first.people or first.leads or wanted.wants_nothing:
        return found, None
    end = time.monotonic() + SECONDS_FOR_PROPOSALS
    for proposed in proposals(wanted):
        # By names that are shown alone: that a former name finds something tells nobody that there is one.
        better = find(proposed, by_date=by_date, by_shown_names=True)
        if better.hits:
            return better, proposed
        if time.monotonic() > end:
            break
    return found, None


def _count(found: Found) -> str:
    number = len(found.hits)
    if number > MOST_COUNTED or found.is_full:
        return _("Over %(count)s articles") % {"count": f"{MOST_COUNTED:,}"}
    if found.is_cut:
        return ngettext("At least %(count)s article", "At least %(count)s articles", number) % {
            "count": f"{number:,}"
        }
    return ngettext("%(count)s article", "%(count)s articles", number) % {"count": f"{number:,}"}


def _entries(hits: Sequence[Hit], sought: Sought) -> tuple[FoundEntry, ...]:
    articles = [hit.article for hit in hits]
    # The gate once more: whatever the index says, what is not public has no entry.
    entries = entries_by_id(articles)
    bodies = dict(BODIES.rows(articles=list(entries))) if entries else {}
    return tuple(
        FoundEntry(
            entries[article],
            marked(entries[article].headline, sought),
            marked(entries[article].standfirst, sought),
            passage(written_texts(bodies[article].raw_data), sought),
        )
        for article in articles
        if article in entries
    )


def _orders(wanted: Asked, by_date: bool) -> tuple[Link, ...]:
    """The two orders; the one that these results are in leads nowhere."""
    best, newest = path_of_results(wanted.text), path_of_results(wanted.text, by_date=True)
    return (
        Link(_("Best first"), best if by_date else ""),
        Link(_("Newest first"), "" if by_date else newest),
    )


def _link(text: str, wanted: Asked, page: int, by_date: bool) -> Link:
    return Link(text, path_of_results(wanted.text, page=page, by_date=by_date))
