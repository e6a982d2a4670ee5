"""What others do to articles, and what follows."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move, pre_page_move

from standfirst.pagecache.actions import everything_changed
from standfirst.publications.bare import is_bare

from . import publishing
from .errors import StaysWhereItIs
from .faces import face_of
from .models import ArticleIndexPage, ArticlePage


@receiver(pre_delete, sender=ArticlePage)
def before_article_is_deleted(instance: ArticlePage, **_: Any) -> None:
    publishing.take_away(instance)


# Much of Wagtail works on pages without asking what they are: bulk actions, the scheduler's expiry. Then neither `save`
# nor a signal of the article's own is heard of, only those of the bare page.
@receiver(pre_save, sender=Page)
def before_bare_page_is_stored(instance: Page, raw: bool, update_fields: Any, **_: Any) -> None:
    if not raw and is_bare(instance, ArticlePage) and not publishing.is_out_of_sight(update_fields):
        instance.was_shown_as = face_of(instance)


@receiver(post_save, sender=Page)
def after_bare_page_was_stored(instance: Page, raw: bool, update_fields: Any, **_: Any) -> None:
    if not raw and is_bare(instance, ArticlePage) and not publishing.is_out_of_sight(update_fields):
        publishing.settle_stored(instance, instance.was_shown_as)


@receiver(pre_page_move, sender=ArticlePage)
@receiver(pre_page_move, sender=ArticleIndexPage)
def before_article_moves(**_: Any) -> None:
    raise StaysWhereItIs


@receiver([post_save, post_delete], sender=ArticleIndexPage)
@receiver(post_page_move, sender=ArticleIndexPage)
def after_the_place_of_articles_changed(**_: Any) -> None:
    # The places of all articles in the tree are below it; it is hardly ever touched.
    everything_changed()
