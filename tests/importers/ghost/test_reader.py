"""An export is read in any order and version, or refused in one sentence that names the file, the place and the mend."""

import json
from datetime import UTC, datetime

import pytest

from standfirst.importers.errors import ArchiveDamaged, ImportRefused, NotAnArchive
from standfirst.importers.ghost.reader import read_posts, survey
from standfirst.importers.ghost.rows import parse_date
from standfirst.importers.recognising import recognise

from .exports import SITE_ID, by, export, filed, post, tag, user, write, write_json


def test_tables_are_read_in_any_order_of_the_file(tmp_path):
    content = export(
        post(1),
        users=[user("1"), user("2", "Bea Moor", "bea")],
        tags=[tag("t1", "Sea"), tag("t2", "Wind")],
        posts_tags=filed(1, "t2", "t1"),
        posts_authors=by(1, "2", "1"),
        posts_meta=[{"post_id": "1", "feature_image_alt": "A tide", "meta_title": None}],
    )
    data = content["db"][0]["data"]
    orders = [list(data), list(reversed(data)), sorted(data)]

    read = []
    for number, order in enumerate(orders):
        shuffled = {"db": [{"data": {name: data[name] for name in order}, "meta": {"version": "5.0"}}]}
        read.append(list(read_posts(survey(write_json(tmp_path, shuffled, name=f"{number}.json")))))

    assert read[0] == read[1] == read[2]
    (found,) = read[0]
    assert (found.authors, found.tags, found.meta.feature_image_alt) == (("2", "1"), ("t2", "t1"), "A tide")


@pytest.mark.parametrize(
    "wrap", [lambda data: {"data": data}, lambda data: data, lambda data: {"db": [{"data": data}]}]
)
def test_the_envelope_may_be_missing(tmp_path, wrap):
    content = wrap(export(post(1), post(2, type="page"))["db"][0]["data"])
    path = write_json(tmp_path, content)

    found = survey(path)

    assert recognise(path).name == "ghost"
    assert (found.articles, found.pages, found.site.title, found.site.identity) == (
        1,
        1,
        "The Lantern",
        SITE_ID,
    )


def test_the_first_versions_are_read(tmp_path):
    """Numbers for ids, milliseconds for dates, `page` for the type, `image` for the picture."""
    old = {
        "meta": {"exported_on": 1404740000000, "version": "003"},
        "data": {
            "posts": [
                {
                    "id": 7,
                    "title": "Old",
                    "slug": "old",
                    "markdown": "A *b*",
                    "html": "<p>A <em>b</em></p>",
                    "image": "/content/images/2014/Jul/a.jpg",
                    "page": 0,
                    "featured": 1,
                    "status": "published",
                    "author_id": 1,
                    "published_at": 1404738000000,
                }
            ],
            "users": [{"id": 1, "name": "Ada Quill", "slug": "ada", "image": "/content/images/ada.jpg"}],
            "tags": [{"id": 3, "name": "Sea", "slug": "sea"}],
            "posts_tags": [{"id": 1, "post_id": 7, "tag_id": 3}],
        },
    }

    (found,) = read_posts(survey(write_json(tmp_path, old)))

    assert (found.id, found.authors, found.tags, found.is_page, found.is_featured) == (
        "7",
        ("1",),
        ("3",),
        False,
        True,
    )
    assert found.image == "/content/images/2014/Jul/a.jpg"
    assert parse_date(found.published) == datetime(2014, 7, 7, 13, 0, tzinfo=UTC)


def test_authors_and_tags_may_stand_inside_the_posts(tmp_path):
    listed = {
        "posts": [
            {
                "id": "1",
                "title": "A",
                "slug": "a",
                "url": "https://lantern.example/a/",
                "authors": [
                    {"id": "2", "name": "Bea Moor", "slug": "bea"},
                    {"id": "1", "name": "Ada", "slug": "ada"},
                ],
                "tags": [{"id": "t", "name": "Sea", "slug": "sea"}, {"name": "", "slug": ""}],
                "primary_author": {"id": "2", "name": "Bea Moor", "slug": "bea"},
            }
        ],
        "meta": {"pagination": {"page": 1}},
    }

    found = survey(write_json(tmp_path, listed))

    (read,) = read_posts(found)
    assert (read.authors, read.tags) == (("2", "1"), ("t",))
    assert found.site.address == "https://lantern.example"


