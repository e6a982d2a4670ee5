"""Adjectives for contributors, each condition spelled once."""

from typing import Self, TypeVar

from django.db import models
from wagtail.search.queryset import SearchableQuerySetMixin

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ContributorQuerySet(SearchableQuerySetMixin, models.QuerySet[Row]):
    def present(self) -> Self:
        """Those who can be credited: neither merged away nor an unassigned place."""
        return self.filter(merged_into__isnull=True, unassigned_from__isnull=True)

    def in_public(self) -> Self:
        """Those whose page may be shown: whom readers may know of, and who is not withdrawn on purpose."""
        return self.present().filter(is_public=True, withdrawn_at__isnull=True)

    def listed(self) -> Self:
        """Those who appear in the A–Z of contributors."""
        return self.in_public().filter(is_listed=True)

    def alphabetical(self) -> Self:
        return self.order_by("sort_key", "pk")
