"""A contributor who is two people is taken apart, credit by credit."""

import pytest
from django.utils import timezone

from standfirst.articles.actions import save_article, set_credits
from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit, Link
from standfirst.config.checks import findings
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import merge_contributors, split_contributor, undo
from standfirst.identity.errors import CannotChange
from tests.archives.reading import people, read, walk
from tests.factories import a_contributor, a_magazine, an_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def conflated():
    """Ada Quill, whose two articles are two people's; and the other Ada Quill."""
    a_magazine()
    ada, other = a_contributor(), a_contributor()
    return ada, other, an_article(ada, headline="On rivers"), an_article(ada, headline="On tax")


def credit_on(article):
    return Credit.objects.get(article=article)


def test_a_credit_is_given_to_whose_it_is_and_printed_as_it_was(conflated):
    ada, other, rivers, tax = conflated

    split_contributor(ada, credits={credit_on(tax).pk: other}, by=None)

    assert walk("/author/ada-quill/") == [rivers.url]
    assert walk("/author/ada-quill-2/") == [tax.url]
    credit = credit_on(tax)
    assert (credit.printed_name, credit.linked_how) == ("Ada Quill", Link.CONFIRMED)
    assert list(findings(timezone.now())) == []


def test_credits_that_are_nobodys_yet_are_printed_without_a_link_and_in_no_archive(conflated):
    ada, _other, _rivers, tax = conflated

    split_contributor(ada, credits={credit_on(tax).pk: None}, by=None)

    page = read(tax.url)
    assert page.status == 200
    assert "Ada Quill" in page.html
    assert "/author/" not in page.html.replace("/authors/", "")
    place = Contributor.objects.get(unassigned_from=ada)
    for path in (f"/author/{place.slug}/", f"/author/{place.slug}/page/1/"):
        assert read(path).status == 404
    assert people() == {"/author/ada-quill/": 1}
    assert (
        f"/author/{place.slug}"
        not in read("/articles/").html + read("/").html + read("/search/?q=Quill").html
    )
    assert place not in Contributor.objects.present()
    assert list(findings(timezone.now())) == []


def test_what_is_nobodys_yet_can_be_given_to_somebody_later(conflated):
    ada, other, _rivers, tax = conflated
    split_contributor(ada, credits={credit_on(tax).pk: None}, by=None)
    place = Contributor.objects.get(unassigned_from=ada)

    split_contributor(place, credits={credit_on(tax).pk: other}, by=None)

    assert walk("/author/ada-quill-2/") == [tax.url]


def test_no_older_version_brings_a_credit_back(conflated):
    ada, other, _rivers, tax = conflated
    tax.title = "On taxes"
    tax = save_article(tax, by=None)
    first, second = tax.revisions.order_by("pk")

    split_contributor(ada, credits={credit_on(tax).pk: other}, by=None)
    for version in (first, second):
        version.refresh_from_db()
        version.publish()

        assert credit_on(tax).contributor == other
    assert walk("/author/ada-quill-2/") == [tax.url]


def test_a_version_from_before_a_merge_follows_the_split_after_it(conflated):
    ada, other, _rivers, _tax = conflated
    absorbed = a_contributor("A. Q.")
    article = an_article(absorbed)
    merge_contributors(kept=ada, absorbed=absorbed, by=None)

    split_contributor(ada, credits={credit_on(article).pk: other}, by=None)
    article.revisions.get().publish()

    assert credit_on(article).contributor == other


def test_an_editor_may_credit_them_again_afterwards(conflated):
    ada, other, _rivers, tax = conflated
    split_contributor(ada, credits={credit_on(tax).pk: other}, by=None)

    article = ArticlePage.objects.get(pk=tax.pk)
    article.credits.add(Credit(contributor=ada, role=credit_on(tax).role))
    save_article(article, by=None)

    assert tax.url in walk("/author/ada-quill/")


def test_only_their_own_credits_are_given_and_only_to_who_is_here(conflated):
    ada, other, rivers, tax = conflated
    gone = a_contributor("Gone")
    merge_contributors(kept=other, absorbed=gone, by=None)
    credit = credit_on(tax).pk

    for credits in ({credit: gone}, {credit: ada}, {credit + 99: other}, {}):
        with pytest.raises(CannotChange):
            split_contributor(ada, credits=credits, by=None)
    with pytest.raises(CannotChange):
        split_contributor(other, credits={credit: ada}, by=None)
    assert walk("/author/ada-quill/") == [tax.url, rivers.url]


def test_an_undone_split_puts_back_what_nobody_touched(conflated):
    ada, other, rivers, tax = conflated
    change = split_contributor(ada, credits={credit_on(rivers).pk: None, credit_on(tax).pk: other}, by=None)
    ArticlePage.objects.get(pk=tax.pk).delete()

    undone = undo(change, by=None)

    assert walk("/author/ada-quill/") == [rivers.url]
    assert not Contributor.objects.filter(unassigned_from=ada).exists()
    assert ["gone" in sentence for sentence in undone.left_as_is] == [True]


