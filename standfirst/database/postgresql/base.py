"""Django's PostgreSQL, its connections lent from a pool, and safe behind a pooler that changes sessions.

A pooler in transaction mode may give each transaction another session of the server's. So nothing here outlives a
transaction: no prepared statements (Django makes none), and cursors of the server's only inside one.
"""

import os
import threading
from typing import Any

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg.conninfo import make_conninfo

from standfirst.database.pool import PATIENCE, SIZE, Connection, Pool

# What Django tells psycopg, and not libpq.
NOT_LIBPQS = ("context", "cursor_factory", "prepare_threshold")

_pools: dict[str, Pool] = {}
_making = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """One thread's connection, while it has one."""

    _lender: Pool | None = None

    def get_connection_params(self) -> dict[str, Any]:
        return PATIENCE | super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        if self.alias == NO_DB_ALIAS:
            return super().get_new_connection(conn_params)  # type: ignore[no-any-return]
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        self._lender = self.pool_of_process()
        return self._lender.take()

    def pool_of_process(self) -> Pool:
        """The pool of this process: Django's threads and the look-up of kept pages take from one."""
        parameters = self.get_connection_params()
        conninfo = make_conninfo("", **{k: v for k, v in parameters.items() if k not in NOT_LIBPQS})
        with _making:
            if conninfo not in _pools:
                _pools[conninfo] = Pool(
                    lambda: psycopg.connect(**parameters, autocommit=True),
                    conninfo,
                    size=self.settings_dict.get("CONNECTIONS", SIZE),
                )
            return _pools[conninfo]

    def close_pool(self) -> None:
        """Close what this process holds and does not use: Django asks for it before it drops or copies a database."""
        close_idle()

    def _close(self) -> None:
        if self._lender is None:
            super()._close()  # type: ignore[misc]
        elif self.connection is not None:
            connection, self.connection = self.connection, None
            with self.wrap_database_errors:
                self._lender.give_back(connection)

    def chunked_cursor(self) -> Any:
        # Outside a transaction such a cursor belongs to a session, which is somebody else's at the next statement.
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()


def close_idle() -> None:
    """Close every connection of this process that is not lent."""
    for pool in list(_pools.values()):
        pool.close_idle()


def _begin_anew() -> None:
    """In a forked process: what it has inherited is its parent's."""
    global _making
    _pools.clear()
    _making = threading.Lock()


os.register_at_fork(before=close_idle, after_in_child=_begin_anew)
