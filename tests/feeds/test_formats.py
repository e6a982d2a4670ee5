"""Whatever an article says, its feed is what the specification asks, and readers of feeds find in it what was put in."""

from datetime import UTC, datetime, timedelta

import atoma
import fastfeedparser
import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.feeds import atom, json_feed, rss
from standfirst.feeds.rows import FeedCategory, FeedDocument, FeedEntry, FeedPerson
from standfirst.feeds.whole_addresses import with_whole_addresses
from standfirst.feeds.xml import sound
from tests.feeds.specifications import valid

FORMATS = {"atom": atom, "rss": rss, "json": json_feed}
AT = "https://lantern.example"
DAY = datetime(2020, 2, 2, 12, tzinfo=UTC)

# Everything that may stand in a field, and some of it that breaks what is written by hand.
texts = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("<>&\"']]>\0\x0b\x1f\ufffe\u2028\U0001f600")
    ),
    max_size=40,
)
words = texts.filter(lambda text: sound(text).strip())
people = st.lists(
    st.builds(
        FeedPerson, name=words, uri=st.sampled_from(["", f"{AT}/id/contributor/7/"]), role=st.just("editor")
    ),
    max_size=3,
).map(tuple)
entries = st.builds(
    FeedEntry,
    id=words,
    iri=st.uuids().map(lambda key: f"urn:uuid:{key}"),
    url=st.just(f"{AT}/2020/02/locks/"),
    title=words,
    standfirst=texts,
    html=st.none() | texts,
    published_at=st.just(DAY),
    updated_at=st.integers(0, 10**6).map(lambda seconds: DAY + timedelta(seconds=seconds)),
    authors=people,
    others=people,
    categories=st.lists(
        st.builds(FeedCategory, name=words, slug=st.just("tides"), scheme=st.just(f"{AT}/topic")), max_size=2
    ).map(tuple),
    picture=st.sampled_from(["", f"{AT}/media/lock.webp"]),
)


def a_document(*held: FeedEntry, **fields) -> FeedDocument:
    return FeedDocument(
        **{
            "id": "urn:uuid:6c835ef1-111c-4d93-92f2-58706b06eaa5",
            "title": "The Lantern",
            "description": "",
            "language": "en-gb",
            "publication": "The Lantern",
            "home": f"{AT}/",
            "page": f"{AT}/articles/",
            "own_url": f"{AT}/articles/feed.atom",
            "current": f"{AT}/articles/feed.atom",
            "older": "",
            "newer": "",
            "hub": "",
            "updated_at": DAY,
            "entries": held,
        }
        | fields
    )


def an_entry(**fields) -> FeedEntry:
    return FeedEntry(
        **{
            "id": "https://old.example/?p=7",
            "iri": "https://old.example/?p=7",
            "url": f"{AT}/2020/02/locks/",
            "title": "Locks & weirs",
            "standfirst": "On water.",
            "html": '<p>It was <a href="https://lantern.example/x/">wet</a> &amp; cold.</p>',
            "published_at": DAY,
            "updated_at": DAY + timedelta(days=1),
            "authors": (
                FeedPerson("Ada Quill", f"{AT}/id/contributor/1/"),
                FeedPerson("Ben Marsh"),
                FeedPerson("Łucja Ödön"),
            ),
            "others": (FeedPerson("Cleo Field", f"{AT}/id/contributor/3/", "translator"),),
            "categories": (FeedCategory("Tides", "tides", f"{AT}/topic"),),
        }
        | fields
    )


@pytest.mark.parametrize("kind", FORMATS)
@given(
    held=st.lists(entries, max_size=3, unique_by=(lambda entry: sound(entry.id), lambda entry: entry.iri)),
    title=words,
    description=texts,
)
def test_whatever_is_said_the_document_is_valid(kind, held, title, description):
    written = FORMATS[kind].write(a_document(*held, title=title, description=description))

    valid(kind, written)


