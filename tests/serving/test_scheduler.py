"""What is scheduled happens at its time, once, and whatever else fails."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published

from standfirst.articles.actions import create_article
from standfirst.articles.models import ArticlePage, Listing
from standfirst.serving.scheduler import LONGEST_SLEEP, Scheduler
from tests.factories import schedule

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def scheduled(headline: str, *, at: datetime) -> ArticlePage:
    article = create_article(headline=headline, by=None)
    schedule(article, at)
    return article


def expiring(headline: str, *, at: datetime) -> ArticlePage:
    article = create_article(headline=headline, by=None, publish=True)
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=at)
    return article


def is_public(article: ArticlePage) -> bool:
    """Whether readers can see it; the archives must agree."""
    public = ArticlePage.objects.published().filter(pk=article.pk).exists()
    assert Listing.objects.filter(article=article.pk).exists() is public
    return public


@contextmanager
def failing_for(headline: str) -> Iterator[None]:
    """While this lasts, publishing the article of this headline fails, as any receiver of ours or others' might."""

    def fail(sender: object, instance: ArticlePage, **more: object) -> None:
        if instance.title == headline:
            raise RuntimeError("no ink")

    page_published.connect(fail)
    try:
        yield
    finally:
        page_published.disconnect(fail)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    # The log is for whoever keeps the server; here failures are made on purpose.
    logging.getLogger("standfirst.scheduler").propagate = True
    yield
    logging.getLogger("standfirst.scheduler").propagate = False


def test_an_article_goes_out_at_its_time_and_not_before(publication: None) -> None:
    due = scheduled("Due", at=timezone.now() - MINUTE)
    later = scheduled("Later", at=timezone.now() + MINUTE)

    assert Scheduler().run_due() == 1

    assert is_public(due)
    assert not is_public(later)


def test_an_article_goes_offline_at_its_time_and_leaves_the_archives(publication: None) -> None:
    over = expiring("Over", at=timezone.now() - MINUTE)
    running = expiring("Running", at=timezone.now() + MINUTE)

    Scheduler().run_due()

    assert not is_public(over)
    assert ArticlePage.objects.get(pk=over.pk).expired
    assert is_public(running)


def test_an_embargo_ends_at_its_time(publication: None) -> None:
    until = timezone.now() + timedelta(days=1)
    article = create_article(headline="Not yet", by=None, publish=True, embargoed_until=until)
    assert not is_public(article)

    ArticlePage.objects.filter(pk=article.pk).update(embargoed_until=timezone.now() - MINUTE)
    Scheduler().run_due()

    assert is_public(article)


def test_nothing_is_done_twice(publication: None) -> None:
    scheduled("Once", at=timezone.now() - MINUTE)
    expiring("Over", at=timezone.now() - MINUTE)

    assert Scheduler().run_due() == 2
    assert Scheduler().run_due() == 0


def test_one_failure_holds_up_nothing_else(publication: None, caplog: pytest.LogCaptureFixture) -> None:
    bad = scheduled("Bad", at=timezone.now() - 3 * MINUTE)
    good = scheduled("Good", at=timezone.now() - 2 * MINUTE)
    over = expiring("Over", at=timezone.now() - MINUTE)

    with failing_for("Bad"):
        Scheduler().run_due()

    assert not is_public(bad)
    assert is_public(good)
    assert not is_public(over)
    assert "publish “Bad”" in caplog.text
    assert "no ink" in caplog.text


def test_what_failed_rests_and_is_tried_again(publication: None) -> None:
    now = timezone.now()
    bad = scheduled("Bad", at=now - MINUTE)
    scheduler = Scheduler(clock=lambda: now)
    with failing_for("Bad"):
        scheduler.run_due()

    assert scheduler.run_due() == 0
    assert scheduler.sleep_for() == LONGEST_SLEEP.total_seconds()

    now += 2 * MINUTE
    assert scheduler.run_due() == 1
    assert is_public(bad)


def test_a_plan_outlives_an_expiry(publication: None) -> None:
    article = expiring("Comes back", at=timezone.now() - MINUTE)
    returning = ArticlePage.objects.get(pk=article.pk)
    returning.go_live_at, returning.expire_at = timezone.now() + HOUR, None
    revision = returning.save_revision()
    revision.publish()
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=timezone.now() - MINUTE, live=True)
    planned = Revision.objects.get(pk=revision.pk).approved_go_live_at

    Scheduler().run_due()

    assert not ArticlePage.objects.get(pk=article.pk).live
    assert planned is not None
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at == planned


def test_it_sleeps_until_the_next_thing_is_due_but_never_long(publication: None) -> None:
    now = timezone.now()
    assert Scheduler(clock=lambda: now).sleep_for() == LONGEST_SLEEP.total_seconds()

    scheduled("Tomorrow", at=now + timedelta(days=1))
    assert Scheduler(clock=lambda: now).sleep_for() == LONGEST_SLEEP.total_seconds()

    scheduled("Soon", at=now + timedelta(seconds=0.2))
    assert Scheduler(clock=lambda: now).sleep_for() == pytest.approx(0.2, abs=0.01)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_schedulers_at_once_publish_each_article_once(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("publication")
    articles = [scheduled(f"Number {n}", at=timezone.now() - MINUTE) for n in range(8)]
    published: list[int] = []
    page_published.connect(note := lambda sender, instance, **more: published.append(instance.pk))
    start = threading.Barrier(2)
    done: list[int] = []

    def work() -> None:
        start.wait()
        try:
            done.append(Scheduler().run_due())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    page_published.disconnect(note)

    assert sum(done) == 8
    assert sorted(published) == sorted(article.pk for article in articles)
    assert all(map(is_public, articles))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_it_runs_until_told_to_stop_and_sees_what_comes_meanwhile(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("publication")
    stop = threading.Event()
    thread = threading.Thread(target=Scheduler().run, args=(stop,))
    thread.start()
    try:
        article = scheduled("Meanwhile", at=timezone.now() - MINUTE)
        for _ in range(200):
            if is_public(ArticlePage.objects.get(pk=article.pk)):
                break
            stop.wait(0.05)
        assert is_public(article)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
    connection.close()
