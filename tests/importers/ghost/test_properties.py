"""Whatever stands in an export: no conversion raises, and every block is one that an editor could save."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfirst.articles.models import ArticlePage
from standfirst.importers.errors import ImportRefused
from standfirst.importers.ghost.cards import _CARDS
from standfirst.importers.ghost.content import convert
from standfirst.importers.ghost.jsonstream import stream_records
from standfirst.importers.ghost.reader import read_posts, survey
from standfirst.importers.ghost.rows import parse_date, parse_post
from standfirst.importers.reading.records import pictures_in
from tests.profiles import examples

from .exports import parsed

# Words that mean something to one reader or another, among words that do not.
STRINGS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            " ",
            "<p>x</p>",
            "<b>",
            "</div>",
            "<!-- x",
            "<!--members-only-->",
            "<sf-mark n='0'></sf-mark>",
            "[^1]",
            "__GHOST_URL__/a",
            "https://b.example/",
            "javascript:x",
            "//x",
            "http://[",
            "<figure class='kg-bookmark-card'><a href='x'>",
            "<div class='footnotes'><li id='fn1'>x<a href='#fn1'>",
            "# x\n\n[^1]\n\n[^1]: y",
            "\0",
            "\ud800",
        ]
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 300), st.floats(), STRINGS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(STRINGS, st.just("url")), inner, max_size=4)
    ),
    max_leaves=8,
)
FIELDS = [
    "src alt caption href images row code language markdown html url metadata title description calloutText",
    "calloutEmoji heading content buttonText buttonUrl fileTitle fileName fileCaption productTitle productImageSrc",
    "productDescription productRatingEnabled productStarRating productButtonEnabled productButton productUrl header",
    "subheader buttonEnabled hasSponsorLabel sponsorLabel imageUrl textValue showButton visibility text format tag",
    "listType start checked",
]
NAMES = st.sampled_from(" ".join(FIELDS).split())
KINDS = st.sampled_from(
    [
        *_CARDS,
        *[
            "paragraph",
            "heading",
            "extended-heading",
            "quote",
            "aside",
            "list",
            "listitem",
            "text",
            "extended-text",
            "link",
            "linebreak",
            "table",
        ],
        *["tablerow", "tablecell", "codeblock", "horizontalrule", "nonsense", "at-link", "tab"],
    ]
)
NODES = st.recursive(
    st.builds(lambda kind, rest: rest | {"type": kind}, KINDS, st.dictionaries(NAMES, VALUES, max_size=4)),
    lambda inner: st.builds(
        lambda kind, rest, children: rest | {"type": kind, "children": children},
        KINDS,
        st.dictionaries(NAMES, VALUES, max_size=2),
        st.lists(inner, max_size=4),
    ),
    max_leaves=10,
)
NUMBERS = st.one_of(st.integers(-1, 4), VALUES)
MARKERS = st.lists(
    st.one_of(
        VALUES,
        st.tuples(st.integers(0, 1), st.lists(NUMBERS, max_size=3), st.integers(-1, 4), VALUES).map(list),
    ),
    max_size=4,
)
SECTIONS = st.one_of(
    VALUES,
    st.tuples(st.just(1), st.one_of(st.sampled_from(["p", "h2", "aside"]), VALUES), MARKERS).map(list),
    st.tuples(st.just(3), st.sampled_from(["ul", "ol"]), st.lists(MARKERS, max_size=3)).map(list),
    st.tuples(st.just(2), VALUES).map(list),
    st.tuples(st.just(10), NUMBERS).map(list),
)
MOBILEDOCS = st.fixed_dictionaries(
    {
        "sections": st.lists(SECTIONS, max_size=5),
        "cards": st.one_of(
            VALUES,
            st.lists(st.tuples(KINDS, st.dictionaries(NAMES, VALUES, max_size=5)).map(list), max_size=4),
        ),
        "markups": st.one_of(
            VALUES,
            st.lists(
                st.one_of(VALUES, st.tuples(st.sampled_from(["a", "em", "code", "x"]), VALUES).map(list)),
                max_size=3,
            ),
        ),
        "atoms": VALUES,
        "version": st.sampled_from(["0.2.0", "0.3.1", None]),
    }
)

relaxed = settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_sound(body):
    """Every block is valid as the back office checks it; pictures, which are references still, aside."""
    stream = ArticlePage._meta.get_field("body").stream_block
    blocks = [block for block in body.blocks if not pictures_in(block)]
    stored = json.dumps([block.value for block in blocks], ensure_ascii=False)
    stored.encode("utf-8")
    assert not re.search(r"(?<!\\)(?:\\\\)*\\u0000", stored)
    value = stream.to_python([{"type": block.type, "value": block.value} for block in blocks])
    stream.clean(value)


@relaxed
@given(st.lists(NODES, max_size=5))
def test_any_lexical_document_becomes_valid_blocks(nodes):
    assert_sound(convert(parsed(lexical=json.dumps({"root": {"children": nodes}}))))


@relaxed
@given(MOBILEDOCS)
def test_any_mobiledoc_becomes_valid_blocks(document):
    assert_sound(convert(parsed(mobiledoc=json.dumps(document))))


@relaxed
@given(st.lists(STRINGS, max_size=6).map("".join))
def test_any_html_becomes_valid_blocks(html):
    assert_sound(convert(parsed(html=html), ("b.example",)))


@relaxed
@given(st.one_of(VALUES, st.text()).map(lambda value: value if isinstance(value, str) else json.dumps(value)))
def test_any_text_in_place_of_a_document_is_survived(text):
    assert_sound(convert(parsed(lexical=text, mobiledoc=text, html=text, plaintext=text)))


COLUMNS = st.sampled_from(
    [
        "id",
        "title",
        "slug",
        "html",
        "lexical",
        "status",
        "visibility",
        "type",
        "page",
        "author",
        "author_id",
        "authors",
        "tags",
        "url",
        "published_at",
        "featured",
    ]
)
ROWS = st.lists(st.one_of(VALUES, st.dictionaries(COLUMNS, VALUES, max_size=6)), max_size=4)
TABLES = st.dictionaries(
    st.sampled_from(
        [
            "posts",
            "users",
            "tags",
            "posts_tags",
            "posts_authors",
            "posts_meta",
            "settings",
            "meta",
            "nonsense",
        ]
    ),
    st.one_of(ROWS, VALUES),
    max_size=6,
)


@relaxed
@given(TABLES, st.sampled_from(["bare", "data", "db"]))
def test_any_tables_are_read_or_refused_in_a_sentence(tmp_path_factory, tables, envelope):
    content = {"bare": tables, "data": {"data": tables}, "db": {"db": [{"data": tables}]}}[envelope]
    path = tmp_path_factory.mktemp("any") / "any.json"
    path.write_text(
        json.dumps(content, allow_nan=False, default=str).replace("NaN", "0"), encoding="utf-8"
    ) if _plain(content) else path.write_text('{"posts":[]}', encoding="utf-8")

    try:
        found = survey(path)
    except ImportRefused as refusal:
        assert "any.json" in str(refusal)
        return

    assert sum(1 for _ in read_posts(found)) == found.articles + found.pages


def _plain(content):
    try:
        json.dumps(content, allow_nan=False)
    except ValueError:
        return False
    return True


@relaxed
@given(st.binary(max_size=60), st.integers(0, 200))
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path_factory, noise, where):
    whole = json.dumps(
        {"db": [{"data": {"posts": [{"id": "1", "title": "A", "html": "<p>x</p>" * 9}]}}]}
    ).encode()
    path = tmp_path_factory.mktemp("any") / "any.json"
    path.write_bytes(whole[:where] + noise + whole[where + len(noise) :])

    try:
        list(stream_records(path, wanted={"posts"}))
    except ImportRefused as refusal:
        assert "any.json" in str(refusal)


@given(st.one_of(st.text(max_size=30), st.integers().map(str), st.datetimes().map(str)))
def test_any_date_is_a_moment_or_none(text):
    found = parse_date(text)
    assert found is None or found.tzinfo is not None


@given(st.dictionaries(COLUMNS, VALUES, max_size=8))
def test_any_row_is_a_post(row):
    assert len(parse_post(row).key) > 4


@pytest.mark.parametrize("depth", [63, 10_000])
def test_depth_is_bounded(tmp_path, depth):
    path = tmp_path / "deep.json"
    path.write_text('{"posts": [' + "[" * depth + "]" * depth + "]}", encoding="utf-8")

    if depth > 64:
        with pytest.raises(ImportRefused, match="too deep"):
            list(stream_records(path, wanted={"posts"}))
    else:
        assert len(list(stream_records(path, wanted={"posts"}))) == 1
