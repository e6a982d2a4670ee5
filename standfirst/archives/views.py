"""What readers browse. No view builds a list without something resolved to build it from."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from standfirst.addresses.gate import opened_by
from standfirst.addresses.richtext import rich
from standfirst.articles.entries import entries_of
from standfirst.articles.queries import article_at, is_article_at
from standfirst.articles.records import record_of
from standfirst.bodies.feed_links import FeedLink, feed_links, feed_title
from standfirst.bodies.pages import render_page
from standfirst.bodies.pictures import shapes_of
from standfirst.bodies.rows import Link
from standfirst.contributors import cachekeys as contributor_keys
from standfirst.contributors.models import Contributor
from standfirst.contributors.queries import contributor_at, contributor_with_id
from standfirst.pagecache.policy import shared
from standfirst.pagecache.recording import shows
from standfirst.publications.cachekeys import shelf_key, shelf_page
from standfirst.publications.models import Section, Topic
from standfirst.publications.queries import publication_for
from standfirst.text.markup import plain_text

from . import structured
from .a_to_z import a_to_z, path_of_letter
from .addressed import (
    contributor_addressed,
    page_number,
    role_addressed,
    section_addressed,
    topic_addressed,
)
from .archive import Archive
from .errors import Withdrawn
from .people import contributor_record
from .profiles import heading, newest_of, other_work, profile_of, work_title
from .queries import FRONT_ENTRIES, more_by, section_fronts
from .rows import RoleWork, by_year

View = TypeVar("View", bound=Callable[..., HttpResponse])


def _is_article(request: HttpRequest, year: str, month: str, slug: str) -> bool:
    return is_article_at(f"{year}/{month}/{slug}")


def _is_contributor(request: HttpRequest, slug: str, **_archive_page: str) -> bool:
    return contributor_at(slug) is not None


def _is_known(request: HttpRequest, contributor: str) -> bool:
    return contributor_with_id(int(contributor)) is not None


def public(view: View) -> View:
    """A view that only reads, and that may be kept."""
    because = "What is published is the same for everybody; nothing about the reader is looked at."
    return shared(because)(require_safe(view))


@public
def front(request: HttpRequest) -> HttpResponse:
    """The newest, one of them leading, then the newest of each section."""
    newest = entries_of(Archive.of_everything().first(FRONT_ENTRIES), with_pictures=True)
    lead = next((entry for entry in newest[:5] if entry.picture), newest[0] if newest else None)
    shown = publication_for(request)
    return render_page(
        request,
        "front.html",
        title="",
        description=shown.description or shown.tagline,
        path="/",
        json_ld=structured.json_ld(structured.website(shown)),
        lead=lead,
        entries=tuple(entry for entry in newest if entry is not lead),
        sections=section_fronts(),
    )


@public
@opened_by(_is_article)
def article(request: HttpRequest, year: str, month: str, slug: str) -> HttpResponse:
    """An article at its address."""
    page = article_at(f"{year}/{month}/{slug}")
    if page is None:
        raise Http404(_("There is no article at this address."))
    context = page.get_context(request)
    credits = sorted(page.credits.all(), key=lambda credit: credit.sort_order or 0)
    shown = replace(context["article"], more=more_by(credits, page))
    record, shapes = record_of(page, shown), shapes_of(page.lead_image_id)
    data = structured.article(record, shapes, publication_for(request))
    return render(request, page.template, context | {"article": shown, "json_ld": structured.json_ld(data)})


@public
@opened_by(_is_contributor)
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    """Who somebody is, how many articles they have here, and the newest of them."""
    person = contributor_addressed(slug)
    if person.slug != slug:
        return _moved(request, person.path)
    archive = Archive.by(person)
    shows(contributor_keys.profile(person.pk), contributor_keys.name(person.pk))
    work = other_work(person)
    over = heading(archive.count, work)
    profile = profile_of(person, heading=over.text)
    biography = plain_text(profile.biography) or profile.note
    entries = entries_of(archive.newest(), contributor=person)
    return render_page(
        request,
        "contributor.html",
        title=person.display_name,
        description=biography,
        path=archive.path,
        json_ld=structured.json_ld(
            structured.profile(
                contributor_record(person, articles=archive.count, work=work),
                profile,
                count=over.count,
                biography=biography,
                modified_at=newest_of(entries, work),
            )
        ),
        contributor=profile,
        years=by_year(entries),
        year_links=_year_links(archive),
        older=_older(archive),
        works=archive.works,
        other_work=work,
        within=f"by:{person.slug}",
        empty=not entries and not work,
        feeds=_feeds_of(person, archive, work, request),
    )


@public
@opened_by(_is_known)
def known_by_id(request: HttpRequest, contributor: str) -> HttpResponse:
    """From the address that programs know somebody by to their page."""
    person = contributor_with_id(int(contributor))
    if person is None:
        raise Http404(_("There is no contributor at this address."))
    if person.is_withdrawn:
        raise Withdrawn
    return _moved(request, person.path)


@public
@opened_by(_is_contributor)
def contributor_page(request: HttpRequest, slug: str, number: str, role: str = "") -> HttpResponse:
    """One archive page of a contributor's articles or, with `role`, of their work in it."""
    person = contributor_addressed(slug)
    within = role_addressed(role) if role else None
    archive = Archive.by(person, within)
    if person.slug != slug:
        return _moved(request, archive.path_of_page(number))
    return _archive_page(
        request,
        archive,
        number,
        title=person.display_name,
        kind_label=within.plural_label if within else _("Articles by"),
        back=Link(person.display_name, person.path),
        feed_of=work_title(person, within),
        person=person,
    )


