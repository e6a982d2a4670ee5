"""CSV: a row for each article, for people and their spreadsheets (RFC 4180, UTF-8 with a mark that Excel knows it by)."""

import csv
import io
from collections.abc import Iterable, Iterator

from standfirst.articles.records import ArticleRecord
from standfirst.text.sheets import safe_cell

COLUMNS = (
    "id",
    "permanent_id",
    "published",
    "modified",
    "headline",
    "standfirst",
    "authors",
    "credits",
    "section",
    "topics",
    "language",
    "url",
)
MARK = "\ufeff"


def csv_sheet(records: Iterable[ArticleRecord], publication: str) -> Iterator[str]:
    """The names of the columns, and a row for each article, in the order given."""
    yield MARK + _row(COLUMNS)
    for record in records:
        yield _row(_cells(record))


def _cells(record: ArticleRecord) -> Iterable[str]:
    return (
        str(record.id),
        record.permanent_id,
        record.published_at.isoformat(),
        record.modified_at.isoformat(),
        record.headline,
        record.standfirst,
        "; ".join(credit.name for credit in record.authors),
        "; ".join(f"{credit.name} ({credit.role})" for credit in record.credits),
        record.section.name if record.section else "",
        "; ".join(topic.name for topic in record.topics),
        record.language,
        record.url,
    )


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return line.getvalue()
