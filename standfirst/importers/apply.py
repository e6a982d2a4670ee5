"""Writes an archive into the publication, in batches, each of them one transaction.

Killed at any point and run again, it ends the same: what a batch wrote and what the ledger says of it are committed
together, and everything a batch depends on is looked up in the ledger, not remembered.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import InterfaceError, OperationalError
from wagtail.blocks import StreamValue
from wagtail.models import Page

from standfirst.articles.bulk import ArticleRow, CreditRow, NewArticle, store_articles
from standfirst.articles.models import ArticlePage
from standfirst.articles.paths import EVERYTHING, path_at
from standfirst.articles.queries import article_index
from standfirst.bylines.models import Credit
from standfirst.database.batches import batched
from standfirst.database.inserting import row_class
from standfirst.database.turns import in_turn
from standfirst.feeds.actions import keep_entry_ids
from standfirst.importers.errors import ImportRefused
from standfirst.importers.identities import Identities
from standfirst.importers.ledger import Ledger, Target
from standfirst.importers.models import AWAITED_LEAD, ImportedRecord
from standfirst.importers.pictures import Pictures
from standfirst.importers.plan import (
    Action,
    PlannedChange,
    again_key,
    pictures_of,
    plan_articles,
    state_of,
)
from standfirst.importers.reading.archive import Archive, LeavesBodies
from standfirst.importers.reading.drafting import whole, with_printable
from standfirst.importers.reading.fences import why
from standfirst.importers.reading.people import CONTRIBUTORS_TO_A_QUESTION
from standfirst.importers.reading.records import DraftArticle, DraftCredit, LinkedHow, Publicity
from standfirst.importers.redirects import OldAddress, OldAddresses, feed_below
from standfirst.importers.report import Tally
from standfirst.importers.roles import Roles
from standfirst.importers.shelving import SECTIONS, TOPICS, Shelves, Shelving
from standfirst.pagecache.actions import announced_together
from standfirst.publications.models import PublicationPage
from standfirst.review.actions import (
    DoubtfulByline,
    LikelyDuplicate,
    ask_about_bylines,
    ask_about_duplicates,
)
from standfirst.review.finding import most_alike
from standfirst.text.slugs import numbered_slug

_log = logging.getLogger(__name__)
CONTRIBUTOR = "contributor:"
ADDRESS = "address:"
RecordRow = row_class(ImportedRecord)
# Comparing takes some milliseconds each.
MOST_COMPARED = 3_000
_CREDITED = (
    "contributor_id",
    "role_id",
    "printed_name",
    "printed_note",
    "source_text",
    "linked_how",
    "linked_from",
)
# Paths that are the publication's own; a page of this name would never be seen.
RESERVED = frozenset(
    [
        "admin",
        "articles",
        "author",
        "authors",
        "documents",
        "feed",
        "healthz",
        "issue",
        "issues",
        "media",
        "search",
        "section",
        "series",
        "sitemap",
        "static",
        "topic",
    ]
)


class Application:
    """One run of an import: plans batch by batch and, unless it is a dry run, writes."""

    def __init__(
        self,
        archive: Archive,
        *,
        ledger: Ledger,
        pictures: Pictures,
        tally: Tally,
        is_dry_run: bool,
        by: AbstractBaseUser | None,
    ) -> None:
        self._archive = archive
        self._ledger = ledger
        self._pictures = pictures
        self._tally = tally
        self._is_dry_run = is_dry_run
        self._by = by
        self._shelving = Shelving(ledger)
        self._addresses = OldAddresses(tally)
        self._identities = Identities(with_printable(archive.contributors), ledger, pictures, tally)
        self._roles = Roles()
        self._asking = f"import from {archive.system}"
        self._pages: list[DraftArticle] = []
        self._keys: set[int] = set()
        self._again: Counter[str] = Counter()
        self._block = ArticlePage._meta.get_field("body").stream_block

    # ------------------------------------------------------------------------------------------------------- the steps

    def contributors(self) -> None:
        joined = self._archive.author_records - len(self._archive.contributors)
        if joined:
            self._tally.leave_out("authors", "another record of somebody already counted", count=joined)
        if self._is_dry_run:
            self._identities.tally_plan()
            return
        self._identities.apply(by=self._by)
        pairs = [
            LikelyDuplicate(pair.here, pair.made, score=1.0, reasons=(pair.why,))
            for pair in self._identities.doubtful
        ]
        self._tally.questions["duplicates"] += ask_about_duplicates(pairs, source=self._asking)

    def batch(self, drafts: Sequence[DraftArticle]) -> None:
        """Articles are written; pages wait for `pages`, since one may stand before the page it belongs under."""
        drafts = [self._told_apart(draft) for draft in drafts]
        self._pages += [draft for draft in drafts if draft.is_page]
        articles = [draft for draft in drafts if not draft.is_page]
        if not articles:
            return
        if self._is_dry_run:
            self._plan_batch(articles)
            return
        self._fenced(articles, self._write_articles)

    def _told_apart(self, draft: DraftArticle) -> DraftArticle:
        """The draft under a key of its own: of two records with one id, the later would be written over the first."""
        # Their hashes: the keys themselves, of a million articles, would take a hundred megabytes more.
        if (known := hash(draft.key)) not in self._keys:
            self._keys.add(known)
            return draft
        self._again[draft.key] += 1
        return replace(draft, key=again_key(draft.key, self._again[draft.key] + 1))

    def _write_articles(self, articles: Sequence[DraftArticle]) -> None:
        with in_turn(), announced_together():
            changes = plan_articles(articles, self._ledger, self._pictures.uploads)
            writes = self._to_write(changes)
            self._shelve([change.draft for change in changes])
            self._pictures.store([ref for change in writes for ref in pictures_of(change.draft)])
            self._create([change for change in writes if change.action is Action.CREATE])
            for change in writes:
                if change.action is Action.UPDATE:
                    self._update(change)
            unchanged = [change for change in changes if change.action is Action.UNCHANGED]
            self._lead_on(unchanged)
            self._note_awaited(unchanged)
            keep_entry_ids(
                {
                    change.row.target_id: change.draft.feed_id
                    for change in changes
                    if change.action in (Action.UPDATE, Action.UNCHANGED)
                    and change.row
                    and change.row.target == Target.ARTICLE
                }
            )
        self._count(changes)

    def pages(self) -> None:
        pages = _parents_first(self._pages)
        if self._is_dry_run:
            self._count(plan_articles(pages, self._ledger, self._pictures.uploads))
            self._pictures.plan([ref for draft in pages for ref in pictures_of(draft)])
            return
        for some in batched(pages, 50):
            self._fenced(some, self._write_pages)

    def _write_pages(self, pages: Sequence[DraftArticle]) -> None:
        with in_turn(), announced_together():
            changes = plan_articles(pages, self._ledger, self._pictures.uploads)
            writes = self._to_write(changes)
            self._pictures.store([ref for change in writes for ref in pictures_of(change.draft)])
            for change in writes:
                if change.action is Action.CREATE:
                    self._create_page(change)
                elif change.action is Action.UPDATE:
                    self._update_page(change)
            self._lead_on([change for change in changes if change.action is Action.UNCHANGED])
        self._count(changes)

    def _to_write(self, changes: Sequence[PlannedChange]) -> list[PlannedChange]:
        """The changes that write something, their bodies made where they were left out."""
        return [
            replace(change, draft=self._whole(change.draft))
            for change in changes
            if change.action in (Action.CREATE, Action.UPDATE)
        ]

    def _whole(self, draft: DraftArticle) -> DraftArticle:
        if draft.made_of is None:
            return draft
        assert isinstance(self._archive, LeavesBodies)
        return whole(draft, self._archive.body_of(draft.made_of), source=self._archive.format)

    def _fenced(
        self, drafts: Sequence[DraftArticle], write: Callable[[Sequence[DraftArticle]], None]
    ) -> None:
        """Writes all of these, or all but those that cannot be written: each of them is refused alone, with the reason.

        Found by halving: what is written together costs one transaction, and an odd one in it some more.
        """
        undo = [thing.checkpoint() for thing in (self._shelving, self._pictures, self._tally)]
        try:
            write(drafts)
        except (OperationalError, InterfaceError, ImportRefused):
            raise  # the database's trouble, or the whole archive's, and no record's
        except Exception as error:
            for forget in undo:
                forget()
            if len(drafts) == 1:
                _log.debug("%s was refused", drafts[0].key, exc_info=True)
                change = PlannedChange(Action.LEAVE_OUT, drafts[0])
                self._tally.refuse(change.kind, change.record, why(error, "written"))
                return
            half = len(drafts) // 2
            self._fenced(drafts[:half], write)
            self._fenced(drafts[half:], write)

    def shelves(self) -> None:
        """Sections that exist whether or not an article is in them."""
        keys = self._archive.all_section_keys()
        if self._is_dry_run:
            self._plan_shelf(SECTIONS, keys)
            return
        with in_turn(), announced_together():
            self._shelf(SECTIONS, keys)

    def likely_duplicates(self) -> None:
        """Asks, in the review queue, about contributors made of this source whose names are like others'.

        Also about those of a run that was killed before it came to this.
        """
        if self._is_dry_run:
            return
        made = self._ledger.contributors_after(self._ledger.source.last_compared_id)
        if not made:
            return
        if len(made) > MOST_COMPARED:
            self._tally.note(
                "authors",
                "were not compared with the others: run `standfirst review find`",
                f"{len(made):,} of them",
            )
            return
        room = len(made) // CONTRIBUTORS_TO_A_QUESTION - self._tally.questions.total()
        pairs, others = most_alike(made, at_most=max(1, room))
        if others:
            self._tally.note(
                "authors",
                "are a little like others, and are not asked about: `standfirst review find` asks about all of them",
                f"{others:,} pairs",
            )
        with in_turn():
            self._tally.questions["duplicates"] += ask_about_duplicates(pairs, source=self._asking)
            self._ledger.source.last_compared_id = made[-1]
            self._ledger.source.save(update_fields=["last_compared_id"])

    def old_addresses(self) -> None:
        """Redirects that are no article's: of authors, sections, topics and feeds."""
        if self._is_dry_run:
            return
        with in_turn(), announced_together():
            self._addresses.write(self._site_addresses())
            self._addresses.write(self._redirected())

    # -------------------------------------------------------------------------------------------------------- articles

    def _plan_batch(self, articles: list[DraftArticle]) -> None:
        changes = plan_articles(articles, self._ledger, self._pictures.uploads)
        self._plan_shelf(SECTIONS, [draft.section_key for draft in articles if draft.section_key])
        self._plan_shelf(TOPICS, [key for draft in articles for key in draft.topic_keys])
        for change in changes:
            if change.action in (Action.CREATE, Action.UPDATE):
                new = self._pictures.plan(pictures_of(change.draft))
                self._pictures.created.update(wanted.ledger_key for wanted in new)
            if change.action is Action.CREATE:
                self._tally.redirects["planned"] += len(change.draft.old_paths)
        self._count(changes)

    def _create(self, changes: list[PlannedChange]) -> None:
        if not changes:
            return
        new = [NewArticle(self._page(change.draft), *self._belongings(change.draft)) for change in changes]
        store_articles(new)
        keep_entry_ids(
            {article.page.pk: change.draft.feed_id for change, article in zip(changes, new, strict=True)}
        )
        rows = []
        addresses: list[OldAddress] = []
        for change, article in zip(changes, new, strict=True):
            page = article.page
            if change.draft.publicity is Publicity.SCHEDULED:
                self._schedule(page)
            rows.append(self._row(change, page, Target.ARTICLE))
            addresses += self._old_paths(change.draft, page)
        self._ledger.write(rows)
        self._addresses.write(addresses)
        self._ask((article.page.pk, change.draft) for change, article in zip(changes, new, strict=True))

    def _ask(self, articles: Iterable[tuple[int, DraftArticle]]) -> None:
        """Puts the bylines nobody is sure of in the review queue; asked once for good."""
        doubts = [
            DoubtfulByline(number, doubt.raw, dict(doubt.reading), doubt.reasons)
            for number, draft in articles
            for doubt in draft.doubts
        ]
        self._tally.questions["bylines"] += ask_about_bylines(doubts, source=self._asking)

    def _page(self, draft: DraftArticle) -> ArticleRow:
        page = ArticleRow(slug=draft.slug, owner_id=self._by.pk if self._by else None)
        page.body, page.body_text = self._pictures.body(draft)
        self._fill(page, draft)
        page.live = draft.publicity is Publicity.LIVE
        page.has_unpublished_changes = not page.live
        if page.live:
            page.first_published_at = draft.published_at
            page.last_published_at = draft.updated_at or draft.published_at
        elif draft.publicity is Publicity.SCHEDULED:
            page.go_live_at = draft.published_at
        else:
            # Readers may have known it: published again, it takes its old place.
            page.backdated_to = draft.published_at
        return page

    def _fill(self, page: ArticlePage | ArticleRow, draft: DraftArticle) -> None:
        page.title = page.draft_title = draft.headline
        page.standfirst = draft.standfirst
        page.search_description = draft.search_description
        page.seo_title = draft.seo_title
        page.section_id = self._shelving.ids.get((Target.SECTION, draft.section_key)) or None
        for name, value in self._pictures.lead(draft).items():
            setattr(page, name, value)

    def _belongings(self, draft: DraftArticle) -> tuple[list[Any], frozenset[int]]:
        """The credits of an article, as rows, and its topics."""
        credits = [self._credit(credit, draft) for credit in draft.credits]
        # Two authors of the archive may be one contributor here; nobody has one role twice.
        unique = {(credit.contributor_id, credit.role_id): credit for credit in reversed(credits)}
        ordered = [credit for credit in credits if unique[credit.contributor_id, credit.role_id] is credit]
        topics = (self._shelving.ids.get((Target.TOPIC, key)) for key in draft.topic_keys)
        return ordered, frozenset(topic for topic in topics if topic)

    def _credit(self, credit: DraftCredit, draft: DraftArticle) -> Any:
        contributor = self._identities.contributors[credit.contributor_key]
        how, evidence, is_live = credit.how, credit.evidence, draft.publicity is Publicity.LIVE
        if recognised := self._identities.recognised.get(credit.contributor_key):
            how, evidence = LinkedHow.INFERRED, recognised
        role = self._roles[credit.role]
        return CreditRow(
            contributor=contributor,
            contributor_id=contributor.pk,
            role=role,
            role_id=role.pk,
            printed_name=(credit.printed_name or (contributor.display_name if is_live else ""))[:255],
            printed_note=credit.printed_note[:500],
            source_text=credit.source_text[:1000],
            linked_how=how.value,
            linked_from=f"{self._archive.system}: {evidence}"[:100],
        )

    def _schedule(self, page: ArticleRow) -> None:
        stored = ArticlePage.objects.get(pk=page.pk)
        revision = stored.save_revision(
            user=self._by, approved_go_live_at=stored.go_live_at, log_action=False
        )
        page.latest_revision_id = revision.pk

    def _row(self, change: PlannedChange, page: Any, target: Target) -> Any:
        draft = change.draft
        return RecordRow(
            target=target,
            key=draft.key,
            target_id=page.pk,
            fingerprint=change.fingerprint,
            stored_state=state_of(page, draft.publicity),
            raw=self._raw(draft),
        )

    def _raw(self, draft: DraftArticle) -> dict[str, Any]:
        raw: dict[str, Any] = {"byline": draft.raw_byline, "slug": draft.slug, "status": draft.source_status}
        if fields := {**draft.unread, **dict(draft.kept)}:
            raw["fields"] = fields
        if lead := self._pictures.awaited_lead(draft):
            raw[AWAITED_LEAD] = asdict(lead)
        return raw | {"sticky": True} if draft.is_sticky else raw

    def _update(self, change: PlannedChange) -> None:
        draft, row = change.draft, change.row
        assert row is not None
        page = ArticlePage.objects.get(pk=row.target_id)
        body, page.body_text = self._pictures.body(draft)
        page.body = StreamValue(self._block, body, is_lazy=True)
        self._fill(page, draft)
        if row.raw.get("slug") != draft.slug:
            page.slug = draft.slug
        credits, topics = self._belongings(draft)
        page.credits = [
            Credit(sort_order=order, **{name: getattr(credit, name) for name in _CREDITED})
            for order, credit in enumerate(credits)
        ]
        page.topics = list(TOPICS.model.objects.filter(pk__in=topics))
        was_live, page.live = page.live, draft.publicity is Publicity.LIVE
        page.has_unpublished_changes = not page.live
        page.go_live_at = draft.published_at if draft.publicity is Publicity.SCHEDULED else None
        page.backdated_to = draft.published_at if draft.publicity is Publicity.DRAFT else None
        if page.live:
            page.first_published_at = draft.published_at if not was_live or page.first_published_at else None
            page.last_published_at = draft.updated_at or draft.published_at
        # As the first import stores it: what the desk asks of an editor, an archive may not have.
        page.save(clean=False)
        if draft.publicity is Publicity.SCHEDULED:
            page.latest_revision = page.save_revision(
                user=self._by, approved_go_live_at=page.go_live_at, log_action=False
            )
        row.fingerprint = change.fingerprint
        row.stored_state = state_of(page, draft.publicity)
        row.raw = self._raw(draft)
        row.save()
        self._addresses.write(self._old_paths(draft, page))
        self._ask([(page.pk, draft)])

    def _lead_on(self, unchanged: list[PlannedChange]) -> None:
        """Old addresses of what is here already lead to it: some may have been lost since."""
        targets = {change.row.target_id: change.draft for change in unchanged if change.row}
        here = {
            pk: path_at(address)
            for pk, address in ArticlePage.objects.filter(pk__in=targets).values_list("pk", "address")
        }
        here |= {page.pk: page.get_url() or "" for page in PublicationPage.objects.filter(pk__in=targets)}
        self._addresses.write(
            OldAddress(path, page_id=pk, here=here[pk]) for pk in here for path in targets[pk].old_paths
        )

    def _note_awaited(self, unchanged: list[PlannedChange]) -> None:
        """Notes the lead images that are not there, of what was imported before these were noted."""
        leads = [
            (change.draft, change.row)
            for change in unchanged
            if change.draft.lead_image
            and change.row
            and change.row.fingerprint == change.fingerprint
            and AWAITED_LEAD not in change.row.raw
        ]
        self._pictures.plan([draft.lead_image for draft, _ in leads if draft.lead_image])
        for draft, row in leads:
            if lead := self._pictures.awaited_lead(draft):
                row.raw[AWAITED_LEAD] = asdict(lead)
                row.save(update_fields=["raw"])

    def _old_paths(self, draft: DraftArticle, page: ArticlePage | ArticleRow) -> list[OldAddress]:
        here = path_at(page.address)
        return [OldAddress(path, page_id=page.pk, here=here) for path in draft.old_paths]

    # ----------------------------------------------------------------------------------------------------------- pages

    def _create_page(self, change: PlannedChange) -> None:
        draft = change.draft
        parent = self._parent(draft)
        page = PublicationPage(title=draft.headline, slug=_free_page_slug(draft.slug, parent), owner=self._by)
        self._fill_page(page, draft)
        if page.live:
            page.first_published_at = draft.published_at
            page.last_published_at = draft.updated_at
        page.has_unpublished_changes = not page.live
        if draft.publicity is Publicity.SCHEDULED:
            page.go_live_at = draft.published_at
        parent.add_child(instance=page)
        if draft.publicity is Publicity.SCHEDULED:
            page.latest_revision = page.save_revision(
                user=self._by, approved_go_live_at=page.go_live_at, log_action=False
            )
        self._ledger.write([self._row(change, page, Target.PAGE)])
        self._addresses.write(self._page_paths(draft, page))

    def _update_page(self, change: PlannedChange) -> None:
        row = change.row
        assert row is not None
        page = PublicationPage.objects.get(pk=row.target_id)
        self._fill_page(page, change.draft)
        page.save()
        row.fingerprint = change.fingerprint
        row.stored_state = state_of(page, change.draft.publicity)
        row.raw = self._raw(change.draft)
        row.save()
        self._addresses.write(self._page_paths(change.draft, page))

    def _fill_page(self, page: PublicationPage, draft: DraftArticle) -> None:
        page.title = page.draft_title = draft.headline
        page.standfirst = draft.standfirst
        page.search_description = draft.search_description
        page.seo_title = draft.seo_title
        body, _words = self._pictures.body(draft)
        page.body = StreamValue(PublicationPage._meta.get_field("body").stream_block, body, is_lazy=True)
        page.live = draft.publicity is Publicity.LIVE

    def _parent(self, draft: DraftArticle) -> Page:
        if draft.parent_key:
            row = self._ledger.rows((Target.PAGE,), [draft.parent_key]).get(draft.parent_key)
            parent = PublicationPage.objects.filter(pk=row.target_id).first() if row else None
            if parent is not None:
                return parent
        return article_index().get_parent()

    def _page_paths(self, draft: DraftArticle, page: PublicationPage) -> list[OldAddress]:
        parts = page.get_url_parts()
        here = parts[2] if parts else ""
        return [OldAddress(path, page_id=page.pk, here=here) for path in draft.old_paths]

    # --------------------------------------------------------------------------------------------------------- shelves

    def _shelve(self, drafts: list[DraftArticle]) -> None:
        self._shelf(SECTIONS, [draft.section_key for draft in drafts if draft.section_key])
        self._shelf(TOPICS, [key for draft in drafts for key in draft.topic_keys])

    def _shelf(self, shelves: Shelves, keys: Sequence[str]) -> None:
        new = self._shelving.plan(shelves, keys)
        if new:
            self._shelving.make(shelves, [with_printable(self._archive.term(key)) for key in new])

    def _plan_shelf(self, shelves: Shelves, keys: Sequence[str]) -> None:
        new = self._shelving.plan(shelves, keys)
        self._shelving.created.update(new)

    # ------------------------------------------------------------------------------------------------------- addresses

    def _site_addresses(self) -> list[OldAddress]:
        found: list[OldAddress] = []
        for old in self._archive.site_paths():
            here = self._leads_to(old.leads_to)
            if here:
                found.append(OldAddress(old.path, link=feed_below(here, old.path) if old.is_feed else here))
        return found

    def _redirected(self) -> list[OldAddress]:
        """The old site's own redirects: to what the address they led to has become here, in one hop."""
        rules = {
            old.path: old.leads_to.removeprefix(ADDRESS)
            for old in self._archive.site_paths()
            if old.leads_to.startswith(ADDRESS)
        }
        return self._addresses.followed(rules, self._archive.site)

    def _leads_to(self, what: str) -> str:
        """The address here of what an old address was of; empty if it became nothing."""
        if what.startswith(CONTRIBUTOR):
            return self._identities.contributors[what.removeprefix(CONTRIBUTOR)].path
        if what in ("articles", "front"):
            return EVERYTHING if what == "articles" else "/"
        if what.startswith(ADDRESS):
            return ""
        return self._shelving.addresses.get(what) or (
            EVERYTHING if self._archive.is_default_term(what) else ""
        )

    # -------------------------------------------------------------------------------------------------------- counting

    def _count(self, changes: Sequence[PlannedChange]) -> None:
        tally = self._tally
        for change in changes:
            draft = change.draft
            if change.action is Action.LEAVE_OUT:
                tally.leave_out(change.kind, change.reason, change.record)
                continue
            column = {Action.CREATE: tally.created, Action.UPDATE: tally.updated}.get(
                change.action, tally.unchanged
            )
            column[change.kind] += 1
            if change.reason:
                tally.note(change.kind, change.reason, change.record)
            for note in draft.notes:
                tally.note(change.kind, note, change.record)
            tally.shortcodes.update(draft.came_to.unknown_shortcodes)
            tally.blocks.update(draft.came_to.unknown_blocks)
            for doubt in draft.doubts:
                tally.doubts.update(doubt.reasons)
            if not draft.is_page:
                tally.articles[draft.publicity.value] += 1
                tally.credits.update(
                    LinkedHow.INFERRED.value
                    if credit.contributor_key in self._identities.recognised
                    else credit.how.value
                    for credit in draft.credits
                )
                tally.credits["unsigned_articles"] += not draft.credits

    def count_terms(self) -> None:
        """Accounts for every category and tag of the archive."""
        shelving, tally = self._shelving, self._tally
        for key in self._archive.term_keys():
            kind = "categories" if key.startswith("category:") else "tags"
            if key in shelving.created:
                tally.created[kind] += 1
            elif key in shelving.known:
                tally.unchanged[kind] += 1
            elif self._archive.is_default_term(key):
                tally.leave_out(
                    kind, f"what {self._archive.system} files under when nobody chose", key.partition(":")[2]
                )
            else:
                tally.leave_out(kind, "no article is filed under it", key.partition(":")[2])

    def count_media(self, missing: Mapping[str, str]) -> None:
        """Accounts for every upload the archive lists, those that are missing with the reason."""
        pictures, tally = self._pictures, self._tally
        for media in self._archive.media.values():
            name = media.url or media.source_id
            wanted = pictures.uploads.wanted.get(media.source_id)
            if wanted is None:
                tally.leave_out("media", "no article uses it", name)
            elif wanted.name in missing:
                tally.leave_out("media", f"missing: {wanted.reason}", name)
            elif wanted.ledger_key in pictures.created and wanted.ledger_key not in pictures.known:
                tally.created["media"] += 1
            else:
                tally.unchanged["media"] += 1


def _parents_first(pages: list[DraftArticle]) -> list[DraftArticle]:
    by_key = {page.key: page for page in pages}

    def depth(page: DraftArticle) -> int:
        seen = {page.key}
        while page.parent_key in by_key and page.parent_key not in seen:
            page = by_key[page.parent_key]
            seen.add(page.key)
        return len(seen)

    return sorted(pages, key=depth)


def _free_page_slug(slug: str, parent: Page) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    if parent.depth == 2:
        taken |= RESERVED
    found, number = slug, 1
    # Four digits would be read as a year of articles.
    while found in taken or (parent.depth == 2 and found.isdigit()):
        number += 1
        found = numbered_slug(slug, number)
    return found
