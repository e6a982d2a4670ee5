"""Whoever subscribed to a magazine's feed before it moved here is sent nothing as new that they have."""

import json

import pytest
from wagtail.models import Page

from standfirst.articles.models import ArticlePage
from standfirst.feeds.actions import keep_entry_ids
from standfirst.feeds.models import EntryId
from tests.factories import a_magazine, an_article
from tests.feeds.reading import KINDS, document
from tests.importers.conftest import bring, magazine  # noqa: F401 - fixtures
from tests.importers.exports import post as wordpress_post
from tests.importers.exports import write as wordpress_export
from tests.importers.feeds import feeds
from tests.importers.ghost import exports as ghost

pytestmark = pytest.mark.django_db


def ids(kind: str) -> set[str]:
    return {entry.id for entry in document(f"/articles/feed.{kind}").entries}


def test_an_article_is_called_what_it_was_called():
    a_magazine()
    old, new = an_article(), an_article()

    assert keep_entry_ids({old.pk: " https://old.example/?p=7 "}) == 1

    own = f"urn:uuid:{Page.objects.get(pk=new.pk).translation_key}"
    for kind in KINDS:
        assert [entry.id for entry in document(f"/articles/feed.{kind}").entries] == [
            own,
            "https://old.example/?p=7",
        ]


def test_what_can_be_no_iri_is_kept_where_it_may_be():
    a_magazine()
    article = an_article()
    keep_entry_ids({article.pk: "post 7"})

    assert ids("rss") == ids("json") == {"post 7"}
    assert ids("atom") == {f"urn:uuid:{Page.objects.get(pk=article.pk).translation_key}"}


def test_an_id_is_given_once_and_for_good():
    a_magazine()
    first, second, third = an_article(), an_article(), an_article()

    keep_entry_ids({first.pk: "tag:a", second.pk: "tag:a", third.pk: ""})
    keep_entry_ids({first.pk: "tag:b", second.pk: "tag:a", third.pk: "x" * 501})

    assert dict(EntryId.objects.values_list("article", "value")) == {first.pk: "tag:a"}


def test_an_article_that_is_deleted_takes_its_id_with_it():
    a_magazine()
    article = an_article()
    keep_entry_ids({article.pk: "tag:a"})

    Page.objects.get(pk=article.pk).delete()

    assert not EntryId.objects.exists()


def test_wordpress_guids_are_kept(bring, tmp_path):  # noqa: F811
    bring(wordpress_export(tmp_path, wordpress_post(7, "One"), wordpress_post(8, "Two", status="draft")))

    assert ids("rss") == ids("atom") == {"https://lantern.example/?p=7"}


def test_the_ids_of_feeds_are_kept(bring, tmp_path):  # noqa: F811
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "one.xml").write_text(feeds.rss(feeds.item(1), feeds.item(2)), encoding="utf-8")

    bring(folder)

    assert ids("rss") == {"tag:1", "tag:2"}


@pytest.mark.parametrize(
    ("fields", "called"),
    [
        ({"number": "5f2a8a42e0a4a528a3f3d2f6", "uuid": "u-1"}, "5f2a8a42e0a4a528a3f3d2f6"),
        (
            {"number": "12", "uuid": "5fa2a8a4-2e0a-4a52-8a3f-3d2f6c0e1a11"},
            "5fa2a8a4-2e0a-4a52-8a3f-3d2f6c0e1a11",
        ),
    ],
)
def test_ghosts_ids_are_kept(bring, tmp_path, fields, called):  # noqa: F811
    path = tmp_path / "ghost.json"
    path.write_text(json.dumps(ghost.export(ghost.post(**fields))), encoding="utf-8")

    bring(path)

    assert ids("rss") == {called}


@pytest.mark.parametrize(
    ("files", "called"),
    [
        (
            {
                "_config.yml": "url: https://lantern.example\nbaseurl: /mag\npermalink: /:year/:month/:title.html\n",
                "_posts/2020-03-01-flood.md": "---\ntitle: Flood\n---\nWords.\n",
            },
            "https://lantern.example/mag/2020/03/flood",
        ),
        (
            {
                "_config.yml": "url: https://lantern.example\n",
                "_posts/2020-03-01-flood.md": "---\ntitle: Flood\nguid: https://old.example/?p=9\n---\nWords.\n",
            },
            "https://old.example/?p=9",
        ),
        (
            {
                "hugo.toml": 'baseURL = "https://lantern.example/"\ntitle = "L"\n',
                "content/posts/flood.md": '+++\ntitle = "Flood"\ndate = 2020-03-01\n+++\nWords.\n',
            },
            "https://lantern.example/posts/flood/",
        ),
    ],
)
def test_what_generators_call_a_text_is_kept(bring, tmp_path, files, called):  # noqa: F811
    for name, words in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")

    bring(tmp_path / "site")

    assert ids("rss") == {called}


def test_an_import_run_again_brings_back_what_is_missing_and_changes_nothing_else(bring, tmp_path):  # noqa: F811
    path = wordpress_export(tmp_path, wordpress_post(7, "One"))
    bring(path)
    before = list(EntryId.objects.values_list())
    # As of a magazine that was imported before feeds kept their ids.
    EntryId.objects.all().delete()

    report = bring(path)

    assert list(EntryId.objects.values_list()) == before
    assert (report.created, report.updated) == ({}, {})
    assert ArticlePage.objects.count() == 1
