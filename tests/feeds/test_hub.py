"""The hub is told of every feed that changed, once the change is committed, and until it has heard."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.test import override_settings
from django.utils import timezone

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage, Correction
from standfirst.contributors.actions import change_slug
from standfirst.feeds import telling
from standfirst.feeds.hub import HubFailed, WebSubHub
from standfirst.feeds.models import PendingWord
from standfirst.feeds.queries import feeds_changed_by
from standfirst.feeds.telling import tell_due
from standfirst.publications.actions import save_section
from standfirst.publications.models import PublicationSettings
from standfirst.serving.upkeep import chores
from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article, some_articles
from tests.feeds.reading import SITE, sent
from tests.pagecache.keeping import pagecache
from tests.pagecache.outside import Says, Service, service

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=1)


@pytest.fixture
def hub():
    a_magazine()
    with service(Says(status=204)) as running, override_settings(FEEDS={"hub": running.url}):
        yield running


def told(hub: Service, *, later: timedelta = SOON) -> set[str]:
    """The lists whose feeds the hub was told of since it was last asked, after what is due then was told."""
    tell_due(timezone.now() + later, WebSubHub(hub.url))
    urls = [url for heard in hub.heard for url in parse_qs(heard.body.decode())["hub.url"]]
    assert all(parse_qs(heard.body.decode())["hub.mode"] == ["publish"] for heard in hub.heard)
    hub.heard.clear()
    assert len(set(urls)) == len(urls)
    lists = {url.removeprefix(SITE).rpartition("feed.")[0] for url in urls}
    assert set(urls) == {f"{SITE}{path}feed.{kind}" for path in lists for kind in ("atom", "rss", "json")}
    return lists


def stored(article) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


def test_of_a_new_article_every_list_that_has_it_is_told(hub):
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    an_article(a_contributor("Somebody else"), section=a_section("Sea"))
    rivers, floods = a_section(), a_topic()
    told(hub)

    an_article(ada, (ben, "translator"), section=rivers, topics=[floods])

    assert told(hub) == {
        "/articles/",
        "/author/ada-quill/",
        "/author/ben-marsh/translator/",
        "/section/rivers/",
        "/topic/floods/",
    }
    assert told(hub) == set()


def test_of_one_that_is_put_right_those_are_told_that_still_show_it(hub):
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    article = an_article(ada, (ben, "translator"))
    some_articles(45, ada)
    told(hub, later=telling.EVERYTHING_AFTER + SOON)

    corrected = stored(article)
    corrected.corrections.add(Correction(text="<p>It was a lock.</p>"))
    save_article(corrected, by=None)

    assert told(hub) == {"/author/ben-marsh/translator/"}


def test_of_one_that_is_taken_offline_and_of_a_section_it_left(hub):
    rivers, sea = a_section(), a_section("Sea")
    ada = a_contributor()
    article, other = an_article(ada, section=rivers), an_article(ada)
    told(hub)

    moved = stored(article)
    moved.section = sea
    save_article(moved, by=None)
    assert told(hub) == {"/articles/", "/author/ada-quill/", "/section/rivers/", "/section/sea/"}

    stored(other).unpublish()
    assert told(hub) == {"/articles/", "/author/ada-quill/"}


def test_of_a_new_name_or_address_those_are_told_that_show_it(hub):
    rivers = a_section()
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    an_article(ada, section=rivers)
    an_article(ben)
    told(hub)

    change_slug(ada, slug="ada", by=None)
    assert told(hub) == {"/articles/", "/author/ada/", "/section/rivers/"}

    rivers.name = "Streams"
    save_section(rivers, by=None)
    assert told(hub) >= {"/articles/", "/author/ada/", "/section/rivers/"}


def test_of_what_is_not_public_nobody_is_told(hub):
    otto = a_contributor("Otto Line", is_public=False)
    told(hub)

    an_article(otto, publish=False, published_at=None)
    an_article(otto, embargoed_until=timezone.now() + timedelta(days=9))

    assert told(hub) == set()


def test_of_a_change_of_everything_all_are_told_together_and_later(hub):
    an_article(a_contributor(), section=a_section())
    told(hub)

    for name in ("The Lantern", "The Beacon"):
        publication = PublicationSettings.load()
        publication.name = name
        publication.save()

    assert told(hub) == set()
    assert PendingWord.objects.count() == 1
    assert told(hub, later=telling.EVERYTHING_AFTER + SOON) == {
        "/articles/",
        "/author/ada-quill/",
        "/section/rivers/",
    }


def test_a_hub_that_fails_is_told_again_later(hub):
    an_article()
    now = timezone.now() + SOON
    hub.says_next(Says(status=503, body="busy"))

    assert tell_due(now, WebSubHub(hub.url)) == 0
    [row] = PendingWord.objects.all()[:1]
    assert (row.attempts, row.error) == (1, "The hub answered 503: busy")
    assert tell_due(now, WebSubHub(hub.url)) == 0
    assert tell_due(now + telling.FIRST_PAUSE, WebSubHub(hub.url)) > 0
    assert not PendingWord.objects.exists()


def test_one_that_cannot_be_reached_hangs_or_leads_elsewhere_is_said_to(hub):
    for says, said in (
        (Says(hangs=True), "did not answer in time"),
        (Says(status=307, headers={"Location": "http://127.0.0.1:9/"}), "answered 307"),
    ):
        hub.says_next(says)
        with pytest.raises(HubFailed, match=said):
            WebSubHub(hub.url, timeout=(0.5, 0.2)).tell([f"{SITE}/articles/feed.atom"])
    with pytest.raises(HubFailed, match="can't be reached"):
        WebSubHub("http://127.0.0.1:9/", timeout=(0.5, 0.2)).tell([f"{SITE}/articles/feed.atom"])


def test_many_feeds_are_told_some_at_a_time(hub):
    WebSubHub(hub.url).tell([f"{SITE}/{number}" for number in range(120)])

    assert [len(parse_qs(heard.body.decode())["hub.url"]) for heard in hub.heard] == [50, 50, 20]


def test_a_pile_becomes_a_word_about_everything(hub, monkeypatch):
    an_article(a_contributor())
    told(hub)
    monkeypatch.setattr(telling, "PILE", 2)

    for _ in range(3):
        an_article()

    assert told(hub) == {"/articles/", "/author/ada-quill/"}
    assert not PendingWord.objects.exists()


def test_with_a_cache_outside_the_hub_hears_after_it(hub):
    with (
        service(Says(headers={"X-Purged": "0"})) as cache,
        pagecache(purger={"kind": "varnish", "urls": [cache.url]}),
    ):
        an_article()
        assert told(hub) == set()
        assert told(hub, later=telling.AFTER_CACHES + SOON) == {"/articles/"}


def test_without_a_hub_nothing_is_noted_and_nobody_told():
    a_magazine()
    an_article(a_contributor())

    assert not PendingWord.objects.exists()
    assert "tell the hub" not in [chore.name for chore in chores()]


def test_with_one_the_upkeep_tells_it(hub):
    an_article()

    [chore] = [chore for chore in chores() if chore.name == "tell the hub"]
    chore.do()

    assert len(hub.heard) == 1


def test_all_that_is_told_is_a_feed(hub):
    rivers, floods = a_section(), a_topic()
    some_articles(
        3, a_contributor(), (a_contributor("Ben Marsh"), "translator"), section=rivers, topics=[floods]
    )

    for address in feeds_changed_by(None):
        sent(address.removeprefix(SITE))
