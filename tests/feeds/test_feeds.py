"""Every list has feeds, they hold what the list holds, and a subscriber can have all of it."""

import json
from datetime import date, timedelta

import feedparser
import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage, Correction
from standfirst.contributors.actions import change_slug, save_contributor
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import merge_contributors, restore, withdraw
from standfirst.publications.actions import save_section
from standfirst.publications.models import Section
from tests.archives.reading import read
from tests.archives.reading import walk as walk_pages
from tests.factories import (
    FIRST_DAY,
    a_contributor,
    a_magazine,
    a_section,
    a_topic,
    an_article,
    some_articles,
)
from tests.feeds.reading import KINDS, SITE, document, sent, walk
from tests.pagecache.keeping import pagecache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def magazine():
    return a_magazine()


@pytest.fixture
def ada():
    return a_contributor()


@pytest.fixture
def ben():
    return a_contributor("Ben Marsh")


def stored(article) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


def status(path: str) -> tuple[int, str]:
    response = Client().get(path)
    return response.status_code, response.get("Location", "")


# --- all of an archive ------------------------------------------------------------------------------------------------

# Around where pages are cut.
SIZES = [0, 1, 19, 20, 21, 39, 40, 41, 59, 60, 61]


@pytest.mark.parametrize("number", SIZES)
def test_the_documents_from_the_newest_to_the_oldest_are_the_archive(number, ada, ben):
    rivers, floods = a_section(), a_topic()
    some_articles(number, ada, (ben, "translator"), section=rivers, topics=[floods])
    some_articles(3, a_contributor("Somebody else"))

    listed = {
        path: walk_pages(path)
        for path in ("/author/ada-quill/", "/section/rivers/", "/topic/floods/", "/articles/")
    }

    assert [len(addresses) for addresses in listed.values()] == [number, number, number, number + 3]
    for path, addresses in listed.items():
        for kind in KINDS:
            assert [entry.url.removeprefix(SITE) for entry in walk(f"{path}feed.{kind}")] == addresses
    if number:
        for kind in KINDS:
            entries = walk(f"/author/ben-marsh/translator/feed.{kind}")
            assert [entry.url.removeprefix(SITE) for entry in entries] == listed["/author/ada-quill/"]


@settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
@given(before=st.integers(0, 45), more=st.integers(1, 45))
def test_an_archive_document_is_the_same_byte_for_byte_when_work_is_added(before, more):
    who = a_contributor("Cleo Field")
    some_articles(before, who)
    paths = [
        f"{path}page/{number}/feed.{kind}"
        for path in (who.path, "/articles/")
        for number in (1, 2, 3)
        for kind in KINDS
    ]
    were = {path: sent(path) for path in paths if status(path)[0] == 200}

    some_articles(more, who)

    assert {path: sent(path) for path in were} == were


def test_an_archive_document_changes_when_one_of_its_entries_does_and_no_other(ada):
    articles = some_articles(80, ada)
    paths = [f"/author/ada-quill/page/{number}/feed.atom" for number in (1, 2, 3)]
    were = [sent(path) for path in paths]

    corrected = stored(articles[25])
    corrected.corrections.add(Correction(text="<p>It was a lock.</p>", dated=date(2020, 2, 2)))
    save_article(corrected, by=None)

    assert [sent(path) == was for path, was in zip(paths, were, strict=True)] == [True, False, True]


def test_documents_lead_to_each_other(ada):
    some_articles(80, ada)
    at = f"{SITE}/author/ada-quill/"

    for kind in ("atom", "rss"):
        newest, middle, oldest = (
            document(f"/author/ada-quill/{page}feed.{kind}") for page in ("", "page/2/", "page/1/")
        )
        assert newest.link("prev-archive") == f"{at}page/3/feed.{kind}"
        assert newest.link("self") == middle.link("current") == oldest.link("current") == f"{at}feed.{kind}"
        assert middle.link("next-archive") == f"{at}page/3/feed.{kind}"
        assert middle.link("prev-archive") == f"{at}page/1/feed.{kind}"
        assert oldest.link("prev-archive") == ""
        assert newest.id == middle.id == oldest.id


