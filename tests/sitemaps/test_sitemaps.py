"""The sitemaps list what the archives list: all that is public, once, and nothing else; each file lasts."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from wagtail.images import get_image_model

from standfirst.archives.archive import Archive
from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage, Correction
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Contributor
from standfirst.publications.models import FrontPage, PublicationPage
from standfirst.sitemaps import queries
from standfirst.sitemaps.months import Month
from standfirst.sitemaps.rows import News, Place
from standfirst.sitemaps.writing import news_language, news_xml, urls_xml
from tests.archives.reading import read
from tests.factories import (
    FIRST_DAY,
    a_contributor,
    a_magazine,
    a_section,
    a_topic,
    an_article,
    some_articles,
)
from tests.pagecache.keeping import kept_answer, kept_paths, not_kept, pagecache, sent
from tests.sitemaps.reading import HERE, IMAGE, NEWS, check, everything, fetched, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def magazine():
    """Two years of it, by two, in a section and on a topic; something that is not out, and somebody unknown."""
    a_magazine()
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    rivers, floods = a_section(), a_topic()
    some_articles(40, ada, (ben, "translator"), section=rivers, topics=[floods])
    some_articles(40, ada)
    a_section("Empty"), a_topic("Empty")
    an_article(
        a_contributor("Nobody Yet", is_public=False), headline="Not out", publish=False, published_at=None
    )
    return ada


def test_the_articles_are_those_of_the_archive_of_everything(magazine) -> None:
    listed = everything("articles-")

    assert len(listed) == Archive.of_everything().count == 80
    assert set(listed) == {article.url for article in ArticlePage.objects.published()}


def test_contributors_sections_and_topics_are_those_with_anything_and_say_when_the_newest_appeared(
    magazine,
) -> None:
    newest = {row.address: row.first_published_at for row in ArticlePage.objects.published()}
    latest = max(newest.values())

    assert everything("contributors-") == {
        "/author/ada-quill/": latest,
        "/author/ben-marsh/": sorted(newest.values())[39],
    }
    assert everything("sections-") == {"/section/rivers/": sorted(newest.values())[39]}
    assert everything("topics-") == {"/topic/floods/": sorted(newest.values())[39]}


def test_every_contributor_of_the_a_to_z_is_listed_and_nobody_else(magazine) -> None:
    hidden = a_contributor("Cy Reed", is_listed=False)
    an_article(hidden)
    in_a_to_z = set(read("/authors/").tree.xpath("//main//a/@href"))

    listed = everything("contributors-")

    assert set(listed) == {path for path in in_a_to_z if path.startswith("/author/")}


def test_pages_of_the_publications_own_are_listed_while_they_are_live(magazine) -> None:
    about = FrontPage.objects.get().add_child(instance=PublicationPage(title="About", slug="about"))
    assert {"/", "/articles/", "/authors/", "/about/"} == set(places("/sitemaps/pages.xml"))

    about.unpublish()
    assert "/about/" not in places("/sitemaps/pages.xml")


def test_a_file_holds_the_same_articles_whatever_comes_later(magazine) -> None:
    files = [path for path in places("/sitemap.xml") if path.startswith("/sitemaps/articles-")]
    before = {path: places(path) for path in files}

    an_article(magazine, published_at=datetime(2030, 1, 1, tzinfo=UTC))

    assert {path: places(path) for path in files} == before


def test_a_month_with_too_many_is_cut_into_parts(magazine, monkeypatch) -> None:
    monkeypatch.setattr(queries, "MOST_IN_FILE", 10)

    files = [path for path in places("/sitemap.xml") if path.startswith("/sitemaps/articles-")]
    assert any(path.endswith("-of-4.xml") for path in files)
    assert len(everything("articles-")) == 80
    # A part of a month that is cut otherwise is none.
    month = next(path for path in files if "-of-4" in path).split("-of-")[0][:-2]
    for other in (".xml", "-1-of-2.xml", "-5-of-4.xml"):
        assert Client().get(f"{month}{other}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["articles-2024-13", "articles-2024-00", "articles-0000-01", "articles-9999-12", "articles-0001-01", "articles-1999-01",
     "contributors-99", "sections-99", "topics-01", "nothing", "articles-2015-01-1-of-1"],
)  # fmt: skip
def test_a_file_that_is_not_there_is_missing(path: str, magazine) -> None:
    response = Client().get(f"/sitemaps/{path}.xml")

    assert response.status_code == 404 or path == "articles-2015-01-1-of-1"


def test_what_was_put_right_or_updated_is_newer_than_it_was(magazine) -> None:
    article = ArticlePage.objects.published().order_by("first_published_at").first()
    article = ArticlePage.objects.get(pk=article.pk)
    article.corrections.add(Correction(text="<p>It was slower.</p>", dated=date(2024, 5, 17)))
    save_article(article, by=None)
    other = ArticlePage.objects.published().order_by("-first_published_at").first()
    other.updated_at = datetime(2024, 6, 1, tzinfo=UTC)
    save_article(other, by=None)

    listed = everything("articles-")

    assert listed[article.url].date() == date(2024, 5, 17)
    assert listed[other.url] == datetime(2024, 6, 1, tzinfo=UTC)


def test_pictures_are_told_of_once_their_sizes_are_made(magazine) -> None:
    file = io.BytesIO()
    Image.new("RGB", (2000, 1000)).save(file, "PNG")
    lock = get_image_model().objects.create(title="A lock", file=ImageFile(file, name="lock.png"))
    article = an_article(magazine, lead_image=lock, lead_image_alt="A lock")
    month = f"/sitemaps/articles-{Month.of(article.first_published_at)}.xml"
    with pagecache(is_on=True):
        assert not fetched(month).findall(f".//{IMAGE}image")

        read(article.url)

        assert month not in kept_paths()
        [address] = fetched(month).xpath("//*[local-name()='image']/*[local-name()='loc']/text()")
    assert Client().get(address.removeprefix(HERE)).status_code == 200


def test_the_news_are_those_of_two_days(magazine) -> None:
    now = timezone.now()
    an_article(magazine, headline="Fresh & new", published_at=now - timedelta(hours=2))
    an_article(magazine, headline="Yesterday's", published_at=now - timedelta(hours=47))
    an_article(magazine, headline="Old", published_at=now - timedelta(hours=49))

    root = fetched("/sitemaps/news.xml")

    assert [element.text for element in root.iter(f"{NEWS}title")] == ["Fresh & new", "Yesterday's"]
    assert {element.text for element in root.iter(f"{NEWS}name")} == {"The Test"}
    assert {element.text for element in root.iter(f"{NEWS}language")} == {"en"}


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-gb", "en"), ("de", "de"), ("zh-hans", "zh-cn"), ("zh-hant-hk", "zh-tw"), ("zh", "zh-cn")],
)
def test_languages_are_named_as_news_sitemaps_have_them(tag: str, language: str) -> None:
    assert news_language(tag) == language


@given(st.text(), st.text())
def test_whatever_is_written_it_is_xml(title: str, name: str) -> None:
    moment = datetime(2024, 5, 17, tzinfo=UTC)
    news = etree.fromstring(news_xml([News(f"{HERE}/a/", title, moment)], name=name, language="en").encode())
    urls = etree.fromstring(urls_xml([Place(f"{HERE}/?{title}", moment, (f"{HERE}/x",))]).encode())

    check(news)
    assert urls[0][0].text.startswith(f"{HERE}/?")


@pytest.mark.parametrize(
    "change",
    [
        "publish",
        "unpublish",
        "delete",
        "redate",
        "slug",
        "correct",
        "embargo",
        "section",
        "list",
        "page",
        "credit",
    ],
)
def test_every_kept_file_is_what_would_be_rendered_after_any_change(change: str, magazine) -> None:
    about = FrontPage.objects.get().add_child(instance=PublicationPage(title="About", slug="about"))
    with pagecache(is_on=True):
        paths = {
            "/sitemap.xml",
            *places("/sitemap.xml"),
            "/sitemaps/articles-2015-01.xml",
            "/sitemaps/sections-0.xml",
        }
        for path in paths:
            sent(path)
        article = ArticlePage.objects.get(pk=ArticlePage.objects.published().order_by("pk")[30].pk)
        match change:
            case "publish":
                an_article(magazine, published_at=timezone.now())
            case "unpublish":
                article.unpublish()
            case "delete":
                article.delete()
            case "redate":
                article.backdated_to = FIRST_DAY - timedelta(days=400)
                save_article(article, by=None)
            case "slug":
                article.slug = "elsewhere"
                save_article(article, by=None)
            case "correct":
                article.corrections.add(Correction(text="<p>It was slower.</p>", dated=date(2024, 5, 17)))
                save_article(article, by=None)
            case "embargo":
                article.embargoed_until = timezone.now() + timedelta(days=1)
                save_article(article, by=None)
            case "section":
                article.section, article.topics = a_section("Locks"), [a_topic("Weirs")]
                save_article(article, by=None)
            case "list":
                magazine.is_listed = False
                save_contributor(magazine, by=None)
            case "page":
                about.title, about.slug = "Us", "us"
                about.save()
            case "credit":
                article.credits = []
                save_article(article, by=None)

        for path in paths & kept_paths():
            with not_kept():
                fresh = sent(path)
            assert kept_answer(path) == fresh, path
    assert len(everything("articles-")) == Archive.of_everything().count


def test_somebody_who_is_not_known_yet_is_in_no_sitemap(magazine) -> None:
    everywhere = b"".join(Client().get(path).content for path in ("/sitemap.xml", *places("/sitemap.xml")))

    assert b"nobody-yet" not in everywhere
    assert b"not-out" not in everywhere
    assert Contributor.objects.filter(slug="nobody-yet").exists()


@pytest.mark.parametrize(
    ("path", "budget"), [("month", 6), ("/sitemaps/contributors-0.xml", 1), ("/sitemaps/news.xml", 5)]
)
def test_a_file_asks_as_much_whatever_is_in_it(path: str, budget: int, magazine) -> None:
    def asked() -> int:
        article = ArticlePage.objects.published().order_by("pk").last()
        address = (
            f"/sitemaps/articles-{Month.of(article.first_published_at)}.xml" if path == "month" else path
        )
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        return len(captured)

    few = asked()
    some_articles(200, magazine)

    assert asked() <= max(few, budget)
