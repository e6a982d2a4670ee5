"""What is suggested while somebody types: names, and headlines."""

from dataclasses import dataclass

from standfirst.addresses.paths import absolute
from standfirst.articles.entries import entries_of

from .asking import asked
from .engines import engine
from .leading import named
from .meaning import meaning_of

MOST = 8
# Of the newest whose heads match the best are suggested.
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to search for, and where they lead at once."""

    text: str
    url: str


def suggestions(query: str) -> tuple[Suggestion, ...]:
    """At most a few: whom and what is called so, then articles by their headlines."""
    wanted = asked(query)
    if not wanted.words:
        return ()
    first = named(wanted)
    links = (*(lead.link for lead in first.leads), *first.people)
    found = [Suggestion(link.text, absolute(link.url)) for link in links][:MOST]
    match = meaning_of(wanted, by_shown_names=True).heads
    if match is not None and len(found) < MOST:
        newest = engine().newest(match, in_heads=True, limit=LOOKED_AT, is_ranked=True)
        best = sorted(newest.places, key=lambda place: -newest.scores.get(place, 0.0))[: MOST - len(found)]
        at = {hit.place: hit.article for hit in engine().documents(best)}
        found += [
            Suggestion(entry.headline, absolute(entry.url))
            for entry in entries_of([at[place] for place in best if place in at])
        ]
    return tuple(dict.fromkeys(found))
