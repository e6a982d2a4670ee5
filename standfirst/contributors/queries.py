"""Reads about contributors that other rooms rely on."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from standfirst.addresses.slugs import can_be_slug
from standfirst.database.batches import batched
from standfirst.database.prepared import Prepared
from standfirst.pagecache.recording import shows
from standfirst.text.names import matching_form

from . import cachekeys
from .models import Alias, Contributor, ContributorSlug, EmailDigest, NameKey, NotTheSame
from .querysets import ContributorQuerySet

# Mailboxes that several people read, or nobody: such an address says nothing of who wrote.
SHARED_MAILBOXES = frozenset(
    """
    abuse admin administrator blog bot contact contacto contato desk donotreply editor editorial editors example
    feedback hello hi hola info information kontakt letters mail mailbox media news newsdesk newsletter newsroom
    noreply office online post postmaster press presse redaccion redacao redaktion redaction reply root sales
    secretary service site staff support system team test user web webmaster website wordpress
    """.strip().split()
)
BY_SLUG = Prepared(
    lambda slug: Contributor.objects.filter(
        pk__in=ContributorSlug.objects.filter(slug=slug, is_silent=False).values("owner")
    ).order_by()
)
HAVING_KEY = Prepared(
    lambda key: (
        NameKey.objects.filter(key=key).order_by("contributor_id").values_list("key", "contributor_id")
    )
)
BY_ID = Prepared(lambda contributor: Contributor.objects.filter(pk=contributor).order_by())


def contributor_at(slug: str) -> Contributor | None:
    """The contributor whose slug this is, or ever was, also through a merge.

    None when it leads to nobody, or to nobody whom readers may know of. Compare the result's `slug` with the one asked for to tell a present address from a former one.
    """
    return _known_to_readers(BY_SLUG.first(slug=slug) if can_be_slug(slug) else None)


def contributor_with_id(number: int) -> Contributor | None:
    """The contributor who has this id, or had it before a merge; None for nobody, or nobody whom readers may know of."""
    shows(cachekeys.contributor(number))
    return _known_to_readers(BY_ID.first(contributor=number))


def _known_to_readers(contributor: Contributor | None) -> Contributor | None:
    passed = set()
    while contributor is not None and contributor.merged_into_id is not None:
        if contributor.pk in passed:
            return None  # A ring, which only somebody who writes to the table can make: it leads to nobody.
        passed.add(contributor.pk)
        shows(cachekeys.contributor(contributor.merged_into_id))
        contributor = BY_ID.first(contributor=contributor.merged_into_id)
    if contributor is None or not contributor.is_public or contributor.is_unassigned_place:
        return None
    return contributor


def presently(contributors: Iterable[int]) -> dict[int, int]:
    """For each of these ids that was merged away, the id of whoever they are now. Others are not in it.

    One query where nobody was merged, and one more for each link of the longest chain.
    """
    now: dict[int, int] = {}
    asked = set(contributors)
    while asked:
        found = dict(
            Contributor.objects.filter(pk__in=asked, merged_into__isnull=False)
            .order_by()
            .values_list("pk", "merged_into_id")
        )
        now |= found
        asked = set(found.values()) - set(now)
    return {number: _end(number, now) for number in now}


def known_as_one(contributor: int) -> set[int]:
    """The ids of a contributor and of everybody who was merged into them, however long ago."""
    return {contributor} | _absorbed_by({contributor})


def namesakes_of(name: str, *, besides: int | None = None) -> ContributorQuerySet[Contributor]:
    """Contributors who have this name, however spelled, as their own, as an alias or from a merge."""
    form = matching_form(name)
    known = set(
        Contributor.objects.filter(
            Q(matching_form=form) | Q(pk__in=Alias.objects.filter(matching_form=form).values("contributor"))
        ).values_list("pk", flat=True)
    )
    now = presently(known)
    present = {now.get(number, number) for number in known}
    return Contributor.objects.present().filter(pk__in=present).exclude(pk=besides).alphabetical()


def having_keys(keys: Iterable[str], *, limit: int) -> dict[str, list[int]]:
    """The ids of contributors who have these name keys, by key: so many of each at most, those who were here first."""
    found: dict[str, list[int]] = {}
    for key, contributor in HAVING_KEY.of_each("key", sorted(set(keys)), limit=limit):
        found.setdefault(key, []).append(contributor)
    return found


def are_different(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of these pairs of ids that somebody said are two, as they are now or through whoever was merged into them."""
    pairs = set(pairs)
    others = different_from(number for pair in pairs for number in pair)
    if not others:
        return set()
    now = presently(number for pair in pairs for number in pair)
    return {(a, b) for a, b in pairs if now.get(b, b) in others.get(a, ())}


