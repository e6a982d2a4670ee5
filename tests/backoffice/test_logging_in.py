"""Guessing passwords is slowed, whichever way in is tried, and nobody can lock an editor out by it."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from standfirst.backoffice.logging_in import (
    COOL_OFF,
    KNOWN_FOR,
    ONE_ACCOUNT,
    ONE_ACCOUNT_FROM_ONE_ADDRESS,
    ONE_ADDRESS,
    forget_old_attempts,
    reader_address,
)
from standfirst.serving.upkeep import chores
from tests.ways import patterns

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
RIGHT, WRONG = "the-right-password", "a-wrong-password"
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def ada(settings):
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
    return User.objects.create_superuser("ada", "ada@magazine.example", RIGHT)


def try_to_log_in(*, account="ada", password=WRONG, address=HERE, times=1, **headers):
    client = Client(REMOTE_ADDR=address)
    for _ in range(times):
        answer = client.post(LOGIN, {"username": account, "password": password}, **headers)
    return answer


def is_in(answer) -> bool:
    return answer.status_code == 302


class FieldsOfForms(HTMLParser):
    """The fields of each form of a page that is to be posted."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.is_in_form = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.is_in_form = (found.get("method") or "").lower() == "post"
            if self.is_in_form:
                self.forms.append({})
        elif tag in ("input", "textarea") and self.is_in_form and found.get("name"):
            self.forms[-1][found["name"]] = found.get("type") or "text"

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_in_form = False


def ways_in():
    """Every form that somebody who is not logged in can find and post: its address and its fields."""
    client = Client()
    without_arguments = (
        address for _pattern, written in patterns() for address, names in written if not names
    )
    for address in without_arguments:
        answer = client.get(address, follow=True)
        if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
            where = answer.redirect_chain[-1][0] if answer.redirect_chain else address
            for form in FieldsOfForms(answer.content.decode()).forms:
                yield where.partition("?")[0], form


def test_every_form_for_strangers_is_slowed(ada) -> None:
    found = dict(ways_in())
    assert {LOGIN, "/admin/password_reset/"} <= found.keys()

    for number, (address, fields) in enumerate(found.items()):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        values = {name: "ada@magazine.example" if kind == "email" else "ada" for name, kind in fields.items()}
        statuses = [client.post(address, values).status_code for _ in range(ONE_ACCOUNT_FROM_ONE_ADDRESS + 1)]
        assert statuses[-1] == 429, f"{address} lets guess on: {statuses}"


def test_the_right_password_is_refused_after_too_many_wrong_ones_and_taken_when_the_time_is_over(ada) -> None:
    answer = try_to_log_in(times=ONE_ACCOUNT_FROM_ONE_ADDRESS)
    refused = try_to_log_in(password=RIGHT)
    AccessAttempt.objects.update(attempt_time=timezone.now() - COOL_OFF - timedelta(seconds=1))

    assert answer.status_code == refused.status_code == 429
    assert "Wait 15 minutes, then try again." in refused.content.decode()
    assert refused["Retry-After"] == "900"
    assert is_in(try_to_log_in(password=RIGHT))


def test_whoever_tries_on_while_refused_does_not_wait_longer(ada) -> None:
    try_to_log_in(times=ONE_ACCOUNT_FROM_ONE_ADDRESS)
    AccessAttempt.objects.update(attempt_time=timezone.now() - COOL_OFF + timedelta(seconds=2))
    before = AccessAttempt.objects.get().attempt_time

    try_to_log_in(times=3)

    assert AccessAttempt.objects.get().attempt_time == before


def test_success_begins_the_count_anew(ada) -> None:
    try_to_log_in(times=ONE_ACCOUNT_FROM_ONE_ADDRESS - 1)
    assert is_in(try_to_log_in(password=RIGHT))

    try_to_log_in(times=ONE_ACCOUNT_FROM_ONE_ADDRESS - 1)

    assert is_in(try_to_log_in(password=RIGHT))


def test_another_browser_is_no_other_address(ada) -> None:
    for number in range(ONE_ACCOUNT_FROM_ONE_ADDRESS):
        try_to_log_in(HTTP_USER_AGENT=f"Browser {number}")

    assert try_to_log_in(password=RIGHT).status_code == 429


def test_one_account_is_guessed_from_many_addresses_no_faster(ada) -> None:
    for number in range(ONE_ACCOUNT):
        try_to_log_in(address=f"203.0.113.{number}")

    assert try_to_log_in(address="203.0.113.200", password=RIGHT).status_code == 429


