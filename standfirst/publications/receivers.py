"""What others change of the publication, announced."""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site
from wagtail.signals import post_page_move

from standfirst.bodies.cachekeys import image
from standfirst.pagecache.actions import changed, everything_changed

from .actions import link_target_changed
from .bare import is_bare
from .faces import page_was, remember_page
from .models import (
    FrontPage,
    NavigationItem,
    PublicationPage,
    PublicationSettings,
    Section,
    SocialLink,
    Topic,
)
from .signals import page_is_stored, page_was_stored


@receiver([post_save, post_delete], sender=PublicationSettings)
@receiver([post_save, post_delete], sender=NavigationItem)
@receiver([post_save, post_delete], sender=SocialLink)
@receiver([post_save, post_delete], sender=FrontPage)
@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=get_document_model())
@receiver(post_delete, sender=Section)
@receiver(post_delete, sender=Topic)
def on_publication(**_: Any) -> None:
    everything_changed()


@receiver([post_save, post_delete], sender=get_image_model())
def on_image(instance: Any, **_: Any) -> None:
    if PublicationSettings.objects.filter(Q(masthead=instance.pk) | Q(icon=instance.pk)).exists():
        everything_changed()
    changed(image(instance.pk))


@receiver(page_is_stored)
@receiver(pre_delete, sender=PublicationPage)
def before_page_changes(instance: PublicationPage, **_: Any) -> None:
    remember_page(instance)


@receiver(page_was_stored)
@receiver(post_delete, sender=PublicationPage)
def after_page_changed(instance: PublicationPage, **_: Any) -> None:
    page_was(instance)


@receiver(post_page_move, sender=PublicationPage)
def after_page_move(instance: Page, **_: Any) -> None:
    link_target_changed(instance)


@receiver(pre_save, sender=Page)
def before_bare_page_changes(instance: Page, raw: bool, **_: Any) -> None:
    if not raw and is_bare(instance, PublicationPage):
        remember_page(instance)


@receiver(post_save, sender=Page)
def after_bare_page_changed(instance: Page, raw: bool, **_: Any) -> None:
    if not raw and is_bare(instance, PublicationPage):
        page_was(instance)
