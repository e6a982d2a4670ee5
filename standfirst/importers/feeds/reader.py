"""Reads feeds of every kind, entry by entry, in memory that does not grow with the file.

RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0 (RFC 4287), with the elements of Dublin Core, content, iTunes, Media RSS and
feed paging (RFC 5005) that say who wrote what, when and where; JSON Feed 1.0 and 1.1. What is not quite well-formed is
mended as in a WordPress export; a document type is dropped unread, so that no entity in it is ever expanded.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from html import escape, unescape
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from standfirst.importers.errors import ArchiveDamaged, NotAnArchive
from standfirst.importers.feeds.records import FeedPerson, ParsedEntry, ParsedFeed
from standfirst.importers.reading.addresses import resolve
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.mending import DocumentTypeDeclared, Mending, mended_chunks
from standfirst.importers.reading.moments import stated_moment
from standfirst.importers.reading.records import Refused
from standfirst.importers.reading.states import was_public
from standfirst.text import markup

Node: TypeAlias = Any  # an lxml element

LARGEST_JSON = 200_000_000
_ENTRIES = frozenset({"item", "entry"})
_HEADS = frozenset({"channel", "feed", "RDF", "rss"})
_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://purl.org/atom/ns")
_NAMES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
    "http://a9.com/-/spec/opensearchrss/1.0/": "opensearch",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/DTDs/Podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
# Of one word each, and the same in the dialects of RSS.
_PLAIN = (
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://purl.org/net/rss1.1#",
    "",
)
_MAIL_AND_NAME = re.compile(r"\s*(?:mailto:)?([^\s()<>]+@[^\s()<>]+)\s*\(\s*(.+?)\s*\)\s*\Z")
_NAME_AND_MAIL = re.compile(r"\s*(.+?)\s*[(<]\s*(?:mailto:)?([^\s()<>]+@[^\s()<>]+?)\s*[)>]\s*\Z")
_MAIL = re.compile(r"\s*(?:mailto:)?([\w.+%'-]+@[\w-]+(?:\.[\w-]+)+)\s*\Z")
_DATES = (
    ("published", ("atom:published", "atom:issued", "pubDate", "dcterms:issued", "dc:date", "dcterms:created", "atom:created")),
    ("updated", ("atom:updated", "atom:modified", "dcterms:modified")),
)  # fmt: skip
_PLAYED = re.compile(r"(?:audio|video)/", re.I)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|\Z)", re.I)
_MOST = 200
_TAIL = 4000
_ELEMENT = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def read_feed(path: Path, *, zone: tzinfo) -> Iterator[ParsedFeed | ParsedEntry | Refused]:
    """Yields the entries of a feed, and its head wherever that is known so far: once before the first, once at the end."""
    if is_json(path):
        yield from _read_json(path, zone)
    else:
        yield from _read_xml(path, zone)


def is_json(path: Path) -> bool:
    with path.open("rb") as source:
        return source.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


# ---------------------------------------------------------------------------------------------------------------- XML


def _read_xml(path: Path, zone: tzinfo) -> Iterator[ParsedFeed | ParsedEntry | Refused]:
    parser = etree.XMLPullParser(
        events=("start", "end"), recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True,
        encoding="utf-8", remove_comments=True, remove_pis=True,
    )  # fmt: skip
    reader = _XmlFeed(zone)
    tail = b""
    try:
        with path.open("rb") as source:
            for chunk, _ in mended_chunks(source, Mending(is_needed=True), drops_doctype=True):
                tail = (tail + chunk)[-_TAIL:]
                parser.feed(chunk)
                yield from reader.take(parser.read_events())
        parser.close()
    except etree.XMLSyntaxError as error:
        if not reader.is_feed:
            raise NotAnArchive(f"{path.name} is not XML that can be read; nothing was imported.") from error
    except _Backup:
        raise NotAnArchive(
            f"{path.name} is a Blogger backup, not a feed: drafts and comments are among its entries; nothing was imported; "
            "import it by itself, as --format blogger."
        ) from None
    except DocumentTypeDeclared as error:
        raise NotAnArchive(
            f"{path.name} declares a document type where no feed does; nothing was imported."
        ) from error
    yield from reader.take(parser.read_events())
    if not reader.is_feed:
        raise NotAnArchive(
            f"{path.name} is no feed: it holds neither a channel nor a feed element; nothing was imported."
        )
    # The parser closes by itself what was never closed, so the file is asked.
    if not re.search(rf"</(?:[\w.-]+:)?{reader.root}\s*>".encode(), tail):
        raise ArchiveDamaged(
            f"{path.name} ends too early; nothing was imported; the download was probably cut short: get it again.",
            path=path,
        )
    yield reader.head()


class _Backup(Exception):
    """The file looks like a feed, and is a backup of a blog: with drafts, comments and settings among its entries."""


def _is_of_a_backup(node: Node) -> bool:
    """Whether an entry says what it is in one of Blogger's two ways, which no public feed of it does."""
    kinds = (
        child.get("scheme") == "http://schemas.google.com/g/2005#kind" for child in node.iter("{*}category")
    )
    names = (str(child.tag) for child in node)
    return any(kinds) or any(
        "google.com/blogger/" in name and name.endswith(("}type", "}status")) for name in names
    )


