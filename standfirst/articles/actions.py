"""Writes to articles. Every one is whole or not at all.

Publishing itself is Wagtail's (`article.save_revision().publish()`); whatever way an article is stored,
`publishing` settles what readers see of it in the same transaction.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Revision

from standfirst.bylines.models import Credit, Role
from standfirst.contributors.models import Contributor
from standfirst.database.turns import in_turn
from standfirst.publications.models import FrontPage, Topic
from standfirst.text.slugs import slug_for

from .models import ArticleIndexPage, ArticlePage
from .queries import article_index
from .revisions import revisions_of, rewrite_credits

logger = logging.getLogger(__name__)


@in_turn()
def found_article_index(front: FrontPage, *, title: str = "Articles") -> ArticleIndexPage:
    """Make the place where articles are kept. Founding twice changes nothing."""
    return ArticleIndexPage.objects.first() or front.add_child(
        instance=ArticleIndexPage(title=title, slug="articles")
    )


@in_turn()
def create_article(
    *,
    headline: str,
    by: AbstractBaseUser | None,
    credits: Iterable[tuple[Contributor, str] | Credit] = (),
    topics: Iterable[Topic] = (),
    publish: bool = False,
    published_at: datetime | None = None,
    **fields: Any,
) -> ArticlePage:
    """A new article, a draft unless `publish`.

    `credits` are in printed order: credits not yet stored, or pairs of a contributor and a role's code.
    `published_at` sets when it first appeared, for what is older than its arrival here.
    `fields` are further fields of `ArticlePage`.
    """
    article = ArticlePage(title=headline, owner=by, live=False, **fields)
    if published_at:
        article.first_published_at = published_at
    article.slug = article.slug or slug_for(headline, fallback="article")
    article.credits = _credits(credits)
    article.topics = list(topics)
    article_index().add_child(instance=article)
    revision = article.save_revision(user=by, log_action=True)
    if publish:
        revision.publish(user=by)
        article = ArticlePage.objects.get(pk=article.pk)
    return article


@in_turn()
def set_credits(
    article: ArticlePage, credits: Iterable[tuple[Contributor, str] | Credit], *, by: AbstractBaseUser | None
) -> ArticlePage:
    """Replace an article's credits, in printed order. What stays credited keeps the name it was printed with.

    A version that is drafted, or waits for its time, keeps what else is different in it and gets these credits too.
    """
    wanted = _credits(credits)
    draft = _drafted(article)
    waiting = revisions_of([article.pk]).filter(approved_go_live_at__isnull=False)
    moments = dict(waiting.values_list("pk", "approved_go_live_at"))
    article.credits = wanted
    if article.live:
        article = save_article(article, by=by)
    else:
        article.save()
    # Whoever publishes takes back, to Wagtail, what was to come out later; here nothing is published but these credits.
    for version, moment in moments.items():
        Revision.objects.filter(pk=version).update(approved_go_live_at=moment)
    stored = article.serializable_data()["credits"]
    rewrite_credits(waiting, lambda _former, wording: (stored, wording))
    if draft is not None:
        draft.credits = list(Credit.objects.filter(article=article.pk).order_by("sort_order", "pk"))
        draft.save_revision(user=by, log_action=True)
    return ArticlePage.objects.get(pk=article.pk)


@in_turn()
def save_article(article: ArticlePage, *, by: AbstractBaseUser | None) -> ArticlePage:
    """Store an edited article, and publish the edit if the article is live."""
    revision = article.save_revision(user=by, log_action=True)
    if article.live:
        revision.publish(user=by)
    return ArticlePage.objects.get(pk=article.pk)


def lift_embargoes(*, at: datetime) -> int:
    """Make public the articles whose embargo has ended by `at`; returns how many.

    Each in a transaction of its own: one that fails is logged and does not hold up the others.
    """
    lifted = 0
    for number in list(ArticlePage.objects.embargo_ended(at=at).values_list("pk", flat=True)):
        try:
            with in_turn():
                # Looked at again inside the transaction, and held: another scheduler may have been first, and what an
                # editor does in between, such as unpublishing it, must not be stored over.
                held = ArticlePage.objects.select_for_update()
                article = held.embargo_ended(at=at).filter(pk=number).first()
                if article is not None:
                    article.save()
                    lifted += 1
        except Exception:
            logger.exception("The embargo of article %s has ended, but it could not be made public.", number)
    return lifted


def _drafted(article: ArticlePage) -> ArticlePage | None:
    """The article as it is being written, where that is not what is stored of it."""
    if article.latest_revision_id is None or (article.live and not article.has_unpublished_changes):
        return None
    draft: ArticlePage = article.get_latest_revision_as_object()
    return draft


def _credits(given: Iterable[tuple[Contributor, str] | Credit]) -> list[Credit]:
    given = list(given)
    roles = {role.code: role for role in Role.objects.all()} if given else {}
    credits = [
        credit if isinstance(credit, Credit) else Credit(contributor=credit[0], role=roles[credit[1]])
        for credit in given
    ]
    for order, credit in enumerate(credits):
        credit.sort_order = order
    return credits
