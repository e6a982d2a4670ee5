"""What is concluded from all of a folder, and not from one field, name or place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.importers.errors import ImportRefused
from standfirst.importers.folders.fields import Known, flattened, weigh
from standfirst.importers.reading.archive import Opening, Rules
from standfirst.importers.reading.fields import stated
from standfirst.importers.reading.records import Publicity
from standfirst.importers.recognising import recognise

from .sites import NOW, names, opened, post, site

HUGO = 'baseURL = "https://lantern.example"\ntitle = "The Lantern"\n'
PEOPLE = ("Ada Quill", "Ben Marsh", "Cleo Wren", "Dora Penn")


def opened_with(path, *, fields=(), articles=(), pages=()):
    rules = Rules(stated(fields), articles, pages)
    archive = recognise(path).open(path, Opening(zone=NOW.tzinfo, now=NOW, rules=lambda site: rules))
    archive.settle_sections("", is_stated=False)
    return archive


def drafts_of(archive):
    return {draft.headline: draft for draft in archive.drafts(processes=1)}


def test_a_taxonomy_whose_pages_are_of_people_is_the_byline_whatever_it_is_called(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "hugo.toml": HUGO + '[taxonomies]\nscribe = "scribes"\ntag = "tags"\n',
            "content/scribes/ada-quill/_index.md": "---\ntitle: Ada Quill\n---\nAda writes.\n",
            "content/scribes/ben-marsh/_index.md": "---\ntitle: Ben Marsh\n---\nBen writes.\n",
            "content/tags/open-sea/_index.md": "---\ntitle: The Open Sea\n---\n",
            "content/blog/a.md": post(
                "A", date="2019-03-04", scribes="[Ada Quill, ben marsh]", tags="[open-sea]"
            ),
            "content/blog/b.md": post("B", date="2019-03-05", scribes="[ada quill]", tags="[open-sea]"),
        },
    )

    archive = opened(folder)
    found = drafts_of(archive)

    assert names(archive, found["A"]) == [("Ada Quill", "author"), ("Ben Marsh", "author")]
    assert names(archive, found["B"]) == [("Ada Quill", "author")]
    assert found["B"].topic_keys == ("tag:open-sea",)
    assert archive.term("tag:open-sea").name == "The Open Sea"
    assert any("“scribes” is read as the byline" in said for said in archive.conclusions)


def test_ids_in_a_field_of_any_name_are_those_of_the_author_file(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "_config.yml": "title: The Lantern\n",
            "_data/crew.yml": "aq:\n  name: Ada Quill\nbm:\n  name: Ben Marsh\n",
            **{
                f"_posts/2019-03-0{n}-x.md": post(f"P{n}", author_ids=f"[{number}]")
                for n, number in enumerate(("aq", "bm", "aq"), 1)
            },
        },
    )

    archive = opened(folder)

    assert [names(archive, draft) for draft in archive.drafts(processes=1)] == [
        [("Ada Quill", "author")],
        [("Ben Marsh", "author")],
        [("Ada Quill", "author")],
    ]


def test_people_beside_a_byline_are_no_authors():
    texts = [{"author": "Ada Quill", "people": [name]} for name in PEOPLE]

    found = weigh(texts, Known(names={"ada quill", "ben marsh", "cleo wren", "dora penn"}))

    assert dict(found.bylines) == {}
    assert found.unread(texts[0]) == {"people": "Ada Quill"}


@pytest.mark.parametrize("name", ["preview", "blurb", "intro", "strapline"])
def test_a_sentence_in_each_text_is_its_standfirst_whatever_the_field_is_called(name):
    texts = [{name: f"A boat and quarrel number {n}, told by two."} for n in range(4)]

    found = weigh(texts, Known())

    assert found.applied(texts[1])["standfirst"] == "A boat and quarrel number 1, told by two."


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("image_alt", ["A boat at sea in the rain.", "A quay at night, empty.", "Two boats in the harbour."]),
        ("licence", ["All of it may be copied by all."] * 3),
        ("preview", ["/img/a.png", "/img/b.png", "/img/c.png"]),
        ("preview", ["true", "false", "true"]),
    ],
)
def test_what_is_said_of_something_else_or_in_all_texts_alike_is_no_standfirst(name, values):
    texts = [{name: value} for value in values]

    assert weigh(texts, Known()).applied(texts[0]).get("standfirst", "") == ""


def test_an_editor_says_what_a_field_is_and_is_believed(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "content/a.md": post(
                "A", date="2019-03-04", hand="Ada Quill", into="Ben Marsh", gist="A boat.", author="x"
            ),
            "hugo.toml": HUGO,
        },
    )

    archive = opened_with(
        folder, fields=("hand=byline", "into=translator", "gist=standfirst", "author=nothing")
    )
    draft = drafts_of(archive)["A"]

    assert names(archive, draft) == [("Ada Quill", "author"), ("Ben Marsh", "translator")]
    assert draft.standfirst == "A boat."
    assert dict(draft.unread) == {"author": "x"}


@pytest.mark.parametrize("rule", ["people", "people=", "=byline", "people=hero"])
def test_a_rule_that_is_none_is_refused_by_its_words(rule):
    with pytest.raises(ImportRefused, match="--field takes"):
        stated([rule])


def test_every_field_that_is_not_read_is_counted_with_an_example_and_kept(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "a.md": post("A", date="2019-03-04", author="Ada Quill", mood="{colour: grey, tide: low}"),
            "b.md": post("B", date="2019-03-05", author="Ada Quill", mood="calm"),
        },
    )

    archive = opened(folder)

    assert [(one.name, one.count, one.example) for one in archive.unread] == [
        ("mood", 2, "colour: grey; tide: low")
    ]
    assert [dict(draft.unread) for draft in archive.drafts(processes=1)] == [
        {"mood": "colour: grey; tide: low"},
        {"mood": "calm"},
    ]


def test_a_layout_that_every_post_has_makes_no_pages_of_them(tmp_path):
    posts = {
        f"content/posts/{n}.md": post(f"P{n}", date=f"2021-07-0{n}", authors="[Ada Quill]", layout="page")
        for n in (1, 2, 3)
    }
    folder = site(
        tmp_path / "m", {"hugo.toml": HUGO, "content/about.md": post("About", layout="page"), **posts}
    )

    archive = opened(folder)

    assert {draft.headline: draft.is_page for draft in archive.drafts(processes=1)} == {
        "About": True, "P1": False, "P2": False, "P3": False,
    }  # fmt: skip
    assert (
        "3 articles, because they are dated and signed, although they say `layout: page`"
        in archive.conclusions
    )


def test_an_editor_says_which_paths_are_pages_and_which_articles(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "hugo.toml": HUGO,
            "content/posts/a.md": post("A", date="2021-07-01", author="Ada Quill"),
            "content/notes/b.md": post("B", date="2021-07-01", author="Ada Quill"),
            "content/c.md": post("C", layout="page", date="2021-07-01"),
        },
    )

    found = drafts_of(opened_with(folder, articles=("content/c.md",), pages=("content/notes/*",)))

    assert {name: draft.is_page for name, draft in found.items()} == {"A": False, "B": True, "C": False}


def test_a_folder_in_which_nothing_is_dated_holds_pages(tmp_path):
    manual = {f"docs/manual/{n}.md": f"# Chapter {n}\n\nWords.\n" for n in range(4)}
    folder = site(
        tmp_path / "m",
        {
            "mkdocs.yml": "site_name: The Lantern\nsite_url: https://lantern.example\n",
            "docs/blog/posts/a.md": "---\ndate:\n  created: 2022-05-01\n  updated: 2022-05-03\nauthors: [ada]\n---\n# A\n\nWords.\n",
            "docs/blog/.authors.yml": "authors:\n  ada:\n    name: Ada Quill\n",
            "README.md": "# About this folder\n",
            **manual,
        },
    )

    archive = opened(folder)
    found = drafts_of(archive)

    assert [name for name, draft in found.items() if not draft.is_page] == ["A"]
    assert all(draft.publicity is Publicity.LIVE for draft in found.values())
    assert names(archive, found["A"]) == [("Ada Quill", "author")]
    assert f"{found['A'].published_at:%Y-%m-%d} {found['A'].updated_at:%Y-%m-%d}" == "2022-05-01 2022-05-03"


def test_an_article_may_be_called_a_template_and_be_short(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "hugo.toml": HUGO,
            "content/news/2022-06-10-charter-template.md": post(
                "Charters",
                "",
                date="2022-06-08",
                author="Ada Quill",
                source_url="https://elsewhere.example/story",
            ),
        },
    )

    [draft] = opened(folder).drafts(processes=1)

    assert [block.value for block in draft.body] == [
        '<p><a href="https://elsewhere.example/story">elsewhere.example</a></p>'
    ]
    assert dict(draft.unread) == {"source_url": "https://elsewhere.example/story"}


values = st.recursive(
    st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.text(min_size=1, max_size=8), values, max_size=5), max_size=4))
def test_no_field_is_lost_whatever_it_holds(texts):
    flat = [flattened(one) for one in texts]
    found = weigh(flat, Known())

    for one in flat:
        unread = found.unread(one)
        read = {name for name in one if name not in unread}
        assert set(unread) | read == set(one)
        assert all(words for words in unread.values())
