"""Full-text search in the publication's own database, at a cost that does not grow with it."""

from typing import Any

from django.db import connection
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database import SearchBackend as database_backend


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """The search of whichever database this is, with `SteadyNorms`."""
    backend = database_backend(params)
    index_class = backend.index_class
    if connection.vendor in ("sqlite", "postgresql"):
        backend.index_class = type(f"Steady{index_class.__name__}", (SteadyNorms, index_class), {})
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
