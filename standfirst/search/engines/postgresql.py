"""The index in PostgreSQL: a column of `search_document` and one of `search_stream` (see the migration that makes them).

Hazards, each seen:

- An index of this kind has no order: all that matches is gathered, then sorted. What nearly everything has is found sooner from
  the newest back, and what few have takes a hundred times as long so, for each text on the way is unpacked. The planner, who
  does not know what unpacking costs, is told which to do (`_way`).
- Ranking a long text unpacks it too. So only heads are ranked, and bodies match.
- The query is a constant of the statement: behind a join or a function the planner does not see how rare its words are.
- What runs into its deadline takes its transaction along, and leaves nothing: inside of one each statement has a savepoint.
- Bodies have no positions, which would be half of the index: of what has all words of a phrase the newest are looked through for
  it. Heads have positions, and phrases are asked for by them.
"""

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Exists, OuterRef

from standfirst.database.batches import batched
from standfirst.search.conf import settings
from standfirst.search.entries import Entry, Fields
from standfirst.search.matches import Hit, Match, Places, Term
from standfirst.search.models import Document, Stream

# A place is the minute and, below it, the article's id: of more than sixty-seven million there is no room. The minute brings some
# of that room along (`entries.A_MINUTE`).
BITS_OF_IDS = 20
# Of so many texts at a time it is looked whether they hold a phrase, and then whether there is time for more.
AT_ONCE = 100
# Texts there are, as long as PostgreSQL has not counted them.
MANY = 1_000_000
# A word that a body says so often says what the article is about.
OFTEN = 3
# Of one token in heads; PostgreSQL keeps no more than 256.
MOST_POSITIONS = 200
# Of D, C, B and A: words said often and keys, standfirsts, names, headlines.
WEIGHTS = "{0.1, 0.4, 0.6, 1.0}"


@dataclass(frozen=True, slots=True)
class Index:
    """A column of words. `unpacking` is how many times longer it takes to look into one than to read a row that its index names."""

    table: str
    column: str
    unpacking: float


HEADS = Index("search_document", "head", unpacking=1)
BODIES = Index("search_stream", "body", unpacking=10)


