"""Answers, what they do, and taking them back."""

import pytest
from django.contrib.auth.models import User

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.identity.errors import CannotMerge
from standfirst.review import actions
from standfirst.review.bylines import WantedCredit
from standfirst.review.errors import CannotAnswer
from standfirst.review.models import Decision, Question, State
from standfirst.review.queries import number_open
from tests.archives.reading import read
from tests.factories import a_contributor, an_article

from .questions import a_doubtful_byline, a_duplicate, credited

pytestmark = pytest.mark.usefixtures("magazine")
ADA = {"name": "Ada Quill", "role": "author", "kind": "person"}
BEN = {"name": "Ben Marsh", "role": "translator", "kind": "person"}


@pytest.fixture
def editor(magazine):
    return User.objects.create_superuser("editor")


def test_merging_makes_one_of_two_and_says_who_answered(editor) -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    article = an_article(other)
    question = a_duplicate(ada, other)

    actions.merge(question, by=editor)

    assert read("/author/ada-quill/").articles == [article.url]
    assert (question.state, question.decision) == (State.ANSWERED, Decision.MERGED)
    assert question.answered_by == editor


def test_the_other_one_may_be_kept() -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")

    actions.merge(a_duplicate(ada, other), by=None, keep_second=True)

    assert Contributor.objects.present().get() == other


def test_undoing_a_merge_puts_the_question_again(editor) -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    article = an_article(other)
    question = a_duplicate(ada, other)
    actions.merge(question, by=editor)

    left = actions.undo(question, by=editor)

    assert left == ()
    assert read("/author/a-quill/").articles == [article.url]
    assert question.is_open
    assert question.change is None


def test_a_merge_settles_what_else_it_answers_and_undoing_it_asks_that_again() -> None:
    ada, second, third = a_contributor(), a_contributor("A. Quill"), a_contributor("Ada M. Quill")
    one, two, other = a_duplicate(ada, second), a_duplicate(ada, third), a_duplicate(second, third)
    actions.merge(one, by=None)
    assert number_open() == 2

    actions.merge(two, by=None)
    other.refresh_from_db()
    assert (number_open(), other.decision) == (0, Decision.SETTLED)

    actions.undo(two, by=None)
    assert set(Question.objects.open()) == {two, other}


def test_a_merge_that_cannot_be_leaves_the_question_open() -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    question = a_duplicate(ada, other)
    actions.identity.withdraw(other, by=None)

    with pytest.raises(CannotMerge):
        actions.merge(question, by=None)

    assert Question.objects.get().is_open


def test_two_are_two_for_good_until_that_is_taken_back() -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    question = a_duplicate(ada, other)

    actions.different(question, by=None)
    with pytest.raises(CannotMerge):
        actions.identity.merge_contributors(kept=ada, absorbed=other, by=None)

    actions.undo(question, by=None)
    actions.merge(question, by=None)


def test_an_accepted_reading_changes_nothing_printed_and_confirms_the_credits(editor) -> None:
    article = an_article(a_contributor())
    question = a_doubtful_byline(article, "Ada Quill, Rivers", ADA)
    revisions = article.revisions.count()

    actions.accept_reading(question, by=editor)

    credit = Credit.objects.get()
    assert (credit.linked_how, credit.linked_from, credit.linked_by) == ("confirmed", "review", editor)
    assert article.revisions.count() == revisions

    actions.undo(question, by=editor)
    assert Credit.objects.get().linked_how == "stated"


def test_a_correction_gives_the_article_other_credits_and_archives_follow(editor) -> None:
    crowd = a_contributor("Ada Quill Ben Marsh")
    article = an_article(crowd)
    question = a_doubtful_byline(article, "Ada Quill Ben Marsh", {"name": "Ada Quill Ben Marsh"})

    actions.correct_reading(
        question, [WantedCredit("Ada Quill"), WantedCredit("Ben Marsh", "translator")], by=editor
    )

    assert credited(article) == [
        ("Ada Quill", "author", "Ada Quill"),
        ("Ben Marsh", "translator", "Ben Marsh"),
    ]
    assert read("/author/ada-quill/").articles == [article.url]
    assert read(f"/author/{crowd.slug}/").articles == []
    assert question.decision == Decision.CORRECTED


