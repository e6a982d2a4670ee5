"""What others do to articles, and what follows."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.signals import post_page_move

from standfirst.pagecache.actions import everything_changed

from .models import ArticleIndexPage, ArticlePage
from .publishing import take_away


@receiver(pre_delete, sender=ArticlePage)
def before_article_is_deleted(instance: ArticlePage, **_: Any) -> None:
    take_away(instance)


@receiver([post_save, post_delete], sender=ArticleIndexPage)
@receiver(post_page_move, sender=ArticleIndexPage)
def after_the_place_of_articles_changed(**_: Any) -> None:
    # The places of all articles in the tree are below it; it is hardly ever touched.
    everything_changed()
