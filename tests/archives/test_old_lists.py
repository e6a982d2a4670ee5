"""Where lists of other systems had their pages, years and months, a list of ours is found, in one hop."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from standfirst.articles.models import ArticlePage
from tests.factories import FIRST_DAY, a_contributor, a_magazine, a_section, an_article, some_articles
from tests.pagecache.keeping import pagecache, sent

pytestmark = pytest.mark.django_db
YEAR = f"{FIRST_DAY:%Y}"


@pytest.fixture(autouse=True)
def magazine():
    a_magazine()


def answer(path: str) -> tuple[int, str]:
    response = Client().get(path)
    return response.status_code, response.get("Location", "")


def test_a_page_of_an_old_list_leads_where_the_list_leads():
    an_article(a_contributor(), section=a_section())
    Redirect.add_redirect("/category/streams/", "/section/rivers/")
    Redirect.add_redirect("/author/aquill/", "/author/ada-quill/")

    assert answer("/category/streams/page/2/") == (301, "/section/rivers/")
    assert answer("/category/streams/page/2") == (301, "/section/rivers/")
    assert answer("/author/aquill/page/3/") == (301, "/author/ada-quill/")
    assert answer("/page/2/") == (301, "/articles/")


def test_a_page_that_no_list_of_ours_has_yet_leads_nowhere():
    an_article(a_contributor(), section=a_section())
    Redirect.add_redirect("/author/ada-quill/", "/section/rivers/")

    for path in (
        "/author/ada-quill/page/2/",
        "/section/rivers/page/2/",
        "/articles/page/2/",
        "/nothing/page/2/",
    ):
        assert answer(path) == (404, ""), path


def test_a_page_of_what_readers_may_not_know_of_leads_nowhere():
    a_contributor("Otto Line", is_public=False)
    Redirect.add_redirect("/author/oline/", "/author/otto-line/")

    assert answer("/author/oline/page/2/") == (404, "")


def test_a_year_and_its_months_lead_to_the_year_in_the_list_of_everything():
    some_articles(45, a_contributor())

    link = Client().get("/articles/page/1/")
    assert link.status_code == 200
    for path in (f"/{YEAR}/", f"/{YEAR}", f"/{YEAR}/04/", f"/{YEAR}/04/12/", f"/{YEAR}/04/page/2/"):
        status, leads_to = answer(path)
        assert (status, leads_to.partition("#")[2]) == (301, f"y{YEAR}"), path
        assert Client().get(leads_to).status_code == 200
        assert f'id="y{YEAR}"' in Client().get(leads_to).text
    for path in ("/1999/", f"/{YEAR}/13/", f"/{YEAR}/04/nothing/", "/0007/"):
        assert answer(path) == (404, ""), path


def test_the_feed_of_a_month_is_that_of_everything_and_an_articles_comments_have_none():
    article = an_article(a_contributor())

    assert answer(f"/{YEAR}/04/feed/") == (301, "/articles/feed.rss")
    assert answer(f"/{YEAR}/feed/atom/") == (301, "/articles/feed.atom")
    assert answer(f"{article.url}feed/") == (404, "")


def test_where_old_lists_lead_is_kept_until_that_changes():
    with pagecache(is_on=True):
        a_section()
        old = "/category/streams/page/2/"
        assert (sent(f"/{YEAR}/")[0], sent(old)[0]) == (404, 404)

        article = an_article(a_contributor())
        redirect = Redirect.add_redirect("/category/streams/", "/section/rivers/")
        assert sent(f"/{YEAR}/")[:2] == (301, f"/articles/#y{YEAR}")
        assert sent(old)[:2] == (301, "/section/rivers/")

        ArticlePage.objects.get(pk=article.pk).unpublish()
        redirect.delete()
        assert (sent(f"/{YEAR}/")[0], sent(old)[0]) == (404, 404)
