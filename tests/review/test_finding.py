"""Looking for duplicates among everybody who is here."""

import pytest

from standfirst.review.actions import different
from standfirst.review.finding import find_duplicates
from standfirst.review.models import Question
from tests.factories import a_contributor, some_articles

pytestmark = pytest.mark.usefixtures("magazine")


def test_who_has_more_work_here_is_proposed_to_be_kept() -> None:
    few, many = a_contributor("Ada M. Quill"), a_contributor()
    some_articles(1, few)
    some_articles(3, many)

    assert find_duplicates().asked == 1

    question = Question.objects.get()
    assert (question.first, question.second) == (many, few)
    assert question.reasons[0]


def test_looking_again_asks_nothing_again_not_even_what_was_answered() -> None:
    a_contributor(), a_contributor("Ada M. Quill")
    find_duplicates()
    different(Question.objects.get(), by=None)

    assert find_duplicates().asked == 0


def test_a_search_goes_on_where_it_stopped() -> None:
    a_contributor(), a_contributor("Ben Marsh"), a_contributor("Ada M. Quill")

    first = find_duplicates(at_most=2)
    second = find_duplicates(after=first.last, at_most=2)

    assert (first.compared, first.is_finished) == (2, False)
    assert (second.compared, second.is_finished) == (1, True)
    assert Question.objects.count() == 1


def test_people_of_quite_different_names_are_left_alone() -> None:
    a_contributor(), a_contributor("Ben Marsh"), a_contributor("Ben Quill")

    assert find_duplicates().asked == 0
