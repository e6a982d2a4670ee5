"""Reads every entry of one or more feeds once, and settles what they are to each other."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.feeds.reader import read_feed
from standfirst.importers.feeds.records import FeedPerson, ParsedFeed
from standfirst.importers.reading.addresses import SiteAddresses, host_name
from standfirst.importers.reading.records import Refused
from standfirst.text.names import matching_form
from standfirst.text.urls import parts_of

_FEED_FILE = re.compile(r"\.(?:xml|rss|atom|rdf|json)\Z|\A(?:feed|rss|atom|index)\Z", re.I)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en)?|contributors?|writers?|people|by)/(?P<slug>[^/]+)", re.I
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of an entry until it is read again."""

    file: int
    number: int  # in its file
    link: str
    people: tuple[FeedPerson, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    weight: tuple[float, int, int]  # the newest, then the fullest, is taken


@dataclass(slots=True)
class Survey:
    """Everything about some feeds but the text of their entries."""

    files: list[Path]
    root: Path
    heads: list[ParsedFeed] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)  # by key
    listed: list[dict[str, None]] = field(default_factory=list)  # the keys of each file
    copies: int = 0
    replies: int = 0
    refused: list[Refused] = field(default_factory=list)
    others: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    site: SiteAddresses = field(default_factory=SiteAddresses)
    address: str = ""
    title: str = ""
    language: str = ""
    warnings: list[str] = field(default_factory=list)


def feed_files(path: Path) -> list[Path]:
    """The files of a folder that may be feeds, or the one file given."""
    if path.is_file():
        return [path]
    found = (file for file in path.rglob("*") if file.is_file() and _FEED_FILE.search(file.name))
    return sorted(
        file for file in found if not any(part.startswith(".") for part in file.relative_to(path).parts)
    )


def survey(path: Path, *, zone: tzinfo, on_bytes: Callable[[int], None] | None = None) -> Survey:
    """Reads all feeds of a path. Raises ImportRefused if none is there, one is damaged, or they are of several sites."""
    found = Survey([], path)
    read = 0
    for file in feed_files(path):
        try:
            entries, head, replies = _read(file, zone, found.refused)
        except NotAnArchive as refusal:
            if path.is_file():
                raise
            found.others[str(refusal).split("; nothing")[0].removeprefix(file.name).strip()].append(file.name)
            continue
        found.replies += replies
        _take(found, file, head, entries)
        read += file.stat().st_size
        if on_bytes is not None:
            on_bytes(read)
    if not found.files:
        raise NotAnArchive(f"{path} holds no feed (RSS, Atom or JSON Feed); nothing was imported.")
    _settle_site(found)
    _settle_keys(found)
    if not found.entries:
        raise NotAnArchive(f"{path} holds no entry; nothing was imported.")
    _say_what_is_missing(found)
    return found


def _read(
    file: Path, zone: tzinfo, refused: list[Refused]
) -> tuple[list[tuple[str, Entry]], ParsedFeed, int]:
    entries: list[tuple[str, Entry]] = []
    head = ParsedFeed("RSS")
    number = replies = 0
    for item in read_feed(file, zone=zone):
        if isinstance(item, ParsedFeed):
            head = item
            continue
        if isinstance(item, Refused):
            refused.append(replace(item, record=f"{item.record} of {file.name}"))
            number += 1
            continue
        if item.kind == "comment":
            replies += 1
            number += 1
            continue
        moment = item.updated or item.published
        weight = (moment.timestamp() if moment else 0.0, len(item.content), -number)
        kept = Entry(0, number, item.link, item.people, item.categories, item.tags, weight)
        entries.append((item.id or item.link or f"{item.title}\0{item.published}", kept))
        number += 1
    return entries, head, replies


def _take(found: Survey, file: Path, head: ParsedFeed, entries: list[tuple[str, Entry]]) -> None:
    number = len(found.files)
    found.files.append(file)
    found.heads.append(head)
    keys: dict[str, None] = {}
    for key, entry in entries:
        entry = replace(entry, file=number, people=entry.people or _inherited(head))
        keys[key] = None
        known = found.entries.get(key)
        if known is None:
            found.entries[key] = entry
        else:
            found.copies += 1
            found.entries[key] = _better(known, entry)
    found.listed.append(keys)


def _better(one: Entry, other: Entry) -> Entry:
    best = max(one, other, key=lambda entry: entry.weight)
    rest = other if best is one else one
    # A name the entry itself states says more than one of the whole feed.
    own = best.people if any(not p.is_inherited for p in best.people) else rest.people or best.people
    return replace(best, people=own, link=best.link or rest.link)


