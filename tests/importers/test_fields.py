"""What fields beside a post hold, by what they hold: the standfirst, what search engines were given, and the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Rules
from standfirst.importers.reading.fields import stated
from standfirst.importers.wordpress.fields import flattened
from standfirst.importers.wordpress.format import WORDPRESS
from standfirst.importers.wordpress.phpvalues import read_php
from standfirst.importers.wordpress.reader import read_posts, survey

from .exports import post, write

SENTENCES = (
    "Steel, a mayor and a bill.",
    "What the tide left behind it.",
    "Nobody asked the ferryman, of course.",
)


def read(tmp_path, *metas, rules=()):
    posts = (post(number, meta=tuple(meta)) for number, meta in enumerate(metas, 1))
    said = Rules(stated(rules, WORDPRESS.uses))
    found = survey(write(tmp_path, *posts), rules=lambda site: said)
    return found.fields, list(read_posts(found))


@pytest.mark.parametrize("name", ["td_subtitle", "deck", "article_dek", "vorspann", "hjhgfd"])
def test_a_field_that_says_something_else_of_each_post_is_its_standfirst(tmp_path, name):
    fields, posts = read(tmp_path, *([(name, sentence)] for sentence in SENTENCES))

    assert [fields.standfirst(post) for post in posts] == list(SENTENCES)
    assert not any(fields.unread(post) for post in posts)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("photo_caption", "The ferry at the quay."),
        ("mood", "calm"),
        ("subtitle_color", "#ff0000"),
        ("deck", "1"),
    ],
)
def test_a_field_that_says_it_of_something_else_is_counted_and_not_printed(tmp_path, name, value):
    fields, posts = read(tmp_path, [(name, value)])

    assert fields.standfirst(posts[0]) == ""
    assert fields.unread(posts[0]) == {name: value}
    assert [(left.name, left.count, left.example) for left in fields.left] == [(name, 1, value)]


def test_an_editor_s_word_goes_before_what_is_weighed(tmp_path):
    meta = [("author", "Cleo Wren"), ("mood", "calm"), ("deck", "A long way down."), ("big", "Ferry sinks")]

    fields, (post,) = read(
        tmp_path, meta, rules=("author=nothing", "mood=standfirst", "deck=translator", "Big=headline")
    )

    assert (fields.standfirst(post), fields.headline(post)) == ("calm", "Ferry sinks")
    assert [(byline.raw, byline.role) for byline in fields.byline(post)] == [
        ("A long way down.", "translator")
    ]
    assert fields.unread(post) == {"author": "Cleo Wren"}


def test_a_use_that_no_field_of_wordpress_has_is_refused(tmp_path):
    with pytest.raises(ImportRefused, match="mood=weather"):
        read(tmp_path, [], rules=("mood=weather",))


def test_what_a_plugin_keeps_from_editors_is_told_of_together(tmp_path):
    fields, _ = read(tmp_path, [("_acme_one", "1"), ("_acme_two", "2")], [("_acme_one", "3")])

    assert [(left.name, left.count) for left in fields.left] == [("_acme_…", 3)]


def test_what_every_post_says_alike_is_no_standfirst(tmp_path):
    fields, posts = read(tmp_path, *([("intro", "Subscribe to our letter, please.")] for _ in range(5)))

    assert fields.standfirst(posts[0]) == ""


def test_what_search_engines_were_given_is_for_search_engines(tmp_path):
    fields, posts = read(tmp_path, [("_yoast_wpseo_metadesc", "A bridge &amp; a bill.")])

    assert (fields.standfirst(posts[0]), fields.description(posts[0])) == ("", "A bridge & a bill.")


def test_fields_within_fields_have_both_names_and_bookkeeping_has_none(tmp_path):
    meta = (
        ("settings", 'a:2:{s:8:"subtitle";s:7:"Größe";s:4:"more";a:1:{s:6:"review";s:4:"Good";}}'),
        ("rows_0_text", "One"),
        ("rows_1_text", "Two"),
        ("_rows_0_text", "field_5f0123456789a"),
        ("_edit_lock", "1:1"),
    )

    _, (post,) = read(tmp_path, meta)

    assert flattened(post) == {
        "settings.subtitle": "Größe",
        "settings.more.review": "Good",
        "rows_#_text": "One, Two",
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a:1:{s:3:"key";s:7:"Größe";}', {"key": "Größe"}),
        ("a:2:{i:0;i:7;i:1;b:1;}", {"0": "7", "1": "1"}),
        ('a:1:{s:1:"a";N;}', {"a": ""}),
        ('a:1:{s:1:"a";s:99:"short";}', None),
        ('a:1:{s:1:"a";O:8:"stdClass":0:{}}', None),
        ("words", None),
    ],
)
def test_php_s_values_are_read_and_its_objects_are_not(text, value):
    assert read_php(text) == value


@given(st.text(alphabet='a:s:i:0123456789{};"N', max_size=80))
def test_no_value_is_too_broken_to_look_at(text):
    read_php(text)
    read_php("a:1:{" + text)
