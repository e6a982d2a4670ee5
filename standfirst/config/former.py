"""Databases made before the first release, with tables that this version does not take over."""

# Where the publication's own pages were kept.
TABLE = "articles_publicationpage"
SENTENCE = (
    "The database was made before the first release and can't be brought up to this version: make the publication anew "
    "(`standfirst init`) and import into it again; of the sample magazine, delete the directory and run `make run`."
)


def former_database() -> str:
    """A sentence for a database made before the first release. Empty for any other, and for one that does not answer."""
    from django.db import DatabaseError, connection

    try:
        return SENTENCE if TABLE in connection.introspection.table_names() else ""
    except DatabaseError:
        return ""
