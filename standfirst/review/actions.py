"""Asking questions and answering them. An answer is whole or not at all, and can be taken back.

Asking twice is asking once, also after the answer: an import that is run again adds nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from standfirst.articles.actions import set_credits
from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import declare_different, take_back_different
from standfirst.contributors.models import Contributor
from standfirst.contributors.queries import are_different, known_as_one, presently
from standfirst.database.batches import batched
from standfirst.database.turns import in_turn
from standfirst.identity import actions as identity
from standfirst.identity.models import IdentityChange

from . import bylines
from .bylines import WantedCredit
from .errors import CannotAnswer
from .models import (
    Decision,
    Question,
    QuestionKind,
    State,
    asked_about_byline,
    asked_about_duplicate,
    read_alike,
)
from .queries import parties


@dataclass(frozen=True, slots=True)
class DoubtfulByline:
    """A byline nobody is sure of: the article's id, the words, what they were taken for, and why that is doubtful."""

    article: int
    raw: str
    reading: dict[str, Any]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """Two contributors, by id, who are probably one, from 0 to 1 how probably, and why. The first is kept if so."""

    first: int
    second: int
    score: float
    reasons: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------------------- asking


def ask_about_byline(
    *, article_id: int, raw: str, reading: dict[str, Any], reason: str | Sequence[str] = (), source: str
) -> bool:
    """Ask an editor to look at a byline. False if that was asked before, answered or not."""
    reasons = (reason,) if isinstance(reason, str) else tuple(reason)
    doubt = DoubtfulByline(article_id, raw, reading, reasons or tuple(reading.get("doubts", ())))
    return bool(ask_about_bylines([doubt], source=source))


def ask_about_duplicate(
    *, first: Contributor, second: Contributor, score: float, reasons: Sequence[str], source: str
) -> bool:
    """Ask whether two contributors are one. False if that was asked before, or somebody said that they are two."""
    return bool(
        ask_about_duplicates([LikelyDuplicate(first.pk, second.pk, score, tuple(reasons))], source=source)
    )


@in_turn()
def ask_about_bylines(doubts: Iterable[DoubtfulByline], *, source: str) -> int:
    """Ask about any number of bylines, in a dozen statements for every few hundred. Returns how many questions are new.

    Those that read alike, on however many articles, are one.
    """
    questions = (
        Question(
            kind=QuestionKind.BYLINE,
            asked_about=asked_about_byline(doubt.article, doubt.raw),
            article_id=doubt.article,
            raw=doubt.raw,
            reading=doubt.reading,
            reasons=list(doubt.reasons),
            alike=read_alike(doubt.raw, doubt.reading, doubt.reasons),
        )
        for doubt in doubts
    )
    return sum(_ask(some, source) for some in batched(questions))


@in_turn()
def ask_about_duplicates(pairs: Iterable[LikelyDuplicate], *, source: str) -> int:
    """Ask about any number of pairs, in a dozen statements for every few hundred. Returns how many are new."""
    return sum(_ask(_duplicates(some), source) for some in batched(pairs))


def _duplicates(pairs: Sequence[LikelyDuplicate]) -> list[Question]:
    now = presently(number for pair in pairs for number in (pair.first, pair.second))
    present = [(now.get(pair.first, pair.first), now.get(pair.second, pair.second)) for pair in pairs]
    different = are_different(present)
    return [
        Question(
            kind=QuestionKind.DUPLICATE,
            asked_about=asked_about_duplicate(first, second),
            first_id=first,
            second_id=second,
            score=pair.score,
            reasons=list(pair.reasons),
        )
        for pair, (first, second) in zip(pairs, present, strict=True)
        if first != second and (first, second) not in different
    ]


def _ask(questions: Sequence[Question], source: str) -> int:
    wanted = {question.asked_about: question for question in questions}
    for known in Question.objects.filter(asked_about__in=wanted).values_list("asked_about", flat=True):
        del wanted[known]
    now = timezone.now()
    for question in wanted.values():
        question.source, question.asked_at = source[:100], now
    # Somebody else may be asking the same at this moment.
    firsts = _firsts(wanted.values())
    Question.objects.bulk_create(firsts, ignore_conflicts=True)
    others = [question for question in wanted.values() if question not in firsts]
    if others:
        leading = _leading(others)
        for question in others:
            question.asked_with_id = leading.get(question.alike)
        Question.objects.bulk_create(others, ignore_conflicts=True)
    return len(firsts)


def _firsts(questions: Iterable[Question]) -> list[Question]:
    """Those that no open question is like, one for all that are alike."""
    questions = list(questions)
    asked = _leading(questions)
    firsts = {question.alike or question.asked_about: question for question in reversed(questions)}
    return [question for alike, question in reversed(firsts.items()) if alike not in asked]


