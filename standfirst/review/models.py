"""Questions about who is who that only somebody who knows the magazine can answer."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from standfirst.articles.models import ArticlePage
from standfirst.contributors.models import Contributor
from standfirst.identity.models import IdentityChange

from .querysets import QuestionQuerySet


class QuestionKind(models.TextChoices):
    BYLINE = "byline", _("byline")
    DUPLICATE = "duplicate", _("probable duplicate")


class State(models.TextChoices):
    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    DISMISSED = "dismissed", _("dismissed")


class Decision(models.TextChoices):
    """What was done about a question."""

    MERGED = "merged", _("One and the same: merged")
    DIFFERENT = "different", _("Two different ones")
    ACCEPTED = "accepted", _("Read rightly")
    CORRECTED = "corrected", _("Put right")
    DISMISSED = "dismissed", _("Not worth an answer")
    SETTLED = "settled", _("Settled by another answer")


class Question(models.Model):
    """A doubtful byline of one article, or two contributors who are probably one.

    Asked once for good: `asked_about` is the same whoever asks, and however often. `first` is who is kept unless the
    editor says otherwise. Contributors may have been merged since it was asked: follow them with `presently`.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind)
    asked_about = models.CharField(max_length=40, unique=True, editable=False)
    # Bylines that read alike are one question: an editor is asked about the first, and its answer is that of all.
    alike = models.CharField(max_length=40, blank=True, editable=False)
    asked_with = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(_("asked by"), max_length=100, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    reasons = models.JSONField(_("reasons"), default=list)

    article = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    raw = models.TextField(_("byline, word for word"), blank=True)
    reading = models.JSONField(_("as it was read"), default=dict)

    first = models.ForeignKey(
        Contributor, verbose_name=_("contributor"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    second = models.ForeignKey(
        Contributor,
        verbose_name=_("other contributor"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    score = models.FloatField(_("likeness"), default=0)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    decision = models.CharField(_("what was done"), max_length=10, choices=Decision, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    # What undoing needs: the change in the journal of who is who, the credits before and after, the question whose
    # answer settled this one, too.
    change = models.ForeignKey(IdentityChange, null=True, on_delete=models.PROTECT, related_name="+")
    credits_before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    credits_after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    settled_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="settled")

    objects = QuestionQuerySet.as_manager()

    # An article or a contributor is not “in use” because somebody wonders about it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-score", "pk"]
        default_permissions = ("change",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="byline", article__isnull=False, first=None, second=None)
                | Q(kind="duplicate", article=None, first__isnull=False, second__isnull=False)
                & ~Q(first=models.F("second")),
                name="question_is_about_something",
            ),
        ]
        indexes = [
            # The queue, and how long it is.
            models.Index(
                fields=["-score", "id"], condition=Q(state="open", asked_with=None), name="open_questions"
            ),
            models.Index(fields=["alike"], condition=Q(state="open", asked_with=None), name="open_alike"),
            models.Index(fields=["answered_by", "-answered_at"], name="latest_answers"),
        ]

    def __str__(self) -> str:
        return self.raw if self.kind == QuestionKind.BYLINE else f"{self.first} = {self.second}?"

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def number(self) -> str:
        """By which a spreadsheet knows it: neither a date to Excel, nor the number of another publication's question."""
        return f"q{self.pk}-{self.asked_about[:6]}"


def asked_about_byline(article: int, raw: str) -> str:
    return _digest(f"byline {article} {raw}")


def read_alike(raw: str, reading: Mapping[str, Any], reasons: Sequence[str]) -> str:
    """The same for bylines that differ in spaces alone and are doubtful for the same reasons, on whichever articles."""
    said = json.dumps([reading.get("credits", []), list(reasons)], sort_keys=True, ensure_ascii=False)
    return _digest(f"alike {''.join(raw.casefold().split())} {said}")


def asked_about_duplicate(first: int, second: int) -> str:
    """The same whichever of the two is named first."""
    return _digest(f"duplicate {min(first, second)} {max(first, second)}")


def _digest(subject: str) -> str:
    return hashlib.blake2b(subject.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
