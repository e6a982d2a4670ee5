"""An article's text is found on its page, and nothing else comes with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.articles.models import ArticlePage
from standfirst.importers.pages.body import convert_body
from standfirst.importers.pages.folder import SavedFolder
from standfirst.importers.reading.documents import read_document
from tests.profiles import examples

from .site import TEXT, page

LONG = "".join(f"<p>{number}. {TEXT}</p>" for number in range(4))
SHARE = '<div class="share-buttons"><a href="https://social.example/share">Share this</a></div>'


def convert(body, tmp_path, head=""):
    found, how = convert_body(
        read_document(page(body, head=head).encode()),
        headline="The Ferry",
        lead_image="",
        base="http://lantern.example/a/",
        folder=SavedFolder(tmp_path),
        own_path=lambda url: url.removeprefix("http://lantern.example") if "lantern.example" in url else "",
    )
    return found, how


def words(found):
    return [block.value for block in found.blocks if block.type == "paragraph"]


PLACES = [
    f'<article><h1>The Ferry</h1><div class="entry-content">{LONG}{SHARE}</div></article>',
    f'<div itemscope><h1>The Ferry</h1><div itemprop="articleBody">{LONG}{SHARE}</div></div>',
    f'<article class="h-entry"><h1>The Ferry</h1><div class="e-content">{LONG}</div>{SHARE}</article>',
    f'<main><h1>The Ferry</h1><div class="article-body">{LONG}{SHARE}</div><aside>{TEXT}</aside></main>',
    f'<div id="x"><h1>The Ferry</h1><div class="zz9">{LONG}</div><div class="zz8">{SHARE}</div></div>',
]


@pytest.mark.parametrize("body", PLACES)
def test_the_text_is_found_wherever_it_stands(body, tmp_path):
    found, how = convert(f"<nav><a href='/'>Home</a></nav>{body}<footer>© The Lantern</footer>", tmp_path)

    assert how
    assert words(found) == [f"<p>{number}. {TEXT}</p>" for number in range(4)]


def test_a_text_in_several_pieces_is_put_together(tmp_path):
    body = "".join(
        f'<div itemprop="articleBody"><p>{n}. {TEXT}</p></div><div class="ad">Buy</div>' for n in range(3)
    )

    found, _ = convert(f"<article><h1>The Ferry</h1>{body}</article>", tmp_path)

    assert words(found) == [f"<p>{number}. {TEXT}</p>" for number in range(3)]


def test_the_text_that_only_structured_data_holds_is_taken(tmp_path):
    block = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{TEXT}"}}</script>'

    found, how = convert("<div><b>Loading</b></div>", tmp_path, head=block)

    assert (words(found), how) == ([f"<p>{TEXT}</p>"], "structured data")


SHAPES = [
    ('<aside class="pull-quote"><p>Good for ferries</p></aside>', "pull_quote"),
    ('<div class="verse">one\ntwo</div>', "verse"),
    ('<figure class="embed"><p><a href="https://sound.example/1">Sound</a></p></figure>', "embed"),
    ('<iframe src="https://player.example/1"></iframe>', "embed"),
    ('<pre><code data-language="python">x = 1</code></pre>', "code"),
    ("<table><tr><th>a</th></tr><tr><td>1</td></tr></table>", "table"),
    ('<img src="data:image/gif;base64,AA" data-src="/dawn.jpg" alt="Dawn">', "image"),
]


@pytest.mark.parametrize(("html", "kind"), SHAPES)
def test_what_is_more_than_words_keeps_its_shape(html, kind, tmp_path):
    found, _ = convert(
        f'<article><h1>The Ferry</h1><div class="entry-content">{LONG}{html}</div></article>', tmp_path
    )

    assert [block.type for block in found.blocks] == ["paragraph"] * 4 + [kind]


def test_notes_and_their_marks_stay_together(tmp_path):
    text = f'<p>{TEXT}<sup><a href="#fn1" id="ref1">1</a></sup></p>'
    notes = '<section role="doc-endnotes"><ol><li id="fn1">A note. <a href="#ref1" class="footnote-back">↩</a></li></ol></section>'

    found, _ = convert(
        f'<article><h1>The Ferry</h1><div class="entry-content">{text}{notes}</div></article>', tmp_path
    )

    assert words(found) == [f"<p>{TEXT}[^1]</p>"]
    assert found.blocks[-1] == ("footnotes", [{"mark": "1", "text": "A note."}])


def test_links_within_the_site_go_by_path_and_others_stay(tmp_path):
    text = f'<p>{TEXT} <a href="../b/">there</a> <a href="https://other.example/x">elsewhere</a></p>'

    found, _ = convert(
        f'<article><h1>The Ferry</h1><div class="entry-content">{text}</div></article>', tmp_path
    )

    assert '<a href="/b/">' in words(found)[0]
    assert '<a href="https://other.example/x">' in words(found)[0]


MARKUP = st.lists(
    st.sampled_from(
        ["<div>", "</div>", "<p>", "</p>", "<article>", '<div class="entry-content">', "<h1>x</h1>", "<table><tr><td>", "&bogus;",
         '<img src="a b.jpg" srcset="x 1w, ,, y">', "<a href='http://[bad'>", "<!--", "]]>", "<sup><a href='#n'>1</a></sup>",
         '<ol class="footnotes"><li id="n">', '<script type="application/ld+json">{"@graph": [', "</script>", "<time datetime=x>",
         "<iframe src=x>", "<noscript><img src=q>", '<p class="byline">by', TEXT, "\x00", "ﷺ", "<svg><title>", "<blockquote class=pullquote>"]
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=examples(150), deadline=None)
@given(MARKUP)
def test_any_page_becomes_blocks_that_an_article_takes(tmp_path_factory, parts):
    found, _ = convert("".join(parts), tmp_path_factory.getbasetemp())

    names = ArticlePage._meta.get_field("body").stream_block.child_blocks
    assert all(block.type in names for block in found.blocks)
