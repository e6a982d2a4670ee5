"""What somebody who found nothing may have meant: words that there are, one or two letters away, or two typed as one."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from standfirst.text.tokens import tokens

from .asking import Asked, Said
from .engines import engine
from .models import Name

# A word of fewer letters has too many others beside it.
SHORTEST = 4
# From so many letters on two may be wrong.
TWO_WRONG = 8
# So many words are compared with one that was mistyped; the ways it may begin are asked for in turn.
MOST = 20_000
PROPOSED = 3
# Of two words typed as one each has so many letters.
SHORTEST_PART = 3


def proposals(asked: Asked) -> Iterable[Asked]:
    """What may have been meant, likeliest first. Whether it finds anything, the caller asks."""
    changed = [(place, one) for place, one in enumerate(asked.said) if _may_be_mistyped(one)]
    better = {place: _near(one.tokens[0]) for place, one in changed}
    wrong = [(place, one) for place, one in changed if better[place]]
    if not wrong:
        return
    # All of them at once, then each alone: a word that is right has neighbours too.
    for rank in range(PROPOSED):
        corrected = _with(
            asked, {place: better[place][rank] for place, _one in wrong if rank < len(better[place])}
        )
        if corrected != asked:
            yield corrected
    if len(wrong) > 1:
        for place, _one in wrong:
            yield _with(asked, {place: better[place][0]})


def _may_be_mistyped(one: Said) -> bool:
    return (
        len(one.tokens) == 1
        and len(one.tokens[0]) >= SHORTEST
        and one.tokens[0].isalpha()
        and not one.is_phrase
        and not one.is_unwanted
        and one.field in ("", "by")
    )


def _near(token: str) -> list[str]:
    """The words and shown names nearest to one; none for one that there is."""
    length = len(token)
    away = 1 if length < TWO_WRONG else 2
    candidates: set[str] = set()
    for start in dict.fromkeys((token[:1], token[1:2])):
        candidates |= _beginning_with(start, length - away, length + away)
    if token in candidates:
        return []
    found = process.extract(
        token, sorted(candidates), scorer=OSA.distance, score_cutoff=away, limit=PROPOSED * 3
    )
    # Whoever mistypes a word gets its first letter right, mostly.
    near = sorted(found, key=lambda one: (one[1], one[0][:1] != token[:1], abs(len(one[0]) - length)))
    return [word for word, _distance, _place in near[:PROPOSED]] or _parted(token)[:PROPOSED]


def _parted(token: str) -> list[str]:
    """The two words or shown names that one is, where what parts them was left out or a letter was hit in its place."""
    places = range(SHORTEST_PART, len(token) - SHORTEST_PART + 1)
    pairs = [(token[:at], token[at + wrong :]) for wrong in (0, 1) for at in places]
    pairs = [pair for pair in pairs if len(pair[1]) >= SHORTEST_PART]
    parts = list(dict.fromkeys(part for pair in pairs for part in pair))
    there = set(parts) - set(engine().unknown_words(parts))
    there |= set(Name.objects.filter(token__in=parts, is_shown=True).values_list("token", flat=True))
    # Long parts are no chance: the likeliest are most alike in length.
    found = sorted((pair for pair in pairs if there.issuperset(pair)), key=lambda pair: -min(map(len, pair)))
    return list(dict.fromkeys(" ".join(pair) for pair in found))


def _beginning_with(start: str, shortest: int, longest: int) -> set[str]:
    found: set[str] = set()
    for table, column, shown in (("search_word", "word", ""), ("search_name", "token", " AND is_shown")):
        condition, parameters = engine().beginning(column, start)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT {column} FROM {table} WHERE {condition}{shown}"
                f" AND length({column}) BETWEEN %s AND %s LIMIT {MOST}",
                [*parameters, shortest, longest],
            )
            found |= {word for (word,) in cursor.fetchall()}
    return found


def _with(asked: Asked, words: dict[int, str]) -> Asked:
    said = tuple(
        replace(one, text=words[place], tokens=tuple(tokens(words[place])), is_begun=False)
        if place in words
        else one
        for place, one in enumerate(asked.said)
    )
    return Asked(" ".join(one.typed for one in said), said)
