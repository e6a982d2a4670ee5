"""Who writes an article at the same moment as another does not undo what that one did."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from standfirst.articles.actions import lift_embargoes, save_article
from standfirst.articles.models import ArticlePage
from tests.archives.reading import read
from tests.factories import a_contributor, a_magazine, an_article

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.postgresql,  # SQLite has one writer at a time.
]


def unpublish(article: ArticlePage) -> None:
    ArticlePage.objects.get(pk=article.pk).unpublish()


def unpublish_the_bare_page(article: ArticlePage) -> None:
    Page.objects.get(pk=article.pk).unpublish()


def edit(article: ArticlePage) -> None:
    article = ArticlePage.objects.get(pk=article.pk)
    article.title = "As it was put right"
    save_article(article, by=None)


@pytest.mark.parametrize("change", [unpublish, unpublish_the_bare_page, edit])
def test_an_embargo_that_ends_while_an_editor_works_undoes_nothing(change):
    a_magazine()
    article = an_article(
        a_contributor("Ada Quill"),
        published_at=None,
        embargoed_until=timezone.now() + timedelta(days=1),
    )
    ends = timezone.now() - timedelta(minutes=1)
    ArticlePage.objects.filter(pk=article.pk).update(embargoed_until=ends, is_public=False)
    lifting = threading.Thread(target=_lift)

    with transaction.atomic():
        change(article)
        lifting.start()
        _until_somebody_waits()
    lifting.join(timeout=30)

    after = ArticlePage.objects.get(pk=article.pk)
    if change is edit:
        assert (after.live, after.title) == (True, "As it was put right")
        assert read(after.url).status == 200
    else:
        assert (after.live, after.is_public) == (False, False)
        assert read(f"/author/{article.credits.get().contributor.slug}/").every_article_linked == set()


def _lift() -> None:
    try:
        lift_embargoes(at=timezone.now())
    finally:
        connection.close()


def _until_somebody_waits() -> None:
    """Until another connection to this database waits for what this one holds."""
    for _ in range(600):
        with connection.cursor() as cursor:
            # Within a transaction PostgreSQL goes on showing what it showed first.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits.")
