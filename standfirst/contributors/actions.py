"""Writes to contributors. Every one says who did it, and is whole or not at all."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from wagtail.log_actions import log

from standfirst.addresses.cachekeys import address
from standfirst.addresses.redirects import readdress
from standfirst.addresses.slugs import save_with_slug
from standfirst.database.batches import batched
from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import changed

from . import cachekeys
from .models import Contributor, ContributorSlug, EmailDigest, Kind, NotTheSame
from .paths import CONTRIBUTOR_PATHS
from .queries import digest_of, is_personal, known_as_one, slugs_of


@in_turn()
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


@in_turn()
def save_contributor(contributor: Contributor, *, by: AbstractBaseUser | None) -> Contributor:
    """Store a contributor, new or edited, keeping every slug they ever had as theirs. Raises SlugTaken.

    What changes who is who (a merge, a new name everywhere, another kind, a withdrawal) is in `identity.actions`,
    which keep a journal of it.
    """
    before = Contributor.objects.filter(pk=contributor.pk).first()
    if before is not None and before.is_public:
        contributor.is_public = True  # It lasts, whatever was known when the editing began.
    former = save_with_slug(
        contributor, ContributorSlug, name=contributor.display_name, fallback="contributor"
    )
    if former:
        readdress(CONTRIBUTOR_PATHS.of(former), contributor.path)
    # The present address leads here, whatever was wished of it when it was a former one.
    contributor.slugs.filter(slug=contributor.slug, is_silent=True).update(is_silent=False)
    log(instance=contributor, action="wagtail.edit" if before else "wagtail.create", user=by)
    changed(*what_changed(before, contributor))
    return contributor


@in_turn()
def change_slug(contributor: Contributor, *, slug: str, by: AbstractBaseUser | None) -> Contributor:
    """Give a contributor another address; the old one leads to it for good."""
    contributor.slug = slug
    return save_contributor(contributor, by=by)


def what_changed(before: Contributor | None, after: Contributor) -> set[str]:
    """The keys of what differs for readers between a contributor as stored before and as they are now."""
    if before is None:
        return {address(after.path), cachekeys.contributor(after.pk)} if after.is_public else set()
    keys = {cachekeys.profile(after.pk)}
    if before.is_public != after.is_public:
        keys |= _their_addresses([after.pk])
    if before.display_name != after.display_name:
        keys.add(cachekeys.name(after.pk))
    if before.fediverse != after.fediverse:
        keys.add(cachekeys.handle(after.pk))
    if _differ(before, after, "slug", "withdrawn_at", "merged_into_id", "kind", "is_public"):
        keys.add(cachekeys.contributor(after.pk))
    in_a_to_z = ("slug", "withdrawn_at", "merged_into_id", "display_name", "sort_name", "note", "is_listed")
    if _differ(before, after, *in_a_to_z):
        keys |= {cachekeys.EVERYBODY, cachekeys.under(before.letter), cachekeys.under(after.letter)}
    if _differ(before, after, "letter", "withdrawn_at", "merged_into_id", "is_listed"):
        keys.add(cachekeys.LETTERS)
    return keys


# Whoever calls it is in a transaction already: a savepoint of its own would cost more than it does.
@in_turn(savepoint=False)
def make_public(contributors: Iterable[int]) -> None:
    """Let readers know of these contributors (by id) from now on, and for good: something of theirs is public.

    Called by the one writer of what is public (`articles.publishing`). One query for a batch of those who are already.
    """
    for some in batched(sorted(set(contributors))):
        unknown = list(Contributor.objects.filter(pk__in=some, is_public=False).values_list("pk", flat=True))
        if unknown:
            Contributor.objects.filter(pk__in=unknown).update(is_public=True)
            changed(*_their_addresses(unknown), *map(cachekeys.contributor, unknown))


def _their_addresses(contributors: Iterable[int]) -> set[str]:
    return {address(CONTRIBUTOR_PATHS.of(slug)) for slug in slugs_of(contributors)}


def _differ(before: Contributor, after: Contributor, *fields: str) -> bool:
    return any(getattr(before, field) != getattr(after, field) for field in fields)


@in_turn()
def declare_different(*, a: Contributor, b: Contributor, by: AbstractBaseUser | None) -> None:
    """Remember for good that two contributors are two: nothing proposes again that they are one."""
    first, second = sorted((a.pk, b.pk))
    if first == second:
        raise ValueError("Nobody is different from themselves.")
    editor: Any = by
    NotTheSame.objects.get_or_create(first_id=first, second_id=second, defaults={"said_by": editor})


@in_turn()
def take_back_different(*, a: Contributor, b: Contributor, by: AbstractBaseUser | None) -> None:
    """Forget that two contributors were said to be two, be it of them or of whoever was merged into them."""
    ours, theirs = known_as_one(a.pk), known_as_one(b.pk)
    said = NotTheSame.objects.filter(
        Q(first__in=ours, second__in=theirs) | Q(first__in=theirs, second__in=ours)
    )
    if said.delete()[0]:
        log(instance=a, action="wagtail.edit", user=by)


def recognise_by_email(emails: Mapping[int, Iterable[str]]) -> None:
    """Keep what is needed to recognise contributors (by id) by these addresses; what is somebody else's stays theirs.

    Of an address that two of them have, or that an office has, nothing is kept: it says nothing.
    """
    owners: dict[str, set[int]] = {}
    for number, theirs in emails.items():
        for email in filter(is_personal, theirs):
            owners.setdefault(digest_of(email), set()).add(number)
    of_one = {digest: min(numbers) for digest, numbers in owners.items() if len(numbers) == 1}
    for some in batched(sorted(of_one)):
        known = set(EmailDigest.objects.filter(digest__in=some).values_list("digest", flat=True))
        EmailDigest.objects.bulk_create(
            EmailDigest(contributor_id=of_one[digest], digest=digest)
            for digest in some
            if digest not in known
        )
