"""Finds or makes the contributor each author of an archive is, and keeps the answer in the ledger.

Matching, in this order: the source's own ids; the same once dots, dashes and case are dropped, if one of the two is a
guest author; a contributor here whose whole name is exactly this one. Then a new contributor is made. An archive may
show only later that two contributors it made are one person (the guest authors are often in a second export); they are
then joined, if nobody has changed them here.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from wagtail.models import Revision

from standfirst.articles.models import ArticlePage
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import recognise_by_email, save_contributor
from standfirst.contributors.bulk import NewContributor, store_contributors
from standfirst.contributors.models import AuthorityId, Contributor, ContributorLink
from standfirst.contributors.queries import presently
from standfirst.database.batches import batched
from standfirst.database.turns import in_turn
from standfirst.identity.actions import merge_contributors, reindex
from standfirst.identity.resolving import Named, resolve
from standfirst.importers.ledger import Ledger, Target
from standfirst.importers.models import ImportedRecord
from standfirst.importers.pictures import Pictures
from standfirst.importers.reading.handles import folded
from standfirst.importers.reading.records import DraftContributor
from standfirst.importers.report import Tally
from standfirst.pagecache.actions import announced_together, everything_changed
from standfirst.text.identifiers import InvalidIdentifier, normalise_identifier


@dataclass(slots=True)
class _Plan:
    """What one author is here: rows that know them, and what else the ledger should say."""

    draft: DraftContributor
    rows: list[ImportedRecord] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    how: str = ""  # on what evidence they are somebody who was here
    proposals: tuple[int, ...] = ()  # who they may be instead, and why it is not certain
    why: str = ""

    @property
    def fingerprint(self) -> str:
        draft = self.draft
        parts = (
            draft.display_name,
            draft.biography,
            draft.links,
            draft.portrait,
            draft.is_name_derived,
            draft.kind,
        )
        return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Doubtful(NamedTuple):
    """A contributor who was here, one the import made, and why they may be one."""

    here: int
    made: int
    why: str


class Identities:
    """The contributors of one import, by the keys its credits use."""

    def __init__(
        self, drafts: Sequence[DraftContributor], ledger: Ledger, pictures: Pictures, tally: Tally
    ) -> None:
        self._drafts = drafts
        self._ledger = ledger
        self._pictures = pictures
        self._tally = tally
        self.contributors: dict[str, Contributor] = {}
        self.recognised: dict[str, str] = {}  # those who were here before the source, and on what evidence
        self.doubtful: list[Doubtful] = []
        self._plans = self._plan()

    def tally_plan(self) -> None:
        """Counts what a run would do; nothing is written."""
        stored = self._stored(self._plans)
        for plan in self._plans:
            self._count(self._action(plan, stored), plan)

    def apply(self, *, by: AbstractBaseUser | None) -> None:
        for some in batched(self._plans, 100):
            with in_turn(), announced_together():
                stored = self._stored(some)
                self._create([plan for plan in some if not any(number in stored for number in plan.ids)], by)
                for plan in some:
                    self._apply(plan, stored, by)

    # ------------------------------------------------------------------------------------------------------ planning

    def _plan(self) -> list[_Plan]:
        keys = [key for draft in self._drafts for key in draft.source_keys]
        self._guests_by_fold = Counter(
            name
            for draft in self._drafts
            for name in {folded(_name(key)) for key in draft.source_keys if key.startswith("guest:")}
        )
        rows = self._ledger.rows((Target.CONTRIBUTOR,), keys)
        names: dict[str, list[ImportedRecord]] = {}
        for row in self._ledger.folded(folded(_name(key)) for key in keys):
            names.setdefault(row.folded, []).append(row)
        known = (row for found in (rows.values(), *names.values()) for row in found)
        self._now = presently({row.target_id for row in known})
        plans = [self._known(draft, rows, names, set(keys)) for draft in self._drafts]
        self._recognise([plan for plan in plans if not plan.ids])
        return plans

    def _known(
        self,
        draft: DraftContributor,
        rows: dict[str, ImportedRecord],
        names: dict[str, list[ImportedRecord]],
        keys: set[str],
    ) -> _Plan:
        plan = _Plan(draft, [rows[key] for key in draft.source_keys if key in rows])
        is_guest = _is_guest(draft)
        for key in draft.source_keys:
            alike = [row for row in names.get(folded(_name(key)), ()) if row not in plan.rows]
            guests = [row for row in alike if row.key.startswith("guest:")]
            if not is_guest:
                # A login is the guest author of that name, if there is one and no second.
                if len({self._target(row) for row in guests}) == 1:
                    plan.rows += guests
            elif not guests and self._guests_by_fold[folded(_name(key))] == 1:
                # A guest author is every login of that name the ledger knows, but those this archive knows better.
                plan.rows += [row for row in alike if row.key not in keys]
        plan.ids = list(dict.fromkeys(self._target(row) for row in plan.rows))
        return plan

    def _target(self, row: ImportedRecord) -> int:
        """Whoever the contributor is now that a record became. A merge leaves the ledger as it is."""
        return self._now.get(row.target_id, row.target_id)

    def _recognise(self, plans: list[_Plan]) -> None:
        """Takes contributors who are here already, where the evidence says that they are meant."""
        ours: set[int] = set()
        if not self._ledger.is_new:
            ours = set(
                ImportedRecord.objects.filter(
                    source=self._ledger.source, target=Target.CONTRIBUTOR
                ).values_list("target_id", flat=True)
            )
            now = presently(ours)
            ours = {now.get(number, number) for number in ours}
        for plan, found in zip(
            plans, resolve([_named(plan.draft) for plan in plans], apart_from=ours), strict=True
        ):
            if found.contributor is not None:
                plan.ids, plan.how = [found.contributor], found.how.value
            else:
                plan.proposals, plan.why = found.proposals, found.why

    def _stored(self, plans: Iterable[_Plan]) -> dict[int, Contributor]:
        ids = [number for plan in plans for number in plan.ids]
        return Contributor.objects.in_bulk(ids)

    def _action(self, plan: _Plan, stored: dict[int, Contributor]) -> str:
        here = [number for number in plan.ids if number in stored]
        if not here:
            return "created"
        if plan.how:
            return "matched"
        contributor = stored[here[0]]
        rank = max(row.rank for row in plan.rows)
        known = {row.fingerprint for row in plan.rows if row.rank == rank}
        if plan.draft.rank < rank or known == {plan.fingerprint}:
            return "unchanged" if len(here) == 1 else "joined"
        if not self._is_as_stored(contributor, plan):
            return "edited here"
        return "updated" if len(here) == 1 else "joined"

    def _is_as_stored(self, contributor: Contributor, plan: _Plan) -> bool:
        return any(
            row.stored_state == state_of(contributor)
            for row in plan.rows
            if self._target(row) == contributor.pk
        )

    # ------------------------------------------------------------------------------------------------------- applying

    def _apply(self, plan: _Plan, stored: dict[int, Contributor], by: AbstractBaseUser | None) -> None:
        draft = plan.draft
        action = self._action(plan, stored)
        here = [stored[number] for number in plan.ids if number in stored]
        if not here:
            contributor = self.contributors[draft.key]
        else:
            contributor, *others = here
            for other in others:
                self._join(contributor, other, plan, by)
            if action in ("updated", "joined") and draft.rank >= max(row.rank for row in plan.rows):
                self._update(contributor, draft, by)
            self._list_if_credited(contributor, plan, by)
        self._write_rows(plan, contributor, action)
        self._count(action, plan)
        if plan.how:
            self.recognised[draft.key] = plan.how
        self.doubtful += [Doubtful(number, contributor.pk, plan.why) for number in plan.proposals]
        self.contributors[draft.key] = contributor

    def _create(self, plans: Sequence[_Plan], by: AbstractBaseUser | None) -> None:
        new = [self._new(plan.draft) for plan in plans]
        store_contributors(new, by=by)
        recognise_by_email(
            {item.contributor.pk: plan.draft.emails for plan, item in zip(plans, new, strict=True)}
        )
        for plan, item in zip(plans, new, strict=True):
            self._identify(item.contributor, plan.draft)
            self.contributors[plan.draft.key] = item.contributor

    def _new(self, draft: DraftContributor) -> NewContributor:
        contributor = Contributor(
            display_name=draft.display_name,
            slug=draft.preferred_slug,
            kind=draft.kind,
            sort_name=draft.sort_name[:255],
            biography=draft.biography,
            # Somebody with no article yet has a page, and is no entry of the A–Z.
            is_listed=draft.is_credited,
            **self._portrait(draft),
        )
        return NewContributor(
            contributor, tuple((link.label, link.url) for link in draft.links), draft.aliases
        )

    def _identify(self, contributor: Contributor, draft: DraftContributor) -> None:
        """Keeps the identifiers the source states, but none that is somebody else's already."""
        for scheme, value in draft.identifiers:
            try:
                value = normalise_identifier(scheme, value)
            except InvalidIdentifier as error:
                self._tally.note("authors", f"state an identifier that is none: {error}", draft.display_name)
                continue
            known, _ = AuthorityId.objects.get_or_create(
                scheme=scheme, value=value, defaults={"contributor": contributor}
            )
            if known.contributor_id != contributor.pk:
                self._tally.note(
                    "authors", "state an identifier that another contributor has", draft.display_name
                )

    def _portrait(self, draft: DraftContributor) -> dict[str, Any]:
        if draft.portrait is None:
            return {}
        self._pictures.store([draft.portrait])
        image = self._pictures.image_id(draft.portrait)
        return {"portrait_id": image, "portrait_alt": draft.display_name} if image else {}

    def _update(self, contributor: Contributor, draft: DraftContributor, by: AbstractBaseUser | None) -> None:
        former = contributor.display_name
        contributor.display_name = draft.display_name
        contributor.biography = draft.biography or contributor.biography
        for name, value in self._portrait(draft).items():
            setattr(contributor, name, value)
        if former != draft.display_name:
            contributor.sort_name = ""
        save_contributor(contributor, by=by)
        known = set(contributor.links.values_list("url", flat=True))
        ContributorLink.objects.bulk_create(
            ContributorLink(contributor=contributor, label=link.label, url=link.url[:500])
            for link in draft.links
            if link.url not in known
        )
        if former != contributor.display_name:
            self._print_again(contributor, former)

    def _print_again(self, contributor: Contributor, former: str) -> None:
        """The archive now says better how the name was printed: the credits it made are put right."""
        credits = Credit.objects.filter(contributor=contributor, printed_name=former)
        imported = ImportedRecord.objects.filter(source=self._ledger.source, target=Target.ARTICLE)
        ours = set(imported.values_list("target_id", flat=True)) & set(
            credits.values_list("article_id", flat=True)
        )
        for some in batched(sorted(ours)):
            credits.filter(article_id__in=some, article__latest_revision__isnull=True).update(
                printed_name=contributor.display_name
            )
            everything_changed()
        reindex(ours)
        self._refresh_scheduled(ours)

    def _refresh_scheduled(self, articles: Iterable[int]) -> None:
        """Scheduled articles hold their credits in a revision, too."""
        for some in batched(sorted(articles)):
            revisions = Revision.objects.filter(
                approved_go_live_at__isnull=False, object_id__in=[str(number) for number in some]
            )
            for revision in revisions:
                article = ArticlePage.objects.filter(pk=revision.object_id).first()
                row = ImportedRecord.objects.filter(
                    target=Target.ARTICLE, target_id=revision.object_id
                ).first()
                if article and row and row.stored_state == f"{revision.pk}:scheduled":
                    revision.content = {**revision.content, "credits": article.serializable_data()["credits"]}
                    revision.save(update_fields=["content"])

    def _list_if_credited(self, contributor: Contributor, plan: _Plan, by: AbstractBaseUser | None) -> None:
        was_uncredited = any(row.raw.get("uncredited") for row in plan.rows)
        if plan.draft.is_credited and was_uncredited and not contributor.is_listed:
            contributor.is_listed = True
            save_contributor(contributor, by=by)

    def _join(
        self, kept: Contributor, absorbed: Contributor, plan: _Plan, by: AbstractBaseUser | None
    ) -> None:
        """Makes one contributor of two that this importer made and nobody has changed."""
        name = f"“{kept.display_name}” and “{absorbed.display_name}”"
        if not self._is_as_stored(absorbed, plan) or absorbed.account_id or absorbed.is_withdrawn:
            self._tally.note("authors", "may be one person, but were changed here", name)
            return
        articles = set(Credit.objects.filter(contributor=absorbed).values_list("article_id", flat=True))
        note = _("Found to be one in an import from %(source)s.") % {"source": self._ledger.source}
        merge_contributors(kept=kept, absorbed=absorbed, by=by, note=note)
        self._print_again(kept, absorbed.display_name)
        self._refresh_scheduled(articles)
        self._now[absorbed.pk] = kept.pk

    def _write_rows(self, plan: _Plan, contributor: Contributor, action: str) -> None:
        draft = plan.draft
        known = {row.key: row for row in plan.rows}
        best = max((row.rank for row in plan.rows), default=0)
        applied = action in ("created", "updated", "joined") and draft.rank >= best
        state = state_of(contributor)
        was = {row.stored_state for row in plan.rows if self._target(row) == contributor.pk}
        kept_state = state if applied or action in ("created", "matched") else next(iter(was), state)
        raw = {
            "logins": list(draft.logins),
            "emails": list(draft.emails),
            **(
                {}
                if draft.is_credited or (plan.rows and not plan.rows[0].raw.get("uncredited"))
                else {"uncredited": True}
            ),
        }
        new: list[ImportedRecord] = []
        for key in draft.source_keys:
            row = known.get(key)
            if row is None:
                new.append(
                    ImportedRecord(
                        target=Target.CONTRIBUTOR,
                        key=key,
                        target_id=contributor.pk,
                        folded=folded(_name(key))[:255],
                        rank=draft.rank,
                        fingerprint=plan.fingerprint,
                        stored_state=kept_state,
                        raw=raw,
                    )
                )
        self._ledger.write(new)
        for row in plan.rows:
            before = (row.target_id, row.rank, row.fingerprint, row.stored_state, row.raw)
            if self._target(row) != contributor.pk:
                row.target_id = contributor.pk
            if applied:
                row.rank, row.fingerprint = draft.rank, plan.fingerprint
            row.stored_state = kept_state
            if draft.is_credited and row.raw.get("uncredited"):
                row.raw = {name: value for name, value in row.raw.items() if name != "uncredited"}
            if before != (row.target_id, row.rank, row.fingerprint, row.stored_state, row.raw):
                row.save()

    def _count(self, action: str, plan: _Plan) -> None:
        tally, name = self._tally, plan.draft.display_name
        column = {
            "created": tally.created,
            "updated": tally.updated,
            "joined": tally.updated,
        }.get(action, tally.unchanged)
        column["authors"] += 1
        tally.contributors[action.replace(" ", "_")] += 1
        if action == "edited here":
            tally.note("authors", "were changed here and in the archive; the change here was kept", name)
        if plan.draft.is_name_derived:
            tally.contributors["names_made_from_logins"] += 1
            tally.note("authors", "have no name in the archive; one was made from their login or slug", name)
        if not plan.draft.is_credited:
            tally.contributors["not_credited"] += 1


def state_of(contributor: Contributor) -> str:
    """What tells, at the next import, whether somebody changed the contributor since."""
    parts = (
        contributor.display_name,
        contributor.biography,
        contributor.note,
        str(contributor.kind),
        contributor.slug,
        contributor.portrait_id,
    )
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _named(draft: DraftContributor) -> Named:
    return Named(
        draft.display_name,
        kind=draft.kind,
        identifiers=draft.identifiers,
        emails=draft.emails,
        is_whole=not draft.is_name_derived,
    )


def _is_guest(draft: DraftContributor) -> bool:
    return any(key.startswith("guest:") for key in draft.source_keys)


def _name(key: str) -> str:
    return key.partition(":")[2]
