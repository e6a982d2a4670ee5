"""The index in SQLite: two tables of FTS5 (see the migration that makes them).

Hazards, each seen:

- Such a table keeps no text, so a row is deleted by telling it again exactly what it was given. Told anything else, the index is
  wrong from then on and says nothing: hence `Stream`.
- `bm25` first reads the whole list of every term, whatever range of rows it is asked for: it is asked for few terms and few rows.
- A scan that finds nothing does not stop at a lower bound of rowids. What stops it is the progress handler.
- What a reader types is an expression to FTS5 unless it is in quotation marks: nothing goes into MATCH but tokens, quoted.
"""

import json
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

from standfirst.search.conf import settings
from standfirst.search.entries import A_MINUTE, Entry
from standfirst.search.matches import Hit, Match, Places, Term

WORDS, HEADS = "search_words", "search_heads"
COLUMNS = {WORDS: "body, headline, standfirst, names, keys", HEADS: "headline, standfirst, names, keys"}
WEIGHTS = {WORDS: "1.0, 8.0, 4.0, 6.0, 2.0", HEADS: "8.0, 4.0, 6.0, 2.0"}
# How many steps of SQLite's machine between two looks at the clock: some fractions of a millisecond.
STEPS = 1000
# Rows are taken so many at a time; those on the way when the time is over are lost.
AT_ONCE = 100


class SQLite:
    def places_for(self, minutes: Sequence[tuple[int, int]]) -> list[int]:
        next_free = self._next_free({minute for minute, _article in minutes})
        places = []
        for minute, _article in minutes:
            while next_free[minute] == minute + A_MINUTE:
                minute += A_MINUTE
                if minute not in next_free:
                    next_free |= self._next_free({minute})
            places.append(next_free[minute])
            next_free[minute] += 1
        return places

    def _next_free(self, minutes: Collection[int]) -> dict[int, int]:
        """The first free place of each of these minutes; the first behind it where there is none.

        None is free where words were left, whose document somebody took out of the table.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value, COALESCE((SELECT MAX(place) FROM search_stream"
                " WHERE place BETWEEN value AND value + %s) + 1, value) FROM json_each(%s)",
                [A_MINUTE - 1, json.dumps(sorted(minutes))],
            )
            return dict(cursor.fetchall())

    def is_of_minute(self, place: int, minute: int) -> bool:
        return minute <= place < minute + A_MINUTE

    def enter(self, entries: Sequence[Entry]) -> None:
        # In the order of their rows: FTS5 writes out what it has gathered for each that comes before the last.
        ordered = sorted(entries, key=lambda entry: entry.place)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_document (place, article_id, headline, keys) VALUES (%s, %s, %s, %s)",
                [(e.place, e.article, e.fields.headline, e.fields.narrowing) for e in ordered],
            )
            cursor.executemany(
                "INSERT INTO search_stream (place, words) VALUES (%s, %s)",
                [(e.place, e.fields.packed()) for e in ordered],
            )
            for table in (WORDS, HEADS):
                cursor.executemany(
                    f"INSERT INTO {table} (rowid, {COLUMNS[table]}) VALUES (%s{', %s' * len(_values(table, ordered[0]))})",
                    [(e.place, *_values(table, e)) for e in ordered],
                )

    def remove(self, entries: Sequence[Entry]) -> None:
        ordered = sorted(entries, key=lambda entry: entry.place)
        places = [(entry.place,) for entry in ordered]
        with connection.cursor() as cursor:
            for table in (WORDS, HEADS):
                slots = ", %s" * len(_values(table, ordered[0]))
                cursor.executemany(
                    f"INSERT INTO {table} ({table}, rowid, {COLUMNS[table]}) VALUES ('delete', %s{slots})",
                    [(e.place, *_values(table, e)) for e in ordered],
                )
            cursor.executemany("DELETE FROM search_stream WHERE place = %s", places)
            cursor.executemany("DELETE FROM search_document WHERE place = %s", places)

    def empty(self) -> None:
        with connection.cursor() as cursor:
            for table in (WORDS, HEADS):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
            cursor.execute("DELETE FROM search_stream")
            cursor.execute("DELETE FROM search_document")

    def newest(self, match: Match, *, in_heads: bool, limit: int, is_ranked: bool = False) -> Places:
        table = HEADS if in_heads else WORDS
        rows, is_cut = _in_time(
            f"SELECT rowid FROM {table} WHERE {table} MATCH %s ORDER BY rowid DESC LIMIT %s",
            [_expression(match), limit],
        )
        places = tuple(place for (place,) in rows)
        # Of what many bodies have, heads alone are ranked.
        is_small = len(places) < limit and not is_cut and not match.has_phrases
        scores = (
            self._scores(table, match, since=places[-1])
            if places and is_ranked and (in_heads or is_small)
            else {}
        )
        return Places(places, scores, is_cut)

    def _scores(self, table: str, match: Match, *, since: int) -> dict[int, float]:
        rows, _is_cut = _in_time(
            f"SELECT rowid, -bm25({table}, {WEIGHTS[table]}) FROM {table} WHERE {table} MATCH %s AND rowid >= %s",
            [_expression(match), since],
        )
        return dict(rows)

    def documents(self, places: Sequence[int]) -> list[Hit]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT place, article_id, keys FROM json_each(%s) CROSS JOIN search_document ON place = value",
                [json.dumps(places)],
            )
            return list(map(Hit._make, cursor.fetchall()))

    def unwritten(self) -> Iterator[int]:
        # Each table of FTS5 has one of its own with a row for each row it was given.
        for table in (WORDS, HEADS):
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT place FROM search_document WHERE place NOT IN (SELECT id FROM {table}_docsize) ORDER BY place"
                )
                for (place,) in cursor.fetchall():
                    yield place

    def unknown_words(self, words: Sequence[str]) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value FROM json_each(%s) WHERE NOT EXISTS (SELECT 1 FROM search_word WHERE word = value)",
                [json.dumps(words)],
            )
            return [word for (word,) in cursor.fetchall()]

    def beginning(self, column: str, start: str) -> tuple[str, Collection[str]]:
        return f"{column} >= %s AND {column} < %s", (start, f"{start}\U0010ffff")


def _values(table: str, entry: Entry) -> tuple[str, ...]:
    fields = entry.fields
    head = (fields.headline, fields.standfirst, fields.names, fields.keys)
    return (fields.body, *head) if table == WORDS else head


def _expression(match: Match) -> str:
    """What FTS5 calls an expression: https://www.sqlite.org/fts5.html, section 3."""
    wanted = " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in match.groups)
    return f"({wanted}) NOT ({' OR '.join(map(_quoted, match.without))})" if match.without else wanted


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"{"*" if term.is_begun else ""}'


def _in_time(sql: str, parameters: Sequence[Any]) -> tuple[list[Any], bool]:
    """The rows that come before the deadline, and whether it came before their end."""
    rows: list[Any] = []
    with _deadline(), connection.cursor() as cursor:
        try:
            cursor.execute(sql, parameters)
            while some := cursor.fetchmany(AT_ONCE):
                rows += some
        except OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return rows, True
    return rows, False


@contextmanager
def _deadline() -> Iterator[None]:
    connection.ensure_connection()
    end = time.monotonic() + settings().milliseconds / 1000
    own = connection.connection
    own.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        yield
    finally:
        own.set_progress_handler(None, 0)  # The connection lives on, and imports take longer.
