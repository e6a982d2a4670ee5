"""How often somebody may try to log in, or ask for a link to a new password, and who hears of it.

Attempts are counted by django-axes, before a password is looked at. A count is of one account from one address
(strict), of one account from anywhere and of one address for any account (looser). An address from which somebody has
logged in to an account, or has set its password by the link they were sent, is known: there attempts from elsewhere do
not count, so nobody can lock an editor out by guessing.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.mail import send_mail
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _

log = logging.getLogger("standfirst.logging_in")

# What a count is forgotten after, and a refusal ends: so long after the last attempt that was looked at.
COOL_OFF: timedelta = settings.AXES_COOLOFF_TIME
# By what axes calls an account's name.
NAME = "username"
ONE_ACCOUNT_FROM_ONE_ADDRESS: int = settings.AXES_FAILURE_LIMIT
# From anywhere. Somebody guesses from many addresses: each of them gets four tries, all of them these.
ONE_ACCOUNT = 30
# An office has one address; its editors forget their passwords on the same Monday.
ONE_ADDRESS = 30
# For so long an address from which somebody has logged in is known to be theirs.
KNOWN_FOR = timedelta(days=90)
# For so long refusals are shown to the account's owner.
SHOWN_FOR = timedelta(days=14)
ONE_MAIL_IN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many attempts there may be that have these in common."""

    most: int
    of: Mapping[str, Any]


class Attempts(AxesDatabaseHandler):
    """Counts attempts against several limits at once; axes knows one (`AXES_FAILURE_LIMIT`)."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """How much of the limit that is nearest is used up, where `settings.AXES_FAILURE_LIMIT` is all of it."""
        after = timezone.now() - COOL_OFF
        return max(
            int(_attempts(limit.of, after) * settings.AXES_FAILURE_LIMIT / limit.most)
            for limit in _limits(_username(credentials), getattr(request, "axes_ip_address", None))
        )


def _limits(username: str, address: str | None) -> Iterator[Limit]:
    yield Limit(ONE_ACCOUNT_FROM_ONE_ADDRESS, {"username": username, "ip_address": address})
    yield Limit(ONE_ADDRESS, {"ip_address": address})
    known = AccessLog.objects.filter(
        username=username, ip_address=address, attempt_time__gt=timezone.now() - KNOWN_FOR
    )
    if not known.exists():
        yield Limit(ONE_ACCOUNT, {"username": username})


def _attempts(of: Mapping[str, Any], after: datetime) -> int:
    rows = AccessAttempt.objects.filter(attempt_time__gt=after, **of)
    return rows.aggregate(number=Sum("failures_since_start"))["number"] or 0


def _username(credentials: Mapping[str, Any] | None) -> str:
    return (credentials or {}).get(NAME) or ""


class PasswordLinks:
    """Middleware: whoever asks for links to new passwords is counted like whoever logs in, wherever it is asked.

    Whoever sets a password by such a link is known at their address from then on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        # The view redirects a form only when it has set the password.
        if (
            match
            and response.status_code == 302
            and _is_posted_to(PasswordResetConfirmView, request, match.func)
        ):
            _remember_address(request, match.kwargs.get("uidb64", ""))
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        if not _is_posted_to(PasswordResetView, request, view):
            return None
        # Under a name that no account can have.
        asked_for = {NAME: f"mail to {request.POST.get('email', '').lower()}"[:200]}
        if not AxesProxyHandler.is_allowed(request, asked_for):
            return refused(request)
        AxesProxyHandler.user_login_failed(type(self), credentials=asked_for, request=request)
        # This one was within the limit; the next will not be.
        request.axes_locked_out = False  # type: ignore[attr-defined]
        return None


def _is_posted_to(kind: type, request: HttpRequest, view: Any) -> bool:
    found = getattr(view, "view_class", None)
    return request.method == "POST" and isinstance(found, type) and issubclass(found, kind)