@public
def contributors(request: HttpRequest, letter: str = "") -> HttpResponse:
    """Everybody with work here, A to Z, each with the count that heads their page."""
    shown = a_to_z(letter)
    if shown is None:
        raise Http404(_("There is nobody under this letter."))
    return render_page(
        request,
        "contributors.html",
        title=_("Contributors"),
        path=path_of_letter(letter),
        letters=shown[0],
        groups=shown[1],
    )


@public
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest in a section."""
    shelf = section_addressed(slug)
    return _shelf_front(request, Archive.in_section(shelf), shelf, slug, kind_label=_("Section"))


@public
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest on a topic."""
    shelf = topic_addressed(slug)
    return _shelf_front(request, Archive.on_topic(shelf), shelf, slug, kind_label=_("Topic"))


@public
def section_page(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    shelf = section_addressed(slug)
    return _shelf_page(request, Archive.in_section(shelf), shelf, slug, number, kind_label=_("Section"))


@public
def topic_page(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    shelf = topic_addressed(slug)
    return _shelf_page(request, Archive.on_topic(shelf), shelf, slug, number, kind_label=_("Topic"))


@public
def everything(request: HttpRequest) -> HttpResponse:
    """The newest of everything."""
    return _listing(request, Archive.of_everything(), None, kind_label="")


@public
def everything_page(request: HttpRequest, number: str) -> HttpResponse:
    label, archive = _("All articles"), Archive.of_everything()
    back = Link(label, archive.path)
    return _archive_page(request, archive, number, title=label, kind_label="", back=back, feed_of="")


def _feeds_of(
    person: Contributor, archive: Archive, work: Iterable[RoleWork], request: HttpRequest
) -> tuple[FeedLink, ...]:
    """The feeds that a contributor's page names: of each kind for their articles, and one for each other role."""
    publication = publication_for(request).name
    others = (
        FeedLink(feed_title(f"{person.display_name}: {done.label}", publication), done.feed) for done in work
    )
    return (*feed_links(person.display_name, publication, archive.path_of_feed), *others)


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _listing(
    request: HttpRequest, archive: Archive, shelf: Section | Topic | None, *, kind_label: str
) -> HttpResponse:
    title = shelf.name if shelf else _("All articles")
    description = shelf.description if shelf else ""
    if shelf:
        shows(shelf_page(shelf_key(shelf)))
    entries = entries_of(archive.newest())
    data = structured.collection(
        title, archive.path, entries, description=plain_text(description), count=archive.count
    )
    return render_page(
        request,
        "listing.html",
        title=title,
        description=plain_text(description),
        path=archive.path,
        json_ld=structured.json_ld(data),
        heading=title,
        kind_label=kind_label,
        introduction=rich(description),
        years=by_year(entries),
        shows_section=archive.section is None,
        year_links=_year_links(archive),
        older=_older(archive),
        works=archive.works,
        within=_within(shelf),
        feeds=feed_links(title if shelf else "", publication_for(request).name, archive.path_of_feed),
    )


def _within(shelf: Section | Topic | None) -> str:
    """What a search from a list is narrowed to, as it is typed."""
    if shelf is None:
        return ""
    return f"{'in' if isinstance(shelf, Section) else 'topic'}:{shelf.slug}"


def _shelf_front(
    request: HttpRequest, archive: Archive, shelf: Section | Topic, slug: str, *, kind_label: str
) -> HttpResponse:
    if shelf.slug != slug:
        return _moved(request, archive.path)
    return _listing(request, archive, shelf, kind_label=kind_label)


def _shelf_page(
    request: HttpRequest, archive: Archive, shelf: Section | Topic, slug: str, number: str, *, kind_label: str
) -> HttpResponse:
    if shelf.slug != slug:
        return _moved(request, archive.path_of_page(number))
    back = Link(shelf.name, archive.path)
    return _archive_page(
        request, archive, number, title=shelf.name, kind_label=kind_label, back=back, feed_of=shelf.name
    )


def _archive_page(
    request: HttpRequest,
    archive: Archive,
    number: str,
    *,
    title: str,
    kind_label: str,
    back: Link,
    feed_of: str,
    person: Contributor | None = None,
) -> HttpResponse:
    """One archive page: it shows no totals, so that it stays as it is once it is full."""
    page = page_number(number)
    articles = archive.page(page) if page else []
    if not articles:
        raise Http404(_("This archive has no such page."))
    if person is not None:
        shows(contributor_keys.name(person.pk))
    newer = archive.path_of_page(page + 1) if page < archive.cut.pages else back.url
    page_title = _("%(title)s, archive page %(number)s") % {"title": title, "number": number}
    path, entries = archive.path_of_page(number), entries_of(articles, contributor=person)
    return render_page(
        request,
        "archive_page.html",
        title=page_title,
        path=path,
        json_ld=structured.json_ld(structured.collection(page_title, path, entries, way=[back])),
        heading=title,
        kind_label=kind_label,
        back=back,
        number=page,
        years=by_year(entries),
        shows_section=archive.section is None,
        older=Link(_("Older articles"), archive.path_of_page(page - 1)) if page > 1 else None,
        newer=Link(_("Newer articles"), newer),
        feeds=feed_links(feed_of, publication_for(request).name, archive.path_of_feed),
    )


def _older(archive: Archive) -> Link | None:
    return Link(_("Older articles"), archive.path_of_page(archive.cut.pages)) if archive.cut.pages else None


def _year_links(archive: Archive) -> tuple[Link, ...]:
    """A way to each year, where the archive has more than one page."""
    if not archive.cut.pages:
        return ()
    return tuple(
        Link(str(year), f"{archive.path_of_page(page) if page else archive.path}#y{year}")
        for year, page in archive.years()
    )
