"""HTML of whatever system becomes blocks, and what it only seems to say is told from what it says."""

import pytest

from standfirst.importers.reading.depth import DEEPEST, shallow
from standfirst.importers.reading.htmlbody import BodyBuilder
from standfirst.importers.reading.records import BodyBlock


def built(html, **options):
    return [tuple(block) for block in BodyBuilder(**options).build(html)]


LAZY = '<noscript><img src="/a.jpg?w=100"></noscript><img class="late" data-src="/a.jpg?w=900" src="data:,">'


def test_a_picture_for_browsers_without_scripts_is_the_one_beside_it():
    [(kind, value)] = built(f"<figure>{LAZY}<figcaption>The ferry</figcaption></figure>")

    assert (kind, value["caption"]) == ("image", "The ferry")


def test_a_picture_only_browsers_without_scripts_are_given_is_kept():
    [(kind, value)] = built('<noscript><img src="/a.jpg"></noscript>')

    assert (kind, value["image"].url) == ("image", "/a.jpg")


@pytest.mark.parametrize("name", ["sf-mark", "SF-MARK", "sf-block"])
def test_an_element_named_like_our_own_keeps_its_words_and_stands_for_nothing(name):
    divider = [BodyBlock("divider", None)]

    blocks = built(f'<p>One <{name} n="7">two</{name}> three</p>', marks=[divider])

    assert blocks in (
        [("paragraph", "<p>One two three</p>")],
        [("paragraph", "<p>One </p>"), ("paragraph", "<p>two</p>"), ("paragraph", "<p> three</p>")],
        [("paragraph", "<p>One</p>"), ("paragraph", "<p>two</p>"), ("paragraph", "<p>three</p>")],
    )


TITLES = [
    ('alt="Two boats" title="The race of that year"', "The race of that year"),
    ('alt="Two boats" title="Two boats"', ""),
    ('alt="" title="two-boats"', ""),
    ('alt="" title=""', ""),
    ('alt="" title="A &lt;b&gt; & more"', "A &lt;b&gt; &amp; more"),
]


@pytest.mark.parametrize(("attributes", "caption"), TITLES)
def test_a_title_is_a_caption_where_somebody_typed_one(attributes, caption):
    html = f'<p><img src="/two_boats.jpg" {attributes}></p>'

    [(_, typed)] = built(html, titles_are_captions=True)
    [(_, shown_when_pointed_at)] = built(html)

    assert (typed["caption"], shown_when_pointed_at["caption"]) == (caption, "")


def test_formulas_and_readings_are_words():
    assert built(
        "<p>As <math><semantics><mi>x</mi><annotation>x^2</annotation></semantics></math> grows.</p>"
    ) == [("paragraph", "<p>As x^2 grows.</p>")]
    assert built(
        "<p><ruby>水<rt>water</rt></ruby> and <b><ruby>火<rp>(</rp><rt>fire</rt><rp>)</rp></ruby></b></p>"
    ) == [("paragraph", "<p>水 (water) and <b>火(fire)</b></p>")]


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote", "em"])
def test_elements_within_each_other_without_end_keep_their_words(tag):
    html = f"<{tag}>word " * 5_000 + f"last</{tag}>" + f" after</{tag}>" * 4_999

    flat = shallow(html)

    assert flat.count(f"<{tag}>") == DEEPEST
    assert (flat.count("word"), flat.count("after")) == (5_000, 4_999)
    text = str(built(html))
    assert (text.count("word"), text.count("last"), text.count("after")) == (5_000, 1, 4_999)


@pytest.mark.parametrize(
    "html",
    [
        "<p>One<p>Two" * 3_000,
        "<ul>" + "<li>One" * 4_000 + "</ul>",
        "<p>One</p>" * 4_000,
        "<br>" * 4_000,
        f"<script>{'<b>' * 4_000}</script>",
        f"<!-- {'<b>' * 4_000} -->",
        "a < b " * 4_000,
        "<b><i>" * 90 + "</i></b>" * 90 + "<img src=x>" * 2_000,
    ],
)
def test_what_is_long_and_not_deep_stays_as_it_is(html):
    assert shallow(html) == html
