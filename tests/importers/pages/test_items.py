"""Structured data as real pages carry it."""

import pytest

from standfirst.importers.pages.items import json_ld, microdata, parse_json, rdfa
from standfirst.importers.reading.documents import read_document

from .site import page


def first(block):
    return json_ld(
        read_document(page(head=f'<script type="application/ld+json">{block}</script>').encode()).root
    ).items[0]


READ = [
    ('{"@type": "Article", "author": {"@type": "Person", "name": "Ada Quill"}}', ["Ada Quill"]),
    (
        '{"@type": "Article", "author": [{"name": "Ada Quill"}, {"name": "Ben Marsh"}]}',
        ["Ada Quill", "Ben Marsh"],
    ),
    ('{"@type": ["Article", "NewsArticle"], "author": "Ada Quill"}', ["Ada Quill"]),
    ('<![CDATA[ {"@type": "Article", "author": "Ada Quill"} ]]>', ["Ada Quill"]),
    ('//<![CDATA[\n{"@type": "Article", "author": "Ada Quill"}\n//]]>', ["Ada Quill"]),
    ('<!-- {"@type": "Article", "author": "Ada Quill"} -->', ["Ada Quill"]),
    ('{"@type": "Article", "author": ["Ada Quill", ], }', ["Ada Quill"]),
    ('{"@type": "Article", "note": "a, ]", "author": "Ada Quill",}', ["Ada Quill"]),
    ('{"@type": "Article", "author": "Mike D&#39;Angelo"}', ["Mike D'Angelo"]),
    ('{"@type": "Article", "description": "two\nlines", "author": "Ada Quill"};', ["Ada Quill"]),
    ('{"@type": "Article", "author": {"@list": ["Ada Quill", "Ben Marsh"]}}', ["Ada Quill", "Ben Marsh"]),
    (
        '{"@graph": [{"@type": "Article", "author": {"@id": "#ada"}}, {"@type": "Person", "@id": "#ada", "name": "Ada Quill"}]}',
        ["Ada Quill"],
    ),
]


@pytest.mark.parametrize(("block", "authors"), READ)
def test_json_ld_is_read_however_it_is_wrapped(block, authors):
    assert first(block).texts("author") == authors


def test_references_reach_from_one_block_to_another():
    blocks = (
        '<script type="application/ld+json">{"@type": "Article", "author": {"@id": "#a"}}</script>'
        '<script type="application/ld+json">{"@type": "Person", "@id": "#a", "name": "Ada Quill"}</script>'
    )

    found = json_ld(read_document(page(head=blocks).encode()).root)

    assert found.items[0].texts("author") == ["Ada Quill"]


def test_things_that_refer_to_each_other_do_not_go_round_for_ever():
    first('{"@graph": [{"@id": "#a", "author": {"@id": "#b"}}, {"@id": "#b", "knows": {"@id": "#a"}}]}')


def test_a_block_that_is_no_json_is_counted_and_left():
    found = json_ld(
        read_document(page(head='<script type="application/ld+json">{"name": oops}</script>').encode()).root
    )

    assert (found.items, found.broken) == ([], 1)
    assert parse_json("{" * 100_000) is None


def test_microdata_and_rdfa_say_the_same_as_json_ld():
    marked = (
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">The Ferry</h1>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><a itemprop="url" href="/a"><span '
        'itemprop="name">Ada Quill</span></a></span><meta itemprop="datePublished" content="2014-03-04"></div>'
    )
    lite = (
        '<div vocab="https://schema.org/" typeof="NewsArticle"><h1 property="headline">The Ferry</h1>'
        '<span property="author" typeof="Person"><span property="name">Ada Quill</span></span></div>'
    )

    (item,) = microdata(read_document(page(marked).encode()).root)
    (other,) = rdfa(read_document(page(lite).encode()).root)

    assert (item.text("headline"), item.texts("author")) == ("The Ferry", ["Ada Quill"])
    assert item.items("author")[0].text("url") == "/a"
    assert item.text("datePublished") == "2014-03-04"
    assert (other.text("headline"), other.texts("author")) == ("The Ferry", ["Ada Quill"])