class _XmlFeed:
    """Follows the elements of a feed as they come, and lets go of each entry once it is read."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._heads: list[Node] = []
        self._depth = 0
        self._entry_depth = 0
        self._told_head = False
        self._number = 0
        self.is_feed = False
        self.root = ""

    def take(self, events: Any) -> Iterator[ParsedFeed | ParsedEntry | Refused]:
        for event, node in events:
            if not isinstance(node.tag, str):
                continue
            name = _local(node)
            if event == "start":
                self._depth += 1
                self.root = self.root or name
                if not self._entry_depth:
                    if name in _HEADS and (name != "feed" or self._depth == 1):
                        self.is_feed = True
                        if name in ("channel", "feed"):
                            self._heads.append(node)
                    elif name in _ENTRIES and self._is_entry(node):
                        self.is_feed = True
                        self._entry_depth = self._depth
                continue
            if self._entry_depth == self._depth:
                self._entry_depth = 0
                if not self._told_head:
                    self._told_head = True
                    yield self.head()
                if _is_of_a_backup(node):
                    raise _Backup
                self._number += 1
                yield fenced(
                    partial(_entry, node, self._zone), kind="articles", record=f"entry {self._number}"
                )
                _let_go(node)
            self._depth -= 1

    def _is_entry(self, node: Node) -> bool:
        parent = node.getparent()
        if parent is None:
            # An entry alone is a document, too (RFC 4287, 2).
            return _name(node) == "atom:entry"
        return _local(parent) in _HEADS

    def head(self) -> ParsedFeed:
        found = ParsedFeed("RSS")
        for node in self._heads:
            found = _head(node, found)
        return found


def _let_go(node: Node) -> None:
    """Empties an entry, and drops those before it: what is left of each is nothing."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None and _local(node.getprevious()) in _ENTRIES:
        parent.remove(node.getprevious())


def _local(node: Node) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _name(node: Node) -> str:
    """An element's name with the usual prefix of its namespace, whatever the file calls it."""
    tag = node.tag
    if not isinstance(tag, str):
        return ""
    if not tag.startswith("{"):
        # A prefix nobody declared: it is meant as everybody means it.
        return tag
    space, _, local = tag[1:].partition("}")
    if space in _ATOM:
        return f"atom:{local}"
    if space in _PLAIN:
        return str(local)
    return f"{_NAMES[space]}:{local}" if space in _NAMES else f"{space}:{local}"


def _children(node: Node) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for child in node:
        if name := _name(child):
            found.setdefault(name, []).append(child)
    return found


def _said(node: Node | None) -> str:
    return "" if node is None else " ".join("".join(node.itertext()).split())


def _first(children: dict[str, list[Node]], *names: str) -> str:
    return next((said for name in names for child in children.get(name, ()) if (said := _said(child))), "")


