"""Runs an import from a file to its report."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.utils import timezone

from standfirst.database.alone import alone
from standfirst.importers.apply import Application
from standfirst.importers.columnmaps import remember_columns, remembered_columns
from standfirst.importers.errors import ImportRefused
from standfirst.importers.ledger import ledger_of, remembered_rules
from standfirst.importers.pictures import Pictures
from standfirst.importers.reading.archive import (
    Archive,
    Concludes,
    HasColumns,
    Opening,
    Rules,
    Weighed,
    weight_of,
)
from standfirst.importers.reading.fields import stated
from standfirst.importers.reading.format import Format
from standfirst.importers.reading.handles import EMAIL
from standfirst.importers.reading.memory import Memory
from standfirst.importers.reading.records import DraftArticle, Publicity, Refused, Skipped, UnreadField
from standfirst.importers.reading.uploads import IN_NO_UPLOADS, Uploads
from standfirst.importers.reading.workers import after_batch, fewer_collections, in_batches
from standfirst.importers.recognising import recognise
from standfirst.importers.report import MOST_NAMED, ImportReport, Tally
from standfirst.search.indexing import many_are_stored

# Articles in one transaction, or fewer long ones.
BATCH = 500
HEAVIEST_BATCH = 1_500_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come."""

    stage: str  # "surveying" or "importing"
    done: int
    total: int
    unit: str  # "bytes", "files" or "articles"


def import_archive(
    path: Path,
    *,
    uploads: Path | None = None,
    dry_run: bool = False,
    sections_rule: str = "",
    fields: Sequence[str] = (),
    articles: Sequence[str] = (),
    pages: Sequence[str] = (),
    format: str = "",
    columns: Mapping[str, str] | None = None,
    only_drafts: bool = False,
    by: AbstractBaseUser | None = None,
    progress: Callable[[Progress], None] | None = None,
    now: datetime | None = None,
    processes: int | None = None,
) -> ImportReport:
    """Imports an archive, or says what an import would do.

    Raises ImportRefused, before anything is written, for what is no archive or a damaged one, and while another import is
    under way. `sections_rule` is one of `sections.RULES` or names of categories; left empty, it is the rule of the last
    import from this site. `fields` (`people=byline`), `articles` and `pages` (patterns of paths) are an editor's word, for
    formats that weigh what these are; it is remembered with the site, and holds until something else is said. `columns`
    says what columns of a table are, by their headings. With `only_drafts` nothing of the archive is public here.
    """
    with alone("import") if not dry_run else nullcontext(True) as is_alone:
        if not is_alone:
            raise ImportRefused(
                "Another import into this publication is under way; nothing was imported; start this one when that is done."
            )
        return _imported(
            Path(path),
            uploads=uploads,
            dry_run=dry_run,
            sections_rule=sections_rule,
            said=(fields, articles, pages),
            format=format,
            columns=columns or {},
            only_drafts=only_drafts,
            by=by,
            tell=progress or (lambda progress: None),
            now=now,
            processes=processes,
        )


def _imported(
    path: Path,
    *,
    uploads: Path | None,
    dry_run: bool,
    sections_rule: str,
    said: tuple[Sequence[str], Sequence[str], Sequence[str]],
    format: str,
    columns: Mapping[str, str],
    only_drafts: bool,
    by: AbstractBaseUser | None,
    tell: Callable[[Progress], None],
    now: datetime | None,
    processes: int | None,
) -> ImportReport:
    started = time.monotonic()
    kind = recognise(path, stated=format)
    if uploads is not None and not Path(uploads).is_dir():
        raise ImportRefused(
            f"There is no folder {uploads}; --uploads takes a copy of the old site's pictures."
        )
    if columns and not kind.has_columns:
        raise ImportRefused(f"--column is for tables, and {path.name} is {kind.what}; nothing was imported.")
    rules = _rules(kind, path, *said)
    memory = Memory(settings.CONVERSIONS)
    with fewer_collections():
        archive = kind.open(path, _opening(kind, path, uploads, rules, now, tell, columns, memory))
    ledger = ledger_of(archive.format, archive.site)
    before = remembered_rules(ledger.source)
    rules_now = rules.over(before)
    settled = archive.settle_sections(
        sections_rule or ledger.source.sections_rule, is_stated=bool(sections_rule)
    )
    tally = Tally(read=Counter(archive.read_counts()))
    pictures = Pictures(Uploads(archive.pictures, archive.media), ledger, source=archive.format)
    if not dry_run:
        ledger.remember(settled, rules_now)
    if not dry_run and isinstance(archive, HasColumns):
        remember_columns(archive.to_remember)
    application = Application(
        archive, ledger=ledger, pictures=pictures, tally=tally, is_dry_run=dry_run, by=by
    )
    with fewer_collections(), writing_much(), many_are_stored():
        items = archive.drafts(processes=processes)  # begins to read, while contributors are written
        application.contributors()
        application.shelves()
        done = 0
        for some in in_batches(items, most=BATCH, heaviest=HEAVIEST_BATCH, weigh=weight_of):
            drafts: list[DraftArticle] = []
            for item in some:
                if isinstance(item, Skipped):
                    tally.leave_out(item.kind, item.reason, item.record)
                elif isinstance(item, Refused):
                    tally.refuse(item.kind, item.record, item.reason)
                else:
                    drafts.append(_as_draft(item) if only_drafts else item)
            application.batch(drafts)
            if not dry_run:
                memory.keep(drafts)
            after_batch()
            done += len(some)
            tell(Progress("importing", done, archive.expected, "articles"))
        application.pages()
        application.old_addresses()
        application.likely_duplicates()
        application.count_terms()
        missing = pictures.missing()
        application.count_media(missing)
    for left in archive.left_out():
        tally.leave_out(left.kind, left.reason, *left.records, count=left.count)
    return _report(
        archive, tally, pictures, missing, settled, rules_now, before, dry_run, time.monotonic() - started
    )


