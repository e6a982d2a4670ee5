"""Reads about the publication that other rooms rely on."""

from typing import Any

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from standfirst.addresses.gate import readable_address
from standfirst.addresses.richtext import rich
from standfirst.addresses.slugs import owner_of
from standfirst.database.prepared import Prepared
from standfirst.pagecache.snapshots import beside_the_snapshot

from .models import NavigationItem, PublicationSettings, Section, SectionSlug, SocialLink, Topic, TopicSlug
from .paths import SECTION_PATHS
from .rows import Masthead, PublicationRow, Target

SETTINGS = Prepared(lambda: PublicationSettings.objects.order_by("pk"))
NAVIGATION = Prepared(
    lambda publication: NavigationItem.objects.filter(publication=publication).values_list(
        "label", "url", "page_id", "section__name", "section__slug", named=True
    )
)
SOCIAL_LINKS = Prepared(lambda publication: SocialLink.objects.filter(publication=publication))


def section_at(slug: str) -> Section | None:
    """The section whose slug this is, or ever was; None when it is nobody's."""
    section: Section | None = owner_of(slug, SectionSlug)
    return section


def topic_at(slug: str) -> Topic | None:
    """The topic whose slug this is, or ever was; None when it is nobody's."""
    topic: Topic | None = owner_of(slug, TopicSlug)
    return topic


def publication() -> PublicationRow:
    """The publication as every page shows it: three queries, two more with a masthead image, and some with links to pages.

    Those are two, and one for each type of page that is linked to.
    """
    settings = SETTINGS.first() or PublicationSettings()
    language, direction = language_and_direction()
    stored = settings.pk is not None
    return PublicationRow(
        name=settings.name,
        tagline=settings.tagline,
        description=settings.description,
        masthead=_masthead(settings),
        theme_css_url=f"/theme/{settings.accent.lower().lstrip('#')}.css" if settings.accent else "",
        drop_capitals=settings.drop_capitals,
        navigation=_navigation(settings) if stored else (),
        footer=rich(settings.footer),
        social=tuple(Target(link.label, link.url) for link in SOCIAL_LINKS.rows(publication=settings.pk))
        if stored
        else (),
        language=language,
        direction=direction,
        accent=settings.accent.lower(),
        icon=settings.icon_id,
        is_icon_drawn=settings.icon.is_svg() if settings.icon is not None else False,
    )


def language_and_direction() -> tuple[str, str]:
    """The language that readers are told a page is in, and the way it runs: the publication's, which we may have no words in."""
    spoken = get_language() or django_settings.LANGUAGE_CODE
    language = django_settings.PUBLICATION_LANGUAGE if spoken == django_settings.LANGUAGE_CODE else spoken
    return language, "rtl" if language.partition("-")[0] in django_settings.LANGUAGES_BIDI else "ltr"


def _navigation(settings: PublicationSettings) -> tuple[Target, ...]:
    items = NAVIGATION.rows(publication=settings.pk)
    linked = [item.page_id for item in items if item.page_id]
    # Each as what it is: a bare `Page` knows only its place in the tree, and not whether readers may have it.
    pages = {page.pk: page for page in Page.objects.filter(pk__in=linked).specific()} if linked else {}
    return tuple(target for item in items if (target := _target(item, pages.get(item.page_id))))


def _target(item: Any, page: Page | None) -> Target | None:
    if item.section__slug:
        return Target(item.label or item.section__name, SECTION_PATHS.of(item.section__slug))
    if page:
        # What readers may not have is not linked to: its title may not be public yet.
        return Target(item.label or page.title, path) if (path := readable_address(page)) else None
    return Target(item.label, item.url)


def _masthead(settings: PublicationSettings) -> Masthead | None:
    if settings.masthead is None:
        return None
    try:
        masthead = settings.masthead
        shown = beside_the_snapshot(lambda: masthead.get_rendition("height-160|format-webp|preserve-svg"))
    except (SourceImageIOError, OSError):
        return None
    return Masthead(shown.url, shown.width, shown.height, settings.name)


def publication_for(request: HttpRequest) -> PublicationRow:
    """The publication, read once for each request."""
    if not hasattr(request, "publication"):
        request.publication = publication()  # type: ignore[attr-defined]
    found: PublicationRow = request.publication  # type: ignore[attr-defined]
    return found
