"""Articles as lists show them. Every list on the site is made here, at three queries a list, four with pictures."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from standfirst.bodies.pictures import captioned, pictures
from standfirst.bodies.rows import Link
from standfirst.bylines.models import Credit, Prints
from standfirst.contributors.cachekeys import contributor as credited
from standfirst.contributors.paths import CONTRIBUTOR_PATHS
from standfirst.database.prepared import Prepared
from standfirst.pagecache.recording import shows
from standfirst.publications.cachekeys import section
from standfirst.publications.paths import SECTION_PATHS

from . import cachekeys
from .listings import articles as all_articles
from .paths import path_at
from .rows import ArchiveEntry

ENTRIES = Prepared(
    lambda articles: (
        all_articles()
        .published()
        .filter(pk__in=articles)
        .order_by()
        .values_list(
            "pk",
            "title",
            "address",
            "standfirst",
            "kicker",
            "listing_headline",
            "listing_standfirst",
            "first_published_at",
            "section_id",
            "section__name",
            "section__slug",
            "lead_image_id",
            "lead_image_alt",
            named=True,
        )
    )
)
CREDITS = Prepared(
    lambda articles: (
        Credit.objects.filter(article__in=articles)
        .order_by("sort_order", "pk")
        .values_list(
            "article_id",
            "contributor_id",
            "printed_name",
            "contributor__slug",
            "contributor__is_public",
            "contributor__withdrawn_at",
            "contributor__unassigned_from",
            "role__is_authorship",
            "role__prints",
            "role__sort_order",
            "role__label",
            named=True,
        )
    )
)


def entries_of(
    articles: Sequence[int], *, contributor: Model | None = None, with_pictures: bool = False
) -> tuple[ArchiveEntry, ...]:
    """The entries of these articles (by id), in the same order; see `entries_by_id`."""
    entries = entries_by_id(articles, contributor=contributor, with_pictures=with_pictures)
    return tuple(entries[article] for article in articles if article in entries)


def entries_by_id(
    articles: Sequence[int], *, contributor: Model | None = None, with_pictures: bool = False
) -> dict[int, ArchiveEntry]:
    """The entries of these articles, by id. Articles that are not public are left out.

    With `contributor`, entries are for that contributor's own archive: they name the others, and say that these are
    not all (“With”), and the further roles the contributor had.
    """
    if not articles:
        return {}
    rows = {row.pk: row for row in ENTRIES.rows(articles=list(articles))}
    names, roles = _names_and_roles(articles, contributor)
    shows(*(cachekeys.article(number) for number in rows))
    if with_pictures:
        shows(*(cachekeys.picture(number) for number in rows))
    shows(*(section(row.section_id) for row in rows.values() if row.section_id))
    shows(*(credited(number) for named in names.values() for number in named))
    images = pictures(row.lead_image_id for row in rows.values()) if with_pictures else {}
    zone = timezone.get_current_timezone()
    return {
        article: ArchiveEntry(
            headline=row.listing_headline or row.title,
            url=path_at(row.address),
            standfirst=row.listing_standfirst or row.standfirst,
            kicker=row.kicker,
            published_at=row.first_published_at.astimezone(zone),
            section=Link(row.section__name, SECTION_PATHS.of(row.section__slug))
            if row.section__slug
            else None,
            contributors=tuple(names.get(article, {}).values()),
            introduction=_("With") if contributor is not None and names.get(article) else "",
            also=tuple(roles.get(article, ())[1:]),
            picture=captioned(images.get(row.lead_image_id), alt=row.lead_image_alt),
        )
        for article, row in rows.items()
        if row.first_published_at  # Else somebody took it out of the table; the other entries are there all the same.
    }


def _names_and_roles(
    articles: Sequence[int], contributor: Model | None
) -> tuple[dict[int, dict[int, Link]], dict[int, list[str]]]:
    """Who is named with each article, once each, and which roles `contributor` had on it, foremost first."""
    names: dict[int, dict[int, Link]] = {}
    roles: dict[int, list[tuple[bool, int, str]]] = {}
    for credit in CREDITS.rows(articles=list(articles)):
        article = credit.article_id
        if contributor is not None and credit.contributor_id == contributor.pk:
            rank = (not credit.role__is_authorship, credit.role__sort_order, credit.role__label)
            roles.setdefault(article, []).append(rank)
        elif credit.role__prints == Prints.BYLINE:
            names.setdefault(article, {}).setdefault(credit.contributor_id, _link(credit))
    return names, {article: [str(label) for _, _, label in sorted(ranks)] for article, ranks in roles.items()}


def _link(credit: Any) -> Link:
    # As `Contributor.has_page`; credits of who was merged away are the other's.
    is_hidden = credit.contributor__withdrawn_at or credit.contributor__unassigned_from
    has_page = credit.contributor__is_public and not is_hidden
    return Link(credit.printed_name, CONTRIBUTOR_PATHS.of(credit.contributor__slug) if has_page else "")