class PostgreSQL:
    def places_for(self, minutes: Sequence[tuple[int, int]]) -> list[int]:
        # Nobody else's without asking: two who publish at once would both be told that a place is free.
        return [(minute << BITS_OF_IDS) + article for minute, article in minutes]

    def is_of_minute(self, place: int, minute: int) -> bool:
        return place >> BITS_OF_IDS == minute

    def enter(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_document (place, article_id, headline, keys, head) VALUES (%s, %s, %s, %s, %s::tsvector)",
                [
                    (e.place, e.article, e.fields.headline, e.fields.narrowing, _head(e.fields))
                    for e in entries
                ],
            )
            cursor.executemany(
                # Words may have been left there, whose document somebody took out of the table.
                "INSERT INTO search_stream (place, words, body) VALUES (%s, %s, array_to_tsvector(%s))"
                " ON CONFLICT (place) DO UPDATE SET words = EXCLUDED.words, body = EXCLUDED.body",
                [(e.place, e.fields.packed(), _body(e.fields)) for e in entries],
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

    def newest(self, match: Match, *, in_heads: bool, limit: int, is_ranked: bool = False) -> Places:
        index = HEADS if in_heads else BODIES
        query = _query(match, has_positions=in_heads)
        is_ranked = is_ranked and in_heads
        columns, score = (
            ("place, head", f"ts_rank('{WEIGHTS}', head, %s::tsquery)") if is_ranked else ("place", "0.0")
        )
        way = _way(index, query, limit)
        if not way:
            return Places(is_cut=True)
        found = _asked(
            f"SELECT place, {score} FROM (SELECT {columns} FROM {index.table} WHERE {index.column} @@ %s::tsquery"
            " ORDER BY place DESC LIMIT %s) AS newest ORDER BY place DESC",
            [*[query] * is_ranked, query, limit],
            **{"enable_seqscan": "off", way: "off"},
        )
        if not found:
            return Places(is_cut=True)
        scores = dict(found[0])
        places = tuple(scores)
        if match.has_phrases and not in_heads:
            places, is_cut = _with_phrases(match, places)
            return Places(places, is_cut=is_cut or len(scores) == limit)
        return Places(places, scores if is_ranked else {})

    def documents(self, places: Sequence[int]) -> list[Hit]:
        # As one text: the driver takes longer to write out a list than PostgreSQL to read it.
        wanted = f"{{{','.join(map(str, places))}}}"
        found = _asked(
            "SELECT place, article_id, keys FROM search_document WHERE place = ANY(%s::bigint[])", [wanted]
        )
        return list(map(Hit._make, found[0])) if found else []

    def unwritten(self) -> Iterator[int]:
        written = Stream.objects.filter(place=OuterRef("place"))
        yield from Document.objects.filter(~Exists(written)).order_by("place").values_list("place", flat=True)

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
        at += 1  # The last token of one does not stand before the first of the next.
        for token in words.split():
            at += 1
            places.setdefault(token, []).append(f"{at}{weight}")
    often = (token for token, times in Counter(fields.body.split()).items() if times >= OFTEN)
    for token in (*often, *fields.keys.split()):
        places.setdefault(token, [f"{at + 2}D"])
    return " ".join(f"'{token}':{','.join(where[:MOST_POSITIONS])}" for token, where in places.items())


def _body(fields: Fields) -> list[str]:
    whole = " ".join((fields.body, fields.headline, fields.standfirst, fields.names, fields.keys))
    return list(dict.fromkeys(whole.split()))


def _query(match: Match, *, has_positions: bool) -> str:
    """What PostgreSQL calls a `tsquery`. Without positions a phrase is all of its words."""
    follows = "<->" if has_positions else "&"
    wanted = " & ".join(_any_of(group, follows) for group in match.groups)
    # What holds the words of a phrase may not hold the phrase: nothing is left out here for one.
    without = [term for term in match.without if has_positions or len(term.tokens) == 1]
    return f"{wanted} & !{_any_of(without, follows)}" if without else wanted


def _any_of(terms: Iterable[Term], follows: str) -> str:
    return f"({' | '.join(_lexemes(term, follows) for term in terms)})"


def _lexemes(term: Term, follows: str) -> str:
    # Only what heads hold is found by its beginning, not what bodies say often (D).
    *whole, last = (f"'{token}'" for token in term.tokens)
    return f"({f' {follows} '.join((*whole, last + (':*ABC' if term.is_begun else '')))})"


def _with_phrases(match: Match, places: Sequence[int]) -> tuple[tuple[int, ...], bool]:
    """Those that hold each phrase, word for word, and whether there was not the time to look through all of them."""
    end = time.monotonic() + settings().milliseconds / 1000
    holding: set[int] = set()
    groups = [[_phrase(term) for term in group] for group in match.groups]
    without = [_phrase(term) for term in match.without]
    is_cut = False
    for some in batched(places, AT_ONCE):
        found = _asked("SELECT place, words FROM search_stream WHERE place = ANY(%s)", [some])
        if not found or time.monotonic() > end:
            is_cut = True
            break
        for place, words in found[0]:
            text = Fields.text_of(words)
            is_wanted = all(any(phrase in text for phrase in group) for group in groups)
            if is_wanted and not any(phrase in text for phrase in without):
                holding.add(place)
    return tuple(place for place in places if place in holding), is_cut


def _phrase(term: Term) -> bytes:
    return f" {' '.join(term.tokens)}{'' if term.is_begun else ' '}".encode()


def _way(index: Index, query: str, limit: int) -> str:
    """The setting by which the planner is kept from the way that takes longer; empty if there is no time to find out.

    With n of N texts matching, the index names n rows of a few bytes; from the newest backwards limit * N / n texts are unpacked.
    """
    found = _asked(
        f"SELECT reltuples FROM pg_class WHERE oid = '{index.table}'::regclass;"
        f"EXPLAIN (FORMAT JSON) SELECT FROM {index.table} WHERE {index.column} @@ %s::tsquery",
        [query],
    )
    if not found:
        return ""
    ((texts,),), (((plan,),),) = found
    if texts <= 0:
        texts = MANY
    matching = plan["Plan"]["Plan Rows"]
    is_backwards = matching * matching > limit * texts * index.unpacking
    return "enable_bitmapscan" if is_backwards else "enable_indexscan"


def _asked(sql: str, parameters: Sequence[Any], **setting: str) -> list[list[Any]]:
    """The rows of each query there is in `sql`; nothing at all if there was no time for them.

    One message to the server: what is set, and goes with the transaction; the queries; and what was set before.
    """
    set_before = {"statement_timeout": str(settings().milliseconds), **setting}
    sets = "".join(f"SET LOCAL {name} TO {value};" for name, value in set_before.items())
    resets = "".join(f";SET LOCAL {name} TO DEFAULT" for name in set_before)
    in_transaction = transaction.atomic() if connection.in_atomic_block else nullcontext()
    found = []
    try:
        with in_transaction, connection.cursor() as cursor:
            cursor.execute(f"{sets}{sql}{resets}", parameters)
            while True:
                if cursor.description:
                    found.append(cursor.fetchall())
                if not cursor.nextset():
                    return found
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "57014":  # query_canceled
            raise
        return []
