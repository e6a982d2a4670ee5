"""What addresses things had, as far as the export and the files beside it say."""

import json
from datetime import UTC, datetime

import pytest

from standfirst.importers.ghost.addresses import Addressed, _plain_path, addresses_of

POST = Addressed("tides", "7", datetime(2015, 3, 1, 23, 30, tzinfo=UTC), "ada", "sea")


def paths(folder, **settings):
    found = addresses_of(folder / "export.json", settings, "")
    return [path for path in found.of_post(POST) if not path.endswith("/amp/")]


def test_a_post_is_at_its_slug(tmp_path):
    assert paths(tmp_path) == ["/tides/"]
    assert "/tides/amp/" in list(addresses_of(tmp_path / "export.json", {}, "").of_post(POST))


def test_dated_addresses_are_of_the_old_sites_own_days(tmp_path):
    assert paths(tmp_path, permalinks="/:year/:month/:day/:slug/", active_timezone="Europe/Paris") == [
        "/2015/03/02/tides/",
        "/tides/",
    ]


def test_routes_beside_the_export_are_read(tmp_path):
    (tmp_path / "routes.yaml").write_text(
        "collections:\n  /notes/:\n    permalink: /notes/{primary_tag}/{slug}/\n    filter: tag:sea\n"
        "taxonomies:\n  tag: /about/{slug}/\n  author: /by/{slug}/\n",
        encoding="utf-8",
    )
    found = addresses_of(tmp_path / "export.json", {}, "/blog")

    assert [path for path in found.of_post(POST) if "amp" not in path] == [
        "/blog/notes/sea/tides/",
        "/blog/tides/",
    ]
    assert list(found.of_tag("sea")) == ["/blog/about/sea/", "/blog/tag/sea/"]
    assert list(found.of_author("ada")) == ["/blog/by/ada/", "/blog/author/ada/"]
    assert found.collections == ("/notes/",)


RULES = [
    ("/old/", "/old/"),
    ("^/old/?$", "/old/"),
    ("^\\/old\\/path\\/?$", "/old/path/"),
    ("/old-url/i", "/old-url"),
    ("/archiv/2014/über-uns", "/archiv/2014/über-uns"),
    ("/old/(.*)", ""),
    ("^/[0-9]+/$", ""),
    ("/", ""),
    ("", ""),
]


@pytest.mark.parametrize(("rule", "path"), RULES)
def test_a_redirect_of_one_path_is_told_from_a_pattern(rule, path):
    assert _plain_path(rule) == path


def test_redirects_beside_the_export_are_read_in_either_form(tmp_path):
    as_json, as_yaml = tmp_path / "a", tmp_path / "b"
    for folder in (as_json, as_yaml):
        (folder / "data").mkdir(parents=True)
    rules = [
        {"from": "/old/", "to": "/new/", "permanent": True},
        {"from": "/x/(.*)", "to": "/y/$1"},
        {"from": "/a/", "to": "http://["},
        {"from": 3},
        4,
    ]
    (as_json / "data/redirects.json").write_text(json.dumps(rules), encoding="utf-8")
    (as_yaml / "redirects.yaml").write_text(
        "301:\n  /old/: /new/\n302:\n  /x/(.*): /y/$1\n  /a/: javascript:x\n", encoding="utf-8"
    )

    for folder in (as_json, as_yaml):
        found = addresses_of(folder / "export.json", {}, "")
        assert [(old.path, old.to) for old in found.redirects] == [("/old/", "/new/")]
        assert found.patterns == ("/x/(.*)", "/a/")


@pytest.mark.parametrize("text", ["{[", "a: &a [*a]", "!!python/object:os.system x", "3", "\x00"])
def test_a_file_beside_that_cannot_be_read_is_said_and_left(tmp_path, text):
    (tmp_path / "redirects.yaml").write_text(text, encoding="utf-8")

    found = addresses_of(tmp_path / "export.json", {}, "")

    assert found.redirects == ()
