"""What is in the publication's database: nothing, somebody else's tables, or ours, of this version or another."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

Migration = tuple[str, str]
# Where the publication's own pages were kept before the first release.
FORMER_TABLE = "articles_publicationpage"
FORMER = (
    "The database was made before the first release and can't be brought up to this version: make the publication anew "
    "(`standfirst init`) and import into it again; of the sample magazine, delete the directory and run `make run`."
)


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """The tables that are there, and the steps (migrations) that made them."""

    tables: frozenset[str]
    applied: frozenset[Migration]
    shipped: frozenset[Migration]

    @property
    def is_empty(self) -> bool:
        return not self.tables

    @property
    def is_ours(self) -> bool:
        return any(_is_our_app(app) for app, _ in self.applied)

    @property
    def unknown(self) -> list[str]:
        """Our steps that a version newer than this one has made. Others drop old ones of theirs, so these say nothing."""
        return sorted(f"{app}.{name}" for app, name in self.applied - self.shipped if _is_our_app(app))


def database_state() -> DatabaseState:
    """What is in the database now. Raises what Django raises when it can't be read."""
    tables = frozenset(connection.introspection.table_names())
    return DatabaseState(
        tables,
        frozenset(MigrationRecorder(connection).applied_migrations()),
        frozenset(_shipped_migrations()),
    )


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


def not_this_version(home: Path) -> str:
    """One sentence with its mend if the tables are not those of this version; "" if they are, as far as is recorded."""
    state = database_state()
    if state.is_empty:
        return (
            "The database is empty: mend the line `database` of standfirst.toml if it names the wrong one, bring back "
            f"a backup, or, if this is a new publication, run `standfirst --home {home} manage migrate`."
        )
    if not state.is_ours:
        return (
            f"The database holds no publication, but tables of something else ({_some(state.tables)}): "
            "mend the line `database` of standfirst.toml."
        )
    if FORMER_TABLE in state.tables:
        return FORMER
    if state.unknown:
        return (
            f"The database is of a newer version of Standfirst ({_some(state.unknown)}): install that version, or bring "
            "back a backup made before the upgrade."
        )
    if pending := pending_migrations():
        steps = "1 step" if len(pending) == 1 else f"{len(pending)} steps"
        return (
            f"The database is {steps} behind this version: make a backup, then run "
            f"`standfirst --home {home} manage migrate`."
        )
    return ""


def former() -> str:
    """A sentence for a database made before the first release; "" for any other, and for one that does not answer."""
    try:
        return FORMER if FORMER_TABLE in connection.introspection.table_names() else ""
    except DatabaseError:
        return ""


def must_be_empty() -> None:
    """Raise DatabaseInUse if there is any table, ours or somebody else's."""
    state = database_state()
    if not state.is_empty:
        raise DatabaseInUse(
            f"The database {connection.settings_dict['NAME']} holds "
            + ("a publication already" if state.is_ours else f"tables already ({_some(state.tables)})")
            + ": name an empty one, so that nothing in it is mixed or lost."
        )


class DatabaseInUse(Exception):
    """A new publication was to be made where there is something already. The message is one sentence with its mend."""


def _some(names: frozenset[str] | list[str]) -> str:
    first, *more = sorted(names)
    return first if not more else f"{first} and {len(more):,} more"


def _is_our_app(label: str) -> bool:
    return label in {
        config.label for config in apps.get_app_configs() if config.name.startswith("standfirst.")
    }


def _shipped_migrations() -> Iterator[Migration]:
    for app in apps.get_app_configs():
        spec = find_spec(f"{app.name}.migrations")
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for path in Path(folder).glob("[!_~.]*.py"):
                yield app.label, path.stem
