"""What others do to articles, and what follows."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from .models import ArticlePage
from .publishing import take_away


@receiver(pre_delete, sender=ArticlePage)
def before_article_is_deleted(instance: ArticlePage, **_: Any) -> None:
    take_away(instance)
