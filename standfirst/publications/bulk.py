"""Storing many sections or topics at once, as an import does."""

from collections.abc import Sequence
from typing import Any

from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import everything_changed

from .models import Section, SectionSlug, Shelf, TopicSlug
from .signals import shelves_stored


@in_turn()
def store_shelves(shelves: Sequence[Shelf]) -> None:
    """Store new sections, or new topics, each with a slug that is and was nobody else's."""
    if not shelves:
        return
    model = type(shelves[0])
    history: Any = SectionSlug if model is Section else TopicSlug
    model._default_manager.bulk_create(shelves)
    history.objects.bulk_create(history(slug=shelf.slug, owner_id=shelf.pk) for shelf in shelves)
    shelves_stored.send(model, shelves=shelves)
    everything_changed()
