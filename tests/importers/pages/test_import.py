"""A folder of saved pages goes in, and a magazine comes out: with everything the old site claimed held against it."""

import shutil
import socket

import pytest
from django.test import Client
from PIL import Image
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Contributor
from standfirst.importers.errors import ImportRefused
from standfirst.importers.models import ImportSource
from standfirst.importers.recognising import recognise
from standfirst.publications.models import PublicationPage, Section, Topic
from tests.factories import a_contributor, a_section, a_topic, an_article
from tests.importers.dumps import dump

from .site import TEXT, article, author_page, ld, page, save, signed


@pytest.fixture
def small_site(tmp_path):
    """Three articles by Ivo Larch, one of them with Ada Quill; his page claims four and lists four."""
    links = [
        ("/a/", "The Ferry"),
        ("../../b/index.html", "The Bridge"),
        ("/c/", "The Weir"),
        ("/d/", "The Lock"),
    ]
    pages = {
        "/": page("<h1>The Lantern</h1>"),
        "/a/": article("The Ferry", byline=signed("Ivo Larch"), address="/a/"),
        "/b/": article("The Bridge", byline=signed("Ivo Larch"), address="/b/"),
        "/c/": article(
            "The Weir",
            byline='<p class="byline"><a href="/author/ivo-larch/">Ivo Larch</a> and '
            '<a href="/author/ada-quill/">Ada Quill</a></p>',
            address="/c/",
        ),
        "/e/": article("The Mill", byline=signed("Ada Quill"), address="/e/"),
        "/author/ivo-larch/": author_page(
            "4 Articles by Ivo Larch", links, biography="Ivo Larch writes about rivers."
        ),
        "/author/ada-quill/": author_page("Articles by Ada Quill", [("/c/", "The Weir")]),
        "/robots.txt": "User-agent: *",
    }
    return save(tmp_path / "mirror", pages)


def said_of_itself(**properties):
    return ld({"@type": "NewsArticle", "headline": "The Ferry", "datePublished": "2014-03-04"} | properties)


def claim_of(report, name):
    return next(claim for claim in report.claims if claim.contributor == name)


def paths(addresses):
    return [address.partition("lantern.example")[2] for address in addresses]


def test_a_saved_site_comes_home(bring, small_site):
    report = bring(small_site)

    assert report.format == "pages"
    assert report.articles == {"live": 4}
    credits = Credit.objects.filter(article__title="The Weir").order_by("sort_order")
    assert [credit.printed_name for credit in credits] == ["Ivo Larch", "Ada Quill"]
    ian = Contributor.objects.get(display_name="Ivo Larch")
    assert ian.slug == "ivo-larch"
    assert "writes about rivers" in ian.biography
    text = ArticlePage.objects.get(title="The Ferry").body.raw_data[0]["value"]
    assert text == f"<p>{TEXT}</p>"


def test_the_truth_report_says_what_was_claimed_and_what_was_found(bring, small_site):
    report = bring(small_site)

    ian = claim_of(report, "Ivo Larch")
    assert (ian.claimed, ian.found) == (4, 3)
    assert paths(ian.listed_and_found) == ["/a/", "/b/", "/c/"]
    assert paths(ian.listed_and_missing) == ["/d"]
    assert ian.found_and_unlisted == ()
    ada = claim_of(report, "Ada Quill")
    assert (ada.claimed, ada.found) == (None, 2)
    assert paths(ada.found_and_unlisted) == ["/e/"]


def test_the_list_of_an_author_goes_over_all_its_pages(bring, tmp_path):
    second = author_page("Ivo Larch", [("/c/", "The Weir")])
    first = author_page(
        "3 Articles by Ivo Larch",
        [("/a/", "The Ferry"), ("/b/", "The Bridge")],
        more='<nav class="pagination"><a href="/author/ivo-larch/page/2/" rel="next">Older</a></nav>',
    )
    pages = {
        f"/{name}/": article(f"On {name}", byline=signed("Ivo Larch"), address=f"/{name}/") for name in "abc"
    }
    pages |= {"/author/ivo-larch/": first, "/author/ivo-larch/page/2/": second}

    report = bring(save(tmp_path, pages))

    ian = claim_of(report, "Ivo Larch")
    assert (ian.claimed, ian.found, len(ian.listed_and_found)) == (3, 3, 3)
    assert Contributor.objects.count() == 1