def _plain(text: str) -> str:
    """A title's words: many are HTML, escaped once more."""
    return " ".join(markup.plain_text(unescape(text) if re.search(r"&(?:\w+|#\d+);", text) else text).split())


def _base(node: Node) -> str:
    return str(node.base or "") if node.base and str(node.base).startswith("http") else ""


def _link(children: dict[str, list[Node]], base: str, *rels: str) -> str:
    for wanted in rels:
        for link in children.get("atom:link", ()):
            kind = link.get("type") or ""
            if (
                (link.get("rel") or "alternate") == wanted
                and (wanted != "alternate" or "html" in kind or not kind)
                and (url := _absolute(base, link.get("href") or ""))
            ):
                return url
    for wanted in rels:
        for link in children.get("atom:link", ()):
            if (link.get("rel") or "alternate") == wanted and (
                url := _absolute(base, link.get("href") or "")
            ):
                return url
    return ""


def _absolute(base: str, url: str) -> str:
    url = " ".join(url.split())
    return (
        resolve(base, url)
        if base
        else resolve("http://feed.invalid/", url).replace("http://feed.invalid", "")
    )


def _head(node: Node, known: ParsedFeed) -> ParsedFeed:
    children = _children(node)
    base = _base(node)
    is_atom = "atom:title" in children or _name(node).startswith("atom:")
    totals = _first(children, "opensearch:totalResults")
    links = [
        url
        for link in children.get("atom:link", ())
        if link.get("rel") in ("next", "previous", "prev-archive", "next-archive", "last", "first")
        and (url := _absolute(base, link.get("href") or ""))
    ]
    return replace(
        known,
        kind="Atom" if is_atom and _local(node) == "feed" else "RSS",
        title=known.title or _plain(_first(children, "title", "atom:title")),
        link=known.link or _first(children, "link") or _link(children, base, "alternate"),
        self_url=known.self_url or _link(children, base, "self"),
        language=known.language
        or _first(children, "language", "dc:language")
        or node.get("{http://www.w3.org/XML/1998/namespace}lang")
        or "",
        people=known.people or tuple(_inherited(children, base)),
        managing_editor=known.managing_editor or _first(children, "managingEditor"),
        total=int(totals[:9]) if totals.isdigit() else known.total,
        goes_on_at=known.goes_on_at or tuple(dict.fromkeys(links)),
    )


def _inherited(children: dict[str, list[Node]], base: str) -> Iterator[FeedPerson]:
    """Who wrote every entry that names nobody (RFC 4287, 4.2.1)."""
    for person in _people(children, base):
        yield replace(person, is_inherited=True)


def _people(children: dict[str, list[Node]], base: str) -> Iterator[FeedPerson]:
    # dc:creator and author say the same of one entry, and the first says it better.
    names = ("atom:author", "dc:creator", "dc:author", "author", "itunes:author")
    for name in names:
        found = [person for node in children.get(name, ())[:_MOST] for person in _person(node, name, base)]
        if found:
            yield from found
            break
    for name in ("atom:contributor", "dc:contributor"):
        for node in children.get(name, ())[:_MOST]:
            for person in _person(node, name, base):
                yield replace(person, role="contributor")
    for node in children.get("media:credit", ())[:_MOST]:
        role = {
            "photographer": "photographer",
            "author": "author",
            "editor": "editor",
            "producer": "producer",
        }.get(node.get("role") or "")
        if role and role != "author" and _said(node):
            yield FeedPerson(_said(node)[:500], "media:credit", role=role)


def _person(node: Node, name: str, base: str) -> Iterator[FeedPerson]:
    inner = _children(node)
    if name.startswith("atom:") or any(key.rpartition(":")[2] in ("name", "email") for key in inner):
        parts = {key.rpartition(":")[2]: _said(values[0]) for key, values in inner.items()}
        raw = _one_line(parts.get("name", ""))
        mail = _MAIL.match(parts.get("email", ""))
        person = person_of(raw or parts.get("email", "") or ("" if inner else _said(node)), name)
        url = _absolute(base, parts.get("uri") or parts.get("url") or parts.get("homepage") or "")
        if person or url:
            person = person or FeedPerson("", name)
            yield replace(person, url=url, email=person.email or (mail.group(1) if mail else ""))
        return
    person = person_of(_said(node), name)
    if person:
        yield person


