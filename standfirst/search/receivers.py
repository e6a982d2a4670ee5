"""What the search hears of the rooms below."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver

from standfirst.articles.models import Listing
from standfirst.articles.pieces import Piece
from standfirst.articles.signals import recredited, stored
from standfirst.contributors.models import Contributor
from standfirst.contributors.signals import names_stored
from standfirst.publications.models import Section, Topic
from standfirst.publications.signals import shelves_stored

from . import indexing, names


@receiver(stored)
def on_stored(pieces: Collection[Piece], **_: Any) -> None:
    indexing.enter_pieces(pieces)


@receiver(recredited)
def on_recredited(articles: Collection[int], **_: Any) -> None:
    indexing.enter_credits(articles)


@receiver(names_stored)
def on_names_stored(people: Collection[Contributor], **_: Any) -> None:
    names.keep_people(people)


@receiver(post_delete, sender=Contributor)
def on_contributor_deleted(instance: Contributor, **_: Any) -> None:
    names.forget(instance)


@receiver(post_save, sender=Section)
@receiver(post_save, sender=Topic)
def on_shelf_saved(instance: Section | Topic, raw: bool, **_: Any) -> None:
    if not raw:
        names.keep_shelves([instance])


@receiver(shelves_stored)
def on_shelves_stored(shelves: Collection[Section | Topic], **_: Any) -> None:
    names.keep_shelves(shelves)


@receiver(pre_delete, sender=Topic)
def before_topic_is_deleted(instance: Topic, **_: Any) -> None:
    filed = Listing.objects.filter(topic=instance.pk).order_by().values_list("article_id", flat=True)
    instance.was_topic_of = list(filed)  # type: ignore[attr-defined]


@receiver(post_delete, sender=Section)
@receiver(post_delete, sender=Topic)
def on_shelf_deleted(instance: Section | Topic, **_: Any) -> None:
    names.forget(instance)
    # An article in a section keeps the section; topics go from under theirs.
    indexing.enter_credits(getattr(instance, "was_topic_of", ()))
