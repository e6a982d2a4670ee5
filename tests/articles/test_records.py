"""What programs get of articles: the same people as readers, in the same order, under ids that last."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standfirst.articles.actions import save_article
from standfirst.articles.models import ArticlePage, Correction
from standfirst.articles.records import records_of
from standfirst.contributors.actions import change_slug
from standfirst.identity.actions import merge_contributors, withdraw
from standfirst.pagecache.recording import recording
from tests.archives.reading import read
from tests.factories import (
    FIRST_DAY,
    a_contributor,
    a_magazine,
    a_section,
    a_topic,
    an_article,
    some_articles,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def magazine(db):
    return a_magazine()


def record_of(article, **asked):
    [record] = records_of([article.pk], **asked)
    return record


def corrected(article, day, text="<p>A name was wrong.</p>"):
    page = ArticlePage.objects.get(pk=article.pk)
    page.corrections.add(Correction(dated=day, text=text))
    return save_article(page, by=None)


def test_credits_are_in_printed_order_with_names_as_printed():
    ada, ben, cleo = a_contributor(), a_contributor("Ben Marsh"), a_contributor("Cleo Field")
    article = an_article(cleo, (ben, "translator"), ada, (cleo, "photographer"))
    cleo.display_name = "Cleo Meadow"
    cleo.save()

    record = record_of(article)

    assert [(credit.name, credit.role) for credit in record.credits] == [
        ("Cleo Field", "author"),
        ("Ben Marsh", "translator"),
        ("Ada Quill", "author"),
        ("Cleo Field", "photographer"),
    ]
    assert [credit.name for credit in record.authors] == ["Cleo Field", "Ada Quill"]


def test_records_come_in_the_order_asked_for_without_what_is_not_public():
    first, draft, last = an_article(), an_article(publish=False, published_at=None), an_article()

    assert [record.id for record in records_of([last.pk, draft.pk, first.pk, 10**9])] == [last.pk, first.pk]
    assert records_of([draft.pk], with_bodies=True) == ()
    assert records_of([]) == ()


def test_a_contributor_is_known_by_one_address_for_good():
    ada, other = a_contributor(), a_contributor("Ada Quil")
    article = an_article(ada)
    before = record_of(article).credits[0]

    change_slug(ada, slug="someone-else", by=None)
    after = record_of(article).credits[0]

    assert before.url != after.url
    assert before.uri == after.uri
    path = after.uri.removeprefix("http://testserver")
    assert (read(path).status, read(path).location) == (301, "/author/someone-else/")
    merge_contributors(kept=other, absorbed=ada, by=None)
    assert read(path).location == "/author/ada-quil/"
    assert record_of(article).credits[0].uri != before.uri


def test_who_was_withdrawn_is_named_and_not_gathered():
    ada = a_contributor()
    article = an_article(ada)
    path = record_of(article).credits[0].uri.removeprefix("http://testserver")

    withdraw(ada, by=None)

    [credit] = record_of(article).credits
    assert (credit.name, credit.uri, credit.url) == ("Ada Quill", "", "")
    assert read(path).status == 410


def test_ids_that_are_nobodys_whom_readers_know_lead_nowhere():
    secret = a_contributor("Otto Line", is_public=False)

    for number in (secret.pk, 10**17):
        assert read(f"/id/contributor/{number}/").status == 404
    assert read("/id/contributor/9999999999999999999/").status == 404


def test_an_article_keeps_its_id_wherever_it_is_found():
    article = an_article(slug="slow-river")
    before = record_of(article)

    page = ArticlePage.objects.get(pk=article.pk)
    page.slug = "swift-river"
    save_article(page, by=None)

    after = record_of(article)
    assert before.url != after.url
    assert before.permanent_id == after.permanent_id
    assert before.permanent_id.startswith("urn:uuid:")


CHANGED = [
    # When it was updated, on which days it was put right, and when it was last published, in days and hours from its first
    # hour; and so, when it was modified.
    (None, [], 0, timedelta()),
    (timedelta(days=2), [], 0, timedelta(days=2)),
    (timedelta(days=-2), [], 0, timedelta()),
    (None, [3], timedelta(days=3, hours=1), timedelta(days=3, hours=1)),
    (None, [0], timedelta(hours=2), timedelta(hours=2)),
    (None, [3], timedelta(days=9), timedelta(days=3, hours=11, minutes=59, seconds=59)),
    (None, [3], timedelta(), timedelta(days=3, hours=-12)),
    (None, [-9], timedelta(), timedelta()),
    (timedelta(days=4), [3, 5], timedelta(), timedelta(days=5, hours=-12)),
]


@pytest.mark.parametrize(("updated", "days", "republished", "modified"), CHANGED)
def test_what_is_put_right_is_a_change_of_its_day(updated, days, republished, modified):
    article = an_article(published_at=FIRST_DAY)
    for day in days:
        corrected(article, FIRST_DAY.date() + timedelta(days=day))
    ArticlePage.objects.filter(pk=article.pk).update(
        updated_at=updated and FIRST_DAY + updated, last_published_at=FIRST_DAY + (republished or timedelta())
    )

    assert record_of(article).modified_at == FIRST_DAY + modified


def test_a_record_says_what_was_put_right_where_it_is_filed_and_what_it_says():
    rivers, floods = a_section(), a_topic()
    article = an_article(section=rivers, topics=[floods], body=[("paragraph", "<p>It <b>was</b> wet.</p>")])
    corrected(article, date(2020, 1, 2))

    record = record_of(article, with_bodies=True)

    assert (record.section.name, record.section.url) == ("Rivers", "http://testserver/section/rivers/")
    assert [topic.url for topic in record.topics] == ["http://testserver/topic/floods/"]
    assert [(note.kind, note.dated) for note in record.corrections] == [("correction", date(2020, 1, 2))]
    assert (record.words, "<b>was</b>" in record.body) == (3, True)
    assert record_of(article).body is None


def test_a_hundred_records_take_as_many_queries_as_one():
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    pages = some_articles(100, ada, (ben, "translator"), section=a_section(), topics=[a_topic()])

    for with_bodies, budget in ((False, 4), (True, 5)):
        asked = []
        for number in (1, 100):
            with CaptureQueriesContext(connection) as captured:
                assert (
                    len(records_of([page.pk for page in pages[:number]], with_bodies=with_bodies)) == number
                )
            asked.append([query["sql"] for query in captured.captured_queries])
        assert len(asked[0]) == len(asked[1]) == budget, asked[1]


def test_what_is_shown_is_said():
    ada, rivers, floods = a_contributor(), a_section(), a_topic()
    article = an_article(ada, section=rivers, topics=[floods])

    with recording() as shown:
        record_of(article)

    assert shown >= {
        f"page:{article.pk}:text",
        f"contributor:{ada.pk}",
        f"section:{rivers.pk}",
        f"topic:{floods.pk}",
    }