def different_from(contributors: Iterable[int]) -> dict[int, set[int]]:
    """For each of these ids, the ids (as they are now) of those who were said to be others. Who has none is not in it."""
    asked = set(contributors)
    if not asked or not NotTheSame.objects.exists():
        return {}
    said: set[tuple[int, int]] = set()
    now = presently(asked)
    known = asked | set(now.values())
    for some in batched(sorted(known | _absorbed_by(known))):
        rows = NotTheSame.objects.filter(Q(first__in=some) | Q(second__in=some))
        said |= set(rows.values_list("first_id", "second_id"))
    now |= presently({number for pair in said for number in pair} - now.keys())
    others: dict[int, set[int]] = {}
    for first, second in said:
        first, second = now.get(first, first), now.get(second, second)
        others.setdefault(first, set()).add(second)
        others.setdefault(second, set()).add(first)
    return {number: others[now.get(number, number)] for number in asked if now.get(number, number) in others}


def slugs_of(contributors: Iterable[int]) -> list[str]:
    """Every slug that leads to these contributors: theirs, and those of whoever was merged into them."""
    people = set(contributors)
    return [
        slug
        for some in batched(sorted(people | _absorbed_by(people)))
        for slug in ContributorSlug.objects.filter(owner__in=some).values_list("slug", flat=True)
    ]


def _absorbed_by(contributors: set[int]) -> set[int]:
    known = asked = contributors
    while asked:
        found: set[int] = set()
        for some in batched(sorted(asked)):
            found |= set(Contributor.objects.filter(merged_into__in=some).values_list("pk", flat=True))
        asked = found - known
        known = known | asked
    return known - contributors


def contributors_with_email(emails: Iterable[str]) -> dict[str, int]:
    """Whose these addresses are, by address; those that are nobody's are not in it."""
    digests = {digest: email for email in emails if is_personal(email) for digest in _digests_of(email)}
    found: dict[str, int] = {}
    for some in batched(sorted(digests)):
        rows = EmailDigest.objects.filter(digest__in=some).values_list("digest", "contributor_id")
        found |= {digests[digest]: number for digest, number in rows}
    return found


def is_personal(email: str) -> bool:
    """Whether an address may be somebody's own, and no office's: `redaktion@` is read by many."""
    mailbox, at, host = email.strip().casefold().partition("@")
    return bool(at and host) and not SHARED_MAILBOXES & set(re.split(r"[._+-]", mailbox))


def digest_of(email: str) -> str:
    """What an e-mail address is recognised by. Keyed with the publication's secret, so that no list of addresses tells."""
    return _digests_of(email)[0]


def _digests_of(email: str) -> list[str]:
    """With the secret of today, and with those it had before: as with sessions, an address outlives a change of secret."""
    return [
        salted_hmac(
            "standfirst.contributors.email", email.strip().casefold(), secret=secret, algorithm="sha256"
        ).hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def _end(number: int, now: dict[int, int]) -> int:
    # As many steps as there are links: should there ever be a ring, it is not walked for ever.
    for _step in now:
        if number not in now:
            break
        number = now[number]
    return number
