"""Nothing goes round: what is not public is at no address at all, and no page that was kept remembers it.

An article is brought into each state it can be in. Then a reader who is nobody in particular asks for every address
there is (`tests.ways`), and finds neither it nor whoever wrote it; what they were answered is kept, and asked again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from standfirst.addresses.redirects import lead_to_page
from standfirst.articles.actions import lift_embargoes, save_article
from standfirst.articles.models import ArticlePage
from standfirst.contributors.actions import change_slug
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import withdraw
from standfirst.publications.models import NavigationItem, PublicationSettings
from tests import ways
from tests.archives.reading import read
from tests.factories import FIRST_DAY, a_contributor, a_magazine, an_article
from tests.pagecache.keeping import kept_answer, kept_paths, pagecache, sent

pytestmark = pytest.mark.django_db

# Words that nothing else has, and that no address does: wherever one shows, the article does.
HEADLINE, STANDFIRST, KICKER, BODY = "Zephyrine", "marlinspike", "quayside-kicker", "hawserlaid"
WRITER = "Ottoline Quillfeather"
SECRETS = (HEADLINE, STANDFIRST, KICKER, BODY, "Quillfeather", "Ottoline")
LATER = timedelta(days=30)


@pytest.fixture(autouse=True)
def magazine():
    index = a_magazine()
    an_article(a_contributor("Ben Marsh"), headline="Something else")
    with pagecache(is_on=True):
        yield index


@pytest.fixture
def writer():
    """Whose only article is the one that is not out; their slug tells nothing of their name."""
    return a_contributor(WRITER, slug="writer-seven", is_public=False)


def written(writer: Contributor, **fields) -> ArticlePage:
    """The article, a draft, at a slug that has none of its words."""
    return an_article(
        writer,
        (writer, "photographer"),
        **{
            "headline": f"{HEADLINE} Waters",
            "slug": "slow-river",
            "standfirst": f"On the {STANDFIRST}.",
            "kicker": KICKER,
            "body": [("paragraph", f"<p>It was {BODY}.</p>")],
            "publish": False,
            "published_at": None,
        }
        | fields,
    )


def published(writer: Contributor) -> ArticlePage:
    """The article, public, with a former address and one from a system before."""
    article = written(writer, publish=True, slug="swift-river")
    article.slug = "slow-river"
    article = save_article(article, by=None)
    lead_to_page("/from/before/", article)
    lead_to_page("/?p=7", article)
    Redirect.add_redirect("/writers/7", f"/author/{writer.slug}/")
    Redirect.add_redirect("/writers/7/feed", f"/author/{writer.slug}/feed.atom")
    return article


# --- how an article comes to be hidden --------------------------------------------------------------------------------


def scheduled(article: ArticlePage) -> None:
    article.go_live_at = timezone.now() + LATER
    article.save_revision().publish()


def embargoed(article: ArticlePage) -> None:
    article.embargoed_until = timezone.now() + LATER
    article.save_revision().publish()


def expired(article: ArticlePage) -> None:
    article.expire_at = timezone.now() + LATER
    article.save_revision().publish()
    # As time passes, and nobody saves it.
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


def unpublished(article: ArticlePage) -> None:
    ArticlePage.objects.get(pk=article.pk).unpublish()


def unpublished_as_a_bare_page(article: ArticlePage) -> None:
    Page.objects.get(pk=article.pk).unpublish()


def unpublished_with_those_ticked(article: ArticlePage) -> None:
    at_the_desk(f"/admin/bulk/wagtailcore/page/unpublish/?id={article.pk}&next=/admin/")


def unpublished_at_the_desk(article: ArticlePage) -> None:
    at_the_desk(f"/admin/pages/{article.pk}/unpublish/")


def deleted(article: ArticlePage) -> None:
    ArticlePage.objects.get(pk=article.pk).delete()


def deleted_as_a_bare_page(article: ArticlePage) -> None:
    Page.objects.get(pk=article.pk).delete()


def deleted_at_the_desk(article: ArticlePage) -> None:
    at_the_desk(f"/admin/pages/{article.pk}/delete/")


def at_the_desk(path: str) -> None:
    editor = Client()
    editor.force_login(User.objects.create_superuser("editor"))
    response = editor.post(path)
    assert response.status_code == 302, path


@dataclass(frozen=True)
class State:
    """How an article gets there, and whether readers had it before."""

    reached_by: Callable[[ArticlePage], None]
    was_public: bool = True


NEVER_OUT = [
    State(lambda article: None, was_public=False),
    State(scheduled, was_public=False),
    State(embargoed, was_public=False),
]
OUT_AND_GONE = [
    State(reached_by)
    for reached_by in (
        embargoed,
        expired,
        unpublished,
        unpublished_as_a_bare_page,
        unpublished_with_those_ticked,
        unpublished_at_the_desk,
        deleted,
        deleted_as_a_bare_page,
        deleted_at_the_desk,
    )
]


def said(state: State) -> str:
    name = getattr(state.reached_by, "__name__", "draft").replace("<lambda>", "draft")
    return f"{name}{' after it was public' if state.was_public else ''}"


# --- the rule ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", NEVER_OUT, ids=said)
def test_what_was_never_out_is_at_no_address_and_nor_is_who_wrote_it(state, writer):
    article = written(writer)
    change_slug(writer, slug="writer-eight", by=None)
    Redirect.add_redirect("/writers/7", "/author/writer-eight/")
    Redirect.add_redirect("/writers/7/feed", "/author/writer-eight/feed.atom")
    lead_to_page("/from/before/", article)
    lead_to_page("/?p=7", article)
    facts = ways.facts_of(article)
    before = ways.addresses(facts)
    read_all(filter(ways.is_a_readers, before))

    state.reached_by(ArticlePage.objects.get(pk=article.pk))

    every = dict.fromkeys([*before, *ways.addresses(ways.facts_of(ArticlePage.objects.get(pk=article.pk)))])
    nothing_of_it_in(every, SECRETS)
    for path in (
        "/author/writer-seven/",
        "/author/writer-eight/",
        "/author/writer-eight/page/1/",
        "/writers/7/",
    ):
        assert sent(path) == sent("/nothing/was/ever/here/"), path


@pytest.mark.parametrize("state", OUT_AND_GONE, ids=said)
def test_what_is_public_no_more_is_at_no_address_and_what_was_kept_of_it_is_gone(state, writer):
    article = published(writer)
    facts = ways.facts_of(article)
    every = ways.addresses(facts)
    shown = read_all(filter(ways.is_a_readers, every))
    assert HEADLINE in shown[article.url]  # Or this test proves nothing.
    assert article.url in kept_paths()

    state.reached_by(ArticlePage.objects.get(pk=article.pk))

    nothing_is_kept_of_it(SECRETS[:4])
    nothing_of_it_in(every, SECRETS[:4])
    for path in (
        "/articles/slow-river/",
        "/articles/swift-river/",
        f"/{article.address}/",
        "/from/before/",
    ):
        assert sent(path) == sent("/nothing/was/ever/here/"), path
    # Whom readers have known they go on knowing: their address lasts.
    assert read("/author/writer-seven/").heading == f"No articles yet by: {WRITER}"


def test_what_is_public_is_at_one_address_for_readers_and_one_for_programs_and_every_other_leads_there(
    writer,
):
    article = published(writer)
    unpublished(article)
    facts = ways.facts_of(article)
    read_all(ways.addresses(facts))

    ArticlePage.objects.get(pk=article.pk).save_revision().publish()

    there = {
        path
        for path, answer in read_all(ways.addresses(facts)).items()
        if BODY in answer and ways.is_a_readers(path)
    }
    feeds = {
        f"{path}feed.{kind}"
        for path in ("/articles/", "/author/writer-seven/")
        for kind in ("atom", "rss", "json")
    }
    assert there == {article.url, f"/api/v1/articles/{article.pk}/", *feeds}
    for path in ("/articles/slow-river/", "/from/before/", "/?p=7", "/writers/7/"):
        wanted = "/author/writer-seven/" if path == "/writers/7/" else article.url
        assert sent(path)[:2] == (301, wanted), path
    assert read("/articles/slow-river/?a=1").location == f"{article.url}?a=1"
    assert WRITER in read("/author/writer-seven/").heading


def test_an_embargo_that_ends_opens_every_way_at_once(writer):
    article = written(writer)
    embargoed(article)
    facts = ways.facts_of(article)
    read_all(ways.addresses(facts, at_the_desk=False))

    ArticlePage.objects.filter(pk=article.pk).update(embargoed_until=timezone.now())
    lift_embargoes(at=timezone.now())

    article = ArticlePage.objects.get(pk=article.pk)
    assert HEADLINE in read(article.url).html
    assert sent("/articles/slow-river/")[:2] == (301, article.url)
    assert read("/author/writer-seven/").claimed == 1


# --- addresses in the tree ---------------------------------------------------------------------------------------------


def test_of_many_articles_with_one_slug_the_first_that_was_public_is_meant(writer):
    first, second, _draft = (
        written(writer, published_at=FIRST_DAY + month * timedelta(days=31)) for month in range(3)
    )
    assert sent("/articles/slow-river/")[0] == 404

    for article in (second, first):
        article.save_revision().publish()
    first = ArticlePage.objects.get(pk=first.pk)
    assert sent("/articles/slow-river/")[:2] == (301, first.url)

    first.unpublish()
    assert sent("/articles/slow-river/")[:2] == (301, ArticlePage.objects.get(pk=second.pk).url)


def test_what_was_at_an_address_in_the_system_before_comes_before_the_tree(writer):
    published(writer)
    other = an_article(a_contributor("Cleo Field"))
    assert sent("/articles/slow-river/")[0] == 301

    lead_to_page("/articles/slow-river", other)

    assert sent("/articles/slow-river/")[:2] == (301, other.url)


def test_the_place_of_articles_leads_to_the_list_of_everything_whatever_it_is_called(magazine, writer):
    article = published(writer)
    assert sent("/articles/slow-river/")[0] == 301
    magazine.slug = "texts"
    magazine.save_revision().publish()

    assert sent("/texts/")[:2] == (301, "/articles/")
    assert sent("/texts/slow-river/")[:2] == (301, article.url)
    assert sent("/articles/slow-river/")[0] == 404


def test_another_site_whose_root_is_an_article_shows_nothing_of_it(writer):
    article = written(writer)
    embargoed(article)
    Site.objects.create(hostname="localhost", port=80, root_page=article)

    for path in ("/", "/slow-river/", "/articles/slow-river/"):
        response = Client().get(path, headers={"host": "localhost"})
        assert not found_in(response, SECRETS, path)


def test_the_navigation_of_every_page_leads_to_an_article_at_its_address_while_it_is_public(writer):
    article = published(writer)
    NavigationItem.objects.create(publication=PublicationSettings.load(), page=article)

    links = read("/").tree.xpath("//nav[contains(@class,'navigation')]//a/@href")
    assert article.url in links

    embargoed(article)
    assert HEADLINE not in read("/").html
    assert "slow-river" not in read("/").html


def test_no_sitemap_that_asks_pages_for_their_addresses_learns_of_what_is_not_public(writer):
    article = published(writer)
    assert [each["location"] for each in article.get_sitemap_urls()] == [f"http://testserver{article.url}"]

    embargoed(article)

    hidden = ArticlePage.objects.get(pk=article.pk)
    assert hidden.live
    assert hidden.get_sitemap_urls() == []
    assert (hidden.url, hidden.full_url, hidden.get_url_parts()) == (None, None, None)


# --- the gate itself ---------------------------------------------------------------------------------------------------


@settings(max_examples=16, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(live=st.booleans(), is_public=st.booleans())
def test_of_one_article_and_of_many_the_gate_says_the_same(writer, live, is_public):
    article = ArticlePage.objects.filter(slug="slow-river").first() or published(writer)
    # Around every writer, as nothing of ours would store it.
    Page.objects.filter(pk=article.pk).update(live=live)
    ArticlePage.objects.filter(pk=article.pk).update(is_public=is_public)

    stored = ArticlePage.objects.get(pk=article.pk)

    assert ArticlePage.objects.published().filter(pk=article.pk).exists() == stored.is_before_readers
    assert stored.is_before_readers == (live and is_public)
    with pagecache(is_on=False):
        assert (read(f"/{article.address}/").status == 200) == stored.is_before_readers
        assert (read("/articles/slow-river/").status == 301) == stored.is_before_readers


# --- who is public -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["author", "translator", "photographer", "editor"])
def test_a_contributor_is_public_from_their_first_public_credit_of_any_role_on_and_for_good(role, writer):
    assert sent("/author/writer-seven/") == sent("/nothing/was/ever/here/")
    assert not found_in(Client().get("/search/?q=ottoline"), SECRETS, "")

    article = an_article((writer, role))
    assert sent("/author/writer-seven/")[0] == 200
    assert WRITER in read("/search/?q=ottoline").html

    article.delete()
    assert "No articles yet" in read("/author/writer-seven/").heading


def test_who_edits_a_contributor_meanwhile_takes_nothing_back(writer):
    opened = Contributor.objects.get(pk=writer.pk)
    an_article(writer)

    opened.note = "Writes about rivers."
    opened.save()

    assert read("/author/writer-seven/").status == 200


def test_a_contributor_withdrawn_on_purpose_is_found_by_no_search(writer):
    an_article(writer, headline="Something of theirs")
    assert read("/search/?q=ottoline").tree.xpath("//*[@class='people']//a/@href") == [
        "/author/writer-seven/"
    ]

    withdraw(writer, by=None)

    found = read("/search/?q=ottoline")
    assert found.tree.xpath("//*[@class='people']//a/@href") == []
    assert "/author/writer-seven/" not in found.html


def test_one_withdrawn_before_anything_of_theirs_was_public_never_was(writer):
    withdraw(writer, by=None)

    assert sent("/author/writer-seven/") == sent("/nothing/was/ever/here/")


# --- reading -----------------------------------------------------------------------------------------------------------


def read_all(paths: Iterable[str]) -> dict[str, str]:
    """What each address answers an anonymous reader, headers and all."""
    client = Client(raise_request_exception=False)
    return {path: text_of(client.get(path), path) for path in paths}


def text_of(response: HttpResponse, path: str) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.status_code} {response.headers}\n{body.decode(errors='replace')}"


def found_in(response: HttpResponse, secrets: Iterable[str], path: str) -> list[str]:
    text = text_of(response, path)
    return [secret for secret in secrets if secret in text]


def nothing_of_it_in(paths: Iterable[str], secrets: Iterable[str]) -> None:
    """Asked for once, and those that may be kept once more."""
    paths = list(paths)
    for asked in (paths, list(filter(ways.is_a_readers, paths))):
        for path, answer in read_all(asked).items():
            assert not [secret for secret in secrets if secret in answer], path
            assert not answer.startswith("5"), (path, answer[:300])
            if "slow-river" not in path and ways.is_a_readers(path):
                assert "slow-river" not in answer, path
    nothing_is_kept_of_it(secrets)


def nothing_is_kept_of_it(secrets: Iterable[str]) -> None:
    """In no page that a reader would be sent without its being rendered anew."""
    for path in kept_paths():
        status, location, body = kept_answer(path)
        assert not [
            secret for secret in secrets if secret in f"{location}\n{body.decode(errors='replace')}"
        ], (path, status)
