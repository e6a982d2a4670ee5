"""An archive is one range of one index: what the database says it will do."""

import pytest
from django.db import connection

from standfirst.archives.archive import Archive
from standfirst.bylines.models import Role
from tests.factories import a_contributor, a_magazine, a_section, a_topic, some_articles

# PostgreSQL reads an index alone once the table is vacuumed, which it will not do inside a transaction.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def archives():
    """One archive of each kind, by the index it should be read from, with enough rows for an index to pay."""
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if on_postgresql:
            # VACUUM passes over rows whose commit may not be on disk yet.
            cursor.execute("SET synchronous_commit = on")
        a_magazine()
        ada, ben, section, topic = a_contributor(), a_contributor("Ben Marsh"), a_section(), a_topic()
        some_articles(200, ada, (ben, "translator"), section=section, topics=[topic])
        if on_postgresql:
            cursor.execute("VACUUM ANALYZE articles_listing")
            # In so small a table reading everything is cheapest; the question is what it can do.
            cursor.execute("SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off")
    yield {
        "archive_of_contributor": [Archive.by(ada)],
        "archive_of_other_work": [Archive.by(ben, Role.objects.get(code="translator"))],
        "archive_of_section": [Archive.in_section(section)],
        "archive_of_topic": [Archive.on_topic(topic)],
        "archive_of_everything": [Archive.of_everything()],
    }
    connection.close()


@pytest.mark.parametrize("order", ["newest_first", "oldest_first"])
def test_a_page_is_a_range_read_of_its_index_and_nothing_is_sorted(archives, order):
    for index, of_this_kind in archives.items():
        for archive in of_this_kind:
            page = getattr(archive.listings, order)().values_list("article_id", flat=True)[:20]

            plan = page.explain()

            assert index in plan, plan
            assert "COVERING INDEX" in plan or "Index Only Scan" in plan, plan
            assert "TEMP B-TREE" not in plan, plan
            assert "Sort" not in plan, plan


def test_a_count_reads_the_index_alone(archives):
    for of_this_kind in archives.values():
        for archive in of_this_kind:
            plan = archive.listings.values_list("published_at").order_by().explain()

            assert "COVERING INDEX" in plan or "Index Only Scan" in plan, plan