def _remember_address(request: HttpRequest, uidb64: str) -> None:
    try:
        owner = get_user_model()._default_manager.get(pk=urlsafe_base64_decode(uidb64).decode())
    except (ObjectDoesNotExist, ValueError, ValidationError):
        return
    if address := reader_address(request):
        AccessLog.objects.create(username=owner.get_username(), ip_address=address)


def refused(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """The answer to an attempt that is one too many: 429, with a sentence that says when to try again."""
    minutes = int(COOL_OFF.total_seconds() // 60)
    answer = render(request, "backoffice/too_many_attempts.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(int(COOL_OFF.total_seconds()))
    return answer


def reader_address(request: HttpRequest) -> str | None:
    """The address somebody comes from; for IPv6 that of their network, as a household has a whole one (RFC 6177).

    What a header says is believed of the proxies that `server.proxies` names, and of who speaks over a socket of this
    machine, and of nobody else: from the last address back to the first that is no proxy of ours.
    """
    trusted = [ip_network(text, strict=False) for text in settings.STANDFIRST.server.proxies]
    found = _as_address(request.META.get("REMOTE_ADDR", ""))
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if found is not None and not any(found in network for network in trusted):
            break
        before = _as_address(hop)
        if before is None:
            break
        found = before
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, 64), strict=False).network_address)
    return str(found) if found else None


def _as_address(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def tell_owner(sender: object, *, username: str, ip_address: str | None, **_more: Any) -> None:
    """Log that attempts are refused from now on, and write to the account's owner, at most once a day.

    To be connected to `axes.signals.user_locked_out`. The mail leaves on a thread of its own: how long an attempt takes
    must not tell whether there is such an account.
    """
    now = timezone.now()
    before = refusals_of(username).filter(attempt_time__gt=now - COOL_OFF, ip_address=ip_address)
    if before.exists():
        return
    log.warning(
        "Too many attempts to log in as “%s” from %s: they are refused for %d minutes.",
        username,
        ip_address or "an unknown address",
        COOL_OFF.total_seconds() // 60,
    )
    owner = get_user_model()._default_manager.filter(username=username, is_active=True).first()
    if owner is None or not owner.email or settings.STANDFIRST.mail.kind == "none":
        return
    if refusals_of(username).filter(attempt_time__gt=now - ONE_MAIL_IN).exists():
        return
    name = settings.STANDFIRST.name
    subject = _("Somebody tries to log in as you at %(publication)s") % {"publication": name}
    words = _(
        "Somebody has given a wrong password for your account “%(account)s” several times, last at %(time)s from "
        "the address %(address)s. Nobody got in by it, and further attempts are refused for a while.\n\n"
        "If it was you: wait a quarter of an hour and try again. If not, there is nothing you must do; a long password that "
        "you use nowhere else keeps them out. You can change it at %(where)s."
    ) % {
        "account": username,
        "time": timezone.localtime(now).strftime("%Y-%m-%d %H:%M"),
        "address": ip_address or "?",
        "where": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_account"),
    }
    threading.Thread(target=_send, args=(subject, words, owner.email), daemon=True).start()


def _send(subject: str, words: str, address: str) -> None:
    try:
        send_mail(subject, words, None, [address])
    except Exception:
        log.exception("The owner of an account could not be told that log-ins are refused.")


def refusals_of(username: str) -> Any:
    """The times at which log-ins to this account began to be refused, the latest first."""
    return AccessFailureLog.objects.filter(username=username, locked_out=True).order_by("-attempt_time")


def forget_old_attempts() -> int:
    """Forget attempts, refusals and addresses whose time is over, and say how many there were."""
    now = timezone.now()
    old = (
        AccessAttempt.objects.filter(attempt_time__lte=now - COOL_OFF),
        AccessFailureLog.objects.filter(Q(attempt_time__lte=now - SHOWN_FOR) | Q(locked_out=False)),
        AccessLog.objects.filter(attempt_time__lte=now - KNOWN_FOR),
    )
    return sum(rows.delete()[0] for rows in old)
