"""The pool lends so many connections and no more, and tells a server that is not there from one that has none to spare."""

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from standfirst.database.pool import (
    SECONDS_BETWEEN_TRIES,
    SECONDS_OF_LIFE,
    AtItsLimit,
    OutOfReach,
    Pool,
    Silent,
    asked,
)
from tests.cli.test_serve import free_port
from tests.database.pooler import pooler_before, sql

pytestmark = pytest.mark.postgresql

SERVER = os.environ.get("STANDFIRST_TEST_DATABASE", "")
POSTGRES = urlsplit(SERVER)._replace(path="/postgres").geturl()


class Clock:
    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


Make = Callable[..., Pool]


@pytest.fixture
def pool_of() -> Iterator[Make]:
    pools: list[Pool] = []

    def make(url: str = POSTGRES, **more: object) -> Pool:
        with_patience = f"{url}?connect_timeout=2"
        pool = Pool(lambda: psycopg.connect(with_patience, autocommit=True), with_patience, **more)  # type: ignore[arg-type]
        pools.append(pool)
        return pool

    yield make
    for pool in pools:
        pool.close_idle()


@pytest.fixture
def role() -> Iterator[str]:
    """The address for a role that may have two connections."""
    name = f"standfirst_two_{os.getpid()}"
    sql(SERVER, f"DROP ROLE IF EXISTS {name}", f"CREATE ROLE {name} LOGIN CONNECTION LIMIT 2")
    parts = urlsplit(POSTGRES)
    yield parts._replace(netloc=f"{name}@{parts.hostname}:{parts.port}").geturl()
    sql(SERVER, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{name}'")
    sql(SERVER, f"DROP ROLE {name}")


def one(connection: psycopg.Connection) -> int:
    return connection.execute("SELECT 1").fetchone()[0]


def test_what_is_given_back_is_lent_again(pool_of):
    pool = pool_of()

    first = pool.take()
    pool.give_back(first)

    assert pool.take() is first


def test_at_its_limit_who_asks_waits_and_then_is_told(pool_of):
    pool = pool_of(size=1, seconds_to_wait=0.2)
    lent = pool.take()

    with pytest.raises(AtItsLimit):
        pool.take()

    threading.Timer(0.05, pool.give_back, [lent]).start()
    assert pool.take() is lent


def test_many_threads_share_a_few(pool_of):
    pool = pool_of(size=3, seconds_to_wait=20)
    seen: set[int] = set()
    out: list[int] = []

    def work() -> None:
        for _ in range(20):
            connection = pool.take()
            seen.add(connection.info.backend_pid)
            out.append(one(connection))
            pool.give_back(connection)

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(out) == 240
    assert len(seen) <= 3


def test_a_thread_that_ends_with_one_does_not_take_it_with_it(pool_of):
    pool = pool_of(size=1, seconds_to_wait=2)

    def lose() -> None:
        pool.take()

    thread = threading.Thread(target=lose)
    thread.start()
    thread.join()
    gc.collect()

    assert one(pool.take()) == 1


def test_what_was_left_in_a_transaction_is_not_lent_again(pool_of):
    pool = pool_of()
    left = pool.take()
    left.autocommit = False
    left.execute("SELECT 1")

    pool.give_back(left)

    other = pool.take()
    assert other is not left
    assert other.autocommit


def test_one_that_the_server_has_ended_meanwhile_is_not_lent_again(pool_of):
    pool = pool_of()
    ended = pool.take()
    pid = ended.info.backend_pid
    pool.give_back(ended)
    sql(SERVER, f"SELECT pg_terminate_backend({pid}, 5000)")

    assert one(pool.take()) == 1


def test_the_old_are_made_anew(pool_of):
    clock = Clock()
    pool = pool_of(clock=clock)
    old = pool.take()
    clock.ahead = SECONDS_OF_LIFE + 1

    pool.give_back(old)

    assert old.closed
    assert pool.take() is not old


def test_where_there_is_no_server_it_is_said_at_once_and_again_without_asking(pool_of):
    pool = pool_of(f"postgresql://standfirst@127.0.0.1:{free_port()}/postgres")

    for _ in range(5):
        with pytest.raises(OutOfReach):
            pool.take()


def test_a_server_that_is_back_is_found_after_a_moment(pool_of, tmp_path):
    clock = Clock()
    port = free_port()
    pool = pool_of(f"postgresql://standfirst@127.0.0.1:{port}/postgres", clock=clock)
    with pytest.raises(OutOfReach):
        pool.take()

    with pooler_before(SERVER, _readable(tmp_path), port):
        with pytest.raises(OutOfReach):
            pool.take()
        clock.ahead = SECONDS_BETWEEN_TRIES
        assert one(pool.take()) == 1


def test_a_server_without_connections_to_spare_is_not_out_of_reach(pool_of, role):
    others = [psycopg.connect(role) for _ in range(2)]
    pool = pool_of(role, seconds_to_wait=0.2)

    with pytest.raises(psycopg.OperationalError) as refused:
        pool.take()

    assert not isinstance(refused.value, OutOfReach)
    for other in others:
        other.close()


def test_one_of_ours_that_comes_back_serves_where_the_server_has_no_other(pool_of, role):
    pool = pool_of(role, seconds_to_wait=5)
    lent = [pool.take(), pool.take()]

    threading.Timer(0.1, pool.give_back, [lent[0]]).start()

    assert pool.take() is lent[0]


@pytest.mark.parametrize("wrong", ["dbname=nowhere_at_all", "user=nobody_at_all"])
def test_a_server_that_refuses_us_is_not_out_of_reach(pool_of, wrong):
    parts = urlsplit(POSTGRES)
    conninfo = f"host={parts.hostname} port={parts.port} user=standfirst dbname=postgres {wrong}"
    pool = Pool(lambda: psycopg.connect(conninfo), conninfo)

    with pytest.raises(psycopg.OperationalError) as refused:
        pool.take()

    assert not isinstance(refused.value, OutOfReach)


def test_an_answer_that_does_not_come_is_not_waited_for(pool_of):
    pool = pool_of()
    connection = pool.take()

    with pytest.raises(Silent):
        asked(connection, b"SELECT pg_sleep(30)", seconds=0.2)
    pool.give_back(connection)

    assert connection.closed
    assert one(pool.take()) == 1


def test_while_it_is_silent_one_at_a_time_tries(pool_of):
    clock = Clock()
    pool = pool_of(clock=clock)
    pool.was_silent()
    with pytest.raises(Silent):
        pool.take()

    clock.ahead = SECONDS_BETWEEN_TRIES
    tries = pool.take()
    with pytest.raises(Silent):
        pool.take()
    pool.give_back(tries)
    pool.has_answered()

    assert one(pool.take()) == 1


def test_rows_come_as_they_are_stored(pool_of):
    connection = pool_of().take()

    rows = asked(connection, b"SELECT $1::text, 7::int8, NULL, '\\x00ff'::bytea", "ü".encode())

    assert rows == [["ü".encode(), (7).to_bytes(8, "big"), None, b"\x00\xff"]]
    with pytest.raises(psycopg.errors.DivisionByZero):
        asked(connection, b"SELECT 1/0")
    assert asked(connection, b"SELECT 1 WHERE false") == []


def _readable(folder: Path) -> Path:
    """A folder that PgBouncer, which is not root, may look into."""
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    return folder / "pooler"
