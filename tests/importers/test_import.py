"""An export goes in, and a magazine comes out."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage, Listing
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import create_contributor
from standfirst.contributors.models import Contributor, ContributorSlug
from standfirst.identity.actions import merge_contributors, rename, undo
from standfirst.importers.errors import ImportRefused
from standfirst.importers.models import ImportedRecord, ImportSource
from standfirst.importers.run import import_archive
from standfirst.publications.actions import save_section
from standfirst.publications.models import PublicationPage, Section, Topic

from .dumps import dump
from .exports import SAMPLES, author, category, export, guest, post, term, use, write

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def listed(name):
    contributor = Contributor.objects.present().get(display_name=name)
    return list(
        Listing.objects.filter(contributor=contributor, role=None).values_list("article__title", flat=True)
    )


def test_a_publication_comes_out_as_it_went_in(bring):
    report = bring(SAMPLES / "whole-publication-excerpt.xml")

    assert (
        report.created
        == {"articles": 4, "authors": 3, "categories": 6, "pages": 1, "tags": 5} | report.created
    )
    assert len(listed("hugo dworak")) == 3
    assert report.articles == {"live": 4}
    assert report.credits == {"stated": 4}


def test_each_co_authors_archive_holds_the_article(bring):
    bring(SAMPLES / "three-co-authors.xml")

    assert len(listed("Alice Smith")) == 3
    assert len(listed("Bob Jones")) == 4
    assert listed("Carol White") == ["Three Author Post"]
    credits = Credit.objects.filter(article__title="Three Author Post").order_by("sort_order")
    assert [credit.printed_name for credit in credits] == ["Alice Smith", "Bob Jones", "Carol White"]


def test_the_second_import_changes_nothing(bring):
    bring(SAMPLES / "whole-publication-excerpt.xml")
    before = dump()

    report = bring(SAMPLES / "whole-publication-excerpt.xml")

    assert dump() == before
    assert report.created == {}
    assert report.updated == {}
    assert report.unchanged["articles"] == 4


def test_a_dry_run_says_what_an_import_does_and_writes_nothing(bring, tmp_path):
    path = SAMPLES / "whole-publication-excerpt.xml"
    before = dump()

    planned = bring(path, dry_run=True)

    assert dump() == before
    done = bring(path)
    assert planned.created == done.created
    assert planned.articles == done.articles
    assert planned.credits == done.credits


# ---------------------------------------------------------------------------------------------------------- statuses


def test_every_status_has_its_place_and_is_counted(bring, tmp_path):
    path = write(
        tmp_path,
        author("ada", "Ada Quill"),
        post(1, "Live"),
        post(2, "Draft", status="draft", date_gmt="0000-00-00 00:00:00", link="https://lantern.example/?p=2"),
        post(3, "Pending", status="pending", date_gmt="0000-00-00 00:00:00"),
        post(4, "Private", status="private"),
        post(5, "Future", status="future", date="2021-03-01 12:00:00"),
        post(6, "Trash", status="trash"),
        post(7, "Secret", password="open"),
        post(8, "Dateless", date="0000-00-00 00:00:00", date_gmt="0000-00-00 00:00:00"),
        post(9, "Sticky", sticky=True),
        post(10, "Odd", status="wc-completed"),
        post(11, "Recipe", kind="recipe"),
        post(12, "About", kind="page", slug="about"),
        post(13, "Hello", comments=3),
        post(14, "", ""),
    )

    report = bring(path, now=NOW)

    live = set(ArticlePage.objects.published().values_list("title", flat=True))
    assert live == {"Live", "Sticky", "Hello"}
    assert report.articles == {"live": 3, "scheduled": 1, "draft": 6}
    assert report.read["articles"] == 12
    reasons = {(group.kind, group.reason): group.count for group in report.left_out}
    assert reasons == {
        ("articles", "in the trash"): 1,
        ("articles", "empty"): 1,
        ("comments", "comments are not imported"): 3,
        ("other", "of a type of its own, “recipe”"): 1,
    }
    notes = {note.reason for note in report.notes}
    assert "was protected by a password, so it is a draft here" in notes
    assert "was pinned to the front page" in notes
    assert Listing.objects.filter(article__live=False).count() == 0


def test_a_post_that_a_field_beside_it_keeps_from_readers_is_a_draft_that_names_the_field(bring, tmp_path):
    path = write(
        tmp_path,
        author("ada", "Ada Quill"),
        post(
            1, "Live", meta=(("_jetpack_newsletter_access", "everybody"), ("_expiration-date", "4000000000"))
        ),
        post(2, "Paid", meta=(("_jetpack_newsletter_access", "paid_subscribers"),)),
        post(3, "Over", meta=(("_expiration-date", "1262304000"),)),
    )

    report = bring(path, now=NOW)

    assert set(ArticlePage.objects.published().values_list("title", flat=True)) == {"Live"}
    reasons = {note.reason for note in report.notes}
    assert "had been kept for some readers (“_jetpack_newsletter_access”), so it is a draft here" in reasons
    assert any("“_expiration-date”" in reason for reason in reasons)


def test_a_scheduled_post_waits_for_its_moment(bring, tmp_path):
    path = write(
        tmp_path, author("ada", "Ada Quill"), post(5, "Soon", status="future", date="2021-03-01 12:00:00")
    )

    bring(path, now=NOW)

    article = ArticlePage.objects.get()
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    assert not article.live
    assert revision.approved_go_live_at == datetime(2021, 3, 1, 12, tzinfo=UTC)
    revision.publish()
    assert listed("Ada Quill") == ["Soon"]
    assert ArticlePage.objects.get().credits.get().printed_name == "Ada Quill"


def test_dates_keep_their_moment(bring, tmp_path):
    path = write(
        tmp_path,
        post(1, "Stated", date="2015-07-01 09:00:00", date_gmt="2015-07-01 13:00:00"),
        post(2, "Clock", date="2015-07-02 09:00:00", date_gmt="0000-00-00 00:00:00"),
    )

    bring(path, now=NOW)

    moments = dict(ArticlePage.objects.values_list("title", "first_published_at"))
    assert moments["Stated"] == datetime(2015, 7, 1, 13, tzinfo=UTC)
    assert moments["Clock"] == datetime(2015, 7, 2, 13, tzinfo=UTC)  # the site's clock, known from the other


def test_without_any_stated_moment_the_publications_zone_is_taken(bring, tmp_path):
    path = write(tmp_path, post(1, date="2015-07-01 09:00:00", date_gmt="0000-00-00 00:00:00"))

    bring(path, now=NOW)

    assert ArticlePage.objects.get().first_published_at == datetime(2015, 7, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("“It’s here” — ‘now’", "“It’s here” — ‘now’"),
        ("Arts &amp; Letters", "Arts & Letters"),
        ("How to write &amp;amp;", "How to write &amp;"),
        ("Fish & Chips", "Fish & Chips"),
        ("On <em>Hamlet</em>", "On Hamlet"),
        ("2 < 3", "2 < 3"),
        ("The &#8216;slow&#8217; river", "The ‘slow’ river"),
    ],
)
def test_entities_are_decoded_once_and_quotation_marks_kept(bring, tmp_path, title, headline):
    bring(write(tmp_path, post(1, title)))

    assert ArticlePage.objects.get().title == headline


def test_an_excerpt_is_the_standfirst_and_only_an_excerpt(bring, tmp_path):
    bring(write(tmp_path, post(1, excerpt="Four <b>decades</b> ago &amp; more"), post(2, "Other", "Words")))

    assert dict(ArticlePage.objects.values_list("title", "standfirst")) == {
        "A headline": "Four decades ago & more",
        "Other": "",
    }


def test_pages_stand_under_their_parents_and_off_the_publications_own_paths(bring, tmp_path):
    path = write(
        tmp_path,
        post(3, "Staff", kind="page", slug="staff", parent=2, link="https://lantern.example/about/staff/"),
        post(2, "About", kind="page", slug="about", link="https://lantern.example/about/"),
        post(4, "Search", kind="page", slug="search", link="https://lantern.example/search/"),
        post(5, "1984", kind="page", slug="1984", link="https://lantern.example/1984/"),
    )

    bring(path)

    paths = {page.title: page.get_url_parts()[2] for page in PublicationPage.objects.all()}
    assert paths == {
        "About": "/about/",
        "Staff": "/about/staff/",
        "Search": "/search-2/",
        "1984": "/1984-2/",
    }


# --------------------------------------------------------------------------------------------------------- addresses


def test_every_old_address_leads_to_the_new_one_in_one_hop(bring, tmp_path):
    path = write(
        tmp_path,
        author("a.quill", "Ada Quill", number=3),
        category("news", "News", number=1),
        category("tides", "Tides", parent="news", number=2),
        post(
            7,
            "The Slow River",
            creator="a.quill",
            slug="the-slow-river",
            terms=(use("category", "tides", "Tides"), use("post_tag", "mud", "Mud")),
            meta=(("_wp_old_slug", "slow-river"),),
        ),
        post(8, "About", kind="page", slug="about", link="https://lantern.example/information/"),
    )

    bring(path)

    client = Client()
    expected = {
        "/2015/03/01/the-slow-river/": "/2015/03/the-slow-river/",
        "/2015/03/01/slow-river/": "/2015/03/the-slow-river/",
        "/?p=7": "/2015/03/the-slow-river/",
        "/?page_id=8": "/about/",
        "/information/": "/about/",
        "/author/a-quill/": "/author/ada-quill/",
        "/?author=3": "/author/ada-quill/",
        "/category/news/tides/": "/section/tides/",
        "/category/tides/": "/section/tides/",
        "/?cat=2": "/section/tides/",
        "/tag/mud/": "/topic/mud/",
    }
    for old, new in expected.items():
        answer = client.get(old)
        where = answer.headers.get("Location", "").removeprefix("http://testserver")
        assert (answer.status_code, where) == (301, new), old
        assert client.get(new).status_code == 200
    for feed in ("/feed/", "/author/a-quill/feed/", "/category/news/tides/feed/", "/tag/mud/feed/"):
        assert client.get(feed).status_code == 301, feed


def test_an_address_that_stays_needs_no_redirect(bring, tmp_path):
    path = write(tmp_path, post(1, slug="slow", link="https://lantern.example/2015/03/slow/"))

    report = bring(path)

    assert not Redirect.objects.filter(old_path__startswith="/2015").exists()
    assert report.redirects["not_needed"] > 0
    assert Client().get("/2015/03/slow/").status_code == 200


def test_a_draft_leaves_no_address_that_leads_nowhere(bring, tmp_path):
    bring(write(tmp_path, post(1, status="draft", link="https://lantern.example/?p=1")))

    assert not Redirect.objects.filter(old_path__contains="p=1").exists()


# -------------------------------------------------------------------------------------------------------------- people

POSTS = (
    author("webmaster", "Web Master", number=1),
    author("john.chagaris", "johnc", number=2),
    author("john.chagaris@lantern.example", "", number=3),
    post(1, "By term", creator="webmaster", terms=(use("author", "cap-john-chagaris", "john-chagaris"),)),
    post(2, "By login", creator="john.chagaris"),
    post(3, "By address", creator="john.chagaris@lantern.example"),
    post(
        4,
        "By two",
        creator="webmaster",
        terms=(
            use("author", "cap-ada-quill", "ada-quill"),
            use("author", "cap-john-chagaris", "john-chagaris"),
        ),
    ),
)
GUESTS = (
    guest(901, "john-chagaris", "John Chagaris", biography="John writes about <b>boats</b>."),
    guest(902, "ada-quill", "Ada Quill"),
)


@pytest.mark.parametrize("order", ["posts first", "guest authors first", "both in one"])
def test_guest_authors_in_a_second_export_come_in_either_order(bring, tmp_path, order):
    posts = write(tmp_path, *POSTS, name="posts.xml")
    guests = write(tmp_path, *GUESTS, name="guests.xml")
    both = write(tmp_path, *POSTS, *GUESTS, name="both.xml")
    files = {"posts first": [posts, guests], "guest authors first": [guests, posts], "both in one": [both]}[
        order
    ]

    for path in files:
        bring(path)

    assert sorted(listed("John Chagaris")) == ["By address", "By login", "By term", "By two"]
    assert listed("Ada Quill") == ["By two"]
    names = set(Contributor.objects.present().values_list("display_name", flat=True))
    assert names == {"John Chagaris", "Ada Quill", "Web Master"}
    assert set(Credit.objects.values_list("printed_name", flat=True)) == {"John Chagaris", "Ada Quill"}
    assert "boats" in Contributor.objects.present().get(display_name="John Chagaris").biography
    after = dump()
    for path in files:
        bring(path)
    assert dump() == after
    page = Client().get("/author/john-chagaris/", follow=True)
    assert "John Chagaris" in page.content.decode()


def test_who_an_editor_merged_stays_merged_at_the_next_import(bring, tmp_path):
    people = author("ada", "Ada Quill"), author("aq", "A. Quill", number=2)
    bring(write(tmp_path, *people, post(1, "One", creator="ada"), post(2, "Two", creator="aq")))
    ada, other = (Contributor.objects.get(display_name=name) for name in ("Ada Quill", "A. Quill"))
    change = merge_contributors(kept=ada, absorbed=other, by=None)

    bring(write(tmp_path, *people, post(3, "Three", creator="aq"), name="later.xml"))

    assert sorted(listed("Ada Quill")) == ["One", "Three", "Two"]
    undo(change, by=None)
    bring(write(tmp_path, *people, post(4, "Four", creator="aq"), name="last.xml"))
    assert sorted(listed("A. Quill")) == ["Four", "Two"]


def test_who_writes_nothing_is_no_entry_of_the_list_until_they_do(bring, tmp_path):
    bring(write(tmp_path, author("ada", "Ada Quill"), author("ben", "Ben Marsh", number=2), post(1)))
    assert not Contributor.objects.get(display_name="Ben Marsh").is_listed

    bring(write(tmp_path, author("ben", "Ben Marsh", number=2), post(2, "By them", creator="ben")))

    assert Contributor.objects.get(display_name="Ben Marsh").is_listed


def test_a_contributor_of_exactly_this_name_is_taken_and_a_handle_is_not(bring, tmp_path):
    ada = create_contributor(display_name="Ada Quill", by=None)
    create_contributor(display_name="admin", by=None)

    bring(
        write(
            tmp_path,
            author("ada", "Ada Quill"),
            author("admin", "admin", number=2),
            post(1),
            post(2, creator="admin"),
        )
    )

    assert Credit.objects.get(contributor=ada).linked_how == "inferred"
    assert "exact name" in Credit.objects.get(contributor=ada).linked_from
    assert Contributor.objects.filter(display_name="admin").count() == 2


def test_two_namesakes_of_one_export_stay_two(bring, tmp_path):
    bring(
        write(
            tmp_path,
            author("js1", "John Smith", number=1),
            author("js2", "John Smith", number=2),
            post(1, creator="js1"),
            post(2, creator="js2"),
        )
    )

    assert Contributor.objects.filter(display_name="John Smith").count() == 2


def test_no_login_address_or_hash_reaches_a_public_page(bring, tmp_path):
    path = write(
        tmp_path,
        author("s3cretlogin", "", number=1, email="private@mail.example"),
        author("who@mail.example", "who@mail.example", number=2),
        post(1, "One", creator="s3cretlogin", terms=(use("author", "bea-moor", "Bea Moor"),)),
        post(2, "Two", creator="who@mail.example"),
        post(3, "About", kind="page", slug="about", creator="s3cretlogin"),
    )

    bring(path)

    client = Client()
    pages = ["/", "/authors/", "/articles/", "/about/"]
    pages += [f"/{address}/" for address in ArticlePage.objects.values_list("address", flat=True)]
    pages += [f"/author/{slug}/" for slug in ContributorSlug.objects.values_list("slug", flat=True)]
    for page in pages:
        text = client.get(page).content.decode()
        assert "mail.example" not in text, page
        assert "s3cretlogin" not in text or page.startswith("/author/s3cretlogin"), page
    record = ImportedRecord.objects.get(key="login:who@mail.example")
    assert record.raw["logins"] == ["who@mail.example"]
    assert ImportedRecord.objects.get(key="post:1").raw["byline"] == "Bea Moor <bea-moor>"


# --------------------------------------------------------------------------------------------------- again and changed


def test_what_changed_in_the_source_is_updated(bring, tmp_path):
    bring(
        write(
            tmp_path,
            author("ada", "Ada Quill"),
            author("bea", "Bea Moor", number=2),
            post(1, "Before", "Old."),
        )
    )

    report = bring(
        write(
            tmp_path,
            author("ada", "Ada Quill"),
            author("bea", "Bea Moor", number=2),
            post(1, "After", "New.", creator="bea", slug="after"),
        )
    )

    article = ArticlePage.objects.get()
    assert report.updated == {"articles": 1}
    assert (article.title, str(article.body).count("New.")) == ("After", 1)
    assert listed("Bea Moor") == ["After"]
    assert listed("Ada Quill") == []
    assert Client().get("/2015/03/post-1/").status_code == 301
    before = dump()
    bring(tmp_path / "export.xml")
    assert dump() == before


def test_what_an_editor_changed_here_is_not_overwritten(bring, tmp_path):
    bring(write(tmp_path, author("ada", "Ada Quill"), post(1, "Before")))
    article = ArticlePage.objects.get()
    article.title = "An editor's"
    save_article(article, by=None)
    rename(Contributor.objects.get(), display_name="Ada Q.", by=None)

    report = bring(write(tmp_path, author("ada", "Ada Quill-Moor"), post(1, "After")))

    assert ArticlePage.objects.get().title == "An editor's"
    assert Contributor.objects.get().display_name == "Ada Q."
    assert report.unchanged["articles"] == 1
    assert any("the edit here was kept" in note.reason for note in report.notes)
    assert any("the change here was kept" in note.reason for note in report.notes)


def test_what_was_deleted_here_stays_deleted(bring, tmp_path):
    path = write(tmp_path, post(1), post(2, "Other"))
    bring(path)
    ArticlePage.objects.get(title="Other").delete()

    report = bring(path)

    assert ArticlePage.objects.count() == 1
    assert [(group.reason, group.count) for group in report.left_out] == [
        ("was deleted here since it was imported", 1)
    ]


def test_what_was_unpublished_here_stays_so(bring, tmp_path):
    bring(write(tmp_path, post(1)))
    ArticlePage.objects.get().unpublish()

    bring(write(tmp_path, post(1, "Changed")))

    assert not ArticlePage.objects.get().live


def test_two_sites_with_the_same_numbers_are_two_sources(bring, tmp_path):
    bring(write(tmp_path, post(1, "Here")))
    other = tmp_path / "other.xml"
    other.write_text(export(post(1, "There")).replace("lantern.example", "beacon.example"), encoding="utf-8")

    bring(other)

    assert set(ArticlePage.objects.values_list("title", flat=True)) == {"Here", "There"}
    assert ImportSource.objects.count() == 2


def test_categories_and_tags_of_one_name_are_one_topic(bring, tmp_path):
    path = write(
        tmp_path,
        category("tide", "Tide"),
        post(1, terms=(use("category", "tide", "Tide"), use("post_tag", "tide", "Tide"))),
        post(2, "Other", terms=(use("category", "foo", "Foo"),)),
        post(3, "Third", terms=(use("category", "foo-2", "Foo"),)),
    )

    bring(path, sections_rule="topics")

    assert sorted(Topic.objects.values_list("slug", flat=True)) == ["foo", "foo-2", "tide"]
    assert not Section.objects.exists()


def test_a_section_that_is_here_already_is_used(bring, tmp_path):
    section = save_section(Section(name="News", slug="news"), by=None)

    bring(write(tmp_path, post(1, terms=(use("category", "news", "News"),))))

    assert ArticlePage.objects.get().section == section


def test_a_damaged_file_leaves_nothing_half_done(magazine, tmp_path):
    path = tmp_path / "export.xml"
    whole = export(author("ada", "Ada Quill"), *(post(number) for number in range(1, 700)))
    path.write_text(whole[:-200], encoding="utf-8")
    before = dump()

    with pytest.raises(ImportRefused):
        import_archive(path)

    assert dump() == before


def test_another_process_reads_while_this_one_writes(bring, tmp_path):
    path = write(
        tmp_path, author("ada", "Ada Quill"), *(post(number, f"Title {number}") for number in range(1, 1201))
    )

    report = bring(path, processes=2)

    assert report.created["articles"] == 1200
    assert len(listed("Ada Quill")) == 1200


def test_pending_byline_terms_are_counted_by_how_they_were_linked(bring, tmp_path):
    report = bring(
        write(
            tmp_path,
            term("author", "ada-quill", "Ada Quill"),
            post(1, terms=(use("author", "ada-quill", "Ada Quill"),)),
            post(2, creator=""),
            guest(9, "bea-moor", "Bea Moor"),
            post(3, creator="bea.moor"),
        )
    )

    assert report.credits == {"stated": 1, "inferred": 1, "unsigned_articles": 1}


BUILT = (
    '[{"id": "1", "elType": "section", "settings": {"_css": "a very long rule indeed"}, "elements": [{"settings": {"title": '
    '"A heading"}}, {"settings": {"editor": "<p>For <b>forty</b> years.<\\/p>"}}, {"settings": {"image": {"url": '
    '"https://lantern.example/a.jpg"}}}]}]'
)


def test_a_text_that_only_a_page_builder_keeps_is_taken_from_it(bring, tmp_path):
    bring(write(tmp_path, post(1, content="", meta=(("_elementor_data", BUILT),))))

    heading, words, picture = ArticlePage.objects.get().body.raw_data
    assert heading["value"]["text"] == "A heading"
    assert words["value"] == "<p>For <b>forty</b> years.</p>"
    assert "a.jpg" in picture["value"]["raw"]


@pytest.mark.parametrize(
    ("content", "is_told"), [("A heading. For forty years.", False), ("Something else.", True)]
)
def test_words_that_only_a_page_builder_keeps_are_told_of(bring, tmp_path, content, is_told):
    report = bring(write(tmp_path, post(1, content=content, meta=(("_elementor_data", BUILT),))))

    assert any("page builder" in note.reason for note in report.notes) == is_told


def test_a_theme_s_primary_category_is_the_section(bring, tmp_path):
    settings = 'a:1:{s:14:"td_primary_cat";s:1:"2";}'
    filed = (use("category", "rivers", "Rivers"), use("category", "reports", "Reports"))
    path = write(
        tmp_path,
        category("reports", "Reports", number=1),
        category("rivers", "Rivers", number=2),
        *(post(number, terms=(filed[1],)) for number in range(3, 6)),
        post(1, "The bridge", terms=filed, meta=(("td_post_theme_settings", settings),)),
    )

    bring(path)

    assert ArticlePage.objects.get(title="The bridge").section.name == "Rivers"
