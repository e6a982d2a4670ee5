"""Where the feeds of other systems were, ours are found, in one hop."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from standfirst.addresses.redirects import lead_to_page
from standfirst.contributors.actions import change_slug
from standfirst.identity.actions import withdraw
from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article
from tests.pagecache.keeping import pagecache, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def magazine():
    a_magazine()


@pytest.fixture
def article():
    return an_article(a_contributor(), section=a_section(), topics=[a_topic()], slug="slow-river")


def answer(path: str) -> tuple[int, str]:
    response = Client().get(path)
    return response.status_code, response.get("Location", "")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        # WordPress
        ("/feed/", "rss"),
        ("/feed", "rss"),
        ("/feed/rss/", "rss"),
        ("/feed/rss2/", "rss"),
        ("/feed/rdf/", "rss"),
        ("/feed/atom/", "atom"),
        ("/?feed=rss2", "rss"),
        ("/?feed=atom", "atom"),
        ("/?feed=rss2&utm_source=x", "rss"),
        ("/wp-rss2.php", "rss"),
        ("/wp-atom.php", "atom"),
        # Ghost, Jekyll, Hugo, Zola, Pelican, and what people try
        ("/rss/", "rss"),
        ("/rss/index.xml", "rss"),
        ("/feed.xml", "rss"),
        ("/rss.xml", "rss"),
        ("/atom.xml", "atom"),
        ("/index.xml", "rss"),
        ("/feed/index.xml", "rss"),
        ("/feeds/all.atom.xml", "atom"),
        ("/feeds/all.rss.xml", "rss"),
        ("/rss", "rss"),
        ("/atom", "atom"),
        ("/feed.rss", "rss"),
        ("/feed.atom", "atom"),
        ("/feed.json", "json"),
        ("/articles/feed/", "rss"),
    ],
)
def test_the_feed_of_everything(path, kind):
    assert answer(path) == (301, f"/articles/feed.{kind}")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/author/ada-quill/feed/", "/author/ada-quill/feed.rss"),
        ("/author/ada-quill/feed/atom/", "/author/ada-quill/feed.atom"),
        ("/author/ada-quill/rss/", "/author/ada-quill/feed.rss"),
        ("/section/rivers/feed/", "/section/rivers/feed.rss"),
        ("/topic/floods/index.xml", "/topic/floods/feed.rss"),
    ],
)
def test_the_feed_of_what_kept_its_address(path, leads_to, article):
    assert answer(path) == (301, leads_to)


@pytest.mark.parametrize(
    ("old", "below", "leads_to"),
    [
        ("/category/streams/", "/category/streams/feed/", "/section/rivers/feed.rss"),
        ("/category/streams/", "/category/streams/feed/atom/", "/section/rivers/feed.atom"),
        ("/?cat=2", "/?cat=2&feed=rss2", "/section/rivers/feed.rss"),
        ("/categories/streams/", "/categories/streams/index.xml", "/section/rivers/feed.rss"),
    ],
)
def test_the_feed_of_what_the_ledger_of_addresses_knows(old, below, leads_to, article):
    Redirect.add_redirect(old, "/section/rivers/")

    assert answer(below) == (301, leads_to)


def test_a_former_slug_leads_to_the_feed_in_one_hop(article):
    ada = article.credits.all()[0].contributor
    change_slug(ada, slug="ada", by=None)

    assert answer("/author/ada-quill/feed/") == (301, "/author/ada/feed.rss")


def test_a_feed_that_led_to_its_list_alone_leads_to_the_feed(article):
    Redirect.add_redirect("/feeds/streams.xml", "/section/rivers/")
    Redirect.add_redirect("/streams/feed", "/section/rivers/")

    assert answer("/streams/feed/") == (301, "/section/rivers/feed.rss")
    assert answer("/feeds/streams.xml") == (301, "/section/rivers/")


@pytest.mark.parametrize(
    "path",
    [
        "/comments/feed/",
        "/2015/01/slow-river/feed/",
        "/category/nothing/feed/",
        "/author/nobody/feed/",
        "/author/otto/feed/",
        "/section/nothing/feed/",
        "/?cat=99&feed=rss2",
        "/?feed=comments-rss2",
        "/nothing/index.xml",
        "/author/ada-quill/page/1/feed/",
        "/search/feed/",
    ],
)
def test_what_was_no_list_has_no_feed(path, article):
    a_contributor("Otto Line", slug="otto", is_public=False)
    lead_to_page("/from/before/", article)

    assert answer(path) == (404, "")


def test_an_article_whose_address_looks_like_a_feed_is_still_led_to(article):
    lead_to_page("/news/feed/", article)

    assert answer("/news/feed/") == (301, article.url)


def test_who_is_withdrawn_is_led_to_by_no_old_feed(article):
    withdraw(article.credits.all()[0].contributor, by=None)

    assert answer("/author/ada-quill/feed/") == (404, "")


def test_a_way_that_was_kept_is_the_present_one(article):
    with pagecache(is_on=True):
        assert sent("/category/streams/feed/")[0] == 404
        Redirect.add_redirect("/category/streams", "/section/rivers/")
        assert sent("/category/streams/feed/")[:2] == (301, "/section/rivers/feed.rss")
        Redirect.objects.all().delete()
        assert sent("/category/streams/feed/")[0] == 404
