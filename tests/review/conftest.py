import pytest

from tests.factories import a_magazine


@pytest.fixture
def magazine(db):
    return a_magazine()


@pytest.fixture(autouse=True)
def no_pairs():
    from standfirst.review import pending

    pending._DIFFERENT.clear()
