"""Whatever format an article comes from, a reader sees the words that marks held and nothing of the marks."""

import csv
import json
import re
from datetime import UTC, datetime
from html import escape

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from standfirst.bodies.text import PRINTED, body_text, printed_texts
from standfirst.importers import formats
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.leftovers import _PACKED, _may_be_packed, settled
from standfirst.importers.reading.records import BodyBlock, DraftArticle
from tests.importers.blogger import backups
from tests.importers.drupal import documents
from tests.importers.jats import documents as journal
from tests.importers.joomla import exports as rows
from tests.importers.manuscripts.documents import NUMBERING, docx, item, p, r, styles
from tests.importers.medium import exports as stories_of_medium
from tests.importers.movabletype import exports as movable
from tests.importers.nitf import documents as newspaper
from tests.importers.substack import exports

CODE = 'rStyle w:val="HTMLCode"'

# Marks within one paragraph, in three, in a list and a heading; words beside them; and code that is only about them.
BODY = """<p>[vc_row css=".a{margin:0}"][vc_column width="1/2"]Alpha [sic] and</p>
<p><strong>[su_dropcap]B[/su_dropcap]eta</strong> {{ "x" | upcase }} {{&lt; chart data="y" &gt;}}</p>
<h2>Gamma {#gamma}</h2>
<ul><li>[icon name="star"]</li><li>Delta {% render "card" %}</li></ul>
<p>Epsilon[/vc_column][/vc_row]</p>
<p>Write <code>[gallery ids="1"]</code> or <code>{{ y }}</code>.</p>"""
WORDS = ["Alpha [sic] and", "Beta", "Gamma", "Delta", "Epsilon", 'Write [gallery ids="1"] or {{ y }}.']
RAW = [
    "vc_row css=",
    "vc_column width=",
    "su_dropcap",
    "upcase",
    "chart data=",
    "{#gamma}",
    "icon name=",
    "card",
    "[/vc_row]",
]
LONG = "<p>The keeper of the light went up the stairs each evening at dusk and came down at dawn.</p>"


def wordpress(folder):
    path = folder / "export.xml"
    path.write_text(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        "<title>L</title><link>https://l.example</link><wp:wxr_version>1.2</wp:wxr_version>"
        "<item><title>One</title><dc:creator>ada</dc:creator>"
        f"<content:encoded><![CDATA[{BODY}]]></content:encoded><wp:post_id>1</wp:post_id>"
        "<wp:post_date_gmt>2020-01-02 09:00:00</wp:post_date_gmt><wp:post_name>one</wp:post_name>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>",
        encoding="utf-8",
    )
    return path


def ghost(folder):
    path = folder / "ghost.json"
    post = {"id": "1", "title": "One", "slug": "one", "html": BODY, "status": "published", "type": "post"}
    post |= {"visibility": "public", "published_at": "2020-01-02T09:00:00.000Z"}
    data = {"posts": [post], "users": [], "tags": [], "settings": []}
    path.write_text(json.dumps({"db": [{"meta": {"version": "5.0.0"}, "data": data}]}), encoding="utf-8")
    return path


def feed(folder):
    path = folder / "feed.xml"
    path.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>L</title><id>l</id><updated>2020-01-02T09:00:00Z</updated>'
        "<entry><title>One</title><id>1</id><published>2020-01-02T09:00:00Z</published>"
        '<link href="https://l.example/one"/><author><name>Ada Quill</name></author>'
        f'<content type="html">{escape(BODY)}</content></entry></feed>',
        encoding="utf-8",
    )
    return path


def pages(folder):
    folder = folder / "l.example"
    folder.mkdir()
    (folder / "one.html").write_text(
        '<!doctype html><html><head><title>One</title><link rel="canonical" href="https://l.example/one">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "One",'
        ' "datePublished": "2020-01-02", "author": {"name": "Ada Quill"}}</script></head>'
        f'<body><article><h1>One</h1><div itemprop="articleBody">{LONG}{BODY}{LONG}</div></article></body></html>',
        encoding="utf-8",
    )
    return folder


def folders(folder):
    folder = folder / "site"
    folder.mkdir()
    (folder / "one.md").write_text(
        f"---\ntitle: One\ndate: 2020-01-02\nauthor: Ada Quill\n---\n\n{BODY}\n", encoding="utf-8"
    )
    return folder


