"""Files of Drupal's JSON:API as an archive that can be imported."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from standfirst.importers.drupal.format import ENDINGS, is_document
from standfirst.importers.drupal.resources import (
    Document,
    Resource,
    alt_of,
    body_of,
    is_picture,
    is_somebody,
    is_standfirst,
    is_tag,
    people_fields,
    picture_at,
    read_document,
    typed_bylines,
    unread_fields,
)
from standfirst.importers.errors import NotAnArchive
from standfirst.importers.reading.addresses import last_word
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.format import Offered
from standfirst.importers.reading.members import Member, members_ending, read_each
from standfirst.importers.reading.moments import stated_moment
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.plain import Audience, ParsedArticle, PlainArchive, Record
from standfirst.importers.reading.records import LeftBehind, OldPath, ParsedAuthor, ParsedSite
from standfirst.importers.reading.uploads import PicturesByAddress
from standfirst.text import markup
from standfirst.text.urls import parts_of

# Kept for the whole archive: what articles of every file point at. Paragraphs are texts, and stay with their file.
_POINTED_AT = frozenset({"user", "taxonomy_term", "file", "media", "profile"})
_LEFT_OUT = {
    "comment": ("comments", "comments are not imported"),
    "user": ("other", "an account; it is read where an article names it"),
    "taxonomy_term": ("other", "a term; it is read where an article names it"),
    "file": ("other", "a file; it is read where an article shows it"),
    "media": ("other", "a file; it is read where an article shows it"),
}
_PUBLIC = frozenset({"published", ""})


@dataclass(slots=True)
class DrupalSource:
    """The documents of one site."""

    documents: list[Member]
    zone: tzinfo
    known: dict[str, Resource] = field(default_factory=dict)
    people: dict[str, None] = field(default_factory=dict)  # ids of the resources that are somebody
    people_types: set[str] = field(default_factory=set)  # types of which some are named as writers
    signed_types: set[str] = field(default_factory=set)  # types of which some have writers
    address: str = ""
    unresolved: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    said: dict[str, None] = field(default_factory=dict)

    @property
    def site(self) -> ParsedSite:
        return ParsedSite("", self.address)

    @property
    def has_bylines(self) -> bool:
        return bool(self.signed_types)

    @property
    def warnings(self) -> tuple[str, ...]:
        found = list(self.said)
        if self.unresolved:
            names = ", ".join(sorted(self.unresolved))
            found.append(
                f"{sum(self.unresolved.values()):,} names are only pointed at ({names}): get the same addresses again with "
                f"?include={names.replace(' ', '')}, so that the files hold them."
            )
        if self.unread:
            named = ", ".join(
                f"{name} ({count:,} ×, as “{self.examples.get(name, '')}”)"
                for name, count in self.unread.most_common(30)
            )
            found.append(f"Fields that are not read: {named}.")
        return tuple(found)

    def learn(self, on_bytes: Callable[[int], None] | None) -> None:
        """Reads everything once for what articles point at, and for who is a writer: a field may point into any file."""
        owns: dict[str, str] = {}
        goes_on: dict[str, str] = {}
        for member in read_each(self.documents, on_bytes):
            for item in read_document(member):
                if isinstance(item, Document):
                    self._note(item, member, owns, goes_on)
                    for resource in item.included.values():
                        self._keep(resource)
                    continue
                self._keep(item)
                if item.entity == "node":
                    self._learn_people(item)
        for name, address in goes_on.items():
            if address not in owns:
                self.said[
                    f"{name} goes on at {address}, which is not among the files: get that page, too."
                ] = None

    def _learn_people(self, item: Resource) -> None:
        named = [one for _, _, references in people_fields(item) for one in references]
        self.people.update(dict.fromkeys(one.id for one in named))
        self.people_types |= {one.type for one in named}
        if named or next(typed_bylines(item), None) is not None:
            self.signed_types.add(item.type)

    def _note(
        self, document: Document, member: Member, owns: dict[str, str], goes_on: dict[str, str]
    ) -> None:
        if document.own:
            owns[document.own] = member.name
        if document.next:
            goes_on[member.name] = document.next
        parts = parts_of(document.own or document.next)
        if parts.netloc and not self.address:
            self.address = f"{parts.scheme}://{parts.netloc}{parts.path.partition('/jsonapi')[0]}"
        if document.withheld:
            self.said[
                f"{member.name} says that Drupal withheld {document.withheld:,} records from whoever asked: get it again signed in "
                "as somebody who may see them."
            ] = None

    def _keep(self, resource: Resource) -> None:
        if resource.entity in _POINTED_AT or is_somebody(resource.type):
            self.known.setdefault(resource.id, resource)

    def records(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Record]:
        self.unread.clear()
        self.unresolved.clear()
        for member in self.documents:
            known: Mapping[str, Resource] = self.known
            for item in read_document(member):
                if isinstance(item, Document):
                    known = {**self.known, **item.included}
                else:
                    made = partial(self._record, item, known)
                    yield fenced(made, kind="articles", record=f"{item.type} “{item.name[:80]}”")

    def profiles(self) -> Iterable[ParsedAuthor]:
        for number in self.people:
            resource = self.known.get(number)
            if resource is not None and resource.name:
                yield ParsedAuthor(
                    "node",
                    number,
                    display_name=resource.name,
                    slug=last_word(resource.alias),
                    biography=_biography(resource),
                )

    def category_paths(self, name: str) -> Iterable[str]:
        for resource in self.known.values():
            if resource.entity == "taxonomy_term" and resource.name == name:
                yield from _paths(resource, "taxonomy/term", "tid")

    def site_paths(self) -> Iterable[OldPath]:
        yield OldPath("/rss.xml", "articles", is_feed=True)
        for number in self.people:
            resource = self.known.get(number)
            if resource is None or not resource.name:
                continue
            prefix, counted = ("user", "uid") if resource.entity == "user" else ("node", "nid")
            for path in _paths(resource, prefix, counted):
                yield OldPath(path, f"contributor:author:{number}")

    # -------------------------------------------------------------------------------------------------------- records

    def _record(self, item: Resource, known: Mapping[str, Resource]) -> ParsedArticle | LeftBehind:
        named = (f"{item.type} “{item.name[:80]}”",)
        if item.entity in _LEFT_OUT:
            return LeftBehind(*_LEFT_OUT[item.entity], 1, () if item.entity in ("comment", "user") else named)
        if item.entity != "node":
            return LeftBehind("other", f"of a type of its own, “{item.type[:60]}”", 1, named)
        is_named = item.id in self.people or item.type in self.people_types
        if is_named and item.type not in self.signed_types:
            return LeftBehind("other", "a page about somebody; they are a contributor here", 1, named)
        body = body_of(item, known)
        if not body.html and not item.name:
            return LeftBehind("articles", "empty", 1, (item.id,))
        notes: list[str] = []
        read = set(body.read)
        byline = tuple(self._byline(item, known, read, notes))
        image, alt = self._image(item, known, read)
        categories, tags = self._terms(item, known, read)
        standfirst = self._standfirst(item, read)
        self._count_unread(item, read)
        number = item.attributes.get("drupal_internal__nid")
        paths = tuple(_paths(item, "node", "nid"))
        language = item.text("langcode")
        return ParsedArticle(
            key=f"node:{item.id}{f':{language}' if language else ''}",
            title=item.name,
            content=body.html,
            audience=_audience(item, notes),
            is_page="page" in item.bundle.split("_") and not byline,
            published=_moment(item, self.zone),
            updated=stated_moment(item.text("changed"), self.zone),
            standfirst=standfirst,
            byline=byline,
            categories=categories,
            tags=tags,
            slug=last_word(item.alias) or ("" if number is None else item.name),
            address=f"{self.address}{item.alias or (f'/node/{number}' if number else '')}",
            old_paths=paths,
            image=image,
            image_alt=alt,
            newlines_break=body.newlines_break,
            is_sticky=item.attributes.get("sticky") is True,
            limits=tuple(
                (name, str(value))
                for name, value in item.attributes.items()
                if isinstance(value, str | int | float)
            ),
            status=f"{item.bundle} {item.text('moderation_state')}".strip(),
            notes=tuple(notes),
        )

    def _byline(
        self, item: Resource, known: Mapping[str, Resource], read: set[str], notes: list[str]
    ) -> Iterator[ParsedByline]:
        for name, role, references in people_fields(item):
            read.add(name)
            for one in references:
                resource = known.get(one.id)
                if resource is None or not resource.name:
                    self.unresolved[name] += 1
                    continue
                yield ParsedByline(
                    resource.name,
                    name.removeprefix("field_"),
                    role=role,
                    person=one.id,
                    printed_name=resource.name,
                )
        for name, typed in typed_bylines(item):
            read.add(name)
            yield typed
        if self.has_bylines:
            return
        # Nothing in the whole archive names a writer but the account that typed it in.
        for one in item.related.get("uid", ()):
            resource = known.get(one.id)
            if resource is None or not resource.name:
                self.unresolved["uid"] += 1
                continue
            notes.append("name no author; the account that made it was taken")
            yield ParsedByline(resource.name, "author")

    def _image(self, item: Resource, known: Mapping[str, Resource], read: set[str]) -> tuple[str, str]:
        found = ("", "")
        for name, references in item.related.items():
            for one in references:
                url = picture_at(one, known) if one.type.startswith(("file--", "media--")) else ""
                if url and not found[0] and is_picture(name):
                    read.add(name)
                    found = (url.replace("public://", "/sites/default/files/"), alt_of(one, known))
        return found

    def _terms(
        self, item: Resource, known: Mapping[str, Resource], read: set[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        categories: list[str] = []
        tags: list[str] = []
        for name, references in item.related.items():
            if name in read:
                continue
            for one in references:
                if not one.type.startswith("taxonomy_term--"):
                    continue
                read.add(name)
                resource = known.get(one.id)
                if resource is None or not resource.name:
                    self.unresolved[name] += 1
                else:
                    (tags if is_tag(one.bundle) or is_tag(name) else categories).append(resource.name[:200])
        return tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(tags))

    def _standfirst(self, item: Resource, read: set[str]) -> str:
        body = item.attributes.get("body")
        summary = body.get("summary") if isinstance(body, dict) else ""
        stated = [markup.plain_text(summary)] if isinstance(summary, str) and summary.strip() else []
        for name in item.attributes:
            if name.startswith("field_") and is_standfirst(name) and item.text(name):
                read.add(name)
                stated.append(markup.plain_text(item.text(name)))
        return " ".join(dict.fromkeys(stated))

    def _count_unread(self, item: Resource, read: set[str]) -> None:
        for name in unread_fields(item, read):
            self.unread[name] += 1
            self.examples.setdefault(
                name, " ".join(str(item.attributes.get(name, item.related.get(name))).split())[:60]
            )


class DrupalArchive(PlainArchive):
    """The documents of one site, surveyed. Raises ImportRefused if there is none, or one is damaged."""

    format = "drupal"
    system = "Drupal"

    def __init__(self, path: Path, opening: Opening) -> None:
        documents = [
            member
            for member in members_ending(path, *ENDINGS)
            if is_document(Offered(member.path, member.head()))
        ]
        if not documents:
            raise NotAnArchive(f"{path.name} holds no document of Drupal's JSON:API; nothing was imported.")
        source = DrupalSource(documents, opening.zone)
        source.learn(opening.on_bytes)
        super().__init__(source, opening, name=path.name, pictures=PicturesByAddress(opening.uploads))


def _biography(resource: Resource) -> str:
    """What a page about somebody says, if readers could see it."""
    if resource.entity == "node" and resource.attributes.get("status") is False:
        return ""
    return next((resource.text(name) for name in resource.long_texts()), "")


def _audience(item: Resource, notes: list[str]) -> Audience:
    """Who could read a node: everybody only if all that is said of it says so."""
    state = item.text("moderation_state").lower()
    if item.attributes.get("status") is not True:
        if "status" not in item.attributes:
            notes.append("do not say whether they were published, so they are drafts here")
        return Audience.NOBODY
    if state not in _PUBLIC:
        notes.append(f"had the state “{state[:40]}”, so it is a draft here")
        return Audience.NOBODY
    return Audience.EVERYBODY


def _moment(item: Resource, zone: tzinfo) -> datetime | None:
    """When a node was published: as a field of the site's says, or as Drupal made it."""
    stated = (
        name
        for name in item.attributes
        if "publi" in name and "unpubli" not in name and ("date" in name or name.endswith(("_at", "_on")))
    )
    for name in (*stated, "created"):
        if moment := stated_moment(item.text(name), zone):
            return moment
    return None


def _paths(resource: Resource, prefix: str, counted: str) -> Iterator[str]:
    if resource.alias:
        yield resource.alias
    number = resource.attributes.get(f"drupal_internal__{counted}")
    if isinstance(number, int):
        yield f"/{prefix}/{number}"