def test_an_article_that_names_somebody_else_is_told_from_one_that_is_missing(bring, tmp_path):
    pages = {
        "/a/": article("The Ferry", byline=signed("Ada Quill"), address="/a/"),
        "/author/ivo-larch/": author_page("1 Article by Ivo Larch", [("/a/", "The Ferry")]),
    }

    report = bring(save(tmp_path, pages))

    ian = claim_of(report, "Ivo Larch")
    assert (ian.claimed, ian.found, ian.listed_and_missing) == (1, 0, ())
    assert paths(ian.listed_and_uncredited) == ["/a/"]


def test_the_second_import_changes_nothing(bring, small_site):
    bring(small_site)
    before = dump()

    report = bring(small_site)

    assert dump() == before
    assert report.created == {}
    assert report.updated == {}


def test_a_dry_run_says_what_an_import_does_and_writes_nothing(bring, small_site):
    before = dump()

    planned = bring(small_site, dry_run=True)

    assert dump() == before
    done = bring(small_site)
    assert (planned.created, planned.claims) == (done.created, done.claims)


def test_every_old_address_leads_to_its_new_one(bring, small_site):
    (small_site / "lantern.example" / "index.html?p=7.html").write_text(
        article("The Locks", byline=signed("Ada Quill")), encoding="utf-8"
    )

    bring(small_site)

    for old, title in (("/a/", "The Ferry"), ("/?p=7", "The Locks")):
        redirect = Redirect.objects.get(old_path=old.rstrip("/") if old != "/?p=7" else old)
        assert redirect.redirect_page.title == title
    assert Client().get("/a/").status_code == 301


def test_pages_are_read_once_however_often_they_were_saved(bring, small_site):
    host = small_site / "lantern.example"
    shutil.copy(host / "a" / "index.html", host / "a" / "index.html.orig")
    (host / "a" / "index.html?utm_source=x.html").write_bytes((host / "a" / "index.html").read_bytes())
    (host / "print").mkdir()
    (host / "print" / "a.html").write_bytes((host / "a" / "index.html").read_bytes())

    report = bring(small_site)

    assert report.articles == {"live": 4}
    reasons = {left.reason: left.count for left in report.left_out}
    assert reasons["another copy of a page"] == 2
    assert reasons["a page as it was before its links were converted"] == 1


NOT_PUBLIC = [
    ("/drafts/x/", article(), "lie in the folder “drafts”"),
    ("/x/", article(head='<link rel="canonical" href="/?p=12&amp;preview=true">'), "are previews"),
    ("/x/", article().replace('class=""', 'class="status-draft"'), "had the status"),
    (
        "/x/",
        article().replace("<article>", '<article class="post status-private">'),
        "had the status “private”",
    ),
    ("/x/", article().replace("<article>", '<article class="post-password-required">'), "were protected"),
    ("/x/", article(text='<input name="post_password"> ' + TEXT), "were protected by a password"),
    (
        "/x/",
        article(head='<meta property="article:expiration_time" content="2020-01-01T00:00:00Z">'),
        "had expired",
    ),
    ("/x/", article(head='<meta property="article:expiration_time" content="soon">'), "have a term"),
    ("/x/", article(head='<meta property="article:content_tier" content="metered">'), "were not free"),
    ("/x/", article(head=said_of_itself(isAccessibleForFree=False)), "were not free"),
    ("/x/", article(head=said_of_itself(isAccessibleForFree="False")), "were not free"),
    ("/x/", article(head=said_of_itself(creativeWorkStatus="Draft")), "had the status “Draft”"),
    ("/x/", article(head=said_of_itself(creativeWorkStatus="Nearly")), "had the status “Nearly”"),
    ("/x/", article(head=said_of_itself(expires="2020-01-01")), "had expired"),
]


