import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from standfirst.backoffice.actions import let_editors_work
from tests.factories import a_magazine


@pytest.fixture
def magazine(db):
    let_editors_work()
    return a_magazine()


@pytest.fixture
def desk(magazine):
    """Logs somebody in at the editors' desk: `desk("Editors")`, `desk("Moderators")`, `desk()` for nobody special."""

    def log_in(*groups: str) -> Client:
        user = User.objects.create_user(f"user-of-{'-'.join(groups) or 'nothing'}", password="x")
        user.groups.set(Group.objects.filter(name__in=groups))
        client = Client()
        client.force_login(user)
        return client

    return log_in
