"""A row of the cache that is not as it was kept is no page: whatever is damaged, the reader gets what a rendering gives."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from standfirst.pagecache import store
from standfirst.pagecache.answers import answer_of, respond
from standfirst.pagecache.keys import EVERYTHING
from standfirst.pagecache.leases import Leases
from standfirst.pagecache.lookups import DamagedRow, lookup_in
from standfirst.pagecache.models import KeptPage
from standfirst.serving.front_door import FrontDoor

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("X-Odd", "a: b, ü")]
BODY = b"<!doctype html><p>The slow river, and its lock</p>" * 30
# Every column that there is or will be, but for the row's own number.
COLUMNS = [field.column for field in KeptPage._meta.concrete_fields if not field.primary_key]


class Magazine:
    """One page, behind a front door; and what was noted of it."""

    def __init__(self, folder: Path) -> None:
        pool = connection.pool_of_process() if connection.vendor == "postgresql" else None
        self.lookup = lookup_in(str(connection.settings_dict["NAME"]), pool)
        self.noted: list[str] = []
        self.door = FrontDoor(
            self.render,
            self.lookup,
            Leases(folder / "leases"),
            hosts=["testserver"],
            counted={},
            edition="edition",
            session_cookie="sessionid",
            clock=lambda: 1_700_000_100.0,
            noted=self.noted.append,
        )
        self.rendered = 0

    def render(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.rendered += 1
        answer = answer_of(200, HEADERS, BODY, now=1_700_000_000)
        assert store.keep("edition/a/", answer, store.versions_of([EVERYTHING, "article:1"]))
        environ["standfirst.kept"] = True
        status, headers, body = respond(answer, environ, now=1_700_000_100)
        start_response(status, headers)
        return [body]

    def visit(self, encoding: str) -> tuple[str, list[tuple[str, str]], bytes]:
        answered: list[Any] = []
        environ = {"PATH_INFO": "/a/", "QUERY_STRING": "", "REQUEST_METHOD": "GET", "HTTP_HOST": "testserver"}
        body = b"".join(
            self.door(environ | {"HTTP_ACCEPT_ENCODING": encoding}, lambda *said: answered.append(said))
        )
        return (*answered[0], body)


@pytest.fixture
def magazine(tmp_path: Path) -> Magazine:
    return Magazine(tmp_path)


@st.composite
def damage(draw: Any, value: Any) -> Any:
    """A value that is not quite the one it was."""
    if isinstance(value, int):
        return draw(
            st.integers(-3, 3).map(lambda by: value + by) | st.sampled_from([0, -1, 200, 404, 32_000])
        )
    if isinstance(value, str):
        return draw(_spoilt(list(value)).map("".join))
    return bytes(draw(_spoilt(list(bytes(value)))))


@st.composite
def _spoilt(draw: Any, parts: list[Any]) -> list[Any]:
    at = draw(st.integers(0, max(len(parts) - 1, 0)))
    other = "\n" if parts and isinstance(parts[0], str) else draw(st.integers(0, 255))
    return draw(
        st.sampled_from(
            [parts[:at], parts[at:], [], [*parts[:at], other, *parts[at + 1 :]], parts[::-1], [*parts, other]]
        )
    )


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), column=st.sampled_from(COLUMNS), encoding=st.sampled_from(["br", "gzip", ""]))
def test_whatever_of_a_row_is_damaged_the_answer_is_that_of_a_fresh_rendering(
    magazine, data, column, encoding
):
    KeptPage.objects.all().delete()
    fresh = magazine.visit(encoding)
    assert magazine.visit(encoding) == fresh
    row = KeptPage.objects.get()
    was = getattr(row, column)
    value = data.draw(damage(was))
    if connection.vendor == "sqlite" and data.draw(st.booleans()):
        value = data.draw(st.sampled_from([b"\xff\xfe", "word", 10**12, 1.5, b""]))  # It takes anything.
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE pagecache_keptpage SET {column} = %s WHERE id = %s", [value, row.pk])
    except (DatabaseError, ValueError):
        assume(False)

    assert magazine.visit(encoding) == fresh
    assert magazine.visit(encoding) == fresh


# A damaged path or generation is found by nobody; the size and the minute of use are not sent.
@pytest.mark.parametrize("column", sorted({*COLUMNS} - {"path", "generation", "size", "used"}))
def test_a_damaged_row_is_noted_and_replaced(magazine, column):
    magazine.visit("br")
    row = KeptPage.objects.get()
    was = getattr(row, column)
    spoilt = was + 1 if isinstance(was, int) else was[1:] if isinstance(was, str) else bytes(was)[:-1]
    KeptPage.objects.filter(pk=row.pk).update(**{column: spoilt})

    with pytest.raises(DamagedRow):
        magazine.lookup.find("edition/a/")
    magazine.visit("br")

    assert magazine.noted == ["damaged"]
    assert magazine.rendered == 2
    assert magazine.lookup.find("edition/a/") is not None
    magazine.visit("br")
    assert magazine.rendered == 2


def test_a_row_without_a_checksum_is_no_page(magazine):
    magazine.visit("br")
    KeptPage.objects.update(checksum=None)

    magazine.visit("br")

    assert magazine.rendered == 2
