"""Whatever is saved can be read: no page raises, hangs, or says what it must not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.importers.pages.items import parse_json
from standfirst.importers.pages.listings import claim_in
from standfirst.importers.pages.reading import read_page
from standfirst.importers.reading.addresses import SiteAddresses, file_key, path_key
from standfirst.importers.reading.documents import Unreadable, read_document
from standfirst.importers.reading.moments import printed_date, stated_moment
from tests.profiles import examples

from .site import article, author_page, ld, page
from .test_reading import LONDON

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@id",
                    "@graph",
                    "@list",
                    "author",
                    "name",
                    "url",
                    "datePublished",
                    "mainEntity",
                    "itemListElement",
                    "image",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


def read(content):
    try:
        document = read_document(content)
    except Unreadable:
        return None
    base = "http://lantern.example/x.html"
    return read_page(document, file="x", base=base, file_address=base, zone=LONDON, is_own=lambda url: True)


@settings(max_examples=examples(150), deadline=None)
@given(JSON)
def test_any_structured_data_is_read_or_left(data):
    assert read(article(head=ld(data)).encode("utf-8", "replace")) is not None


@settings(max_examples=examples(150), deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_page_or_are_refused(content):
    read(content)
    read(b"<html><body><h1>" + content)


@settings(max_examples=examples(100), deadline=None)
@given(st.text(max_size=120))
def test_any_words_stand_where_names_and_numbers_do(text):
    escaped = text.replace("<", "&lt;")
    read(article(byline=f'<p class="byline">{escaped}</p>').encode("utf-8", "replace"))
    read(author_page(escaped, [(escaped, escaped)]).encode("utf-8", "replace"))
    read(page(head=f'<link rel="canonical" href="{escaped}">').encode("utf-8", "replace"))


@settings(max_examples=examples(300), deadline=None)
@given(st.text(max_size=60))
def test_any_words_are_a_date_a_claim_or_json_or_are_none(text):
    stated_moment(text, LONDON)
    claim_in(text)
    parse_json(text)
    printed_date(f"{text} 2014", "en", LONDON)


@settings(max_examples=examples(300))
@given(st.text(alphabet="ab/?=&.%#+ é", max_size=30))
def test_an_address_has_one_key_however_often_it_is_asked(path):
    site = SiteAddresses(frozenset({"lantern.example"}))

    key = site.key_of(f"http://lantern.example/{path}")

    assert not key or key.startswith("/")
    assert path_key(*path_key(path).partition("?")[::2]) == path_key(path)
    assert file_key(path).startswith("/")
