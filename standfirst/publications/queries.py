"""Reads about the publication that other rooms rely on."""

from django.conf import settings as django_settings
from django.utils.translation import get_language, get_language_bidi
from markupsafe import Markup
from wagtail.images.models import SourceImageIOError
from wagtail.rich_text import expand_db_html

from standfirst.addresses.slugs import owner_of
from standfirst.pagecache.snapshots import beside_the_snapshot

from .models import NavigationItem, PublicationSettings, Section, SectionSlug, Topic, TopicSlug
from .rows import Masthead, PublicationRow, Target


def section_at(slug: str) -> Section | None:
    """The section whose slug this is, or ever was; None when it is nobody's."""
    section: Section | None = owner_of(slug, SectionSlug)
    return section


def topic_at(slug: str) -> Topic | None:
    """The topic whose slug this is, or ever was; None when it is nobody's."""
    topic: Topic | None = owner_of(slug, TopicSlug)
    return topic


def publication() -> PublicationRow:
    """The publication as every page shows it: three queries, and two more with a masthead image."""
    settings = PublicationSettings.objects.select_related("masthead").first() or PublicationSettings()
    language = get_language() or django_settings.LANGUAGE_CODE
    stored = settings.pk is not None
    return PublicationRow(
        name=settings.name,
        tagline=settings.tagline,
        description=settings.description,
        masthead=_masthead(settings),
        theme_css_url=f"/theme/{settings.accent.lower().lstrip('#')}.css" if settings.accent else "",
        drop_capitals=settings.drop_capitals,
        navigation=_navigation(settings) if stored else (),
        footer=Markup(expand_db_html(settings.footer)),
        social=tuple(Target(link.label, link.url) for link in settings.social_links.all()) if stored else (),
        language=language,
        direction="rtl" if get_language_bidi() else "ltr",
    )


def _navigation(settings: PublicationSettings) -> tuple[Target, ...]:
    items = settings.navigation.select_related("page", "section")
    return tuple(target for item in items if (target := _target(item)))


def _target(item: NavigationItem) -> Target | None:
    if item.section:
        return Target(item.label or item.section.name, f"/section/{item.section.slug}/")
    if item.page:
        # A page that is not live is not linked to: its title may not be public yet.
        return (
            Target(item.label or item.page.title, item.page.url) if item.page.live and item.page.url else None
        )
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
