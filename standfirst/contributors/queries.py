"""Reads about contributors that other rooms rely on."""

from standfirst.addresses.slugs import owner_of

from .models import Contributor, ContributorSlug


def contributor_at(slug: str) -> Contributor | None:
    """The contributor whose slug this is, or ever was; None when it is nobody's.

    Compare the result's `slug` with the one asked for to tell a present address from a former one.
    """
    return owner_of(slug, ContributorSlug)
