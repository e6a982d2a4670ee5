"""Giving the credits of articles to others: what a merge and a split have in common, and what follows from either."""

from collections.abc import Callable, Collection, Iterable
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backend

from standfirst.articles.cachekeys import article as listed_article
from standfirst.articles.merged_away import given_to
from standfirst.articles.models import ArticlePage
from standfirst.articles.publishing import relist
from standfirst.articles.signals import recredited
from standfirst.bodies.cachekeys import page_text
from standfirst.bylines.models import Credit
from standfirst.contributors.cachekeys import contributor
from standfirst.database.batches import batched
from standfirst.pagecache.actions import changed

# More articles than this are not announced one by one.
NAMED = 100

Owner = Callable[[int, int, int], int]
"""Of an article's, a contributor's and a role's id: whose credit that is now."""


def give_credits(articles: Collection[int], owner: Owner, **link: object) -> None:
    """Give the stored credits of these articles to whoever `owner` says; `link` says how that is known.

    Printed names stay. Where somebody would have one role twice the credit that is not their own goes.
    """
    shortened: list[int] = []
    for some in batched(sorted(articles)):
        found: dict[int, list[Credit]] = {}
        for credit in Credit.objects.filter(article__in=some).order_by("sort_order", "pk"):
            found.setdefault(credit.article_id, []).append(credit)
        wordings = dict(ArticlePage.objects.filter(pk__in=found).values_list("pk", "byline_wording"))
        moved: dict[int, list[int]] = {}
        lost: set[int] = set()
        for article, credits in found.items():
            were = {credit.pk: (credit.contributor_id, credit.sort_order) for credit in credits}
            staying, wording = given_to(credits, wordings[article], partial(owner, article))
            for credit in staying:
                former, order = were.pop(credit.pk)
                if credit.contributor_id != former:
                    moved.setdefault(credit.contributor_id, []).append(credit.pk)
                if credit.sort_order != order:
                    Credit.objects.filter(pk=credit.pk).update(sort_order=credit.sort_order)
            lost.update(were)
            shortened += [article] * bool(were)
            if wording != wordings[article]:
                ArticlePage.objects.filter(pk=article).update(byline_wording=wording)
        Credit.objects.filter(pk__in=lost).delete()
        for taker, taken in moved.items():
            Credit.objects.filter(pk__in=taken).update(contributor=taker, **link)
        _refer(some, moved, lost)
        relist_all(some)
        recredited.send(Credit, articles=some)
    reindex(shortened)


def relist_all(articles: Iterable[int]) -> None:
    """Make the places of these articles in the archives what they should be, and announce what differs."""
    for some in batched(articles):
        relist(
            ArticlePage.objects.filter(pk__in=some).only(
                "live", "is_public", "section", "first_published_at", "byline_wording"
            )
        )


def reindex(articles: Iterable[int]) -> None:
    """Let these articles, under which other names are printed now, be found by those: by readers and by editors."""
    for some in batched(sorted(set(articles)), 100):
        found = list(ArticlePage.objects.filter(pk__in=some).prefetch_related("credits"))
        recredited.send(Credit, articles=some)
        if found:
            get_search_backend().add_bulk(ArticlePage, found)


def announce_credits(articles: Collection[int], *people: int) -> None:
    """Announce that the credits of these articles, which were or are these people's, read otherwise now."""
    if len(articles) > NAMED:
        # Every page that names them, rather than each article of many.
        changed(*(contributor(number) for number in people))
        return
    public = ArticlePage.objects.published().filter(pk__in=articles).order_by().values_list("pk", flat=True)
    changed(*(key for number in public for key in (listed_article(number), page_text(number))))


def references_of_credits(articles: Iterable[int]) -> QuerySet[ReferenceIndex]:
    """What Wagtail's index of references has on the credits of these articles."""
    rows: QuerySet[ReferenceIndex] = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(article) for article in articles],
        content_path__startswith="credits.",
    )
    return rows


def _refer(articles: Iterable[int], moved: dict[int, list[int]], lost: Iterable[int]) -> None:
    rows = references_of_credits(articles)
    for taker, credits in moved.items():
        paths = [f"credits.{credit}.contributor" for credit in credits]
        rows.filter(content_path__in=paths).update(to_object_id=str(taker))
    paths = [
        f"credits.{credit}.{column}" for credit in lost for column in ("contributor", "role", "linked_by")
    ]
    rows.filter(content_path__in=paths).delete()
