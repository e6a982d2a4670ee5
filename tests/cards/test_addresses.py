"""A share image has one address for what it shows now; all it ever had lead there; none shows what is not public."""

import threading

import pytest
from django.test import Client

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage
from standfirst.cards import views
from standfirst.cards.turns import Turns
from standfirst.contributors.actions import save_contributor
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import merge_contributors, withdraw
from standfirst.publications.models import PublicationSettings
from tests.archives.reading import read
from tests.cards.tags import tags_of
from tests.factories import a_contributor, a_magazine, an_article
from tests.pagecache.keeping import kept_answer, kept_paths, pagecache, sent

pytestmark = pytest.mark.django_db
MADE_UP = "0123456789ab"


@pytest.fixture
def article():
    a_magazine()
    return an_article(a_contributor(), headline="The Slow River")


@pytest.fixture
def drawings(monkeypatch):
    """How often anything was drawn."""
    times = []

    def counted(*given):
        times.append(given)
        return drawn(*given)

    drawn = views.drawn
    monkeypatch.setattr(views, "drawn", counted)
    return times


def image_of(path: str) -> str:
    return tags_of(read(path).html).one("og:image").removeprefix("http://testserver")


def test_a_former_address_leads_to_the_present_image(article) -> None:
    before = image_of(article.url)
    article.title = "The Slower River"
    save_article(article, by=None)
    now = image_of(article.url)

    assert now != before
    assert sent(before)[:2] == (301, now)
    assert sent(now)[0] == 200


def test_what_does_not_show_on_it_leaves_its_address(article) -> None:
    before = image_of(article.url)
    article.body = [("paragraph", "<p>More of it.</p>")]
    save_article(article, by=None)

    assert image_of(article.url) == before


def test_made_up_addresses_are_never_drawn(article, drawings) -> None:
    for kind in (
        f"article/{article.pk}",
        "contributor/1",
        "publication",
        "article/999999",
        "contributor/999999",
    ):
        for version in (MADE_UP, "f" * 12):
            assert sent(f"/share/{kind}-{version}.jpg")[0] in (301, 404)

    assert drawings == []


@pytest.mark.parametrize(
    "path", ["/share/article/0-0123456789ab.jpg", "/share/article/1-0123.jpg", "/share/article/1-0123456789AB.jpg",
             "/share/nothing/1-0123456789ab.jpg", "/share/article/1-0123456789ab.png", "/share/article/١-0123456789ab.jpg"]
)  # fmt: skip
def test_what_is_no_address_of_an_image_is_none(path: str, article) -> None:
    assert sent(path)[0] == 404


def test_an_image_is_drawn_once_and_kept_as_it_is(article, drawings) -> None:
    path = image_of(article.url)
    with pagecache(is_on=True):
        first = sent(path)

        assert kept_answer(path) == first
        answer = Client().get(path, headers={"accept-encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.content[:3] == b"\xff\xd8\xff"
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["ETag"]


@pytest.mark.parametrize("change", ["unpublish", "headline", "publication"])
def test_an_image_goes_when_what_it_shows_does(change: str, article) -> None:
    path = image_of(article.url)
    with pagecache(is_on=True):
        sent(path)
        match change:
            case "unpublish":
                ArticlePage.objects.get(pk=article.pk).unpublish()
            case "headline":
                article.title = "Another River"
                save_article(article, by=None)
            case "publication":
                settings = PublicationSettings.load()
                settings.accent = "#1b5e8c"
                settings.save()

        assert path not in kept_paths()
        assert sent(path)[0] == (404 if change == "unpublish" else 301)


def test_an_image_of_what_is_not_out_is_as_one_of_nothing(article) -> None:
    ada = a_contributor("Ottoline Brand", is_public=False)
    draft = an_article(ada, headline="Not out", publish=False, published_at=None)

    for kind in (f"article/{draft.pk}", f"contributor/{ada.pk}"):
        assert sent(f"/share/{kind}-{MADE_UP}.jpg") == sent(f"/share/{kind}-{'1' * 12}.jpg")
        assert sent(f"/share/{kind}-{MADE_UP}.jpg")[0] == 404


def test_a_missing_image_is_there_once_the_article_is(article) -> None:
    draft = an_article(Contributor.objects.get(), headline="Not out", publish=False, published_at=None)
    with pagecache(is_on=True):
        path = f"/share/article/{draft.pk}-{MADE_UP}.jpg"
        assert sent(path)[0] == 404
        draft.save_revision().publish()

        assert path not in kept_paths()
        assert sent(path)[0] == 301


def test_the_image_of_who_was_merged_leads_to_who_they_are_now(article) -> None:
    ada, other = Contributor.objects.get(), a_contributor("A. Quill")
    merge_contributors(kept=ada, absorbed=other, by=None)

    assert sent(f"/share/contributor/{other.pk}-{MADE_UP}.jpg")[:2] == (301, image_of("/author/ada-quill/"))


def test_the_image_of_who_has_withdrawn_is_gone(article) -> None:
    ada = Contributor.objects.get()
    path = image_of("/author/ada-quill/")
    with pagecache(is_on=True):
        sent(path)
        withdraw(ada, by=None)

        assert sent(path)[0] == 410


def test_a_contributors_image_follows_their_note_and_not_their_count(article) -> None:
    ada = Contributor.objects.get()
    before = image_of("/author/ada-quill/")
    an_article(ada)
    assert image_of("/author/ada-quill/") == before

    ada.note = "Ada writes about rivers."
    save_contributor(ada, by=None)
    assert image_of("/author/ada-quill/") != before


def test_one_draws_at_a_time_and_a_crowd_is_told_to_come_back() -> None:
    turns = Turns(seconds=10, waiting=1)
    begun, go_on, answers = threading.Event(), threading.Event(), []

    def slow() -> str:
        begun.set()
        go_on.wait(10)
        return "drawn"

    first = threading.Thread(target=lambda: answers.append(turns.take(slow)))
    first.start()
    begun.wait(10)
    second = threading.Thread(target=lambda: answers.append(turns.take(lambda: "drawn")))
    second.start()
    while turns._places.acquire(blocking=False):  # until the second waits
        turns._places.release()
    assert turns.take(lambda: "drawn") is None
    go_on.set()
    first.join()
    second.join()

    assert answers == ["drawn", "drawn"]
    assert turns.take(lambda: "drawn") == "drawn"


def test_who_is_told_to_come_back_is_told_when_and_it_is_not_kept(article, monkeypatch) -> None:
    monkeypatch.setattr(views, "TURNS", Turns(seconds=0, waiting=-1))
    path = image_of(article.url)
    with pagecache(is_on=True):
        response = Client().get(path)

        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert path not in kept_paths()
