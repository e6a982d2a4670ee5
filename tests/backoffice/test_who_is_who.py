"""Merging, splitting, renaming and the journal at the editors' desk."""

from django.urls import reverse

from standfirst.contributors.models import Contributor
from standfirst.identity.models import IdentityChange
from standfirst.review.models import Question
from tests.archives.reading import read
from tests.backoffice.test_contributors import at
from tests.factories import a_contributor, an_article
from tests.review.questions import a_duplicate


def to(name: str, person: Contributor) -> str:
    return reverse(name, args=[person.pk])


# -------------------------------------------------------------------------------------------------------------- merge


def test_the_other_one_is_found_by_name_and_what_moves_is_shown_before(desk) -> None:
    ada, other = a_contributor(), a_contributor("Nellie Bly", biography="<p>Went round the world.</p>")
    an_article(other, headline="Round the world")
    moderator = desk("Moderators")

    found = moderator.get(to("merge_contributors", ada), {"q": "nellie"}).content.decode()
    preview = moderator.get(to("merge_contributors", ada), {"other": other.pk}).content.decode()

    assert f"?other={other.pk}" in found
    assert "Merge Nellie Bly into Ada Quill?" in preview
    assert "Articles 1" in preview
    assert "/author/nellie-bly/" in preview
    assert "biography" in preview
    assert not Contributor.objects.get(pk=other.pk).is_merged


def test_merging_moves_everything_and_answers_the_question(desk) -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    article = an_article(other)
    question = a_duplicate(ada, other)

    done = desk("Moderators").post(to("merge_contributors", ada), {"other": other.pk, "note": "Said so."})

    question.refresh_from_db()
    assert done.url == at("edit", ada.pk)
    assert read("/author/ada-quill/").articles == [article.url]
    assert not question.is_open
    assert IdentityChange.objects.get().note == "Said so."


def test_either_may_be_kept(desk) -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")

    done = desk("Moderators").post(to("merge_contributors", ada), {"other": other.pk, "keep": "other"})

    assert done.url == at("edit", other.pk)
    assert Contributor.objects.get(pk=ada.pk).merged_into == other


def test_nobody_is_merged_with_themselves(desk) -> None:
    ada = a_contributor()
    moderator = desk("Moderators")

    moderator.post(to("merge_contributors", ada), {"other": ada.pk})

    assert (
        "one contributor, not two"
        in moderator.get(to("merge_contributors", ada), {"other": ada.pk}).content.decode()
    )
    assert not IdentityChange.objects.exists()


# -------------------------------------------------------------------------------------------------------------- split


def test_ticked_credits_become_a_new_contributors(desk) -> None:
    ada = a_contributor()
    hers, his = an_article(ada), an_article(ada)
    (credit,) = his.credits.all()

    desk("Moderators").post(
        to("split_contributor", ada), {"credit": [credit.pk], "to": "new", "new_name": "Ada Quill"}
    )

    assert read("/author/ada-quill/").articles == [hers.url]
    assert read("/author/ada-quill-2/").articles == [his.url]


def test_ticked_credits_become_somebodys_who_is_here(desk) -> None:
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    his = an_article(ada)
    (credit,) = his.credits.all()
    moderator = desk("Moderators")

    assert "Ben Marsh" in moderator.get(to("split_contributor", ada), {"q": "marsh"}).content.decode()
    moderator.post(to("split_contributor", ada), {"q": "marsh", "credit": [credit.pk], "to": ben.pk})

    assert read("/author/ben-marsh/").articles == [his.url]


def test_credits_may_be_nobodys_until_somebody_says_whose(desk) -> None:
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    article = an_article(ada)
    (credit,) = article.credits.all()
    moderator = desk("Moderators")

    moderator.post(to("split_contributor", ada), {"credit": [credit.pk], "to": "nobody"})
    place = Contributor.objects.get(unassigned_from=ada)
    shown = moderator.get(to("split_contributor", ada)).content.decode()
    assert "1 credit taken from here is nobody's yet." in shown.replace("&#x27;", "'")

    moderator.post(to("split_contributor", place), {"q": "marsh", "credit": [credit.pk], "to": ben.pk})
    assert read("/author/ben-marsh/").articles == [article.url]


def test_a_split_without_anything_ticked_says_so(desk) -> None:
    ada = a_contributor()
    an_article(ada)

    html = desk("Moderators").post(to("split_contributor", ada), {"to": "nobody"}).content.decode()

    assert "Tick the credits" in html
    assert not IdentityChange.objects.exists()


