"""Storing many articles at once, as an import does, in the same state as if each had been saved.

The order of work is that of `ArticlePage.save()`: settle, store, list, index. What readers see of the articles is decided
and listed by `publishing`, as for every article; what differs is that each step is one statement for a whole batch.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Field, Model
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from standfirst.bylines.models import Credit
from standfirst.database.inserting import insert_rows, reserve_ids, row_class
from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import everything_changed

from . import publishing
from .models import ArticleIndexPage, ArticlePage
from .pieces import Piece
from .signals import stored


class ArticleRow(row_class(ArticlePage)):  # type: ignore[misc]
    """An article about to be stored, without its page's instance, which costs more to make than to insert."""

    pk: int = 0
    is_embargoed = ArticlePage.is_embargoed


CreditRow = row_class(Credit)
AnyPage: TypeAlias = ArticlePage | ArticleRow


class NewArticle(Piece):
    """An article not yet stored, with what belongs to it."""

    page: AnyPage


@in_turn()
def store_articles(new: Sequence[NewArticle]) -> None:
    """Store a batch of new articles with their credits, topics, listings and search entries.

    Each `page` must say whether it is `live` and, if so, when it was first published. Afterwards every page
    has its id, its slug and, if it is public, its address. `credit.contributor` must be loaded.
    """
    if not new:
        return
    pages = [article.page for article in new]
    publishing.settle_many(new)
    for page in pages:
        _keep_house(page)
    _place_in_tree(pages)
    _insert(pages)
    credits = [credit for article in new for credit in _own(article.page, article.credits)]
    insert_rows(Credit, credits, _without_id(Credit))
    filed_under = row_class(ArticlePage.topics.through)
    topics = [
        filed_under(articlepage_id=article.page.pk, topic_id=topic)
        for article in new
        for topic in article.topics
    ]
    insert_rows(ArticlePage.topics.through, topics, _without_id(ArticlePage.topics.through))
    publishing.relist_many(new, are_new=True)
    stored.send(ArticlePage, pieces=new)
    # One announcement for a batch, rather than some for each article.
    everything_changed()
    _index(new)


def _keep_house(page: AnyPage) -> None:
    page.draft_title = page.draft_title or page.title
    # The back office lists by this date; without it what was imported would be in no order at all.
    page.latest_revision_created_at = page.latest_revision_created_at or page.last_published_at


def _place_in_tree(pages: Sequence[AnyPage]) -> None:
    """Make the pages the last children of the article index, as treebeard's `add_child` does one by one."""
    # Locked with the row of the page it is, which is all that treebeard locks where it adds below a bare `Page`: so nobody
    # else takes the same places.
    parent = ArticleIndexPage.objects.select_for_update().get()
    last = parent.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    kind = ContentType.objects.get_for_model(ArticlePage)
    locale = Locale.get_default()
    for number, page in enumerate(pages, step + 1):
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, number)
        page.numchild = 0
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.content_type_id, page.locale_id = kind.pk, locale.pk
        page.translation_key = page.translation_key or uuid.uuid4()
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def _insert(pages: Sequence[AnyPage]) -> None:
    """Insert the rows of both tables of each page."""
    for page, number in zip(pages, reserve_ids(Page, len(pages)), strict=True):
        page.pk = page.id = page.page_ptr_id = number
        if isinstance(page, ArticlePage):
            page._state.adding, page._state.db = False, ArticlePage.objects.db
    insert_rows(Page, pages, Page._meta.local_concrete_fields)
    insert_rows(ArticlePage, pages, ArticlePage._meta.local_concrete_fields)


def _own(page: ArticlePage, credits: Iterable[Credit]) -> list[Credit]:
    owned = list(credits)
    for order, credit in enumerate(owned):
        credit.article_id, credit.sort_order = page.pk, order
    return owned


def _index(new: Sequence[NewArticle]) -> None:
    """Enter the articles in the search of editors' screens, and what their bodies refer to in the reference index."""
    get_search_backend().add_bulk(ArticlePage, [NewSearchEntry(article) for article in new])
    referring = [article.page.pk for article in new if _refers(article.page)]
    for page in ArticlePage.objects.filter(pk__in=referring) if referring else ():
        ReferenceIndex.create_or_update_for_object(page)


def _refers(page: AnyPage) -> bool:
    """Whether an article shows pictures, which is all that one that is imported can refer to."""
    return bool(page.lead_image_id) or any(block["type"] in ("image", "gallery") for block in _blocks(page))


def _blocks(page: AnyPage) -> Any:
    return page.body.raw_data if isinstance(page, ArticlePage) else page.body or ()


class _Searched(index.SearchField):
    def get_value(self, obj: object) -> str:
        return str(getattr(obj, self.field_name))


class _Completed(index.AutocompleteField):
    def get_value(self, obj: object) -> str:
        return str(getattr(obj, self.field_name))


class NewSearchEntry:
    """What the search of editors' screens keeps of a new article, fields and boosts as in `ArticlePage.search_fields`.

    The indexer asks each object three times over for each of its search fields; an article has some twenty.
    """

    search_fields = (
        _Searched("title", boost=2),
        _Completed("title"),
        _Searched("standfirst", boost=2),
        _Searched("kicker"),
        _Searched("names", boost=2),
    )

    def __init__(self, article: NewArticle) -> None:
        page = article.page
        self.pk, self.title = page.pk, page.title
        self.standfirst, self.kicker = page.standfirst, page.kicker
        self.names = " ".join(credit.printed_name for credit in article.credits)

    @property
    def body(self) -> str:
        """All that is searched but the title, as the indexer puts it together."""
        return " ".join((self.standfirst, self.kicker, self.names))

    def get_search_fields(self) -> tuple[index.BaseField, ...]:
        return self.search_fields


def _without_id(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]
