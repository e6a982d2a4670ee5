"""What each page may ask of the database, whatever the size of the archive."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import a_contributor, a_magazine, a_section, a_topic, an_article, some_articles

pytestmark = pytest.mark.django_db

# Address, queries. Three of each are the publication's: its settings, its navigation, its social links.
BUDGETS = [
    ("/", 10),
    ("/author/ada-quill/", 15),
    ("/author/ada-quill/page/1/", 8),
    ("/author/ben-marsh/", 14),
    ("/author/ben-marsh/translator/page/1/", 9),
    ("/author/nobody/", 6),
    ("/authors/", 6),
    ("/authors/q/", 7),
    ("/section/rivers/", 11),
    ("/section/rivers/page/1/", 8),
    ("/topic/floods/", 11),
    ("/articles/", 10),
    ("/articles/page/1/", 7),
    ("/search/?q=article", 21),
    ("{article}", 15),
]


# What keeps a statement of the search that runs into its deadline from taking the transaction along, in PostgreSQL.
SAVEPOINTS = ("SAVEPOINT", "RELEASE")


def queries_of(path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(path).status_code in (200, 404), path
    return [sql for query in captured.captured_queries if not (sql := query["sql"]).startswith(SAVEPOINTS)]


@pytest.fixture
def forty():
    """Forty articles by Ada Quill, translated by Ben Marsh, in one section and on one topic."""
    a_magazine()
    ada, ben = a_contributor(), a_contributor("Ben Marsh")
    rivers, floods = a_section(), a_topic()
    some_articles(40, ada, (ben, "translator"), section=rivers, topics=[floods])
    article = an_article(ada, (ben, "translator"), section=rivers, topics=[floods])
    return ada, ben, rivers, floods, article


@pytest.mark.parametrize(("path", "budget"), BUDGETS)
def test_a_page_keeps_to_its_budget_at_any_size(path, budget, forty):
    ada, ben, rivers, floods, article = forty
    path = path.format(article=article.url)
    queries_of(path)  # What Django learns once, such as its content types, is learnt.

    few = queries_of(path)
    some_articles(160, ada, (ben, "translator"), section=rivers, topics=[floods])
    many = queries_of(path)

    assert len(few) <= budget, "\n".join(few)
    assert len(many) == len(few), "\n".join(many)
