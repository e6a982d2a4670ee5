"""Reads the entries of a Blogger backup, one at a time, in memory that does not grow with the file.

There are two kinds of it, and both are Atom (RFC 4287). The *backup* of a blog's settings page says of each entry what it is by
a category of the scheme `…/g/2005#kind` (post, page, comment, template, settings) and of a draft `app:draft` (RFC 5023, 13.1).
*Google Takeout* has elements of its own: `blogger:type`, `blogger:status` (LIVE, DRAFT, SCHEDULED, SOFT_TRASHED, as in the
Blogger API), `blogger:filename` and `blogger:trashed`.

What the parser has to guess at is refused whole, unlike a feed: a draft whose mark was lost would look like any other article.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from html import escape
from typing import Any, TypeAlias

from lxml import etree

from standfirst.importers.errors import ArchiveDamaged, NotAnArchive
from standfirst.importers.reading.members import Member
from standfirst.importers.reading.mending import DocumentTypeDeclared, Mending, mended_chunks
from standfirst.importers.reading.moments import stated_moment

Node: TypeAlias = Any  # an lxml element

_ATOM = "{http://www.w3.org/2005/Atom}"
_KIND = "http://schemas.google.com/g/2005#kind"
_LABELS = ("http://www.blogger.com/atom/ns#", "tag:blogger.com,1999:blog-")
_BLOG = re.compile(r"tag:blogger\.com,1999:blog-(\d+)")
_PROFILE = re.compile(r"/profile/(\d+)")
_SETTING = re.compile(r"\.settings\.([A-Z_]+)\Z")


class Kind(StrEnum):
    """What an entry is."""

    POST = "post"
    PAGE = "page"
    COMMENT = "comment"
    TEMPLATE = "template"
    SETTING = "settings"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class BloggerHead:
    """What a backup says of the whole blog."""

    number: str  # the blog's id
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class BloggerEntry:
    """One entry, as the backup says it. Neither an e-mail address nor the text of what is no post or page is kept."""

    id: str
    kind: Kind
    title: str
    content: str = ""
    author: str = ""
    profile: str = ""  # the author's number
    published: datetime | None = None
    updated: datetime | None = None
    address: str = ""
    filename: str = ""
    labels: tuple[str, ...] = ()
    description: str = ""
    players: tuple[str, ...] = ()  # addresses of what is heard or seen
    place: str = ""
    status: str = ""  # Takeout's word
    is_draft: bool = False
    is_trashed: bool = False
    setting: str = ""  # which one, of a setting
    value: str = ""


def read_backup(
    member: Member, zone: tzinfo, on_bytes: Callable[[int], None] | None = None
) -> Iterator[BloggerHead | BloggerEntry]:
    """Yields the head of a backup, then its entries. Raises ImportRefused for what is none, or is damaged."""
    parser = etree.XMLPullParser(
        events=("start", "end"), recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True,
        encoding="utf-8", remove_comments=True, remove_pis=True,
    )  # fmt: skip
    walk = _Walk(zone)
    done = 0
    try:
        with member.open() as source:
            for chunk, size in mended_chunks(source, Mending(is_needed=True)):
                parser.feed(chunk)
                yield from walk.take(parser.read_events())
                done += size
                if on_bytes is not None:
                    on_bytes(done)
        parser.close()
        yield from walk.take(parser.read_events())
    except etree.XMLSyntaxError as error:
        raise _damaged(member, error.lineno or 1) from error
    except DocumentTypeDeclared as error:
        raise NotAnArchive(
            f"{member.name} declares a document type, which no Blogger backup does; nothing was imported."
        ) from error
    # Recovering, for a prefix that nobody declared loses nothing; every other fault does.
    faults = (fault for fault in parser.feed_error_log if fault.domain != etree.ErrorDomains.NAMESPACE)
    if (fault := next(faults, None)) is not None:
        raise _damaged(member, fault.line)
    if not walk.is_feed:
        raise NotAnArchive(f"{member.name} is no Blogger backup: it is no Atom feed; nothing was imported.")


def _damaged(member: Member, line: int) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{member.name} is broken or ends too early, at line {line:,}; nothing was imported: where a backup is broken, nobody "
        "can tell a draft from an article; make it again in Blogger under Settings → Back up content.",
        path=member.path,
        line=line,
    )


class _Walk:
    """Follows the elements as they come, and lets go of each entry once it is read."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._depth = 0
        self._root: Node = None
        self._told_head = False

    @property
    def is_feed(self) -> bool:
        return self._root is not None and self._root.tag == f"{_ATOM}feed"

    def take(self, events: Any) -> Iterator[BloggerHead | BloggerEntry]:
        for event, node in events:
            if event == "start":
                self._depth += 1
                if self._depth == 1:
                    self._root = node
                continue
            self._depth -= 1
            if self._depth == 1 and node.tag == f"{_ATOM}entry" and self.is_feed:
                if not self._told_head:
                    self._told_head = True
                    yield _head(self._root)
                yield _entry(node, self._zone)
                node.clear()
                while node.getprevious() is not None:
                    self._root.remove(node.getprevious())
            elif self._depth == 0 and self.is_feed and not self._told_head:
                yield _head(self._root)


