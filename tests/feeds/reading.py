"""Reading feeds as programs do: a document, and all of them from the newest to the oldest."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client
from lxml import etree

from tests.feeds.specifications import ATOM, CONTENT, DC, DCTERMS, valid

CLIENT = Client()
KINDS = ("atom", "rss", "json")
SITE = "http://testserver"


@dataclass(frozen=True)
class Entry:
    """An entry, whatever the format."""

    id: str
    url: str
    title: str
    authors: tuple[str, ...]
    others: tuple[str, ...]
    html: str | None
    summary: str
    published: str
    updated: str


@dataclass(frozen=True)
class Document:
    entries: list[Entry]
    older: str
    raw: bytes
    id: str = ""
    title: str = ""
    links: tuple[tuple[str, str], ...] = ()

    def link(self, rel: str) -> str:
        return dict(self.links).get(rel, "")


def sent(path: str) -> bytes:
    response = CLIENT.get(path)
    assert response.status_code == 200, (path, response.status_code, response.get("Location"))
    return response.content


def document(path: str) -> Document:
    """A document at a path, which is what its specification says."""
    raw = sent(path)
    kind = path.partition("?")[0].rpartition(".")[2]
    valid(kind, raw)
    return {"atom": _atom, "rss": _rss, "json": _json}[kind](raw)


def walk(path: str) -> list[Entry]:
    """Every entry of a feed: of the document subscribed to, and of all before it."""
    entries: list[Entry] = []
    seen: set[str] = set()
    while path:
        assert path not in seen, f"{path} leads back to itself"
        seen.add(path)
        found = document(path)
        entries += found.entries
        path = found.older.removeprefix(SITE)
    return entries


def _atom(raw: bytes) -> Document:
    feed = etree.fromstring(raw)
    links = _links(feed)
    return Document(
        [
            Entry(
                id=entry.findtext(f"{ATOM}id"),
                url=entry.find(f"{ATOM}link").get("href"),
                title=entry.findtext(f"{ATOM}title"),
                authors=_names(entry, "author"),
                others=_names(entry, "contributor"),
                html=entry.findtext(f"{ATOM}content"),
                summary=entry.findtext(f"{ATOM}summary", ""),
                published=entry.findtext(f"{ATOM}published"),
                updated=entry.findtext(f"{ATOM}updated"),
            )
            for entry in feed.findall(f"{ATOM}entry")
        ],
        dict(links).get("prev-archive", ""),
        raw,
        feed.findtext(f"{ATOM}id"),
        feed.findtext(f"{ATOM}title"),
        links,
    )


def _rss(raw: bytes) -> Document:
    channel = etree.fromstring(raw)[0]
    links = _links(channel)
    return Document(
        [
            Entry(
                id=item.findtext("guid"),
                url=item.findtext("link"),
                title=item.findtext("title"),
                authors=tuple(creator.text for creator in item.findall(f"{DCTERMS}creator")),
                others=tuple(other.text for other in item.findall(f"{DC}contributor")),
                html=item.findtext(f"{CONTENT}encoded"),
                summary=item.findtext("description", ""),
                published=item.findtext("pubDate"),
                updated=item.findtext(f"{ATOM}updated"),
            )
            for item in channel.findall("item")
        ],
        dict(links).get("prev-archive", ""),
        raw,
        "",
        channel.findtext("title"),
        links,
    )


def _json(raw: bytes) -> Document:
    feed = json.loads(raw)
    return Document(
        [
            Entry(
                id=item["id"],
                url=item["url"],
                title=item["title"],
                authors=_said(item.get("authors", ())),
                others=_said(item.get("_standfirst", {}).get("contributors", ())),
                html=item.get("content_html"),
                summary=item.get("summary", ""),
                published=item["date_published"],
                updated=item["date_modified"],
            )
            for item in feed["items"]
        ],
        feed.get("next_url", ""),
        raw,
        "",
        feed["title"],
    )


def _links(feed: Any) -> tuple[tuple[str, str], ...]:
    return tuple((link.get("rel"), link.get("href")) for link in feed.findall(f"{ATOM}link"))


def _names(entry: Any, what: str) -> tuple[str, ...]:
    return tuple(person.findtext(f"{ATOM}name") for person in entry.findall(f"{ATOM}{what}"))


def _said(people: Any) -> tuple[str, ...]:
    return tuple(person["name"] for person in people)
