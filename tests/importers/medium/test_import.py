"""A Medium export goes in, and a magazine comes out."""

import pytest
from django.test import Client

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.importers.medium.story import read_story
from standfirst.importers.recognising import recognise
from tests.importers.blogger.backups import zipped
from tests.importers.dumps import dump

from .exports import ACCOUNT, heading, story, write

STEM = "2020-09-17_A-Bridge-77c0ffee1234"
RAIN = '<p class="graf graf--p">It rained on the bridge and on the mayor.</p>'


def body(title="A Bridge"):
    return [block["value"] for block in ArticlePage.objects.get(title=title).body.raw_data]


def test_an_account_comes_out_as_it_went_in_from_a_folder_and_from_a_zip_archive(bring, tmp_path):
    again = story(
        heading("Again") + f'<p>As <a href="{ACCOUNT}/a-bridge-77c0ffee1234?source=me">told</a>.</p>',
        title="Again", number="8e4d1e29a7b3", canonical=f"{ACCOUNT}/again-8e4d1e29a7b3",
    )  # fmt: skip
    folder = write(
        tmp_path,
        {
            STEM: story(heading("A Bridge") + RAIN, subtitle="Steel and a bill."),
            "2021_Again-8e4d1e29a7b3": again,
        },
    )

    report = bring(folder)
    before = dump()
    twice = bring(zipped(folder))

    article = ArticlePage.objects.get(title="A Bridge")
    assert (article.standfirst, article.live, article.slug) == ("Steel and a bill.", True, "a-bridge")
    assert body() == ["<p>It rained on the bridge and on the mayor.</p>"]
    assert body("Again") == ['<p>As <a href="/@idapenhale/a-bridge-77c0ffee1234">told</a>.</p>']
    assert [credit.contributor.display_name for credit in Credit.objects.all()] == [
        "Ida Penhale",
        "Ida Penhale",
    ]
    assert report.source == "medium.com/@idapenhale"
    assert (twice.created, twice.updated) == ({}, {})
    assert "ida@lantern.example" not in str(before)
    assert "192.0.2.1" not in str(before)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/@idapenhale/a-bridge-77c0ffee1234", "/2020/09/a-bridge"),
        ("/p/77c0ffee1234", "/2020/09/a-bridge"),
        ("/@idapenhale", "/author/ida-penhale"),
        ("/feed/@idapenhale", "/articles/feed"),
    ],
)
def test_old_addresses_lead_on(bring, tmp_path, old, new):
    bring(write(tmp_path, {STEM: story()}))

    answer = Client().get(old)

    assert answer.status_code == 301
    assert answer["Location"].startswith(new)


@pytest.mark.parametrize(
    ("stem", "content"),
    [
        ("draft_A-Bridge-77c0ffee1234", story()),
        (STEM, story(date="")),
        (STEM, story(date="soon")),
        (STEM, story(canonical="", number="").replace("https://medium.com/p/", "")),
    ],
)
def test_what_does_not_say_that_it_was_published_is_a_draft_at_no_address(bring, tmp_path, stem, content):
    bring(write(tmp_path, {stem: content}))

    assert not ArticlePage.objects.get().live
    assert Client().get("/p/77c0ffee1234").status_code == 404


@pytest.mark.parametrize(
    ("above", "subtitle", "standfirst", "left"),
    [
        (heading("A Bridge"), "", "", ["It rained"]),
        (
            heading("A Bridge") + '<h4 class="graf graf--subtitle">Steel.</h4>',
            "Steel.",
            "Steel.",
            ["It rained"],
        ),
        (heading("A Bridge"), "It rained on the bridge and…", "", ["It rained"]),
        (heading("Another headline"), "", "", ["Another headline", "It rained"]),
        (RAIN + heading("A Bridge", ""), "", "", ["It rained", "A Bridge"]),
    ],
)
def test_headline_and_subtitle_are_said_once(above, subtitle, standfirst, left):
    found = read_story(story(above + RAIN, subtitle=subtitle).encode(), STEM)

    assert found.standfirst == standfirst
    places = [found.content.index(words) for words in left]
    assert places == sorted(places)
    assert found.content.count("A Bridge") == left.count("A Bridge")
    assert "Steel" not in found.content


def test_a_story_signed_by_somebody_else_is_theirs(bring, tmp_path):
    bring(write(tmp_path, {STEM: story(author="Tom Sadler", account="https://medium.com/@tom")}))

    assert Credit.objects.get().contributor.display_name == "Tom Sadler"
    assert not Contributor.objects.get(display_name="Ida Penhale").is_listed


def test_links_to_other_peoples_stories_stay_where_they_lead(bring, tmp_path):
    link = '<p><a href="https://medium.com/@other/their-story-0123456789ab">theirs</a></p>'

    bring(write(tmp_path, {STEM: story(link)}))

    assert "https://medium.com/@other/their-story-0123456789ab" in body()[0]


def test_a_folder_of_other_pages_named_posts_is_not_of_medium(tmp_path):
    folder = write(tmp_path, {"one": "<html><body><p>Words</p></body></html>"}, profile="")

    assert recognise(folder).name == "pages"
