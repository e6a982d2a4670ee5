"""A table of articles as an archive that can be imported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from standfirst.importers.reading.addresses import last_word, old_path
from standfirst.importers.reading.archive import Opening, weight_of
from standfirst.importers.reading.drafting import with_body
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.keys import ledger_key
from standfirst.importers.reading.records import (
    Claim,
    ConvertedBody,
    DraftArticle,
    DraftContributor,
    LeftBehind,
    MediaRef,
    OldPath,
    Outcome,
    ParsedMedia,
    ParsedSite,
    Publicity,
    ReadColumn,
    Skipped,
)
from standfirst.importers.reading.sections import Categories, Shelved, Shelves
from standfirst.importers.reading.uploads import PicturesByAddress
from standfirst.importers.reading.workers import read_ahead
from standfirst.importers.tables.fields import Field
from standfirst.importers.tables.ricos import picture_address
from standfirst.importers.tables.survey import Row, Survey, date_of, standing_of, survey
from standfirst.importers.tables.texts import convert
from standfirst.text import markup
from standfirst.text.slugs import slug_for

FORMAT = "tables"


@dataclass(slots=True)
class Reading:
    """All that is needed to draft one row after another; it travels to another process."""

    found: Survey
    shelves: Shelves


class TableArchive(Shelved):
    """One table, or the sheets and files of several. Raises ImportRefused for what is none of articles."""

    format = FORMAT
    system = "Table"

    def __init__(self, path: Path, opening: Opening) -> None:
        found, self._sheets = survey(path, opening)
        self._found = found
        self._uploads = opening.uploads
        categories = Categories(
            path.name, found.categories, found.names, defaults=("uncategorized", "uncategorised")
        )
        self._shelves = Shelves(categories, found.tags)

    @property
    def site(self) -> ParsedSite:
        # Known by its file's name: the rows of another file may have the same numbers.
        return ParsedSite(self._found.name, self._found.address, identity=f"table {self._found.name}")

    @property
    def expected(self) -> int:
        return self._found.articles

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._found.warnings)

    @property
    def conclusions(self) -> tuple[str, ...]:
        return tuple(self._found.conclusions)

    @property
    def columns(self) -> tuple[ReadColumn, ...]:
        return tuple(
            ReadColumn(
                table.sheet.name,
                column.heading,
                column.field.value,
                column.because,
                column.filled,
                table.rows,
                column.samples,
            )
            for table in self._found.tables
            for column in table.all
        )

    @property
    def to_remember(self) -> Mapping[tuple[str, ...], Mapping[str, str]]:
        """What each column is, by the headings of its table."""
        return {
            table.sheet.headings: {
                column.heading: f"{column.field}:{column.order}"
                if column.order and column.field is Field.DATE
                else column.field.value
                for column in table.all
            }
            for table in self._found.tables
            if table.sheet.has_headings
        }

    @property
    def media(self) -> Mapping[str, ParsedMedia]:
        return {}

    @property
    def pictures(self) -> PicturesByAddress:
        return PicturesByAddress(self._uploads)

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return self._found.bylines.contributors

    @property
    def author_records(self) -> int:
        return self._found.bylines.records

    def read_counts(self) -> dict[str, int]:
        return {
            "articles": self._found.articles,
            "authors": self.author_records,
            "categories": len(self._shelves.categories.uses),
            "tags": len(self._shelves.tags),
            "other": sum(left.count for left in self.left_out()),
        }

    def left_out(self) -> Iterator[LeftBehind]:
        yield from self._found.left_behind

    def site_paths(self) -> Iterator[OldPath]:
        return iter(())

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def drafts(self, *, processes: int | None = None) -> Iterator[Outcome]:
        read = partial(read_drafts, Reading(self._found, self._shelves))
        return self._while_held(
            read_ahead(read, weigh=weight_of, expected=self.expected, processes=processes)
        )

    def _while_held(self, drafts: Iterator[Outcome]) -> Iterator[Outcome]:
        """All of the drafts; the folder their rows are in goes when nobody holds the archive."""
        yield from drafts


# ------------------------------------------------------------------------------------------------------------ articles


def read_drafts(reading: Reading) -> Iterator[Outcome]:
    """The last pass over the rows; may run in a process of its own."""
    found = reading.found
    for table, row in found.rows():
        if row.is_empty:
            yield Skipped("articles", "has neither headline nor text", row.place)
        elif (first := found.copies.get((table, row.number))) is not None:
            yield Skipped("articles", "says again what an earlier row says", f"{row.place} (row {first:,})")
        else:
            record = f"{row.place} “{_line(row.first(Field.HEADLINE))[:80]}”"
            yield fenced(partial(_draft, table, row, reading), kind="articles", record=record)


def _draft(table: int, row: Row, reading: Reading) -> DraftArticle:
    found = reading.found
    publicity, note = standing_of(row, found)
    notes = [note] if note else []
    key = row.key if len(found.tables) == 1 else f"{row.columns.sheet.name}/{row.key}"
    if (table, row.number) in found.clashes:
        key = f"{key}#{row.contents}"
        if row.own_id:
            publicity = Publicity.DRAFT
            notes.append("have the id of another row, so they are drafts here")
    body = _body(row)
    headline = _line(row.first(Field.HEADLINE))
    if not headline:
        headline = _beginning(body)
        notes.append("have no headline; the beginning of the text was taken")
    elif not body.blocks and publicity is not Publicity.DRAFT:
        notes.append("have a headline and a standfirst, and no text")
    said = found.said_of(table, row)
    byline = found.bylines.byline(tuple(said.bylines))
    if not byline.credits:
        notes.append("name no author")
    if len(row.values) > len(row.columns.sheet.headings):
        notes.append("have more fields than there are columns; what is too much is in the ledger")
    section, topics = reading.shelves.shelve(
        [slug_for(name, fallback="topic") for name in said.categories],
        [slug_for(name, fallback="topic") for name in said.topics],
        has_primary=True,
    )
    when, picture = date_of(row, Field.DATE, found), _picture(row.first(Field.PICTURE))
    address = row.first(Field.ADDRESS)
    draft = DraftArticle(
        key=ledger_key(f"row:{key}"),
        is_page=False,
        publicity=publicity,
        headline=headline,
        slug=slug_for(_slug(row, found) or headline, fallback="article"),
        standfirst=_line(row.first(Field.STANDFIRST)),
        published_at=when,
        updated_at=max(filter(None, (date_of(row, Field.UPDATED, found), when)), default=None),
        credits=byline.credits,
        section_key=section,
        topic_keys=topics,
        lead_image=MediaRef(url=picture) if picture else None,
        lead_caption=escape(row.first(Field.CAPTION), quote=False) if picture else "",
        old_paths=_old_paths(address, found) if publicity is not Publicity.DRAFT else (),
        raw_byline=byline.raw,
        doubts=byline.doubts,
        notes=(*notes, *byline.notes),
        source_status="; ".join(value for _, value in row.each(Field.STATE)),
        place=row.place,
        kept=tuple(_kept(row, picture)),
    )
    return with_body(draft, body, source="tables")


def _body(row: Row) -> ConvertedBody:
    for column, value in row.each(Field.TEXT):
        return convert(value, column_is_markdown=column.is_markdown)
    return ConvertedBody(())


def _line(value: str) -> str:
    """A value's words in one line, without the marks of HTML."""
    text = markup.plain_text(value) if "<" in value or "&" in value else value
    return " ".join(text.split())


