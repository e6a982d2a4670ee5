"""What went wrong with a database, in one sentence with a mend that is true."""

from pathlib import Path

from django.db import connection
from django.db.utils import DatabaseError, InterfaceError

from standfirst.config.database_state import not_this_version
from standfirst.config.publication_file import PublicationFile

LINE = "the line `database` of standfirst.toml"

# https://sqlite.org/rescode.html
SQLITE = {
    "SQLITE_BUSY": "another program has been writing to it for too long: stop that one, or try again.",
    "SQLITE_LOCKED": "another program has been writing to it for too long: stop that one, or try again.",
    "SQLITE_READONLY": "it may not be written to: give it and its directory back to the account that runs Standfirst.",
    "SQLITE_PERM": "it may not be read: give it back to the account that runs Standfirst.",
    "SQLITE_AUTH": "it may not be read: give it back to the account that runs Standfirst.",
    "SQLITE_FULL": "the disk is full: make room on it, then try again.",
    "SQLITE_IOERR": "the disk fails or is full: look at it, then try again.",
    "SQLITE_CORRUPT": "it is damaged: bring it back from a backup.",
    "SQLITE_NOTADB": f"it is no database of SQLite: mend {LINE}, or bring it back from a backup.",
}
# Classes and codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
POSTGRESQL = {
    "28": f"mend the user or the password in {LINE}, or let that user in on the server (pg_hba.conf).",
    "3D000": f"make that database on the server (`createdb`), or mend {LINE}.",
    "42501": "give the user of that database the right to what it needs (GRANT).",
    "25006": f"that server only reads, as a replica does: name the one that writes in {LINE}.",
    "53100": "the server's disk is full: make room on it, then try again.",
    "53200": "the server has no memory left: give it more, then try again.",
    "53300": "every connection of the server is taken: end some, or raise its max_connections.",
    "55P03": "another program holds what is needed: stop that one, or try again.",
    "40P01": "another program was changing the same rows: try again.",
    "57014": "the server gave up on it, as its settings tell it to (statement_timeout): try again, or raise that.",
    "57P": "the server is starting or stopping: try again when it is up.",
}
OUT_OF_REACH = f"start the server, or mend its address in {LINE}."
# Said before there is a code. A host that nobody knows comes first: its name may be any word.
POSTGRESQL_WORDS = {
    "resolve host": OUT_OF_REACH,
    "translate host": OUT_OF_REACH,
    "too many": POSTGRESQL["53300"],
    "connection slots": POSTGRESQL["53300"],
    "password authentication failed": POSTGRESQL["28"],
    "no password supplied": POSTGRESQL["28"],
    "pg_hba.conf": POSTGRESQL["28"],
    "role": POSTGRESQL["28"],
    "permission denied": POSTGRESQL["42501"],
    "does not exist": POSTGRESQL["3D000"],
    "starting up": POSTGRESQL["57P"],
    "shutting down": POSTGRESQL["57P"],
    "invalid": f"mend that in {LINE}.",
}
NO_SUCH_TABLE = ("42P01", "42703", "3F000")


def said_plainly_of_database(error: DatabaseError | InterfaceError, publication: PublicationFile) -> str:
    """One sentence about this error, with the mend; "" if the database is not to blame, but our own query."""
    name = connection.settings_dict["NAME"]
    first_line = str(error).strip().partition("\n")[0].rstrip(".")
    if _lacks_a_table(error, first_line):
        return _of_the_tables(first_line, publication)
    mend = _mend_of_sqlite(error) if connection.vendor == "sqlite" else _mend_of_postgresql(error, first_line)
    return f"The database {name} can't be used ({first_line}): {mend}" if mend else ""


def _lacks_a_table(error: Exception, first_line: str) -> bool:
    if connection.vendor == "sqlite":
        return (
            first_line.startswith(("no such table", "no such column")) or "has no column named" in first_line
        )
    return _code(error, "sqlstate") in NO_SUCH_TABLE


def _code(error: BaseException | None, name: str) -> str:
    """What the driver calls this error, however often Django has wrapped it; "" if it does not say."""
    while error is not None:
        if code := getattr(error, name, None):
            return str(code)
        error = error.__cause__ or error.__context__
    return ""


def _of_the_tables(first_line: str, publication: PublicationFile) -> str:
    connection.close()  # Its transaction, if there is one, is over.
    try:
        found = not_this_version(publication.home)
    except DatabaseError:
        return ""
    return found or (
        f"The database lacks a table that this version has made in it ({first_line}): bring it back from a backup."
    )


def _mend_of_sqlite(error: Exception) -> str:
    code = _code(error, "sqlite_errorname")
    if code.startswith("SQLITE_CANTOPEN"):
        folder = Path(connection.settings_dict["NAME"]).parent
        if not folder.is_dir():
            return f"{folder} is no directory: make it, or mend {LINE}."
        return "give it and its directory back to the account that runs Standfirst."
    # An extended code begins with the plain one: SQLITE_IOERR_WRITE.
    return next((mend for plain, mend in SQLITE.items() if code == plain or code.startswith(f"{plain}_")), "")


def _mend_of_postgresql(error: Exception, first_line: str) -> str:
    code = _code(error, "sqlstate")
    for known, mend in POSTGRESQL.items():
        if code.startswith(known):
            return mend
    if code and not code.startswith("08"):  # Class 08: the connection.
        return ""
    if not isinstance(error, InterfaceError) and type(error).__name__ != "OperationalError":
        return ""
    return next((mend for words, mend in POSTGRESQL_WORDS.items() if words in first_line), OUT_OF_REACH)
