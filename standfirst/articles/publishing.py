"""The one writer of what readers can see.

Whatever stores an article, a press of Publish, the scheduler, a workflow, an import, passes here: `settle`
decides whether the article is public, at which address and since when; `relist` writes its places in the
archives. Both work inside the transaction that stores the article.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.models import Revision

from standfirst.addresses.redirects import is_at, is_former_address, lead_to_page
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import make_public
from standfirst.database.inserting import insert_rows, row_class
from standfirst.text.slugs import numbered_slug, slug_for

from . import faces
from .listings import Listing
from .resolving import resolve_credits
from .signals import relisted

if TYPE_CHECKING:
    from .models import ArticlePage


def settle(article: "ArticlePage") -> None:
    """Decide, before an article is stored, whether it is public, where, and since when."""
    if not article.slug:
        article.slug = slug_for(article.title, fallback="article")
    if article.backdated_to:
        article.first_published_at = article.backdated_to
    article.is_public = article.live and not article.is_embargoed
    if article.is_public:
        if article.first_published_at is None:
            article.first_published_at = timezone.now()
        if not article.address and article.embargoed_until and not article.backdated_to:
            # It first appears when its embargo ends, not when somebody pressed the button.
            article.first_published_at = max(article.first_published_at, article.embargoed_until)
        _settle_address(article)
    resolve_credits(article)
    if article.live:
        print_names(article)


def print_names(article: "ArticlePage") -> None:
    """Fill in the names and notes that are printed with the article and that the editor left empty.

    What was printed stays: a credit that is stored keeps what it was printed with, whatever the
    contributor is called today, also when an older draft that did not know it is published.
    """
    credits = list(article.credits.all())
    if all(credit.printed_name and credit.printed_note for credit in credits):
        return
    printed = {
        (credit.contributor_id, credit.role_id): credit
        for credit in (Credit.objects.filter(article_id=article.pk) if article.pk else ())
    }
    for credit in credits:
        before = printed.get((credit.contributor_id, credit.role_id))
        source = before if before is not None and before.printed_name else None
        if not credit.printed_name:
            credit.printed_name = source.printed_name if source else credit.contributor.display_name
        if not credit.printed_note:
            credit.printed_note = source.printed_note if source else credit.contributor.note
    article.credits = credits


def take_away(article: "ArticlePage") -> None:
    """Take an article that is about to be deleted out of everything readers can see."""
    before = faces.face_of(article)
    article.is_public = False
    relist([article])
    faces.announce(article, before, None)


def relist(articles: Sequence["ArticlePage"]) -> None:
    """Make the articles' places in the archives what they should be now. Writes and announces only what differs."""
    wanted = {place_of(row): row for row in listings_of(articles)}
    stored = {
        place_of(row): row for row in Listing.objects.filter(article__in=[article.pk for article in articles])
    }
    gone = [row for place, row in stored.items() if place not in wanted]
    new = [row for place, row in wanted.items() if place not in stored]
    handed_on = _handed_on(gone, new)
    # Rows go before others come: the database allows an article once in an archive.
    if lost := [row.pk for row in gone if row.pk not in handed_on]:
        Listing.objects.filter(pk__in=lost).delete()
    _hand_on(handed_on)
    if come := [row for row in new if row.id is None]:
        insert_rows(
            Listing, come, [field for field in Listing._meta.concrete_fields if not field.primary_key]
        )
    make_public(row.contributor_id for row in wanted.values() if row.contributor_id)
    if gone or new:
        relisted.send(Listing, gone=gone, new=new)


def _handed_on(gone: Sequence[Listing], new: Sequence[Any]) -> dict[int, Any]:
    """The rows of contributors that become others' on the same article: they keep their ids. By id.

    A contributor's own row first, should only its heading change: two rows never pass through one another's place.
    """
    free: dict[tuple[int, datetime], list[Listing]] = {}
    for row in gone:
        if row.contributor_id is not None:
            free.setdefault((row.article_id, row.published_at), []).append(row)
    handed_on: dict[int, Any] = {}
    for is_own in (True, False):
        for row in new:
            if row.contributor_id is None or row.id is not None:
                continue
            rows = free.get((row.article_id, row.published_at), [])
            fits = (one for one in rows if not is_own or one.contributor_id == row.contributor_id)
            if former := next(fits, None):
                rows.remove(former)
                row.id = former.pk
                handed_on[former.pk] = row
    return handed_on


