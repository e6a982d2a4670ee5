"""Long work that one process at a time may do."""

import os
import signal
import subprocess
import sys

import pytest

from standfirst.database.alone import alone

pytestmark = pytest.mark.django_db

HOLDER = """
import sys, time, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from standfirst.database.alone import alone
with alone("lifting") as is_ours:
    print(is_ours, flush=True)
    time.sleep(60)
"""


def test_the_second_is_told_at_once_and_the_next_is_not():
    with alone("lifting") as first, alone("lifting") as second, alone("carrying") as other:
        assert (first, second, other) == (True, False, True)

    with alone("lifting") as next_one:
        assert next_one


def test_who_is_killed_leaves_no_lock_behind():
    from django.db import connection

    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(connection.settings_dict["NAME"])],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    assert holder.stdout.readline().strip() == "True"
    with alone("lifting") as while_held:
        assert not while_held

    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()

    with alone("lifting") as afterwards:
        assert afterwards
