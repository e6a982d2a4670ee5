"""Articles stored in batches are as if each had been saved."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from wagtail.search.models import IndexEntry

from standfirst.addresses.redirects import lead_to_page
from standfirst.articles.actions import found_article_index
from standfirst.articles.bulk import NewArticle, store_articles
from standfirst.articles.models import ArticlePage, Listing
from standfirst.articles.queries import article_at
from standfirst.bylines.models import Credit, Role
from standfirst.contributors.actions import create_contributor
from standfirst.publications.actions import found_publication, save_section, save_topic
from standfirst.publications.models import Section, Topic

pytestmark = pytest.mark.django_db

APPEARED = datetime(2015, 3, 1, 12, tzinfo=UTC)
BODY = [{"type": "paragraph", "value": "<p>The flood came <b>twice</b>.</p>", "id": "1"}]


@pytest.fixture
def magazine():
    return found_article_index(found_publication(name="The Test", address="http://testserver"))


def new(headline, credits=(), topics=(), **fields):
    fields = {"live": True, "first_published_at": APPEARED, "last_published_at": APPEARED} | fields
    page = ArticlePage(title=headline, body=json.dumps(BODY), standfirst="A standfirst.", **fields)
    return NewArticle(page, list(credits), frozenset(topics))


def stored(article, without):
    columns = {field.attname: getattr(article, field.attname) for field in article._meta.concrete_fields}
    return {name: str(value) for name, value in columns.items() if name not in without}


def test_a_stored_article_is_as_if_it_had_been_saved(magazine):
    section, topic = save_section(Section(name="Rivers"), by=None), save_topic(Topic(name="Floods"), by=None)
    ada = create_contributor(display_name="Ada Quill", note="Writes about rivers.", by=None)
    author = Role.objects.get(code="author")
    saved = ArticlePage(title="On water", slug="on-water", body=json.dumps(BODY), standfirst="A standfirst.")
    saved.section, saved.first_published_at, saved.last_published_at = section, APPEARED, APPEARED
    saved.credits, saved.topics = [Credit(contributor=ada, role=author, sort_order=0)], [topic]
    magazine.add_child(instance=saved)

    store_articles([new("On water", [Credit(contributor=ada, role=author)], [topic.pk], section=section)])

    bulk = ArticlePage.objects.exclude(pk=saved.pk).get()
    saved = ArticlePage.objects.get(pk=saved.pk)
    differ = {
        "id",
        "page_ptr_id",
        "path",
        "translation_key",
        "slug",
        "url_path",
        "address",
        "search_description",
        "latest_revision_created_at",
    }
    assert stored(bulk, differ) == stored(saved, differ)
    assert (saved.address, bulk.address) == ("2015/03/on-water", "2015/03/on-water-2")
    places = ("contributor", "role", "section", "topic", "published_at")
    assert sorted(map(str, bulk.listings.values_list(*places))) == sorted(
        map(str, saved.listings.values_list(*places))
    )
    printed = ("contributor", "role", "sort_order", "printed_name", "printed_note")
    assert list(bulk.credits.values_list(*printed)) == list(saved.credits.values_list(*printed))
    entries = {entry.object_id: (entry.title, entry.body) for entry in IndexEntry.objects.all()}
    assert entries[str(bulk.pk)] == entries[str(saved.pk)]


def test_the_tree_is_sound_after_a_batch(magazine):
    store_articles([new(f"Part {number}") for number in range(40)])
    store_articles([new(f"More {number}") for number in range(3)])

    assert ArticlePage.find_problems() == ([], [], [], [], [])
    magazine.refresh_from_db()
    assert magazine.numchild == 43
    assert magazine.add_child(instance=ArticlePage(title="By hand")).pk > max(
        ArticlePage.objects.filter(title__startswith="More").values_list("pk", flat=True)
    )


def test_one_slug_in_one_month_gives_different_addresses(magazine):
    store_articles(
        [new("On water"), new("On water"), new("On water", first_published_at=APPEARED + timedelta(days=40))]
    )

    addresses = set(ArticlePage.objects.values_list("address", flat=True))
    assert addresses == {"2015/03/on-water", "2015/03/on-water-2", "2015/04/on-water"}


def test_a_former_address_is_not_given_to_another(magazine):
    store_articles([new("First")])
    lead_to_page("/2015/03/on-water/", ArticlePage.objects.get())

    store_articles([new("On water")])

    assert article_at("2015/03/on-water-2").title == "On water"


@pytest.mark.parametrize(
    "fields",
    [{"live": False}, {"embargoed_until": timezone.now() + timedelta(days=9)}],
    ids=["draft", "embargoed"],
)
def test_what_is_not_public_is_stored_and_listed_nowhere(magazine, fields):
    ada = create_contributor(display_name="Ada Quill", by=None)

    store_articles([new("Secret", [Credit(contributor=ada, role=Role.objects.get(code="author"))], **fields)])

    assert ArticlePage.objects.get().is_public is False
    assert ArticlePage.objects.get().address is None
    assert not Listing.objects.exists()


def test_a_batch_costs_as_many_queries_as_an_article(magazine, django_assert_max_num_queries):
    ada = create_contributor(display_name="Ada Quill", by=None)
    author = Role.objects.get(code="author")
    store_articles([new("Warm up", [Credit(contributor=ada, role=author)])])

    # Nine of them are the search's: it reads what it has of the articles and enters them, their names and their words.
    with django_assert_max_num_queries(30):
        store_articles(
            [new(f"Part {number}", [Credit(contributor=ada, role=author)]) for number in range(100)]
        )


def test_what_was_live_without_a_version_is_put_on_record_before_anything_is_drafted_over_it(magazine):
    store_articles([new("On water")])
    article = ArticlePage.objects.get()

    article.title = "On rivers"
    article.save_revision()

    live = ArticlePage.objects.get().live_revision
    assert (live.object_str, live.created_at, live.content["title"]) == ("On water", APPEARED, "On water")
    assert live.as_object() == live.content_object == article.page_ptr.specific
