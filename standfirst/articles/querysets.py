"""Adjectives for articles and listings, each condition spelled once."""

from typing import Self, TypeVar

from django.db import models
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ArticleQuerySet(PageQuerySet):
    def published(self) -> Self:
        """Those a reader, or a program, may have: live, and under no embargo. The gate, for many.

        `is_public` says both, and is kept by `publishing`. `live` is asked again, for whoever wrote it in a way that
        nobody is told of, such as `Page.objects.update(live=False)`: what the desk calls unpublished is out of sight.
        `ArticlePage.is_before_readers` is the same for one that is at hand (tests/archives/test_gate.py holds them to
        one another).
        """
        return self.filter(is_public=True, live=True)

    def embargo_ended(self, *, at: object) -> Self:
        """Those published under an embargo that is over, and not yet public."""
        return self.under_embargo(embargoed_until__lte=at)

    def under_embargo(self, **when: object) -> Self:
        """Those that are live but not public, by when their embargo ends; read from its index, whatever the pages."""
        held_back = self.model._base_manager.filter(is_public=False, **when).order_by()
        return self.filter(live=True, pk__in=held_back.values("pk"))


ArticleManager = PageManager.from_queryset(ArticleQuerySet)


class ListingQuerySet(models.QuerySet[Row]):
    def oldest_first(self) -> Self:
        return self.order_by("published_at", "article_id")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-article_id")
