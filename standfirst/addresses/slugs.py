"""Slugs that last: everything reached by a slug keeps every slug it ever had.

A thing with a lasting slug has a field `slug`, and a table of its own that inherits `LastingSlug` with a
foreign key `owner` to it. The slug is the table's primary key, so the database itself refuses to give one
address to two things, now or later.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.db import models

from standfirst.database.prepared import Prepared
from standfirst.database.turns import in_turn
from standfirst.text.slugs import numbered_slug, slug_for

from .errors import SlugTaken

MAX_LENGTH = 120


class LastingSlug(models.Model):
    """A slug that something has or had."""

    slug = models.SlugField(max_length=MAX_LENGTH, primary_key=True)

    # Whose it was is not said to whoever asks for it; a table may have a column of this name.
    is_silent: Any = False

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


def owner_of(slug: str, history: type[LastingSlug]) -> Any:
    """What the slug is, or ever was, the address of; None when it is nobody's."""
    return _by_slug(history).first(slug=slug) if can_be_slug(slug) else None


def can_be_slug(text: str) -> bool:
    """Whether it is worth asking whose slug this is.

    Slugs are ASCII and of a key's length. Anything else is nobody's, and must not reach the database:
    PostgreSQL answers a NUL character with an error, not with an empty result.
    """
    return text.isascii() and text.isprintable() and len(text) <= MAX_LENGTH


def refuse_if_taken(slug: str, history: type[LastingSlug], *, by: Any) -> None:
    """Raises SlugTaken if a slug is or was the address of something other than `by`."""
    row = history.objects.select_related("owner").filter(pk=slug).first()
    if row and row.owner_id != by.pk:
        raise SlugTaken(slug, None if row.is_silent else row.owner)


@cache
def _by_slug(history: type[LastingSlug]) -> Prepared[Any]:
    fields: Any = history._meta
    things = fields.get_field("owner").related_model
    return Prepared(lambda slug: things._base_manager.filter(slugs=slug))


def free_slug(name: str, history: type[LastingSlug], *, fallback: str, besides: Collection[str] = ()) -> str:
    """A slug made from a name that is nobody's and never was. `fallback` serves names without a letter.

    `besides` are slugs that are about to be somebody's.
    """
    base = slug_for(name, fallback=fallback)
    taken = {*besides, *history.objects.filter(slug__startswith=base[:100]).values_list("slug", flat=True)}
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = numbered_slug(base, number)
    return candidate


@in_turn()
def save_with_slug(thing: Any, history: type[LastingSlug], *, name: str, fallback: str) -> str:
    """Store a thing (a model with a `slug`) and put its slug on record as its own for good.

    An empty slug is made from `name` if the thing is new, and stays as stored if it is not: a slug is never
    derived again. Returns the slug it had before, or "" if that is the same or there was none.
    Raises SlugTaken if the slug is or was another's.
    """
    former = (
        ""
        if thing.pk is None
        else type(thing)._default_manager.values_list("slug", flat=True).get(pk=thing.pk)
    )
    if not thing.slug:
        thing.slug = former or free_slug(name, history, fallback=fallback)
    refuse_if_taken(thing.slug, history, by=thing)
    thing.save()
    if not history.objects.filter(pk=thing.slug).exists():
        history.objects.create(slug=thing.slug, owner=thing)
    return former if former != thing.slug else ""
