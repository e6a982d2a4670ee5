"""Trouble with the database costs one sentence, and the mend it names is the one that helps."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from standfirst.config.opening import said_plainly
from standfirst.config.publication_directory import new_directory, publication_text
from tests.cli.conftest import Run, free_port


@pytest.fixture
def home(made: tuple[Path, str], tmp_path: Path) -> Path:
    """A publication of its own, to be spoilt."""
    return Path(shutil.copytree(made[0], tmp_path / "spoilt"))


def rows(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / "standfirst.sqlite3", isolation_level=None)


def gone(home: Path) -> None:
    (home / "standfirst.sqlite3").unlink()


def emptied(home: Path) -> None:
    (home / "standfirst.sqlite3").write_bytes(b"")


def a_text(home: Path) -> None:
    (home / "standfirst.sqlite3").write_text("Dear reader, " * 100)


def damaged(home: Path) -> None:
    path = home / "standfirst.sqlite3"
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))


def of_something_else(home: Path) -> None:
    gone(home)
    with rows(home) as other:
        other.execute("CREATE TABLE invoices (id)")


def behind(home: Path) -> None:
    with rows(home) as ours:
        ours.execute("DELETE FROM django_migrations WHERE app = 'review'")
        ours.execute("DROP TABLE review_question")


def ahead(home: Path) -> None:
    with rows(home) as ours:
        ours.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('articles', '9999_of_2031', '2031-01-01')"
        )
        ours.execute("DROP TABLE review_question")


def without_a_table(home: Path) -> None:
    with rows(home) as ours:
        ours.execute("DROP TABLE review_question")


TROUBLES = [
    (gone, "is not there: bring it back from a backup, or mend the line `database`"),
    (emptied, "The database is empty: mend the line `database`"),
    (a_text, "it is no database of SQLite: mend the line `database`"),
    (damaged, "it is damaged: bring it back from a backup"),
    (of_something_else, "tables of something else (invoices): mend the line `database`"),
    (behind, "behind this version: make a backup, then run `standfirst --home"),
    (ahead, "of a newer version of Standfirst (articles.9999_of_2031): install that version"),
    (without_a_table, "lacks a table that this version has made in it"),
]


@pytest.mark.parametrize(("spoil", "said"), TROUBLES, ids=lambda value: getattr(value, "__name__", None))
def test_each_trouble_is_named_with_its_mend(
    home: Path, standfirst: Run, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(home)

    result = standfirst("--home", home, "review", "list")

    assert (result.returncode, result.stderr.count("\n")) == (2, 1), result.stderr
    assert said in result.stderr
    assert "manage migrate" not in result.stderr or spoil in (behind, emptied)


@pytest.mark.parametrize("spoil", [emptied, of_something_else, ahead, behind])
def test_serve_refuses_with_the_same_sentence(
    home: Path, standfirst: Run, spoil: Callable[[Path], None]
) -> None:
    spoil(home)

    result = standfirst("--home", home, "serve", "--port", free_port())

    assert result.returncode == 2
    assert dict(TROUBLES)[spoil] in result.stderr
    assert "Traceback" not in result.stderr


def test_the_mend_of_what_is_behind_mends_it(home: Path, standfirst: Run) -> None:
    behind(home)

    assert standfirst("--home", home, "manage", "migrate").returncode == 0

    assert standfirst("--home", home, "review", "list").returncode == 0


def sentence_for(work: Callable[[], object]) -> str:
    from django.db import DatabaseError

    with pytest.raises(DatabaseError) as caught:
        work()
    return said_plainly(caught.value)


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestSQLite:
    __test__ = connection.vendor == "sqlite"

    @pytest.fixture(autouse=True)
    def leave_as_found(self):
        yield
        connection.close()

    def test_a_read_only_file(self) -> None:
        execute("PRAGMA query_only=1")

        assert "give it and its directory back to the account" in sentence_for(
            lambda: execute("CREATE TABLE x (y)")
        )

    def test_a_full_disk(self) -> None:
        execute("PRAGMA max_page_count=1", "CREATE TEMP TABLE full (a)")

        said = sentence_for(lambda: execute("CREATE TABLE x AS SELECT hex(zeroblob(1000000))"))

        assert "the disk is full: make room on it" in said

    def test_another_writer(self) -> None:
        with sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            execute("PRAGMA busy_timeout=10")

            said = sentence_for(lambda: execute("CREATE TABLE x (y)"))

            other.execute("ROLLBACK")
        assert "another program has been writing to it" in said

    def test_a_mistake_of_ours_is_not_blamed_on_the_database(self) -> None:
        assert sentence_for(lambda: execute("SELEKT 1")) == ""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestPostgreSQL:
    __test__ = connection.vendor == "postgresql"

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        with new_directory(tmp_path / "spoilt", publication_text(name="Spoilt")):
            return tmp_path / "spoilt"

    @pytest.fixture
    def settings_of(self, home: Path) -> Callable[[str], None]:
        def write(database: str) -> None:
            (home / "standfirst.toml").write_text(publication_text(name="Spoilt", database=database))

        return write

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda url: url.rpartition("/")[0] + "/no_such_database", "make that database on the server"),
            (
                lambda url: url.replace("//", "//nobody_at_all:x@", 1).replace("@standfirst@", "@"),
                "mend the user or",
            ),
            (
                lambda url: f"postgresql://x@127.0.0.1:{free_port()}/x",
                "start the server, or mend its address",
            ),
            (lambda url: "postgresql://x@no-such-host.invalid/x", "start the server, or mend its address"),
            (lambda url: f"{url}?options=-cdefault_transaction_read_only%3Don", "that server only reads"),
        ],
        ids=["database", "user", "port", "host", "replica"],
    )
    def test_what_cannot_be_used(self, settings_of, home, standfirst, change, said) -> None:
        settings_of(change(test_url()))

        result = standfirst("--home", home, "cache", "clear")

        assert (result.returncode, result.stderr.count("\n")) == (2, 1), result.stderr
        assert said in result.stderr

    def test_a_user_without_rights(self, settings_of, home, standfirst) -> None:
        execute("DROP ROLE IF EXISTS poor_relation", "CREATE ROLE poor_relation LOGIN")
        try:
            settings_of(test_url().replace("standfirst@", "poor_relation@"))

            result = standfirst("--home", home, "cache", "clear")
        finally:
            execute("DROP ROLE poor_relation")

        assert result.returncode == 2
        assert "the right to what it needs (GRANT)" in result.stderr

    def test_a_server_without_room_for_one_more(self, settings_of, home, standfirst) -> None:
        execute("DROP ROLE IF EXISTS lonely", "CREATE ROLE lonely LOGIN CONNECTION LIMIT 0")
        try:
            settings_of(test_url().replace("standfirst@", "lonely@"))

            result = standfirst("--home", home, "cache", "status")
        finally:
            execute("DROP ROLE lonely")

        assert result.returncode == 2
        assert "raise its max_connections" in result.stderr

    def test_a_database_in_use_is_refused_and_left_as_it_was(self, tmp_path, standfirst) -> None:
        before = connection.introspection.table_names()

        result = standfirst("init", tmp_path / "new", "--database", test_url())

        assert result.returncode == 2
        assert "holds a publication already: name an empty one" in result.stderr
        assert not (tmp_path / "new").exists()
        assert connection.introspection.table_names() == before


def test_url() -> str:
    found = connection.settings_dict
    return f"postgresql://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


test_url.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "spoil", [lambda home: None, of_something_else, a_text], ids=["ours", "foreign", "text"]
)
def test_init_refuses_a_file_with_something_in_it_and_leaves_it_as_it_was(
    home: Path, standfirst: Run, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(home)
    path = home / "standfirst.sqlite3"
    before = path.read_bytes()

    result = standfirst("init", tmp_path / "new", "--database", f"sqlite:///{path}")

    assert (result.returncode, result.stderr.count("\n")) == (2, 1), result.stderr
    assert "is there already: name a file that is not" in result.stderr
    assert not (tmp_path / "new").exists()
    assert path.read_bytes() == before


def test_init_that_fails_takes_its_own_file_away_again(standfirst: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside.sqlite3"

    result = standfirst(
        "init", tmp_path / "new", "--database", f"sqlite:///{outside}", "--user", "not a name"
    )

    assert result.returncode == 2
    assert "The first account can't be made" in result.stderr
    assert list(tmp_path.iterdir()) == []
