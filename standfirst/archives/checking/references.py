"""Every row that points at another points at one that is there."""

from datetime import datetime

from django.db import connection

from .finding import Check, Found

# Said with more words elsewhere: in `addresses` and in `tree`.
SAID_ELSEWHERE = {
    ("wagtailredirects_redirect", "wagtailcore_page"),
    ("articles_articlepage", "wagtailcore_page"),
}


def dangling_references(now: datetime) -> Found:
    """SQLite asks this of a connection, not of the file, so rows that another tool wrote may dangle.

    PostgreSQL has no way to store such a row: there is nothing to look for.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _number in cursor.fetchall():
            if (table, parent) not in SAID_ELSEWHERE:
                yield f"{table}:{row}", f"Row {row} of {table} points at a row of {parent} that is not there."


CHECKS = (
    Check(
        "dangling-reference",
        "Rows that point at nothing",
        "Bring the missing row back from a backup, or delete the row that points at it.",
        dangling_references,
    ),
)
