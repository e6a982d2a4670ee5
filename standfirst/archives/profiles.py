"""The head of a contributor's page, and their work besides articles."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standfirst.addresses.richtext import rich
from standfirst.articles.entries import entries_of
from standfirst.articles.models import Listing
from standfirst.articles.rows import ArchiveEntry
from standfirst.bodies.pictures import captioned, pictures
from standfirst.bodies.rows import Link
from standfirst.bylines.models import Role
from standfirst.contributors.models import Alias, AuthorityId, Contributor, ContributorLink
from standfirst.database.prepared import Prepared

from .archive import Archive
from .rows import ContributorProfile, Heading, RoleWork, by_year

LINKS = Prepared(lambda contributor: ContributorLink.objects.filter(contributor=contributor))
AUTHORITY_IDS = Prepared(lambda contributor: AuthorityId.objects.filter(contributor=contributor))
PUBLIC_NAMES = Prepared(
    lambda contributor: Alias.objects.filter(contributor=contributor, is_public=True).values_list(
        "name", flat=True
    )
)
OTHER_ROLES = Prepared(
    lambda contributor: Role.objects.filter(
        pk__in=Listing.objects.filter(contributor=contributor, role__isnull=False).values("role")
    )
)


def heading(articles: int, other_work: Sequence[RoleWork]) -> Heading:
    """The words over a contributor's name: how many articles or, without any, how much in the role with most work."""
    if articles:
        text = ngettext("%(count)s Article by:", "%(count)s Articles by:", articles)
        return Heading(articles, text % {"count": f"{articles:,}"})
    count, counted = most_work((work.count, work.counted) for work in other_work)
    return Heading(count, _("%(work)s by:") % {"work": counted} if count else _("No articles yet by:"))


def most_work(by_role: Iterable[tuple[int, str]]) -> tuple[int, str]:
    """The count and the words of the role with most work; of two with as much, of the one that comes first."""
    return max(by_role, key=lambda work: work[0], default=(0, ""))


def work_title(contributor: Contributor, role: Role | None) -> str:
    """What a list of a contributor's articles or, with a role, of their other work is called elsewhere."""
    return f"{contributor.display_name}: {role.plural_label}" if role else contributor.display_name


def newest_of(entries: Sequence[ArchiveEntry], other_work: Iterable[RoleWork]) -> datetime | None:
    """When the newest came out of what a contributor's page lists; None if it lists nothing."""
    newest = [*entries[:1], *(work.years[0].entries[0] for work in other_work)]
    return max((entry.published_at for entry in newest), default=None)


def profile_of(contributor: Contributor, *, heading: str) -> ContributorProfile:
    """A contributor as the head of their page shows them. Private aliases are not among the names."""
    portrait = pictures([contributor.portrait_id]).get(contributor.portrait_id or 0)
    return ContributorProfile(
        display_name=contributor.display_name,
        heading=heading,
        note=contributor.note,
        biography=rich(contributor.biography),
        portrait=captioned(portrait, alt=contributor.portrait_alt, credit=contributor.portrait_credit),
        links=(
            *(Link(link.label, link.url) for link in LINKS.rows(contributor=contributor.pk)),
            *([Link(contributor.fediverse, contributor.fediverse_url)] if contributor.fediverse else ()),
        ),
        identifiers=tuple(
            Link(f"{known.get_scheme_display()} {known.value}", known.url)
            for known in AUTHORITY_IDS.rows(contributor=contributor.pk)
        ),
        aliases=tuple(PUBLIC_NAMES.rows(contributor=contributor.pk)),
        id=contributor.pk,
    )


def other_work(contributor: Contributor) -> tuple[RoleWork, ...]:
    """What a contributor did besides articles, a heading a role, with counts of its own."""
    work = []
    for role in OTHER_ROLES.rows(contributor=contributor.pk):
        archive = Archive.by(contributor, role)
        older = Link(_("Older"), archive.path_of_page(archive.cut.pages)) if archive.cut.pages else None
        label = role.plural_label
        work.append(
            RoleWork(
                code=role.code,
                label=label,
                heading=f"{label} ({archive.count:,})",
                count=archive.count,
                counted=role.counted(archive.count),
                years=by_year(entries_of(archive.newest(), contributor=contributor)),
                older=older,
                feed=archive.path_of_feed("atom"),
            )
        )
    return tuple(work)
