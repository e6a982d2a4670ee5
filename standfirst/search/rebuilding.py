"""Making the index anew, while the publication is served: a batch a transaction, the newest articles first."""

from collections.abc import Iterator

from standfirst.articles.models import ArticlePage, Listing
from standfirst.database.batches import batched
from standfirst.database.turns import in_turn

from .indexing import enter_stored, is_whole_now, make_empty
from .models import Name, State
from .names import keep_all

BATCH = 250


class MadeByAnother(Exception):
    """Somebody else has begun to make the index anew."""


def number_of_articles() -> int:
    return ArticlePage.objects.published().order_by().count()


def rebuild() -> Iterator[int]:
    """Make the index anew from the articles, and say after each batch how many are in it.

    Meanwhile readers find what is in it already, and are told that it is not whole. Whatever is published while it is made
    is entered as ever. One that was killed halfway leaves an index that is not whole, and is run again. Where another
    began meanwhile, that one has it to do: this one stops, with `MadeByAnother`.
    """
    made = make_empty(is_whole=False)
    with in_turn():
        Name.objects.all().delete()
        keep_all()
    newest = Listing.objects.filter(contributor=None, section=None, topic=None).newest_first()
    entered = 0
    for articles in batched(newest.values_list("article_id", flat=True), BATCH):
        with in_turn():
            if not State.objects.filter(pk=made.pk).exists():
                raise MadeByAnother
            enter_stored(articles)
        entered += len(articles)
        yield entered
    if not is_whole_now(made):
        raise MadeByAnother