def test_who_may_not_publish_changes_no_published_article() -> None:
    article = an_article(a_contributor("Ada Quill Ben Marsh"))
    question = a_doubtful_byline(article, "Ada Quill Ben Marsh", {"name": "Ada Quill Ben Marsh"})

    with pytest.raises(CannotAnswer, match="may not publish"):
        actions.correct_reading(question, [WantedCredit("Ada Quill")], by=User.objects.create_user("new"))

    assert Question.objects.get().is_open
    assert [name for name, _role, _printed in credited(article)] == ["Ada Quill Ben Marsh"]


def test_undoing_a_correction_brings_the_former_credits_back_row_by_row() -> None:
    crowd = a_contributor("Ada Quill Ben Marsh")
    article = an_article(crowd)
    before = list(Credit.objects.values())
    question = a_doubtful_byline(article, "Ada Quill Ben Marsh", {"name": "Ada Quill Ben Marsh"})
    actions.correct_reading(question, [WantedCredit("Ada Quill")], by=None)

    actions.undo(question, by=None)

    assert list(Credit.objects.values()) == before
    assert question.is_open


def test_a_correction_edited_since_is_not_undone_over_the_editor() -> None:
    article = an_article(a_contributor("Ada Quill Ben Marsh"))
    question = a_doubtful_byline(article, "Ada Quill Ben Marsh", {"name": "Ada Quill Ben Marsh"})
    actions.correct_reading(question, [WantedCredit("Ada Quill")], by=None)
    Credit.objects.update(printed_name="A. Q.")

    with pytest.raises(CannotAnswer, match="changed since"):
        actions.undo(question, by=None)

    assert not Question.objects.get().is_open


def test_names_lead_to_the_contributor_who_has_them_unless_a_new_one_is_asked_for() -> None:
    ada = a_contributor()
    article = an_article(a_contributor("Q"))
    question = a_doubtful_byline(article, "Q", {"name": "Q"})

    actions.correct_reading(question, [WantedCredit("Quill, Ada")], by=None)
    assert Credit.objects.get().contributor == ada

    actions.undo(question, by=None)
    actions.correct_reading(question, [WantedCredit("Ada Quill", is_new=True)], by=None)
    assert Credit.objects.get().contributor != ada


def test_of_two_namesakes_neither_is_guessed() -> None:
    one, other = a_contributor(), a_contributor()
    article = an_article(a_contributor("Q"))
    question = a_doubtful_byline(article, "Q", {"name": "Q"})

    actions.correct_reading(question, [WantedCredit("Ada Quill")], by=None)
    assert Credit.objects.get().contributor not in (one, other)

    actions.undo(question, by=None)
    actions.correct_reading(question, [WantedCredit("Ada Quill", contributor=other.pk)], by=None)
    assert Credit.objects.get().contributor == other


def test_credits_from_another_byline_of_the_article_stay_where_they_are() -> None:
    ada, ben = a_contributor("Ada Quill Lee Tide"), a_contributor("Ben Marsh")
    article = an_article((ben, "photographer"), ada, (ben, "translator"))
    question = a_doubtful_byline(article, "Ada Quill Lee Tide", {"name": "Ada Quill Lee Tide"})

    actions.correct_reading(question, [WantedCredit("Ada Quill"), WantedCredit("Lee Tide")], by=None)

    assert [(name, role) for name, role, _printed in credited(article)] == [
        ("Ben Marsh", "photographer"),
        ("Ada Quill", "author"),
        ("Lee Tide", "author"),
        ("Ben Marsh", "translator"),
    ]


def test_a_byline_may_turn_out_to_name_nobody() -> None:
    article = an_article(a_contributor("Press Release"))
    question = a_doubtful_byline(article, "Press release", {"name": "Press Release"})

    actions.correct_reading(question, [], by=None)

    assert credited(article) == []


