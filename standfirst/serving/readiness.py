"""What must be so before a publication can be served: its tables up to date, its static files collected."""

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

STAMP = ".collected"
PACKAGES_WITH_FILES = ("django", "wagtail")


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


def collect_static_files() -> bool:
    """Collect the static files if they are not those of this version and this theme. Says whether it had to."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    fingerprint = _static_fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint:
        return False
    # Files of the version before are left: pages sent before this start still ask for them.
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    stamp.write_text(fingerprint, encoding="ascii")
    return True


def _static_fingerprint() -> str:
    parts: list[object] = [version(package) for package in PACKAGES_WITH_FILES]
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            status = path.stat()
            parts.append((str(path), status.st_size, status.st_mtime_ns))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
