"""The places of articles in the archives."""

from typing import Any

from django.db import models
from django.db.models import Q

from standfirst.bylines.models import Role
from standfirst.contributors.models import Contributor
from standfirst.publications.models import Section, Topic

from .querysets import ArticleQuerySet, ListingQuerySet


class Listing(models.Model):
    """One article's place in one archive. There is a row for public articles only.

    Every archive is one range of one index of this table: a contributor's articles (`contributor`, no
    `role`) or their other work in a role, a section, a topic, or, with none of them, everything. A count is
    the length of that range, so it cannot disagree with the list.
    """

    article = models.ForeignKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="listings")
    published_at = models.DateTimeField()
    contributor = models.ForeignKey(
        Contributor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.ForeignKey(Role, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    section = models.ForeignKey(
        Section, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints = [
            # A person with two roles on an article has it listed once.
            models.UniqueConstraint(
                fields=["contributor", "article"],
                condition=Q(contributor__isnull=False),
                name="article_once_a_contributor",
            ),
            models.UniqueConstraint(
                fields=["section", "article"],
                condition=Q(section__isnull=False),
                name="article_once_a_section",
            ),
            models.UniqueConstraint(
                fields=["topic", "article"], condition=Q(topic__isnull=False), name="article_once_a_topic"
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(contributor__isnull=True, section__isnull=True, topic__isnull=True),
                name="article_once_in_everything",
            ),
            models.CheckConstraint(
                condition=Q(contributor__isnull=True, section__isnull=True)
                | Q(contributor__isnull=True, topic__isnull=True)
                | Q(section__isnull=True, topic__isnull=True),
                name="listing_in_one_archive",
            ),
            models.CheckConstraint(
                condition=Q(role__isnull=True) | Q(contributor__isnull=False), name="role_is_a_contributors"
            ),
        ]
        indexes = [
            # PostgreSQL keeps an index's order behind `= 7`, not behind `IS NULL`: what is empty is a condition.
            # SQLite looks at the table for a condition's column unless it is in the index: hence the last ones.
            models.Index(
                fields=["contributor", "published_at", "article", "role"],
                condition=Q(contributor__isnull=False, role__isnull=True),
                name="archive_of_contributor",
            ),
            models.Index(
                fields=["contributor", "role", "published_at", "article"],
                condition=Q(role__isnull=False),
                name="archive_of_other_work",
            ),
            models.Index(
                fields=["section", "published_at", "article"],
                condition=Q(section__isnull=False),
                name="archive_of_section",
            ),
            models.Index(
                fields=["topic", "published_at", "article"],
                condition=Q(topic__isnull=False),
                name="archive_of_topic",
            ),
            models.Index(
                fields=["published_at", "article", "contributor", "section", "topic"],
                condition=Q(contributor__isnull=True, section__isnull=True, topic__isnull=True),
                name="archive_of_everything",
            ),
        ]


def articles() -> ArticleQuerySet:
    """All articles: for what stands below the model, which calls the one writer, and so may not be known to it."""
    return _article_page().objects.all()  # type: ignore[no-any-return]


def filed_under() -> Any:
    """The model of which article is on which topic."""
    return _article_page().topics.through


def corrections() -> Any:
    """What was put right in articles."""
    return _article_page().corrections.rel.related_model.objects.all()


def _article_page() -> Any:
    return Listing._meta.get_field("article").related_model