def test_an_unfinished_draft_keeps_its_words_and_gets_the_credits_too() -> None:
    article = an_article(a_contributor("Ada Quill Ben Marsh"), headline="As printed")
    article.title = "As drafted"
    article.save_revision()
    question = a_doubtful_byline(article, "Ada Quill Ben Marsh", {"name": "Ada Quill Ben Marsh"})

    actions.correct_reading(question, [WantedCredit("Ada Quill")], by=None)

    stored = ArticlePage.objects.get(pk=article.pk)
    draft = stored.get_latest_revision_as_object()
    assert (stored.title, draft.title) == ("As printed", "As drafted")
    assert [credit.contributor.display_name for credit in draft.credits.all()] == ["Ada Quill"]
    assert stored.has_unpublished_changes
    assert save_article(draft, by=None).title == "As drafted"
    assert [name for name, _role, _printed in credited(article)] == ["Ada Quill"]


def test_an_article_not_published_yet_is_published_later_with_the_credits_put_right() -> None:
    article = an_article(a_contributor("Ada Quill Ben Marsh"), publish=False)
    question = a_doubtful_byline(article, "Ada Quill Ben Marsh", {"name": "Ada Quill Ben Marsh"})

    actions.correct_reading(question, [WantedCredit("Ada Quill")], by=None)

    assert not ArticlePage.objects.get(pk=article.pk).live
    ArticlePage.objects.get(pk=article.pk).get_latest_revision().publish()
    assert read("/author/ada-quill/").articles == [ArticlePage.objects.get(pk=article.pk).url]


def test_a_byline_worded_freely_is_left_to_the_editor_of_the_article() -> None:
    article = an_article(a_contributor("Ada Quill Ben Marsh"), byline_wording="By {1}")
    question = a_doubtful_byline(article, "Ada Quill Ben Marsh", {"name": "Ada Quill Ben Marsh"})

    with pytest.raises(CannotAnswer, match="words its byline freely"):
        actions.correct_reading(question, [WantedCredit("Ada Quill"), WantedCredit("Ben Marsh")], by=None)


def test_the_same_byline_on_many_articles_is_one_question_and_undoing_its_answer_undoes_all() -> None:
    ada = a_contributor()
    articles = [an_article(ada) for _ in range(3)]
    question, *_others = [a_doubtful_byline(article, "Ada  Quill", ADA) for article in articles]
    question = Question.objects.open().get()

    actions.correct_reading(question, [WantedCredit("Ada Quill", role="translator")], by=None)

    assert number_open() == 0
    assert [credited(article)[0][:2] for article in articles] == [("Ada Quill", "translator")] * 3
    assert actions.undo(question, by=None) == ()
    assert [credited(article)[0][:2] for article in articles] == [("Ada Quill", "author")] * 3
    assert number_open() == 1


def test_the_same_byline_that_cannot_be_answered_for_an_article_is_asked_about_there() -> None:
    ada = a_contributor()
    plain, worded = an_article(ada), an_article(ada, byline_wording="By {1}, at sea")
    for article in (plain, worded):
        a_doubtful_byline(article, "Ada Quill", ADA)

    actions.correct_reading(
        Question.objects.open().get(), [WantedCredit("Ada Quill", role="translator")], by=None
    )

    assert [question.article_id for question in Question.objects.open()] == [worded.pk]


def test_a_question_is_answered_once(editor) -> None:
    question = a_duplicate(a_contributor(), a_contributor("A. Quill"))
    late = Question.objects.get()
    actions.dismiss(question, by=editor)

    with pytest.raises(CannotAnswer, match="answered already"):
        actions.merge(late, by=editor)


def test_an_answer_must_fit_the_question() -> None:
    question = a_duplicate(a_contributor(), a_contributor("A. Quill"))

    with pytest.raises(CannotAnswer):
        actions.accept_reading(question, by=None)


def test_undoing_the_change_in_the_journal_puts_the_question_again() -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    question = a_duplicate(ada, other)
    change = actions.merge(question, by=None)

    actions.undo_change(change, by=None)

    assert Question.objects.get().is_open
