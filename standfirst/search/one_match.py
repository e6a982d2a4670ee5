"""How the search of Wagtail's screens asks SQLite: once, and for words as they were typed."""

from copy import copy
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from modelsearch.backends.database.sqlite.query import BM25, MatchExpression, normalize
from modelsearch.query import MatchAll, Not, Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.search.models import SQLiteFTSIndexEntry

# So many of the best an editor may look through; who has not found it among them asks for more words.
MOST = 400


class OneMatch:
    """Asks what matches once, best first, in place of once for each row that does.

    modelsearch orders by a subquery for each matching row, and each of them matches anew: seconds for what a hundred
    articles have, and minutes for what all do.
    """

    def search(self, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> Any:
        compiler: Any = self
        query = normalize(compiler.query)
        if not compiler.order_by_relevance or score_field or isinstance(query, MatchAll | Not):
            return super().search(config, start, stop, score_field=score_field)  # type: ignore[misc]
        words = MatchExpression(
            compiler.fields or compiler.FTS_TABLE_FIELDS, compiler.build_search_query(query, config=config)
        )
        kinds = get_descendants_content_types_pks(compiler.queryset.model)
        entries = SQLiteFTSIndexEntry.objects.filter(words, index_entry__content_type__in=kinds)
        best = list(entries.order_by(BM25()).values_list("index_entry__object_id", flat=True)[:MOST])
        found: QuerySet[Any, Any] = compiler.queryset.filter(pk__in=best)
        if best:
            places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(best)]
            found = found.order_by(Case(*places, output_field=IntegerField()))
        return found[start:stop]


class QuotedWords:
    """Asks for words as they were typed, quotation marks too.

    modelsearch sets each word, and each phrase, between quotation marks and leaves those in it as they are: one of them
    (`5" gun`) ends the string too soon, which is an error of the database. In a string it is to be two
    (https://www.sqlite.org/fts5.html, section 3.1).
    """

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        if isinstance(query, PlainText | Phrase):
            query = copy(query)
            query.query_string = query.query_string.replace('"', '""')
        return super().build_search_query_content(query, config=config)  # type: ignore[misc]
