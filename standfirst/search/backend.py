"""The search of Wagtail's own screens: pages and contributors by their names, at a cost that does not grow with the archive.

Readers search an index of our own (`indexing`). This one is modelsearch's, for editors, and has no bodies.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database import SearchBackend as database_backend
from wagtail.search.models import IndexEntry

from standfirst.articles.bulk import NewSearchEntry
from standfirst.database.inserting import insert_rows, row_class


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """The search of whichever database this is, with `SteadyNorms`; of SQLite, `OneMatch` and `QuotedWords` too."""
    backend = database_backend(params)
    index_class = backend.index_class
    if connection.vendor in ("sqlite", "postgresql"):
        traits = (SteadyNorms, NewEntriesAtOnce) if connection.vendor == "sqlite" else (SteadyNorms,)
        backend.index_class = type(f"Steady{index_class.__name__}", (*traits, index_class), {})
    if connection.vendor == "sqlite":
        from .one_match import (
            OneMatch,
            QuotedWords,
        )  # modelsearch has what they need where the database is SQLite alone.

        for name in ("query_compiler_class", "autocomplete_query_compiler_class"):
            compiler = getattr(backend, name)
            setattr(backend, name, type(f"Once{compiler.__name__}", (OneMatch, QuotedWords, compiler), {}))
    return backend


class SteadyNorms:
    """Leaves the norms of titles alone until the whole index is rebuilt.

    modelsearch weighs a title by its length against the average of all, and works that average out anew, by
    reading the whole index, whenever one thing is saved: seconds at 100,000 articles, in the transaction that
    publishes. New entries keep the weight 1 instead; `standfirst manage update_index` works out the rest.
    """

    def _refresh_title_norms(self, full: bool = False) -> None:
        if full:
            super()._refresh_title_norms(full=True)  # type: ignore[misc]


class NewEntriesAtOnce:
    """Enters a batch of new articles in SQLite's index as rows, at a quarter of the cost of a model for each."""

    def add_items(self, model: type[Model], objs: Sequence[Any]) -> None:
        if not objs or not all(isinstance(entry, NewSearchEntry) for entry in objs):
            super().add_items(model, objs)  # type: ignore[misc]
            return
        kind = ContentType.objects.get_for_model(model).pk
        entry_row = row_class(IndexEntry)
        rows = [
            entry_row(
                content_type_id=kind,
                object_id=str(entry.pk),
                title=entry.title,
                autocomplete=entry.title,
                body=entry.body,
            )
            for entry in objs
        ]
        insert_rows(
            IndexEntry, rows, [field for field in IndexEntry._meta.concrete_fields if not field.primary_key]
        )
