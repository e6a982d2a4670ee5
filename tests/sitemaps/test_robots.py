"""Crawlers are told what the publication's file says, read as they read it."""

from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client

from standfirst.config.publication_file import Crawlers
from standfirst.sitemaps.robots import TRAINING, robots_text
from tests.factories import a_magazine

pytestmark = pytest.mark.django_db
SEARCH = (
    "Googlebot",
    "Bingbot",
    "Applebot",
    "OAI-SearchBot",
    "Claude-SearchBot",
    "PerplexityBot",
    "DuckDuckBot",
)


def read_robots(text: str) -> RobotFileParser:
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    return robots


@pytest.mark.parametrize("may_search", [True, False])
@pytest.mark.parametrize("may_train", [True, False])
def test_each_kind_of_crawler_is_told_what_the_setting_says(may_search: bool, may_train: bool) -> None:
    robots = read_robots(robots_text(may_search=may_search, may_train=may_train))

    for agent in SEARCH:
        assert robots.can_fetch(agent, "/2024/05/slow-river/") is may_search
        assert not robots.can_fetch(agent, "/admin/")
        assert not robots.can_fetch(agent, "/search/?q=a")
    for agent in TRAINING:
        assert robots.can_fetch(agent, "/2024/05/slow-river/") is may_train
        assert not robots.can_fetch(agent, "/admin/")


def test_unless_told_otherwise_search_may_read_and_training_may_not() -> None:
    a_magazine()

    robots = read_robots(Client().get("/robots.txt").content.decode())

    assert Crawlers() == Crawlers(search=True, training=False)
    assert robots.can_fetch("Googlebot", "/")
    assert not robots.can_fetch("GPTBot", "/")
    assert robots.site_maps() == ["http://testserver/sitemap.xml", "http://testserver/sitemaps/news.xml"]


@pytest.mark.parametrize(
    "path", ["/share/article/1-0123456789ab.jpg", "/media/images/x.webp", "/static/x.css", "/sitemap.xml"]
)
def test_what_a_page_is_made_of_may_be_read(path: str) -> None:
    assert read_robots(robots_text(may_search=True, may_train=False)).can_fetch("Googlebot", path)


def test_where_nobody_may_read_nothing_is_named() -> None:
    assert robots_text(may_search=False, may_train=False) == "User-agent: *\nDisallow: /\n"
