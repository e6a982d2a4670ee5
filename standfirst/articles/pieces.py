"""Articles as `publishing` takes them: what holds an article's columns, with the credits and topics it has."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from standfirst.bylines.models import Credit

from .listings import filed_under


class Article(Protocol):
    """What the one writer reads and keeps of an article: an `ArticlePage`, or a row about to be inserted."""

    pk: Any
    live: bool
    title: str
    slug: str
    first_published_at: datetime | None
    embargoed_until: datetime | None
    backdated_to: datetime | None
    byline_wording: str
    section_id: int | None
    alias_of_id: int | None
    address: str | None
    is_public: bool

    @property
    def is_embargoed(self) -> bool: ...


@dataclass(slots=True)
class Piece:
    """An article with what belongs to it. Credits are in printed order, and have `contributor` and `role`."""

    page: Any
    credits: Sequence[Any] = ()
    topics: Collection[int] = frozenset()


def stored_pieces(articles: Iterable[Article]) -> list[Piece]:
    """These articles with their credits and topics as they are stored: two queries, however many."""
    pages = {article.pk: article for article in articles}
    if not pages:
        return []
    credits: dict[int, list[Credit]] = {}
    for credit in (
        Credit.objects.filter(article__in=pages).select_related("role").order_by("sort_order", "pk")
    ):
        credits.setdefault(credit.article_id, []).append(credit)
    topics: dict[int, set[int]] = {}
    rows = filed_under().objects.filter(articlepage_id__in=pages)
    for article, topic in rows.values_list("articlepage_id", "topic_id"):
        topics.setdefault(article, set()).add(topic)
    return [Piece(page, credits.get(pk, ()), topics.get(pk, frozenset())) for pk, page in pages.items()]
