"""The connections of one process to PostgreSQL: so many at most, shared by all that its threads do.

psycopg's own pool connects in the background: whoever asks it waits, and then hears that time is up, whether the server
is gone or all connections are lent. A reader must get different answers to the two
(`docs/decisions/0015-an-old-page-only-when-there-is-no-database.md`), so this one connects where it is asked and says
what the server said.
"""

import select
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import psycopg
from psycopg import pq

Connection = psycopg.Connection[Any]

# So many at most in one process, unless the publication's file says otherwise.
SIZE = 12
# Nobody waits longer for one that another has: a reader is told to come back.
SECONDS_TO_WAIT = 3.0
# An answer of one row by its key takes a millisecond.
SECONDS_FOR_AN_ANSWER = 3.0
# A server that could not be reached is not asked again sooner; and then by one of those who wait for it.
SECONDS_BETWEEN_TRIES = 1.0
# After this a connection is made anew: behind a name there may be another server by now.
SECONDS_OF_LIFE = 600.0
# What libpq is told if the publication's file does not: a server that is silent is found out in seconds.
PATIENCE = {
    "connect_timeout": "3",
    "keepalives_idle": "30",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: admin_shutdown, crash_shutdown, cannot_connect_now
STARTING_OR_STOPPING = frozenset({"57P01", "57P02", "57P03"})
# PgBouncer's words, which it has in no other language, for a server that it cannot reach itself.
POOLER_WITHOUT_SERVER = ("cannot connect to server", "server login has been failing", "server_login_retry")


class OutOfReach(psycopg.OperationalError):
    """There is no server: nobody answers, or it is starting or stopping."""


class AtItsLimit(psycopg.OperationalError):
    """All connections of this process are lent, and none came back in time."""


class Silent(psycopg.OperationalError):
    """The server, or the pooler before it, is there and has not answered in time."""


class Pool:
    """Lends connections in autocommit, each to one at a time.

    `connect` makes one; `conninfo` is what it is made from, in libpq's words, to ask whether the server is there.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        conninfo: str,
        *,
        size: int = SIZE,
        seconds_to_wait: float = SECONDS_TO_WAIT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.size = size
        self._connect = connect
        self._conninfo = conninfo
        self._patience = seconds_to_wait
        self._clock = clock
        self._changed = threading.Condition()
        # The last one given back is lent first: the others grow old, and are closed.
        self._idle: deque[Connection] = deque()
        # A thread may end without giving back what it has: then the garbage collector takes it off this list.
        self._lent: WeakSet[Connection] = WeakSet()
        self._making = 0
        self._born: WeakKeyDictionary[Connection, float] = WeakKeyDictionary()
        self._failure: psycopg.OperationalError | None = None
        self._failed_at = 0.0
        self._trying_again = threading.Lock()
        self._silent_until = 0.0

    def take(self) -> Connection:
        """A connection, which is to be given back. Raises OutOfReach, Silent, AtItsLimit, or what the server says."""
        if self._silent_until and not self._may_try_silence():
            raise Silent("The database has not answered in time.")
        end = self._clock() + self._patience
        refusal: psycopg.Error | None = None
        while True:
            if (connection := self._idle_one(end, refusal)) is not None:
                return connection
            try:
                return self._new_one()
            except OutOfReach:
                raise
            except psycopg.Error as error:
                refusal = error  # The server has none to spare, perhaps: then one of ours may come back.

    def give_back(self, connection: Connection) -> None:
        """Take back what was lent. What is broken, old or in a transaction is closed."""
        is_fit = (
            not connection.closed
            and connection.pgconn.transaction_status == pq.TransactionStatus.IDLE
            and not self._is_old(connection)
        )
        if not is_fit:
            connection.close()
        elif not connection.autocommit:
            connection.autocommit = True
        with self._changed:
            self._lent.discard(connection)
            if is_fit:
                self._idle.append(connection)
            eldest = self._idle.popleft() if self._idle and self._is_old(self._idle[0]) else None
            self._changed.notify()
        if eldest is not None:
            eldest.close()

    def was_silent(self) -> None:
        """Note that the server did not answer: until it does, one at a time tries, and nobody else waits with them."""
        with self._changed:
            self._silent_until = self._clock() + SECONDS_BETWEEN_TRIES

    def has_answered(self) -> None:
        """Note that the server answers."""
        self._silent_until = 0.0

    def _may_try_silence(self) -> bool:
        with self._changed:
            if self._clock() < self._silent_until:
                return False
            self._silent_until = self._clock() + SECONDS_FOR_AN_ANSWER + SECONDS_BETWEEN_TRIES
            return True

    def close_idle(self) -> None:
        """Close what is not lent at the moment."""
        with self._changed:
            idle, self._idle = self._idle, deque()
        for connection in idle:
            connection.close()

    def _idle_one(self, end: float, refusal: psycopg.Error | None) -> Connection | None:
        """One that is idle; None if there is room for another. After a refusal there is none."""
        with self._changed:
            while True:
                while self._idle:
                    connection = self._idle.pop()
                    if is_alive(connection):
                        self._lent.add(connection)
                        return connection
                    connection.close()
                out = len(self._lent) + self._making
                if refusal is None and out < self.size:
                    self._making += 1
                    return None
                left = end - self._clock()
                if refusal is not None and (left <= 0 or not out):
                    raise refusal
                if left <= 0:
                    raise AtItsLimit(f"All {self.size} connections of this process are in use.")
                # Not to the end at once: of what the garbage collector takes back nobody is told.
                self._changed.wait(min(left, 0.5))

    def _new_one(self) -> Connection:
        connection = None
        try:
            connection = self._made()
            return connection
        finally:
            with self._changed:
                self._making -= 1
                if connection is not None:
                    self._lent.add(connection)
                self._changed.notify()

    def _made(self) -> Connection:
        failure = self._failure
        if failure is not None and (
            self._clock() - self._failed_at < SECONDS_BETWEEN_TRIES
            or not self._trying_again.acquire(blocking=False)
        ):
            raise OutOfReach(str(failure))
        try:
            connection = self._connect()
        except psycopg.OperationalError as error:
            self._failure = None
            if not is_out_of_reach(error, self._conninfo):
                raise
            self._failure, self._failed_at = error, self._clock()
            raise OutOfReach(str(error)) from error
        finally:
            if failure is not None:
                self._trying_again.release()
        self._failure = None
        self._born[connection] = self._clock()
        return connection

    def _is_old(self, connection: Connection) -> bool:
        return self._clock() - self._born[connection] > SECONDS_OF_LIFE


def asked(
    connection: Connection, query: bytes, *values: bytes, seconds: float = SECONDS_FOR_AN_ANSWER
) -> list[list[bytes | None]]:
    """The rows of a query's answer, in PostgreSQL's binary form, with values for `$1`, `$2` … as text.

    Nothing is prepared. Raises Silent after so many seconds, and the connection is then closed; psycopg would wait for
    as long as the other side keeps the connection, which a pooler that has lost its server does for minutes.
    """
    end = time.monotonic() + seconds
    server = connection.pgconn
    waiting = select.poll()
    waiting.register(server.socket, select.POLLIN)

    def result() -> pq.abc.PGresult | None:
        while server.is_busy():
            if not waiting.poll(max(0.0, end - time.monotonic()) * 1000):
                connection.close()
                raise Silent(f"The database has not answered in {seconds:.0f} seconds.")
            server.consume_input()
        return server.get_result()

    server.send_query_params(query, values, result_format=1)
    server.flush()  # It is shorter than the buffer of any socket.
    answer = result()
    while result() is not None:
        pass
    if answer is None:
        raise psycopg.OperationalError(server.get_error_message())
    if answer.status not in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
        raise psycopg.errors.error_from_result(answer)
    return [
        [answer.get_value(row, column) for column in range(answer.nfields)] for row in range(answer.ntuples)
    ]


def is_alive(connection: Connection) -> bool:
    """Whether an idle connection has not been ended by the server: there would be something to read, unasked for."""
    waiting = select.poll()
    try:
        waiting.register(connection.fileno(), select.POLLIN)
    except (OSError, psycopg.Error):
        return False
    return not waiting.poll(0)


def is_out_of_reach(error: psycopg.OperationalError, conninfo: str) -> bool:
    """Whether a connection could not be made because there is no server: nobody answers, or it starts or stops.

    libpq gives no SQLSTATE of a connection that failed, and its words are in the server's language. `PQping` tells
    apart a server that takes connections, one that rejects them, and none
    (https://www.postgresql.org/docs/current/libpq-connect.html, PQpingParams).
    """
    if isinstance(error, psycopg.errors.ConnectionTimeout) or error.pgconn is None:
        return True
    return says_there_is_no_server(error) or pq.PGconn.ping(conninfo.encode()) != pq.Ping.OK


def says_there_is_no_server(error: psycopg.Error) -> bool:
    """Whether this is what a server says while it starts or stops, or a pooler that has lost its own."""
    return (
        isinstance(error, OutOfReach)
        or error.sqlstate in STARTING_OR_STOPPING
        or any(words in str(error) for words in POOLER_WITHOUT_SERVER)
    )
