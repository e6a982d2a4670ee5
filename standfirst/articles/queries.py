"""Reads about articles that other rooms rely on."""

from datetime import datetime

from django.db.models import Min
from django.utils import timezone
from wagtail.models import Page, Revision

from .models import ArticleIndexPage, ArticlePage


def article_at(address: str) -> ArticlePage | None:
    """The public article at an address such as `2024/05/the-slow-river`; None when there is none to be seen."""
    return ArticlePage.objects.published().select_related("section").filter(address=address).first()


def article_index() -> ArticleIndexPage:
    """The page under which all articles are kept."""
    return ArticleIndexPage.objects.get()


def next_due() -> datetime | None:
    """When the next scheduled thing is due: a publication, an expiry, the end of an embargo. None if nothing is."""
    moments = (
        Revision.objects.filter(approved_go_live_at__isnull=False).aggregate(at=Min("approved_go_live_at"))[
            "at"
        ],
        Page.objects.filter(live=True, expire_at__isnull=False).aggregate(at=Min("expire_at"))["at"],
        ArticlePage.objects.under_embargo(embargoed_until__gt=timezone.now()).aggregate(
            at=Min("embargoed_until")
        )["at"],
    )
    return min((moment for moment in moments if moment), default=None)
