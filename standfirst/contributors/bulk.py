"""Storing many contributors at once, as an import does, in the same state as if each had been created."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.search.backends import get_search_backend

from standfirst.addresses.cachekeys import address
from standfirst.addresses.slugs import free_slug
from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import changed
from standfirst.text.slugs import slug_for

from . import cachekeys
from .models import Alias, Contributor, ContributorLink, ContributorSlug, keep_name_keys, read_names_to_index


@dataclass(frozen=True, slots=True)
class NewContributor:
    """A contributor not yet stored. The slug they have is one to keep if it is free; without one, the name makes it."""

    contributor: Contributor
    links: tuple[tuple[str, str], ...] = ()  # label and address
    aliases: tuple[str, ...] = ()


@in_turn()
def store_contributors(new: Sequence[NewContributor], *, by: AbstractBaseUser | None) -> None:
    """Store a batch of new contributors, in a few statements for all of them but for their search entries.

    Afterwards each has its id and a slug that is and was nobody else's.
    """
    people = [item.contributor for item in new]
    _give_slugs(people)
    for person in people:
        person.file_under_names()
    Contributor.objects.bulk_create(people)
    ContributorSlug.objects.bulk_create(ContributorSlug(slug=person.slug, owner=person) for person in people)
    links = [
        ContributorLink(contributor=item.contributor, label=label[:100], url=url[:500])
        for item in new
        for label, url in item.links
    ]
    aliases = [
        Alias(contributor=item.contributor, name=name[:255])
        for item in new
        for name in dict.fromkeys(item.aliases)
    ]
    for alias in aliases:
        alias.file_under_name()
    ContributorLink.objects.bulk_create(links)
    Alias.objects.bulk_create(aliases)
    keep_name_keys(people)
    read_names_to_index(people)
    get_search_backend().add_bulk(Contributor, people)
    _log(people, by)
    public = [person for person in people if person.is_public]
    changed(*(key for person in public for key in (address(person.path), cachekeys.contributor(person.pk))))


def _give_slugs(people: Sequence[Contributor]) -> None:
    wanted = [slug_for(person.slug or person.display_name, fallback="contributor") for person in people]
    taken = set(ContributorSlug.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    for person, slug in zip(people, wanted, strict=True):
        if slug in taken:
            slug = free_slug(slug, ContributorSlug, fallback="contributor", besides=taken)
        taken.add(slug)
        person.slug = slug


def _log(people: Sequence[Contributor], by: AbstractBaseUser | None) -> None:
    kind, now = ContentType.objects.get_for_model(Contributor), timezone.now()
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            object_id=str(person.pk),
            label=person.display_name,
            action="wagtail.create",
            timestamp=now,
            user=by,
        )
        for person in people
    )
