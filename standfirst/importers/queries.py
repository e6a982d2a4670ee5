"""Reads about what was imported that other rooms rely on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from standfirst.importers.formats import FORMATS
from standfirst.importers.ledger import remembered_rules
from standfirst.importers.models import ImportedRecord, ImportSource
from standfirst.importers.reading.handles import EMAIL

Target = ImportedRecord.Target
_LONGEST_EXAMPLE = 120
# A field that a plugin keeps from editors begins so; such fields come last.
_HIDDEN = "_"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A site that archives were imported from, as a list shows it."""

    number: int
    address: str
    kind: str  # as in “a WordPress export (an .xml file, from Tools → Export)”
    records: int  # articles and pages
    settled: int  # fields that somebody said what they are


@dataclass(frozen=True, slots=True)
class SourceField:
    """A field of a site's records that nothing here is made of, or of which somebody said what it is."""

    name: str
    records: int  # that have it and that nothing was made of it in
    example: str  # without addresses of mail
    use: str  # what somebody said that it is; empty if nobody did


def source_rows() -> list[SourceRow]:
    """Every site that archives were imported from."""
    kinds = {format.name: format.what for format in FORMATS}
    texts = Count("records", filter=Q(records__target__in=[Target.ARTICLE, Target.PAGE]))
    return [
        SourceRow(
            source.pk,
            source.address,
            kinds.get(source.format, source.format),
            source.texts,
            len(remembered_rules(source).fields),
        )
        for source in ImportSource.objects.annotate(texts=texts).order_by("address", "format")
    ]


def uses_of(source: ImportSource) -> tuple[str, ...]:
    """What somebody may say that a field of a site is, beside a role; empty if its archives say that themselves."""
    return next((format.uses for format in FORMATS if format.name == source.format), ())


def fields_of(source: ImportSource) -> list[SourceField]:
    """A site's fields: those of which somebody said something, then the others, the most used first."""
    said = remembered_rules(source).fields
    found = [
        SourceField(name, count, EMAIL.sub("…", example or "")[:_LONGEST_EXAMPLE], said.get(name.lower(), ""))
        for name, count, example in _unread(source)
    ]
    here = {field.name.lower() for field in found}
    found += [SourceField(name, 0, "", use) for name, use in said.items() if name not in here]
    return sorted(found, key=lambda one: (not one.use, one.name.startswith(_HIDDEN), -one.records, one.name))


def _unread(source: ImportSource) -> Iterator[tuple[str, int, str]]:
    """The fields in the ledger of a site: name, number of records, and an example. One query, however many records."""
    table = ImportedRecord._meta.db_table
    each = (
        "jsonb_each_text(CASE jsonb_typeof(raw->'fields') WHEN 'object' THEN raw->'fields' ELSE '{}'::jsonb END)"
        if connection.vendor == "postgresql"
        else "json_each(CASE json_type(raw, '$.fields') WHEN 'object' THEN json_extract(raw, '$.fields') ELSE '{}' END)"
    )
    with connection.cursor() as cursor:
        # More than is shown of an example: an address of mail that is cut off would not be known for one.
        cursor.execute(
            f"SELECT field.key, COUNT(*), MAX(SUBSTR(CAST(field.value AS TEXT), 1, 1000))"
            f" FROM {table} CROSS JOIN {each} AS field WHERE source_id = %s GROUP BY field.key",
            [source.pk],
        )
        yield from cursor.fetchall()