@pytest.mark.parametrize("kind", FORMATS)
@given(held=entries)
def test_the_same_document_is_the_same_bytes(kind, held):
    assert FORMATS[kind].write(a_document(held)) == FORMATS[kind].write(a_document(held))


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feedparser_reads_it_back(kind):
    read = feedparser.parse(FORMATS[kind].write(a_document(an_entry())), sanitize_html=False)

    assert not read.bozo, read.get("bozo_exception")
    [entry] = read.entries
    assert (entry.id, entry.link, entry.title) == (
        "https://old.example/?p=7",
        f"{AT}/2020/02/locks/",
        "Locks & weirs",
    )
    assert entry.content[0].value == an_entry().html
    assert entry.published_parsed[:4] == (2020, 2, 2, 12)
    assert entry.updated_parsed[:4] == (2020, 2, 3, 12)
    if kind == "atom":
        assert [author.name for author in entry.authors] == ["Ada Quill", "Ben Marsh", "Łucja Ödön"]
        assert [other.name for other in entry.contributors] == ["Cleo Field"]
    if kind == "rss":
        assert [author.name for author in entry.authors] == ["Ada Quill, Ben Marsh and Łucja Ödön"]
        assert entry.author == "Ada Quill, Ben Marsh and Łucja Ödön"


def test_atoma_reads_it_back():
    read = atoma.parse_atom_bytes(atom.write(a_document(an_entry())))
    [entry] = read.entries
    assert [author.name for author in entry.authors] == ["Ada Quill", "Ben Marsh", "Łucja Ödön"]
    assert [author.uri for author in entry.authors] == [f"{AT}/id/contributor/1/", None, None]
    assert [other.name for other in entry.contributors] == ["Cleo Field"]
    assert (entry.id_, entry.title.value, entry.content.value) == (
        an_entry().id,
        "Locks & weirs",
        an_entry().html,
    )
    assert (entry.published, entry.updated) == (DAY, DAY + timedelta(days=1))

    [item] = atoma.parse_rss_bytes(rss.write(a_document(an_entry()))).items
    assert (item.guid, item.title, item.content_encoded) == (an_entry().id, "Locks & weirs", an_entry().html)

    [said] = atoma.parse_json_feed_bytes(json_feed.write(a_document(an_entry()))).items
    assert (said.id_, said.title, said.content_html) == (an_entry().id, "Locks & weirs", an_entry().html)


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_fastfeedparser_reads_it_back(kind):
    [entry] = fastfeedparser.parse(FORMATS[kind].write(a_document(an_entry()))).entries

    assert (entry.id, entry.link, entry.title) == (an_entry().id, f"{AT}/2020/02/locks/", "Locks & weirs")
    if kind == "rss":
        # It shows one author.
        assert entry.author == "Ada Quill, Ben Marsh and Łucja Ödön"


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<a href="/about/">us</a>', f'<a href="{AT}/about/">us</a>'),
        ('<a href="#note-1">1</a>', f'<a href="{AT}/2020/02/locks/#note-1">1</a>'),
        ('<a href="https://else.example/">x</a>', '<a href="https://else.example/">x</a>'),
        ('<a href="mailto:desk@x.example">x</a>', '<a href="mailto:desk@x.example">x</a>'),
        ('<a href="//[x">x</a>', '<a href="//[x">x</a>'),
        (
            '<img src="/media/a.webp" srcset="/media/a.webp 480w, /media/b.webp 960w">',
            f'<img src="{AT}/media/a.webp" srcset="{AT}/media/a.webp 480w, {AT}/media/b.webp 960w">',
        ),
        ('<blockquote cite="/x">y</blockquote>', f'<blockquote cite="{AT}/x">y</blockquote>'),
        ("two <b>words</b> &amp; more", "two <b>words</b> &amp; more"),
        (" \n", ""),
        ("a\x0bb\0c", "abc"),
    ],
)
def test_addresses_are_whole(html, whole):
    assert with_whole_addresses(html, f"{AT}/2020/02/locks/") == whole


@given(st.text(st.sampled_from("<>&=\"' /#abpsrcimghref\n\x0b"), max_size=60))
def test_no_text_is_too_strange_to_be_made_whole(html):
    assert sound(made := with_whole_addresses(html, f"{AT}/")) == made
