"""Writes to the publication. Every one says who did it, and is whole or not at all."""

from urllib.parse import urlsplit

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, Site

from standfirst.addresses.redirects import readdress
from standfirst.addresses.slugs import save_with_slug

from .models import FrontPage, PublicationSettings, Section, SectionSlug, Topic, TopicSlug


@transaction.atomic
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
    where = urlsplit(address)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": where.hostname or "localhost",
            "port": where.port or (443 if where.scheme == "https" else 80),
            "root_page": front,
            "site_name": name,
        },
    )
    return front


@transaction.atomic
def save_section(section: Section, *, by: AbstractBaseUser | None) -> Section:
    """Store a section, new or edited, keeping every slug it ever had as its own. Raises SlugTaken."""
    is_new = section.pk is None
    if former := save_with_slug(section, SectionSlug, name=section.name, fallback="section"):
        readdress(f"/section/{former}/", f"/section/{section.slug}/")
    log(instance=section, action="wagtail.create" if is_new else "wagtail.edit", user=by)
    return section


@transaction.atomic
def save_topic(topic: Topic, *, by: AbstractBaseUser | None) -> Topic:
    """Store a topic, new or edited, keeping every slug it ever had as its own. Raises SlugTaken."""
    is_new = topic.pk is None
    if former := save_with_slug(topic, TopicSlug, name=topic.name, fallback="topic"):
        readdress(f"/topic/{former}/", f"/topic/{topic.slug}/")
    log(instance=topic, action="wagtail.create" if is_new else "wagtail.edit", user=by)
    return topic
