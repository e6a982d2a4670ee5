"""Writes to contributors. Every one says who did it, and is whole or not at all."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from standfirst.addresses.redirects import readdress
from standfirst.addresses.slugs import save_with_slug

from .models import Contributor, ContributorSlug, Kind


@transaction.atomic
def create_contributor(
    *,
    display_name: str,
    by: AbstractBaseUser | None,
    kind: str = Kind.PERSON,
    slug: str = "",
    **details: Any,
) -> Contributor:
    """A new contributor, with the slug asked for or one made from the name.

    `by` is None for an import or a command. `details` are further fields of `Contributor`.
    Raises SlugTaken if the slug asked for is or was another contributor's.
    """
    contributor = Contributor(display_name=display_name, kind=kind, slug=slug, **details)
    save_contributor(contributor, by=by)
    return contributor


@transaction.atomic
def save_contributor(contributor: Contributor, *, by: AbstractBaseUser | None) -> Contributor:
    """Store a contributor, new or edited, keeping every slug they ever had as theirs. Raises SlugTaken."""
    is_new = contributor.pk is None
    former = save_with_slug(
        contributor, ContributorSlug, name=contributor.display_name, fallback="contributor"
    )
    if former:
        readdress(f"/author/{former}/", f"/author/{contributor.slug}/")
    log(instance=contributor, action="wagtail.create" if is_new else "wagtail.edit", user=by)
    return contributor


@transaction.atomic
def change_slug(contributor: Contributor, *, slug: str, by: AbstractBaseUser | None) -> Contributor:
    """Give a contributor another address; the old one leads to it for good."""
    contributor.slug = slug
    return save_contributor(contributor, by=by)


@transaction.atomic
def rename_contributor(
    contributor: Contributor, *, display_name: str, by: AbstractBaseUser | None
) -> Contributor:
    """Change a contributor's name from now on. What was printed stays, and so does the address."""
    contributor.display_name = display_name
    contributor.sort_name = ""
    return save_contributor(contributor, by=by)


@transaction.atomic
def withdraw_contributor(contributor: Contributor, *, by: AbstractBaseUser | None) -> Contributor:
    """Take a contributor's page away on purpose: it answers 410, and bylines no longer link to it."""
    contributor.withdrawn_at = timezone.now()
    return save_contributor(contributor, by=by)


@transaction.atomic
def restore_contributor(contributor: Contributor, *, by: AbstractBaseUser | None) -> Contributor:
    """Undo a withdrawal."""
    contributor.withdrawn_at = None
    return save_contributor(contributor, by=by)