def test_an_author_the_export_does_not_hold_leaves_the_one_it_does(tmp_path):
    path = write(tmp_path, post(1), post(2, author="gone"), posts_authors=by(1, "gone") + by(2, "gone"))

    assert [found.authors for found in read_posts(survey(path))] == [("1",), ()]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = write(tmp_path, post(1, "Tide’s out"))
    whole = path.read_text(encoding="utf-8")

    for number, encoding in enumerate(("utf-8-sig", "utf-16")):
        marked = tmp_path / f"{number}.json"
        marked.write_text(whole, encoding=encoding)
        assert recognise(marked).name == "ghost"
        assert [found.title for found in read_posts(survey(marked))] == ["Tide’s out"]


MENU = [
    ('[{"url":"http://lantern.example/"},{"url":"http://lantern.example/about/"}]', "http://lantern.example"),
    ('[{"url":"/"},{"url":"https://shop.example/"}]', ""),
    ('[{"url":"__GHOST_URL__/"},{"url":"https://shop.example/"},{"url":"https://shop.example/x"}]', ""),
    ('[{"url":"http:\\\\/\\\\/lantern.example\\\\/"}]', "http://lantern.example"),
    ("not JSON", ""),
]


@pytest.mark.parametrize(("menu", "address"), MENU)
def test_the_menu_tells_the_sites_address_where_it_can(tmp_path, menu, address):
    path = write(tmp_path, post(1), settings=[{"key": "navigation", "value": menu.replace("\\\\", "\\")}])

    assert survey(path).site.address == address


WHOLE = json.dumps(export(post(1), post(2)))
BROKEN = [
    (
        WHOLE[:-60],
        r"ends too early, at line 1, byte \d+.* nothing was imported; the download was probably cut short",
    ),
    (WHOLE[: WHOLE.index('"post-2"')], r"ends too early.*in record 2 of “posts”"),
    (
        WHOLE.replace('"post-2"', "post-2"),
        r"is broken at line 1, byte \d+, in record 2 of “posts”; nothing was imported",
    ),
    (WHOLE + "}", r"is broken at line 1"),
    ("{\n\n" + WHOLE[1:].replace('"title"', "title", 1), r"is broken at line 3"),
]


@pytest.mark.parametrize(("text", "sentence"), BROKEN)
def test_a_damaged_export_is_refused_with_its_place(tmp_path, text, sentence):
    path = tmp_path / "lantern.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ArchiveDamaged, match=rf"^lantern\.json {sentence}"):
        survey(path)


@pytest.mark.parametrize(
    "text", ["[]", "3", '{"a": 1}', '{"users": []}', '{"db": [3]}', '{"posts": {"a": 1}}']
)
def test_other_json_is_refused(tmp_path, text):
    path = tmp_path / "lantern.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(NotAnArchive, match=r"^lantern\.json is JSON, but not a Ghost export"):
        survey(path)


@pytest.mark.parametrize("text", ["[1, 2]", '{"a": 1}'])
def test_other_json_is_not_taken_for_a_ghost_export(tmp_path, text):
    path = tmp_path / "lantern.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ImportRefused):
        recognise(path)
    assert recognise(path, stated="ghost").name == "ghost"


def test_a_record_beyond_reason_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("standfirst.importers.ghost.jsonstream.MOST_BYTES", 3_000_000)
    path = write(tmp_path, post(1), post(2, html="x" * 9_000_000))

    with pytest.raises(ArchiveDamaged, match="too large, in record 2 of “posts”"):
        survey(path)
