"""What must be so before a publication can be served: its tables up to date. (Its static files: `config.collecting`.)"""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


def pending_migrations() -> list[str]:
    """The migrations this version has and the database has not.

    Told from the names of the files, as loading two hundred of them takes longer than everything else at a
    start; only when a name is missing is the question put to Django.
    """
    applied = set(MigrationRecorder(connection).applied_migrations())
    if applied and set(_shipped_migrations()) <= applied:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    """Bring the database up to this version."""
    call_command("migrate", interactive=False, verbosity=0)


def _shipped_migrations() -> Iterator[tuple[str, str]]:
    for app in apps.get_app_configs():
        spec = find_spec(f"{app.name}.migrations")
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for path in Path(folder).glob("[!_~.]*.py"):
                yield app.label, path.stem
