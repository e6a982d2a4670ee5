"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from .rows import FeedDocument, FeedEntry, FeedPerson

VERSION = "https://jsonfeed.org/version/1.1"


def write(document: FeedDocument) -> bytes:
    """The document as JSON: what stood before it is at `next_url`, and so on to the oldest."""
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": document.title,
        "home_page_url": document.page,
        # What a feed is known by: of every document, the address that is subscribed to.
        "feed_url": document.current,
        "description": document.description,
        "next_url": document.older,
        "language": document.language,
        "authors": _people([FeedPerson(document.publication, document.home)]),
        "hubs": [{"type": "WebSub", "url": document.hub}] if document.hub else None,
        "items": [_item(entry) for entry in document.entries],
    }
    # One that is empty is left out; a feed without entries still has its list of them.
    said = {name: value for name, value in feed.items() if value or name == "items"}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        # One of the two there must be.
        "content_text": (entry.standfirst or entry.title) if entry.html is None else None,
        "summary": entry.standfirst,
        "image": entry.picture,
        "date_published": entry.published_at.isoformat(timespec="seconds"),
        "date_modified": entry.updated_at.isoformat(timespec="seconds"),
        "authors": _people(entry.authors),
        "tags": [category.name for category in entry.categories],
        # JSON Feed knows authors only; what begins with an underscore is an extension, here of whoever did something else.
        "_standfirst": {"contributors": _others(entry.others)} if entry.others else None,
    }
    return {name: value for name, value in item.items() if value or (name == "content_html" and value == "")}


def _people(people: Iterable[FeedPerson]) -> list[dict[str, str]]:
    return [{"name": person.name} | ({"url": person.uri} if person.uri else {}) for person in people]


def _others(people: Sequence[FeedPerson]) -> list[dict[str, str]]:
    """Whoever did something else, each with the code of their role."""
    return [said | {"role": person.role} for said, person in zip(_people(people), people, strict=True)]
