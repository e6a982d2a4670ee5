"""Trouble with the database that passes by itself or by its keeper's hand, and is no mistake of ours."""

from django.db import InterfaceError, OperationalError

# What PostgreSQL says to a program's statement because of how it is kept, and psycopg counts among internal errors:
# read_only_sql_transaction, idle_in_transaction_session_timeout, transaction_timeout
# (https://www.postgresql.org/docs/current/errcodes-appendix.html).
OF_ITS_KEEPING = frozenset({"25006", "25P03", "25P04"})


def is_of_the_moment(error: BaseException | None) -> bool:
    """Whether whoever asked for a page may be told to come back; any other error is ours to mend."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return getattr(getattr(error, "__cause__", None), "sqlstate", None) in OF_ITS_KEEPING
