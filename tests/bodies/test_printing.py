"""What a reader gets of an article's body."""

import json
import re

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.blocks import CharBlock, ListBlock, RawHTMLBlock, RichTextBlock, TextBlock
from wagtail.images import get_image_model

from standfirst.articles.models import ArticlePage, Correction
from standfirst.bodies.text import NOT_WORDS, PRINTED
from standfirst.publications.models import FrontPage, PublicationPage
from tests.archives.reading import read
from tests.factories import a_contributor, a_magazine, an_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def magazine():
    return a_magazine()


@pytest.fixture
def picture(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    file = tmp_path / "quay.png"
    Drawing.new("RGB", (1200, 800), "navy").save(file)
    with file.open("rb") as opened:
        return get_image_model().objects.create(title="Quay", file=ImageFile(opened, name="quay.png"))


def body_of(*blocks):
    """The printed body of an article made of these blocks, as an element."""
    raw = [{"id": str(place), "type": kind, "value": value} for place, (kind, value) in enumerate(blocks)]
    page = read(an_article(a_contributor(), body=json.dumps(raw)).url)
    assert page.status == 200
    return (
        page.tree.xpath("//main//article")[0]
        if page.tree.xpath("//main//article")
        else page.tree.xpath("//main")[0]
    )


def test_every_kind_of_block_is_printed(picture):
    figure = {
        "image": picture.pk,
        "alt": "A quay at dusk",
        "caption": "<b>The quay</b>",
        "credit": "A. Quill",
    }
    body = body_of(
        ("paragraph", "<p>Plain <i>words</i>.</p>"),
        ("heading", {"text": "Second part", "level": "h2"}),
        ("quotation", {"text": "<p>Said once.</p>", "attribution": "A keeper", "source_url": ""}),
        ("pull_quote", {"text": "Pulled words", "attribution": ""}),
        ("image", figure),
        ("gallery", {"images": [figure, figure], "caption": "Twice"}),
        ("embed", {"url": "https://video.example/1", "title": "A film", "caption": ""}),
        ("list", "<ul><li>One</li><li>Two</li></ul>"),
        ("table", {"data": [["Year", "Depth"], ["1871", "2 m"]], "first_row_is_table_header": True}),
        ("divider", None),
        ("code", {"language": "python", "code": "if a < b: pass"}),
        ("verse", {"text": "One line\n  and another"}),
        ("html", "<dl><dt>Kept</dt><dd>as it was</dd></dl>"),
        ("unknown", {"source": "wordpress", "name": "poll", "raw": "[poll]Left <b>or</b> right[/poll]"}),
    )

    words = " ".join(body.text_content().split())
    for printed in (
        "Second part",
        "Said once.",
        "A keeper",
        "Pulled words",
        "The quay",
        "A film",
        "Two",
        "1871",
    ):
        assert printed in words
    assert "if a < b: pass" in words
    assert "as it was" in words
    assert {image.get("alt") for image in body.xpath(".//figure//img")} == {"A quay at dusk"}
    assert all(image.get("width") and image.get("srcset") for image in body.xpath(".//figure//img"))
    assert body.xpath(".//table//th")
    assert body.xpath(".//a[@href='https://video.example/1']")
    assert not body.xpath(".//iframe | .//script | .//object | .//embed")


def test_footnotes_are_numbered_and_lead_there_and_back():
    body = body_of(
        ("paragraph", "<p>First[^b], then[^a], again[^b], and no[^c] note.</p>"),
        (
            "footnotes",
            [{"mark": "a", "text": "Alpha"}, {"mark": "b", "text": "Beta"}, {"mark": "d", "text": "Idle"}],
        ),
    )

    marks = body.xpath(".//sup//a")
    assert [mark.get("href") for mark in marks] == ["#note-2", "#note-1", "#note-2"]
    assert [mark.get("id") for mark in marks] == ["note-mark-2", "note-mark-1", None]
    assert "no[^c] note" in body.text_content()
    backs = body.xpath(".//*[@role='doc-backlink']/@href")
    assert backs == ["#note-mark-1", "#note-mark-2"]
    assert body.xpath(".//*[@id='note-3']")


def test_a_note_without_a_mark_is_listed_and_one_without_anything_is_not():
    notes = [{"mark": "", "text": ""}, {"mark": "a", "text": "Alpha"}, {"mark": "", "text": "Beta"}]
    body = body_of(("paragraph", "<p>First[^a].</p>"), ("footnotes", notes))

    assert [note.get("id") for note in body.xpath(".//li")] == ["note-1", "note-2"]
    assert [mark.get("href") for mark in body.xpath(".//p//sup/a")] == ["#note-1"]
    assert "Beta" in body.text_content()


def test_a_mark_inside_a_tag_is_no_mark():
    body = body_of(
        ("html", '<p><abbr title="[^a]">Abbr</abbr></p>'), ("footnotes", [{"mark": "a", "text": "Alpha"}])
    )

    assert body.xpath(".//abbr/@title") == ["[^a]"]


def test_nothing_that_acts_reaches_the_reader():
    hostile = "<img src=x onerror=alert(1)><script>alert(1)</script><a href='javascript:alert(1)'>x</a>"
    body = body_of(
        ("html", hostile),
        ("unknown", {"source": "", "name": "x", "raw": hostile}),
        ("heading", {"text": hostile, "level": "h2"}),
        ("code", {"language": "<b>", "code": hostile}),
        ("embed", {"url": "https://x.example", "title": hostile, "caption": hostile}),
        ("verse", {"text": hostile}),
    )

    assert not body.xpath(".//script | .//*[@onerror] | .//a[contains(@href,'javascript')]")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ({"name": "box", "words": "A word", "raw": '[box title="A word"]'}, "A word"),
        ({"name": "box", "words": "", "raw": '[box title="A word"]<b>Bold</b>[/box]'}, ""),
        ({"name": "poll", "raw": "[poll]Left <b>or</b> right[/poll]"}, "Left or right"),
        ({"name": "vc_row", "raw": '[vc_row css="x"]'}, ""),
        ({"name": "figure", "raw": '{{< figure src="a.png" caption="A boat" >}}'}, "A boat"),
        ({"name": "x", "raw": None}, ""),
        ({}, ""),
    ],
)
def test_of_what_was_not_understood_a_reader_gets_the_words_alone(value, printed):
    shown = body_of(("unknown", value), ("paragraph", "<p>On.</p>"))
    page = ArticlePage.objects.get()

    paragraphs = [words.text_content() for words in shown.xpath(".//p")]
    assert paragraphs[-2:] == [printed, "On."] if printed else paragraphs[-1] == "On."
    assert not re.search(r"[\[\]{}]|raw|src=", shown.text_content())
    assert " ".join(page.body_text.split()) == f"{printed} On.".strip()
    # The editor's form has all of it, the words in a field of their own.
    assert page.body[0].value["words"] == printed
    assert (page.body[0].value["raw"] or None) == value.get("raw")