def _beginning(body: ConvertedBody) -> str:
    for block in body.blocks:
        if block.type in ("paragraph", "heading") and (
            words := markup.plain_text(
                block.value if block.type == "paragraph" else escape(block.value["text"])
            ).split()
        ):
            return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
    return "Untitled"


def _slug(row: Row, found: Survey) -> str:
    if slug := row.first(Field.SLUG):
        return last_word(slug) or slug
    key = found.site.key_of(row.first(Field.ADDRESS)) if row.first(Field.ADDRESS) else ""
    return last_word(key) if key and "?" not in key else ""


def _old_paths(address: str, found: Survey) -> tuple[str, ...]:
    if not address.startswith(("/", "http://", "https://")) or not found.site.key_of(address).strip("/"):
        return ()
    return (old_path(address),)


def _picture(value: str) -> str:
    """The address of the first picture in a cell, which may name several."""
    if value.startswith("wix:image://"):
        return picture_address(value)
    for word in value.replace(",", " ").replace("(", " ").replace(")", " ").replace('"', " ").split():
        if word.startswith(("http://", "https://", "/")):
            return word
    return value if value and " " not in value else ""


def _kept(row: Row, picture: str) -> Iterator[tuple[str, str]]:
    """What of a row is nowhere in its article: for the ledger."""
    for column, value in row.each(*Field):
        is_whole = column.field not in (
            Field.KEPT,
            Field.DATE,
            Field.UPDATED,
            Field.ID,
            Field.ADDRESS,
            Field.PICTURE,
            Field.SLUG,
        )
        if not is_whole or (column.field is Field.CAPTION and not picture):
            yield column.heading, value
    for number, value in enumerate(row.values[len(row.columns.sheet.headings) :], start=1):
        if value:
            yield f"beyond the last column ({number})", value
