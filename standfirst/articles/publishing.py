"""The one writer of what readers can see.

Whatever stores an article, a press of Publish, the scheduler, a workflow, a bulk action, an import, passes here:
`settle_many` decides whether each is public, at which address, since when and with which names; `relist_many` writes
their places in the archives. Both work inside the transaction that stores the articles, and cost the same few queries
however many there are.

`ArticlePage.save()` and `bulk.store_articles()` call them. What is stored round both, by a bare `Page` or of some fields
only, is made right by `settle_stored`.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from standfirst.addresses.redirects import former_owners, is_at, lead_to_page
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import make_public
from standfirst.contributors.models import Alias, Contributor
from standfirst.database.batches import batched
from standfirst.database.inserting import insert_rows, row_class
from standfirst.text.slugs import numbered_slug, slug_for

from .errors import ArticleHasNoAlias, ArticleIsGone
from .faces import Face, announce, face_of
from .listings import Listing, articles
from .merged_away import in_printed_order, lead_many_on
from .paths import path_at
from .pieces import Article, Piece, stored_pieces
from .signals import relisted, stored

# What Wagtail notes down of an article beside its content. Nothing that a reader sees depends on it.
BOOKKEEPING = (
    {
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "has_unpublished_changes",
        "draft_title",
    }
    | {"last_published_at", "go_live_at", "expire_at", "expired"}
    | {"locked", "locked_at", "locked_by", "owner", "wagtail_admin_comments"}
    | {"path", "depth", "numchild", "url_path"}
)

# What is decided here, and no editor's to say.
SETTLED = ("slug", "url_path", "first_published_at", "byline_wording", "address", "is_public")


def is_out_of_sight(fields: Iterable[str] | None) -> bool:
    """Whether a save of these fields alone (None: of all) changes nothing that a reader could see."""
    return fields is not None and BOOKKEEPING.issuperset(fields)


def take_up(article: Any) -> None:
    """Give an `ArticlePage` that is about to be stored or deleted the address it has by now. Raises `ArticleIsGone`.

    It was read before our turn, perhaps when a form was opened: since then it may have moved, or been deleted.
    """
    if article._state.adding:
        return
    stored = articles().filter(pk=article.pk).values_list("address", flat=True)
    if not stored:
        raise ArticleIsGone
    article.address = stored[0]


def settle(article: Any) -> None:
    """Decide, before an `ArticlePage` is stored, what readers will see of it; see `settle_many`."""
    piece = Piece(article, in_printed_order(article.credits.all()))
    if settle_many([piece]):
        article.credits = piece.credits


def settle_many(pieces: Sequence[Piece]) -> bool:
    """Decide, before articles are stored, which are public, where, since when, and with which names printed.

    Says whether any of their credits, which belong to the pieces, are others now. Raises `ArticleHasNoAlias`.
    """
    for piece in pieces:
        _settle_publicity(piece.page)
    _settle_addresses([piece.page for piece in pieces if piece.page.is_public])
    return lead_many_on(pieces) | _print_names([piece for piece in pieces if piece.page.live])


def _settle_publicity(article: Article) -> None:
    if article.alias_of_id is not None:
        raise ArticleHasNoAlias()
    if not article.slug:
        article.slug = slug_for(article.title, fallback="article")
    if article.backdated_to:
        article.first_published_at = article.backdated_to
    article.is_public = article.live and not article.is_embargoed
    if not article.is_public:
        return
    if article.first_published_at is None:
        article.first_published_at = timezone.now()
    if not article.address and article.embargoed_until and not article.backdated_to:
        # It first appears when its embargo ends, not when somebody pressed the button.
        article.first_published_at = max(article.first_published_at, article.embargoed_until)


def _print_names(pieces: Sequence[Piece]) -> bool:
    """Fill in the names and notes that are printed with articles and that the editor left empty. Says whether any were.

    What was printed stays: a credit that is stored keeps what it was printed with, whatever the contributor is called
    today, also when an older draft that did not know it is published.
    """
    unsigned = [
        piece
        for piece in pieces
        if not all(credit.printed_name and credit.printed_note for credit in piece.credits)
    ]
    stored = [piece.page.pk for piece in unsigned if piece.page.pk]
    printed = {
        (credit.article_id, credit.contributor_id, credit.role_id): credit
        for credit in (Credit.objects.filter(article__in=stored) if stored else ())
        if credit.printed_name
    }
    if unsigned:
        today = _called_today({credit.contributor_id for piece in unsigned for credit in piece.credits})
    for piece in unsigned:
        for credit in piece.credits:
            before = printed.get((piece.page.pk, credit.contributor_id, credit.role_id))
            name, note = (
                (before.printed_name, before.printed_note) if before else today[credit.contributor_id]
            )
            credit.printed_name = credit.printed_name or name
            credit.printed_note = credit.printed_note or note
    return bool(unsigned)


def _called_today(contributors: Collection[int]) -> dict[int, tuple[str, str]]:
    """The name and the note of contributors, by id. Not as they were when the credits were read: one may be renamed since."""
    return {
        number: (name, note)
        for some in batched(sorted(contributors))
        for number, name, note in Contributor.objects.filter(pk__in=some)
        .order_by()
        .values_list("pk", "display_name", "note")
    }


def unsigned_copies(credits: Iterable[Credit]) -> list[Credit]:
    """These credits for another article, to be signed on the day it is published.

    A name by which somebody goes or went was filled in when the first was published, and so is that which they have by
    then. Any other, such as a pen name, is an editor's decision and stays.
    """
    credits = list(credits)
    former = set(
        Alias.objects.filter(
            contributor__in={credit.contributor_id for credit in credits}, kind=Alias.AliasKind.FORMER
        ).values_list("contributor_id", "name")
    )
    copies = []
    for credit in credits:
        is_own = credit.printed_name == credit.contributor.display_name
        is_former = (credit.contributor_id, credit.printed_name) in former
        copies.append(
            Credit(
                contributor=credit.contributor,
                role=credit.role,
                printed_name="" if is_own or is_former else credit.printed_name,
                sort_order=credit.sort_order,
            )
        )
    return copies


def settle_stored(page: Page, before: Face | None) -> None:
    """Make right what readers see of an article that was stored round its own `save`; `before` is what they saw.

    `page` is a bare `Page`, or an article of which some fields only were stored. It has then what was decided here.
    """
    article = articles().filter(pk=page.pk).first()
    if article is None:
        return
    article.store(before, clean=False)
    for name in SETTLED:
        if name in page.__dict__:
            setattr(page, name, getattr(article, name))


def take_away(article: Any) -> None:
    """Take an article that is about to be deleted out of everything readers can see."""
    before = face_of(article)
    article.is_public = False
    put_before_readers([article])
    announce(article, before, None)


def put_before_readers(articles: Iterable[Article]) -> None:
    """Let stored articles be listed and found as they are now, or no longer, in every room that has anything of them."""
    pieces = stored_pieces(articles)
    relist_many(pieces)
    stored.send(Listing, pieces=pieces)


def relist(articles: Iterable[Article]) -> None:
    """Make the places of stored articles in the archives what they should be now; see `relist_many`."""
    relist_many(stored_pieces(articles))


def relist_many(pieces: Sequence[Piece], *, are_new: bool = False) -> None:
    """Make the articles' places in the archives what they should be now. Writes and announces only what differs.

    Articles that `are_new` have no places yet, and come in such numbers that whoever stores them announces everything.
    """
    public = [piece for piece in pieces if piece.page.is_public and piece.page.live]
    wanted = {place_of(row): row for piece in public for row in _places(piece)}
    listed = {} if are_new else {place_of(row): row for row in _listings_of(pieces)}
    gone = [row for place, row in listed.items() if place not in wanted]
    new = [row for place, row in wanted.items() if place not in listed]
    handed_on = _handed_on(gone, new) if gone and new else {}
    # Rows go before others come: the database allows an article once in an archive.
    if lost := [row.pk for row in gone if row.pk not in handed_on]:
        Listing.objects.filter(pk__in=lost).delete()
    _hand_on(handed_on)
    if come := [row for row in new if row.id is None]:
        insert_rows(
            Listing, come, [field for field in Listing._meta.concrete_fields if not field.primary_key]
        )
    make_public(row.contributor_id for row in wanted.values() if row.contributor_id)
    # The one place where it is known which listings went and which came, whatever stored the articles.
    if (gone or new) and not are_new:
        relisted.send(Listing, gone=gone, new=new)


def _listings_of(pieces: Sequence[Piece]) -> Iterable[Listing]:
    listed: Iterable[Listing] = Listing.objects.filter(article__in=[piece.page.pk for piece in pieces])
    return listed


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


def _places(piece: Piece) -> list[Any]:
    """The places in the archives that a public article should have, as rows of `Listing` not stored."""
    article = piece.page
    kept: list[dict[str, int | None]] = [{}]
    if article.section_id:
        kept.append({"section_id": article.section_id})
    kept += [{"topic_id": topic} for topic in sorted(piece.topics)]
    kept += [
        {"contributor_id": contributor, "role_id": role}
        for contributor, role in principal_roles(piece.credits).items()
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


def record_live_version(article: Any) -> None:
    """Make a revision of an article that is live without one, as imported articles are."""
    live = articles().get(pk=article.pk)
    revision = Revision.objects.create(
        content_object=live,
        base_content_type=live.get_base_content_type(),
        content=live.serializable_data(),
        object_str=str(live),
        created_at=live.last_published_at or timezone.now(),
    )
    articles().filter(pk=article.pk).update(live_revision=revision, latest_revision=revision)
    article.live_revision = article.latest_revision = revision


def _settle_addresses(public: Sequence[Article]) -> None:
    """Give each public article an address that nobody else has or had: its own, while its slug is the same."""
    wanted = {id(page): address for page in public if (address := _address(page)) != page.address}
    if not wanted:
        return
    moved = [page for page in public if id(page) in wanted]
    taken = _owners(set(wanted.values()))
    for page in moved:
        base, number, address = page.slug, 1, wanted[id(page)]
        while (taken[address] if address in taken else _owners([address]).get(address, set())) - {page.pk}:
            number += 1
            page.slug = numbered_slug(base, number)
            address = _address(page)
        former, page.address = page.address, address
        # An article not yet stored has no id; nobody else may have its address all the same.
        taken[address] = taken.get(address, set()) | {page.pk or id(page)}
        if former and former != address:
            lead_to_page(path_at(former), page)
            is_at(path_at(address), page)


def _address(article: Article) -> str:
    """The address an article wants: under the month in which it first appeared, or has an address already."""
    month = article.address.rpartition("/")[0] if article.address else _month(article.first_published_at)
    return f"{month}/{article.slug}"


def _month(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y/%m}"


def _owners(addresses: Iterable[str]) -> dict[str, set[int]]:
    """The ids of the pages whose address each of these is or was, and -1 for what leads to no page."""
    paths = {path_at(address): address for address in addresses}
    former = former_owners(paths)
    owners = {address: former.get(path, set()) for path, address in paths.items()}
    for address, page in articles().filter(address__in=owners).order_by().values_list("address", "pk"):
        owners[address].add(page)
    return owners
