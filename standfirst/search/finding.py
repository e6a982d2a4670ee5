"""What is found, best first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from standfirst.database.batches import batched
from standfirst.database.prepared import Prepared

from .asking import Asked, Said
from .engines import engine
from .matches import Hit, Match, Places
from .meaning import Sought, meaning_of
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
    # Nothing but filters has nothing to rank by.
    is_ranked = not by_date and meaning.has_words
    in_bodies = _newest(meaning.everywhere, in_heads=False, is_ranked=is_ranked)
    in_heads = _newest(meaning.heads, in_heads=True, is_ranked=is_ranked)
    places = sorted({*in_bodies.places, *in_heads.places}, reverse=True)[:MOST]
    hits = _hits(places)
    if is_ranked:
        hits = _best_first(hits, _scores(in_bodies, in_heads), asked)
    return Found(
        tuple(hits),
        # What is at a place may not have come in time either.
        is_cut=in_bodies.is_cut or in_heads.is_cut or len(hits) < len(places),
        is_full=len(in_bodies.places) >= MOST or len(in_heads.places) >= MOST,
        sought=meaning.sought,
        keys=meaning.keys,
        fields=meaning.fields,
    )


def _newest(match: Match | None, *, in_heads: bool, is_ranked: bool) -> Places:
    if match is None:
        return Places()
    return engine().newest(match, in_heads=in_heads, limit=MOST, is_ranked=is_ranked)


def _hits(places: Sequence[int]) -> list[Hit]:
    """What is at these places, in their order."""
    there = {hit.place: hit for hit in engine().documents(places)} if places else {}
    return [there[place] for place in places if place in there]


def _scores(in_bodies: Places, in_heads: Places) -> Mapping[int, float]:
    if not in_bodies.scores:
        return in_heads.scores
    # Heads that match by the beginning of a word alone come last: theirs is another scale.
    least = min(in_bodies.scores.values())
    return {place: min(score, least) for place, score in in_heads.scores.items()} | dict(in_bodies.scores)


def _best_first(newest: Sequence[Hit], scores: Mapping[int, float], asked: Asked) -> list[Hit]:
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
