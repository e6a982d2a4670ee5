"""A Substack export goes in, and a magazine comes out, less what was for some readers only."""

import json
from html import escape

import pytest
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.importers.errors import ImportRefused
from standfirst.importers.recognising import recognise
from standfirst.publications.models import PublicationPage
from tests.importers.blogger.backups import zipped
from tests.importers.dumps import dump

from .exports import COLUMNS, post, write


def states():
    return dict(ArticlePage.objects.values_list("title", "live"))


def blocks(title="Title 1"):
    return [(block["type"], block["value"]) for block in ArticlePage.objects.get(title=title).body.raw_data]


def test_a_table_and_its_texts_become_articles_from_a_folder_and_from_a_zip_archive(bring, tmp_path):
    folder = write(tmp_path, post(1, subtitle="A boat and a quarrel"), post(2, "<p>About.</p>", type="page"))

    report = bring(folder)
    before = dump()
    again = bring(zipped(folder))

    article = ArticlePage.objects.get()
    assert (article.title, article.standfirst, article.live) == ("Title 1", "A boat and a quarrel", True)
    assert PublicationPage.objects.get(title="Title 2").live
    assert Redirect.objects.get(old_path="/p/post-1").redirect_page_id == article.pk
    assert report.source == "https://lantern.substack.com"
    assert (again.created, again.updated) == ({}, {})
    assert "reader@lantern.example" not in str(before)


PAYWALL = '<p>Open.</p><div class="paywall-jump" data-component-name="PaywallToDOM"></div><p>Closed.</p>'
FOR_SUBSCRIBERS = '<div class="dynamic-content-block" data-dynamic-audiences="subs"><p>For you.</p></div>'


@pytest.mark.parametrize(
    "kept",
    [
        post(is_published="false"),
        post(is_published=""),
        post(audience="only_paid"),
        post(audience="only_free"),
        post(audience="founding"),
        post(audience=""),
        post(type="thread"),
        post(type="something"),
        post(post_date=""),
        post(text=""),
        post(text=PAYWALL),
        post(text=FOR_SUBSCRIBERS),
    ],
    ids=lambda one: ",".join(f"{name}={one[name]}" for name in ("is_published", "audience", "type", "text"))[
        :60
    ],
)
def test_whatever_was_not_for_everybody_is_a_draft(bring, tmp_path, kept):
    bring(write(tmp_path, kept, post(2)))

    assert states() == {"Title 1": False, "Title 2": True}
    assert not Redirect.objects.filter(old_path="/p/post-1").exists()


def test_a_text_that_no_row_names_is_a_draft(bring, tmp_path):
    folder = write(tmp_path, post(1))
    (folder / "posts" / "9.left-over.html").write_text("<p>Nobody says.</p>", encoding="utf-8")

    bring(folder)

    assert states() == {"Title 1": True, "left over": False}


def test_the_report_asks_for_the_authors_and_a_column_that_is_added_names_them(bring, tmp_path):
    unsigned = bring(write(tmp_path / "one", post(1)))
    signed = bring(
        write(tmp_path / "two", post(1, author="By Ada Quill and Ben Marsh"), columns=(*COLUMNS, "author"))
    )

    assert any("names no author. Add a column “author”" in warning for warning in unsigned.warnings)
    assert signed.warnings == ()
    names = Credit.objects.order_by("sort_order").values_list("contributor__display_name", flat=True)
    assert list(names) == ["Ada Quill", "Ben Marsh"]


def test_buttons_and_frames_of_substack_are_taken_out_and_what_they_frame_stays(bring, tmp_path):
    tweet = escape(json.dumps({"url": "https://x.example/1", "full_text": "Fog.", "name": "Cleo"}))
    embedded = escape(json.dumps({"canonical_url": "https://beacon.example/p/tides", "title": "On Tides"}))
    text = (
        '<p>Rain.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>'
        '<div class="captioned-image-container"><figure><a class="image-link" href="https://substackcdn.com/image/fetch/x">'
        '<img src="https://substackcdn.com/image/fetch/w_1456/https%3A%2F%2Fb.example%2Fboat.jpg" alt="A boat"></a>'
        '<figcaption class="image-caption">The boat.</figcaption></figure></div>'
        '<p class="button-wrapper"><a class="button" href="https://lantern.substack.com/subscribe">Subscribe now</a></p>'
        '<div class="subscription-widget-wrap"><p>Thanks for reading!</p></div>'
        f'<div class="tweet" data-attrs="{tweet}"></div><div class="embedded-post-wrap" data-attrs="{embedded}"></div>'
        '<p class="button-wrapper"><a class="button" href="https://shop.example/">Buy the book</a></p>'
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
        '<div class="footnote-content"><p>All day.</p></div></div>'
    )

    bring(write(tmp_path, post(1, text)))

    found = blocks()
    assert [kind for kind, _ in found] == [
        "paragraph",
        "unknown",
        "embed",
        "paragraph",
        "paragraph",
        "footnotes",
    ]
    assert "https://b.example/boat.jpg" in found[1][1]["raw"]
    assert "The boat." in found[1][1]["raw"]
    assert found[2][1]["url"] == "https://x.example/1"
    assert found[3][1] == '<p><a href="https://beacon.example/p/tides">On Tides</a></p>'
    assert "Buy the book" in found[4][1]
    assert "All day." in found[5][1][0]["text"]
    assert "Subscribe" not in str(found)


def test_a_podcast_is_heard_at_the_end(bring, tmp_path):
    bring(write(tmp_path, post(1, type="podcast", podcast_url="https://sound.example/1.mp3")))

    assert blocks()[-1][1]["url"] == "https://sound.example/1.mp3"


def test_it_is_recognised_by_its_table_wherever_that_lies(tmp_path):
    folder = write(tmp_path, post(1))

    assert recognise(folder).name == "substack"
    assert recognise(tmp_path).name == "substack"
    assert recognise(zipped(folder)).name == "substack"
    assert recognise(folder / "posts.csv").name == "substack"


def test_another_folder_is_none(bring, tmp_path):
    with pytest.raises(ImportRefused, match=r"holds no table posts\.csv of Substack's"):
        bring(tmp_path, format="substack")
