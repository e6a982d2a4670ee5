"""CSL-JSON, as Zotero and citeproc read it: a list of items (https://github.com/citation-style-language/schema, 1.0.2)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from standfirst.articles.records import ArticleRecord

from .people import CitedName, by_capacity


def csl_json(records: Iterable[ArticleRecord], publication: str) -> Iterator[str]:
    """One list, an item for each article, in the order given."""
    before = "["
    for record in records:
        yield before + json.dumps(item(record, publication), ensure_ascii=False)
        before = ",\n"
    yield "]\n" if before != "[" else "[]\n"


def item(record: ArticleRecord, publication: str) -> dict[str, Any]:
    day = record.published_at
    fields: dict[str, Any] = {
        "id": record.permanent_id,
        "type": "article-magazine",
        "title": record.headline,
        "container-title": publication,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": record.url,
        "language": record.language,
        "section": record.section.name if record.section else "",
        "abstract": record.standfirst,
        "keyword": ", ".join(topic.name for topic in record.topics),
    }
    for capacity, people in by_capacity(record).items():
        fields[capacity] = [_name(one.name) for one in people]
    return {name: value for name, value in fields.items() if value}


def _name(name: CitedName) -> dict[str, str]:
    if not name.family:
        return {"literal": name.printed}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}
