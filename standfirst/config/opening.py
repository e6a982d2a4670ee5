"""Opening a publication: what everything that works on one does first."""

import importlib.util
import os
import sys

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
    os.environ[HOME_VARIABLE] = str(publication.home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "standfirst.config.settings"
    import django

    django.setup()
    return publication


def said_plainly(error: BaseException) -> str:
    """One sentence about trouble with a publication's file or database. Empty for any other error.

    Loads nothing to find out: what is not loaded can't have failed.
    """
    if isinstance(error, PublicationFileError):
        return str(error)
    errors = sys.modules.get("django.db.utils")
    if errors is None or not isinstance(error, errors.OperationalError | errors.ProgrammingError):
        return ""
    from django.db import connection

    first_line = str(error).strip().partition("\n")[0]
    if isinstance(error, errors.ProgrammingError) or "no such table" in first_line:
        return f"The database is not set up for this version ({first_line}): run `standfirst manage migrate`."
    return (
        f"The database {connection.settings_dict['NAME']} can't be used ({first_line}): "
        "mend that, or the line `database` of standfirst.toml."
    )
