"""Reads about articles that other rooms rely on."""

from datetime import datetime

from django.db.models import Min
from django.utils import timezone
from wagtail.models import Page, Revision

from standfirst.bodies.cachekeys import page_text
from standfirst.bylines.models import Credit, Role
from standfirst.contributors.models import Contributor
from standfirst.database.prepared import Prepared
from standfirst.pagecache.recording import shows
from standfirst.publications.models import Section, Topic

from .models import ArticleIndexPage, ArticlePage, Correction

PUBLISHED_AT = Prepared(lambda address: ArticlePage.objects.published().filter(address=address).order_by())
ID_AT = Prepared(
    lambda address: (
        ArticlePage.objects.published().filter(address=address).order_by().values_list("pk", flat=True)
    )
)
PUBLISHED_ID = Prepared(lambda article: ArticlePage.objects.published().filter(pk=article).order_by())
SECTION = Prepared(lambda section: Section.objects.filter(pk=section))
TOPICS = Prepared(
    lambda article: Topic.objects.filter(
        pk__in=ArticlePage.topics.through.objects.filter(articlepage=article).values("topic")
    )
)
CORRECTIONS = Prepared(lambda article: Correction.objects.filter(article=article))
CREDITS = Prepared(lambda article: Credit.objects.filter(article=article))
CONTRIBUTORS = Prepared(lambda contributors: Contributor.objects.filter(pk__in=contributors).order_by())
ROLES = Prepared(lambda roles: Role.objects.filter(pk__in=roles).order_by())


def is_article_at(address: str) -> bool:
    """Whether a reader finds an article at an address such as `2024/05/the-slow-river`."""
    return PUBLISHED_AT.first(address=address) is not None


def article_id_at(address: str) -> int | None:
    """The id of the public article at an address; None when there is none to be seen."""
    return ID_AT.first(address=address)


def article_at(address: str) -> ArticlePage | None:
    """The public article at an address such as `2024/05/the-slow-river`; None when there is none to be seen.

    It comes with all its page shows: seven queries, whatever it holds.
    """
    return _with_what_it_shows(PUBLISHED_AT.first(address=address))


def article_with_id(number: int) -> ArticlePage | None:
    """The public article that has this id, as `article_at` gives it; None when there is none to be seen."""
    shows(page_text(number))
    return _with_what_it_shows(PUBLISHED_ID.first(article=number))


def _with_what_it_shows(article: ArticlePage | None) -> ArticlePage | None:
    if article is None:
        return None
    if article.section_id:
        article.section = SECTION.first(section=article.section_id)
    article.topics.set(TOPICS.rows(article=article.pk))
    article.corrections.set(CORRECTIONS.rows(article=article.pk))
    article.credits.set(_credits_of(article))
    return article


def _credits_of(article: ArticlePage) -> list[Credit]:
    credits = CREDITS.rows(article=article.pk)
    if not credits:
        return []
    people, roles = {credit.contributor_id for credit in credits}, {credit.role_id for credit in credits}
    contributor = {person.pk: person for person in CONTRIBUTORS.rows(contributors=sorted(people))}
    role = {role.pk: role for role in ROLES.rows(roles=sorted(roles))}
    for credit in credits:
        credit.contributor, credit.role = contributor[credit.contributor_id], role[credit.role_id]
    return credits


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