def blogger(folder):
    return backups.write(folder, backups.post(1, "One", BODY))


def substack(folder):
    return exports.write(folder, exports.post(1, BODY, title="One"))


def drupal(folder):
    return documents.write(folder, documents.article(1, BODY, title="One"))


def movabletype(folder):
    return movable.write(folder, movable.entry(1, BODY, title="One"))


def nitf(folder):
    # XML: its line breaks close, and its entities are those of every XML.
    return newspaper.write(folder, newspaper.article(1, BODY).replace("Title 1", "One"))


def joomla(folder):
    return rows.write(folder, rows.tables(rows.row(1, BODY, title="One")))


def jats(folder):
    own = {"h2": "title", "strong": "bold", "ul": "list", "li": "list-item", "code": "monospace"}
    body = re.sub(r"(</?)(\w+)", lambda tag: tag.group(1) + own.get(tag.group(2), tag.group(2)), BODY)
    return journal.write(folder, journal.article(1, body, title="One"))


def medium(folder):
    return stories_of_medium.write(
        folder, {"2020_One-0123456789ab": stories_of_medium.story(BODY, title="One")}
    )


def tables(folder):
    path = folder / "one.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [["Title", "Author", "Date", "Text"], ["One", "Ada Quill", "2020-01-02", BODY]]
        )
    return path


def manuscripts(folder):
    """The same marks as somebody pastes them into Word."""
    code = [r("Write "), r('[gallery ids="1"]', CODE), r(" or "), r("{{ y }}", CODE), r(".")]
    lines = [
        p("One", "Title"),
        p('[vc_row css=".a{margin:0}"][vc_column width="1/2"]Alpha [sic] and'),
        p('[su_dropcap]B[/su_dropcap]eta {{ "x" | upcase }} {{< chart data="y" >}}'),
        p("Gamma {#gamma}", "Heading2"),
        item('[icon name="star"]'),
        item('Delta {% render "card" %}'),
        p("Epsilon[/vc_column][/vc_row]"),
        p("", inside="".join(code)),
    ]
    names = styles(Heading2="heading 2")
    names += '<w:style w:type="character" w:styleId="HTMLCode"><w:name w:val="HTML Code"/></w:style>'
    return docx(folder / "one.docx", *lines, parts={"styles": names, "numbering": NUMBERING})


SAMPLES = {
    "wordpress": wordpress,
    "ghost": ghost,
    "blogger": blogger,
    "jats": jats,
    "joomla": joomla,
    "nitf": nitf,
    "movabletype": movabletype,
    "drupal": drupal,
    "substack": substack,
    "medium": medium,
    "feed": feed,
    "tables": tables,
    "manuscripts": manuscripts,
    "pages": pages,
    "folders": folders,
}


@pytest.mark.parametrize("format", formats.FORMATS, ids=lambda format: format.name)
def test_every_format_leaves_words_for_the_reader_and_marks_for_the_editor(format, tmp_path):
    path = SAMPLES[format.name](tmp_path)
    archive = format.open(
        path, Opening(zone=timezone.get_default_timezone(), now=datetime(2026, 1, 1, tzinfo=UTC))
    )
    archive.settle_sections("", is_stated=False)

    (article,) = [item for item in archive.drafts(processes=1) if isinstance(item, DraftArticle)]

    printed = body_text({"value": block.value} for block in article.body)
    assert printed.split() == " ".join(article.words).split()
    place = 0
    for words in WORDS:
        assert words in printed[place:], printed
        place = printed.index(words, place)
    rest = re.sub("|".join(map(re.escape, WORDS)), "", printed)
    assert not re.search(r"[\[\]{}<>]", rest), rest
    kept = "\n".join(block.value["raw"] for block in article.body if block.type == "unknown")
    for raw in RAW:
        assert raw in kept, kept


def paragraph(html):
    return BodyBlock("paragraph", f"<p>{html}</p>")


def test_code_in_a_wrapper_over_paragraphs_becomes_one_block_of_code():
    found = settled(
        [
            paragraph('Look: [cce lang="php"]'),
            paragraph("if ($a &lt; $b) {<br>  echo 1;"),
            paragraph("}[/cce] so."),
            paragraph("Then <b>[php]echo 2;[/php]</b> too."),
        ],
        source="feeds",
    )

    assert [tuple(block) for block in found.blocks] == [
        ("paragraph", "<p>Look: </p>"),
        ("code", {"language": "php", "code": "if ($a < $b) {\n  echo 1;\n\n}"}),
        ("paragraph", "<p> so.</p>"),
        ("paragraph", "<p>Then <b><code>echo 2;</code></b> too.</p>"),
    ]


