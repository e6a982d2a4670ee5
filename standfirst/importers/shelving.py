"""Makes sections and topics of an archive's categories and tags."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from standfirst.addresses.paths import SlugPaths
from standfirst.database.batches import batched
from standfirst.importers.ledger import Ledger, Target
from standfirst.importers.models import ImportedRecord
from standfirst.importers.reading.records import DraftTerm
from standfirst.publications.bulk import store_shelves
from standfirst.publications.models import Section, SectionSlug, Topic, TopicSlug
from standfirst.publications.paths import SECTION_PATHS, TOPIC_PATHS
from standfirst.text import markup
from standfirst.text.slugs import numbered_slug, slug_for


@dataclass(frozen=True, slots=True)
class Shelves:
    """One kind of shelf: sections, or topics."""

    target: Target
    model: type[Any]
    history: type[Any]  # a LastingSlug
    paths: SlugPaths


SECTIONS = Shelves(Target.SECTION, Section, SectionSlug, SECTION_PATHS)
TOPICS = Shelves(Target.TOPIC, Topic, TopicSlug, TOPIC_PATHS)


@dataclass
class Shelving:
    """The sections and topics of one import, made as articles need them."""

    ledger: Ledger
    ids: dict[tuple[str, str], int] = field(default_factory=dict)  # by kind of shelf and key
    addresses: dict[str, str] = field(
        default_factory=dict
    )  # of what a key became here; a section before a topic
    created: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)

    def plan(self, shelves: Shelves, keys: Collection[str]) -> list[str]:
        """Which of these keys have nothing here yet. Looks up the rest."""
        wanted = [key for key in dict.fromkeys(keys) if (shelves.target, key) not in self.ids]
        rows = self.ledger.rows((shelves.target,), wanted)
        slugs = dict(
            shelves.model.objects.filter(pk__in=[row.target_id for row in rows.values()]).values_list(
                "pk", "slug"
            )
        )
        for key, row in rows.items():
            # What was deleted here is not made again: its articles go without.
            self.ids[shelves.target, key] = row.target_id if row.target_id in slugs else 0
            if row.target_id in slugs:
                self._address(shelves, key, slugs[row.target_id])
            if key not in self.created:
                self.known.add(key)
        return [key for key in wanted if key not in rows]

    def checkpoint(self) -> Callable[[], None]:
        """What forgets all that is noted from now on: what was made in a transaction that did not hold."""
        kept = dict(self.ids), dict(self.addresses), set(self.created), set(self.known)

        def forget() -> None:
            self.ids, self.addresses, self.created, self.known = kept

        return forget

    def make(self, shelves: Shelves, terms: Iterable[DraftTerm]) -> None:
        """Makes what is not here yet, or takes what has the same name."""
        new = list(terms)
        named = self._by_name(shelves, new)
        rows: list[ImportedRecord] = []
        fresh: list[Any] = []
        things: list[Any] = []
        taken = self._taken(shelves, new)
        for term in new:
            thing = named.get((term.name.casefold(), _base(term))) or named.get((term.name.casefold(), ""))
            if thing is None:
                thing = shelves.model(name=term.name[:255], slug=_free(term, taken))
                if term.description:
                    thing.description = markup.clean_rich_text(term.description)
                named[term.name.casefold(), _base(term)] = thing
                fresh.append(thing)
            things.append(thing)
        store_shelves(fresh)
        for term, thing in zip(new, things, strict=True):
            self.ids[shelves.target, term.key] = thing.pk
            self._address(shelves, term.key, thing.slug)
            rows.append(ImportedRecord(target=shelves.target, key=term.key, target_id=thing.pk))
        self.created.update(term.key for term in new)
        self.ledger.write(rows)

    def _address(self, shelves: Shelves, key: str, slug: str) -> None:
        if shelves is SECTIONS or key not in self.addresses:
            self.addresses[key] = shelves.paths.of(slug)

    def _by_name(self, shelves: Shelves, terms: list[DraftTerm]) -> dict[tuple[str, str], Any]:
        """What is here under these names already.

        A category and a tag of one name and slug are one subject. Two categories that share a name only (in different
        parents) are not; so what this source made is taken again only for the same slug, and what was made by hand or
        by another import for the name alone.
        """
        found: list[Any] = []
        for some in batched([term.name[:255] for term in terms]):
            found += shelves.model.objects.filter(name__in=some)
        ours: set[int] = set()
        for things in batched(found):
            ours.update(
                ImportedRecord.objects.filter(
                    source_id=self.ledger.source.pk,
                    target=shelves.target,
                    target_id__in=[thing.pk for thing in things],
                ).values_list("target_id", flat=True)
            )
        return {(thing.name.casefold(), thing.slug if thing.pk in ours else ""): thing for thing in found}

    def _taken(self, shelves: Shelves, terms: list[DraftTerm]) -> set[str]:
        """Slugs that are or were somebody's, among those these terms could be given."""
        bases = {_base(term) for term in terms}
        if len(bases) > 40:
            return set(shelves.history.objects.values_list("slug", flat=True))
        taken: set[str] = set()
        for base in bases:
            taken.update(
                shelves.history.objects.filter(slug__startswith=base[:90]).values_list("slug", flat=True)
            )
        return taken


def _base(term: DraftTerm) -> str:
    return slug_for(term.name if "%" in term.slug else term.slug or term.name, fallback="topic")


def _free(term: DraftTerm, taken: set[str]) -> str:
    base = _base(term)
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = numbered_slug(base, number)
    taken.add(slug)
    return slug
