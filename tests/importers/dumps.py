"""Everything a database holds, to be compared."""

from django.apps import apps
from django.db import connection

# What is there whatever is imported, and differs from one database to the next.
_NOT_COMPARED = {"django_migrations", "django_session", "django_content_type", "auth_permission"}


def dump(*, without=frozenset(), skip=frozenset()):
    """Every row of every table, as the database holds it; `without` names columns that are left out."""
    tables = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in _NOT_COMPARED | skip or not model._meta.managed:
            continue
        columns = [field.column for field in model._meta.local_concrete_fields if field.column not in without]
        names = ", ".join(map(connection.ops.quote_name, columns))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)}")
            tables[table] = sorted(map(repr, cursor.fetchall()))
    return tables
