"""A PgBouncer in transaction mode before the server that the tests use, and the publication it is the database of."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

# Fewer than ask at once: a transaction is given whichever session is free.
SESSIONS = 3


class Pooler:
    """One that can be stopped and started again, at the same port."""

    def __init__(self, folder: Path, server: str, port: int, server_port: int | None = None) -> None:
        self.port = port
        self.url = urlsplit(server)._replace(netloc=f"standfirst@127.0.0.1:{port}").geturl()
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._write(server_port or urlsplit(server).port or 5432)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        as_other = ["-u", "nobody"] if os.getuid() == 0 else []  # It refuses to be root.
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                ["pgbouncer", *as_other, str(self._folder / "pgbouncer.ini")], stdout=log, stderr=log
            )
        end = time.monotonic() + 20
        while not self._listens():
            assert self._process.poll() is None, (self._folder / "log").read_text()
            assert time.monotonic() < end, "PgBouncer does not listen"
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it at once: connections end, and new ones are refused."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _write(self, server_port: int) -> None:
        (self._folder / "users").write_text('"standfirst" ""\n')
        (self._folder / "pgbouncer.ini").write_text(
            f"""
[databases]
* = host=127.0.0.1 port={server_port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {self.port}
unix_socket_dir =
auth_type = trust
auth_file = {self._folder}/users
pool_mode = transaction
default_pool_size = {SESSIONS}
max_client_conn = 200
server_connect_timeout = 2
server_login_retry = 1
ignore_startup_parameters = extra_float_digits
"""
        )
        for path in (self._folder, self._folder / "users", self._folder / "pgbouncer.ini"):
            path.chmod(0o755)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def pooler_before(server: str, folder: Path, port: int, server_port: int | None = None) -> Iterator[Pooler]:
    """A PgBouncer that leads to this server. Without one here the test is skipped, and the run says so."""
    if not shutil.which("pgbouncer"):
        pytest.skip("no pgbouncer here")
    pooler = Pooler(folder, server, port, server_port)
    pooler.start()
    try:
        yield pooler
    finally:
        pooler.stop()


def sql(server: str, *statements: str, database: str = "postgres") -> None:
    """Run statements on the server, past any pooler."""
    with psycopg.connect(
        urlsplit(server)._replace(path=f"/{database}").geturl(), autocommit=True
    ) as connection:
        for statement in statements:
            connection.execute(statement)
