"""Taking a change back: every row as it was, and then what follows from the rows.

A row is restored column by column where it still says what the change made it say. What somebody has changed since is
theirs and is left; so is what has lost its place meanwhile, such as an address that is another's now. Each such thing
is said in a sentence. Nothing is raised halfway.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Exists, Model, OuterRef, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

from standfirst.addresses import cachekeys as addresses
from standfirst.articles.models import ArticlePage, Listing
from standfirst.articles.revisions import revisions_naming, revisions_of, rewrite_credits
from standfirst.articles.signals import recredited, relisted
from standfirst.bylines.models import Credit
from standfirst.contributors.actions import make_public, what_changed
from standfirst.contributors.models import Contributor, ContributorSlug
from standfirst.contributors.paths import CONTRIBUTOR_PATHS
from standfirst.contributors.queries import presently
from standfirst.database.batches import batched
from standfirst.database.turns import in_turn
from standfirst.pagecache.actions import announced_together, changed

from .errors import CannotUndo
from .giving import announce_credits, reindex, relist_all
from .held import held
from .models import ChangedRow, ChangeKind, IdentityChange
from .tables import (
    CONTRIBUTORS,
    CREDITS,
    LISTINGS,
    REDIRECTS,
    REVISIONS,
    SLUGS,
    TABLES,
    WORDINGS,
    Table,
    Values,
)

# What is worked out from other columns, and put right whenever the row is stored.
WORKED_OUT = frozenset({"sort_key", "letter", "matching_form", "sort_order"})
# What a version's JSON has of a credit that a change may have changed.
IN_VERSIONS = ("contributor", "printed_name", "printed_note")
# More sentences than this nobody reads.
SAID = 50


@dataclass(frozen=True, slots=True)
class Undone:
    """A change that was undone, and, a sentence each, what of it had to be left as it is now."""

    change: IdentityChange
    left_as_is: tuple[str, ...] = ()


def undo_change(change: IdentityChange, *, by: AbstractBaseUser | None) -> Undone:
    """Restore exactly what was before a change."""
    with in_turn(), announced_together():
        stored = IdentityChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
        if stored.is_undone:
            raise CannotUndo(_("This was undone already."))
        held(*Contributor.objects.filter(pk__in=filter(None, [stored.contributor_id, stored.absorbed_id])))
        left = _Undoing(stored).run()
        editor: Any = by
        stored.undone_at, stored.undone_by, stored.left_as_is = timezone.now(), editor, left
        stored.save()
    change.refresh_from_db()
    return Undone(change, tuple(left))


@dataclass(slots=True)
class _Undoing:
    change: IdentityChange
    left: list[str] = field(default_factory=list)
    _rows: dict[Table, list[ChangedRow]] = field(default_factory=dict)
    _now: dict[int, int] = field(default_factory=dict)
    _merges: dict[int, list[IdentityChange]] = field(default_factory=dict)
    _credited: dict[tuple[Any, Any, Any], str] = field(default_factory=dict)
    _existing: dict[tuple[type[Model], Any], bool] = field(default_factory=dict)

    def run(self) -> list[str]:
        for row in self.change.rows.order_by("pk"):
            self._rows.setdefault(TABLES[row.table], []).append(row)
        articles, people = self._articles(), self._people()
        # Whoever they have become since was known by their names, too.
        people |= set(presently(people).values())
        were = {person.pk: person for person in Contributor.objects.filter(pk__in=people)}
        listed = LISTINGS.read("article_id", articles)
        paths = self._paths()

        self._restore(made=False)
        self._follow_since()
        self._restore(made=True)
        self._lead_on()
        self._settle(articles, listed, were)
        changed(*(addresses.address(path) for path in paths | self._paths()))
        return self._said()

    # ---------------------------------------------------------------------------------------------------- rows

    def _restore(self, *, made: bool) -> None:
        """Restore the rows that the change made, or the others; again those that had to wait for room."""
        waiting = [
            (table, row)
            for table in TABLES.values()
            for row in self._rows.get(table, ())
            if (row.before is None) is made
        ]
        if made:
            waiting.reverse()
        while waiting:
            still = self._attempt(waiting)
            if len(still) == len(waiting):
                break
            waiting = still
        for table, row in waiting:
            self._leave(table, row, _("its place has been taken since"))

    def _attempt(self, waiting: Iterable[tuple[Table, ChangedRow]]) -> list[tuple[Table, ChangedRow]]:
        """Those that had no room."""
        by_table: dict[Table, list[ChangedRow]] = {}
        for table, row in waiting:
            by_table.setdefault(table, []).append(row)
        no_room: list[tuple[Table, ChangedRow]] = []
        for table, rows in by_table.items():
            for some in batched(rows):
                now = table.read("pk", [row.row for row in some])
                if table is CREDITS:
                    self._note_credited(some, now)
                no_room += [(table, row) for row in self._attempt_some(table, some, now)]
        return no_room

    def _note_credited(self, rows: Iterable[ChangedRow], now: dict[str, Values]) -> None:
        """Who is credited in which role on the articles of these credits, by which credit."""
        articles = {values["article_id"] for values in now.values()}
        articles |= {row.before["article_id"] for row in rows if row.before}
        self._credited = {
            (values["article_id"], values["contributor_id"], values["role_id"]): key
            for key, values in CREDITS.read("article_id", articles).items()
        }

    def _is_credited_again(self, key: str, credit: Values) -> bool:
        """Whether somebody has been credited anew, since, with what this credit would credit them with once more."""
        other = self._credited.get((credit["article_id"], credit["contributor_id"], credit["role_id"]), key)
        return other != key

    def _attempt_some(
        self, table: Table, rows: list[ChangedRow], now: dict[str, Values]
    ) -> Iterator[ChangedRow]:
        alike: dict[str, tuple[Values, list[ChangedRow]]] = {}
        for row in rows:
            current = now.get(row.row)
            if row.after is None:
                if not self._fits(partial(self._bring_back, table, row, current)):
                    yield row
            elif row.before is None:
                if not self._fits(partial(self._take_away, table, row, current)):
                    yield row
            elif current is None:
                if table in (WORDINGS, REVISIONS):
                    continue  # Gone with its article, which the credits say.
                self._leave(table, row, _("it has been deleted since"))
            elif values := self._restorable(table, row, current):
                alike.setdefault(json.dumps(values, sort_keys=True), (values, []))[1].append(row)
        for values, some in alike.values():
            keys = [row.row for row in some]
            if self._fits(partial(table.update, keys, values)):
                done = some
            else:
                done = [row for row in some if self._fits(partial(table.update, [row.row], values))]
                yield from (row for row in some if row not in done)
            if table is CREDITS and "contributor_id" in values:
                self._tell_merges(done)

    def _restorable(self, table: Table, row: ChangedRow, current: Values) -> Values:
        """The columns that still say what the change made them say, and what they said before."""
        assert row.before is not None
        assert row.after is not None
        values: Values = {}
        for column, before in row.before.items():
            if before == row.after[column]:
                continue
            if not self._is_still(column, current.get(column), row.after[column]):
                if current.get(column) != before and column not in WORKED_OUT:
                    self._leave(
                        table, row, _("“%(what)s” has been changed since") % {"what": table.label(column)}
                    )
                continue
            wanted = self._restored(table, column, before)
            if table is CREDITS and self._is_credited_again(row.row, current | {column: wanted}):
                self._leave(table, row, _("they have been credited again since"))
            elif self._is_there(table, {column: wanted}):
                values[column] = wanted
            else:
                self._leave(table, row, _("what it belonged to is gone"))
        was_given = (
            "contributor_id" in row.before and row.before["contributor_id"] != row.after["contributor_id"]
        )
        # How a credit came to be somebody's goes with whose it is.
        return {} if table is CREDITS and was_given and "contributor_id" not in values else values

    def _restored(self, table: Table, column: str, before: Any) -> Any:
        """What a column said; but a credit goes to whoever its contributor has been merged into since."""
        if table is CREDITS and column == "contributor_id" and (since := self._merges_since(before)):
            return since[-1].contributor_id
        return before

    def _tell_merges(self, rows: Iterable[ChangedRow]) -> None:
        """What was restored to somebody merged away since belongs to those merges: each undone gives it back."""
        told = [
            ChangedRow(
                change=merge,
                table=CREDITS.name,
                row=row.row,
                before={**row.before, "contributor_id": merge.absorbed_id},
                after={**row.before, "contributor_id": merge.contributor_id},
            )
            for row in rows
            if row.before and "contributor_id" in row.before
            for merge in self._merges_since(row.before["contributor_id"])
        ]
        ChangedRow.objects.bulk_create(told, ignore_conflicts=True)

    def _merges_since(self, contributor: int) -> list[IdentityChange]:
        """The merges, in order, by which somebody became whoever they are, but for one that is being undone."""
        if contributor not in self._merges:
            merges = IdentityChange.objects.filter(kind=ChangeKind.MERGE, undone_at=None).exclude(
                pk=self.change.pk
            )
            found, now = [], contributor
            while merge := merges.filter(absorbed=now).order_by("made_at", "pk").last():
                found.append(merge)
                now = merge.contributor_id
            self._merges[contributor] = found
        return self._merges[contributor]

    def _is_still(self, column: str, current: Any, after: Any) -> bool:
        if current == after or column not in ("contributor_id", "contributor") or None in (current, after):
            return bool(current == after)
        # Merged on since: whoever that is now holds it for them.
        return self._presently(current) == self._presently(after)

    def _presently(self, contributor: int) -> int:
        if contributor not in self._now:
            self._now[contributor] = presently([contributor]).get(contributor, contributor)
        return self._now[contributor]

    def _bring_back(self, table: Table, row: ChangedRow, current: Values | None) -> None:
        """A row that the change took away."""
        assert row.before is not None
        before = {column: self._restored(table, column, value) for column, value in row.before.items()}
        if current is not None:
            # A credit that an old version brought back since, as the other's: it is theirs again.
            if table is CREDITS and current["article_id"] == row.before["article_id"]:
                table.update([row.row], {"contributor_id": before["contributor_id"]})
                self._tell_merges([row])
            elif current != row.before:
                self._leave(table, row, _("another is in its place"))
        elif not self._is_there(table, row.before):
            self._leave(table, row, _("what it belonged to is gone"))
        elif table is REDIRECTS and _is_taken(row.before):
            self._leave(table, row, _("its place has been taken since"))
        elif table is CREDITS and self._is_credited_again(row.row, before):
            self._leave(table, row, _("they have been credited again since"))
        elif table is CREDITS and not self._twin_stands(row.before):
            self._leave(table, row, _("the credit it was joined with has been removed since"))
        else:
            table.insert(row.row, before)
            if table is CREDITS:
                self._tell_merges([row])

    def _twin_stands(self, credit: Values) -> bool:
        """Whether the article still has the credit for whose sake this one was set aside."""
        takers = set(self.change.details.get("takers", [self.change.contributor_id]))
        return Credit.objects.filter(
            article=credit["article_id"],
            role=credit["role_id"],
            contributor__in=takers | {self._presently(taker) for taker in takers},
        ).exists()

    def _take_away(self, table: Table, row: ChangedRow, current: Values | None) -> None:
        """A row that the change made."""
        if current is None or self._is_needed(table, row.row):
            return
        if table is not CONTRIBUTORS and current != row.after:
            self._leave(table, row, _("it has been changed since"))
            return
        table.delete(row.row)

    def _is_needed(self, table: Table, key: str) -> bool:
        """Whether what the change made has become part of what came after: an address, or an unassigned place."""
        if table is SLUGS:
            # Somebody's address, or what a later change that may be undone would give back.
            later = ChangedRow.objects.filter(
                table=CONTRIBUTORS.name, before__slug=key, change__undone_at__isnull=True
            ).exclude(change=self.change)
            return Contributor.objects.filter(slug=key).exists() or later.exists()
        return table is CONTRIBUTORS and (
            Credit.objects.filter(contributor=key).exists()
            or IdentityChange.objects.filter(contributor=int(key)).exists()
            or revisions_naming([int(key)]).exists()
        )

    def _fits(self, write: Callable[[], None]) -> bool:
        try:
            with transaction.atomic():
                write()
        except (IntegrityError, ProtectedError):
            return False
        return True

    def _is_there(self, table: Table, values: Values) -> bool:
        """Whether the rows these values point at still exist: the database would say so only at the very end."""
        for model, key in table.points_at(values):
            if (model, key) not in self._existing:
                self._existing[model, key] = model._base_manager.filter(pk=key).exists()
            if not self._existing[model, key]:
                return False
        return True

    # ----------------------------------------------------------------------------------------- what follows from rows

    def _follow_since(self) -> None:
        """Versions saved since the change say of its credits what it made of them: take that back, too."""
        rows = {int(row.row): row for row in self._rows.get(CREDITS, ()) if row.before and row.after}
        where = CREDITS.read("pk", [str(number) for number in rows])
        articles = {values["article_id"] for values in where.values()}

        def taken_back(credit: dict[str, Any]) -> dict[str, Any]:
            row = rows.get(credit.get("pk") or 0)
            if row is None or row.before is None or row.after is None:
                return credit
            before = {column.removesuffix("_id"): value for column, value in row.before.items()}
            after = {column.removesuffix("_id"): value for column, value in row.after.items()}
            return credit | {
                name: before[name]
                for name in IN_VERSIONS
                if name in before and self._is_still(name, credit.get(name), after[name])
            }

        for some in batched(sorted(articles)):
            rewrite_credits(
                revisions_of(some).filter(created_at__gt=self.change.made_at),
                lambda credits, wording: ([taken_back(credit) for credit in credits], wording),
            )

    def _lead_on(self) -> None:
        """Old addresses that led to a slug which an earlier undoing took away, or this one, lead to whose it was."""
        rows = self._rows.get(REDIRECTS, ())
        links = {
            values["redirect_link"] for values in REDIRECTS.read("pk", [row.row for row in rows]).values()
        }
        links |= {CONTRIBUTOR_PATHS.of(row.row) for row in self._rows.get(SLUGS, ()) if row.before is None}
        slugs = {
            slug: link
            for link in links
            if link == CONTRIBUTOR_PATHS.of(slug := CONTRIBUTOR_PATHS.slug_in(link))
        }
        there = ContributorSlug.objects.filter(slug__in=slugs).values_list("slug", flat=True)
        lost = Redirect.objects.filter(redirect_link__in=[slugs[slug] for slug in slugs.keys() - set(there)])
        paths = list(lost.values_list("old_path", flat=True))
        if paths:
            owner = self.change.absorbed_id or self.change.contributor_id
            whose = Contributor.objects.get(pk=presently([owner]).get(owner, owner))
            lost.update(redirect_link=whose.path)
            changed(*(addresses.address(path) for path in paths))

    def _settle(
        self, articles: Collection[int], listed: dict[str, Values], were: dict[int, Contributor]
    ) -> None:
        """Archives, search and kept pages follow what was restored."""
        now = LISTINGS.read("article_id", articles)
        gone = [_listing(key, row) for key, row in listed.items() if now.get(key) != row]
        new = [_listing(key, row) for key, row in now.items() if listed.get(key) != row]
        if gone or new:
            relisted.send(Listing, gone=gone, new=new)
        relist_all(articles)
        for some in batched(sorted(articles)):
            recredited.send(Credit, articles=some)
        reindex(self._printed_otherwise())
        takers = {
            values["contributor_id"]
            for row in self._rows.get(CREDITS, ())
            for values in (row.before, row.after)
            if values and "contributor_id" in values
        }
        takers |= {merge.contributor_id for taker in takers for merge in self._merges_since(taker)}
        listed_now = Listing.objects.filter(contributor=OuterRef("pk"))
        # Whoever has been published since stays public, whatever they were before the change.
        make_public(
            Contributor.objects.filter(pk__in=were).filter(Exists(listed_now)).values_list("pk", flat=True)
        )
        announce_credits(articles, *takers, *were)
        for person in Contributor.objects.filter(pk__in=were).order_by("pk"):
            # What is worked out from the names is worked out anew, and they are found as they were.
            person.save()
            changed(*what_changed(were[person.pk], person))

    def _articles(self) -> set[int]:
        """The articles whose credits or places in archives the change touched.

        Both, for an article that was credited anew since has other credits, and perhaps still the same places.
        """
        touched = {int(row.row) for row in self._rows.get(WORDINGS, ())}
        for table in (CREDITS, LISTINGS):
            rows = self._rows.get(table, ())
            there = table.read("pk", [row.row for row in rows]).values()
            gone = (row.before for row in rows if row.before and row.after is None)
            touched |= {values["article_id"] for values in (*there, *gone)}
        return touched

    def _printed_otherwise(self) -> set[int]:
        """The articles under which other names are printed than before this was undone."""
        rows = [
            row
            for row in self._rows.get(CREDITS, ())
            if row.before is None
            or row.after is None
            or row.before["printed_name"] != row.after["printed_name"]
        ]
        there = CREDITS.read("pk", [row.row for row in rows]).values()
        return {values["article_id"] for values in there}

    def _people(self) -> set[int]:
        people = {int(row.row) for row in self._rows.get(CONTRIBUTORS, ())}
        return people | {number for number in (self.change.contributor_id, self.change.absorbed_id) if number}

    def _paths(self) -> set[str]:
        """The addresses at which something else is once this is undone: to be asked before and after."""
        slugs = SLUGS.read("owner_id", self._people()).keys() | {row.row for row in self._rows.get(SLUGS, ())}
        rows = self._rows.get(REDIRECTS, ())
        redirects = (
            *REDIRECTS.read("pk", [row.row for row in rows]).values(),
            *(row.before or {} for row in rows),
        )
        return {CONTRIBUTOR_PATHS.of(slug) for slug in slugs} | {
            values["old_path"] for values in redirects if "old_path" in values
        }

    # ---------------------------------------------------------------------------------------------- what is left as it is

    def _leave(self, table: Table, row: ChangedRow, why: str) -> None:
        if not table.is_derived:
            self.left.append(_("%(what)s: %(why)s.") % {"what": self._described(table, row), "why": why})

    def _described(self, table: Table, row: ChangedRow) -> str:
        """A row as an editor knows it."""
        values = table.read("pk", [row.row]).get(row.row) or row.before or row.after or {}
        if table is CREDITS:
            headline = ArticlePage.objects.filter(pk=values.get("article_id")).values_list("title", flat=True)
            said = {"name": values.get("printed_name"), "headline": headline.first()}
            if said["headline"] is None:
                return _("The credit of %(name)s on an article that is gone") % said
            return _("The credit of %(name)s on “%(headline)s”") % said
        if table in (WORDINGS, REVISIONS):
            return self._article_described(table, row)
        name = (
            values.get("display_name") or values.get("name") or values.get("old_path") or values.get("value")
        )
        return f"{table.model._meta.verbose_name} {name or row.row}"

    def _article_described(self, table: Table, row: ChangedRow) -> str:
        if table is WORDINGS:
            title = ArticlePage.objects.filter(pk=row.row).values_list("title", flat=True).first()
            return _("The byline of “%(headline)s”") % {"headline": title or "…"}
        title = Revision.objects.filter(pk=row.row).values_list("object_str", flat=True).first()
        return _("A version of “%(headline)s”") % {"headline": title or "…"}

    def _said(self) -> list[str]:
        said = list(dict.fromkeys(self.left))
        if len(said) <= SAID:
            return said
        more = len(said) - SAID
        return [
            *said[:SAID],
            ngettext("And %(more)s more.", "And %(more)s more.", more) % {"more": f"{more:,}"},
        ]


def _is_taken(redirect: Values) -> bool:
    # The database would allow a second one where no site is named.
    taken = Redirect.objects.filter(old_path=redirect["old_path"], site=redirect["site_id"])
    return taken.exists()


def _listing(key: str, values: Values) -> Listing:
    row = Listing(pk=int(key), **values)
    row.published_at = Listing._meta.get_field("published_at").to_python(values["published_at"])
    return row
