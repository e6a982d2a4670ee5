"""The tables a change of who is who may touch, read and written as the journal holds them: plain values by column.

Rows are written as they were, around every `save()`: undoing must bring back what was, not what would be made of it
today. What follows from the rows is settled afterwards (`undoing`).
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from standfirst.addresses.models import FormerAddress
from standfirst.articles.models import ArticlePage, Listing
from standfirst.bylines.models import Credit
from standfirst.contributors.models import Alias, AuthorityId, Contributor, ContributorLink, ContributorSlug
from standfirst.database.batches import batched

Values = dict[str, Any]


class Table:
    """One table, whole or some columns of it. Keys of rows are text, as the journal keeps them."""

    def __init__(
        self, model: type[Model], *columns: str, always: Collection[str] = (), is_derived: bool = False
    ) -> None:
        self.model = model
        self.name = model._meta.label_lower
        # Derived tables are made from the others: what cannot be restored of them is not worth a word.
        self.is_derived = is_derived
        # Columns the journal keeps of every row, changed or not: to say later which it was.
        self.always = frozenset(always)
        self._fields: dict[str, Field[Any, Any]] = {
            field.attname: field
            for field in model._meta.local_concrete_fields
            if not field.primary_key and (not columns or field.attname in columns)
        }

    def read(self, column: str, wanted: Collection[Any]) -> dict[str, Values]:
        """The rows that have one of these values in a column, by key."""
        found: dict[str, Values] = {}
        for some in batched(wanted):
            rows = self.model._base_manager.filter(**{f"{column}__in": some}).values_list("pk", *self._fields)
            for key, *values in rows.iterator():
                found[str(key)] = {
                    name: _plain(value) for name, value in zip(self._fields, values, strict=True)
                }
        return found

    def update(self, keys: Collection[str], values: Values) -> None:
        """Set some columns of these rows, alike."""
        stored = {name: self._stored(name, value) for name, value in values.items()}
        for some in batched(keys):
            self.model._base_manager.filter(pk__in=some).update(**stored)

    def insert(self, key: str, values: Values) -> None:
        row = self.model(
            **{self.model._meta.pk.attname: self.model._meta.pk.to_python(key)},
            **{name: self._stored(name, value) for name, value in values.items()},
        )
        self.model._base_manager.bulk_create([row])
        # Once more: a column that dates a row when it is made has just dated it today.
        self.update([key], values)

    def delete(self, key: str) -> None:
        self.model._base_manager.filter(pk=key).delete()

    def points_at(self, values: Values) -> Iterator[tuple[type[Model], Any]]:
        """The rows of others that these values point at."""
        for name, value in values.items():
            field = self._fields.get(name)
            if value is not None and isinstance(field, ForeignKey):
                yield field.related_model, value

    def label(self, column: str) -> str:
        field: Any = self._fields[column]
        return str(field.verbose_name)

    def _stored(self, name: str, value: Any) -> Any:
        field: Any = self._fields[name]
        return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


class RevisionTable(Table):
    """Old versions of articles: of their JSON, the credits and the wording of the byline."""

    PARTS = ("credits", "byline_wording")

    def read(self, column: str, wanted: Collection[Any]) -> dict[str, Values]:
        found: dict[str, Values] = {}
        for some in batched(wanted):
            rows = Revision.objects.filter(**{f"{column}__in": some}).values_list("pk", "content")
            for key, content in rows.iterator(chunk_size=100):
                found[str(key)] = {part: content[part] for part in self.PARTS if part in content}
        return found

    def update(self, keys: Collection[str], values: Values) -> None:
        for revision in Revision.objects.filter(pk__in=list(keys)):
            revision.content = revision.content | values
            revision.save(update_fields=["content"])

    def label(self, column: str) -> str:
        return column


CONTRIBUTORS = Table(Contributor)
SLUGS = Table(ContributorSlug)
ALIASES = Table(Alias)
LINKS = Table(ContributorLink)
AUTHORITY_IDS = Table(AuthorityId)
CREDITS = Table(Credit, always=("article_id", "printed_name"))
WORDINGS = Table(ArticlePage, "byline_wording")
REVISIONS = RevisionTable(Revision)
REDIRECTS = Table(Redirect)
FORMER_ADDRESSES = Table(FormerAddress)
LISTINGS = Table(Listing, is_derived=True)
REFERENCES = Table(ReferenceIndex, is_derived=True)
LOG_LABELS = Table(ModelLogEntry, "label", is_derived=True)

# In the order in which they are undone: what is pointed at comes before what points at it.
TABLES = {
    table.name: table
    for table in (
        CONTRIBUTORS,
        SLUGS,
        ALIASES,
        LINKS,
        AUTHORITY_IDS,
        CREDITS,
        WORDINGS,
        REVISIONS,
        REDIRECTS,
        FORMER_ADDRESSES,
        LISTINGS,
        REFERENCES,
        LOG_LABELS,
    )
}


def _plain(value: Any) -> Any:
    """A value as JSON holds it. Moments keep their microseconds, which Django's own encoder would drop."""
    plain: Callable[[], Any] | None = (
        getattr(value, "isoformat", None) if isinstance(value, date | datetime) else None
    )
    if plain is not None:
        return plain()
    return str(value) if isinstance(value, UUID) else value
