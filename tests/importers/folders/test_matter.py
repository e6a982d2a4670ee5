"""Front matter in every shape, kept as it was typed."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.importers.folders.headers import ODD
from standfirst.importers.folders.matter import DAMAGED, TWICE, WITHOUT_END, split
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
    assert found.notes == (WITHOUT_END,)


UNFOLDING = [
    "\n".join(
        ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
        + ["author: *a8"]
    ),
    "\n".join(
        ["a0: &a0 {b: x}"]
        + [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 12)]
        + ["author: *a11"]
    ),
    "author: &a [*a, *a]",
    "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 5000)), "author: *a4999"]),
]


@pytest.mark.parametrize("lines", UNFOLDING)
def test_aliases_that_unfold_without_end_are_not_unfolded(lines):
    found = split(f"---\ntitle: A day\n{lines}\n---\nWords", ".md")

    assert (found.values["title"], found.notes, found.body) == ("A day", (WITHOUT_END,), "Words")
    assert not found.values["author"]


def test_an_alias_that_people_write_is_what_it_stands_for():
    found = split("---\nauthor: &us [Ada Quill, Ben Marsh]\neditor: *us\n---\nWords", ".md")

    assert (found.values["editor"], found.notes) == (["Ada Quill", "Ben Marsh"], ())


# Headers no generator would take whole: what is read, what is text, and how many notes there are.
DAMAGED_HEADERS = [
    # Python-Markdown takes a key without a space behind it; others do not.
    (
        "Title: A day\nMail: a@b.example\nGravatarid:57db\nSlug: day\n\nWords",
        {"title": "A day", "mail": "a@b.example", "gravatarid": "57db", "slug": "day"},
        "Words",
        1,
    ),
    # Set in by two spaces, or by a tab.
    ("Title: A day\nTags: a,\n  b,\n\tc\n\nWords", {"title": "A day", "tags": "a, b, c"}, "Words", 0),
    # A line that is none, among lines that are.
    ("Title: A day\nMail a@b.example\nSlug: day\n\nWords", {"title": "A day", "slug": "day"}, "Words", 1),
    ("Title: A day\nSlug: day\nmail = a@b.example\n\nWords", {"title": "A day", "slug": "day"}, "Words", 1),
    # The text begins without an empty line.
    (
        "Title: A day\nSlug: day\nIt rained.\n\nMore.",
        {"title": "A day", "slug": "day"},
        "It rained.\n\nMore.",
        0,
    ),
    # Nobody knows its keys, and it is a header all the same.
    (
        "Titre: Un jour\nPubli: 2014-03-05\nAuteur: Ada\n\nWords",
        {"titre": "Un jour", "publi": "2014-03-05", "auteur": "Ada"},
        "Words",
        0,
    ),
    # Fences: none to begin with, none to end with, of other lengths, twice, with a language.
    ("title: A day\ntags:\n- a\n- b\n---\nWords", {"title": "A day", "tags": ["a", "b"]}, "Words", 0),
    ("---\ntitle: A day\nslug: day\n\nWords", {"title": "A day", "slug": "day"}, "Words", 1),
    ("-----\ntitle: A day\n-----\nWords", {"title": "A day"}, "Words", 0),
    (" \n\ufeff---\ntitle: A day\n---\nWords", {"title": "A day"}, "Words", 0),
    (
        "---\ntitle: A day\n---\n\n---\ntitle: A night\nslug: day\n---\nWords",
        {"title": "A day", "slug": "day"},
        "Words",
        1,
    ),
    ('---json\n{"title": "A day"}\n---\nWords', {"title": "A day"}, "Words", 0),
    (';;;\n"title": "A day"\n;;;\nWords', {"title": "A day"}, "Words", 0),
    (
        '---js\n{\n  title: "A day",\n  at: () => 1,\n}\n---\nWords',
        {"title": "A day", "at": "() => 1"},
        "Words",
        1,
    ),
    ('{\n  "title": "A day",\n  "slug": "day\n}\nWords', {"title": "A day", "slug": "day"}, "Words", 1),
    ("---\ntitle: A day\nodd: " + "x" * 200_001 + "\n---\nWords", {}, "Words", 1),
]


@pytest.mark.parametrize(("text", "values", "body", "notes"), DAMAGED_HEADERS)
def test_what_looks_like_a_header_is_never_text(text, values, body, notes):
    found = split(text, ".md")

    assert (dict(found.values), found.body) == (values, body)
    assert len(found.notes) == notes


def test_an_odd_line_of_a_header_is_named_without_an_address_of_mail():
    found = split("Title: A day\nMail a@b.example\nSlug: day\n\nWords", ".md")

    assert found.notes == (ODD.format("Mail …"),)


def test_an_odd_line_among_fields_is_none_of_the_text():
    text = "A day\n#####\n\n:date: 2014-03-05\n:mail a@b.example\nslug day\n:tags: a\n\nWords."

    found = split(text, ".rst")

    assert found.values == {"date": "2014-03-05", "tags": "a"}
    assert (found.body.split(), len(found.notes)) == (["A", "day", "#####", "Words."], 2)


# What only begins like a header.
TEXTS = [
    "Note: this is prose\nand goes on.",
    "http://lantern.example\n\nWords",
    "Serves: four\nTakes: an hour\nCosts: little\n\nBoil it.",
    "---\n\nA rule above, and one below.\n\n---\n\nWords",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_only_begins_like_a_header_is_text(text):
    assert split(text, ".md").body == text


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
