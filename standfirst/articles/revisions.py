"""The credits inside old versions of articles: drafts, scheduled ones, and all that were ever saved.

Wagtail keeps a version as JSON. This module is the one that knows how credits stand in it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BooleanField, Func, Q, QuerySet, Value
from wagtail.models import Revision

from standfirst.bylines.joining import Held, join

from .models import ArticlePage

CREDITS, WORDING = "credits", "byline_wording"


class Credits(Func):
    """Whether a version's JSON, on SQLite, credits a contributor: for a filter."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        json: Any
        who: Any
        json, who = self.source_expressions
        column, parameters = compiler.compile(json)
        # SQLite has to look into the JSON of every version; the cheap look at its text comes first.
        sql = (
            f"({column} LIKE %s AND EXISTS (SELECT 1 FROM json_each({column}, '$.credits') AS credit"
            " WHERE json_extract(credit.value, '$.contributor') = %s))"
        )
        number = int(who.value)
        return sql, [*parameters, f'%"contributor": {number},%', *parameters, number]


def revisions_of(articles: Iterable[int]) -> QuerySet[Revision]:
    """Every version of these articles that is kept."""
    return _all().filter(object_id__in=[str(article) for article in articles])


def revisions_naming(contributors: Iterable[int]) -> QuerySet[Revision]:
    """Every version of any article that credits one of these contributors. Reads through all versions there are."""
    named = Q(pk__in=[])
    for number in contributors:
        if connection.vendor == "sqlite":
            named |= Q(Credits("content", Value(number)))
        else:
            named |= Q(content__credits__contains=[{"contributor": number}])
    return _all().filter(named)


def rewrite_credits(
    revisions: QuerySet[Revision],
    rewritten: Callable[[list[dict[str, Any]], str], tuple[list[dict[str, Any]], str]],
) -> None:
    """Replace the credits in versions, each in printed order, and the wording of the byline that goes with them."""
    for revision in list(revisions):
        content = revision.content
        credits = in_printed_order(content)
        changed, wording = rewritten(credits, content.get(WORDING, ""))
        if changed != credits or wording != content.get(WORDING, ""):
            revision.content = content | {CREDITS: changed, WORDING: wording}
            revision.save(update_fields=["content"])


def in_printed_order(content: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(content.get(CREDITS) or [], key=lambda credit: credit.get("sort_order") or 0)


def given_to(
    credits: list[dict[str, Any]], wording: str, owner: Callable[[int, int], int]
) -> tuple[list[dict[str, Any]], str]:
    """Credits of a version given to others: as `merged_away.given_to` does for an article's."""
    held = [
        Held(
            was=credit["contributor"],
            now=owner(credit["contributor"], credit["role"]),
            role=credit["role"],
            name=credit.get("printed_name") or "",
        )
        for credit in credits
    ]
    if all(credit.was == credit.now for credit in held):
        return credits, wording
    joined = join(held, wording)
    staying = [credits[place] | {"contributor": held[place].now} for place in joined.staying]
    if len(staying) < len(credits):
        staying = [credit | {"sort_order": order} for order, credit in enumerate(staying)]
    return staying, joined.wording


def _all() -> QuerySet[Revision]:
    kind = ContentType.objects.get_for_model(ArticlePage)
    revisions: QuerySet[Revision] = Revision.objects.filter(content_type=kind)
    return revisions
