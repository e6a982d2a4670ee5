"""Queries that the ORM writes once, and that are run with other values each time.

Django takes about ten times as long to write a query as SQLite to answer it, and a reader's page is made of a few
queries that differ in their values alone:

    BY_SLUG = Prepared(lambda slug: Contributor.objects.filter(slugs=slug))
    BY_SLUG.first(slug="ada-quill")

What is remembered is the wording of the query, never an answer.
"""

import threading
from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    NamedValuesListIterable,
    ValuesListIterable,
)

Row = TypeVar("Row")
# SQLite joins no more than 500 queries in one, and allows no more than 999 values.
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value goes: the argument's name, and the place in it."""

    name: str
    place: int


class Asked(Expression):
    """Stands for an argument while the query is written."""

    def __init__(self, slots: tuple[Slot, ...]) -> None:
        super().__init__()
        self.slots = slots

    def __getitem__(self, place: int) -> "Asked":
        """One value of a list."""
        return Asked((self.slots[place],))

    def __len__(self) -> int:
        return len(self.slots)

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any
    ) -> tuple[str, list[Any]]:
        return f"({', '.join(['%s'] * len(self.slots))})", list(self.slots)


@dataclass(frozen=True, slots=True)
class Written:
    """A query as the database is asked it, and how its rows are read."""

    sql: str
    parameters: tuple[Any, ...]  # Slots, and the values that are always the same
    converters: tuple[tuple[int, Sequence[Callable[..., Any]], Any], ...]
    made_of: Callable[[Sequence[Any]], Any]

    def read(self, row: Sequence[Any], connection: Any) -> Any:
        """What the queryset would make of a row."""
        if not self.converters:
            return self.made_of(row)
        values = list(row)
        for place, converters, column in self.converters:
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return self.made_of(values)

    def asking(self, asked: dict[str, Any], connection: Any) -> list[Any]:
        """The parameters with which the query asks for these arguments."""
        values = {name: _adapted(value, connection) for name, value in asked.items()}
        return [
            slot if not isinstance(slot, Slot) else values[slot.name][slot.place] for slot in self.parameters
        ]

    def answer(self, sql: str, parameters: Sequence[Any], connection: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found = cursor.fetchall()
        return [self.read(row, connection) for row in found]


class WrittenByThread(threading.local):
    """The queries written so far. Each thread has its own, as it has its own connection, to which their readers belong."""

    def __init__(self) -> None:
        self.by_shape: dict[tuple[Any, ...], Written] = {}


class Prepared(Generic[Row]):
    """A query, given as what builds its queryset: of instances alone, or of `values_list`, also flat or named.

    Arguments are named. A list goes into `__in`; it is not empty, and short: each length is a query of its own, as is
    each choice of arguments that are None. `limit` and `offset` take the place of a slice.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._written = WrittenByThread()

    def rows(self, *, limit: int | None = None, offset: int = 0, **asked: Any) -> list[Row]:
        if limit == 0:
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        written = self._for(asked, connection)
        sql, parameters = written.sql, written.asking(asked, connection)
        if limit is not None:
            sql = f"{sql} LIMIT %s OFFSET %s"
            parameters += [limit, offset]
        return written.answer(sql, parameters, connection)

    def of_each(self, name: str, values: Sequence[Any], *, limit: int) -> list[Row]:
        """The first rows for each value of one argument, a hundred values in one query. Rows say whose they are."""
        connection = connections[DEFAULT_DB_ALIAS]
        rows: list[Row] = []
        for start in range(0, len(values), AT_ONCE):
            some = values[start : start + AT_ONCE]
            written = self._for({name: some[0]}, connection)
            one = f"SELECT * FROM ({written.sql} LIMIT %s) AS one"
            parameters = [
                parameter
                for value in some
                for parameter in (*written.asking({name: value}, connection), limit)
            ]
            rows += written.answer(" UNION ALL ".join([one] * len(some)), parameters, connection)
        return rows

    def _for(self, asked: dict[str, Any], connection: Any) -> Written:
        shape = tuple(
            (name, None if value is None else len(value) if isinstance(value, (list, tuple)) else 0)
            for name, value in asked.items()
        )
        written = self._written.by_shape.get(shape)
        if written is None:
            written = self._written.by_shape[shape] = _written(self._build, asked, connection)
        return written

    def first(self, **asked: Any) -> Row | None:
        """The first row, None if there is none. The queryset says in which order."""
        return next(iter(self.rows(limit=1, **asked)), None)


def _adapted(value: Any, connection: Any) -> list[Any]:
    """An argument's values, as the database takes them."""
    values = value if isinstance(value, (list, tuple)) else (value,)
    return [each if type(each) is int else connection.ops.adapt_unknown_value(each) for each in values]


def _written(build: Callable[..., QuerySet[Any, Any]], asked: dict[str, Any], connection: Any) -> Written:
    queryset = build(**{name: _asked(name, value) for name, value in asked.items()})
    compiler = queryset.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
    return Written(
        sql,
        tuple(parameters),
        tuple((place, convert, column) for place, (convert, column) in converters.items()),
        _made_of(queryset, connection.alias),
    )


def _asked(name: str, value: Any) -> Asked | None:
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return Asked(tuple(Slot(name, place) for place in range(len(value))))
    return Asked((Slot(name, 0),))


def _made_of(queryset: QuerySet[Any, Any], alias: str) -> Callable[[Sequence[Any]], Any]:
    """What makes of a row's values what the queryset would."""
    kind = queryset._iterable_class
    if kind is FlatValuesListIterable:
        return lambda row: row[0]
    if kind is ValuesListIterable:
        return tuple
    if kind is NamedValuesListIterable:
        named: Any = namedtuple("named", queryset.query.values_select)  # type: ignore[misc]
        return named._make  # type: ignore[no-any-return]
    if kind is ModelIterable and not queryset.query.select_related:
        model = queryset.model
        names = [field.attname for field in model._meta.concrete_fields]
        return lambda row: model.from_db(alias, names, row)
    raise TypeError("A query is prepared for instances alone, or for values_list, also flat or named.")
