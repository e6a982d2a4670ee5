"""Each kind of change takes the pages that show it, and leaves the others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from standfirst.addresses.redirects import lead_to_page
from standfirst.archives import announcing
from standfirst.articles.actions import save_article, set_credits
from standfirst.articles.models import ArticlePage, Correction, Listing
from standfirst.bylines.models import Credit, Role
from standfirst.contributors import cachekeys as contributor_keys
from standfirst.contributors.actions import change_slug, save_contributor
from standfirst.contributors.models import Contributor
from standfirst.identity import actions as identity
from standfirst.pagecache.actions import any_write_announced
from standfirst.publications.actions import save_section, save_topic
from standfirst.publications.models import (
    FrontPage,
    NavigationItem,
    PublicationPage,
    PublicationSettings,
    Section,
)
from standfirst.serving.scheduler import Scheduler
from tests.archives.test_structured import an_image
from tests.factories import (
    FIRST_DAY,
    a_contributor,
    a_magazine,
    a_section,
    a_topic,
    an_article,
    schedule,
    some_articles,
)
from tests.pagecache.keeping import kept_answer, kept_paths, not_kept, pagecache, sent

pytestmark = pytest.mark.django_db

LISTS = {"/", "/articles/", "/authors/"}
EVERYTHING = "everything"


class Story:
    """Ada Quill has two articles in Rivers, Ben Marsh one in Sea; there is a page about the magazine."""

    def __init__(self) -> None:
        a_magazine()
        self.ada, self.ben = a_contributor(), a_contributor("Ben Marsh")
        self.rivers, self.sea, self.floods = a_section(), a_section("Sea"), a_topic()
        self.older = an_article(self.ada, section=self.rivers)
        self.article = an_article(self.ada, section=self.rivers, topics=[self.floods])
        self.bens = an_article(self.ben, section=self.sea)
        self.about = FrontPage.objects.get().add_child(instance=PublicationPage(title="About", slug="about"))
        self.pages = {
            *LISTS,
            "/author/ada-quill/",
            "/author/ben-marsh/",
            "/section/rivers/",
            "/section/sea/",
            "/topic/floods/",
            "/about/",
            "/author/cy-reed/",
            self.older.url,
            self.article.url,
            self.bens.url,
        }

    def edit(self, **fields) -> None:
        article = ArticlePage.objects.get(pk=self.article.pk)
        for name, value in fields.items():
            setattr(article, name, value)
        save_article(article, by=None)


@pytest.fixture
def story():
    with pagecache(is_on=True):
        yield Story()


def unpublish(story):
    ArticlePage.objects.get(pk=story.article.pk).unpublish()


def publish(story):
    an_article(story.ben, section=story.sea)


def its_time_comes(story):
    article = ArticlePage.objects.get(pk=story.article.pk)
    article.title = "Now"
    schedule(article, timezone.now() - timedelta(seconds=1))
    assert Scheduler().run_due() == 1


def it_expires(story):
    ArticlePage.objects.filter(pk=story.article.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    Scheduler().run_due()


def its_embargo_ends(story):
    ArticlePage.objects.filter(pk=story.bens.pk).update(embargoed_until=timezone.now() + timedelta(hours=1))
    ArticlePage.objects.get(pk=story.bens.pk).save()
    for path in story.pages:
        sent(path)
    ArticlePage.objects.filter(pk=story.bens.pk).update(embargoed_until=timezone.now() - timedelta(hours=1))
    Scheduler().run_due()


def credit_ben_too(story):
    set_credits(story.article, [(story.ada, "author"), (story.ben, "author")], by=None)


def credit_nobody(story):
    set_credits(ArticlePage.objects.get(pk=story.article.pk), [], by=None)


def rename(story):
    identity.rename(story.ada, display_name="Ada Field", by=None)


def move(story):
    change_slug(story.ada, slug="ada", by=None)


def withdraw(story):
    identity.withdraw(story.ada, by=None)


def merge(story):
    identity.merge_contributors(kept=story.ben, absorbed=story.ada, by=None)


def undo_a_merge(story):
    change = identity.merge_contributors(kept=story.ben, absorbed=story.ada, by=None)
    for path in story.pages:
        sent(path)
    identity.undo(change, by=None)


def split(story):
    credit = Credit.objects.get(article=story.article.pk)
    identity.split_contributor(story.ada, credits={credit.pk: story.ben}, by=None)


def rename_everywhere(story):
    scope = identity.RenameScope.EVERYWHERE
    identity.rename(story.ada, display_name="Ada Field", scope=scope, by=None)


def convert(story):
    identity.convert_kind(story.ada, kind="collective", by=None)


def describe(story):
    story.ada.biography = "<p>Writes about rivers.</p>"
    save_contributor(story.ada, by=None)


def somebody_comes(story):
    a_contributor("Cy Reed")


def rename_section(story):
    story.rivers.name = "Waters"
    save_section(story.rivers, by=None)


def describe_topic(story):
    story.floods.description = "<p>High water.</p>"
    save_topic(story.floods, by=None)


def file_elsewhere(story):
    story.edit(section=Section.objects.get(pk=story.sea.pk))


def correct(story):
    article = ArticlePage.objects.get(pk=story.article.pk)
    article.corrections.add(Correction(text="<p>It was Tuesday.</p>"))
    save_article(article, by=None)


def change_settings(story):
    publication = PublicationSettings.load()
    publication.name = "Another name"
    publication.save()


def link_in_navigation(story):
    publication = PublicationSettings.load()
    publication.navigation = [NavigationItem(section=story.sea)]
    publication.save()


def change_role(story):
    role = Role.objects.get(code="author")
    role.byline_phrase = "Words by"
    role.save()


def import_some(story):
    some_articles(3, story.ben)


def delete(story):
    ArticlePage.objects.get(pk=story.article.pk).delete()


def rename_page(story):
    story.about.title = "Who we are"
    story.about.save_revision().publish()


def old_address(story):
    lead_to_page("/author/cy-reed/", story.bens)


def a_command_writes(story):
    with any_write_announced():
        Contributor.objects.filter(pk=story.ada.pk).update(note="Changed in a shell")


ADAS = {"/author/ada-quill/", "{article}", "{older}"}
CASES = [
    (
        publish,
        {*LISTS, "/author/ben-marsh/", "/section/sea/"},
        {"/about/", "/author/ada-quill/", "{article}", "/section/rivers/"},
    ),
    (
        unpublish,
        {*LISTS, *ADAS, "/section/rivers/", "/topic/floods/"},
        {"/about/", "/author/ben-marsh/", "{bens}", "/section/sea/"},
    ),
    (
        its_time_comes,
        {"/", "/articles/", *ADAS, "/section/rivers/", "/topic/floods/"},
        {"/authors/", "/author/ben-marsh/", "{bens}"},
    ),
    (it_expires, {*LISTS, *ADAS, "/section/rivers/", "/topic/floods/"}, {"/about/", "/author/ben-marsh/"}),
    (
        its_embargo_ends,
        {*LISTS, "/author/ben-marsh/", "{bens}", "/section/sea/"},
        {"/author/ada-quill/", "{article}"},
    ),
    (
        credit_ben_too,
        {*LISTS, *ADAS, "/author/ben-marsh/", "/section/rivers/", "{bens}"},
        {"/about/", "/section/sea/"},
    ),
    (credit_nobody, {*LISTS, *ADAS, "/section/rivers/", "/topic/floods/"}, {"{bens}", "/author/ben-marsh/"}),
    (
        rename,
        {"/authors/", *ADAS},
        {"/", "/articles/", "/section/rivers/", "{bens}"},
    ),  # What was printed stays.
    (move, {*LISTS, *ADAS, "/section/rivers/", "/topic/floods/"}, {"{bens}", "/about/"}),
    (withdraw, {*LISTS, *ADAS, "/section/rivers/"}, {"{bens}", "/about/"}),
    (
        merge,
        {*LISTS, *ADAS, "/author/ben-marsh/", "/section/rivers/", "/topic/floods/", "{bens}"},
        {"/about/", "/section/sea/", "/author/cy-reed/"},
    ),
    (
        undo_a_merge,
        {*LISTS, *ADAS, "/author/ben-marsh/", "/section/rivers/", "/topic/floods/", "{bens}"},
        {"/about/", "/section/sea/", "/author/cy-reed/"},
    ),
    (
        split,
        {*LISTS, *ADAS, "/author/ben-marsh/", "/section/rivers/", "/topic/floods/", "{bens}"},
        {"/about/", "/section/sea/", "/author/cy-reed/"},
    ),
    (
        rename_everywhere,
        {*LISTS, *ADAS, "/section/rivers/", "/topic/floods/"},
        {"/about/", "{bens}", "/author/ben-marsh/", "/section/sea/"},
    ),
    (convert, ADAS, {"/about/", "{bens}", "/author/ben-marsh/", "/section/sea/"}),
    (describe, {"/author/ada-quill/"}, {*LISTS, "{article}", "/section/rivers/"}),
    (somebody_comes, {"/author/cy-reed/"}, {*LISTS, "/author/ada-quill/"}),
    (
        rename_section,
        {"/", "/articles/", "/section/rivers/", "{article}", "{older}"},
        {"{bens}", "/author/ben-marsh/", "/authors/"},
    ),
    (describe_topic, {"/topic/floods/"}, {"{article}", *LISTS}),
    (
        file_elsewhere,
        {"/", "/articles/", *ADAS, "/section/rivers/", "/section/sea/"},
        {"{bens}", "/author/ben-marsh/", "/about/"},
    ),
    (correct, {"{article}"}, {*LISTS, "/author/ada-quill/", "/section/rivers/", "{older}"}),
    (delete, {*LISTS, *ADAS, "/section/rivers/", "/topic/floods/"}, {"{bens}", "/author/ben-marsh/"}),
    (rename_page, {"/about/"}, {*LISTS, "{article}"}),
    (old_address, {"/author/cy-reed/"}, {*LISTS, "{bens}"}),
    (change_settings, {EVERYTHING}, set()),
    (link_in_navigation, {EVERYTHING}, set()),
    (change_role, {EVERYTHING}, set()),
    (import_some, {EVERYTHING}, set()),
    (a_command_writes, {EVERYTHING}, set()),
]


@pytest.mark.parametrize(("change", "gone", "staying"), CASES, ids=[case[0].__name__ for case in CASES])
def test_a_change_takes_the_pages_that_show_it_and_leaves_the_others(change, gone, staying, story):
    addresses = {"article": story.article.url, "older": story.older.url, "bens": story.bens.url}
    for path in story.pages:
        sent(path)
    assert kept_paths() == story.pages

    change(story)

    still = kept_paths()
    taken = story.pages if EVERYTHING in gone else {path.format(**addresses) for path in gone}
    assert still & taken == set()
    assert {path.format(**addresses) for path in staying} <= still
    for path in still:
        kept = sent(path)
        with not_kept():
            assert sent(path) == kept, path


def test_another_theme_is_another_edition_under_which_nothing_is_kept_yet(story):
    sent("/")

    with pagecache(is_on=True, edition="another/"):
        assert kept_paths().isdisjoint({"/"})
        sent("/")
        assert "/" in kept_paths()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_command_may_write_outside_any_transaction():
    with pagecache(is_on=True):
        a_magazine()
        for write in (
            lambda: Contributor.objects.create(display_name="Ada Quill", slug="ada-quill"),
            lambda: Contributor.objects.bulk_create(
                [Contributor(display_name="Ben", slug="ben", sort_key="b")]
            ),
            lambda: Contributor.objects.update(note="Changed"),
            lambda: Contributor.objects.filter(slug="ben").delete(),
        ):
            sent("/authors/")
            assert "/authors/" in kept_paths()
            with any_write_announced():
                write()
            assert "/authors/" not in kept_paths()


@pytest.mark.parametrize("number", [2, 3, 6])
def test_the_letters_change_with_somebodys_first_work_however_much_comes_at_once(number, monkeypatch):
    a_magazine()
    ada = a_contributor("Ada Aldine")
    some_articles(number, ada)
    places = list(Listing.objects.filter(contributor=ada))
    told = set()
    monkeypatch.setattr(announcing, "changed", lambda *keys: told.update(keys))

    announcing.announce([], places)
    assert contributor_keys.LETTERS in told
    told.clear()
    announcing.announce([], places[:1])  # The others were there.
    assert contributor_keys.LETTERS not in told


def test_an_article_of_no_section_that_comes_in_further_down_is_seen_on_the_front():
    with pagecache(is_on=True):
        a_magazine()
        newest_last = some_articles(20, a_contributor())
        sent("/")
        an_article(published_at=newest_last[-10].first_published_at + timedelta(hours=1))

        assert "/" not in kept_paths()


def test_another_picture_or_another_word_on_it_is_seen_on_the_front():
    with pagecache(is_on=True):
        a_magazine()
        article = ArticlePage.objects.get(pk=an_article(a_contributor()).pk)
        article.lead_image, article.lead_image_alt = an_image(), "A quay"
        article = save_article(article, by=None)
        for change in ({"lead_image_alt": "A harbour"}, {"lead_image": an_image((900, 900))}):
            sent("/")
            for name, value in change.items():
                setattr(article, name, value)
            article = save_article(article, by=None)

            assert "/" not in kept_paths(), change


def test_a_draft_changes_nothing_that_is_kept(story):
    for path in story.pages:
        sent(path)

    article = ArticlePage.objects.get(pk=story.article.pk)
    article.title = "Not yet"
    article.save_revision()

    assert kept_paths() == story.pages


def test_a_page_is_read_fresh_after_each_of_many_publications(story):
    for number in range(1, 46):
        an_article(story.ben, published_at=FIRST_DAY + timedelta(days=400 + number))
        for path in ("/author/ben-marsh/", "/author/ben-marsh/page/1/", "/articles/"):
            kept = sent(path)
            with not_kept():
                assert sent(path) == kept
        assert f"{number + 1} Articles by:" in sent("/author/ben-marsh/")[2].decode()


def test_an_old_address_of_a_page_that_readers_do_not_see_leads_where_that_page_is_now():
    a_magazine()
    about = FrontPage.objects.get().add_child(instance=PublicationPage(title="About", slug="about"))
    with pagecache(is_on=True):
        for slug, live in (
            ("rivers", True),
            ("locks", True),
            ("rivers", True),
            ("rivers", False),
            ("locks", False),
        ):
            about = PublicationPage.objects.get(pk=about.pk)
            about.slug, about.live = slug, live
            sent("/about/")  # kept, as it led before
            about.save()

        kept = kept_answer("/about/") if "/about/" in kept_paths() else None
        with not_kept():
            fresh = sent("/about/")

    assert kept in (None, fresh)