def test_a_feed_keeps_its_id_whatever_its_subject_is_called_and_no_two_have_one(ada, ben):
    an_article(ada, (ben, "translator"), section=a_section())
    paths = [
        "/articles/",
        "/author/ada-quill/",
        "/author/ben-marsh/",
        "/author/ben-marsh/translator/",
        "/section/rivers/",
    ]
    ids = [document(f"{path}feed.atom").id for path in paths]

    change_slug(ada, slug="someone-else", by=None)
    rivers = Section.objects.get()
    rivers.slug = "streams"
    save_section(rivers, by=None)

    assert len(set(ids)) == len(paths)
    with override_settings(WAGTAILADMIN_BASE_URL="https://elsewhere.example"):
        assert document("/author/someone-else/feed.atom").id == ids[1]
        assert document("/section/streams/feed.atom").id == ids[4]
        assert document("/articles/feed.atom").id == ids[0]


# --- an entry ---------------------------------------------------------------------------------------------------------


def test_every_author_is_named_in_order_and_everybody_else_by_what_they_did(ada, ben):
    cleo = a_contributor("Cleo Field")
    an_article(ben, ada, (cleo, "translator"), (ben, "photographer"), headline="Locks")

    for kind in KINDS:
        [entry] = document(f"/articles/feed.{kind}").entries
        assert entry.authors == ("Ben Marsh", "Ada Quill")
        assert entry.others == ("Cleo Field", "Ben Marsh")
    atom = feedparser.parse(sent("/articles/feed.atom")).entries[0]
    assert [author.href for author in atom.authors] == [
        f"{SITE}/id/contributor/{who.pk}/" for who in (ben, ada)
    ]
    assert [other.href for other in atom.contributors] == [
        f"{SITE}/id/contributor/{who.pk}/" for who in (cleo, ben)
    ]
    assert feedparser.parse(sent("/articles/feed.rss")).entries[0].author == "Ben Marsh and Ada Quill"
    [item] = json.loads(sent("/articles/feed.json"))["items"]
    assert item["authors"] == [
        {"name": "Ben Marsh", "url": f"{SITE}/id/contributor/{ben.pk}/"},
        {"name": "Ada Quill", "url": f"{SITE}/id/contributor/{ada.pk}/"},
    ]
    assert [other["role"] for other in item["_standfirst"]["contributors"]] == ["translator", "photographer"]
    assert "Translator: <a" in item["content_html"]


def test_an_unsigned_article_is_nobodys_but_the_magazines():
    an_article()

    for kind in KINDS:
        assert document(f"/articles/feed.{kind}").entries[0].authors == ()
    assert feedparser.parse(sent("/articles/feed.atom")).feed.author == "The Test"


def test_who_was_withdrawn_is_named_and_linked_to_nowhere(ada, ben):
    an_article(ada, ben)
    withdraw(ben, by=None)

    for kind in KINDS:
        found = document(f"/articles/feed.{kind}")
        assert found.entries[0].authors == ("Ada Quill", "Ben Marsh")
        assert f"/id/contributor/{ben.pk}/".encode() not in found.raw
        assert b"ben-marsh" not in found.raw


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_holds_the_article_as_printed_with_every_address_whole(kind, ada):
    an_article(
        ada,
        headline="Fish & <chips> ]]>",
        standfirst="On “salt” & vinegar",
        slug="fish",
        body=[
            ("paragraph", '<p>See <a href="/about/">us</a><script>alert(1)</script> ]]&gt; and.[^1]</p>'),
            ("footnotes", [{"mark": "1", "text": "<p>A note.</p>"}]),
        ],
    )

    [entry] = document(f"/articles/feed.{kind}").entries

    assert entry.title == "Fish & <chips> ]]>"
    assert entry.summary == "On “salt” & vinegar"
    assert f'<a href="{SITE}/about/">us</a>' in entry.html
    assert f'href="{entry.url}#note-1"' in entry.html
    assert "script" not in entry.html
    assert 'href="/' not in entry.html
    assert 'href="#' not in entry.html


