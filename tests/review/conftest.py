import pytest

from tests.factories import a_magazine


@pytest.fixture
def magazine(db):
    return a_magazine()