def _leading(questions: Iterable[Question]) -> dict[str, int]:
    """The open questions that these are like, by what they have in common."""
    alike = {question.alike for question in questions if question.alike}
    return dict(Question.objects.open().filter(alike__in=alike).values_list("alike", "pk"))


# ---------------------------------------------------------------------------------------------------------- answering


@in_turn()
def merge(question: Question, *, by: AbstractBaseUser | None, keep_second: bool = False) -> IdentityChange:
    """They are one: merge the second into the first, or the first into the second. Raises CannotMerge, CannotAnswer."""
    held = _held(question, QuestionKind.DUPLICATE)
    kept, absorbed = parties(held)
    if keep_second:
        kept, absorbed = absorbed, kept
    change = identity.merge_contributors(
        kept=kept, absorbed=absorbed, by=by, note=_("From the review queue.")
    )
    _close(held, Decision.MERGED, by, change=change)
    settle_after_merge(kept, by=by, question=held)
    question.refresh_from_db()
    return change


@in_turn()
def different(question: Question, *, by: AbstractBaseUser | None) -> None:
    """They are two, and that is remembered for good."""
    held = _held(question, QuestionKind.DUPLICATE)
    first, second = parties(held)
    if first != second:
        declare_different(a=first, b=second, by=by)
    _close(held, Decision.DIFFERENT, by)
    question.refresh_from_db()


@in_turn()
def accept_reading(question: Question, *, by: AbstractBaseUser | None) -> ArticlePage:
    """The byline was read rightly: the article's credits are as read, and confirmed."""
    held = _held(question, QuestionKind.BYLINE)
    return _correct(question, held, bylines.as_read(held.reading), Decision.ACCEPTED, by)


@in_turn()
def correct_reading(
    question: Question, credits: Sequence[WantedCredit], *, by: AbstractBaseUser | None
) -> ArticlePage:
    """Give the article these credits for this byline, in printed order; credits from other bylines of it stay.

    No credits at all is an answer, too. Raises CannotAnswer for a role or contributor that is not here, and where the
    article words its byline freely: its slots would name others.
    """
    held = _held(question, QuestionKind.BYLINE)
    return _correct(question, held, credits, Decision.CORRECTED, by)


@in_turn()
def dismiss(question: Question, *, by: AbstractBaseUser | None) -> None:
    """Leave everything as it is, and never ask again."""
    held = _held(question)
    _close(held, Decision.DISMISSED, by, state=State.DISMISSED)
    for other in _asked_with(held):
        _close(other, Decision.DISMISSED, by, state=State.DISMISSED, settled_by=held)
    question.refresh_from_db()


def _correct(
    question: Question,
    held: Question,
    wanted: Sequence[WantedCredit],
    decision: Decision,
    by: AbstractBaseUser | None,
) -> ArticlePage:
    article = _answer(held, wanted, decision, by)
    for other in _asked_with(held):
        try:
            with transaction.atomic():
                _answer(other, wanted, Decision.SETTLED, by, settled_by=held)
        except CannotAnswer:
            # It is a question of its own, then.
            Question.objects.filter(pk=other.pk).update(asked_with=None)
    question.refresh_from_db()
    return article


def _answer(
    held: Question,
    wanted: Sequence[WantedCredit],
    decision: Decision,
    by: AbstractBaseUser | None,
    **details: Any,
) -> ArticlePage:
    article = ArticlePage.objects.get(pk=held.article_id)
    credits = _credits_of(article)
    before = bylines.snapshot(credits)
    theirs = bylines.of_this_byline(credits, held.raw, held.reading)
    after = bylines.corrected(credits, theirs, wanted, by=by)
    article = _give(article, before, after, by=by)
    after_all = bylines.snapshot(_credits_of(article))
    _close(held, decision, by, credits_before=before, credits_after=after_all, **details)
    return article


def _asked_with(held: Question) -> list[Question]:
    """The questions that the answer to this one answers, too, nobody else's until this transaction ends."""
    waiting = Question.objects.select_for_update(of=("self",)).filter(asked_with=held, state=State.OPEN)
    return list(waiting.order_by("pk"))


def _give(
    article: ArticlePage, before: bylines.Snapshot, credits: list[Credit], *, by: AbstractBaseUser | None
) -> ArticlePage:
    """Give an article these credits. If readers will see no difference, only how they are linked is stored."""
    after = bylines.snapshot(credits)
    if bylines.printed_alike(before, after) and all(credit.pk for credit in credits):
        for credit in credits:
            credit.save(update_fields=["linked_how", "linked_from", "linked_by"])
        return article
    if article.byline_wording.strip():
        raise CannotAnswer(
            _("“%(headline)s” words its byline freely: put its credits and the wording right in the article.")
            % {"headline": article.title}
        )
    return _set_credits(article, credits, by)