def person_of(text: str, source: str) -> FeedPerson | None:
    """Somebody as RSS writes them: `mail@host (Name)`, `Name <mail@host>`, a name, or a mail alone."""
    text = _one_line(text)
    if not text:
        return None
    if found := _MAIL_AND_NAME.match(text):
        mail, name = found.groups()
    elif found := _NAME_AND_MAIL.match(text):
        name, mail = found.groups()
    elif found := _MAIL.match(text):
        name, mail = "", found.group(1)
    else:
        name, mail = text, ""
    if _MAIL.match(name):
        name = ""
    return FeedPerson(name.strip(" \"'")[:500], source, email=mail[:254])


def _one_line(text: str) -> str:
    text = unescape(text) if "&" in text else text
    # Not plain_text: what stands in angle brackets is a mail address as often as a tag.
    return " ".join(re.sub(r"</?[A-Za-z][^<>@]*>", " ", text).split())[:500]


def _entry(node: Node, zone: tzinfo) -> ParsedEntry:
    children = _children(node)
    base = _base(node)
    link = _first(children, "link", "feedburner:origLink") or _link(children, base, "alternate")
    guid = _guid(children, node)
    if not link and guid.startswith(("http://", "https://")) and not _is_no_permalink(children):
        link = guid
    content, summary = _texts(children)
    dates: dict[str, tuple[datetime, str]] = {}
    for kind, names in _DATES:
        for name in names:
            if moment := stated_moment(_first(children, name), zone):
                dates.setdefault(kind, (moment, name))
    published = dates.get("published") or dates.get("updated")
    people = tuple(_people(children, base)) or _of_source(children, base)
    image, alt, players = _media(children, base)
    categories, tags = _categories(children)
    return ParsedEntry(
        id=guid or link,
        link=resolve(base, link) or link if base else link,
        title=_plain(_first(children, "title", "atom:title", "dc:title", "itunes:title")),
        content=content,
        summary=summary,
        base=base or link,
        published=published[0] if published else None,
        updated=dates["updated"][0] if "updated" in dates else None,
        date_from=published[1] if published else "",
        people=people,
        categories=categories,
        tags=tags,
        image=image,
        image_alt=alt,
        players=players,
        language=_first(children, "dc:language")
        or node.get("{http://www.w3.org/XML/1998/namespace}lang")
        or "",
        is_draft=_is_draft(node),
        limits=tuple(_limits(node)),
        kind=_kind(node),
    )


def _is_draft(node: Node) -> bool:
    """Whether an entry says that it is not public (RFC 5023, 13.1.1), in any word but the one for no."""
    for inner in node.iter():
        name, said = _local(inner), _said(inner)
        if name == "draft" and said.lower() not in ("", "no", "false"):
            return True
        if name in ("status", "post_status", "visibility") and said and not was_public(said):
            return True
    return False


def _limits(node: Node) -> Iterator[tuple[str, str]]:
    """Until when an entry may be read, as it says: a period of Dublin Core's, or a day."""
    for child in node:
        name, said = _local(child).lower(), _said(child)
        if name == "valid" and (end := re.search(r"\bend\s*=\s*([^;]+)", said)):
            yield "valid until", end[1].strip()
        elif name.startswith("expir"):
            yield name, said


def _kind(node: Node) -> str:
    """What an entry says it is where that is no article: a reply (RFC 4685), or what a category's scheme of kinds says."""
    for child in node:
        name = _local(child)
        if name == "in-reply-to":
            return "comment"
        term = (child.get("term") or "").rpartition("#")[2]
        if (
            name == "category"
            and (child.get("scheme") or "").endswith("#kind")
            and term not in ("post", "article")
        ):
            return term or "nothing known"
    return ""


def _guid(children: dict[str, list[Node]], node: Node) -> str:
    about = next((value for name, value in node.attrib.items() if str(name).endswith("}about")), "")
    return _first(children, "guid", "atom:id", "dc:identifier") or str(about)


