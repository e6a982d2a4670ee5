"""What others do to articles and pages, and what follows."""

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move

from standfirst.publications.actions import link_target_changed

from .faces import page_was, remember_page
from .models import ArticlePage, PublicationPage
from .publishing import take_away


@receiver(pre_delete, sender=ArticlePage)
def before_article_is_deleted(instance: ArticlePage, **_: Any) -> None:
    take_away(instance)


@receiver(pre_delete, sender=PublicationPage)
def before_page_is_deleted(instance: PublicationPage, **_: Any) -> None:
    remember_page(instance)


@receiver(post_delete, sender=PublicationPage)
def after_page_is_deleted(instance: PublicationPage, **_: Any) -> None:
    page_was(instance)


@receiver(post_page_move, sender=PublicationPage)
def after_page_move(instance: Page, **_: Any) -> None:
    link_target_changed(instance)
