"""A prepared query finds what its queryset finds, whatever it is asked and however often."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from standfirst.articles.models import ArticlePage, Listing
from standfirst.contributors.models import Contributor
from standfirst.database.prepared import Prepared
from tests.factories import a_contributor, a_magazine, an_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    a_magazine()
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    return ada, ben, [an_article(ada), an_article(ada, (ben, "translator")), an_article(ben)]


def test_it_finds_what_its_queryset_finds_with_each_value(three):
    ada, ben, _ = three

    def articles_of(contributor):
        return (
            Listing.objects.filter(contributor=contributor).newest_first().values_list("article_id", "role")
        )

    prepared = Prepared(articles_of)

    for _again in range(2):
        for who in (ada, ben):
            assert prepared.rows(contributor=who.pk) == list(articles_of(who.pk))
        assert prepared.rows(contributor=None) == list(articles_of(None))


def test_a_list_may_have_any_length(three):
    _, _, articles = three
    prepared = Prepared(
        lambda articles: (
            ArticlePage.objects.filter(pk__in=articles).order_by("pk").values_list("pk", flat=True)
        )
    )
    numbers = [article.pk for article in articles]

    for some in (numbers, numbers[1:], numbers[:2], numbers[2:]):
        assert prepared.rows(articles=some) == some


def test_moments_are_compared_and_returned_as_the_orm_does(three):
    _, _, articles = three
    moment = articles[1].first_published_at
    prepared = Prepared(
        lambda moment: (
            ArticlePage.objects.filter(first_published_at__gte=moment)
            .order_by("first_published_at")
            .values_list("first_published_at", "is_public")
        )
    )

    assert prepared.rows(moment=moment) == [(moment, True), (articles[2].first_published_at, True)]
    assert prepared.rows(moment=moment + timedelta(microseconds=1)) == [
        (articles[2].first_published_at, True)
    ]


def test_it_makes_instances_where_the_queryset_does(three):
    ada, _, _ = three
    prepared = Prepared(lambda slug: Contributor.objects.filter(slugs__slug=slug))

    found = prepared.first(slug="ada-quill")

    assert found == ada
    assert found.display_name == "Ada Quill"
    assert found.aliases.count() == 0
    assert prepared.first(slug="nobody") is None


def test_limit_and_offset_cut_out_a_slice(three):
    prepared = Prepared(lambda: ArticlePage.objects.order_by("pk").values_list("pk", flat=True))
    everything = prepared.rows()

    assert prepared.rows(limit=2) == everything[:2]
    assert prepared.rows(limit=1, offset=1) == everything[1:2]
    assert prepared.rows(limit=5, offset=3) == []


def test_a_change_is_seen_at_once(three):
    ada, _, _ = three
    prepared = Prepared(
        lambda contributor: (
            Listing.objects.filter(contributor=contributor)
            .order_by()
            .values("contributor")
            .annotate(number=Count("pk"))
            .values_list("number", flat=True)
        )
    )

    before = prepared.rows(contributor=ada.pk)
    an_article(ada)

    assert (before, prepared.rows(contributor=ada.pk)) == ([2], [3])


def test_it_asks_one_query(three):
    ada, _, _ = three
    prepared = Prepared(lambda slug: Contributor.objects.filter(slugs__slug=slug))

    with CaptureQueriesContext(connection) as captured:
        prepared.first(slug=ada.slug)

    assert len(captured) == 1


def test_what_it_cannot_make_it_refuses():
    prepared = Prepared(lambda slug: Contributor.objects.filter(slug=slug).values("slug"))

    with pytest.raises(TypeError):
        prepared.rows(slug="ada-quill")


def test_the_first_rows_of_each_are_asked_for_at_once(three, django_assert_num_queries):
    ada, ben, articles = three
    latest = Prepared(
        lambda who: (
            Listing.objects.filter(contributor=who, role=None)
            .order_by("-published_at")
            .values_list("contributor_id", "article_id")
        )
    )

    with django_assert_num_queries(1):
        one_each = latest.of_each("who", [ada.pk, ben.pk], limit=1)
        none = latest.of_each("who", [], limit=1)

    assert one_each == [(ada.pk, articles[1].pk), (ben.pk, articles[2].pk)]
    assert none == []
    assert len(latest.of_each("who", [ada.pk, ben.pk, ada.pk] * 50, limit=5)) == 2 * 100 + 50
