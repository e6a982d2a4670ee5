"""Valid things to test with, made as the product makes them: through its actions."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from standfirst.articles.actions import create_article, found_article_index
from standfirst.articles.bulk import NewArticle, store_articles
from standfirst.articles.models import ArticleIndexPage, ArticlePage
from standfirst.bylines.models import Credit, Role
from standfirst.contributors.actions import create_contributor
from standfirst.contributors.models import Contributor
from standfirst.publications.actions import found_publication, save_section, save_topic
from standfirst.publications.models import Section, Topic

FIRST_DAY = datetime(2015, 1, 5, 12, tzinfo=UTC)
_numbers = count(1)


def count_from_the_start() -> None:
    """For each test: in a process that has made thousands, the youngest articles would be of some year to come."""
    global _numbers
    _numbers = count(1)


def a_magazine() -> ArticleIndexPage:
    """An empty publication; the page under which its articles are kept."""
    return found_article_index(found_publication(name="The Test", address="http://testserver"))


def a_contributor(name: str = "Ada Quill", *, is_public: bool = True, **details: Any) -> Contributor:
    """One whom readers know of, as an editor may say; without `is_public` nobody does until something is published."""
    return create_contributor(display_name=name, by=None, is_public=is_public, **details)


def a_section(name: str = "Rivers") -> Section:
    return save_section(Section(name=name), by=None)


def a_topic(name: str = "Floods") -> Topic:
    return save_topic(Topic(name=name), by=None)


def an_article(*credited: Contributor | tuple[Contributor, str], **fields: Any) -> ArticlePage:
    """A published article; whoever is credited without a role is an author. Each is a day younger than the last."""
    number = next(_numbers)
    return create_article(
        **{
            "headline": f"Article {number}",
            "by": None,
            "credits": [who if isinstance(who, tuple) else (who, "author") for who in credited],
            "published_at": FIRST_DAY + timedelta(days=number),
            "publish": True,
        }
        | fields
    )


def schedule(article: ArticlePage, at: datetime) -> None:
    """Let an article go out at a moment, even one that is past, as if nobody had been there to do it."""
    article.go_live_at = timezone.now() + timedelta(hours=1)
    revision = article.save_revision()
    revision.publish()
    content = revision.content | {"go_live_at": at.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at, content=content)
    if not article.live:
        ArticlePage.objects.filter(pk=article.pk).update(go_live_at=at)


def some_articles(
    number: int,
    *credited: Contributor | tuple[Contributor, str],
    section: Section | None = None,
    topics: Iterable[Topic] = (),
) -> list[ArticlePage]:
    """Many at once, stored as an import stores them."""
    roles = {role.code: role for role in Role.objects.all()}
    filed_under = frozenset(topic.pk for topic in topics)
    new = []
    for place in islice(_numbers, number):
        appeared = FIRST_DAY + timedelta(days=place)
        page = ArticlePage(title=f"Article {place}", section=section, live=True, body="[]")
        page.first_published_at = page.last_published_at = appeared
        credits = [
            Credit(contributor=who[0], role=roles[who[1]])
            if isinstance(who, tuple)
            else Credit(contributor=who, role=roles["author"])
            for who in credited
        ]
        new.append(NewArticle(page, credits, filed_under))
    store_articles(new)
    return [article.page for article in new]
