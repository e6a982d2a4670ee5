"""What of the stored bodies can't be read, and so is not printed."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.db.models import Model, TextField
from django.db.models.functions import Cast

from standfirst.articles.models import ArticlePage
from standfirst.bodies.fields import BodyField

from .finding import Check, Found


def unreadable(now: datetime) -> Found:
    """Every body of every kind of page is a list of blocks that there are."""
    for model, field in _fields():
        known = frozenset(field.stream_block.child_blocks)
        stored = model._default_manager.order_by("pk").annotate(stored=Cast(field.name, TextField()))
        for number, title, text in stored.values_list("pk", "title", "stored").iterator(chunk_size=200):
            if said := _wrong(text, known):
                yield (
                    f"{'article' if model is ArticlePage else 'page'}:{number}",
                    f"“{title}” ({model._meta.verbose_name} {number}) has a body {said}.",
                )


def _fields() -> Iterator[tuple[type[Model], BodyField]]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, BodyField):
                yield model, field


def _wrong(text: str | None, known: frozenset[str]) -> str:
    try:
        body = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return "that is no JSON, or none that can be read"
    if not isinstance(body, list):
        return "" if body is None else "that is no list of blocks"
    kinds = {str(item["type"]) for item in body if isinstance(item, dict) and "type" in item}
    if sum(isinstance(item, dict) and "type" in item for item in body) < len(body):
        return "with something in it that is no block"
    if unknown := sorted(kinds - known):
        return f"with blocks of a kind there is not ({', '.join(unknown)})"
    return ""


CHECKS = (
    Check(
        "unreadable-body",
        "Bodies that can't be read whole, and are printed without the rest",
        "Bring the row back from a backup, or write in the back office what is missing.",
        unreadable,
    ),
)
