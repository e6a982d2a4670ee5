import dataclasses
import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from markupsafe import Markup

from standfirst.bodies.blocks import BodyBlock
from tests.theme.reading import read
from tests.theme.samples import (
    BLOCKS,
    ENTRIES,
    HOSTILE,
    NINE,
    THEME,
    article_page,
    contributor_page,
    head,
    pages,
    profile,
    publication,
    rendered,
)

PAGES = pages()
ADDRESSES = {
    "url",
    "srcset",
    "canonical_url",
    "language",
    "direction",
    "theme_css_url",
    "code",
    "robots",
    "level",
}

every_page = pytest.mark.parametrize("name", PAGES)


def made_hostile(value: Any, name: str = "") -> Any:
    """The value with every plain text in it replaced by what must never reach a reader's browser as markup."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return value if name in ADDRESSES or not value else HOSTILE
    if isinstance(value, tuple | list):
        return type(value)(made_hostile(item, name) for item in value)
    if isinstance(value, dict):
        return {key: made_hostile(item, key) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: made_hostile(getattr(value, f.name), f.name) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **changes)
    return value


@every_page
def test_pages_are_well_formed(name: str) -> None:
    page = read(rendered(*PAGES[name]))

    assert page.faults == []


@every_page
def test_pages_have_one_first_heading_and_skip_no_level(name: str) -> None:
    outline = read(rendered(*PAGES[name])).outline

    assert outline.count(1) == 1
    assert outline[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(outline))


@every_page
def test_pages_have_landmarks_and_a_way_past_the_navigation(name: str) -> None:
    page = read(rendered(*PAGES[name]))

    first_link = page.all("a")[0]
    assert first_link.attributes["href"] == "#content"
    assert [e.attributes["id"] for e in page.all("main")] == ["content"]
    assert all(e.attributes.get("aria-label") for e in page.all("nav"))
    assert page.all("header")
    assert page.all("footer")


@every_page
def test_pages_use_an_id_once_and_lead_only_to_ids_they_have(name: str) -> None:
    page = read(rendered(*PAGES[name]))

    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    targets = {
        e.attributes.get("href", "")[1:] for e in page.all("a") if e.attributes["href"].startswith("#")
    }
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)


@every_page
def test_pages_carry_no_style_and_no_script_of_their_own(name: str) -> None:
    page = read(rendered(*PAGES[name]))

    assert not page.all("style")
    assert {e.attributes.get("type") for e in page.all("script")} <= {"application/ld+json"}
    assert not [e for e in page.elements if any(a == "style" or a.startswith("on") for a in e.attributes)]


@every_page
def test_images_have_alternative_text_and_their_size(name: str) -> None:
    images = read(rendered(*PAGES[name])).all("img")

    assert all({"alt", "width", "height"} <= image.attributes.keys() for image in images)


@every_page
def test_times_say_when_for_machines(name: str) -> None:
    times = read(rendered(*PAGES[name])).all("time")

    assert all(time.attributes.get("datetime") for time in times)


@every_page
def test_hostile_text_stays_text(name: str) -> None:
    template, context = PAGES[name]
    harmless = read(rendered(template, context))

    page = read(rendered(template, made_hostile(context)))

    assert page.faults == []
    assert [e.tag for e in page.elements if e.tag in ("script", "img")] == [
        e.tag for e in harmless.elements if e.tag in ("script", "img")
    ]
    assert not [e for e in page.elements if any(attribute.startswith("on") for attribute in e.attributes)]


@pytest.mark.parametrize("name", BLOCKS)
def test_hostile_text_in_a_block_stays_text(name: str) -> None:
    page = read(rendered(f"blocks/{name}.html", {"value": made_hostile(BLOCKS[name])}))

    assert page.faults == []
    assert not page.all("script")
    assert not [e for e in page.elements if any(attribute.startswith("on") for attribute in e.attributes)]


def test_every_body_block_has_a_template_and_a_specimen() -> None:
    blocks = set(BodyBlock().child_blocks)

    assert {path.stem for path in (THEME / "templates/blocks").glob("*.html")} == blocks
    assert set(BLOCKS) == blocks


def test_contributor_page_reads_count_name_biography_then_newest_articles() -> None:
    page = read(rendered("contributor.html", contributor_page()))

    text = page.all("main")[0].text
    order = ["31 Articles by: Maren Oakes", "Maren Oakes has reported", "2024", ENTRIES[0].headline]
    order += [ENTRIES[0].standfirst, ENTRIES[1].headline, "2023", "Older articles", "Translations (3)"]
    places = [text.replace("\N{NO-BREAK SPACE}", " ").find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert page.all("h1")[0].text == "31 Articles by: Maren Oakes"


def test_year_stands_once_where_it_changes() -> None:
    page = read(rendered("contributor.html", contributor_page(other_work=())))

    assert [e.text for e in page.all("h2")] == ["2024", "2023", "2021"]


def test_contributor_page_has_no_empty_parts_when_little_is_known() -> None:
    little = profile(portrait=None, biography=Markup(""), links=(), identifiers=(), aliases=())

    html = rendered(
        "contributor.html", contributor_page(contributor=little, year_links=(), older=None, other_work=())
    )

    page = read(html)
    assert not [e for e in page.all("p", "ul", "ol", "figure", "nav", "h2") if not e.text]


def test_headings_of_other_work_do_not_repeat_the_ids_of_years() -> None:
    work = contributor_page()["other_work"][0]
    same_years = dataclasses.replace(work, years=contributor_page()["years"])

    page = read(rendered("contributor.html", contributor_page(other_work=(same_years,))))

    ids = [e.attributes["id"] for e in page.all("h2", "h3") if "id" in e.attributes]
    assert ids == ["y2024", "y2023", "y2021"]


def test_nine_names_are_listed_as_a_sentence_lists_them() -> None:
    page = read(rendered("contributor.html", contributor_page()))

    assert (
        f"With {', '.join(link.text for link in NINE[:-1])} and {NINE[-1].text}" in page.all("main")[0].text
    )


def test_pull_quote_is_not_heard_twice() -> None:
    aside = read(rendered("blocks/pull_quote.html", {"value": BLOCKS["pull_quote"]})).all("aside")[0]

    assert aside.attributes["aria-hidden"] == "true"


def test_footnotes_lead_back_to_where_they_are_called() -> None:
    page = read(rendered("article.html", article_page()))

    hrefs = [e.attributes["href"] for e in page.all("a")]
    assert "#note-1" in hrefs
    assert "#note-mark-1" in hrefs


def test_table_says_which_cells_are_headings() -> None:
    page = read(rendered("blocks/table.html", {"value": BLOCKS["table"]}))

    assert [(e.text, e.attributes["scope"]) for e in page.all("th")] == [
        ("1987", "col"), ("2007", "col"), ("2024", "col"), ("Passenger", "row"), ("Freight", "row"),
    ]  # fmt: skip


@every_page
def test_pages_are_html_by_the_letter(name: str) -> None:
    parser = html5lib.HTMLParser(strict=True)

    parser.parse(rendered(*PAGES[name]))


def test_shared_picture_has_a_whole_address() -> None:
    page = read(rendered("article.html", article_page()))

    shared = {
        e.attributes["property"]: e.attributes["content"]
        for e in page.all("meta")
        if "property" in e.attributes
    }
    assert re.fullmatch(r"http://testserver/share/article/7-[0-9a-f]{12}\.jpg", shared["og:image"])
    assert shared["og:type"] == "article"


def test_page_of_right_to_left_publication_says_so() -> None:
    html = rendered(
        "contributor.html", contributor_page() | {"publication": publication(language="ar", direction="rtl")}
    )

    root = read(html).all("html")[0]
    assert (root.attributes["lang"], root.attributes["dir"]) == ("ar", "rtl")


def test_page_that_must_not_be_found_says_so() -> None:
    html = rendered("error.html", PAGES["not-found"][1])

    page = read(html)
    assert ("robots", "noindex") in {
        (e.attributes.get("name"), e.attributes.get("content")) for e in page.all("meta")
    }
    assert not [e for e in page.all("link") if e.attributes.get("rel") == "canonical"]
    assert page.all("form")[0].attributes["action"] == "/search/"


def test_feeds_are_announced_with_their_types() -> None:
    page = read(rendered("contributor.html", contributor_page()))

    feeds = [e.attributes for e in page.all("link") if e.attributes.get("rel") == "alternate"]
    assert [feed["type"] for feed in feeds] == [
        "application/atom+xml",
        "application/feed+json",
        "application/atom+xml",
    ]
    assert feeds[0]["title"] == "Maren Oakes · The Lantern (Atom)"
    at_the_foot = [e.text for e in page.all("a") if "feed." in e.attributes.get("href", "")]
    assert at_the_foot == ["Atom", "JSON"]


def test_title_names_the_page_and_then_the_publication() -> None:
    named = read(rendered("contributor.html", contributor_page()))
    front = read(rendered("front.html", PAGES["front"][1] | head("", "/")))

    assert named.all("title")[0].text == "Maren Oakes · The Lantern"
    assert front.all("title")[0].text == "The Lantern"


def test_icon_is_a_drawing() -> None:
    root = ElementTree.parse(THEME / "static/standfirst/icon.svg").getroot()

    assert root.tag.endswith("svg")
