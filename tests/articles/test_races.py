"""Two writers at the same moment: whichever is first, what readers see is right afterwards.

Each way of writing is tried beside each other. The first has written and not committed; the second has read before that
all it means to store, as a form that is open has, and goes as far as it can; then the first commits.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from standfirst.articles.actions import save_article, set_credits
from standfirst.articles.models import ArticlePage
from standfirst.articles.queries import article_index
from standfirst.bylines.models import Credit
from standfirst.config.checks import findings
from standfirst.contributors.models import Contributor
from standfirst.identity.actions import (
    RenameScope,
    merge_contributors,
    rename,
    split_contributor,
    undo,
)
from standfirst.identity.errors import CannotChange
from tests.factories import a_contributor, a_magazine, an_article, some_articles
from tests.pagecache.keeping import kept_answer, kept_paths, not_kept, pagecache, sent

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.postgresql,  # SQLite has one writer at a time.
    pytest.mark.slow,
]

Done = Callable[[], Any]


@dataclass
class Story:
    """An article that two people write at once, and whoever is credited on it."""

    article: ArticlePage
    author: Contributor
    namesake: Contributor
    merge: Any

    @property
    def now(self) -> ArticlePage:
        return ArticlePage.objects.get(pk=self.article.pk)

    @property
    def paths(self) -> list[str]:
        return [self.article.url, self.author.path, self.namesake.path]


def a_story(name: str) -> Story:
    author, namesake = a_contributor(f"Ada Quill, {name}"), a_contributor(f"A. Quill, {name}")
    merged = a_contributor(f"Ada Quilt, {name}")
    article = an_article(author, headline=f"On water, {name}")
    some_articles(1, merged, author, namesake)
    merge = merge_contributors(kept=author, absorbed=merged, by=None)
    return Story(article, author, namesake, merge)


# --- the ways of writing: each reads, and returns what stores --------------------------------------------------------


def edit(story: Story) -> Done:
    article = story.now
    article.title += ", put right"
    return lambda: save_article(article, by=None)


def move(story: Story) -> Done:
    article = story.now
    article.slug += "-too"
    return lambda: save_article(article, by=None)


def recredit(story: Story) -> Done:
    article, namesake = story.now, Contributor.objects.get(pk=story.namesake.pk)
    return lambda: set_credits(article, [(namesake, "author")], by=None)


def import_another(story: Story) -> Done:
    author, namesake = (Contributor.objects.get(pk=one.pk) for one in (story.author, story.namesake))
    return lambda: some_articles(2, author, namesake)


def new_below_the_bare_page(story: Story) -> Done:
    index = Page.objects.get(pk=article_index().pk)
    article = ArticlePage(title="New", slug="new", live=False)
    return lambda: index.add_child(instance=article)


def unpublish(story: Story) -> Done:
    article = story.now
    return article.unpublish


def unpublish_the_bare_page(story: Story) -> Done:
    page = Page.objects.get(pk=story.article.pk)
    return page.unpublish


def delete(story: Story) -> Done:
    article = story.now
    return article.delete


def merge_the_author(story: Story) -> Done:
    return lambda: merge_contributors(kept=story.namesake, absorbed=story.author, by=None)


def undo_a_merge(story: Story) -> Done:
    return lambda: undo(story.merge, by=None)


def rename_silently(story: Story) -> Done:
    return lambda: rename(
        story.author, display_name="Bea Quill", by=None, scope=RenameScope.EVERYWHERE_SILENTLY
    )


def split(story: Story) -> Done:
    credits = list(Credit.objects.filter(contributor=story.author, article=story.article))
    return lambda: split_contributor(
        story.author, credits={credit.pk: story.namesake for credit in credits}, by=None
    )


WAYS = [
    edit,
    move,
    recredit,
    import_another,
    new_below_the_bare_page,
    unpublish,
    unpublish_the_bare_page,
    delete,
    merge_the_author,
    undo_a_merge,
    rename_silently,
    split,
]
# What is refused in order: the one who was first has left nothing of it to do.
REFUSALS = (CannotChange, PermissionDenied, ObjectDoesNotExist)
READ = ("/", "/articles/", "/authors/")


@pytest.mark.parametrize("first", WAYS, ids=lambda way: way.__name__)
def test_what_two_write_at_once_is_right_afterwards(first):
    a_magazine()
    stories = [a_story(second.__name__) for second in WAYS]
    paths = {*READ, *(path for story in stories for path in story.paths)}
    with pagecache(is_on=True):
        for path in paths:
            sent(path)

        trouble = {
            second.__name__: said
            for story, second in zip(stories, WAYS, strict=True)
            if (said := at_once(first(story), second(story)))
        }

        assert not trouble
        assert [finding.sentence for finding in findings(timezone.now())] == []
        for path in kept_paths():
            with not_kept():
                fresh = sent(path)
            assert kept_answer(path) == fresh, f"{path} is kept, and is not what a reader would be sent"
    for article in ArticlePage.objects.exclude(address=None):
        assert (sent(f"/{article.address}/")[0] == 200) == article.is_before_readers
    for story in stories:
        written = ArticlePage.objects.filter(pk=story.article.pk).first()
        if written and written.is_before_readers:
            assert sent(story.article.url)[0] in (200, 301)


def at_once(first: Done, second: Done) -> str:
    """What went wrong with either; nothing, and no deadlock, is to go wrong."""
    failed: list[BaseException] = []
    ended = threading.Event()

    def beside() -> None:
        try:
            second()
        except REFUSALS:
            pass
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()
            ended.set()

    other = threading.Thread(target=beside)
    try:
        with transaction.atomic():
            first()
            other.start()
            _until_it_waits_or_ends(ended)
    except OperationalError as error:
        failed.append(error)
    other.join(timeout=30)
    return "; ".join(f"{type(error).__name__}: {error}" for error in failed)


def _until_it_waits_or_ends(ended: threading.Event) -> None:
    """Until another connection to this database waits for what this one holds, or has not had to."""
    for _ in range(600):
        if ended.wait(0.02):
            return
        with connection.cursor() as cursor:
            # Within a transaction PostgreSQL goes on showing what it showed first.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("It neither waits nor ends.")
