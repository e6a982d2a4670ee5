"""What is found, best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from standfirst.database.batches import batched
from standfirst.database.prepared import Prepared

from .asking import Asked, Said
from .engines import engine
from .matches import Hit, Hits, Match
from .meaning import Meaning, Sought, meaning_of
from .models import Document

HEADLINES = Prepared(
    lambda places: Document.objects.filter(place__in=places).order_by().values_list("place", "headline")
)
# The newest of so many are ranked: one more than are counted. Nobody reads as many, and the time goes into reading and ranking.
MOST = 1001
# Of so many that rank highest it is looked whether the headline is what was asked for.
LOOKED_AT = 100
# How far an old article falls behind a new one that matches as well.
RECENCY = 0.25
HEADLINE_IS_IT, HEADLINE_HAS_IT, HEADLINE_HAS_ALL = 3.0, 1.6, 1.25


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, in its order. It `is_cut` if the time ran out, and `is_full` if there are more than were looked at."""

    hits: tuple[Hit, ...] = ()
    is_cut: bool = False
    is_full: bool = False
    sought: Sought = field(default_factory=Sought)
    keys: frozenset[str] = frozenset()
    fields: tuple[Said, ...] = ()


def find(asked: Asked, *, by_date: bool = False, by_shown_names: bool = False) -> Found:
    """Everything public that was asked for; of very much, the newest."""
    meaning = meaning_of(asked, by_shown_names=by_shown_names)
    if meaning.everywhere is None:
        # Nothing but filters, or nothing at all: there is nothing to rank by.
        hits = _newest(meaning.heads, in_heads=True) if meaning.heads else Hits()
        return _found(meaning, hits.hits, hits)
    in_bodies = _newest(meaning.everywhere, in_heads=False)
    in_heads = _newest(meaning.heads, in_heads=True) if meaning.heads else Hits()
    all_hits = {hit.place: hit for hit in (*in_bodies.hits, *in_heads.hits)}
    newest = sorted(all_hits.values(), key=lambda hit: -hit.place)[:MOST]
    if not by_date:
        scores = _scores(meaning, in_bodies, in_heads)
        newest = _best_first(newest, scores, asked)
    return _found(meaning, newest, in_bodies, in_heads)


def _found(meaning: Meaning, hits: Sequence[Hit], *asked: Hits) -> Found:
    return Found(
        tuple(hits),
        is_cut=any(one.is_cut for one in asked),
        is_full=any(len(one.hits) >= MOST for one in asked),
        sought=meaning.sought,
        keys=meaning.keys,
        fields=meaning.fields,
    )


def _newest(match: Match, *, in_heads: bool) -> Hits:
    return engine().newest(match, in_heads=in_heads, limit=MOST)


def _scores(meaning: Meaning, in_bodies: Hits, in_heads: Hits) -> dict[int, float]:
    """How well each place matches. Of more than can be ranked, heads alone are, and bodies only match."""
    scores: dict[int, float] = {}
    if in_heads.hits and meaning.heads:
        scores = engine().ranks(meaning.heads, in_heads=True, since=in_heads.hits[-1].place)
    is_small = len(in_bodies.hits) < MOST and not in_bodies.is_cut
    if in_bodies.hits and meaning.everywhere and is_small and not meaning.everywhere.has_phrases:
        of_bodies = engine().ranks(meaning.everywhere, in_heads=False, since=in_bodies.hits[-1].place)
        # Heads that match by the beginning of a word alone come last: theirs is another scale.
        least = min(of_bodies.values(), default=0.0)
        scores = (
            {place: min(score, least) for place, score in scores.items()} | of_bodies if of_bodies else scores
        )
    return scores


def _best_first(newest: Sequence[Hit], scores: dict[int, float], asked: Asked) -> list[Hit]:
    if not newest:
        return []
    first, last = newest[-1].place, newest[0].place
    span = (last - first) or 1
    weighed = {
        hit.place: scores.get(hit.place, 0.0) * (1 - RECENCY + RECENCY * (hit.place - first) / span)
        for hit in newest
    }
    # Stable: those that match alike, or were not ranked, stay newest first.
    ordered = sorted(newest, key=lambda hit: -weighed[hit.place])
    top, rest = ordered[:LOOKED_AT], ordered[LOOKED_AT:]
    wanted = [token for one in asked.words for token in one.tokens]
    headlines = _headlines(hit.place for hit in top)
    top.sort(key=lambda hit: -weighed[hit.place] * _is_headline(wanted, headlines.get(hit.place, "")))
    return [*top, *rest]


def _is_headline(wanted: Sequence[str], headline: str) -> float:
    """How much more something counts whose headline is what was asked for."""
    if not wanted:
        return 1.0
    asked = " ".join(wanted)
    if headline == asked:
        return HEADLINE_IS_IT
    if f" {asked}" in f" {headline}":
        return HEADLINE_HAS_IT
    there = set(headline.split())
    return HEADLINE_HAS_ALL if there.issuperset(wanted) else 1.0


def _headlines(places: Iterable[int]) -> dict[int, str]:
    return dict(row for some in batched(places) for row in HEADLINES.rows(places=some))