def _as_draft(item: DraftArticle) -> DraftArticle:
    """The same article, not public; told apart from the one that is."""
    if item.publicity is Publicity.DRAFT:
        return item
    digest = hashlib.blake2b(f"draft {item.digest}".encode(), digest_size=16).hexdigest()
    return replace(item, publicity=Publicity.DRAFT, old_paths=(), digest=digest)


def _shown(unread: UnreadField) -> UnreadField:
    """A field as the report shows it: addresses of mail are in the ledger alone."""
    return replace(unread, example=EMAIL.sub("…", unread.example))


def _rules(
    kind: Format, path: Path, fields: Sequence[str], articles: Sequence[str], pages: Sequence[str]
) -> Rules:
    """An editor's word. Raises ImportRefused for a word on what archives of this kind do not have."""
    for option, is_said, has in (
        ("--field", fields, kind.uses),
        ("--articles", articles, kind.has_paths),
        ("--pages", pages, kind.has_paths),
    ):
        if is_said and not has:
            raise ImportRefused(
                f"{option} is for archives that do not say it themselves, and {path.name} is {kind.what}; nothing was imported."
            )
    return Rules(stated(fields, kind.uses), tuple(articles), tuple(pages))


def _opening(
    kind: Format,
    path: Path,
    uploads: Path | None,
    rules: Rules,
    now: datetime | None,
    tell: Callable[[Progress], None],
    columns: Mapping[str, str],
    memory: Memory,
) -> Opening:
    unit, total = ("files", 0) if path.is_dir() else ("bytes", path.stat().st_size)
    return Opening(
        zone=timezone.get_default_timezone(),
        now=now or timezone.now(),
        uploads=Path(uploads) if uploads else None,
        on_bytes=lambda done: tell(Progress("surveying", done, total, unit)),
        rules=lambda site: rules.over(remembered_rules(ledger_of(kind.name, site).source)),
        columns=columns,
        memory=memory,
        remembered_columns=remembered_columns,
    )


@contextmanager
def writing_much() -> Iterator[None]:
    """Readies SQLite for an import.

    Its file is not mapped into memory: that serves readers, and an import would fill what is mapped. And what was written
    goes to its place every 64 MB, not every 4: an import comes back to the same pages of its indexes again and again.
    """
    if connection.vendor != "sqlite":
        yield
        return
    pragmas = {"mmap_size": 0, "wal_autocheckpoint": 16_000}  # the second in pages of 4 kB
    with connection.cursor() as cursor:
        before = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas}
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name} = {int(value)}")


def _report(
    archive: Archive,
    tally: Tally,
    pictures: Pictures,
    missing: Mapping[str, str],
    settled: str,
    rules: Rules,
    before: Rules,
    dry_run: bool,
    seconds: float,
) -> ImportReport:
    return ImportReport(
        format=archive.format,
        source=archive.site.address or archive.site.title,
        is_dry_run=dry_run,
        read=dict(tally.read),
        created=_plain(tally.created),
        updated=_plain(tally.updated),
        unchanged=_plain(tally.unchanged),
        left_out=tally.left_out,
        refused=tuple(tally.refused),
        articles=_plain(tally.articles),
        contributors=_plain(tally.contributors),
        credits=_plain(tally.credits),
        media={
            "created": len(pictures.created - pictures.known),
            "unchanged": len(pictures.known),
            "missing": len(missing),
            "kept_elsewhere": sum(reason in IN_NO_UPLOADS for reason in missing.values()),
            "missing_files": [
                {"file": file, "reason": reason} for file, reason in islice(missing.items(), MOST_NAMED)
            ],
        },
        redirects=_plain(tally.redirects),
        unknown={"shortcodes": _plain(tally.shortcodes), "blocks": _plain(tally.blocks)},
        notes=tally.notes,
        doubts=_plain(tally.doubts),
        questions=_plain(tally.questions),
        claims=archive.claims(),
        columns=archive.columns if isinstance(archive, HasColumns) else (),
        conclusions=archive.conclusions if isinstance(archive, Concludes) else (),
        warnings=archive.warnings,
        unread=tuple(map(_shown, archive.unread)) if isinstance(archive, Weighed) else (),
        sections_rule=settled,
        rules=rules.in_words,
        remembered=tuple(word for word in rules.in_words if word in before.in_words),
        seconds=seconds,
    )


def _plain(counter: Counter[str]) -> dict[str, int]:
    return {name: count for name, count in sorted(counter.items()) if count}