@pytest.mark.parametrize("kind", KINDS)
def test_a_publication_may_give_standfirsts_alone(kind, ada):
    an_article(ada, standfirst="On salt.", body=[("paragraph", "<p>Whole.</p>")])

    with override_settings(FEEDS={"has_bodies": False}):
        found = document(f"/articles/feed.{kind}")

    assert found.entries[0].summary == "On salt."
    assert found.entries[0].html is None
    assert b"Whole." not in found.raw


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_put_right_is_said_and_updates_the_entry(kind, ada):
    article = an_article(ada)
    before = document(f"/articles/feed.{kind}").entries[0]

    corrected = stored(article)
    corrected.corrections.add(Correction(text="<p>It was a lock.</p>", dated=date(2020, 2, 2)))
    save_article(corrected, by=None)
    after = document(f"/articles/feed.{kind}").entries[0]

    assert before.updated.startswith(f"{article.first_published_at:%Y-%m-%d}")
    assert after.updated.startswith("2020-02-02")
    assert (after.published, after.id) == (before.published, before.id)
    assert "It was a lock." in after.html


def test_an_entry_keeps_its_id_when_its_address_or_the_host_changes(ada):
    article = an_article(ada, slug="slow-river")
    before = document("/articles/feed.atom").entries[0]

    moved = stored(article)
    moved.slug = "swift-river"
    save_article(moved, by=None)

    with override_settings(WAGTAILADMIN_BASE_URL="https://elsewhere.example"):
        after = document("/articles/feed.atom").entries[0]
    assert after.url == "https://elsewhere.example/2015/01/swift-river/".replace(
        "2015/01", f"{article.first_published_at:%Y/%m}"
    )
    assert after.id == before.id


# --- where there is a feed, and where not ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_not_public_has_no_feed_and_who_has_no_work_an_empty_one(kind, ada):
    a_contributor("Otto Line", slug="otto", is_public=False)

    assert status(f"/author/otto/feed.{kind}") == (404, "")
    assert status(f"/author/nobody/feed.{kind}") == (404, "")
    assert document(f"/author/ada-quill/feed.{kind}").entries == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_former_slug_and_one_merged_away_lead_to_the_feed_in_one_hop(kind, ada, ben):
    some_articles(41, ada, (ben, "translator"))
    change_slug(ada, slug="ada", by=None)

    assert status(f"/author/ada-quill/feed.{kind}") == (301, f"/author/ada/feed.{kind}")
    assert status(f"/author/ada-quill/page/1/feed.{kind}") == (301, f"/author/ada/page/1/feed.{kind}")
    merge_contributors(kept=ben, absorbed=Contributor.objects.get(pk=ada.pk), by=None)
    assert status(f"/author/ada-quill/feed.{kind}") == (301, f"/author/ben-marsh/feed.{kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_withdrawn_has_none_any_more(kind, ada):
    an_article(ada)
    withdraw(ada, by=None)
    assert status(f"/author/ada-quill/feed.{kind}")[0] == 410

    restore(Contributor.objects.get(pk=ada.pk), by=None)
    assert status(f"/author/ada-quill/feed.{kind}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        f"/author/ada-quill/page/{number}/feed.atom"
        for number in ("0", "-1", "2", "01", "1e3", "x", "٣", "99999999999999999999")
    ]
    + [
        "/author/ada-quill/photographer/feed.atom",
        "/author/ada-quill/author/feed.atom",
        "/author/ada-quill/nothing/feed.atom",
        "/author/ada-quill/translator/page/1/feed.atom",
        "/author/ada-quill/feed.xml2",
        "/section/nothing/feed.rss",
        "/topic/nothing/feed.json",
        "/articles/page/9/feed.json",
    ],
)
def test_nothing_else_is_a_feed(path, ada):
    some_articles(41, ada)

    assert status(path)[0] == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_magazines_feed_is_found_where_it_is_looked_for(kind):
    assert status(f"/feed.{kind}") == (301, f"/articles/feed.{kind}")