@pytest.mark.parametrize(("address", "saved", "note"), NOT_PUBLIC)
def test_a_page_with_a_sign_that_it_was_not_public_is_a_draft_and_said_so(
    bring, tmp_path, address, saved, note
):
    report = bring(save(tmp_path / "mirror", {address: saved}))

    assert not ArticlePage.objects.get().live
    assert any(found.reason.startswith(note) for found in report.notes)


OPEN = [
    article(head='<meta property="article:expiration_time" content="2150-01-01T00:00:00Z">'),
    article(head='<meta property="article:content_tier" content="free">'),
    article(head=said_of_itself(isAccessibleForFree=True, creativeWorkStatus="Published")),
    article().replace("<article>", '<article class="post status-publish">'),
    article("Private: A memoir"),
]


@pytest.mark.parametrize("saved", OPEN)
def test_a_page_that_says_it_was_public_is_live(bring, tmp_path, saved):
    bring(save(tmp_path / "mirror", {"/x/": saved}))

    assert ArticlePage.objects.get().live


def test_one_canonical_address_on_every_article_is_not_believed(bring, tmp_path):
    pages = {f"/{name}/": article(f"On {name}", address="/wrong/") for name in "abc"}

    report = bring(save(tmp_path, pages))

    assert report.articles == {"live": 3}
    assert "state an address that another article has" in report.warnings[0]


def test_pictures_are_taken_from_where_they_were_saved(bring, tmp_path):
    body = f'{TEXT}</p><p><img src="../photos/dawn.png" srcset="../photos/dawn-2x.png 2x" alt="Dawn"></p><p>And so on.'
    save(tmp_path, {"/a/": article(text=body, address="/a/")})
    folder = tmp_path / "lantern.example" / "photos"
    folder.mkdir()
    Image.new("RGB", (40, 20)).save(folder / "dawn.png")
    Image.new("RGB", (80, 40)).save(folder / "dawn-2x.png")

    report = bring(tmp_path)

    assert report.media["created"] == 1
    picture = next(block for block in ArticlePage.objects.get().body if block.block_type == "image")
    assert picture.value["image"].width == 80


def test_what_a_browser_saved_is_read_too(bring, tmp_path):
    (tmp_path / "The Ferry_files").mkdir()
    Image.new("RGB", (40, 20)).save(tmp_path / "The Ferry_files" / "dawn.png")
    text = f'{TEXT}</p><figure><img src="./The Ferry_files/dawn.png"></figure><p>And so on.'
    (tmp_path / "The Ferry.html").write_text(
        "<!-- saved from url=(0031)https://lantern.example/a/ferry/ -->" + article(text=text),
        encoding="utf-8",
    )

    report = bring(tmp_path)

    assert report.source == "https://lantern.example"
    assert report.media["created"] == 1
    assert Redirect.objects.get().old_path == "/a/ferry"


def test_what_is_no_article_is_not_made_one(bring, small_site):
    host = small_site / "lantern.example"
    (host / "thanks.html").write_text(page(f"<h1>Thank you</h1><p>{TEXT}</p>"), encoding="utf-8")
    (host / "broken.html").write_bytes(b"\x00\x01")

    report = bring(small_site)

    assert not PublicationPage.objects.get(title="Thank you").live
    assert "do not say what they are" in report.notes[0].reason
    assert any("holds no markup" in left.reason for left in report.left_out)


def test_an_article_without_a_date_is_a_draft(bring, tmp_path):
    report = bring(save(tmp_path, {"/a/": article(date=""), "/b/": article("The Bridge")}))

    assert report.articles == {"draft": 1, "live": 1}