def test_a_refused_split_makes_no_contributor(desk) -> None:
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    (bens,) = an_article(ben).credits.all()
    an_article(ada)

    desk("Moderators").post(
        to("split_contributor", ada), {"credit": [bens.pk], "to": "new", "new_name": "Somebody"}
    )

    assert not Contributor.objects.filter(display_name="Somebody").exists()


def test_splitting_costs_the_same_for_a_hundred_credits(desk, django_assert_max_num_queries) -> None:
    from tests.factories import some_articles

    ada = a_contributor()
    some_articles(130, ada)
    moderator = desk("Moderators")
    moderator.get(to("split_contributor", ada))

    with django_assert_max_num_queries(25):
        moderator.get(to("split_contributor", ada))


# ------------------------------------------------------------------------------------------------------------- rename


def test_from_now_on_keeps_what_was_printed(desk) -> None:
    ada = a_contributor()
    article = an_article(ada)

    desk("Moderators").post(
        to("rename_contributor", ada),
        {"display_name": "Ada Marsh", "scope": "from_now_on", "old_address": "leads"},
    )

    assert read("/author/ada-quill/").heading == "1 Article by: Ada Marsh"
    assert article.credits.get().printed_name == "Ada Quill"


def test_silently_leaves_no_trace_and_the_old_address_leads_nowhere_if_so_wished(desk) -> None:
    ada = a_contributor()
    an_article(ada)

    desk("Moderators").post(
        to("rename_contributor", ada),
        {"display_name": "Alan Marsh", "scope": "silently", "old_address": "nowhere"},
    )

    assert read("/author/alan-marsh/").heading == "1 Article by: Alan Marsh"
    assert read("/author/ada-quill/").status == 404


def test_choices_that_cannot_be_had_together_are_explained(desk) -> None:
    ada = a_contributor()

    html = (
        desk("Moderators")
        .post(
            to("rename_contributor", ada),
            {"display_name": "Ada Marsh", "scope": "from_now_on", "old_address": "nowhere"},
        )
        .content.decode()
    )

    assert "the address stays" in html
    assert Contributor.objects.get().display_name == "Ada Quill"


def test_a_kind_is_converted(desk) -> None:
    ada = a_contributor("The Editors")

    desk("Moderators").post(to("convert_contributor", ada), {"kind": "house_name"})

    assert Contributor.objects.get().kind == "house_name"


# ------------------------------------------------------------------------------------------------------------ journal


def test_the_journal_says_what_who_and_when_and_undoes_it(desk) -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    article = an_article(other)
    moderator = desk("Moderators")
    moderator.post(to("merge_contributors", ada), {"other": other.pk, "note": "Said so."})
    change = IdentityChange.objects.get()
    undo = reverse("undo_identity_change", args=[change.pk])

    journal = moderator.get(reverse("identity_journal"), {"contributor": ada.pk}).content.decode()
    asked = moderator.get(undo).content.decode()
    assert "A. Quill was merged into Ada Quill." in journal
    assert "Said so." in journal
    assert "user-of-Moderators" in journal
    assert "will be a contributor of their own again" in asked
    assert not IdentityChange.objects.get().is_undone

    moderator.post(undo)
    assert read("/author/a-quill/").articles == [article.url]
    assert "Undone" in moderator.get(reverse("identity_journal")).content.decode()


def test_undoing_in_the_journal_puts_the_question_again(desk) -> None:
    ada, other = a_contributor(), a_contributor("A. Quill")
    question = a_duplicate(ada, other)
    moderator = desk("Moderators")
    moderator.post(reverse("review_question", args=[question.pk]), {"answer": "merge"})

    moderator.post(reverse("undo_identity_change", args=[IdentityChange.objects.get().pk]))

    assert Question.objects.get().is_open


def test_the_ways_to_all_this_are_on_the_contributors_own_form(desk) -> None:
    ada = a_contributor()

    html = desk("Moderators").get(at("edit", ada.pk)).content.decode()
    editors = desk("Editors").get(at("edit", ada.pk)).content.decode()

    for name in ("merge_contributors", "split_contributor", "rename_contributor", "convert_contributor"):
        assert to(name, ada) in html
        assert to(name, ada) not in editors
    assert reverse("identity_journal") in html
