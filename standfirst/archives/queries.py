"""Reads across archives."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from standfirst.articles.cachekeys import reading_on
from standfirst.articles.entries import entries_by_id, entries_of
from standfirst.articles.models import ArticlePage, Listing
from standfirst.articles.rows import More
from standfirst.bodies.rows import Link
from standfirst.bylines.models import Credit
from standfirst.contributors import cachekeys as contributors
from standfirst.database.prepared import Prepared
from standfirst.pagecache.recording import shows
from standfirst.publications.cachekeys import FRONT
from standfirst.publications.models import Section

from .archive import Archive
from .rows import SectionFront

FRONT_ENTRIES = 16
MORE_PEOPLE = 3
SECTIONS = 8
SECTION_ENTRIES = 3
FIRST_SECTIONS = Prepared(Section.objects.all)


def more_by(credits: Iterable[Credit], article: ArticlePage) -> tuple[More, ...]:
    """What to read next by an article's first authors: what they wrote before it."""
    shows(reading_on(article.pk))
    here = Listing(article_id=article.pk, published_at=article.first_published_at)
    people = {
        credit.contributor_id: credit
        for credit in credits
        if credit.role.is_authorship and credit.contributor.has_page
    }
    more = []
    for credit in list(people.values())[:MORE_PEOPLE]:
        archive = Archive.by(credit.contributor)
        if entries := entries_of(archive.more_beside(here), contributor=credit.contributor):
            shows(contributors.name(credit.contributor_id))
            heading = _("More by %(name)s") % {"name": credit.contributor.display_name}
            more.append(More(heading, archive.path, entries))
    return tuple(more)


def section_fronts() -> tuple[SectionFront, ...]:
    """The first sections that have anything, each with its newest."""
    shows(FRONT)
    newest = {
        section: Archive.in_section(section).first(SECTION_ENTRIES)
        for section in FIRST_SECTIONS.rows(limit=SECTIONS)
    }
    entries = entries_by_id([article for articles in newest.values() for article in articles])
    return tuple(
        SectionFront(
            Link(section.name, section.path),
            tuple(entries[article] for article in articles if article in entries),
        )
        for section, articles in newest.items()
        if articles
    )