def test_a_person_named_by_name_alone_is_whoever_has_that_name_on_an_author_page(bring, tmp_path):
    pages = {
        "/a/": article("The Ferry", byline="<p>By Ivo Larch</p>"),
        "/b/": article("The Bridge", byline=signed("Ivo Larch")),
        "/author/ivo-larch/": author_page("Articles by Ivo Larch", []),
    }

    bring(save(tmp_path, pages))

    assert Contributor.objects.count() == 1


def test_nothing_is_fetched(bring, small_site, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    bring(small_site)


REFUSED = [
    ({}, "nothing in it looks like"),
    ({"/x.html": page("<h1>Hello</h1><p>World</p>")}, "none that says it is an article"),
]


@pytest.mark.parametrize(("pages", "sentence"), REFUSED)
def test_a_folder_of_something_else_is_refused_in_a_sentence(magazine, bring, tmp_path, pages, sentence):
    save(tmp_path, pages)

    with pytest.raises(ImportRefused, match=sentence):
        bring(tmp_path)


def test_two_sites_in_one_folder_are_refused_by_name(bring, tmp_path):
    for host in ("lantern.example", "beacon.example"):
        save(tmp_path, {f"/{name}/": article(f"On {name}") for name in "abcd"}, host)

    with pytest.raises(ImportRefused, match="pages of several sites") as refusal:
        bring(tmp_path)

    assert "beacon.example" in str(refusal.value)


def test_a_folder_is_recognised_by_what_is_in_it(small_site, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "_config.yml").write_text("title: x")
    save(source, {"/index.html": page()})

    assert recognise(small_site).name == "pages"
    assert recognise(source).name == "folders"


def test_a_magazine_made_here_comes_home_from_its_own_pages(bring, tmp_path):
    ian, ada = (
        a_contributor("Ivo Larch", biography="<p>Ivo Larch writes about rivers.</p>"),
        a_contributor("Ada Quill"),
    )
    rivers, floods = a_section("Rivers"), a_topic("Floods")
    body = [("paragraph", f"<p>{TEXT}</p>")]
    first = an_article(
        ian, headline="The Ferry", standfirst="On a bridge.", section=rivers, topics=[floods], body=body
    )
    an_article(ian, (ada, "photographer"), headline="The Weir", section=rivers, body=body)
    an_article(ada, headline="The Mill", body=body)
    before = _state()
    folder = _mirror(tmp_path)
    _clear()

    report = bring(folder)

    assert _state() == before
    assert {claim.contributor: (claim.claimed, claim.found) for claim in report.claims} == {
        "Ivo Larch": (2, 2),
        "Ada Quill": (1, 1),
    }
    shutil.rmtree(next(folder.glob(f"testserver/*/*/{first.slug}")))
    _clear()
    again = bring(folder)
    ian = claim_of(again, "Ivo Larch")
    assert (ian.claimed, ian.found) == (2, 1)
    assert [address.split("/")[-1] for address in ian.listed_and_missing] == [first.slug]


def _state():
    """The articles as readers know them."""
    return [
        (
            article.title,
            article.standfirst,
            article.first_published_at,
            article.section and article.section.name,
            sorted(topic.name for topic in article.topics.all()),
            [(credit.contributor.display_name, credit.role.code) for credit in article.credits.all()],
            [(block.block_type, str(block.value)) for block in article.body],
        )
        for article in ArticlePage.objects.order_by("title")
    ]


def _mirror(folder):
    """Saves what readers can reach, as `wget --mirror` would."""
    client = Client()
    waiting, seen = ["/", "/authors/"], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        content = b"".join(response) if response.streaming else response.content
        save(folder, {path: content}, "testserver")
        for link in content.decode().split('href="')[1:]:
            target = link.partition('"')[0].removeprefix("http://testserver")
            if target.startswith("/") and target.endswith("/") and "/admin" not in target:
                waiting.append(target)
    return folder


def _clear():
    for stored in ArticlePage.objects.all():
        stored.delete()
    for model in (Credit, Contributor, Section, Topic, ImportSource, Redirect):
        model.objects.all().delete()
