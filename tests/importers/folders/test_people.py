"""Who wrote what: fields in every shape, lines of the text, profiles, and names nobody has."""

import pytest

from standfirst.importers.folders import dates
from standfirst.importers.folders.bylines import RawEntry, in_matter, in_text
from standfirst.importers.folders.fields import flattened

from .sites import drafts, names, opened, post, site

FIELDS = [
    ({"author": "Ada Quill"}, ["Ada Quill"]),
    ({"authors": ["Ada Quill", "Ben Post"]}, ["Ada Quill", "Ben Post"]),
    ({"author": "Quill, Ada; Post, Ben"}, ["Ada Quill", "Ben Post"]),
    ({"author": {"name": "Ada Quill", "url": "https://ada.example"}}, ["Ada Quill"]),
    ({"author": {"first_name": "Ada", "last_name": "Quill"}}, ["Ada Quill"]),
    ({"authors": [{"name": "Ada Quill"}, "Ben Post"]}, ["Ada Quill", "Ben Post"]),
    ({"authors": {"ada": {"role": "x"}, "ben": {}}}, ["ada", "ben"]),
    ({"Guest-Author": "Cleo Finch"}, ["Cleo Finch"]),
    ({"taxonomies": {"authors": ["Ada Quill"]}}, ["Ada Quill"]),
    ({"extra": {"author": "Ada Quill"}}, ["Ada Quill"]),
    ({"author": "true"}, []),
    ({"author": ""}, []),
    ({"author": "null"}, []),
]


@pytest.mark.parametrize(("values", "raws"), FIELDS)
def test_people_are_found_in_fields_of_every_shape(values, raws):
    assert [entry.raw for entry in in_matter(flattened(values))] == raws


LINES = [
    (
        '#### Contributed by [Ada Quill](https://a.example "Ada"), [Ben Post](https://b.example)',
        "Contributed by Ada Quill, Ben Post",
    ),
    ("**By Ada Quill**", "By Ada Quill"),
    ("*Words by Ada Quill, photographs by Ben Post*", "Words by Ada Quill, photographs by Ben Post"),
    ("作者：张三 / 后期编辑：李四", "作者：张三 / 后期编辑：李四"),
    ("> * 译者：[zhang](https://z.example)", "译者：zhang"),
    ("Author: Ada Quill", "Author: Ada Quill"),
]


@pytest.mark.parametrize(("line", "raw"), LINES)
def test_a_line_at_the_top_that_says_who_made_a_text_is_its_byline(line, raw):
    found = in_text(f"\n{line}\n\nThe river rose.\n", lambda words: False)

    assert [entry.raw for entry in found.entries] == [raw]
    assert found.body.strip() == "The river rose."


PROSE = [
    "By Monday the river had risen above the bridge.",
    "By the time they came, it was over. Nobody had seen it.",
    "作者通常想要在他们的论文中包含他们所属的机构：这个选项并没有。",
    "The words by which we live are few.",
    "Written by the Harbour Group, the handbook provides plain advice for those who begin to row.",
    "Photographs by nobody in particular were found, and were hung in the hall of the old school",
    "Story: how the river came over the bridge and what was left of the town.",
    "Edited by hand, the minutes of the meeting were read aloud to everybody who came.",
]


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_is_no_byline(line):
    found = in_text(f"{line}\n\nMore.\n", lambda words: False)

    assert (found.entries, found.body.startswith(line)) == ((), True)


def test_credits_below_the_text_are_found_by_their_company():
    body = "Words.\n\n---\n\nvia: https://x.example\n\n作者：[SK][a]\n译者：[leemeans](https://l.example)\n\n[a]: https://sk.example\n"

    found = in_text(body, lambda words: False)

    assert found.entries == (
        RawEntry("作者：SK", "body", links=(("SK", "https://sk.example"),)),
        RawEntry("译者：leemeans", "body", links=(("leemeans", "https://l.example"),)),
    )
    assert "作者" not in found.body


def test_a_line_may_say_the_date():
    found = in_text(
        "#### Publication date: April 20, 2019\n\nWords.", lambda words: dates.parse(words) is not None
    )

    assert (found.date, found.body.strip()) == ("April 20, 2019", "Words.")


