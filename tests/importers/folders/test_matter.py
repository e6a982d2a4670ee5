"""Front matter in every shape, kept as it was typed."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.importers.folders.matter import DAMAGED, TWICE, split
from tests.profiles import examples

SHAPES = [
    ("---\ntitle: A day\n---\nWords", "yaml", {"title": "A day"}, "Words"),
    ("\n---\ntitle: A day\n---\nWords", "yaml", {"title": "A day"}, "Words"),
    ("---\ntitle: A day\n...\nWords", "yaml", {"title": "A day"}, "Words"),
    ("---\n---\nWords", "yaml", {}, "Words"),
    (
        '+++\ntitle = "A day"\ndate = 2014-03-05\n+++\nWords',
        "toml",
        {"title": "A day", "date": "2014-03-05"},
        "Words",
    ),
    ('{"title": "A day", "draft": true}\nWords', "json", {"title": "A day", "draft": "true"}, "Words"),
    ("Title: A day\nTags: a, b\n\nWords", "headers", {"title": "A day", "tags": "a, b"}, "Words"),
    (
        "Title: A day\nSummary: One\n    and two\n\nWords",
        "headers",
        {"title": "A day", "summary": "One and two"},
        "Words",
    ),
    (
        "<!--\n.. title: A day\n.. slug: day\n-->\nWords",
        "comments",
        {"title": "A day", "slug": "day"},
        "Words",
    ),
    (
        "Words\n\n<!--\nPublish: no\nTopics: a, b\n-->\n",
        "comment",
        {"publish": "no", "topics": "a, b"},
        "Words\n\n",
    ),
    ("# A day\n\nWords", "", {}, "# A day\n\nWords"),
    ("---\n\nA rule above.", "", {}, "---\n\nA rule above."),
    ("Note: this is prose\nand goes on.", "", {}, "Note: this is prose\nand goes on."),
]


@pytest.mark.parametrize(("text", "kind", "values", "body"), SHAPES)
def test_front_matter_is_read_in_every_shape(text, kind, values, body):
    found = split(text, ".md")

    assert (found.kind, dict(found.values), found.body) == (kind, values, body)


def test_fields_of_restructuredtext_are_read_after_the_title():
    text = "A day\n#####\n\n:date: 2014-03-05\n:authors: - Quill, Ada\n          - Post, Ben\n:summary:\n    One\n    and two\n\nWords."

    found = split(text, ".rst")

    assert found.values == {
        "date": "2014-03-05",
        "authors": ["Quill, Ada", "Post, Ben"],
        "summary": "One and two",
    }
    assert found.body.startswith("A day\n#####")
    assert found.body.rstrip().endswith("Words.")


def test_a_page_of_html_says_its_metadata_in_its_head():
    text = '<html><head><title>A day</title><meta name="author" content="Ada Quill"><meta name="tags" content="a, b"></head><body><p>Words</p></body></html>'

    found = split(text, ".html")

    assert found.values == {"title": "A day", "author": "Ada Quill", "tags": "a, b"}
    assert found.body == "<p>Words</p>"


TYPED = [
    ("version: 1.10", "1.10"),
    ("version: no", "no"),
    ("version: 007", "007"),
    ("version: 2014-03-05", "2014-03-05"),
    ("version: 2014-13-45", "2014-13-45"),
    ("version: !ruby/object:Time 12", "12"),
]


@pytest.mark.parametrize(("line", "value"), TYPED)
def test_a_value_stays_as_it_was_typed(line, value):
    assert split(f"---\n{line}\n---\n", ".md").values == {"version": value}


def test_what_does_not_parse_is_read_line_by_line_and_noted():
    text = '---\ntitle: "A "day" at sea"\nauthors:\n  - ada\ntags: [a, b\ndate: 2014-03-05\n---\nWords'

    found = split(text, ".md")

    assert found.notes == (DAMAGED,)
    assert found.values["authors"] == ["ada"]
    assert found.values["date"] == "2014-03-05"
    assert "day" in found.values["title"]
    assert found.body == "Words"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_values_within_values_without_end_are_read_line_by_line(opening):
    found = split(f"---\ntitle: A day\nodd:\n  {opening * 20_000}\n---\nWords", ".md")

    assert found.values["title"] == "A day"
    assert found.notes == (DAMAGED,)


def test_tabs_do_not_spoil_a_front_matter():
    found = split("---\ntitle: A day\nauthors:\n\t- ada\t\t\n---\nWords", ".md")

    assert found.values == {"title": "A day", "authors": ["ada"]}


def test_a_key_that_stands_twice_is_noted():
    found = split("---\ntitle: One\ntitle: Two\n---\n", ".md")

    assert (found.values, found.notes) == ({"title": "Two"}, (TWICE,))


@settings(max_examples=examples(200))
@given(st.text(max_size=300), st.sampled_from([".md", ".rst", ".html"]))
def test_no_text_is_too_broken_for_its_front_matter_to_be_looked_for(text, ending):
    for opening in ("", "---\n", "+++\n", "{"):
        found = split(opening + text, ending)
        assert isinstance(found.body, str)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=40),
        min_size=1,
    )
)
def test_every_value_of_a_well_formed_front_matter_comes_out(values):
    text = f"---\n{yaml.safe_dump(values, allow_unicode=True)}---\nWords"

    assert split(text, ".md").values == values
