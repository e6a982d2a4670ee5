"""Feeds of every kind say who wrote what."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.importers.errors import ImportRefused
from standfirst.importers.feeds.reader import person_of, read_feed
from standfirst.importers.feeds.records import ParsedEntry, ParsedFeed
from tests.profiles import examples

from .feeds import atom, entry, item, rss, write

UTC_ZONE = ZoneInfo("UTC")


def read(folder, content, name="feed.xml"):
    found = list(read_feed(write(folder, content, name), zone=UTC_ZONE))
    heads = [each for each in found if isinstance(each, ParsedFeed)]
    return heads[-1], [each for each in found if isinstance(each, ParsedEntry)]


def people(entry):
    return [(person.raw, person.email, person.role) for person in entry.people]


AUTHORS = [
    ("<author>ada@lantern.example (Ada Quill)</author>", [("Ada Quill", "ada@lantern.example", "")]),
    ("<author>Ada Quill &lt;ada@lantern.example&gt;</author>", [("Ada Quill", "ada@lantern.example", "")]),
    ("<author>ada@lantern.example</author>", [("", "ada@lantern.example", "")]),
    ("<author>Ada Quill</author>", [("Ada Quill", "", "")]),
    ("<dc:creator>Ada Quill</dc:creator>", [("Ada Quill", "", "")]),
    ("<dc:creator><![CDATA[ <b>Ada</b> Quill ]]></dc:creator>", [("Ada Quill", "", "")]),
    (
        "<dc:creator>Ada Quill</dc:creator><dc:creator>Ben Marsh</dc:creator>",
        [("Ada Quill", "", ""), ("Ben Marsh", "", "")],
    ),
    ("<dc:creator>Ada Quill</dc:creator><author>ada@lantern.example</author>", [("Ada Quill", "", "")]),
    ("<itunes:author>Ada Quill</itunes:author>", [("Ada Quill", "", "")]),
    ("<dc:contributor>Ben Marsh</dc:contributor>", [("Ben Marsh", "", "contributor")]),
    ("<atom:author><atom:name>Ada Quill</atom:name></atom:author>", [("Ada Quill", "", "")]),
    ('<media:credit role="photographer">Ben Marsh</media:credit>', [("Ben Marsh", "", "photographer")]),
]


@pytest.mark.parametrize(("inner", "expected"), AUTHORS)
def test_rss_names_its_authors_in_many_ways(tmp_path, inner, expected):
    _, (found,) = read(tmp_path, rss(item(inner=inner)))

    assert people(found) == expected


def test_an_oddly_named_element_inside_a_text_costs_its_name_and_not_its_words(tmp_path):
    content = '<content type="xhtml"><div><p>The <linkp:>river</linkp:> rose.</p></div></content>'

    _, (one,) = read(tmp_path, atom(f"<entry><title>x</title><id>1</id>{content}</entry>"))

    assert "river" in one.content


def test_xhtml_whose_namespace_is_oddly_named_is_read_all_the_same(tmp_path):
    content = (
        '<content type="xhtml"><div xmlns="http:ÿÿi//www.w3.org/1999/xhtml"><p>It rained.</p></div></content>'
    )

    _, (one,) = read(tmp_path, atom(f"<entry><title>x</title><id>1</id>{content}</entry>"))

    assert "It rained." in one.content


def test_atom_names_persons_and_inherits_them(tmp_path):
    own = "<author><name>Ada Quill</name><email>ada@lantern.example</email><uri>/ada</uri></author><contributor><name>Cy Noon</name></contributor>"
    source = "<source><author><name>Dee Fox</name></author></source>"

    head, entries = read(
        tmp_path,
        atom(entry(1, own), entry(2), entry(3, source), head="<author><name>Ben Marsh</name></author>"),
    )

    assert people(entries[0]) == [("Ada Quill", "ada@lantern.example", ""), ("Cy Noon", "", "contributor")]
    assert people(entries[1]) == []
    assert people(entries[2]) == [("Dee Fox", "", "")]
    assert [(person.raw, person.is_inherited) for person in head.people] == [("Ben Marsh", True)]


def test_the_old_dialects_are_read(tmp_path):
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Lantern</title></channel>'
        '<item rdf:about="https://lantern.example/1/"><title>One</title><link>https://lantern.example/1/</link>'
        "<dc:creator>Ada Quill</dc:creator><dc:date>2004-03-04</dc:date></item></rdf:RDF>"
    )
    old = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd" '
        '[<!ENTITY bad "boom">]>\n<rss version="0.91"><channel><title>The Lantern</title>'
        "<item><title>Caf&eacute; & more &bad;</title><link>https://lantern.example/1/</link></item></channel></rss>"
    )
    first = (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>The Lantern</title><entry><title>One</title><author>'
        "<name>Ada Quill</name><url>http://a.example/</url></author><issued>2004-03-04T09:00:00Z</issued>"
        '<content mode="escaped">&lt;p&gt;It rained.&lt;/p&gt;</content></entry></feed>'
    )

    _, (one,) = read(tmp_path, rdf)
    _, (two,) = read(tmp_path, old)
    _, (three,) = read(tmp_path, first)

    assert (one.title, one.published, people(one)) == (
        "One",
        datetime(2004, 3, 4, tzinfo=UTC),
        [("Ada Quill", "", "")],
    )
    assert two.title.startswith("Café & more")
    assert "boom" not in two.title
    assert (three.content, people(three)) == ("<p>It rained.</p>", [("Ada Quill", "", "")])


def test_the_full_text_and_its_summary_are_two(tmp_path):
    inner = (
        "<content:encoded><![CDATA[<p>It rained all day.</p>]]></content:encoded><category>Rivers</category>"
    )
    xhtml = '<summary>Rain.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <b>rained</b> so.</p></div></content>'

    _, (one,) = read(tmp_path, rss(item(inner=inner, text="Rain.")))
    _, (two,) = read(tmp_path, atom(f"<entry><title>x</title><id>1</id>{xhtml}</entry>"))

    assert (one.content, one.summary, one.categories) == (
        "<p>It rained all day.</p>",
        "<p>Rain.</p>",
        ("Rivers",),
    )
    assert "<p>It <b>rained</b> so.</p>" in two.content
    assert two.summary == "Rain."


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
def test_json_feeds_are_read(tmp_path, version):
    who = [{"name": "Ada Quill", "url": "/author/ada/"}, {"name": "Ben Marsh"}]
    feed = {
        "version": version,
        "title": "The Lantern",
        "home_page_url": "https://lantern.example/",
        "author": {"name": "Cy Noon"},
        "items": [
            {"id": 1, "url": "/1/", "title": "One", "content_html": "<p>x</p>", "date_published": "2014-03-04T09:00:00Z", "tags": ["Rivers"], "authors": who},
            {"id": "2", "content_text": "It rained.\n\nAnd rained."},
        ],
    }  # fmt: skip

    head, (one, two) = read(tmp_path, json.dumps(feed), "feed.json")

    assert people(one) == [("Ada Quill", "", ""), ("Ben Marsh", "", "")]
    assert (one.link, one.tags) == ("https://lantern.example/1/", ("Rivers",))
    assert two.content == "<p>It rained.</p><p>And rained.</p>"
    assert [person.raw for person in head.people] == ["Cy Noon"]


@pytest.mark.parametrize(
    "content",
    [
        "<rss><channel><item><title>cut off",
        "<html></html>",
        '{"version": "1"}',
        '{"version": ',
        "no feed at all",
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(tmp_path, content):
    with pytest.raises(ImportRefused, match="nothing was imported"):
        read(tmp_path, content)


PIECES = st.lists(
    st.sampled_from(
        ["<item>", "</item>", "<title>", "</title>", "<author>", "</author>", "&bad;", "&", "<![CDATA[", "]]>", "<!DOCTYPE x [", "]>",
         "<dc:creator>Ada", "</dc:creator>", "<entry xmlns='http://www.w3.org/2005/Atom'>", "<link href='http://[x'/>", "x", "ﷺ", "\x00",
         "<pubDate>99</pubDate>", "<content type='xhtml'><div>", "<?php", "<rss>", "</channel>"]
    ),
    max_size=20,
)  # fmt: skip


@settings(max_examples=examples(200), deadline=None)
@given(PIECES, st.booleans())
def test_any_file_is_a_feed_or_is_refused(tmp_path_factory, parts, is_json):
    text = "".join(parts)
    content = json.dumps(
        {"version": "https://jsonfeed.org/version/1", "items": [text, {"title": text, "authors": text}]}
    )

    try:
        read(tmp_path_factory.getbasetemp(), content if is_json else rss(text))
    except ImportRefused:
        return


@given(st.text(max_size=60))
def test_a_name_holds_no_mail_that_could_be_told_apart(text):
    person = person_of(f"ada@lantern.example ({text})", "author")

    assert (
        person is None
        or "ada@lantern.example" not in person.raw
        or not text.strip()
        or ")" in text
        or "(" in text
    )


@pytest.mark.parametrize(
    "inner",
    [
        '<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>yes</app:draft></app:control>',
        '<control xmlns="http://purl.org/atom/app#"><draft>Yes</draft></control>',
        "<status>unfinished</status>",
    ],
)
def test_an_entry_that_says_it_is_not_public_is_a_draft(inner, tmp_path):
    _, (first, second) = read(tmp_path, atom(entry(1, inner), entry(2)))

    assert (first.is_draft, second.is_draft) == (True, False)


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        (
            '<category scheme="http://lantern.example/2005#kind" term="http://x.example/#settings"/>',
            "settings",
        ),
        ('<category scheme="http://lantern.example/2005#kind" term="http://x.example/#post"/>', ""),
        ('<in-reply-to xmlns="http://purl.org/syndication/thread/1.0" ref="urn:1"/>', "comment"),
        ('<category scheme="http://lantern.example/tags" term="settings"/>', ""),
    ],
)
def test_an_entry_that_is_no_article_says_what_it_is(inner, kind, tmp_path):
    _, [found] = read(tmp_path, atom(entry(1, inner)))

    assert found.kind == kind
