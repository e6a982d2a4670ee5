"""A feed goes when what it holds changes, at the commit, and not before."""

from datetime import date

import pytest

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage, Correction
from standfirst.feeds.actions import keep_entry_ids
from tests.factories import a_contributor, a_magazine, a_section, an_article, some_articles
from tests.pagecache.keeping import kept_paths, not_kept, pagecache, sent

pytestmark = pytest.mark.django_db


class Story:
    """Ada Quill wrote much in Rivers, some of it translated by Ben Marsh, who wrote one piece in Sea."""

    def __init__(self) -> None:
        a_magazine()
        self.ada, self.ben = a_contributor(), a_contributor("Ben Marsh")
        self.rivers, self.sea = a_section(), a_section("Sea")
        self.past = some_articles(42, self.ada, (self.ben, "translator"), section=self.rivers)
        self.bens = an_article(self.ben, section=self.sea)
        self.feeds = {
            f"{path}feed.{kind}"
            for path in (
                "/articles/",
                "/articles/page/1/",
                "/author/ada-quill/",
                "/author/ada-quill/page/1/",
                "/author/ben-marsh/",
                "/author/ben-marsh/translator/",
                "/author/ben-marsh/translator/page/1/",
                "/section/rivers/",
                "/section/rivers/page/1/",
                "/section/sea/",
            )
            for kind in ("atom", "json")
        }


@pytest.fixture
def story():
    with pagecache(is_on=True):
        yield Story()


def gone_after(story: Story, change) -> set[str]:
    """The lists whose feeds are no longer kept after a change; each that is kept must be what it would be rendered."""
    for path in story.feeds:
        assert sent(path)[0] == 200
    assert story.feeds <= kept_paths()

    change()

    kept = kept_paths()
    for path in story.feeds & kept:
        was = sent(path)
        with not_kept():
            assert sent(path) == was, path
    gone = {path.rpartition("feed.")[0] for path in story.feeds - kept}
    assert gone == {
        path.rpartition("feed.")[0] for path in story.feeds if path.rpartition("feed.")[0] in gone
    }
    return gone


def stored(article) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


def test_a_new_article_takes_the_newest_documents_of_its_lists_alone(story):
    assert gone_after(story, lambda: an_article(story.ben, section=story.sea)) == {
        "/articles/",
        "/author/ben-marsh/",
        "/section/sea/",
    }


def test_an_old_one_put_right_takes_the_documents_it_is_in(story):
    def correct() -> None:
        article = stored(story.past[3])
        article.corrections.add(Correction(text="<p>It was a lock.</p>", dated=date(2020, 2, 2)))
        save_article(article, by=None)

    assert gone_after(story, correct) == {
        "/articles/page/1/",
        "/author/ada-quill/page/1/",
        "/author/ben-marsh/translator/page/1/",
        "/section/rivers/page/1/",
    }


def test_one_that_is_deleted_is_in_none_any_more(story):
    assert gone_after(story, lambda: stored(story.bens).delete()) == {
        "/articles/",
        "/author/ben-marsh/",
        "/section/sea/",
    }


def test_an_id_that_is_kept_later_takes_the_documents_that_have_it(story):
    assert gone_after(story, lambda: keep_entry_ids({story.bens.pk: "tag:a"})) == {
        "/articles/",
        "/author/ben-marsh/",
        "/section/sea/",
    }
