"""What others do to articles and pages, and what follows."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.signals import post_page_move, pre_page_move

from standfirst.pagecache.actions import everything_changed

from .faces import page_was, remember_page
from .models import ArticleIndexPage, ArticlePage, PublicationPage
from .publishing import take_away


@receiver(pre_delete, sender=ArticlePage)
def before_article_is_deleted(instance: ArticlePage, **_: Any) -> None:
    take_away(instance)


@receiver([pre_save, pre_delete], sender=PublicationPage)
@receiver(pre_page_move, sender=PublicationPage)
def before_page_changes(instance: PublicationPage, **_: Any) -> None:
    remember_page(instance)


@receiver([post_save, post_delete], sender=PublicationPage)
@receiver(post_page_move, sender=PublicationPage)
def after_page_changed(instance: PublicationPage, **_: Any) -> None:
    page_was(instance)


@receiver([post_save, post_delete], sender=ArticleIndexPage)
@receiver(post_page_move, sender=ArticleIndexPage)
def after_the_place_of_articles_changed(**_: Any) -> None:
    # The places of all articles in the tree are below it; it is hardly ever touched.
    everything_changed()
