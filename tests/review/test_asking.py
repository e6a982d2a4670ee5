"""Asking: as often as one likes, and it is asked once."""

import pytest

from standfirst.contributors.models import Contributor
from standfirst.identity.actions import merge_contributors
from standfirst.review import actions
from standfirst.review.actions import DoubtfulByline, LikelyDuplicate
from standfirst.review.models import Question
from standfirst.review.queries import next_question, number_open
from tests.factories import a_contributor, an_article, some_articles

from .questions import a_doubtful_byline, a_duplicate

pytestmark = pytest.mark.usefixtures("magazine")


def test_asking_twice_is_asking_once_whoever_is_named_first() -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    a_duplicate(ada, other)

    again = actions.ask_about_duplicate(first=other, second=ada, score=0.1, reasons=[], source="again")

    assert not again
    assert number_open() == 1


def test_what_was_answered_or_dismissed_is_never_asked_again() -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    article = an_article(ada)
    actions.different(a_duplicate(ada, other), by=None)
    actions.dismiss(a_doubtful_byline(article, "Ada Quill, London"), by=None)

    actions.ask_about_duplicate(first=ada, second=other, score=1, reasons=[], source="test")
    actions.ask_about_byline(article_id=article.pk, raw="Ada Quill, London", reading={}, source="test")

    assert number_open() == 0


def test_thousands_are_asked_about_in_a_few_statements(django_assert_max_num_queries) -> None:
    articles = some_articles(40, a_contributor())
    doubts = [
        DoubtfulByline(page.pk, f"Byline {page.pk} {number}", {}) for page in articles for number in range(50)
    ]

    with django_assert_max_num_queries(64):
        first = actions.ask_about_bylines(doubts, source="test")
    again = actions.ask_about_bylines(doubts, source="test")

    assert (first, again) == (2000, 0)


def test_pairs_are_asked_about_in_a_few_statements(django_assert_max_num_queries) -> None:
    ada = a_contributor()
    others = [a_contributor(f"Person {number}") for number in range(60)]
    pairs = [LikelyDuplicate(ada.pk, other.pk, 0.5, ("Alike.",)) for other in others]

    with django_assert_max_num_queries(8):
        actions.ask_about_duplicates(pairs, source="test")

    assert number_open("duplicate") == 60


def test_nobody_is_asked_whether_somebody_is_who_they_were_merged_into() -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    merge_contributors(kept=ada, absorbed=other, by=None)

    assert not actions.ask_about_duplicate(first=ada, second=other, score=1, reasons=[], source="test")


def test_nobody_is_asked_about_two_who_were_said_to_be_two() -> None:
    ada, other, third = a_contributor(), a_contributor("A. Quill"), a_contributor("Ada M. Quill")
    actions.different(a_duplicate(ada, other), by=None)
    merge_contributors(kept=other, absorbed=third, by=None)

    assert not actions.ask_about_duplicate(first=ada, second=third, score=1, reasons=[], source="test")


def test_the_queue_has_the_likeliest_duplicates_first_then_bylines_as_they_came() -> None:
    ada, other, third = a_contributor(), a_contributor("A. Quill"), a_contributor("Ada M. Quill")
    first_byline = a_doubtful_byline(an_article(ada), "Ada Quill, Rivers")
    second_byline = a_doubtful_byline(an_article(ada), "Ada Quill, Floods")
    unlikely, likely = a_duplicate(ada, other, score=0.5), a_duplicate(ada, third, score=0.9)

    walked, question = [], next_question()
    while question:
        walked.append(question)
        question = next_question(after=question)

    assert walked == [likely, unlikely, first_byline, second_byline]
    assert next_question(kind="byline") == first_byline


def test_what_a_merge_elsewhere_has_answered_is_passed_over() -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    a_duplicate(ada, other)
    byline = a_doubtful_byline(an_article(ada), "Ada Quill, Rivers")

    merge_contributors(kept=ada, absorbed=other, by=None)

    assert next_question() == byline


def test_an_article_takes_its_questions_along() -> None:
    article = an_article(a_contributor())
    a_doubtful_byline(article, "Ada Quill, Rivers")

    article.delete()

    assert not Question.objects.exists()
    assert Contributor.objects.exists()
