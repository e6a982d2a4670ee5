"""Whatever a body holds, readers and editors get a page: every block there is, half filled, misshapen or hostile."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.table_block.blocks import TableBlock

from standfirst.articles.models import ArticlePage
from standfirst.bodies.blocks import BodyBlock, CleanHTML, CleanInlineText, CleanRichText, WebAddress
from standfirst.bodies.pictures import pictures
from standfirst.bodies.printing import body_images, printed_body
from standfirst.text.markup import SCHEMES
from tests.factories import a_contributor, a_magazine, an_article
from tests.text.test_markup import HOSTILE, acts

pytestmark = pytest.mark.django_db
BODY = BodyBlock()
KINDS = sorted(BODY.child_blocks)
WORDS = st.sampled_from(
    [
        *HOSTILE,
        "",
        " ",
        "The river rose.",
        "<p>The river <b>rose</b>.</p>",
        "[^1] [^<b>]",
        "javascript:alert(1)",
        " data:text/html,x",
        "http://[",
        "//evil.example",
        "https://example.org/a?b=c#d",
        "h3",
        "<p>One<br>two<wbr>three</p><hr>",
        '<ul><li><img src="/a.jpg" alt="">One<blockquote>two</blockquote></li></ul>',
        '<a linktype="page" id="abc">words</a>',
        '<a linktype="page">words</a>',
        '<a linktype="page" id="99999999999999999999">words</a>',
        '<a linktype="page" id="-1">words</a>',
        '<a linktype="document" id="x">words</a>',
        '<a linktype="nothing" id="1" href="javascript:x">words</a>',
        '<embed embedtype="image" id="abc"/><embed embedtype="media" url="x"/>',
        "<p>" + "<b>" * 500 + "deep",
        "x" * 50_000,
    ]
) | st.text(max_size=40)
# What stands where something else should.
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def stored(block: blocks.Block) -> st.SearchStrategy[Any]:
    """How a value of a block may be stored: as it should be, half of it, or something else."""
    match block:
        case blocks.StructBlock():
            filled = st.fixed_dictionaries({}, optional={k: stored(v) for k, v in block.child_blocks.items()})
        case blocks.ListBlock():
            item = stored(block.child_block)
            wrapped = st.fixed_dictionaries({"type": st.just("item"), "value": item}, optional={"id": WORDS})
            filled = st.lists(item | wrapped, max_size=3)
        case TableBlock():
            rows = st.lists(st.lists(WORDS | ANYTHING, max_size=3) | ANYTHING, max_size=3)
            filled = st.fixed_dictionaries(
                {},
                optional={
                    "data": rows | ANYTHING,
                    "table_caption": WORDS | ANYTHING,
                    "first_row_is_table_header": st.booleans() | ANYTHING,
                    "first_col_is_header": st.booleans(),
                    "table_header_choice": st.sampled_from(["row", "both", "column", "", None]),
                },
            )
        case blocks.ChooserBlock():
            filled = st.integers(-1, 3)
        case blocks.FieldBlock() | blocks.StaticBlock():
            filled = WORDS
        case _:
            raise AssertionError(f"Say how {type(block)} may be stored.")
    return filled | ANYTHING


def walked(block: blocks.Block, name: str = "") -> Iterator[tuple[str, blocks.Block]]:
    """A block and all inside it, by name."""
    yield name, block
    inner = getattr(block, "child_blocks", None) or (
        {"item": block.child_block} if isinstance(block, blocks.ListBlock) else {}
    )
    for child_name, child in inner.items():
        yield from walked(child, f"{name}.{child_name}")


def printed(body: Any) -> str:
    return str(printed_body(body, pictures(body_images(body))))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_stored_of_a_block_is_printed_harmlessly_and_can_be_edited(kind, data):
    raw = data.draw(stored(BODY.child_blocks[kind]))

    body = BODY.to_python(json.dumps([{"type": kind, "value": raw}]))

    assert not acts(printed(body))
    BODY.get_form_state(body)
    list(BODY.extract_references(body))
    BODY.get_searchable_content(body)
    assert printed(BODY.to_python(BODY.get_prep_value(body))) == printed(body)


@settings(max_examples=60, deadline=None)
@given(
    raw=ANYTHING
    | st.lists(st.dictionaries(st.sampled_from(["type", "value", "id"]), ANYTHING | st.sampled_from(KINDS)))
)
def test_whatever_is_stored_as_a_body_is_printed(raw):
    assert not acts(printed(BODY.to_python(json.dumps(raw))))


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_that_was_only_put_there_is_printed(kind):
    block = BODY.child_blocks[kind]

    assert not acts(printed(StreamValue(BODY, [(kind, block.get_default())])))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_block_changes_what_is_printed_around_it(kind, data):
    before = {"type": "paragraph", "value": "<p>The river <b>rose</b>.</p>"}
    after = {"type": "paragraph", "value": "<p>It fell.</p>"}
    raw = data.draw(
        st.just(BODY.child_blocks[kind].get_prep_value(BODY.child_blocks[kind].get_default()))
        | stored(BODY.child_blocks[kind])
    )

    around = printed(BODY.to_python(json.dumps([before, {"type": kind, "value": raw}, after])))

    assert around.startswith(printed(BODY.to_python(json.dumps([before]))))
    assert around.endswith(printed(BODY.to_python(json.dumps([after]))))


HALF_FILLED = {
    "empty table": ("table", None),
    "table without rows": ("table", {}),
    "table of empty cells": ("table", {"data": [["", None]]}),
    "heading without text": ("heading", {}),
    "pull quote of nothing": ("pull_quote", {"text": None}),
    "unknown, of nothing": ("unknown", {}),
    "gallery without images": ("gallery", {"images": [{}]}),
    "image of nothing": ("image", None),
    "note without mark or words": ("footnotes", [{"mark": "", "text": ""}]),
    "list where a struct should be": ("quotation", ["x"]),
    "link to page abc": ("paragraph", '<p>See <a linktype="page" id="abc">that</a>.</p>'),
    "hostile": ("code", {"code": "<script>alert(1)</script>", "language": '"><script>'}),
}


@pytest.mark.parametrize("case", HALF_FILLED)
def test_an_article_with_a_half_filled_block_is_shown_to_readers_and_in_every_preview(case):
    kind, value = HALF_FILLED[case]
    a_magazine()
    article = an_article(a_contributor(), headline="On water")
    raw = json.dumps(
        [{"type": kind, "value": value}, {"type": "paragraph", "value": "<p>The river rose.</p>"}]
    )
    with connection.cursor() as cursor:
        # Around all our care, as another program would.
        cursor.execute("UPDATE articles_articlepage SET body = %s WHERE page_ptr_id = %s", [raw, article.pk])
    client = Client()
    client.force_login(User.objects.create_superuser("boss"))

    article = ArticlePage.objects.get(pk=article.pk)
    draft = article.save_revision()
    shown = [
        client.get(article.url),
        client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk])),
        client.get(reverse("wagtailadmin_pages:revisions_view", args=[article.pk, draft.pk])),
        article.make_preview_request(RequestFactory().get("/")),
        client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])),
    ]

    assert [response.status_code for response in shown] == [200] * 5
    assert all("The river rose." in response.content.decode() for response in shown)
    assert all("<p>The river rose.</p>" in response.content.decode() for response in shown[:4])
    assert not any("<script>alert" in response.content.decode() for response in shown)


# ----------------------------------------------------------------------------------------------------------- on the way in


@given(
    address=st.text(max_size=30)
    | st.sampled_from(["javascript:", "data:", "vbscript:", "JaVaScRiPt:"]).flatmap(
        lambda scheme: st.text(max_size=20).map(lambda rest: scheme + rest)
    )
)
def test_an_address_that_an_editor_may_link_to_has_a_harmless_scheme(address):
    for name, block in walked(BODY):
        if name.endswith("url"):
            assert isinstance(block, WebAddress)
            try:
                kept = block.clean(address)
            except ValidationError:
                continue
            assert (
                not kept
                or kept.partition(":")[0].lower() in SCHEMES
                or ":" not in kept.split("/")[0].split("?")[0].split("#")[0]
            )
            assert not kept or not acts(
                f'<a href="{kept.replace(chr(34), "&quot;").replace("<", "&lt;")}">x</a>'
            )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_text_with_markup_is_sanitised_on_the_way_in(hostile):
    for name, block in walked(BODY):
        if isinstance(block, blocks.RichTextBlock | blocks.RawHTMLBlock):
            assert isinstance(block, CleanRichText | CleanHTML), name
            value = block.normalize(f"words {hostile}".replace("\0", ""))
            cleaned = block.clean(value)
            assert not acts(str(getattr(cleaned, "source", cleaned))), name


def test_what_is_written_within_a_line_stays_within_it():
    for name, block in walked(BODY):
        if isinstance(block, CleanInlineText):
            cleaned = block.clean(
                block.normalize("<h2>One</h2><p><b>two</b></p><ul><li>three</li></ul>")
            ).source
            assert re.findall(r"<(\w+)", cleaned) == ["b"], name
            assert re.findall(r"\w+", re.sub("<.*?>", " ", cleaned)) == ["One", "two", "three"], name


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_caption_of_a_lead_image_is_sanitised_on_the_way_in_and_on_the_way_out(hostile):
    article = ArticlePage(title="On water", slug="on-water", lead_image_caption=hostile)

    article.clean()

    assert not acts(article.lead_image_caption)