def _is_no_permalink(children: dict[str, list[Node]]) -> bool:
    return any((node.get("isPermaLink") or "").lower() == "false" for node in children.get("guid", ()))


def _of_source(children: dict[str, list[Node]], base: str) -> tuple[FeedPerson, ...]:
    """An entry taken over from another feed has that one's author (RFC 4287, 4.2.11)."""
    for source in children.get("atom:source", ()):
        return tuple(_people(_children(source), _base(source) or base))
    return ()


def _texts(children: dict[str, list[Node]]) -> tuple[str, str]:
    """The text of an entry as HTML, and its summary: empty where it has but one of them."""
    full = _html(children, "content:encoded", "atom:content", "xhtml:body", "xhtml:div", "fullitem")
    short = _html(
        children, "description", "atom:summary", "itunes:summary", "dc:description", "media:description"
    )
    if not full:
        # RSS has one field for both; a teaser with its own cut-off mark is one.
        return short, ""
    return full, short


def _html(children: dict[str, list[Node]], *names: str) -> str:
    for name in names:
        for node in children.get(name, ()):
            kind = (node.get("type") or "").lower()
            if node.get("src"):
                continue
            if (
                kind in ("xhtml", "application/xhtml+xml")
                or name.startswith("xhtml:")
                or node.get("mode") == "xml"
                or len(node)
            ):
                said = _inner(node)
            else:
                said = "".join(node.itertext())
                if (
                    name.startswith("atom:")
                    and kind in ("text", "text/plain", "")
                    and node.get("mode") != "escaped"
                ):
                    said = escape(said, quote=False) if kind != "" or "<" not in said else said
            if said.strip():
                return said.strip()
    return ""


def _inner(node: Node) -> str:
    """XHTML inside a feed as HTML, without the names of its namespace."""
    copy = etree.fromstring(
        etree.tostring(node, with_tail=False),
        # Recovering: what one parser let pass, such as an odd name of a namespace, another does not.
        etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True),
    )
    if copy is None:
        return escape("".join(node.itertext()), quote=False)
    for part in copy.iter():
        if isinstance(part.tag, str):
            name = part.tag.rpartition("}")[2]
            part.tag = name if _ELEMENT.fullmatch(name) else "span"  # recovered, it may be no name at all
    etree.cleanup_namespaces(copy)
    return escape(copy.text or "", quote=False) + "".join(
        str(etree.tostring(child, encoding="unicode", method="html")) for child in copy
    )


