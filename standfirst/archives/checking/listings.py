"""The archives hold what they should, and nothing else: listings against what they are made from.

Each rule here is the other side of `articles.publishing.places`, spelled as a question to the database.
What is wrong with the listings of an article that is not public is said once: that they are there.
"""

from datetime import datetime

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from standfirst.articles.models import ArticlePage, Listing
from standfirst.bylines.models import Credit

from .finding import Check, Found, said

AGAIN = (
    "Open the article in the back office and publish it again: its places in the archives are written anew."
)

filed_under = ArticlePage.topics.through

# In whose archive a listing is; all of them are empty in the archive of everything.
ARCHIVE = ("contributor__display_name", "section__name", "topic__name")


def _listings(wrong: QuerySet[Listing], complaint: str) -> Found:
    rows = wrong.order_by("article_id", "pk").values_list("article_id", "article__title", *ARCHIVE)
    for article, title, contributor, section, topic in rows.iterator():
        yield (
            f"article:{article}",
            f"{said(title, article)} is listed {_where(contributor, section, topic)}{complaint}",
        )


def _where(contributor: str | None, section: str | None, topic: str | None) -> str:
    if contributor is not None:
        return f"in the archive of {contributor}"
    if section is not None:
        return f"in the section {section}"
    if topic is not None:
        return f"under the topic {topic}"
    return "in the list of everything"


def _credits() -> QuerySet[Credit]:
    """The credits of a listing's contributor on its article, for a subquery."""
    # Asked for both, SQLite may go through all the credits of the contributor, thousands for each listing. It has no
    # index on a sum, so it goes by the article
    # (test_credits_are_looked_up_by_article).
    credits: QuerySet[Credit] = Credit.objects.alias(who=F("contributor_id") + 0).filter(
        article=OuterRef("article_id"), who=OuterRef("contributor_id")
    )
    return credits


def hidden_but_listed(now: datetime) -> Found:
    yield from _listings(Listing.objects.filter(article__is_public=False), ", and is not public.")


def not_listed(now: datetime) -> Found:
    here = Listing.objects.filter(article=OuterRef("pk"))
    public = ArticlePage.objects.published().order_by("pk")
    nowhere = public.filter(~Exists(here.filter(contributor=None, section=None, topic=None)))
    for article, title in nowhere.values_list("pk", "title").iterator():
        yield f"article:{article}", f"{said(title, article)} is missing from the list of everything."

    outside = public.filter(
        ~Exists(here.filter(section=OuterRef("section_id"))), section__isnull=False
    ).values_list("pk", "title", "section__name")
    for article, title, section in outside.iterator():
        yield f"article:{article}", f"{said(title, article)} is missing from its section, {section}."

    of_its_topic = Listing.objects.filter(article=OuterRef("articlepage_id"), topic=OuterRef("topic_id"))
    unfiled = (
        filed_under.objects.filter(~Exists(of_its_topic), articlepage__is_public=True)
        .order_by("articlepage_id", "topic_id")
        .values_list("articlepage_id", "articlepage__title", "topic__name")
    )
    for article, title, topic in unfiled.iterator():
        yield f"article:{article}", f"{said(title, article)} is missing from its topic, {topic}."

    by_its_contributor = Listing.objects.filter(
        article=OuterRef("article_id"), contributor=OuterRef("contributor_id")
    )
    unlisted = (
        Credit.objects.filter(~Exists(by_its_contributor), article__is_public=True)
        .order_by("article_id", "contributor_id")
        .values_list("article_id", "article__title", "contributor_id", "contributor__display_name")
        .distinct()
    )
    for article, title, _contributor, name in unlisted.iterator():
        yield f"article:{article}", f"{said(title, article)} is missing from the archive of {name}."


def listed_without_cause(now: datetime) -> Found:
    public = Listing.objects.filter(article__is_public=True)
    yield from _listings(
        public.filter(~Exists(_credits()), contributor__isnull=False), ", who has no credit on it."
    )
    yield from _listings(
        public.filter(
            Q(article__section__isnull=True) | ~Q(section=F("article__section")), section__isnull=False
        ),
        ", and is not in it.",
    )
    topic = filed_under.objects.filter(articlepage=OuterRef("article_id"), topic=OuterRef("topic_id"))
    yield from _listings(public.filter(~Exists(topic), topic__isnull=False), ", and is not on it.")


def under_wrong_heading(now: datetime) -> Found:
    # As `articles.publishing.principal_roles` has it: authorship before all else, then the foremost role.
    principal = (
        _credits()
        .order_by("-role__is_authorship", "role__sort_order", "sort_order", "pk")
        .values(
            heading=Case(
                When(role__is_authorship=True, then=Value(0)),
                default=F("role_id"),
                output_field=IntegerField(),
            )
        )[:1]
    )
    wrong = Listing.objects.filter(article__is_public=True, contributor__isnull=False).annotate(
        wanted=Subquery(principal), stored=Coalesce("role_id", 0, output_field=IntegerField())
    )
    # Without a credit `wanted` is unknown and the row is not among these: that is another kind of damage.
    yield from _listings(
        wrong.filter(~Q(wanted=F("stored")), wanted__isnull=False),
        ", under another heading than that of their credit.",
    )


def with_wrong_date(now: datetime) -> Found:
    first = "article__first_published_at"
    yield from _listings(
        Listing.objects.filter(
            Q(**{f"{first}__isnull": True}) | ~Q(published_at=F(first)), article__is_public=True
        ),
        " with another date than that of its first publication.",
    )


CHECKS = (
    Check("hidden-article-listed", "Listed, and not public", AGAIN, hidden_but_listed),
    Check("public-article-not-listed", "Public, and missing from an archive", AGAIN, not_listed),
    Check("listed-without-cause", "Listed where it does not belong", AGAIN, listed_without_cause),
    Check("listed-under-wrong-heading", "Listed under the wrong heading", AGAIN, under_wrong_heading),
    Check("listed-with-wrong-date", "Listed with the wrong date", AGAIN, with_wrong_date),
)