def test_a_place_that_a_later_version_knows_stays_and_is_empty(conflated):
    ada, _other, rivers, _tax = conflated
    change = split_contributor(ada, credits={credit_on(rivers).pk: None}, by=None)
    place = Contributor.objects.get(unassigned_from=ada)
    article = ArticlePage.objects.get(pk=rivers.pk)
    article.credits.add(Credit(contributor=place, role=credit_on(rivers).role, printed_name="Nobody"))
    article.save_revision()

    undo(change, by=None)

    assert credit_on(rivers).contributor == ada
    assert Contributor.objects.filter(pk=place.pk).exists()
    assert article.revisions.latest("pk").as_object().credits.count() == 2


def test_undoing_never_credits_anybody_twice(conflated):
    ada, other, _rivers, tax = conflated
    change = split_contributor(ada, credits={credit_on(tax).pk: other}, by=None)
    article = ArticlePage.objects.get(pk=tax.pk)
    article.credits.add(Credit(contributor=ada, role=credit_on(tax).role))
    save_article(article, by=None)

    undone = undo(change, by=None)

    assert "credited again since" in undone.left_as_is[0]
    assert tax.url in walk("/author/ada-quill/")
    assert walk("/author/ada-quill-2/") == [tax.url]
    assert list(findings(timezone.now())) == []


def test_splits_of_splits_are_undone_in_reverse(conflated):
    ada, other, rivers, tax = conflated
    first = split_contributor(ada, credits={credit_on(tax).pk: None}, by=None)
    place = Contributor.objects.get(unassigned_from=ada)
    second = split_contributor(place, credits={credit_on(tax).pk: other}, by=None)

    for change in (second, first):
        assert undo(change, by=None).left_as_is == ()

    assert walk("/author/ada-quill/") == [tax.url, rivers.url]
    assert list(findings(timezone.now())) == []


def test_undoing_a_split_lists_nobody_on_an_article_that_was_credited_anew_since(conflated):
    ada, other, rivers, _tax = conflated
    set_credits(rivers, [(ada, "author"), (other, "photographer")], by=None)
    theirs = Credit.objects.get(article=rivers, contributor=ada)
    change = split_contributor(ada, credits={theirs.pk: other}, by=None)
    somebody = a_contributor("Ben Marsh")
    set_credits(rivers, [], by=None)  # Whose rows are gone: the next credits are others.
    set_credits(rivers, [(somebody, "author")], by=None)

    undo(change, by=None)

    assert list(findings(timezone.now())) == []
    assert rivers.url in walk("/author/ben-marsh/")
    assert rivers.url not in walk("/author/ada-quill/")


def test_a_split_undone_after_its_person_was_merged_gives_to_whoever_they_are_and_back_with_the_merge(
    conflated,
):
    ada, _other, rivers, tax = conflated
    theirs = Credit.objects.get(article=rivers, contributor=ada)
    split = split_contributor(ada, credits={theirs.pk: None}, by=None)
    kept = a_contributor("Ada Q. Quill")
    merge = merge_contributors(kept=kept, absorbed=ada, by=None)

    assert undo(split, by=None).left_as_is == ()
    assert walk(f"/author/{kept.slug}/") == [tax.url, rivers.url]
    assert list(findings(timezone.now())) == []

    assert undo(merge, by=None).left_as_is == ()
    assert walk("/author/ada-quill/") == [tax.url, rivers.url]
    assert list(findings(timezone.now())) == []


def test_how_a_credit_came_to_be_somebodys_stays_while_it_stays_theirs(conflated):
    ada, other, _rivers, tax = conflated
    third = a_contributor("Cleo Field")
    Credit.objects.filter(article=tax).update(linked_how=Link.STATED)
    first = split_contributor(ada, credits={credit_on(tax).pk: other}, by=None)
    split_contributor(other, credits={credit_on(tax).pk: third}, by=None)

    undone = undo(first, by=None)

    assert undone.left_as_is
    assert (credit_on(tax).contributor, credit_on(tax).linked_how) == (third, Link.CONFIRMED)


def test_a_credit_that_went_and_came_before_a_merge_is_told_to_it_once(conflated):
    ada, other, _rivers, tax = conflated
    kept = a_contributor("Cleo Field")
    there = split_contributor(ada, credits={credit_on(tax).pk: other}, by=None)
    back = split_contributor(other, credits={credit_on(tax).pk: ada}, by=None)
    merge = merge_contributors(kept=kept, absorbed=ada, by=None)

    undo(back, by=None)
    undo(there, by=None)
    assert credit_on(tax).contributor == kept
    undo(merge, by=None)

    assert credit_on(tax).contributor == ada
    assert list(findings(timezone.now())) == []
