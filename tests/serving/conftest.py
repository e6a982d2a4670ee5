"""A founded publication, for what happens in it at its time."""

import pytest

from standfirst.articles.actions import found_article_index
from standfirst.publications.actions import found_publication


@pytest.fixture
def publication(db: None) -> None:
    """A publication with a front page and a place for articles."""
    found_article_index(found_publication(name="The Test", address="http://testserver"))
