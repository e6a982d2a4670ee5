"""Reads across archives."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from standfirst.articles.entries import entries_by_id, entries_of
from standfirst.articles.rows import Link, More
from standfirst.bylines.models import Credit
from standfirst.publications.models import Section

from .archive import Archive
from .rows import SectionFront

MORE_ENTRIES = 3
MORE_PEOPLE = 3
SECTIONS = 8
SECTION_ENTRIES = 3


def more_by(credits: Iterable[Credit], *, besides: int) -> tuple[More, ...]:
    """What to read next by an article's first authors, less the article itself."""
    people = {
        credit.contributor_id: credit
        for credit in credits
        if credit.role.is_authorship and not credit.contributor.is_withdrawn
    }
    more = []
    for credit in list(people.values())[:MORE_PEOPLE]:
        archive = Archive.by(credit.contributor)
        articles = [article for article in archive.newest(MORE_ENTRIES + 1) if article != besides][
            :MORE_ENTRIES
        ]
        if entries := entries_of(articles, contributor=credit.contributor):
            heading = _("More by %(name)s") % {"name": credit.contributor.display_name}
            more.append(More(heading, archive.path, entries))
    return tuple(more)


def section_fronts() -> tuple[SectionFront, ...]:
    """The first sections that have anything, each with its newest."""
    newest = {
        section: Archive.in_section(section).newest(SECTION_ENTRIES)
        for section in Section.objects.all()[:SECTIONS]
    }
    entries = entries_by_id([article for articles in newest.values() for article in articles])
    return tuple(
        SectionFront(
            Link(section.name, f"/section/{section.slug}/"),
            tuple(entries[article] for article in articles if article in entries),
        )
        for section, articles in newest.items()
        if articles
    )
