"""Adjectives for questions, each condition spelled once."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import Question

Row = TypeVar("Row", bound=models.Model, covariant=True)


class QuestionQuerySet(models.QuerySet[Row]):
    def open(self) -> Self:
        """Those that wait for an answer of their own; bylines read alike wait for that of the first of them."""
        return self.filter(state="open", asked_with=None)

    def in_order(self) -> Self:
        """As the queue has them: the likeliest duplicates first, then bylines in the order they were asked about."""
        return self.order_by("-score", "pk")

    def after(self, question: "Question") -> Self:
        """Those that come behind one in the queue."""
        return self.filter(Q(score__lt=question.score) | Q(score=question.score, pk__gt=question.pk))
