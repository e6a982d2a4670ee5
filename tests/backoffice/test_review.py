"""The review queue at the editors' desk."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from standfirst.backoffice.wagtail_hooks import screens
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import merge_contributors, withdraw
from standfirst.importers.models import ImportSource
from standfirst.review.actions import dismiss
from standfirst.review.models import Question
from tests.archives.reading import read
from tests.factories import a_contributor, an_article, some_articles
from tests.review.questions import a_doubtful_byline, a_duplicate, credited


@pytest.fixture
def pair(magazine):
    """Two contributors who are probably one, and the question."""
    ada, other = a_contributor(), a_contributor("A. Quill")
    day = datetime(2015, 1, 10, tzinfo=UTC)
    an_article(ada, headline="On water", published_at=day)
    an_article((other, "translator"), headline="On mud", published_at=day)
    return ada, other, a_duplicate(ada, other)


def show(client: Client, question: Question) -> str:
    return client.get(reverse("review_question", args=[question.pk])).content.decode()


def answer(client: Client, question: Question, how: str, **fields: str):
    return client.post(reverse("review_question", args=[question.pk]), {"answer": how, **fields})


# ------------------------------------------------------------------------------------------------------ permissions


def addresses(person: Contributor, question: Question, change) -> list[str]:
    """Every address of ours that says who is who, taken from where they are registered."""
    about = {
        "review_question": question.pk,
        "undo_identity_change": change.pk,
        "import_fields": ImportSource.objects.create(format="wordpress", address="lantern.example").pk,
    }
    named = []
    for one in screens():
        has_number = "pk" in str(one.pattern)
        args = [about.get(one.name, person.pk)] if has_number else []
        named.append(reverse(one.name, args=args))
    return named


def test_every_screen_is_for_those_with_its_permission_alone(desk, pair, client) -> None:
    ada, _other, question = pair
    change = merge_contributors(kept=a_contributor("Kay"), absorbed=a_contributor("K."), by=None)
    stranger, editor, moderator = desk(), desk("Editors"), desk("Moderators")
    administrator = Client()
    administrator.force_login(User.objects.create_superuser("boss"))
    paths = addresses(ada, question, change)
    assert len(paths) == len(screens()) == 13

    for path in paths:
        for method in ("get", "post"):
            assert "/admin/login/" in getattr(client, method)(path).url
            for kept_out in (stranger, editor):
                refused = getattr(kept_out, method)(path)
                assert refused.status_code == 302, path
                assert refused.url in (reverse("wagtailadmin_home"), f"/admin/login/?next={path}"), path
    assert not Contributor.objects.filter(withdrawn_at__isnull=False).exists()
    assert Question.objects.get().is_open
    for path in paths:
        for let_in in (moderator, administrator):
            shown = let_in.get(path, follow=True)
            assert shown.status_code == 200, path
            assert not any("permission" in str(one) for one in shown.context["messages"]), path


def test_the_queue_alone_may_be_given_to_somebody(desk, pair) -> None:
    user = User.objects.create_user("reviewer")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_question"]))
    reviewer = Client()
    reviewer.force_login(user)

    assert "A. Quill" in show(reviewer, pair[2])
    assert reviewer.get(reverse("merge_contributors", args=[pair[0].pk])).status_code == 302
    assert reviewer.get(reverse("identity_journal")).status_code == 302


def test_nothing_is_done_by_looking(desk, pair) -> None:
    moderator = desk("Moderators")
    for how in ("merge", "different", "dismiss", "accept"):
        moderator.get(reverse("review_question", args=[pair[2].pk]), {"answer": how})

    assert Question.objects.get().is_open


def test_a_form_from_elsewhere_is_refused(pair) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("boss"))

    assert answer(client, pair[2], "merge").status_code == 403


# -------------------------------------------------------------------------------------------------------- duplicates


def test_both_are_shown_side_by_side_with_what_tells_them_apart(desk, pair) -> None:
    ada = pair[0]
    ada.biography = "<p>Ada Quill writes about rivers.</p>"
    save_contributor(ada, by=None)

    html = show(desk("Moderators"), pair[2])

    for told in (
        "The same name but for an initial.",
        "Ada Quill writes about rivers.",
        "Person · 2015 · Articles 1",
        "Person · 2015 · Translations 1",
        "On water",
        "On mud",
    ):
        assert told in html


def test_the_page_costs_the_same_for_a_hundred_articles_and_a_thousand_questions(
    desk, pair, django_assert_max_num_queries
) -> None:
    ada, _other, question = pair
    moderator = desk("Moderators")
    show(moderator, question)
    some_articles(100, ada)
    for number in range(30):
        a_duplicate(ada, a_contributor(f"Person {number}"), score=0.1)

    with django_assert_max_num_queries(45):
        show(moderator, question)


def test_the_menu_says_how_many_wait(desk, pair) -> None:
    assert "Review (1)" in desk("Moderators").get(reverse("wagtailadmin_home")).content.decode()
    assert "Review (" not in desk("Editors").get(reverse("wagtailadmin_home")).content.decode()


def test_one_press_merges_and_shows_the_next(desk, pair) -> None:
    ada, other, question = pair
    following = a_duplicate(ada, a_contributor("Ada M. Quill"), score=0.5)
    moderator = desk("Moderators")

    done = answer(moderator, question, "merge")
    shown = moderator.get(done.url, follow=True)

    assert shown.redirect_chain[-1][0] == reverse("review_question", args=[following.pk])
    assert "Ada Quill and A. Quill are one now." in shown.content.decode()
    assert len(read("/author/ada-quill/").articles) == 1
    assert Contributor.objects.get(pk=other.pk).is_merged


def test_the_last_answer_is_undone_from_the_next_page(desk, pair) -> None:
    _ada, other, question = pair
    moderator = desk("Moderators")
    answer(moderator, question, "merge-second")
    assert "Your last answer:" in moderator.get(reverse("review")).content.decode()

    back = answer(moderator, question, "undo")

    assert back.url == reverse("review_question", args=[question.pk])
    assert not Contributor.objects.get(pk=other.pk).is_merged
    assert Question.objects.get().is_open


def test_skipping_goes_on_and_round(desk, pair) -> None:
    ada, _other, question = pair
    following = a_duplicate(ada, a_contributor("Ada M. Quill"), score=0.5)
    moderator = desk("Moderators")

    first = moderator.get(answer(moderator, question, "skip").url)
    second = moderator.get(answer(moderator, following, "skip").url)

    assert first.url == reverse("review_question", args=[following.pk])
    assert second.url == reverse("review_question", args=[question.pk])
    assert Question.objects.open().count() == 2


def test_a_merge_that_cannot_be_is_not_offered_and_says_why(desk, pair) -> None:
    _ada, other, question = pair
    withdraw(other, by=None)

    html = show(desk("Moderators"), question)

    assert 'value="merge"' not in html
    assert "A. Quill is withdrawn: restore them first." in html


def test_what_two_editors_answer_at_once_is_answered_once(desk, pair) -> None:
    moderator = desk("Moderators")
    dismiss(pair[2], by=None)

    html = answer(moderator, pair[2], "merge").content.decode()

    assert "This was answered already." in html
    assert not Contributor.objects.filter(merged_into__isnull=False).exists()


def test_a_question_about_who_are_one_by_now_says_so(desk, pair) -> None:
    ada, other, question = pair
    merge_contributors(kept=ada, absorbed=other, by=None)

    assert "These are one by now" in show(desk("Moderators"), question)


# ----------------------------------------------------------------------------------------------------------- bylines


@pytest.fixture
def byline(magazine):
    article = an_article(a_contributor("Ada Quill Ben Marsh"), headline="On water")
    return article, a_doubtful_byline(
        article, "ada quill/ben marsh", {"name": "Ada Quill Ben Marsh", "role": "author"}, reason="A slash."
    )


def test_a_byline_is_shown_word_for_word_with_the_credits_as_read(desk, byline) -> None:
    html = show(desk("Moderators"), byline[1])

    for told in ("ada quill/ben marsh", "A slash.", 'value="Ada Quill Ben Marsh"', "On water"):
        assert told in html


def test_what_is_typed_in_a_byline_is_never_markup(desk, byline) -> None:
    question = a_doubtful_byline(
        byline[0], "<script>alert(1)</script>", {"name": '"><img src=x onerror=alert(1)>'}
    )

    html = show(desk("Moderators"), question)

    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_untouched_it_was_read_rightly(desk, byline) -> None:
    article, question = byline

    answer(desk("Moderators"), question, "accept", **{"name-0": "Ada Quill Ben Marsh", "role-0": "author"})

    question.refresh_from_db()
    assert question.decision == "accepted"
    assert [name for name, _role, _printed in credited(article)] == ["Ada Quill Ben Marsh"]


def test_other_names_are_a_correction(desk, byline) -> None:
    article, question = byline

    answer(
        desk("Moderators"),
        question,
        "accept",
        **{
            "name-0": "Ada Quill",
            "role-0": "author",
            "name-1": "Ben Marsh",
            "role-1": "translator",
            "name-2": " ",
        },
    )

    question.refresh_from_db()
    assert question.decision == "corrected"
    assert [(name, role) for name, role, _printed in credited(article)] == [
        ("Ada Quill", "author"),
        ("Ben Marsh", "translator"),
    ]
    assert read("/author/ada-quill/").articles == [article.url]


def test_a_refused_correction_keeps_what_was_typed(desk, byline) -> None:
    html = answer(
        desk("Moderators"), byline[1], "accept", **{"name-0": "Ada Quill", "role-0": "nonsense"}
    ).content.decode()

    assert "There is no role “nonsense” here." in html
    assert 'value="Ada Quill"' in html


def test_of_namesakes_the_editor_chooses(desk, byline) -> None:
    article, question = byline
    one, other = a_contributor(), a_contributor()

    answer(
        desk("Moderators"),
        question,
        "accept",
        **{"name-0": "Ada Quill", "role-0": "author", "who-0": str(other.pk)},
    )

    assert [article.url] == read(f"/author/{other.slug}/").articles
    assert read(f"/author/{one.slug}/").articles == []


# ------------------------------------------------------------------------------------------------------ list, search


def test_questions_are_listed_by_what_became_of_them(desk, pair, byline) -> None:
    moderator = desk("Moderators")
    dismiss(pair[2], by=None)

    html = moderator.get(reverse("review_questions"), {"state": "dismissed"}).content.decode()

    assert "Not worth an answer" in html
    assert "ada quill/ben marsh" not in html
    assert "ada quill/ben marsh" in moderator.get(reverse("review_questions")).content.decode()


@pytest.mark.parametrize("nonsense", ["-1", "x", "1e3", "9" * 40, "\x00"])
def test_nonsense_in_an_address_is_no_server_error(desk, pair, nonsense) -> None:
    moderator = desk("Moderators")

    for name in ("review", "review_questions", "review_find", "identity_journal"):
        asked = dict.fromkeys(("after", "kind", "state", "p", "contributor", "asked"), nonsense)
        assert moderator.get(reverse(name), asked).status_code in (200, 302)
    merge = reverse("merge_contributors", args=[pair[0].pk])
    assert moderator.get(merge, {"other": nonsense, "q": "\x00"}).status_code == 200


def test_nonsense_in_a_form_is_no_server_error(desk, byline, pair) -> None:
    moderator = desk("Moderators")

    answer(
        moderator,
        byline[1],
        "accept",
        **{"name-0": "Ada\x00 Quill", "role-0": "author", "kind-0": "wizard", "who-0": "9" * 40},
    )
    split = reverse("split_contributor", args=[pair[0].pk])
    assert moderator.post(split, {"credit": ["9" * 40, "x"], "to": "9" * 40}).status_code == 200

    assert [name for name, _role, _printed in credited(byline[0])] == ["Ada Quill"]
    assert set(Contributor.objects.values_list("kind", flat=True)) == {"person"}


def test_duplicates_are_looked_for_at_a_press(desk, magazine) -> None:
    a_contributor(), a_contributor("Ada M. Quill")
    moderator = desk("Moderators")

    done = moderator.post(reverse("review_find"))

    assert done.url == reverse("review")
    assert Question.objects.get().kind == "duplicate"
