"""Looks up and writes the ledger of one source."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from standfirst.database.batches import batched
from standfirst.database.inserting import insert_rows
from standfirst.importers.models import ImportedRecord, ImportSource
from standfirst.importers.reading.archive import Rules
from standfirst.importers.reading.keys import ledger_key
from standfirst.importers.reading.records import ParsedSite
from standfirst.text.urls import parts_of

Target = ImportedRecord.Target


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the records of one source became. A source that was never imported has no row until it is opened."""

    source: ImportSource

    @property
    def is_new(self) -> bool:
        return self.source.pk is None

    def rows(self, targets: Collection[Target], keys: Iterable[str]) -> dict[str, ImportedRecord]:
        """The rows for these keys, by key."""
        if self.is_new:
            return {}
        found: dict[str, ImportedRecord] = {}
        for some in batched(dict.fromkeys(keys)):
            rows = ImportedRecord.objects.filter(source=self.source, target__in=list(targets), key__in=some)
            found.update((row.key, row) for row in rows)
        return found

    def folded(self, names: Iterable[str]) -> list[ImportedRecord]:
        """The contributors' rows whose keys are one of these once dots, dashes and case are dropped."""
        if self.is_new:
            return []
        found: list[ImportedRecord] = []
        for some in batched(dict.fromkeys(names)):
            found += ImportedRecord.objects.filter(
                source=self.source, target=Target.CONTRIBUTOR, folded__in=some
            )
        return found

    def contributors_after(self, number: int) -> list[int]:
        """The ids of the contributors this source's records became, those above a number, in order."""
        rows = ImportedRecord.objects.filter(
            source=self.source.pk, target=Target.CONTRIBUTOR, target_id__gt=number
        )
        return sorted(set(rows.values_list("target_id", flat=True)))

    def open(self) -> None:
        """Puts a source on record that is not yet."""
        if self.is_new:
            self.source.save()

    def remember(self, sections_rule: str, rules: Rules) -> None:
        """Notes by which rules this source is imported, for its next import."""
        noted = {"sections_rule": sections_rule, "rules": as_stored(rules)}
        if all(getattr(self.source, name) == value for name, value in noted.items()):
            return
        for name, value in noted.items():
            setattr(self.source, name, value)
        # These alone: an editor may settle a field in the back office while an import is under way.
        self.source.save(update_fields=None if self.is_new else noted)

    def write(self, rows: Sequence[Any]) -> None:
        """Stores new rows: records, or the plain rows of the same fields."""
        for row in rows:
            row.source_id = self.source.pk
        insert_rows(
            ImportedRecord, rows, [f for f in ImportedRecord._meta.local_concrete_fields if not f.primary_key]
        )


def address_key(address: str) -> str:
    """What the ledger calls a picture that was fetched from an address."""
    return ledger_key(f"address:{address}")


def remembered_rules(source: ImportSource) -> Rules:
    """What was said of a source's fields and paths at its last import, or since, in the back office."""
    kept = source.rules
    return Rules(dict(kept.get("fields", {})), tuple(kept.get("articles", ())), tuple(kept.get("pages", ())))


def as_stored(rules: Rules) -> dict[str, Any]:
    """Rules as a source's row keeps them."""
    found = {"fields": dict(rules.fields), "articles": list(rules.articles), "pages": list(rules.pages)}
    return {name: said for name, said in found.items() if said}


def ledger_of(format: str, site: ParsedSite) -> Ledger:
    """The ledger of the site an archive was made from."""
    address = source_address(site)
    source = ImportSource.objects.filter(format=format, address=address).first()
    return Ledger(source or ImportSource(format=format, address=address))


def source_address(site: ParsedSite) -> str:
    """What a site is known by: its own id if its archives hold one, else its address, without scheme or `www.`, for
    these change.

    Many people's test sites live at `localhost`; those are told apart by their titles.
    """
    if site.identity:
        return site.identity[:500]
    parts = parts_of(site.address)
    host = parts.netloc.lower().removeprefix("www.")
    says_little = not host or host.partition(":")[0] in ("localhost", "127.0.0.1") or "." not in host
    address = f"{host}{parts.path.rstrip('/')}"
    return f"{address} ({site.title})"[:500] if says_little else address[:500]
