"""Adjectives for contributors, each condition spelled once."""

from typing import Self, TypeVar

from django.db import models
from wagtail.search.queryset import SearchableQuerySetMixin

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ContributorQuerySet(SearchableQuerySetMixin, models.QuerySet[Row]):
    def in_public(self) -> Self:
        """Those whose page may be shown: everyone not withdrawn on purpose."""
        return self.filter(withdrawn_at__isnull=True)

    def listed(self) -> Self:
        """Those who appear in the A–Z of contributors."""
        return self.in_public().filter(is_listed=True)

    def alphabetical(self) -> Self:
        return self.order_by("sort_key", "pk")