def test_a_wrapper_around_a_picture_or_code_leaves_these_alone():
    picture = BodyBlock("image", {"image": None, "alt": "A boat", "caption": "[b]Boat[/b]", "credit": ""})
    code = BodyBlock("code", {"language": "", "code": '[x y="z"]{{ a }}'})

    found = settled([paragraph("[code]"), code, paragraph("[/code]"), picture], source="feeds")

    assert [block for block in found.blocks if block.type != "unknown"] == [
        code,
        BodyBlock("image", {**picture.value, "caption": "Boat"}),
    ]


def test_a_link_whose_address_only_a_template_knew_is_its_words():
    found = settled([paragraph('See <a href="{{ site.url }}/x">the guide</a>.')], source="folders")

    assert found.blocks[0] == paragraph("See the guide.")
    assert found.blocks[1].value["raw"] == '<a href="{{ site.url }}/x">'


SHAPES = {
    "paragraph": "{}",
    "list": "{}",
    "html": "{}",
    "heading": {"text": "{}", "level": "h2"},
    "quotation": {"text": "{}", "attribution": "{}", "source_url": ""},
    "pull_quote": {"text": "{}", "attribution": "{}"},
    "image": {"image": None, "alt": "{}", "caption": "{}", "credit": "{}"},
    "gallery": {"images": [{"image": None, "alt": "{}", "caption": "{}", "credit": "{}"}], "caption": "{}"},
    "embed": {"url": "https://x.example", "title": "{}", "caption": "{}"},
    "table": {"data": [["{}", None], ["{}", "{}"]], "table_caption": "{}"},
    "verse": {"text": "{}"},
    "footnotes": [{"mark": "1", "text": "{}"}],
}


def shaped(shape, words):
    if isinstance(shape, str):
        return shape.replace("{}", words)
    if isinstance(shape, list):
        return [shaped(item, words) for item in shape]
    return {key: shaped(item, words) for key, item in shape.items()} if isinstance(shape, dict) else shape


@pytest.mark.parametrize("kind", PRINTED)
def test_marks_leave_every_text_of_every_kind_of_block(kind):
    block = BodyBlock(kind, shaped(SHAPES[kind], '[box a="b"]Words[/box] {{ x }} on'))

    found = settled([block], source="ghost")

    (left,) = [block for block in found.blocks if block.type != "unknown"]
    texts = [text.text for text in printed_texts(kind, left.value)]
    assert texts == ["Words on"] * len(texts)
    assert len(texts) == len(list(printed_texts(kind, block.value)))


PROSE = st.text("abc é中.,;()'\"-–12 \n", max_size=20)


@given(
    st.lists(
        st.builds(
            lambda kind, words: BodyBlock(kind, shaped(SHAPES[kind], words)),
            st.sampled_from(sorted(SHAPES)),
            PROSE,
        ),
        max_size=4,
    )
)
def test_a_body_without_marks_stays_as_it_is(blocks):
    assert settled(blocks, source="ghost").blocks == tuple(blocks)


@pytest.mark.parametrize(
    "html",
    [
        "[a]" * 20_000 + "[/a]" * 20_000,
        "[a_b]" * 30_000,
        "[a_b]<br>" * 20_000,
        "[x y='z'] word <b>and</b> " * 8_000,
        "<b>" * 2_000 + "[x y='z']" + "</b>" * 2_000,
    ],
    ids=lambda html: html[:12],
)
def test_any_number_of_marks_is_taken_out_in_a_moment(html):
    found = settled([paragraph(html)], source="feeds")

    assert not any("[" in block.value for block in found.blocks if block.type == "paragraph")


@given(
    st.lists(
        st.sampled_from(["abc+/" * 9, "a" * 40, "Z9" * 19, "-", " ", "\n", "\u00a0", "words of a ", "=", "é"])
    ).map("".join)
)
def test_what_may_be_packed_is_found_wherever_a_text_goes_on_without_a_space(text):
    assert _may_be_packed(text) == (_PACKED.search(text) is not None)