def _set_credits(article: ArticlePage, credits: list[Credit], by: AbstractBaseUser | None) -> ArticlePage:
    try:
        return set_credits(article, credits, by=by)
    except PermissionDenied:
        raise CannotAnswer(
            _("“%(headline)s” is published, and you may not publish: leave this to somebody who may.")
            % {"headline": article.title}
        ) from None


def _credits_of(article: ArticlePage) -> list[Credit]:
    return list(
        Credit.objects.filter(article=article)
        .select_related("contributor", "role")
        .order_by("sort_order", "pk")
    )


# ------------------------------------------------------------------------------------------------------------ undoing


@in_turn()
def undo(question: Question, *, by: AbstractBaseUser | None) -> tuple[str, ...]:
    """Take an answer back and put the question again. Returns, a sentence each, what had to be left as it is now.

    Raises CannotAnswer if it was not answered, or if the credits it gave an article have been edited since.
    """
    held = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if held.is_open:
        raise CannotAnswer(_("This question is open: there is nothing to undo."))
    left: tuple[str, ...] = ()
    if held.change is not None and not held.change.is_undone:
        left = identity.undo(held.change, by=by).left_as_is
    if held.decision == Decision.DIFFERENT:
        _take_back_different(held, by)
    if held.credits_before is not None:
        _take_back_credits(held, by)
    kept: list[int] = []
    for other in Question.objects.filter(settled_by=held, credits_before__isnull=False):
        try:
            with transaction.atomic():
                _take_back_credits(other, by)
        except CannotAnswer as reason:
            left, kept = (*left, str(reason)), [*kept, other.pk]
    _reopen(Question.objects.filter(settled_by=held).exclude(pk__in=kept))
    _reopen(Question.objects.filter(pk=held.pk))
    question.refresh_from_db()
    return left


@in_turn()
def undo_change(change: IdentityChange, *, by: AbstractBaseUser | None) -> identity.Undone:
    """Undo a change of who is who; the question it answered, if it answered one, is open again."""
    undone = identity.undo(change, by=by)
    answered = Question.objects.filter(change=change)
    _reopen(Question.objects.filter(settled_by__in=answered.values("pk")))
    _reopen(answered)
    return undone


@in_turn()
def settle_after_merge(
    kept: Contributor, *, by: AbstractBaseUser | None, question: Question | None = None
) -> int:
    """Close the open questions a merge has answered: whether those who are one now were one. Returns how many."""
    one = known_as_one(kept.pk)
    return (
        Question.objects.open()
        .filter(first__in=one, second__in=one)
        .update(
            state=State.ANSWERED,
            decision=Decision.SETTLED,
            answered_by=by,
            answered_at=timezone.now(),
            settled_by=question,
        )
    )


def _take_back_different(question: Question, by: AbstractBaseUser | None) -> None:
    """Forget that two are two, whoever they have been made one with since."""
    first, second = parties(question)
    ids = {first.pk: known_as_one(first.pk), second.pk: known_as_one(second.pk)}
    people = Contributor.objects.in_bulk(ids[first.pk] | ids[second.pk])
    for one in ids[first.pk]:
        for other in ids[second.pk] - {one}:
            take_back_different(a=people[one], b=people[other], by=by)


def _take_back_credits(question: Question, by: AbstractBaseUser | None) -> None:
    article = ArticlePage.objects.get(pk=question.article_id)
    credits = _credits_of(article)
    now = bylines.snapshot(credits)
    before, after = question.credits_before or [], question.credits_after or []
    if not bylines.printed_alike(now, after):
        raise CannotAnswer(
            _("The credits of “%(headline)s” have been changed since: put them right in the article.")
            % {"headline": article.title}
        )
    if bylines.printed_alike(before, after):
        for credit, was in zip(credits, before, strict=True):
            for name in bylines.LINKS:
                setattr(credit, name, was[name])
            credit.save(update_fields=["linked_how", "linked_from", "linked_by"])
        return
    _set_credits(article, bylines.restored(before), by)


def _held(question: Question, kind: QuestionKind | None = None) -> Question:
    """The question as stored, nobody else's to answer until this transaction ends."""
    held = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if not held.is_open:
        raise CannotAnswer(_("This was answered already."))
    if kind is not None and held.kind != kind:
        raise CannotAnswer(_("That is no answer to this question."))
    return held


def _close(
    question: Question,
    decision: Decision,
    by: AbstractBaseUser | None,
    *,
    state: State = State.ANSWERED,
    **details: Any,
) -> None:
    question.state, question.decision = state, decision
    question.answered_at = timezone.now()
    for name, value in {"answered_by": by, **details}.items():
        setattr(question, name, value)
    question.save()


def _reopen(questions: Any) -> None:
    questions.update(
        state=State.OPEN,
        decision="",
        answered_by=None,
        answered_at=None,
        change=None,
        credits_before=None,
        credits_after=None,
        settled_by=None,
    )
