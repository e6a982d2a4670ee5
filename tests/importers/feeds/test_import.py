"""Feeds go in, and a magazine comes out."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.importers.errors import ImportRefused
from standfirst.importers.recognising import recognise
from tests.importers.dumps import dump

from .feeds import LINK, atom, entry, item, rss, write


def test_a_feed_comes_home(bring, tmp_path):
    authors = (
        "<dc:creator>Ada Quill</dc:creator><dc:creator>Ben Marsh</dc:creator><category>Rivers</category>"
    )

    report = bring(
        write(tmp_path, rss(item(1, authors), item(2, "<author>ada@lantern.example (Ada Quill)</author>")))
    )

    assert report.articles == {"live": 2}
    first = ArticlePage.objects.get(title="Article 1")
    assert [credit.printed_name for credit in first.credits.all()] == ["Ada Quill", "Ben Marsh"]
    assert first.section.name == "Rivers"
    assert first.body.raw_data[0]["value"] == "<p>It rained.</p>"
    assert Redirect.objects.get(old_path="/1").redirect_page_id == first.pk
    assert Contributor.objects.count() == 2


def test_a_mail_address_is_public_nowhere(bring, tmp_path):
    who = "<author>ada.quill@lantern.example (Ada Quill)</author>"

    bring(write(tmp_path, rss(item(1, who), item(2, "<author>ben@lantern.example</author>"))))

    public = {table: rows for table, rows in dump().items() if table != "importers_importedrecord"}
    assert "@lantern.example" not in str(public)
    assert set(Contributor.objects.values_list("display_name", flat=True)) == {"Ada Quill", "Ben"}


def test_an_entry_that_stands_in_several_feeds_comes_once_and_keeps_its_fullest_byline(bring, tmp_path):
    write(tmp_path, rss(item(1, "<dc:creator>Ada Quill</dc:creator>"), item(2)), "all.rss")
    write(tmp_path, atom(entry(1), entry(3), head="<author><name>Ben Marsh</name></author>"), "all.atom")

    report = bring(tmp_path)

    assert report.articles == {"live": 3}
    names = Credit.objects.values_list("article__title", "contributor__display_name")
    assert set(names) == {("Article 1", "Ada Quill"), ("Article 3", "Ben Marsh")}


def test_an_entry_whose_term_has_passed_is_a_draft(bring, tmp_path):
    valid = '<dcterms:valid xmlns:dcterms="http://purl.org/dc/terms/">start=2014-01-01;end={}</dcterms:valid>'
    items = [item(1, valid.format("2020-01-01")), item(2, valid.format("2131-01-01")), item(3)]

    report = bring(write(tmp_path, rss(*items)))

    live = dict(ArticlePage.objects.values_list("title", "live"))
    assert live == {"Article 1": False, "Article 2": True, "Article 3": True}
    assert "had expired, so they are drafts here" in {note.reason for note in report.notes}


def test_the_second_import_changes_nothing(bring, tmp_path):
    path = write(tmp_path, rss(item(1, "<dc:creator>Ada Quill</dc:creator>"), item(2)))
    bring(path)
    before = dump()

    report = bring(path)

    assert dump() == before
    assert (report.created, report.updated) == ({}, {})


@pytest.mark.parametrize("address", ["http://[0]/", "http://[::1/author/ada/", "http://]/"])
def test_a_feed_whose_own_address_is_none_is_read_all_the_same(bring, tmp_path, address):
    report = bring(write(tmp_path, rss(item(1), link=address)))

    assert report.created["articles"] == 1


def test_the_feeds_own_name_is_nobody(bring, tmp_path):
    report = bring(write(tmp_path, rss(item(1), head="<itunes:author>The Lantern</itunes:author>")))

    assert not Contributor.objects.exists()
    assert "name no author" in report.notes[0].reason


def test_a_feed_that_says_it_goes_on_is_said_to(bring, tmp_path):
    more = (
        f'<atom:link rel="self" href="{LINK}/feed/"/><atom:link rel="next" href="{LINK}/feed/?page=2"/>'
        "<opensearch:totalResults>40</opensearch:totalResults>"
    )

    report = bring(write(tmp_path, rss(item(1), head=more)))

    assert "feed.xml says there are 40 entries, and holds 1." in report.warnings
    assert any("goes on at https://lantern.example/feed/?page=2" in warning for warning in report.warnings)


def test_an_authors_feed_is_held_against_all_that_is_theirs(bring, tmp_path):
    ada = "<dc:creator>Ada Quill</dc:creator>"
    head = "<dc:creator>Ada Quill</dc:creator><opensearch:totalResults>3</opensearch:totalResults>"
    write(tmp_path, rss(item(1, ada), item(2, ada)), "all.xml")
    write(tmp_path, rss(item(1, ada), head=head, link=f"{LINK}/author/ada-quill/"), "ada.xml")

    (claim,) = bring(tmp_path).claims

    assert (claim.contributor, claim.claimed, claim.found) == ("Ada Quill", 3, 2)
    assert claim.found_and_unlisted == (f"{LINK}/2/",)


def test_what_is_heard_is_a_player_and_what_only_counts_readers_is_nothing(bring, tmp_path):
    text = 'It rained.</p><img src="https://stats.example/pixel.gif" width="1" height="1"><p>And so on.'
    heard = '<enclosure url="https://sound.example/1.mp3" type="audio/mpeg" length="1"/>'

    bring(write(tmp_path, rss(item(1, heard, text=text))))

    body = ArticlePage.objects.get().body.raw_data
    assert [block["type"] for block in body] == ["paragraph", "paragraph", "embed"]


def test_feeds_of_several_sites_are_refused_by_name(bring, tmp_path):
    write(tmp_path, rss(item(1)), "one.xml")
    write(
        tmp_path,
        rss(item(2), link="https://beacon.example").replace(f"{LINK}/", "https://beacon.example/"),
        "two.xml",
    )

    with pytest.raises(ImportRefused, match="several sites"):
        bring(tmp_path)


def test_a_feed_is_recognised_by_itself(tmp_path):
    folder = tmp_path / "feeds"
    folder.mkdir()
    write(folder, atom(entry()), "a.atom")

    assert recognise(write(tmp_path, rss(item()))).name == "feed"
    assert (
        recognise(
            write(tmp_path, '{"version": "https://jsonfeed.org/version/1.1", "items": []}', "f.json")
        ).name
        == "feed"
    )
    assert recognise(folder).name == "feed"
