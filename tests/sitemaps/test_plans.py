"""A file of a sitemap is a range of an index, however much there is beside it: what the database says it will do."""

import pytest
from django.db import connection

from standfirst.archives.archive import Archive
from standfirst.articles.models import ArticlePage
from standfirst.sitemaps import queries
from standfirst.sitemaps.months import Month
from tests.factories import a_contributor, a_magazine, some_articles

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    a_magazine()
    articles = some_articles(200, a_contributor())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # In so small a table reading everything is cheapest; the question is what it can do.
            cursor.execute("SET enable_seqscan = off; SET enable_bitmapscan = off")
            cursor.execute("ANALYZE articles_listing; ANALYZE articles_articlepage; ANALYZE wagtailcore_page")
    yield Month.of(articles[100].first_published_at)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET enable_seqscan; RESET enable_bitmapscan")


def test_a_month_is_read_as_a_range_and_nothing_is_counted_off(month) -> None:
    listings = queries._in_month(Archive.of_everything().listings, month).order_by()

    assert "archive_of_everything" in listings.values("published_at").explain()
    for part, parts in ((1, 1), (2, 4)):
        assert "OFFSET" not in str(queries._published_in(month, part, parts).query)


def test_what_was_updated_is_found_without_looking_through_all(month) -> None:
    updated = ArticlePage.objects.published().order_by().filter(updated_at__isnull=False).values_list("pk")

    assert "articles_updated" in updated.explain()
