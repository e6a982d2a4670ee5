"""What is printed and since when, whichever version of an article is published, and that publishing is whole."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.actions import PublishPageRevisionAction
from wagtail.models import Page, Revision

from standfirst.articles.actions import lift_embargoes, set_credits
from standfirst.articles.models import ArticlePage
from standfirst.articles.wholeness import all_actions
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Alias
from standfirst.identity.actions import RenameScope, rename
from tests.archives.reading import read, walk
from tests.factories import a_contributor, a_magazine, an_article

pytestmark = pytest.mark.django_db

every_history = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def magazine(db):
    return a_magazine()


def printed(article):
    return read(article.url).tree.xpath("normalize-space(//*[contains(@class,'byline')])")


def notes(article):
    shown = read(article.url).tree.xpath("//p[@class='note']")
    return [" ".join(note.text_content().split()) for note in shown]


# --- names ---------------------------------------------------------------------------------------------------------


@every_history
@given(
    renames=st.lists(st.sampled_from(["Ada Field", "Ada Marsh", "李明"]), max_size=3),
    version=st.sampled_from(["first", "latest"]),
    bare=st.booleans(),
)
def test_whichever_version_is_published_prints_the_names_of_the_first_day(magazine, renames, version, bare):
    ada = a_contributor("Ada Quill")
    article = an_article(ada)
    for name in renames:
        ada = rename(ada, display_name=name, scope=RenameScope.FROM_NOW_ON, by=None) and type(
            ada
        ).objects.get(pk=ada.pk)

    versions = article.revisions.order_by("pk")
    again = versions.first() if version == "first" else versions.last()
    if bare:
        Page.objects.get(pk=article.pk).unpublish()
    again.publish()

    assert printed(ArticlePage.objects.get(pk=article.pk)) == "Ada Quill"


def test_a_copy_is_signed_on_its_own_day_and_keeps_a_pen_name(magazine):
    ada, ben = a_contributor("Ada Quill"), a_contributor("Ben Marsh")
    article = an_article(ada, ben)
    pen_name = article.credits.get(contributor=ben)
    pen_name.printed_name = "Corvus"
    pen_name.save()
    rename(ada, display_name="Ada Field", scope=RenameScope.FROM_NOW_ON, by=None)
    Alias.objects.create(contributor=ada, name="Ada Quill", kind=Alias.AliasKind.FORMER)

    copy = ArticlePage.objects.get(pk=article.pk).copy(update_attrs={"slug": "copy"})

    assert printed(article) == "Ada Quill and Corvus"
    assert printed(copy) == "Ada Field and Corvus"


def test_who_somebody_is_stays_as_it_was_printed_with_the_article(magazine):
    ada, ben = a_contributor("Ada Quill"), a_contributor("Ben Marsh", note="Ben is a baker.")
    before = an_article(ada, ben)
    for person, note in ((ada, "Ada is a miller."), (ben, "Ben was a baker.")):
        person.note = note
        save_contributor(person, by=None)
    after = an_article(ada, ben)

    assert notes(before) == ["Ben Marsh Ben is a baker."]
    assert notes(after) == ["Ada Quill Ada is a miller.", "Ben Marsh Ben was a baker."]


# --- dates ---------------------------------------------------------------------------------------------------------


@every_history
@given(
    pressed=st.timedeltas(min_value=timedelta(hours=1), max_value=timedelta(days=400)),
    held=st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(minutes=59)),
    version=st.sampled_from(["first", "between"]),
)
def test_an_embargoed_article_is_dated_when_its_embargo_ended(magazine, pressed, held, version):
    ada = a_contributor()
    button, ends = timezone.now() - pressed, timezone.now() - pressed + held
    article = an_article(ada, published_at=button, embargoed_until=timezone.now() + timedelta(days=1))
    between = article.save_revision()
    for kept in article.revisions.all():
        kept.content["embargoed_until"] = ends.isoformat()
        kept.save()
    ArticlePage.objects.filter(pk=article.pk).update(embargoed_until=ends)

    lift_embargoes(at=timezone.now())
    first = ArticlePage.objects.get(pk=article.pk)
    (first.revisions.get(pk=between.pk) if version == "between" else first.revisions.earliest("pk")).publish()

    again = ArticlePage.objects.get(pk=article.pk)
    assert first.first_published_at == again.first_published_at == ends
    assert first.address == again.address == f"{timezone.localtime(ends):%Y/%m}/{first.slug}"
    assert walk(f"/author/{ada.slug}/") == [first.url]


def test_a_copy_has_its_own_address_and_date(magazine):
    article = an_article(a_contributor("Ada Quill"), backdated_to=timezone.now() - timedelta(days=900))

    copy = article.copy(update_attrs={"slug": "copy", "title": "A copy"})

    copy = ArticlePage.objects.get(pk=copy.pk)
    assert copy.url == f"/{timezone.localtime():%Y/%m}/copy/"
    assert walk("/author/ada-quill/") == [copy.url, article.url]


# --- whole or nothing ----------------------------------------------------------------------------------------------


def by_revision(revision):
    revision.publish()


def by_action(revision):
    PublishPageRevisionAction(revision).execute()


def by_model(revision):
    ArticlePage.objects.get(pk=revision.object_id).publish(revision)


@pytest.mark.parametrize("publish", [by_revision, by_action, by_model])
def test_a_publication_that_fails_leaves_what_was_scheduled(magazine, publish):
    article = an_article(a_contributor())
    later = ArticlePage.objects.get(pk=article.pk)
    later.go_live_at = timezone.now() + timedelta(days=2)
    later.save_revision().publish()
    headless = ArticlePage.objects.get(pk=article.pk)
    headless.title = ""
    revision = headless.save_revision(clean=False)

    with pytest.raises(ValidationError):
        publish(revision)

    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1
    assert read(article.url).status == 200


def test_every_action_of_wagtail_is_whole():
    assert all(
        hasattr(action.execute, "__wrapped__") for action in all_actions() if "execute" in vars(action)
    )


def test_other_credits_are_those_of_what_waits_for_its_time_as_well(magazine):
    ada, ben = a_contributor("Ada Quill"), a_contributor("Ben Marsh")
    article = ArticlePage.objects.get(pk=an_article(ada).pk)
    article.title, article.go_live_at = "Another headline", timezone.now() + timedelta(days=1)
    article.save_revision().publish()

    set_credits(ArticlePage.objects.get(pk=article.pk), [(ben, "author")], by=None)

    waiting = Revision.objects.exclude(approved_go_live_at=None).get().as_object()
    assert waiting.title == "Another headline"
    assert [credit.contributor for credit in waiting.credits.all()] == [ben]
