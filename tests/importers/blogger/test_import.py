"""A Blogger backup goes in, a magazine comes out, and nothing that readers could not see is seen."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from standfirst.contributors.models import Contributor
from standfirst.importers.blogger.archive import BloggerArchive
from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.records import DraftArticle, Publicity
from standfirst.importers.recognising import recognise
from standfirst.publications.models import PublicationPage
from tests.importers.dumps import dump

from .backups import (
    LINK,
    backup,
    comment,
    entry,
    post,
    setting,
    taken_out,
    takeout,
    template,
    write,
    write_takeout,
    zipped,
)

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def states():
    """Every article, and whether it is live."""
    return dict(ArticlePage.objects.values_list("title", "live"))


def reasons(report):
    return {(group.kind, group.reason): group.count for group in report.left_out}


def test_posts_pages_drafts_and_comments_are_told_apart(bring, tmp_path):
    path = write(
        tmp_path,
        template(),
        setting("BLOG_ADMIN", "ada.private@lantern.example"),
        post(1),
        post(2, "Unfinished", by="Ben Marsh", profile=2, draft=True),
        post(3, "About us", kind="page", link=f"{LINK}/p/about.html"),
        comment(4, "A secret of a reader's"),
    )

    report = bring(path)

    assert states() == {"The Ferry": True, "Unfinished": False}
    assert PublicationPage.objects.get(title="About us").live
    assert reasons(report) == {
        ("comments", "comments are not imported"): 1,
        ("other", "a setting of the old site"): 1,
        ("other", "a template of the old site"): 1,
    }
    everything = str(dump())
    for private in ("ada.private", "secret template", "secret of a reader", "A Reader"):
        assert private not in everything
    for name in ("/2012/03/post-1.html", "/p/about.html", "/search/label/Sea"):
        assert Redirect.objects.filter(old_path=name).exists()


def test_a_draft_is_told_to_no_reader(bring, tmp_path):
    bring(write(tmp_path, post(1), post(2, "Unfinished", by="Ben Marsh", draft=True, labels=("Hush",))))

    reader = Client()
    seen = [
        reader.get(path) for path in ("/", "/articles/", "/authors/", "/articles/feed.rss", "/sitemap.xml")
    ]
    seen += [reader.get(f"/author/{slug}/") for slug in ("ada-quill", "ben-marsh")]

    told = "".join(answer.content.decode() for answer in seen if answer.status_code == 200)
    assert "Ada Quill" in told
    for private in ("Unfinished", "Ben Marsh", "Hush"):
        assert private not in told
    draft = ArticlePage.objects.get(title="Unfinished")
    assert not Redirect.objects.filter(redirect_page_id=draft.pk).exists()


def test_a_takeout_comes_home_as_a_folder_and_as_a_zip_archive(bring, tmp_path):
    folder = write_takeout(
        tmp_path,
        taken_out(1),
        taken_out(2, "Unfinished", status="DRAFT", filename=""),
        taken_out(3, "Thrown away", status="SOFT_TRASHED"),
        taken_out(4, "Lovely.", kind="COMMENT", by="A Reader"),
        taken_out(5, "About us", kind="PAGE", filename="/p/about.html"),
    )

    report = bring(folder)
    before = dump()
    again = bring(zipped(folder))

    assert states() == {"The Ferry": True, "Unfinished": False}
    assert report.source == "https://lantern.blogspot.com"
    assert reasons(report)["articles", "in the trash"] == 1
    assert reasons(report)["comments", "comments are not imported"] == 1
    assert Redirect.objects.get(old_path="/2012/03/post-1.html").redirect_page.title == "The Ferry"
    assert (again.created, again.updated) == ({}, {})
    assert dump() == before
    assert "ada.private" not in str(before)


@pytest.mark.parametrize(
    ("doubtful", "why"),
    [
        (taken_out(1, status="SECRET"), "had the status “SECRET”, so it is a draft here"),
        (taken_out(1, status=""), "had no address on the old site, so it is a draft here"),
        (
            taken_out(
                1, status="LIVE", more="<app:draft xmlns:app='http://www.w3.org/2007/app'>yes</app:draft>"
            ),
            "",
        ),
    ],
    ids=["a status nobody knows", "no status", "two statements that differ"],
)
def test_what_is_not_clearly_public_is_a_draft(bring, tmp_path, doubtful, why):
    report = bring(write_takeout(tmp_path, doubtful))

    assert states() == {"The Ferry": False}
    assert not why or why in {note.reason for note in report.notes}


def test_a_post_without_an_address_was_never_published(bring, tmp_path):
    never = post(1).replace(f"<link rel='alternate' href='{LINK}/2012/03/post-1.html'/>", "")

    bring(write(tmp_path, never))

    assert states() == {"The Ferry": False}


def test_an_entry_that_does_not_say_what_it_is_is_left_out_and_counted(bring, tmp_path):
    odd = entry(2, "newthing", "Odd", "<p>Odd words.</p>")

    report = bring(write(tmp_path, post(1), odd))

    assert states() == {"The Ferry": True}
    assert reasons(report)["other", "an entry that does not say clearly what it is, so it is left out"] == 1
    assert "Odd words" not in str(dump())


@pytest.mark.parametrize("kind", ["backup", "takeout"])
def test_nothing_of_a_blog_that_was_not_open_is_public(bring, tmp_path, kind):
    if kind == "backup":
        about = post(2, "About", kind="page")
        path = write(tmp_path, setting("BLOG_READ_ACCESS_MODE", "PRIVATE"), post(1), about)
    else:
        path = write_takeout(tmp_path, taken_out(1), taken_out(2, "About", kind="PAGE"), access="PRIVATE")

    report = bring(path)

    assert states() == {"The Ferry": False}
    assert not PublicationPage.objects.get(title="About").live
    assert any("not open to everybody" in warning for warning in report.warnings)


def test_a_scheduled_post_waits_for_its_moment(bring, tmp_path):
    soon = taken_out(1, status="SCHEDULED").replace("2012-03-04T19:15", "2021-03-04T19:15")

    report = bring(write_takeout(tmp_path, soon), now=NOW)

    assert report.articles == {"scheduled": 1}


def test_a_feed_does_not_take_a_backup_for_one_of_its_own(bring, tmp_path):
    for text in (backup(post(1), comment(2)), takeout(taken_out(1))):
        path = tmp_path / "feed.xml"
        path.write_text(text, encoding="utf-8")

        assert recognise(path).name == "blogger"
        with pytest.raises(ImportRefused, match="is a Blogger backup, not a feed"):
            bring(path, format="feed")


def test_a_backup_in_a_folder_is_one_and_no_feed(bring, tmp_path):
    write(tmp_path, post(1), post(2, "Unfinished", draft=True), comment(3))

    assert recognise(tmp_path).name == "blogger"
    bring(tmp_path)

    assert states() == {"The Ferry": True, "Unfinished": False}


def test_the_public_feed_of_a_blog_is_a_feed(tmp_path):
    path = tmp_path / "default.xml"
    path.write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2008'>"
        "<id>tag:blogger.com,1999:blog-77</id><title>The Lantern</title><generator>Blogger</generator></feed>",
        encoding="utf-8",
    )

    assert recognise(path).name == "feed"


def test_two_blogs_in_one_takeout_are_refused_by_name(bring, tmp_path):
    folder = write_takeout(
        tmp_path, taken_out(1), more={"Blogger/Blogs/The Beacon/feed.atom": takeout(taken_out(2))}
    )

    with pytest.raises(ImportRefused, match=r"several blogs \(The Beacon, The Lantern\)"):
        bring(folder)


@pytest.mark.parametrize("cut", [0.5, 0.8, 0.95])
def test_a_backup_that_is_broken_is_refused_whole(bring, tmp_path, cut):
    text = backup(post(1), post(2, "Unfinished", draft=True), post(3))
    path = tmp_path / "blog.xml"
    path.write_text(text[: int(len(text) * cut)], encoding="utf-8")

    with pytest.raises(ImportRefused, match="nobody can tell a draft from an article"):
        bring(path)
    assert not ArticlePage.objects.exists()


def test_a_prefix_that_nobody_declared_still_marks_a_draft(bring, tmp_path):
    path = tmp_path / "blog.xml"
    text = backup(post(1), post(2, "Unfinished", draft=True)).replace(
        " xmlns:app='http://purl.org/atom/app#'", ""
    )
    path.write_text(text, encoding="utf-8")

    bring(path)

    assert states() == {"The Ferry": True, "Unfinished": False}


def test_a_writer_is_one_person_and_an_account_of_two_is_two(bring, tmp_path):
    bring(write(tmp_path, post(1), post(2, by="Ada Quill"), post(3, by="Ada Quill and Ben Marsh", profile=3)))

    assert set(Contributor.objects.values_list("display_name", flat=True)) == {"Ada Quill", "Ben Marsh"}


def test_a_picture_in_a_table_keeps_its_caption_and_old_lines_their_breaks(bring, tmp_path):
    table = (
        '<table class="tr-caption-container"><tbody><tr><td><a href="https://p.example/s1600/boat.jpg">'
        '<img src="https://p.example/s320/boat.jpg"></a></td></tr><tr><td class="tr-caption">The boat.</td></tr></tbody></table>'
    )

    bring(
        write(
            tmp_path,
            post(1, text=f"<p>Look:</p>{table}"),
            post(2, "Old", "One line.\n\nAnother <b>line</b>."),
        )
    )

    picture = ArticlePage.objects.get(title="The Ferry").body.raw_data[1]
    assert "The boat." in str(picture)
    assert "http" not in picture["value"].get("caption", "")
    old = ArticlePage.objects.get(title="Old").body.raw_data
    assert [block["value"] for block in old] == ["<p>One line.</p>", "<p>Another <b>line</b>.</p>"]


def test_what_is_heard_is_a_player_and_a_place_is_said_to_be_left_out(bring, tmp_path):
    more = (
        "<link rel='enclosure' type='audio/mpeg' href='https://sound.example/1.mp3'/>"
        "<georss:featurename xmlns:georss='http://www.georss.org/georss'>North Harbour</georss:featurename>"
    )

    report = bring(write(tmp_path, setting("BLOG_LOCALE", "en_GB"), post(1, more=more)))

    assert ArticlePage.objects.get().body.raw_data[-1]["value"]["url"] == "https://sound.example/1.mp3"
    assert "name a place on a map, which is not kept" in {note.reason for note in report.notes}


SAID = st.sampled_from(["", "LIVE", "DRAFT", "SCHEDULED", "SOFT_TRASHED", "live", "NEW"])


@given(
    said=st.lists(
        st.tuples(
            st.sampled_from(["POST", "PAGE", "COMMENT", "SPAM", ""]), SAID, st.booleans(), st.booleans()
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_a_takeout_says_only_what_is_said_to_be_live_is_public(said, tmp_path_factory):
    folder = tmp_path_factory.mktemp("takeout")
    entries = [
        taken_out(
            number,
            f"Title {number}",
            kind=kind,
            status=status,
            filename=None if has_address else "",
            more="<blogger:trashed>2012-04-04T19:15:00Z</blogger:trashed>" if is_trashed else "",
        )
        for number, (kind, status, has_address, is_trashed) in enumerate(said)
    ]

    archive = BloggerArchive(write_takeout(folder, *entries), Opening(zone=UTC, now=NOW))

    live = {
        item.headline
        for item in archive.drafts(processes=1)
        if isinstance(item, DraftArticle) and item.publicity is not Publicity.DRAFT
    }
    assert live == {
        f"Title {number}"
        for number, (kind, status, has_address, is_trashed) in enumerate(said)
        if kind in ("POST", "PAGE")
        and status.upper() in ("LIVE", "SCHEDULED")
        and has_address
        and not is_trashed
    }
