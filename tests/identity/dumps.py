"""The whole database as values, to be compared."""

from typing import Any

from django.apps import apps
from django.db import connection

# What may differ once a change is undone, and why.
EXCEPT = {
    "identity": "the journal itself says what was done",
    "pagecache": "what was announced stays announced: keys only ever grow older",
    "modelsearch": "made from the other tables; an entry made anew has another id",
    "wagtailsearch": "as above",
    "search_name": "made from the names; a row made anew has another id",
    "search_word": "a word that was learned stays: it is shown to nobody who does not find anything by it",
    "contributors_namekey": "made from the names; a key made anew has another id",
    "wagtailcore_pagelogentry": "Wagtail's log says what was done",
    "wagtailcore_modellogentry": "Wagtail's log says what was done; what it said before is compared below",
}


def dump() -> dict[str, dict[Any, tuple[Any, ...]]]:
    """Every row of every table, by primary key, but for what says that something happened."""
    there = set(connection.introspection.table_names())
    return {
        model._meta.db_table: {row[0]: row for row in model._base_manager.values_list("pk", *_columns(model))}
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and model._meta.db_table in there
        and model._meta.app_label not in EXCEPT
        and model._meta.db_table not in EXCEPT
    }


def log_labels() -> dict[int, str]:
    """How the entries of Wagtail's log label what they are about."""
    from wagtail.models import ModelLogEntry

    return dict(ModelLogEntry.objects.values_list("pk", "label"))


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The rows that differ, by table: as they were, and as they are."""
    return {
        table: (
            dict(before[table].items() - _kept(after[table])),
            dict(after[table].items() - _kept(before[table])),
        )
        for table in before
        if before[table] != after[table]
    }


def _kept(rows: dict[Any, Any]) -> Any:
    return rows.items()


def _columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.local_concrete_fields]
