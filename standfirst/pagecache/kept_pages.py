"""The look-up of kept pages of this process, which the front door reads by and `/healthz` asks how it is."""

from functools import lru_cache
from typing import Any

from django.db import connection

from .lookups import Lookup, lookup_in


def kept_pages() -> Lookup:
    """The look-up in the database that Django uses; on PostgreSQL on the connections that Django uses."""
    database = connection.settings_dict
    pool: Any = connection.pool_of_process() if connection.vendor == "postgresql" else None  # type: ignore[attr-defined]
    return _lookup(database["NAME"], pool)


@lru_cache(1)
def _lookup(name: str, pool: Any) -> Lookup:
    return lookup_in(str(name), pool)