def test_the_words_of_every_kind_of_block_have_a_known_place():
    """A field of text added to any block is either read for marks or named as no words."""

    def fields(block, path=()):
        children = getattr(block, "child_blocks", None)
        if children:
            for name, child in children.items():
                yield from fields(child, (*path, name))
        elif isinstance(block, ListBlock):
            yield from fields(block.child_block, (*path, "*"))
        elif isinstance(block, CharBlock | TextBlock | RichTextBlock | RawHTMLBlock):
            yield ".".join(path)

    body = ArticlePage._meta.get_field("body").stream_block
    for kind, block in body.child_blocks.items():
        known = {path for path, _ in PRINTED.get(kind, ())}
        for field in fields(block):
            if kind in ("code", "unknown") or field.rpartition(".")[2] in NOT_WORDS:
                continue
            assert field in known, f"{kind}.{field} is not read for marks"


def test_an_image_whose_file_is_lost_is_left_out(picture):
    picture.file.storage.delete(picture.file.name)

    body = body_of(
        ("image", {"image": picture.pk, "alt": "x", "caption": "", "credit": ""}), ("paragraph", "<p>On.</p>")
    )

    assert not body.xpath(".//img")
    assert "On." in body.text_content()


def test_corrections_are_shown_with_their_dates():
    article = an_article(a_contributor())
    article.corrections = [Correction(kind="correction", dated="2024-05-03", text="<p>It was 1871.</p>")]
    article.save()

    page = read(article.url)

    assert "It was 1871." in page.html
    assert page.tree.xpath("//time[@datetime='2024-05-03']")


def test_structured_data_names_every_author_and_the_headings_number():
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    article = an_article(ada, ben, (ben, "translator"), headline="</script><script>alert(1)")

    found = json.loads(read(article.url).tree.xpath("string(//script[@type='application/ld+json'])"))
    profile = json.loads(
        read("/author/ada-quill/").tree.xpath("string(//script[@type='application/ld+json'])")
    )

    assert [who["name"] for who in found["author"]] == ["Ada Quill", "Ben Marsh"]
    assert [who["name"] for who in found["translator"]] == ["Ben Marsh"]
    assert profile["mainEntity"]["agentInteractionStatistic"]["userInteractionCount"] == 1
    assert len(read(article.url).tree.xpath("//script")) == 1


def test_a_page_of_the_publication_is_an_ordinary_page():
    front = FrontPage.objects.get()
    front.add_child(
        instance=PublicationPage(
            title="About", slug="about", body='[{"type":"paragraph","value":"<p>We are.</p>","id":"1"}]'
        )
    )

    page = read("/about/")

    assert page.heading == "About"
    assert "We are." in page.html
