"""The search of Wagtail's own screens: by names, drafts too, and asked once."""

import pytest
from django.db import connection
from wagtail.models import Page

from standfirst.articles.models import ArticlePage
from tests.factories import a_contributor, a_magazine, an_article, some_articles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def magazine():
    a_magazine()


def test_editors_find_articles_by_headline_names_and_standfirst_drafts_too():
    ada = a_contributor("Ada Quill")
    draft = an_article(ada, headline="The slow river", standfirst="On barges.", publish=False)
    public = an_article(ada, headline="The fast one")

    for words, wanted in (("slow", draft), ("barges", draft), ("river barges", draft), ("quill", public)):
        assert [found.pk for found in ArticlePage.objects.search(words)] == [wanted.pk]
        assert [found.pk for found in Page.objects.search(words)] == [wanted.pk]
    assert [found.pk for found in Page.objects.autocomplete("slo")] == [draft.pk]


def test_what_is_in_a_quotation_mark_is_no_error():
    an_article(headline='A 5" gun')

    assert len(ArticlePage.objects.search('5" gun')) == 1


def test_a_search_asks_for_what_matches_once(django_assert_num_queries):
    some_articles(60)

    with django_assert_num_queries(2 if connection.vendor == "sqlite" else 1) as asked:
        found = list(ArticlePage.objects.search("article")[:20])

    assert len(found) == 20
    assert sum(query["sql"].count("MATCH") for query in asked) == (connection.vendor == "sqlite")


def test_filters_and_orders_hold():
    some_articles(5)
    draft = an_article(headline="Article that is a draft", publish=False)

    assert draft not in ArticlePage.objects.published().search("article")
    assert len(ArticlePage.objects.live().search("article")) == 5
    by_title = ArticlePage.objects.order_by("title").search("article", order_by_relevance=False)
    assert [page.title for page in by_title] == sorted(page.title for page in by_title)
