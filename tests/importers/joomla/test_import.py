"""Joomla's articles go in, and a magazine comes out."""

import json

import pytest
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from standfirst.contributors.models import Contributor
from standfirst.importers.errors import ImportRefused
from standfirst.importers.recognising import recognise
from tests.importers.dumps import dump

from .exports import SEA, answer, row, tables, write


def states():
    return dict(ArticlePage.objects.values_list("title", "live"))


def names():
    return set(Contributor.objects.values_list("display_name", flat=True))


def test_the_beginning_stands_before_the_rest_and_an_alias_beats_the_account(bring, tmp_path):
    one = row(
        1,
        "<p>Late.</p>",
        fulltext="<p>Then not.</p>",
        created_by_alias="Ada Quill and Cleo Wren",
        metadesc="A boat",
    )

    bring(write(tmp_path, tables(one)))

    article = ArticlePage.objects.get()
    assert [block["value"] for block in article.body.raw_data] == ["<p>Late.</p>", "<p>Then not.</p>"]
    assert (article.section.name, article.search_description) == ("Sea", "A boat")
    assert names() == {"Ada Quill", "Cleo Wren"}
    paths = set(Redirect.objects.values_list("old_path", flat=True))
    assert {"/sea/1-title-1", "/sea/title-1", "/index.php?id=1&option=com_content&view=article"} <= paths


def test_without_an_alias_the_name_of_the_account_is_read_and_nothing_else_of_it(bring, tmp_path):
    bring(write(tmp_path, tables(row(1, created_by_alias=""))))

    assert names() == {"Ben Marsh"}
    for private in ("sailor77", "ben@mail.example", "$2y$10$x"):
        assert private not in str(dump())


def test_a_table_of_users_that_is_missing_is_asked_for(bring, tmp_path):
    report = bring(write(tmp_path, tables(row(1, created_by_alias=""), users=[])))

    assert any("export the table of users" in warning for warning in report.warnings)


HIDDEN = SEA | {"published": "0"}


@pytest.mark.parametrize(
    "kept",
    [
        tables(row(1, state="0")),
        tables(row(1, state="7")),
        tables(row(1, state="")),
        tables(row(1, access="2")),
        tables(row(1, publish_down="2013-01-01 00:00:00")),
        tables(row(1), categories=[HIDDEN]),
        tables(row(1), categories=[SEA | {"access": "3"}]),
        tables(row(1), categories=[SEA | {"parent_id": "5"}, HIDDEN | {"id": "5"}]),
    ],
    ids=["unpublished", "odd", "not said", "registered", "ended", "category", "its access", "its parent"],
)
def test_what_was_not_for_everybody_is_a_draft(bring, tmp_path, kept):
    bring(write(tmp_path, kept))

    assert states() == {"Title 1": False}
    assert not Redirect.objects.filter(old_path__contains="title-1").exists()


def test_what_is_in_the_trash_is_left_out_and_what_waits_is_scheduled(bring, tmp_path):
    report = bring(write(tmp_path, tables(row(1, state="-2"), row(2, publish_up="2100-01-01 00:00:00"))))

    assert report.articles == {"scheduled": 1}
    assert ("articles", "in the trash") in {(group.kind, group.reason) for group in report.left_out}


def test_tags_stand_in_a_table_between(bring, tmp_path):
    between = [{"type_alias": "com_content.article", "content_item_id": "1", "tag_id": "3"}]

    bring(write(tmp_path, tables(row(1), contentitem_tag_map=between, tags=[{"id": "3", "title": "Tides"}])))

    assert [topic.name for topic in ArticlePage.objects.get().topics.all()] == ["Tides"]


def test_places_for_modules_print_nothing_and_the_lead_image_keeps_its_words(bring, tmp_path):
    images = json.dumps({"image_intro": "images/boat.jpg#joomlaImage://x", "image_intro_alt": "A boat"})
    text = '<p>It {loadposition ads}rained.</p><hr id="system-readmore" />'

    report = bring(write(tmp_path, tables(row(1, text, images=images))))

    body = str(ArticlePage.objects.get().body.raw_data)
    assert "It rained." in body
    assert "loadposition" not in body
    assert any("images/boat.jpg" in missing["file"] for missing in report.media["missing_files"])


def test_an_answer_of_the_web_services_says_where_it_goes_on(bring, tmp_path):
    report = bring(
        write(tmp_path, answer(row(1), row(2, state=0), following="https://lantern.example/api?page=2"))
    )

    assert states() == {"Title 1": True, "Title 2": False}
    assert any("goes on at https://lantern.example/api?page=2" in warning for warning in report.warnings)


def test_it_is_recognised_in_each_of_its_shapes(tmp_path):
    first = [{"type": "table", "name": "jos_assets", "data": [{"rules": "x" * 20_000}]}]
    late = [*tables()[:1], *first, *tables(row(1))[1:]]

    for shape in (tables(row(1)), [row(1)], answer(row(1)), late):
        assert recognise(write(tmp_path, shape)).name == "joomla"


def test_tables_of_another_system_are_refused_by_name(bring, tmp_path):
    path = write(
        tmp_path, [*tables()[:2], {"type": "table", "name": "wp_posts", "data": [{"post_title": "x"}]}]
    )

    with pytest.raises(ImportRefused, match="is a dump of a database"):
        bring(path)
