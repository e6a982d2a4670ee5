"""Writes of this room."""

from collections.abc import Mapping

from standfirst.bodies.cachekeys import page_text
from standfirst.database.batches import batched
from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import changed

from .models import EntryId
from .xml import sound

LONGEST_ID = 500


@in_turn()
def keep_entry_ids(ids: Mapping[int, str]) -> int:
    """Let feeds go on calling these articles (by id) what the feeds of another system did. Says how many are new.

    What an article is called already stays, and so does what another is called: an id is never given to a second one.
    """
    wanted = {
        article: said for article, value in ids.items() if 0 < len(said := _one_line(value)) <= LONGEST_ID
    }
    for some in batched(list(wanted)):
        for article in EntryId.objects.filter(article__in=some).values_list("article_id", flat=True):
            del wanted[article]
    taken: set[str] = set()
    for values in batched(sorted(set(wanted.values()))):
        taken |= set(EntryId.objects.filter(value__in=values).values_list("value", flat=True))
    new: dict[str, int] = {}
    for article, value in wanted.items():
        if value not in taken:
            new.setdefault(value, article)
    if new:
        EntryId.objects.bulk_create(
            [EntryId(article_id=article, value=value) for value, article in new.items()],
            batch_size=400,
            ignore_conflicts=True,  # of another import at the same moment
        )
        changed(*map(page_text, new.values()))
    return len(new)


def _one_line(value: str) -> str:
    return " ".join(sound(value).split())
