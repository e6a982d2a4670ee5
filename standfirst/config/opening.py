"""Opening a publication: what everything that works on one does first."""

import importlib.util
import os
import sys
from pathlib import Path

from standfirst.config import publication_file
from standfirst.config.publication_file import HOME_VARIABLE, PublicationFile, PublicationFileError


def open_publication(home: str | None = None) -> PublicationFile:
    """Read the publication's file, and make Django ready to work on it."""
    publication = publication_file.read(publication_file.find_home(home))
    publication_file.read_secret(publication.home)
    publication_file.read_purge_token(publication.home, publication.purge)
    if publication.database.engine == "postgresql" and importlib.util.find_spec("psycopg") is None:
        raise PublicationFileError(
            f"{publication.path}: database is PostgreSQL, and its driver is missing: "
            "run `pip install 'standfirst[postgresql]'`."
        )
    if publication.database.engine == "sqlite" and not Path(publication.database.name).exists():
        # SQLite would make an empty one, and every command say something else about it.
        raise PublicationFileError(
            f"The database {publication.database.name} is not there: bring it back from a backup, or mend the line "
            "`database` of standfirst.toml."
        )
    if publication.database.engine == "postgresql":
        _refuse_what_libpq_does_not_know(publication)
    if publication.media.exists() and not publication.media.is_dir():
        raise PublicationFileError(
            f"{publication.path}: media is {publication.media}, which is no directory."
        )
    os.environ[HOME_VARIABLE] = str(publication.home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "standfirst.config.settings"
    import django

    django.setup()
    return publication


def _refuse_what_libpq_does_not_know(publication: PublicationFile) -> None:
    """Raise for what stands behind the `?` of a database's address and is not libpq's: some of it would be Django's."""
    import psycopg
    from psycopg.conninfo import make_conninfo, timeout_from_conninfo

    try:
        make_conninfo(**publication.database.options)
        timeout_from_conninfo(dict(publication.database.options))
    except psycopg.ProgrammingError as error:
        said = " ".join(str(error).split())
        raise PublicationFileError(f"{publication.path}: database can't be used ({said}).") from None


def said_plainly(error: BaseException) -> str:
    """One sentence about trouble with a publication's file or database. Empty for any other error.

    Loads nothing to find out: what is not loaded can't have failed.
    """
    if isinstance(error, PublicationFileError):
        return str(error)
    state = sys.modules.get("standfirst.config.database_state")
    if state is not None and isinstance(error, state.DatabaseInUse):
        return str(error)
    errors = sys.modules.get("django.db.utils")
    if errors is None or not isinstance(error, errors.DatabaseError | errors.InterfaceError):
        return ""
    from django.conf import settings

    from standfirst.config.database_errors import said_plainly_of_database

    return said_plainly_of_database(error, settings.STANDFIRST)
