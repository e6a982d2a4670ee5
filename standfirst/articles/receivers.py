"""What others do to articles and pages, and what follows."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move, pre_page_move

from . import publishing
from .errors import StaysWhereItIs
from .faces import face_of, page_was, remember_page
from .models import ArticleIndexPage, ArticlePage, PublicationPage

# --- articles ------------------------------------------------------------------------------------------------------


@receiver(pre_delete, sender=ArticlePage)
def before_article_is_deleted(instance: ArticlePage, **_: Any) -> None:
    publishing.take_away(instance)


# Much of Wagtail works on pages without asking what they are: bulk actions, the scheduler's expiry. Then neither `save`
# nor a signal of the article's own is heard of, only those of the bare page.
@receiver(pre_save, sender=Page)
def before_bare_page_is_stored(instance: Page, raw: bool, update_fields: Any, **_: Any) -> None:
    if not raw and _is_bare(instance, ArticlePage) and not publishing.is_out_of_sight(update_fields):
        instance.was_shown_as = face_of(instance)


@receiver(post_save, sender=Page)
def after_bare_page_was_stored(instance: Page, raw: bool, update_fields: Any, **_: Any) -> None:
    if not raw and _is_bare(instance, ArticlePage) and not publishing.is_out_of_sight(update_fields):
        publishing.settle_stored(instance, instance.was_shown_as)


@receiver(pre_page_move, sender=ArticlePage)
@receiver(pre_page_move, sender=ArticleIndexPage)
def before_article_moves(**_: Any) -> None:
    raise StaysWhereItIs


# --- pages of the publication's own --------------------------------------------------------------------------------


@receiver([pre_save, pre_delete], sender=PublicationPage)
@receiver(pre_page_move, sender=PublicationPage)
def before_page_changes(instance: Page, **_: Any) -> None:
    remember_page(instance)


@receiver([post_save, post_delete], sender=PublicationPage)
@receiver(post_page_move, sender=PublicationPage)
def after_page_changed(instance: Page, **_: Any) -> None:
    page_was(instance)


@receiver(pre_save, sender=Page)
def before_bare_page_changes(instance: Page, **_: Any) -> None:
    if _is_bare(instance, PublicationPage):
        remember_page(instance)


@receiver(post_save, sender=Page)
def after_bare_page_changed(instance: Page, **_: Any) -> None:
    if _is_bare(instance, PublicationPage):
        page_was(instance)


def _is_bare(page: Page, kind: type[Page]) -> bool:
    """Whether a page that is taken for any page is really one of this kind."""
    return page.pk is not None and page.specific_class is kind