def test_an_editor_is_not_locked_out_of_an_address_they_have_logged_in_from(ada) -> None:
    assert is_in(try_to_log_in(password=RIGHT, address=HERE))

    for number in range(ONE_ACCOUNT + 5):
        try_to_log_in(address=f"203.0.113.{number}")

    assert is_in(try_to_log_in(password=RIGHT, address=HERE))


def test_an_editor_elsewhere_gets_in_by_the_link_they_are_sent(ada) -> None:
    for number in range(ONE_ACCOUNT):
        try_to_log_in(address=f"203.0.113.{number}")
    assert try_to_log_in(password=RIGHT, address=ELSEWHERE).status_code == 429

    client = Client(REMOTE_ADDR=ELSEWHERE)
    client.post("/admin/password_reset/", {"email": ada.email})
    link = re.search(r"/admin/password_reset/confirm/\S+", mail.outbox[-1].body).group()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": "quite-another-one", "new_password2": "quite-another-one"})

    assert is_in(try_to_log_in(password="quite-another-one", address=ELSEWHERE))


def test_one_address_guesses_many_accounts_no_faster(ada) -> None:
    for number in range(ONE_ADDRESS):
        try_to_log_in(account=f"somebody-{number}")

    assert try_to_log_in(password=RIGHT).status_code == 429
    assert is_in(try_to_log_in(password=RIGHT, address=ELSEWHERE))


def test_the_owner_is_written_to_once_a_day_and_told_at_their_desk(ada, settings, caplog, sent_mail) -> None:
    for address in ("203.0.113.1", "203.0.113.2"):
        try_to_log_in(address=address, times=ONE_ACCOUNT_FROM_ONE_ADDRESS + 2)
    try_to_log_in(password=RIGHT)
    client = Client(REMOTE_ADDR=HERE)
    client.force_login(ada)

    letters = sent_mail(1)
    assert [letter.to for letter in letters] == [["ada@magazine.example"]]
    assert "203.0.113.1" in letters[0].body
    assert caplog.text.count("Too many attempts to log in as “ada” from 203.0.113.1") == 1
    assert "Somebody tried to log in as you" in client.get("/admin/").content.decode()


def test_nobody_else_is_told(ada, sent_mail) -> None:
    try_to_log_in(account="nobody", times=ONE_ACCOUNT_FROM_ONE_ADDRESS)
    ben = User.objects.create_superuser("ben")
    client = Client()
    client.force_login(ben)

    assert sent_mail(0) == []
    assert "Somebody tried to log in as you" not in client.get("/admin/").content.decode()


@pytest.fixture
def sent_mail(settings):
    """What has been sent, once the threads that send it are done."""
    import threading
    from dataclasses import replace

    from standfirst.config.publication_file import Mail

    # A value of the publication's file, as if it named a server.
    settings.STANDFIRST = replace(settings.STANDFIRST, mail=Mail("smtp", host="mail.example"))

    def sent(number: int) -> list:
        for thread in threading.enumerate():
            if thread.daemon and thread.name.startswith("Thread-") and "_send" in thread.name:
                thread.join(5)
        assert len(mail.outbox) == number
        return mail.outbox

    return sent


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "10.9.9.9", "192.0.2.7"),  # No proxy of ours: its word counts for nothing.
        ("127.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("127.0.0.1", "10.9.9.9, 198.51.100.9", "198.51.100.9"),  # The first was sent by the reader.
        ("127.0.0.1", "10.9.9.9, 198.51.100.9, ::1", "198.51.100.9"),
        ("127.0.0.1", "rubbish", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.9, rubbish", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.9:5123", "198.51.100.9"),
        ("::ffff:192.0.2.7", "", "192.0.2.7"),
        ("::1", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::"),
        ("2001:db8:1:2:9:9:9:9", "", "2001:db8:1:2::"),
        ("", "198.51.100.9", "198.51.100.9"),  # A socket of the system: whoever speaks is on this machine.
        ("", "", None),
    ],
)
def test_the_address_is_the_readers_own(peer, forwarded, found) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)

    assert reader_address(request) == found


def test_what_is_counted_is_forgotten(ada) -> None:
    try_to_log_in(times=ONE_ACCOUNT_FROM_ONE_ADDRESS)
    try_to_log_in(password=RIGHT, address=ELSEWHERE)
    long_ago = timezone.now() - KNOWN_FOR
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.update(attempt_time=long_ago)

    assert "forget old attempts to log in" in [chore.name for chore in chores()]
    forget_old_attempts()

    assert not any(model.objects.exists() for model in (AccessAttempt, AccessFailureLog, AccessLog))