def _head(root: Node) -> BloggerHead:
    number = _BLOG.search(_said(root, "id"))
    return BloggerHead(number.group(1) if number else "", _said(root, "title"), _link(root))


def _entry(node: Node, zone: tzinfo) -> BloggerEntry:
    own = _own(node)
    kind = _kind(node, own)
    identity = _said(node, "id")
    published = _said(node, "published") or own.get("created", "")
    if kind is Kind.SETTING:
        setting = _SETTING.search(identity)
        return BloggerEntry(
            identity,
            kind,
            "",
            setting=setting.group(1) if setting else "",
            value=_said(node, "content")[:200],
        )
    if kind not in (Kind.POST, Kind.PAGE):
        return BloggerEntry(identity, kind, "", published=stated_moment(published, zone))
    author = node.find(f"{_ATOM}author")
    profile = _PROFILE.search(_said(author, "uri")) if author is not None else None
    return BloggerEntry(
        identity,
        kind,
        _said(node, "title"),
        content=_html(node.find(f"{_ATOM}content")),
        author=_said(author, "name") if author is not None else "",
        profile=profile.group(1) if profile else "",
        published=stated_moment(published, zone),
        updated=stated_moment(_said(node, "updated"), zone),
        address=_link(node),
        filename=own.get("filename", ""),
        labels=tuple(dict.fromkeys(_labels(node))),
        description=own.get("metaDescription", ""),
        players=tuple(_players(node)),
        place=own.get("location", "") or _place(node),
        status=own.get("status", ""),
        is_draft=_is_draft(node),
        is_trashed=bool(own.get("trashed")),
    )


def _own(node: Node) -> dict[str, str]:
    """The elements of Blogger's own namespace, of whatever year, by their names."""
    found: dict[str, str] = {}
    for child in node:
        space, name = _name(child)
        if space.startswith(("http://schemas.google.com/blogger/", "blogger")):
            found.setdefault(name, " ".join("".join(child.itertext()).split()))
    return found


def _kind(node: Node, own: dict[str, str]) -> Kind:
    """What an entry is, by everything that says so; unknown where two of it do not agree."""
    terms = [
        child.get("term") or "" for child in node.iter(f"{_ATOM}category") if child.get("scheme") == _KIND
    ]
    said = {term.rpartition("#")[2].strip().lower() for term in terms}
    if "type" in own:
        said.add(own["type"].lower())
    if any(_name(child)[1] == "in-reply-to" for child in node) or own.get("inReplyTo"):
        said = (said - {Kind.POST.value}) | {Kind.COMMENT.value}
    known = {kind.value for kind in Kind}
    return Kind(said.pop()) if len(said) == 1 and said <= known else Kind.UNKNOWN


def _is_draft(node: Node) -> bool:
    """RFC 5023, 13.1.1, under either of its namespaces: whatever it says but "no" means a draft."""
    said = ("".join(child.itertext()).strip().lower() for child in node.iter() if _name(child)[1] == "draft")
    return any(word != "no" for word in said)


def _labels(node: Node) -> Iterator[str]:
    for child in node.iter(f"{_ATOM}category"):
        scheme, term = child.get("scheme") or "", " ".join((child.get("term") or "").split())
        if term and scheme != _KIND and (not scheme or scheme.startswith(_LABELS)):
            yield term[:200]


def _link(node: Node) -> str:
    for link in node.findall(f"{_ATOM}link"):
        href = (link.get("href") or "").strip()
        if (link.get("rel") or "alternate") == "alternate" and href.startswith(("http://", "https://")):
            return str(href)
    return ""


def _players(node: Node) -> Iterator[str]:
    for child in node:
        kind = child.get("type") or ""
        is_enclosure = _name(child)[1] == "enclosure" or child.get("rel") == "enclosure"
        url = (child.get("href") or child.get("url") or "").strip()
        if is_enclosure and url.startswith(("http://", "https://")) and not kind.startswith("image/"):
            yield url


def _place(node: Node) -> str:
    """Where a post says it is about, as a map knows it."""
    return next(
        (" ".join("".join(child.itertext()).split()) for child in node if _name(child)[1] == "featurename"),
        "",
    )


def _html(content: Node | None) -> str:
    if content is None:
        return ""
    if len(content):  # XHTML, as it stands
        return "".join(str(etree.tostring(child, encoding="unicode", method="html")) for child in content)
    text = str(content.text or "")
    return escape(text, quote=False) if (content.get("type") or "text") == "text" else text


def _name(node: Node) -> tuple[str, str]:
    """An element's namespace, or the prefix that nobody declared, and its name."""
    tag = node.tag
    if not isinstance(tag, str):
        return "", ""
    space, _, name = tag.rpartition("}") if "}" in tag else tag.rpartition(":")
    return space.lstrip("{"), name


def _said(node: Node | None, name: str) -> str:
    child = node.find(f"{_ATOM}{name}") if node is not None else None
    return " ".join("".join(child.itertext()).split()) if child is not None else ""
