"""Credits that still name somebody who was merged away are given to who that is now.

An old draft, a scheduled version and a form that was opened yesterday hold credits as they were then. Whatever way
such credits come back, they pass here: when a revision is read (`with_content_json`), and when articles are stored.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from standfirst.bylines.joining import Held, join
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.contributors.queries import presently

from .pieces import Piece


def lead_on(article: Any) -> None:
    """Give the article's credits, as they are in memory, to whoever their contributors are now."""
    piece = Piece(article, in_printed_order(article.credits.all()))
    if lead_many_on([piece]):
        article.credits = piece.credits


def lead_many_on(pieces: Sequence[Piece]) -> bool:
    """Give the credits of these articles to whoever their contributors are now. Says whether any were somebody else's."""
    now = presently({credit.contributor_id for piece in pieces for credit in piece.credits})
    if not now:
        return False
    present = Contributor.objects.in_bulk(now.values())
    for piece in pieces:
        piece.credits, piece.page.byline_wording = given_to(
            piece.credits, piece.page.byline_wording, lambda who, role: now.get(who, who)
        )
        for credit in piece.credits:
            # Rows that are no models do not notice that they name another.
            if (contributor := present.get(credit.contributor_id)) is not None:
                credit.contributor = contributor
    return True


def given_to(
    credits: Sequence[Credit], wording: str, owner: Callable[[int, int], int]
) -> tuple[list[Credit], str]:
    """Credits in printed order with their contributors replaced, and the wording that fits them.

    `owner` says of a contributor's id in a role's (by id) whose credit it is now. One that is set aside is not among
    the result.
    """
    held = [
        Held(
            was=credit.contributor_id,
            now=owner(credit.contributor_id, credit.role_id),
            role=credit.role_id,
            name=credit.printed_name,
        )
        for credit in credits
    ]
    joined = join(held, wording)
    staying = [credits[place] for place in joined.staying]
    for place, credit in zip(joined.staying, staying, strict=True):
        credit.contributor_id = held[place].now
    if len(staying) < len(credits):
        for order, credit in enumerate(staying):
            credit.sort_order = order
    return staying, joined.wording


def in_printed_order(credits: Iterable[Credit]) -> list[Credit]:
    return sorted(credits, key=lambda credit: credit.sort_order or 0)
