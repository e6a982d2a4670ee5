"""Remembers what the columns of a table are, by its headings."""

import hashlib
from collections.abc import Mapping, Sequence

from standfirst.importers.models import ImportedColumns


def remembered_columns(headings: Sequence[str]) -> Mapping[str, str]:
    """What each column of a table with these headings was the last time; empty if there was none."""
    known = ImportedColumns.objects.filter(headings=_digest(headings)).first()
    return dict(known.fields) if known else {}


def remember_columns(tables: Mapping[tuple[str, ...], Mapping[str, str]]) -> None:
    """Keeps what the columns of each table are, by its headings."""
    for headings, fields in tables.items():
        ImportedColumns.objects.update_or_create(
            headings=_digest(headings), defaults={"fields": dict(fields)}
        )


def _digest(headings: Sequence[str]) -> str:
    return hashlib.blake2b("\x1f".join(headings).encode("utf-8", "replace"), digest_size=16).hexdigest()