def test_every_page_names_its_own_feeds_and_each_is_there(ada, ben):
    rivers, floods = a_section(), a_topic()
    some_articles(41, ada, (ben, "translator"), section=rivers, topics=[floods])
    article = an_article(ada, section=rivers)
    own = {
        "/": "/articles/",
        "/articles/": "/articles/",
        "/articles/page/1/": "/articles/",
        "/authors/": "/articles/",
        article.url: "/articles/",
        "/author/ada-quill/": "/author/ada-quill/",
        "/author/ada-quill/page/1/": "/author/ada-quill/",
        "/author/ben-marsh/translator/page/1/": "/author/ben-marsh/translator/",
        "/section/rivers/": "/section/rivers/",
        "/section/rivers/page/1/": "/section/rivers/",
        "/topic/floods/": "/topic/floods/",
        "/topic/floods/page/1/": "/topic/floods/",
    }

    for page, listed in own.items():
        named = read(page).tree.xpath("//link[@rel='alternate']/@href")
        assert named == [f"{listed}feed.{kind}" for kind in KINDS], page
        assert all(status(path)[0] == 200 for path in named)
    assert read("/author/ben-marsh/").tree.xpath("//link[@rel='alternate']/@href")[3:] == [
        "/author/ben-marsh/translator/feed.atom"
    ]


# --- as they are sent --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("atom", "application/atom+xml"), ("rss", "application/rss+xml"), ("json", "application/feed+json")],
)
def test_a_feed_says_what_it_is_and_is_sent_again_only_when_it_changed(kind, content_type, ada):
    an_article(ada)
    path = f"/articles/feed.{kind}"
    with pagecache(is_on=True):
        first = Client().get(path)
        known = {"HTTP_IF_NONE_MATCH": first["ETag"]}
        again = Client().get(path, **known)
        an_article(ada)
        changed = Client().get(path, **known)

    assert first["Content-Type"] == f"{content_type}; charset=utf-8"
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_a_feed_names_its_hub_and_its_archive_does_not(ada):
    some_articles(41, ada)
    with override_settings(FEEDS={"hub": "https://hub.example/"}):
        for kind in ("atom", "rss"):
            assert document(f"/articles/feed.{kind}").link("hub") == "https://hub.example/"
            assert document(f"/articles/page/1/feed.{kind}").link("hub") == ""
        assert json.loads(sent("/articles/feed.json"))["hubs"] == [
            {"type": "WebSub", "url": "https://hub.example/"}
        ]
        answer = Client().get("/author/ada-quill/feed.atom")
    assert (
        answer["Link"]
        == f'<https://hub.example/>; rel="hub", <{SITE}/author/ada-quill/feed.atom>; rel="self"'
    )


# Address, queries. Three are the publication's.
BUDGETS = [
    ("/articles/feed.atom", 12),
    ("/articles/page/1/feed.rss", 12),
    ("/author/ada-quill/feed.json", 13),
    ("/author/ada-quill/page/1/feed.atom", 13),
    ("/author/ben-marsh/translator/feed.rss", 14),
    ("/section/rivers/feed.atom", 13),
    ("/topic/floods/page/1/feed.json", 13),
    ("/author/nobody/feed.atom", 6),
    ("/feed.atom", 0),
]


@pytest.mark.parametrize(("path", "budget"), BUDGETS)
def test_a_feed_keeps_to_its_budget_at_any_size(path, budget, ada, ben):
    rivers, floods = a_section(), a_topic()
    some_articles(40, ada, (ben, "translator"), section=rivers, topics=[floods])

    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            Client().get(path)
        return [query["sql"] for query in captured.captured_queries]

    queries()
    few = queries()
    some_articles(160, ada, (ben, "translator"), section=rivers, topics=[floods])
    many = queries()

    assert len(few) <= budget, "\n".join(few)
    assert len(many) == len(few), "\n".join(many)


def test_the_name_of_a_feed_is_the_name_of_its_subject(ada, ben):
    an_article(ada, (ben, "translator"), section=a_section())
    ben.display_name = "Benedict Marsh"
    save_contributor(ben, by=None)

    titles = {
        path: document(f"{path}feed.atom").title
        for path in ("/articles/", "/author/ada-quill/", "/section/rivers/")
    }

    assert titles == {
        "/articles/": "The Test",
        "/author/ada-quill/": "Ada Quill · The Test",
        "/section/rivers/": "Rivers · The Test",
    }
    assert (
        document("/author/ben-marsh/translator/feed.rss").title == "Benedict Marsh: Translations · The Test"
    )


def test_what_is_dated_back_takes_its_place_and_moves_those_after_it(ada):
    some_articles(61, ada)
    early = an_article(ada, published_at=FIRST_DAY - timedelta(days=1))

    assert walk("/author/ada-quill/feed.atom")[-1].url.endswith(early.url)
