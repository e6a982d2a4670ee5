"""Writes to the publication. Every one says who did it, and is whole or not at all."""

from urllib.parse import urlsplit

from django.contrib.auth.models import AbstractBaseUser
from wagtail.log_actions import log
from wagtail.models import Page, Site

from standfirst.addresses.cachekeys import address
from standfirst.addresses.redirects import readdress
from standfirst.addresses.slugs import LastingSlug, save_with_slug
from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import changed, everything_changed

from . import cachekeys
from .models import (
    FrontPage,
    NavigationItem,
    PublicationSettings,
    Section,
    SectionSlug,
    Shelf,
    Topic,
    TopicSlug,
)


@in_turn()
def found_publication(*, name: str, address: str, tagline: str = "") -> FrontPage:
    """Make an empty database a magazine: its settings, its front page and its site.

    `address` is the public origin, such as `https://lantern.example`. Founding twice changes nothing.
    """
    settings = PublicationSettings.load()
    if front := FrontPage.objects.first():
        return front
    settings.name, settings.tagline = name, tagline
    settings.save()
    root = Page.objects.filter(depth=1).get()
    # Wagtail's first migration leaves a welcome page and a site that points at it.
    Page.objects.filter(depth=2, slug="home").delete()
    front = Page.objects.get(pk=root.pk).add_child(instance=FrontPage(title=name, slug="home"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={**_host_and_port(address), "root_page": front, "site_name": name}
    )
    return front


@in_turn()
def readdress_publication(address: str) -> None:
    """Say in the database, too, where the publication is found from now on."""
    for site in Site.objects.filter(is_default_site=True):
        for field, value in _host_and_port(address).items():
            setattr(site, field, value)
        site.save()


@in_turn()
def save_section(section: Section, *, by: AbstractBaseUser | None) -> Section:
    """Store a section, new or edited, keeping every slug it ever had as its own. Raises SlugTaken."""
    before = Section.objects.filter(pk=section.pk).first()
    _save_shelf(section, before, SectionSlug, kind="section", by=by)
    is_moved = before is None or before.sort_order != section.sort_order
    if is_moved or _is_called_otherwise(before, section):
        changed(cachekeys.FRONT)
    if (
        before
        and _is_called_otherwise(before, section)
        and NavigationItem.objects.filter(section=section).exists()
    ):
        everything_changed()
    return section


@in_turn()
def save_topic(topic: Topic, *, by: AbstractBaseUser | None) -> Topic:
    """Store a topic, new or edited, keeping every slug it ever had as its own. Raises SlugTaken."""
    before = Topic.objects.filter(pk=topic.pk).first()
    _save_shelf(topic, before, TopicSlug, kind="topic", by=by)
    return topic


def _host_and_port(address: str) -> dict[str, str | int]:
    where = urlsplit(address)
    return {
        "hostname": where.hostname or "localhost",
        "port": where.port or (443 if where.scheme == "https" else 80),
    }


def link_target_changed(page: Page) -> None:
    """Announce that a page is called otherwise, or it and those below it are elsewhere.

    The navigation, on every page, may link to them.
    """
    if NavigationItem.objects.filter(page__path__startswith=page.path).exists():
        everything_changed()


def _save_shelf(
    shelf: Section | Topic,
    before: Shelf | None,
    history: type[LastingSlug],
    *,
    kind: str,
    by: AbstractBaseUser | None,
) -> None:
    if former := save_with_slug(shelf, history, name=shelf.name, fallback=kind):
        readdress(shelf.paths.of(former), shelf.path)
    log(instance=shelf, action="wagtail.edit" if before else "wagtail.create", user=by)
    if before is None:
        changed(address(shelf.path), cachekeys.SHELVES)
        return
    key = cachekeys.shelf_key(shelf)
    changed(
        cachekeys.shelf_page(key),
        *([key] if _is_called_otherwise(before, shelf) else []),
        *([cachekeys.SHELVES] if before.slug != shelf.slug else []),
    )


def _is_called_otherwise(before: Shelf | None, after: Shelf) -> bool:
    return before is None or (before.name, before.slug) != (after.name, after.slug)
