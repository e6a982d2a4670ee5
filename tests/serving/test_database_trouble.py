"""A served publication on PostgreSQL, when its server is behind a pooler, out of reach, or has no connection to spare.

Nobody gets an old page but where there is no database, and then for minutes; and `/healthz` says what readers meet.
"""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.cli.test_serve import answers, eventually, free_port
from tests.cli.test_watching import Watched
from tests.database.pooler import Pooler, pooler_before, sql
from tests.database.test_pool import _readable
from tests.made import ROOT, a_publication, environment

pytestmark = pytest.mark.postgresql

SERVER = os.environ.get("STANDFIRST_TEST_DATABASE", "")
NAME = f"standfirst_trouble_{os.getpid()}"
OWN = urlsplit(SERVER)._replace(path=f"/{NAME}").geturl()
# Changes what every page shows, in a process that reaches the database whatever becomes of the server's address.
CHANGE = """
import sys
from standfirst.config.opening import open_publication
open_publication(sys.argv[1])
from standfirst.publications.models import PublicationSettings
publication = PublicationSettings.load()
publication.name = sys.argv[2]
publication.save()
"""


@dataclass
class Magazine:
    """A publication, made on a database of the tests' server, and the address at which it finds it."""

    home: Path
    port: int = field(default_factory=free_port)
    metrics_port: int = field(default_factory=free_port)

    def init(self, database: str) -> None:
        made = self._run("-m", "standfirst", "init", str(self.home), "--database", database)
        assert made.returncode == 0, made.stdout + made.stderr
        self._measured()

    def copied(self, factory: pytest.TempPathFactory) -> None:
        """As `init` makes it, and sooner."""
        a_publication(self.home, factory, OWN)
        self._measured()

    def _measured(self) -> None:
        file = self.home / "standfirst.toml"
        more = f"[server]\nmetrics_port = {self.metrics_port}\n"
        file.write_text(file.read_text().replace("[server]\n", more, 1))

    def found_at(self, database: str) -> None:
        """Lead it to its database by another address."""
        file = self.home / "standfirst.toml"
        lines = [line for line in file.read_text().splitlines() if not line.startswith("database")]
        file.write_text(f'database = "{database}"\n' + "\n".join(lines) + "\n")

    def rename(self, name: str) -> None:
        changed = self._run("-c", CHANGE, str(self.home), name)
        assert changed.returncode == 0, changed.stderr

    def get(self, path: str = "/") -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return response.status, response.read().decode(), headers

    def health(self) -> dict[str, str]:
        return dict(json.loads(self.get("/healthz")[1]))

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def magazine(tmp_path: Path) -> Iterator[Magazine]:
    """A publication on a database of its own, not served yet."""
    sql(SERVER, f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)', f'CREATE DATABASE "{NAME}"')
    yield Magazine(tmp_path / "trouble")
    sql(SERVER, f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


@pytest.fixture
def pooler(tmp_path: Path) -> Iterator[Pooler]:
    with pooler_before(OWN, _readable(tmp_path), free_port()) as it:
        yield it


def served(magazine: Magazine, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "standfirst", "--home", str(magazine.home), "serve"]
    with log.open("ab") as file:
        process = subprocess.Popen(
            [*command, "--port", str(magazine.port)], env=environment(), stdout=file, stderr=file
        )
    eventually(lambda: answers(magazine.port) or process.poll() is not None, "an answer", 240)
    assert process.poll() is None, log.read_text()
    return process


def test_behind_a_pooler_that_changes_sessions_readers_see_each_change(
    magazine: Magazine, pooler: Pooler, tmp_path: Path
) -> None:
    magazine.init(pooler.url)
    process = served(magazine, tmp_path / "log")
    try:
        sources: Counter[int] = Counter()
        for number in range(5):
            name = f"The Lantern {number}"
            magazine.rename(name)
            old, seen = [], threading.Lock()

            def read(name: str = name, old: list[str] = old, seen: threading.Lock = seen) -> None:
                for path in ["/", "/articles/", "/authors/", "/nothing/"] * 5:
                    status, page, _ = magazine.get(path)
                    with seen:
                        sources[status] += 1
                        if name not in page:
                            old.append(f"{path}: {status} {page[:200]}")

            readers = [threading.Thread(target=read) for _ in range(6)]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
            assert old == []
        assert set(sources) == {200, 404}
        assert magazine.health()["kept_pages"] == "ok"
        figures = Watched(process, magazine.port, magazine.metrics_port, tmp_path / "log")  # type: ignore[arg-type]
        assert 'source="kept",status="200"' in figures.figures()
        assert "prepared statement" not in (tmp_path / "log").read_text()
        assert "Traceback" not in (tmp_path / "log").read_text()
        assert "standfirst_lookup_trouble_total{" not in figures.figures()
    finally:
        process.terminate()
        process.wait()


def test_where_there_is_no_server_pages_sent_before_are_sent_and_counted_and_health_says_so(
    magazine: Magazine, pooler: Pooler, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    magazine.copied(tmp_path_factory)
    magazine.found_at(pooler.url)
    process = served(magazine, tmp_path / "log")
    try:
        for _ in range(10):  # Until both web processes have sent it.
            assert magazine.get()[0] == 200
        assert magazine.get("/nothing/")[0] == magazine.get("/nothing/")[0] == 404

        pooler.stop()

        assert [magazine.get()[0] for _ in range(5)] == [200] * 5
        status, _, headers = magazine.get("/nothing/")
        assert (status, headers["retry-after"]) == (503, "30")
        assert magazine.get("/healthz")[0] == 503
        assert (magazine.health()["database"], magazine.health()["kept_pages"]) == (
            "does not answer",
            "cannot be reached",
        )
        figures = Watched(process, magazine.port, magazine.metrics_port, tmp_path / "log")  # type: ignore[arg-type]
        assert figures.figure('standfirst_answers_total{source="remembered",status="200"}') == 5

        pooler.start()
        eventually(lambda: magazine.get("/healthz")[0] == 200, "health")
        magazine.rename("The New Lantern")
        assert all("The New Lantern" in magazine.get()[1] for _ in range(5))
    finally:
        process.terminate()
        process.wait()


def test_of_a_server_without_connections_to_spare_nobody_gets_an_old_page(
    magazine: Magazine, tmp_path: Path
) -> None:
    role = f"{NAME}_role"
    parts = urlsplit(SERVER)
    sql(
        SERVER,
        f"DROP ROLE IF EXISTS {role}",
        f"CREATE ROLE {role} LOGIN",
        f'ALTER DATABASE "{NAME}" OWNER TO {role}',
    )
    database = parts._replace(netloc=f"{role}@{parts.hostname}:{parts.port}", path=f"/{NAME}").geturl()
    magazine.init(database)
    process = served(magazine, tmp_path / "log")
    try:
        for _ in range(10):
            assert magazine.get()[0] == 200

        with psycopg.connect(database, autocommit=True) as last:
            # One connection for this role, and we have it: the server has none to spare for the publication.
            sql(SERVER, f"ALTER ROLE {role} CONNECTION LIMIT 1")
            others = f"usename = '{role}' AND pid <> {last.info.backend_pid}"
            sql(SERVER, f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")
            last.execute("UPDATE pagecache_key SET version = version + 1 WHERE name = 'publication'")
            last.execute("UPDATE publications_publicationsettings SET name = 'The Changed Lantern'")

            got = [magazine.get() for _ in range(24)]
            assert {status for status, *_ in got} == {503}
            assert all("retry-after" in headers for *_, headers in got)
            health = magazine.health()
            assert (health["database"], health["kept_pages"]) == ("does not answer", "cannot be read")

            # Two of the role's own are enough for right pages, however many ask.
            sql(SERVER, f"ALTER ROLE {role} CONNECTION LIMIT 4")
            time.sleep(1)
            pages = in_threads(magazine, 12)
            assert {status for status, _ in pages} <= {200, 503}
            assert all("The Changed Lantern" in page for status, page in pages if status == 200)

        sql(SERVER, f"ALTER ROLE {role} CONNECTION LIMIT -1")
        eventually(lambda: magazine.get()[0] == 200, "a page")
        assert "The Changed Lantern" in magazine.get()[1]
        assert (
            'source="remembered"'
            not in Watched(
                process,
                magazine.port,
                magazine.metrics_port,
                tmp_path / "log",  # type: ignore[arg-type]
            ).figures()
        )
    finally:
        process.terminate()
        process.wait()
        sql(SERVER, f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)', f"DROP ROLE IF EXISTS {role}")


def test_on_a_server_that_only_reads_pages_are_rendered_and_health_says_so(
    magazine: Magazine, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    magazine.copied(tmp_path_factory)
    process = served(magazine, tmp_path / "log")
    anew = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{NAME}'"
    try:
        assert magazine.get()[0] == 200
        sql(SERVER, f'ALTER DATABASE "{NAME}" SET default_transaction_read_only = on', anew)

        assert {magazine.get(path)[0] for path in ("/", "/articles/", "/authors/", "/search/?q=a")} == {200}
        assert magazine.get("/nothing/")[0] == 404
        assert magazine.get("/healthz")[0] == 503
        assert magazine.health()["database"] == "only reads"

        sql(SERVER, f'ALTER DATABASE "{NAME}" RESET default_transaction_read_only', anew)
        eventually(lambda: magazine.get("/healthz")[0] == 200, "health")
    finally:
        process.terminate()
        process.wait()


def in_threads(magazine: Magazine, number: int) -> list[tuple[int, str]]:
    got: list[tuple[int, str]] = []
    readers = [threading.Thread(target=lambda: got.append(magazine.get()[:2])) for _ in range(number)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return got