def _hand_on(rows: dict[int, Any]) -> None:
    alike: dict[tuple[int, int | None], list[int]] = {}
    for number, row in rows.items():
        alike.setdefault((row.contributor_id, row.role_id), []).append(number)
    for (contributor, role), numbers in alike.items():
        Listing.objects.filter(pk__in=numbers).update(contributor=contributor, role=role)


def listings_of(articles: Iterable["ArticlePage"]) -> list[Any]:
    """The places in the archives that the articles should have, as rows of `Listing` not stored."""
    public = [article for article in articles if article.is_public]
    if not public:
        return []
    ids = [article.pk for article in public]
    credits: dict[int, list[Credit]] = {}
    for credit in Credit.objects.filter(article__in=ids).select_related("role").order_by("sort_order", "pk"):
        credits.setdefault(credit.article_id, []).append(credit)
    topics: dict[int, set[int]] = {}
    filed_under = type(public[0]).topics.through
    for article_id, topic_id in filed_under.objects.filter(articlepage__in=ids).values_list(
        "articlepage_id", "topic_id"
    ):
        topics.setdefault(article_id, set()).add(topic_id)
    return [
        row
        for article in public
        for row in places(article, credits.get(article.pk, ()), topics.get(article.pk, ()))
    ]


def places(article: "ArticlePage", credits: Iterable[Credit], topics: Iterable[int]) -> list[Any]:
    """The places in the archives of one public article with these credits and topics, not stored."""
    kept: list[dict[str, int | None]] = [{}]
    if article.section_id:
        kept.append({"section_id": article.section_id})
    kept += [{"topic_id": topic} for topic in sorted(topics)]
    kept += [
        {"contributor_id": contributor, "role_id": role}
        for contributor, role in principal_roles(credits).items()
    ]
    row = row_class(Listing)
    return [row(article_id=article.pk, published_at=article.first_published_at, **place) for place in kept]


def principal_roles(credits: Iterable[Credit]) -> dict[int, int | None]:
    """Under which heading each contributor has the article: None for authorship, else the foremost role.

    A person with two roles on an article has it listed once.
    """
    principal: dict[int, tuple[bool, int, int | None]] = {}
    for credit in credits:
        role = credit.role
        rank = (not role.is_authorship, role.sort_order, None if role.is_authorship else role.pk)
        held = principal.get(credit.contributor_id)
        if held is None or rank[:2] < held[:2]:
            principal[credit.contributor_id] = rank
    return {contributor: role for contributor, (_, _, role) in principal.items()}


def place_of(row: Any) -> tuple[int, datetime, int | None, int | None, int | None, int | None]:
    """What tells one place in the archives from another."""
    return (row.article_id, row.published_at, row.contributor_id, row.role_id, row.section_id, row.topic_id)


def record_live_version(article: "ArticlePage") -> None:
    """Make a revision of an article that is live without one, as imported articles are."""
    live = type(article).objects.get(pk=article.pk)
    revision = Revision.objects.create(
        content_object=live,
        base_content_type=live.get_base_content_type(),
        content=live.serializable_data(),
        object_str=str(live),
        created_at=live.last_published_at or timezone.now(),
    )
    type(article).objects.filter(pk=article.pk).update(live_revision=revision, latest_revision=revision)
    article.live_revision = article.latest_revision = revision


def _settle_address(article: "ArticlePage") -> None:
    if not article.address:
        published = timezone.localtime(article.first_published_at)
        article.address = _free_address(article, f"{published:%Y/%m}")
        return
    month, _, slug = article.address.rpartition("/")
    if slug == article.slug:
        return
    former = article.address
    article.address = _free_address(article, month)
    lead_to_page(f"/{former}/", article)
    is_at(f"/{article.address}/", article)


def _free_address(article: "ArticlePage", month: str) -> str:
    base, number = article.slug, 1
    while True:
        address = f"{month}/{article.slug}"
        taken = type(article).objects.filter(address=address).exclude(pk=article.pk).exists()
        if not taken and not is_former_address(f"/{address}/", except_page=article):
            return address
        number += 1
        article.slug = numbered_slug(base, number)
