"""The tree of pages holds together: every page under its parent, every article whole and in its place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from standfirst.articles.models import ArticleIndexPage, ArticlePage

from .finding import Check, Found

STEP = Page.steplen

# Counts all children in one pass; asked for page by page it would be a search for each of a million.
MISCOUNTED = f"""
    SELECT page.id, page.title, page.numchild, COALESCE(below.pages, 0)
    FROM wagtailcore_page AS page
    LEFT JOIN (
        SELECT substr(path, 1, length(path) - {STEP}) AS parent, count(*) AS pages
        FROM wagtailcore_page GROUP BY 1
    ) AS below ON below.parent = page.path
    WHERE page.numchild <> COALESCE(below.pages, 0)
    ORDER BY page.id
"""
HALVED = """
    SELECT page_ptr_id FROM articles_articlepage
    WHERE NOT EXISTS (SELECT 1 FROM wagtailcore_page WHERE id = page_ptr_id)
    ORDER BY page_ptr_id
"""


def damaged_tree(now: datetime) -> Found:
    for page, title, stored, real in _rows(MISCOUNTED):
        yield (
            f"page:{page}",
            f"“{title}” (page {page}) says it has {stored:,} pages below it, and has {real:,}.",
        )

    pages = Page.objects.order_by("pk").values_list("pk", "title")
    misplaced = pages.alias(length=Length("path")).exclude(length=F("depth") * STEP)
    for page, title in misplaced.iterator():
        yield f"page:{page}", f"The place of “{title}” (page {page}) in the tree does not fit its depth."

    parent = Page.objects.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - STEP))
    orphans = pages.alias(length=Length("path")).filter(~Exists(parent), length__gt=STEP)
    for page, title in orphans.iterator():
        yield f"page:{page}", f"“{title}” (page {page}) is below a page that is not there."

    yield from _articles()


def _articles() -> Found:
    indexes = list(ArticleIndexPage.objects.order_by("pk").values_list("path", flat=True)[:2])
    if len(indexes) != 1:
        has = "no page" if not indexes else "more than one page"
        yield "publication", f"There is {has} under which articles are kept."
    else:
        path = indexes[0]
        outside = (
            ArticlePage.objects.alias(length=Length("path"), above=Substr("path", 1, Value(len(path))))
            .filter(~Q(above=path) | ~Q(length=len(path) + STEP))
            .order_by("pk")
        )
        for article, title in outside.values_list("pk", "title").iterator():
            yield (
                f"article:{article}",
                f"“{title}” (article {article}) is not among the articles in the tree.",
            )
    kind = ContentType.objects.get_for_model(ArticlePage)
    bodiless = Page.objects.filter(content_type=kind, articlepage__isnull=True).order_by("pk")
    for page, title in bodiless.values_list("pk", "title").iterator():
        yield f"article:{page}", f"“{title}” (page {page}) is an article, and its article is not there."
    for (article,) in _rows(HALVED):
        yield f"article:{article}", f"Article {article} has no page: headline and slug are not there."


def _rows(query: str) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


CHECKS = (
    Check(
        "tree",
        "The tree of pages is damaged",
        "Make a backup, then run `standfirst manage fixtree`; what half is missing must come from an older backup.",
        damaged_tree,
    ),
)
