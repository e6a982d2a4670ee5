"""A merge makes one contributor of two, wherever the other is still named."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

from standfirst.articles.actions import create_article, save_article, set_credits
from standfirst.articles.bulk import NewArticle, store_articles
from standfirst.articles.models import ArticlePage, Listing
from standfirst.bylines.models import Credit, Role
from standfirst.config.checks import findings
from standfirst.contributors.actions import change_slug, save_contributor
from standfirst.contributors.models import Alias, AuthorityId, Contributor, ContributorLink
from standfirst.contributors.queries import contributor_at, namesakes_of
from standfirst.identity.actions import merge_contributors, preview_merge, undo, withdraw
from standfirst.identity.errors import CannotMerge, CannotUndo
from tests.archives.reading import people, read, walk
from tests.archives.test_structured import an_image
from tests.factories import a_contributor, a_magazine, an_article, some_articles

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """Ada Quill, and A. Quill, who is the same."""
    a_magazine()
    return a_contributor(), a_contributor("A. Quill")


def merged(kept, absorbed):
    return merge_contributors(kept=kept, absorbed=absorbed, by=None)


def byline(url):
    return " ".join(read(url).tree.xpath("string(//*[contains(@class,'byline')])").split())


def test_the_work_of_both_is_one_archive_and_what_was_printed_stays(two):
    ada, other = two
    first, second = an_article(ada), an_article(other)

    merged(ada, other)

    page = read("/author/ada-quill/")
    assert page.claimed == 2
    assert page.articles == [second.url, first.url]
    assert "A. Quill" in byline(second.url)
    assert people() == {"/author/ada-quill/": 2}
    assert list(findings(timezone.now())) == []


def test_every_address_of_the_other_leads_to_the_one_kept_in_one_hop(two):
    ada, other = two
    change_slug(other, slug="a-q", by=None)
    Redirect.add_redirect("/writers/a-quill", "/author/a-q/")
    third = a_contributor("Ada Q.")
    merged(other, third)

    merged(ada, other)

    for path in ("/author/a-q/", "/author/a-quill/", "/author/ada-q/", "/writers/a-quill/"):
        page = read(path)
        assert (page.status, page.location) == (301, "/author/ada-quill/"), path
    assert read("/author/a-q/?x=1").location == "/author/ada-quill/?x=1"
    assert list(findings(timezone.now())) == []


def test_nobody_is_merged_with_who_was_merged_or_has_withdrawn(two):
    ada, other = two
    third, gone = a_contributor("Third"), a_contributor("Gone")
    withdraw(gone, by=None)
    assert preview_merge(kept=ada, absorbed=other).can_merge
    merged(ada, other)

    for kept, absorbed in ((other, third), (third, other), (third, gone), (gone, third), (ada, ada)):
        assert not preview_merge(kept=kept, absorbed=absorbed).can_merge
        with pytest.raises(CannotMerge):
            merged(kept, absorbed)
    assert Contributor.objects.filter(merged_into__isnull=False).count() == 1


def test_both_in_one_role_on_one_article_are_one_credit_and_the_order_closes_up(two):
    ada, other = two
    ben = a_contributor("Ben Marsh")
    article = an_article(other, ada, ben)

    change = merged(ada, other)

    assert byline(article.url).endswith("Ada Quill and Ben Marsh")
    assert list(Credit.objects.order_by("sort_order").values_list("sort_order", flat=True)) == [0, 1]
    assert walk("/author/ada-quill/") == [article.url]
    undo(change, by=None)
    assert byline(article.url).endswith("A. Quill, Ada Quill and Ben Marsh")


def test_a_worded_byline_goes_on_saying_what_it_said(two):
    ada, other = two
    article = an_article(
        other, ada, (a_contributor("Ben Marsh"), "photographer"), byline_wording="{1} and {2}, seen by {3}"
    )

    merged(ada, other)

    assert byline(article.url) == "A. Quill and Ada Quill, seen by Ben Marsh"
    assert ArticlePage.objects.get().byline_wording == "A. Quill and {1}, seen by {2}"


def test_two_roles_on_one_article_stay_two_credits_listed_once(two):
    ada, other = two
    article = an_article(ada, (other, "photographer"))

    merged(ada, other)

    assert Credit.objects.filter(contributor=ada).count() == 2
    assert read("/author/ada-quill/").articles == [article.url]
    assert read("/author/ada-quill/").other_work == {}


def test_publishing_a_version_from_before_cannot_bring_the_other_back(two):
    ada, other = two
    article = an_article(other)
    old = article.revisions.get()
    draft = ArticlePage.objects.get()
    draft.title = "Another headline"
    draft.save_revision()

    merged(ada, other)
    for version in (old, article.revisions.latest("pk")):
        assert [credit.contributor_id for credit in version.as_object().credits.all()] == [ada.pk]
        version.publish()

        assert read("/author/ada-quill/").claimed == 1
        assert not Credit.objects.filter(contributor=other).exists()
    assert list(findings(timezone.now())) == []


def test_a_scheduled_version_appears_as_the_one_kept(two):
    ada, other = two
    article = create_article(headline="Soon", by=None, credits=[(other, "author"), (ada, "author")])
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision().publish()
    merged(ada, other)

    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = None
    revision.publish()

    assert walk("/author/ada-quill/") == [ArticlePage.objects.get().url]
    assert Credit.objects.count() == 1


def test_a_form_opened_before_the_merge_credits_the_one_kept(two):
    ada, other = two
    article = an_article(ada)
    merged(ada, other)

    set_credits(article, [(other, "author"), (ada, "translator")], by=None)

    assert set(Credit.objects.values_list("contributor", flat=True)) == {ada.pk}


def test_an_import_that_still_says_the_other_credits_the_one_kept(two):
    ada, other = two
    merged(ada, other)
    page = ArticlePage(title="Imported", live=True, body="[]", first_published_at=timezone.now())

    store_articles([NewArticle(page, [Credit(contributor=other, role=Role.objects.get(code="author"))])])

    assert Credit.objects.get().contributor == ada
    assert Listing.objects.filter(contributor=ada).count() == 1


def test_the_one_merged_away_is_in_no_list_and_found_by_name_as_the_one_kept(two):
    ada, other = two
    other.aliases = [Alias(name="Nellie Bly")]
    save_contributor(other, by=None)
    ada.aliases = [Alias(name="Nellie Bly")]
    save_contributor(ada, by=None)

    merged(ada, other)

    assert list(Contributor.objects.in_public()) == [ada]
    assert list(namesakes_of("A. Quill")) == [ada]
    assert contributor_at("a-quill") == ada
    assert [found.pk for found in Contributor.objects.present().autocomplete("A. Quill")] == [ada.pk]
    assert "/author/a-quill/" not in read("/search/?q=Quill").html


def test_what_the_one_kept_lacks_is_taken_over_and_what_differs_is_said(two):
    ada, other = two
    AuthorityId.objects.create(contributor=ada, scheme="viaf", value="1")
    AuthorityId.objects.create(contributor=other, scheme="viaf", value="2")
    AuthorityId.objects.create(contributor=other, scheme="wikidata", value="Q1")
    ada.biography, other.biography, other.note = "<p>One.</p>", "<p>Two.</p>", "Writes."
    ada.account, other.account = User.objects.create_user("a"), User.objects.create_user("b")
    other.links = [ContributorLink(label="Site", url="https://quill.example")]
    other.aliases = [Alias(name="Nellie Bly", is_public=True)]
    save_contributor(ada, by=None)
    save_contributor(other, by=None)
    shared = an_article(ada, other, headline="Shared")
    an_article(other, (ada, "translator"), headline="Two roles")
    an_article((other, "photographer"))

    preview = preview_merge(kept=ada, absorbed=other)
    merged(ada, other)

    assert dict(preview.credits) == {"Articles": 2, "Photographs": 1}
    assert (preview.set_aside, preview.revisions, preview.slugs) == (1, 3, ("a-quill",))
    assert (preview.aliases, preview.links) == (("Nellie Bly",), ("https://quill.example",))
    assert preview.authority_ids == ("Wikidata Q1",)
    kinds = {conflict.kind for conflict in preview.conflicts}
    assert kinds == {"accounts", "authority-ids", "biographies", "same-role", "other-role"}
    assert [each.article for each in preview.conflicts if each.kind == "same-role"] == [shared.pk]
    html = read("/author/ada-quill/").html
    assert all(word in html for word in ("One.", "Nellie Bly", "https://quill.example", "Q1"))
    assert "Two." not in html


def test_a_portrait_is_taken_over_with_what_is_said_of_it(two):
    ada, other = two
    other.portrait = an_image()
    other.portrait_alt, other.portrait_credit = "At her desk", "Bea Thorne"
    save_contributor(other, by=None)

    merged(ada, other)

    kept = Contributor.objects.get(pk=ada.pk)
    assert (kept.portrait, kept.portrait_alt, kept.portrait_credit) == (
        other.portrait,
        "At her desk",
        "Bea Thorne",
    )


def test_drafts_and_scheduled_articles_are_counted_beforehand(two):
    ada, other = two
    create_article(headline="Draft", by=None, credits=[(other, "author")])
    scheduled = create_article(headline="Soon", by=None, credits=[(other, "author")])
    scheduled.go_live_at = timezone.now() + timedelta(days=1)
    scheduled.save_revision().publish()
    an_article(other)

    preview = preview_merge(kept=ada, absorbed=other)

    assert (preview.drafts, preview.scheduled, preview.revisions) == (2, 1, 4)


def test_a_draft_without_a_version_is_counted_for_whom_it_credits_alone(two):
    ada, other = two
    author = Role.objects.get(code="author")
    drafts = [ArticlePage(title=f"Draft {number}", live=False, body="[]") for number in range(3)]
    credited = (other, ada, a_contributor("Ben Marsh"))
    store_articles(
        [
            NewArticle(page, [Credit(contributor=who, role=author)], frozenset())
            for page, who in zip(drafts, credited, strict=True)
        ]
    )

    assert preview_merge(kept=ada, absorbed=other).drafts == 1


def test_undoing_does_what_is_still_right_and_says_what_it_could_not(two):
    ada, other = two
    first, second, third = (an_article(other, headline=name) for name in ("First", "Second", "Third"))
    change = merged(ada, other)
    set_credits(ArticlePage.objects.get(pk=first.pk), [], by=None)
    ArticlePage.objects.get(pk=second.pk).delete()
    an_article(ada)

    undone = undo(change, by=None)

    assert walk("/author/a-quill/") == [third.url]
    assert read("/author/ada-quill/").claimed == 1
    assert len(undone.left_as_is) == 2
    assert any("deleted since" in sentence for sentence in undone.left_as_is)
    assert list(findings(timezone.now())) == []
    with pytest.raises(CannotUndo):
        undo(change, by=None)


def test_undoing_the_first_of_two_merges_gives_back_what_was_moved_twice(two):
    ada, other = two
    third = a_contributor("Third")
    article = an_article(other)
    first = merged(ada, other)
    second = merged(third, ada)

    assert undo(first, by=None).left_as_is == ()
    assert walk("/author/a-quill/") == [article.url]
    assert read("/author/ada-quill/").location == "/author/third/"
    assert list(findings(timezone.now())) == []
    undo(second, by=None)

    assert walk("/author/a-quill/") == [article.url]
    assert list(findings(timezone.now())) == []


def test_a_draft_saved_while_merged_is_the_others_again_once_that_is_undone(two):
    ada, other = two
    article = an_article(other)
    change = merged(ada, other)
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    draft.title = "Edited while merged"
    draft.save_revision()

    undo(change, by=None)
    article.revisions.latest("pk").publish()

    assert walk("/author/a-quill/") == [article.url]
    assert read("/author/ada-quill/").claimed == 0


def test_a_credit_set_aside_stays_so_if_the_other_was_removed_since(two):
    ada, other = two
    article = an_article(ada, other)
    change = merged(ada, other)
    set_credits(ArticlePage.objects.get(), [], by=None)

    undone = undo(change, by=None)

    assert not Credit.objects.exists()
    assert "has been removed since" in undone.left_as_is[0]
    assert byline(article.url) == ""


def test_an_undone_merge_leaves_its_addresses_to_whom_they_were(two):
    ada, other = two
    Redirect.add_redirect("/writers/a-quill", "/author/a-quill/")
    change = merged(ada, other)

    undo(change, by=None)

    assert read("/author/a-quill/").heading == "No articles yet by: A. Quill"
    assert read("/writers/a-quill/").location == "/author/a-quill/"


def test_a_merge_costs_a_few_queries_however_much_moves(two, django_assert_max_num_queries):
    ada, other = two
    some_articles(120, other)
    some_articles(30, ada)

    with django_assert_max_num_queries(150):
        change = merged(ada, other)

    assert read("/author/ada-quill/").claimed == 150
    with django_assert_max_num_queries(125):
        undo(change, by=None)
    assert read("/author/a-quill/").claimed == 120


def test_the_journal_is_on_no_page(two):
    ada, other = two
    an_article(ada, other)
    merge_contributors(kept=ada, absorbed=other, by=None, note="She told us in confidence.")

    assert "confidence" not in read("/author/ada-quill/").html


def test_comparing_versions_shows_the_one_kept(two, admin_client):
    ada, other = two
    article = an_article(other)
    save_article(ArticlePage.objects.get(), by=None)
    merged(ada, other)
    first, second = article.revisions.order_by("pk").values_list("pk", flat=True)

    pages = [
        f"/admin/pages/{article.pk}/revisions/compare/{first}...{second}/",
        f"/admin/pages/{article.pk}/revisions/{first}/revert/",
        f"/admin/pages/{article.pk}/edit/",
    ]

    for path in pages:
        response = admin_client.get(path)
        assert response.status_code == 200, path
        assert "Ada Quill" in response.content.decode() or "compare" in path


def test_undoing_a_merge_leaves_an_article_that_was_credited_anew_since_in_the_right_archives():
    a_magazine()
    kept, absorbed = a_contributor("Ada Quill"), a_contributor("A. Quill")
    article = an_article(absorbed)
    change = merge_contributors(kept=kept, absorbed=absorbed, by=None)
    set_credits(article, [(kept, "author")], by=None)

    undo(change, by=None)

    listed = Listing.objects.filter(article=article, contributor__isnull=False)
    assert [row.contributor for row in listed] == [kept]
