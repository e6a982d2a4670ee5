"""Taking credits from a contributor who is two people, and giving each to whose it is, or to nobody yet."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from standfirst.addresses.slugs import save_with_slug
from standfirst.articles.revisions import given_to, revisions_of, rewrite_credits
from standfirst.bylines.models import Credit, Link
from standfirst.contributors.models import Contributor, ContributorSlug
from standfirst.contributors.queries import known_as_one
from standfirst.database.batches import batched

from .errors import CannotChange
from .giving import announce_credits, give_credits
from .held import held, refresh
from .journal import journalled
from .models import ChangeKind, IdentityChange
from .tables import CONTRIBUTORS, REVISIONS, SLUGS

# How the journal and the credits say that an editor decided.
BY_SPLIT = "split"
# Of an article: the new owners of a contributor's credits on it, by role.
Shares = dict[int, dict[int, int]]


def split(
    contributor: Contributor,
    credits: Mapping[int, Contributor | None],
    *,
    by: AbstractBaseUser | None,
    note: str,
) -> IdentityChange:
    """Give credits (by id) to others, or to the contributor's unassigned place."""
    with journalled(ChangeKind.SPLIT, contributor, by=by, note=note) as journal:
        (own,) = held(contributor)
        rows = _rows(own, credits)
        articles = {credit.article_id for credit in rows}
        versions = [
            number
            for some in batched(sorted(articles))
            for number in revisions_of(some).order_by().values_list("pk", flat=True)
        ]
        place = Contributor.objects.filter(unassigned_from=own).first()
        journal.watch(CONTRIBUTORS, "unassigned_from_id", [own.pk])
        # They may be public from now on.
        journal.watch(CONTRIBUTORS, "pk", {taker.pk for taker in credits.values() if taker is not None})
        journal.watch_articles(articles)
        journal.watch(REVISIONS, "pk", versions)

        if place is None and None in credits.values():
            place = _unassigned_place(own)
            journal.watch_made(SLUGS, place.slug)
        shares: Shares = {}
        for credit in rows:
            taker = credits[credit.pk] or place
            assert taker is not None
            shares.setdefault(credit.article_id, {})[credit.role_id] = taker.pk
        how = {"linked_how": Link.CONFIRMED, "linked_from": BY_SPLIT, "linked_by": by}
        give_credits(
            articles, lambda of, who, role: shares[of].get(role, who) if who == own.pk else who, **how
        )
        _give_in_versions(own, shares)
        takers = {taker for share in shares.values() for taker in share.values()}
        journal.change.details = {"takers": sorted(takers)}
        journal.change.save(update_fields=["details"])
        announce_credits(articles, own.pk, *takers)
    refresh(contributor)
    return journal.change


def _rows(contributor: Contributor, credits: Mapping[int, Contributor | None]) -> list[Credit]:
    """The credits to give away. Raises CannotChange if one is not the contributor's, or cannot be taken."""
    if contributor.is_merged:
        raise CannotChange(
            _("%(name)s was merged away: split who they were merged into.") % {"name": contributor}
        )
    rows = [
        credit
        for some in batched(sorted(credits))
        for credit in Credit.objects.filter(pk__in=some, contributor=contributor)
    ]
    if not credits or len(rows) != len(credits):
        raise CannotChange(_("Choose credits that are %(name)s's.") % {"name": contributor})
    if contributor.is_unassigned_place and None in credits.values():
        raise CannotChange(_("These credits are nobody's already: say whose they are."))
    takers = {taker.pk: taker for taker in credits.values() if taker is not None}
    for taker in Contributor.objects.filter(pk__in=takers):
        if taker.pk == contributor.pk or taker.is_merged or taker.is_unassigned_place:
            raise CannotChange(_("Credits cannot be given to %(name)s.") % {"name": taker})
    return rows


def _unassigned_place(contributor: Contributor) -> Contributor:
    """Where credits are that were taken from a contributor and are not yet anybody's. It has an address for nobody."""
    place = Contributor(
        display_name=contributor.display_name,
        sort_name=contributor.sort_name,
        kind=contributor.kind,
        is_listed=False,
        unassigned_from=contributor,
    )
    save_with_slug(place, ContributorSlug, name=f"unassigned {contributor.pk}", fallback="unassigned")
    ContributorSlug.objects.filter(owner=place).update(is_silent=True)
    return place


def _give_in_versions(contributor: Contributor, shares: Shares) -> None:
    """Give the credits in every old version, too: none may bring a credit back to whom it was taken from."""
    theirs = known_as_one(contributor.pk)
    staying = {
        (article, role)
        for some in batched(sorted(shares))
        for article, role in Credit.objects.filter(article__in=some, contributor=contributor).values_list(
            "article_id", "role_id"
        )
    }
    still_there = {article for article, _role in staying}
    for article, takers in shares.items():
        # A role they once had here and have no more goes with the rest, if all the rest goes to one.
        others = None if article in still_there else next(iter(takers.values()))
        rewrite_credits(revisions_of([article]), _giving(theirs, takers, others))


def _giving(
    theirs: set[int], takers: Mapping[int, int], others: int | None
) -> Callable[[list[dict[str, Any]], str], tuple[list[dict[str, Any]], str]]:
    def owner(who: int, role: int) -> int:
        if who not in theirs:
            return who
        return takers.get(role, who if others is None else others)

    return lambda credits, wording: given_to(credits, wording, owner)