def test_ids_are_resolved_in_the_authors_file(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "_config.yml": "title: T",
            "_data/people.yaml": "ada:\n  name: Ada Quill\n  sort_name: Quill\n  role: Editor\n  bio: >\n    Ada *edits*.\n  email: ada@lantern.example\n  twitter: ada\n",
            "_posts/2014-03-05-a.md": post("A", author="ada"),
            "_posts/2014-03-06-b.md": post("B", **{"guest-author": "Cleo Finch"}),
        },
    )

    archive = opened(folder)
    found = {draft.headline: draft for draft in archive.drafts(processes=1)}

    [ada] = [person for person in archive.contributors if person.display_name == "Ada Quill"]
    assert names(archive, found["A"]) == [("Ada Quill", "author")]
    assert names(archive, found["B"]) == [("Cleo Finch", "author")]
    assert (ada.sort_name, ada.emails, [link.url for link in ada.links]) == (
        "Quill, Ada",
        ("ada@lantern.example",),
        ["https://twitter.com/ada"],
    )
    assert "<em>edits</em>" in ada.biography
    assert "lantern.example" not in ada.biography


def test_profiles_may_be_texts_of_their_own_in_several_languages(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "hugo.toml": 'baseURL = "https://lantern.example"',
            "content/author/ada-quill/_index.md": "---\nname: Ada Quill\norcid: 0000-0002-1825-0097\n---\n",
            "content/author/ada-quill/_index.es.md": "---\nname: Ada Quill\nbio: Escribe.\n---\n",
            "content/author/new/_index.md": '---\nname: "{{name}}"\n---\n',
            "content/author/_index.md": "---\ntitle: Authors\n---\n",
            "content/blog/2014-03-05-a.md": post("A", author="Ada Quill", editor="Ben Post"),
        },
    )

    archive = opened(folder)
    [draft] = archive.drafts(processes=1)

    assert names(archive, draft) == [("Ada Quill", "author"), ("Ben Post", "editor")]
    assert sorted(person.display_name for person in archive.contributors) == ["Ada Quill", "Ben Post"]
    assert any("never filled in" in left.reason for left in archive.left_out())


def test_where_everybody_is_an_id_names_are_made_and_said_to_be(tmp_path):
    authors = ("melody", "nick", "ada-quill", "ben-post-guest", "robert", "carolyn")
    folder = site(
        tmp_path / "m",
        {f"posts/2014-03-0{n}-x.md": post(f"P{n}", authors=f"[{name}]") for n, name in enumerate(authors, 1)},
    )

    people = opened(folder).contributors

    assert all(person.is_name_derived for person in people)
    assert {"Melody", "Ada Quill"} <= {person.display_name for person in people}


def test_people_of_the_template_and_unfinished_names_are_nobody(tmp_path):
    folder = site(
        tmp_path / "m",
        {
            "_config.yml": "title: T",
            "_posts/2014-03-05-a.md": "---\ntitle: A\nauthors:\n  - name: Albert Einstein\n    affiliations:\n      name: IAS, Princeton\n---\nWords",
            "_posts/2014-03-06-b.md": post("B", author='"{{ your_name }}"'),
        },
    )

    found = drafts(folder)

    assert [draft.credits for draft in found.values()] == [(), ()]
    assert any("template it was made from" in note for note in found["A"].notes)
    assert any("unfinished" in note for note in found["B"].notes)


def test_an_affiliation_is_printed_with_that_article(tmp_path):
    text = "---\ntitle: A\ndate: 2014-03-05\nauthors:\n  - name: Ada Quill\n    affiliations:\n      name: The Lantern\n---\nWords"

    [draft] = drafts(site(tmp_path / "m", {"a.md": text})).values()

    assert [credit.printed_note for credit in draft.credits] == ["The Lantern"]


def test_a_role_nobody_has_here_is_the_nearest_and_said(tmp_path):
    folder = site(
        tmp_path / "m", {"a.md": post(date="2014-03-05", author="Ada Quill", interviewee="Ben Post")}
    )

    archive = opened(folder)
    [draft] = archive.drafts(processes=1)

    assert names(archive, draft) == [("Ada Quill", "author"), ("Ben Post", "contributor")]
    assert any("interviewee" in note for note in draft.notes)


def test_who_chose_the_subject_is_no_author(tmp_path):
    text = "# 题\n\n作者：Ada Quill\n选题：Ben Post\n\nWords.\n"

    archive = opened(site(tmp_path / "m", {"2014-03-05 a.md": text}))
    [draft] = archive.drafts(processes=1)

    assert names(archive, draft) == [("Ada Quill", "author"), ("Ben Post", "contributor")]