def _inherited(head: ParsedFeed) -> tuple[FeedPerson, ...]:
    return tuple(person for person in head.people if not person.role)


# ------------------------------------------------------------------------------------------------------ whose they are


def _settle_site(found: Survey) -> None:
    hosts: Counter[str] = Counter()
    spelt: Counter[str] = Counter()
    for head in found.heads:
        if host := _host(head.link):
            hosts[host_name(host)] += 3
            spelt[head.link] += 1
    links: Counter[str] = Counter(
        host_name(_host(entry.link)) for entry in found.entries.values() if _host(entry.link)
    )
    said = [host for host in hosts if not (found.root.is_file())]
    of_feeds = {host_name(_host(head.link)) for head in found.heads if _host(head.link)}
    if len(of_feeds) > 1 and said and len([host for host in of_feeds if links[host] > 0]) > 1:
        names = ", ".join(sorted(host for host in of_feeds if links[host])[:4])
        raise NotAnArchive(
            f"{found.root} holds feeds of several sites ({names}); nothing was imported; give those of one of them."
        )
    main = (hosts + links).most_common(1)[0][0] if hosts or links else ""
    found.site = SiteAddresses(frozenset({main} if main else ()))
    link = next((link for link, _ in spelt.most_common() if host_name(_host(link)) == main), "")
    entry_link = next(
        (entry.link for entry in found.entries.values() if host_name(_host(entry.link)) == main), ""
    )
    parts = parts_of(link or entry_link)
    found.address = f"{parts.scheme}://{parts.netloc}" if main and parts.netloc else ""
    titles = sorted((head.title for head in found.heads if head.title), key=lambda title: (len(title), title))
    found.title = titles[0] if titles else ""
    found.language = next((head.language for head in found.heads if head.language), "")


def _host(url: str) -> str:
    return parts_of(url).netloc


def _settle_keys(found: Survey) -> None:
    """Knows an entry by its address, where it has one: RSS and Atom of one site give it two different ids."""
    renamed: dict[str, str] = {}
    entries: dict[str, Entry] = {}
    for key, entry in found.entries.items():
        address = found.site.key_of(entry.link) if entry.link.startswith("http") else ""
        new = address if address and address != "/" else key
        renamed[key] = new
        if new in entries:
            found.copies += 1
            entries[new] = _better(entries[new], entry)
        else:
            entries[new] = entry
    found.entries = entries
    found.listed = [dict.fromkeys(renamed.get(key, key) for key in keys) for keys in found.listed]


def _say_what_is_missing(found: Survey) -> None:
    known = {found.site.key_of(head.self_url) for head in found.heads if head.self_url}
    for file, head, keys in zip(found.files, found.heads, found.listed, strict=True):
        if head.total is not None and head.total > len(keys):
            found.warnings.append(f"{file.name} says there are {head.total} entries, and holds {len(keys)}.")
        further = [url for url in head.goes_on_at if found.site.key_of(url) not in known]
        if further and known and (len(found.files) == 1 or head.total is None):
            found.warnings.append(f"{file.name} goes on at {further[0]}, which is not among the files.")


def author_of(head: ParsedFeed, found: Survey) -> str:
    """The name a feed of one author's entries is of; empty for any other feed."""
    under = _AUTHOR_PATH.search(parts_of(head.link).path if head.link.startswith("http") else "")
    names = [person.raw for person in head.people if person.raw and not person.role]
    if under and len(names) == 1:
        return names[0]
    if under and found.title and head.title != found.title:
        said = re.sub(rf"\s*[|·–—:-]+\s*{re.escape(found.title)}\Z", "", head.title)
        return re.sub(r"\A(?:articles|posts|stories|entries)\s+(?:by|from)\s*:?\s*", "", said, flags=re.I)
    return ""


def people_by_address(found: Survey) -> dict[str, FeedPerson]:
    """Those that feeds give an address of their own, which is always of one name."""
    named: defaultdict[str, dict[str, FeedPerson]] = defaultdict(dict)
    for entry in found.entries.values():
        for person in entry.people:
            if person.url and person.raw:
                named[person_key(person.url, found)].setdefault(matching_form(person.raw), person)
    fronts = {"", "/"}
    return {key: next(iter(p.values())) for key, p in named.items() if len(p) == 1 and key not in fronts}


def person_key(url: str, found: Survey) -> str:
    key = found.site.key_of(url)
    return key or re.sub(r"\Ahttps?://(?:www\.)?", "", url).rstrip("/")
