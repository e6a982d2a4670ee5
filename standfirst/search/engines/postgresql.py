"""The index in PostgreSQL: two columns of `search_document` (see the migration that makes them).

Hazards, each seen:

- An index of this kind has no order: all that matches is gathered, then sorted. And ranking a long text takes it out of its
  compressed place first. So only heads are ranked, and bodies match.
- The query is a constant of the statement: behind a join or a function the planner does not see how rare its words are.
- What runs into its deadline takes its transaction along, and leaves nothing: each statement is in a savepoint of its own.
- Bodies have no positions, which would be half of the index. Phrases are looked for in the newest that have all their words.
"""

import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import OperationalError, connection, transaction

from standfirst.database.batches import batched
from standfirst.search.conf import settings
from standfirst.search.entries import Entry, Fields
from standfirst.search.matches import Hit, Hits, Match, Term

# A place is the minute and, below it, the article's id: of more than sixty-seven million there is no room.
BITS_OF_IDS = 26
# Of so many articles that have all words of a phrase it is looked whether they have the phrase.
PHRASES = 500
# A word that a body says so often says what the article is about.
OFTEN = 3
MOST_POSITIONS = 5
# Of D, C, B and A: words said often and keys, standfirsts, names, headlines.
WEIGHTS = "{0.1, 0.4, 0.6, 1.0}"


class PostgreSQL:
    def places_for(self, minutes: Sequence[tuple[int, int]]) -> list[int]:
        # Nobody else's without asking: two who publish at once would both be told that a place is free.
        return [(minute << BITS_OF_IDS) + article for minute, article in minutes]

    def is_of_minute(self, place: int, minute: int) -> bool:
        return place >> BITS_OF_IDS == minute

    def enter(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_document (place, article_id, headline, keys, head, body)"
                " VALUES (%s, %s, %s, %s, %s::tsvector, array_to_tsvector(%s))",
                [
                    (
                        e.place,
                        e.article,
                        e.fields.headline,
                        e.fields.narrowing,
                        _head(e.fields),
                        _body(e.fields),
                    )
                    for e in entries
                ],
            )
            cursor.executemany(
                "INSERT INTO search_stream (place, words) VALUES (%s, %s)",
                [(entry.place, entry.fields.packed()) for entry in entries],
            )

    def remove(self, entries: Sequence[Entry]) -> None:
        places = [entry.place for entry in entries]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_stream WHERE place = ANY(%s)", [places])
            cursor.execute("DELETE FROM search_document WHERE place = ANY(%s)", [places])

    def empty(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_stream")
            cursor.execute("DELETE FROM search_document")

    def newest(self, match: Match, *, in_heads: bool, limit: int) -> Hits:
        column = "head" if in_heads else "body"
        limit = min(limit, PHRASES) if match.has_phrases else limit
        rows, is_cut = _in_time(
            f"SELECT place, article_id, keys FROM search_document WHERE {column} @@ %s::tsquery ORDER BY place DESC LIMIT %s",
            [_query(match), limit],
        )
        hits = tuple(map(Hit._make, rows))
        if match.has_phrases:
            is_cut = is_cut or len(hits) == limit
            hits = _with_phrases(match, hits)
        return Hits(hits, is_cut)

    def ranks(self, match: Match, *, in_heads: bool, since: int) -> dict[int, float]:
        if not in_heads:
            return {}
        rows, _is_cut = _in_time(
            f"SELECT place, ts_rank('{WEIGHTS}', head, %s::tsquery) FROM search_document"
            " WHERE head @@ %s::tsquery AND place >= %s",
            [_query(match), _query(match), since],
        )
        return dict(rows)

    def unwritten(self) -> Iterator[int]:
        # Words and document are one row.
        return iter(())

    def unknown_words(self, words: Sequence[str]) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT given FROM unnest(%s::text[]) AS given"
                " WHERE NOT EXISTS (SELECT 1 FROM search_word WHERE word = given)",
                [list(words)],
            )
            return [word for (word,) in cursor.fetchall()]

    def beginning(self, column: str, start: str) -> tuple[str, Collection[str]]:
        return f'{column} COLLATE "C" >= %s AND {column} COLLATE "C" < %s', (start, f"{start}\U0010ffff")


def _head(fields: Fields) -> str:
    """A `tsvector` as PostgreSQL reads it. Tokens have no sign in them that would mean anything."""
    places: dict[str, list[str]] = {}
    at = 0
    for weight, words in (("A", fields.headline), ("B", fields.names), ("C", fields.standfirst)):
        for token in words.split():
            at += 1
            places.setdefault(token, []).append(f"{at}{weight}")
    often = (token for token, times in Counter(fields.body.split()).items() if times >= OFTEN)
    for token in (*often, *fields.keys.split()):
        places.setdefault(token, [f"{at + 1}D"])
    return " ".join(f"'{token}':{','.join(where[:MOST_POSITIONS])}" for token, where in places.items())


def _body(fields: Fields) -> list[str]:
    whole = " ".join((fields.body, fields.headline, fields.standfirst, fields.names, fields.keys))
    return list(dict.fromkeys(whole.split()))


def _query(match: Match) -> str:
    """What PostgreSQL calls a `tsquery`; a phrase is all of its words."""
    wanted = " & ".join(f"({' | '.join(map(_lexemes, group))})" for group in match.groups)
    # What holds the words of a phrase may not hold the phrase: nothing is left out here for one.
    without = [term for term in match.without if len(term.tokens) == 1]
    return f"{wanted} & !({' | '.join(map(_lexemes, without))})" if without else wanted


def _lexemes(term: Term) -> str:
    *whole, last = (f"'{token}'" for token in term.tokens)
    return f"({' & '.join((*whole, last + (':*' if term.is_begun else '')))})"


def _with_phrases(match: Match, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Those that hold each phrase, word for word, as far as there is time."""
    end = time.monotonic() + settings().milliseconds / 1000
    holding: set[int] = set()
    for some in batched([hit.place for hit in hits], 100):
        if time.monotonic() > end:
            break
        with connection.cursor() as cursor:
            cursor.execute("SELECT place, words FROM search_stream WHERE place = ANY(%s)", [some])
            for place, words in cursor.fetchall():
                fields = Fields.unpacked(words)
                text = f" {fields.body} \n {fields.headline} \n {fields.standfirst} \n {fields.names} \n {fields.keys} "
                is_wanted = all(any(_is_in(text, term) for term in group) for group in match.groups)
                if is_wanted and not any(_is_in(text, term) for term in match.without):
                    holding.add(place)
    return tuple(hit for hit in hits if hit.place in holding)


def _is_in(text: str, term: Term) -> bool:
    return f" {' '.join(term.tokens)}{'' if term.is_begun else ' '}" in text


def _in_time(sql: str, parameters: Sequence[Any]) -> tuple[list[Any], bool]:
    """The rows, and whether there was no time for them."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {settings().milliseconds}")
            cursor.execute(sql, parameters)
            rows = cursor.fetchall()
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "57014":  # query_canceled
            raise
        return [], True
    return rows, False
