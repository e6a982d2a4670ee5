"""Articles are public when they should be, at an address, with their credits in order."""

import re
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Concat

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit

from .finding import Check, Found, said

# Year, month and slug, in the letters of a slug: what `articles.publishing` writes and the address is read by.
ADDRESS = r"^[0-9]{4}/(0[1-9]|1[0-2])/[-a-zA-Z0-9_]+$"

# The scheduler looks once in a while: an embargo that ended just now may not be lifted yet.
PATIENCE = timedelta(minutes=1)


def wrongly_public_or_hidden(now: datetime) -> Found:
    articles = ArticlePage.objects.order_by("pk").values_list("pk", "title")
    reasons = (
        (articles.filter(is_public=True, live=False), "is public, though it is a draft."),
        (
            articles.filter(is_public=True, live=True, embargoed_until__gt=now),
            "is public, though its embargo has not ended.",
        ),
        (
            articles.filter(Q(embargoed_until=None), is_public=False, live=True),
            "is published, and readers cannot see it.",
        ),
        (
            articles.filter(is_public=False, live=True, embargoed_until__lt=now - PATIENCE),
            "is under no embargo any more, and readers cannot see it.",
        ),
    )
    for wrong, complaint in reasons:
        for article, title in wrong.iterator():
            yield f"article:{article}", f"{said(title, article)} {complaint}"


def without_address(now: datetime) -> Found:
    ends_in_the_slug = Q(address__endswith=Concat(Value("/"), F("slug")))
    wrong = ArticlePage.objects.published().filter(
        Q(address=None) | ~Q(address__regex=ADDRESS) | ~ends_in_the_slug
    )
    rows = wrong.order_by("pk").values_list("pk", "title", "address", "slug")
    for article, title, address, slug in rows.iterator():
        if not address:
            what = "has no address"
        elif not re.match(ADDRESS, address):
            what = f"has the address /{address}/, which is none an article can have"
        else:
            what = f"is at /{address}/, and its slug is {slug}"
        yield f"article:{article}", f"{said(title, article)} {what}."


def without_printed_name(now: datetime) -> Found:
    unsigned = Credit.objects.filter(article__is_public=True, printed_name="").order_by("article_id", "pk")
    for article, title, name, role in unsigned.values_list(
        "article_id", "article__title", "contributor__display_name", "role__label"
    ).iterator():
        yield (
            f"article:{article}",
            f"{said(title, article)} credits {name} ({role}) without a name to print.",
        )


def credited_twice(now: datetime) -> Found:
    twice = (
        Credit.objects.order_by("article_id", "contributor_id", "role_id")
        .values("article_id", "contributor_id", "role_id")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
        .values_list("article_id", "article__title", "contributor__display_name", "role__label", "times")
    )
    for article, title, name, role, times in twice.iterator():
        yield f"article:{article}", f"{said(title, article)} credits {name} {times} times as {role}."


CHECKS = (
    Check(
        "visibility",
        "Public, and should not be; or the reverse",
        "Open the article in the back office, and publish or unpublish it again.",
        wrongly_public_or_hidden,
    ),
    Check(
        "address",
        "Public, without a proper address",
        "Open the article in the back office, give it a slug (in Promote) and publish it again.",
        without_address,
    ),
    Check(
        "no-printed-name",
        "Credits without a name to print",
        "Open the article in the back office and publish it again: it takes the contributor's present name.",
        without_printed_name,
    ),
    Check(
        "credited-twice",
        "Credited twice in one role",
        "Open the article in the back office and remove all but one of these credits.",
        credited_twice,
    ),
)