def _categories(children: dict[str, list[Node]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    categories: dict[str, None] = {}
    tags: dict[str, None] = {}
    for name in ("category", "atom:category", "dc:subject", "media:category"):
        for node in children.get(name, ())[:_MOST]:
            said = _plain(node.get("label") or node.get("term") or _said(node))[:100]
            scheme = (node.get("scheme") or node.get("domain") or "").lower()
            if not said or "schemas.google.com" in scheme:
                continue
            (tags if "tag" in scheme.rpartition("/")[2] else categories)[said] = None
    for name in ("media:keywords", "itunes:keywords"):
        for said in _first(children, name).split(","):
            if said.strip():
                tags[said.strip()[:100]] = None
    return tuple(categories), tuple(tag for tag in tags if tag not in categories)


def _media(children: dict[str, list[Node]], base: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    image, alt = "", ""
    players: dict[str, str] = {}
    nodes = [*children.get("enclosure", ()), *children.get("media:content", ())]
    nodes += [
        node
        for group in children.get("media:group", ())
        for node in _children(group).get("media:content", ())
    ]
    nodes += [link for link in children.get("atom:link", ()) if link.get("rel") == "enclosure"]
    for node in nodes[:_MOST]:
        url = _absolute(base, node.get("url") or node.get("href") or "")
        kind = (node.get("type") or node.get("medium") or "").lower()
        if not url:
            continue
        if kind.startswith("image") or (not kind and _PICTURE.search(url)):
            inner = _children(node)
            image, alt = (image, alt) if image else (url, _first(inner, "media:title", "media:description"))
        elif _PLAYED.match(kind) or kind in ("audio", "video"):
            players[url] = node.get("title") or ""
    for name in ("media:thumbnail", "itunes:image"):
        for node in children.get(name, ()):
            image = image or _absolute(base, node.get("url") or node.get("href") or "")
    return image, alt[:500], tuple(players.items())[:10]


# --------------------------------------------------------------------------------------------------------------- JSON


def _read_json(path: Path, zone: tzinfo) -> Iterator[ParsedFeed | ParsedEntry | Refused]:
    """JSON Feed (jsonfeed.org, versions 1 and 1.1). One JSON value is read as a whole: its size is bounded."""
    if path.stat().st_size > LARGEST_JSON:
        raise NotAnArchive(f"{path.name} is larger than any JSON Feed (over 200 MB); nothing was imported.")
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise ArchiveDamaged(
            f"{path.name} is broken JSON ({error}); nothing was imported.", path=path
        ) from error
    if not is_json_feed(data):
        raise NotAnArchive(f"{path.name} is JSON, but no JSON Feed; nothing was imported.")
    home = _text(data, "home_page_url")
    people = tuple(replace(person, is_inherited=True) for person in _json_people(data))
    more = _text(data, "next_url")
    yield ParsedFeed(
        "JSON Feed",
        _plain(_text(data, "title")),
        home,
        _text(data, "feed_url"),
        _text(data, "language"),
        people,
        goes_on_at=(more,) if more else (),
    )
    for number, item in enumerate(data.get("items", ()), 1):
        if isinstance(item, dict):
            yield fenced(partial(_json_entry, item, home, zone), kind="articles", record=f"entry {number}")


def is_json_feed(data: object) -> bool:
    return (
        isinstance(data, dict)
        and "jsonfeed.org/version/" in str(data.get("version", ""))
        and isinstance(data.get("items", []), list)
    )


def _json_entry(item: dict[str, Any], home: str, zone: tzinfo) -> ParsedEntry:
    link = _text(item, "url")
    number = str(item.get("id") or link)[:2000]
    content = _text(item, "content_html")
    if not content and (said := _text(item, "content_text")):
        content = "".join(
            f"<p>{escape(part, quote=False)}</p>" for part in re.split(r"\n\s*\n", said) if part.strip()
        )
    summary = _text(item, "summary")
    published, updated = (
        stated_moment(_text(item, name), zone) for name in ("date_published", "date_modified")
    )
    tags = item.get("tags")
    players = [
        (url, _text(part, "title"))
        for part in item.get("attachments") or ()
        if isinstance(part, dict)
        and _PLAYED.match(_text(part, "mime_type"))
        and (url := resolve(home, _text(part, "url")))
    ]
    return ParsedEntry(
        id=number,
        link=resolve(home, link) if home else link,
        title=_plain(_text(item, "title")),
        content=content or (f"<p>{escape(summary, quote=False)}</p>" if summary else ""),
        summary=escape(summary, quote=False) if content else "",
        base=link or home,
        published=published or updated,
        updated=updated,
        date_from="date_published" if published else "date_modified",
        people=tuple(_json_people(item)),
        tags=tuple(_plain(tag)[:100] for tag in tags[:_MOST] if isinstance(tag, str))
        if isinstance(tags, list)
        else (),
        image=resolve(home, _text(item, "image") or _text(item, "banner_image")),
        players=tuple(players[:10]),
        language=_text(item, "language"),
    )


def _json_people(data: dict[str, Any]) -> Iterator[FeedPerson]:
    said = data.get("authors")
    everybody = said if isinstance(said, list) and said else [data.get("author")]
    for one in everybody[:_MOST]:
        if isinstance(one, str):
            one = {"name": one}
        if not isinstance(one, dict):
            continue
        person = person_of(_text(one, "name"), "authors")
        url = _text(one, "url")
        if url.startswith("mailto:"):
            url = ""
        if person or url:
            yield replace(person or FeedPerson("", "authors"), url=url)


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value.strip() if isinstance(value, str) else ""
