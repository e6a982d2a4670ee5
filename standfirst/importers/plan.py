"""Compares drafts with what is here, and says what should change. Nothing is written."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from standfirst.articles.models import ArticlePage
from standfirst.importers.ledger import Ledger, Target
from standfirst.importers.models import ImportedRecord
from standfirst.importers.reading.records import DraftArticle, MediaRef, Publicity
from standfirst.importers.reading.uploads import Uploads
from standfirst.publications.models import PublicationPage

_AGAIN = " again "  # no id of a source holds it


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """What should happen to one article or page, and why."""

    action: Action
    draft: DraftArticle
    fingerprint: str = ""
    row: ImportedRecord | None = None
    reason: str = ""

    @property
    def kind(self) -> str:
        return "pages" if self.draft.is_page else "articles"

    @property
    def record(self) -> str:
        place = self.draft.place or self.draft.key.replace(":", " ")
        return f"{place} “{self.draft.headline[:80]}”"


@dataclass(frozen=True, slots=True)
class _Here:
    """How an article that was imported before stands here now."""

    revision: int
    live: bool

    def state(self, publicity: Publicity) -> str:
        # The scheduler makes a scheduled article live; that is no editor's change.
        return f"{self.revision}:{'scheduled' if publicity is Publicity.SCHEDULED else int(self.live)}"


def plan_articles(drafts: Sequence[DraftArticle], ledger: Ledger, uploads: Uploads) -> list[PlannedChange]:
    """What should change for these drafts, in their order."""
    keys = [key for draft in drafts for key in (draft.key, first_key(draft.key))]
    rows = ledger.rows((Target.ARTICLE, Target.PAGE), keys)
    here = _standing(rows.values())
    marks = {key: {row.fingerprint} for key, row in rows.items()}
    changes: list[PlannedChange] = []
    for draft in drafts:
        mark, first = fingerprint(draft, uploads), first_key(draft.key)
        if first != draft.key:
            if mark in marks.setdefault(first, set()):
                changes.append(PlannedChange(Action.LEAVE_OUT, draft, reason="stands twice in the archive"))
                continue
            draft = replace(draft, notes=(*draft.notes, "has the id of another record, and both were taken"))
        marks.setdefault(first, set()).add(mark)
        changes.append(_plan(draft, mark, rows.get(draft.key), here))
    return changes


def again_key(key: str, number: int) -> str:
    """The key of the second, third … record of an archive that has one id."""
    return f"{key}{_AGAIN}{number}"


def first_key(key: str) -> str:
    """The key of the first record with the id of this one."""
    return key.partition(_AGAIN)[0]


def _plan(
    draft: DraftArticle, mark: str, row: ImportedRecord | None, here: dict[tuple[str, int], _Here]
) -> PlannedChange:
    if row is None:
        return PlannedChange(Action.CREATE, draft, mark)
    standing = here.get((row.target, row.target_id))
    if standing is None:
        return PlannedChange(Action.LEAVE_OUT, draft, mark, row, "was deleted here since it was imported")
    if row.fingerprint == mark:
        return PlannedChange(Action.UNCHANGED, draft, mark, row)
    was = Publicity.SCHEDULED if row.stored_state.endswith(":scheduled") else Publicity.LIVE
    if standing.state(was) != row.stored_state:
        reason = "was edited here since it was imported, and changed in the archive; the edit here was kept"
        return PlannedChange(Action.UNCHANGED, draft, mark, row, reason)
    return PlannedChange(Action.UPDATE, draft, mark, row)


def state_of(page: ArticlePage | PublicationPage, publicity: Publicity) -> str:
    """What tells, at the next import, whether somebody changed the page since."""
    return _Here(page.latest_revision_id or 0, page.live).state(publicity)


def _standing(rows: Iterable[ImportedRecord]) -> dict[tuple[str, int], _Here]:
    found: dict[tuple[str, int], _Here] = {}
    wanted: dict[str, list[int]] = {}
    for row in rows:
        wanted.setdefault(row.target, []).append(row.target_id)
    for target, model in ((Target.ARTICLE, ArticlePage), (Target.PAGE, PublicationPage)):
        ids = wanted.get(target, [])
        for page_id, revision, live in model.objects.filter(pk__in=ids).values_list(
            "pk", "latest_revision_id", "live"
        ):
            found[target, page_id] = _Here(revision or 0, live)
    return found


def fingerprint(draft: DraftArticle, uploads: Uploads) -> str:
    """Tells a draft from any other version of itself, the pictures it would be given included."""
    pictures = pictures_of(draft)
    if not pictures:
        return draft.digest
    digest = hashlib.blake2b(draft.digest.encode(), digest_size=16)
    for ref in pictures:
        wanted = uploads.find(ref)
        digest.update(repr((wanted.file and (wanted.file.key, wanted.file.size), wanted.media)).encode())
    return digest.hexdigest()


def pictures_of(draft: DraftArticle) -> list[MediaRef]:
    """Every picture a draft uses, the lead image first."""
    return [*([draft.lead_image] if draft.lead_image else []), *draft.came_to.pictures]
