"""Reads about contributors that other rooms rely on."""

from django.db.models import Q

from standfirst.addresses.slugs import owner_of
from standfirst.text.names import matching_form

from .models import Alias, Contributor, ContributorSlug
from .querysets import ContributorQuerySet


def contributor_at(slug: str) -> Contributor | None:
    """The contributor whose slug this is, or ever was; None when it is nobody's.

    Compare the result's `slug` with the one asked for to tell a present address from a former one.
    """
    contributor: Contributor | None = owner_of(slug, ContributorSlug)
    return contributor


def namesakes_of(name: str, *, besides: int | None = None) -> ContributorQuerySet[Contributor]:
    """Contributors who have this name, however spelled, as their own or as an alias."""
    form = matching_form(name)
    known = Contributor.objects.filter(
        Q(matching_form=form) | Q(pk__in=Alias.objects.filter(matching_form=form).values("contributor"))
    )
    return known.exclude(pk=besides).alphabetical()
