"""Squarespace exports in WordPress's format, and keeps everything at addresses of its own."""

import pytest
from django.test import Client

from standfirst.importers.reading.records import ContentContext
from standfirst.importers.wordpress.content import convert

from .exports import author, category, post, use, write

FERRY = (
    '<div class="sqs-layout"><div class="sqs-block html-block"><p>The crossing was late.</p></div><figure>'
    '<noscript><img src="https://images.example/ferry.jpg" alt="A ferry"></noscript>'
    '<img class="thumb-image" data-src="https://images.example/ferry.jpg" data-image="https://images.example/ferry.jpg">'
    '<figcaption class="image-caption-wrapper"><p>The ferry. Photo: Cleo Wren</p></figcaption></figure></div>'
)


@pytest.fixture
def site(bring, tmp_path):
    path = write(
        tmp_path,
        author("ada@lantern.example", "Ada Quill", number="5f1a"),
        category("sea-trade", "Sea Trade"),
        post(
            12, "The ferry", FERRY, creator="ada@lantern.example", slug="the-ferry", link="/journal/2019/3/4/the-ferry",
            terms=(use("category", "sea-trade", "Sea Trade"),),
        ),
        post(13, "Letters", "<p>Sir.</p>", creator="ada@lantern.example", slug="letters.html", link="/letters/2019/3/5/letters.html"),
        post(14, "About", "<p>We print.</p>", creator="", kind="page", slug="about", link="/about"),
    )  # fmt: skip
    bring(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/journal/2019/3/4/the-ferry", "/2015/03/the-ferry"),
        ("/letters/2019/3/5/letters.html", "/2015/03/letters"),
        ("/journal?author=5f1a", "/author/ada-quill"),
        ("/journal/category/Sea+Trade", "/section/sea-trade"),
        ("/journal", "/articles"),
        ("/journal?format=rss", "/articles/feed"),
    ],
)
def test_every_old_address_leads_on_in_one_hop(site, old, new):
    answer = Client().get(old)

    assert answer.status_code == 301
    assert answer["Location"].rstrip("/").startswith(new)


def test_a_picture_that_stands_twice_for_want_of_scripts_is_one_and_keeps_its_caption():
    words, picture = convert(FERRY, ContentContext()).blocks

    assert words.value == "<p>The crossing was late.</p>"
    assert picture.value["image"].url == "https://images.example/ferry.jpg"
    assert picture.value["caption"] == "The ferry. Photo: Cleo Wren"
