"""Questions to test with, asked as an import asks them."""

from typing import Any

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.review.actions import ask_about_byline, ask_about_duplicate
from standfirst.review.models import Question


def a_duplicate(first: Contributor, second: Contributor, **details: Any) -> Question:
    """Whether two contributors are one."""
    asked = {"score": 0.9, "reasons": ["The same name but for an initial."], "source": "test"}
    ask_about_duplicate(first=first, second=second, **asked | details)
    return Question.objects.latest("pk")


def a_doubtful_byline(
    article: ArticlePage, raw: str, *credits: dict[str, str], reason: str = "Unsure."
) -> Question:
    """Whether an article's byline was read rightly; `credits` as a reading has them."""
    reading = {"raw": raw, "credits": list(credits), "sure": False, "doubts": [reason]}
    ask_about_byline(article_id=article.pk, raw=raw, reading=reading, reason=reason, source="test")
    return Question.objects.latest("pk")


def credited(article: ArticlePage) -> list[tuple[str, str, str]]:
    """Of an article's credits, in printed order: who, in which role, printed how."""
    rows = Credit.objects.filter(article=article.pk).order_by("sort_order", "pk")
    return list(rows.values_list("contributor__display_name", "role__code", "printed_name"))
