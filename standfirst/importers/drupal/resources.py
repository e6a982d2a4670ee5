"""Reads the documents of Drupal's JSON:API: resources, with what they are related to.

https://www.drupal.org/docs/core-modules-and-themes/core-modules/jsonapi-module and https://jsonapi.org/format/1.1/. What a
field is, is told by what it holds and what it points at before what it is called: every site names its own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from standfirst.importers.reading.jsonrecords import stream_values
from standfirst.importers.reading.members import Member
from standfirst.importers.reading.people import ParsedByline
from standfirst.importers.reading.texts import has_paragraphs
from standfirst.text import markup

# Beginnings of words that say what people did, in the names of fields and types.
_ROLES = (
    ("photograph", "photographer"), ("fotograf", "photographer"), ("illustrator", "illustrator"), ("translator", "translator"),
    ("traduc", "translator"), ("editor", "editor"), ("author", "author"), ("byline", "author"), ("writer", "author"),
    ("contributor", "author"), ("columnist", "author"), ("reporter", "author"), ("journalist", "author"), ("autor", "author"),
    ("auteur", "author"),
)  # fmt: skip
# Types of records that are somebody, whatever the field is called.
_PEOPLE = ("person", "people", "staff", "profile", "team", "member", "bio", *(stem for stem, _ in _ROLES))
# Beside such a word, these leave it a name; any other (a note of the editors, an author's picks) makes it something else.
_BESIDE = frozenset(
    [
        "name",
        "names",
        "credit",
        "credits",
        "by",
        "line",
        "text",
        "custom",
        "display",
        "override",
        "guest",
        "co",
        "other",
        "external",
        "additional",
        "ref",
        "reference",
        "s",
    ]
)
_ACCOUNTS = frozenset({"uid", "revision_uid", "revision_user", "content_translation_uid"})
_STANDFIRSTS = re.compile(
    r"sub_?(?:title|head\w*)|deck|\bdek\b|standfirst|summary|teaser|lead\b|lede|intro|abstract|excerpt"
)
_PICTURES = re.compile(r"image|photo|picture|hero|media|cover|thumbnail|foto|bild")
_TAGS = re.compile(r"tag|keyword|topic|subject")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Reference:
    """What a relationship points at."""

    type: str
    id: str
    alt: str = ""

    @property
    def bundle(self) -> str:
        return self.type.partition("--")[2]


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of a document."""

    type: str
    id: str
    attributes: Mapping[str, Any]
    related: Mapping[str, tuple[Reference, ...]]

    @property
    def entity(self) -> str:
        return self.type.partition("--")[0]

    @property
    def bundle(self) -> str:
        return self.type.partition("--")[2]

    def text(self, name: str) -> str:
        """An attribute's words or HTML; empty for what is none."""
        value = self.attributes.get(name)
        if isinstance(value, dict):
            value = value.get("processed") or value.get("value")
        return value.strip() if isinstance(value, str) else ""

    @property
    def name(self) -> str:
        for attribute in ("title", "name", "display_name", "label"):
            if text := self.text(attribute):
                return " ".join(text.split())
        return ""

    @property
    def alias(self) -> str:
        path = self.attributes.get("path")
        alias = path.get("alias") if isinstance(path, dict) else ""
        return alias if isinstance(alias, str) and alias.startswith("/") else ""

    def long_texts(self) -> Iterator[str]:
        """The names of the attributes that hold a formatted text."""
        for name, value in self.attributes.items():
            if (
                isinstance(value, dict)
                and isinstance(value.get("value"), str)
                and {"format", "processed", "summary"} & set(value)
            ):
                yield name


@dataclass(slots=True)
class Document:
    """What a file says beside its resources."""

    own: str = ""  # its own address
    next: str = ""
    withheld: int = 0
    included: dict[str, Resource] = field(default_factory=dict)


def read_document(member: Member) -> Iterator[Document | Resource]:
    """Yields what a file says of itself and all it includes, and then its own resources one by one."""
    document = Document()
    for place, value in stream_values(member, _is_beside):
        if place == "included.item":
            if (resource := resource_of(value)) is not None:
                document.included[resource.id] = resource
        elif place == "meta.omitted":
            links = value.get("links") if isinstance(value, dict) else None
            document.withheld = max(1, len(links) - 1) if isinstance(links, dict) else 1
        else:
            href = value.get("href") if isinstance(value, dict) else value
            if isinstance(href, str):
                setattr(document, "next" if place == "links.next" else "own", href)
    yield document
    for _, value in stream_values(member, lambda place: place == "data.item" or place == "data"):
        for one in value if isinstance(value, list) else [value]:
            if (resource := resource_of(one)) is not None:
                yield resource


def _is_beside(place: str) -> bool:
    return place in ("included.item", "links.next", "links.self", "meta.omitted")


def resource_of(value: Any) -> Resource | None:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str) or "--" not in value["type"]:
        return None
    attributes, relationships = value.get("attributes"), value.get("relationships")
    related: dict[str, tuple[Reference, ...]] = {}
    for name, relation in relationships.items() if isinstance(relationships, dict) else ():
        data = relation.get("data") if isinstance(relation, dict) else None
        found = [_reference(one) for one in (data if isinstance(data, list) else [data])]
        if references := tuple(one for one in found if one is not None):
            related[name] = references
    return Resource(
        value["type"], str(value.get("id") or ""), attributes if isinstance(attributes, dict) else {}, related
    )


def _reference(value: Any) -> Reference | None:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str) or not value.get("id"):
        return None
    meta = value.get("meta")
    alt = meta.get("alt") if isinstance(meta, dict) else ""
    return Reference(value["type"], str(value["id"]), alt if isinstance(alt, str) else "")


# ------------------------------------------------------------------------------------------------- what fields are


def role_said_by(name: str) -> str:
    """The role that a field says people have, by its name; empty if it speaks of something else."""
    words = [word for word in re.split(r"[_\W\d]+", name.lower().removeprefix("field_")) if word]
    if words in (["by"], ["photo", "credit"], ["photo", "by"], ["photo", "credits"]):
        return "author" if words == ["by"] else "photographer"
    roles = [next((role for stem, role in _ROLES if word.startswith(stem)), "") for word in words]
    rest = [word for word, role in zip(words, roles, strict=True) if not role]
    return next(filter(None, roles), "") if _BESIDE.issuperset(rest) else ""


def is_somebody(type: str) -> bool:
    """Whether resources of a type are people, by its name."""
    entity, _, bundle = type.partition("--")
    words = re.split(r"[_\W]+", bundle.lower())
    return entity in ("user", "profile") or all(word.startswith(_PEOPLE) or word in _BESIDE for word in words)


def is_account(name: str) -> bool:
    """Whether a relationship names who typed a text in, who need not have written it."""
    return name in _ACCOUNTS


def is_standfirst(name: str) -> bool:
    return _STANDFIRSTS.search(name.lower().removeprefix("field_")) is not None


def is_picture(name: str) -> bool:
    return _PICTURES.search(name.lower()) is not None


def is_tag(bundle: str) -> bool:
    return _TAGS.search(bundle.lower()) is not None


def people_fields(resource: Resource) -> Iterator[tuple[str, str, tuple[Reference, ...]]]:
    """The relationships that name people: name, role, and whom. The kind of what a field points at says more than its name."""
    for name, references in resource.related.items():
        role = role_said_by(name)
        are_people = all(is_somebody(one.type) for one in references)
        could_be = all(
            one.type.startswith(("node--", "taxonomy_term--")) and one.type != resource.type
            for one in references
        )
        if not is_account(name) and (are_people or (role and could_be)):
            yield name, role or "author", references


def typed_bylines(resource: Resource) -> Iterator[tuple[str, ParsedByline]]:
    """The attributes that name people in words: name, and what they say."""
    for name in resource.attributes:
        if not name.startswith("field_") or not (role := role_said_by(name)):
            continue
        if words := markup.plain_text(resource.text(name)):
            field = name.removeprefix("field_").replace("_", " ")
            yield name, ParsedByline(words, field, role="" if role == "author" else role)


# ------------------------------------------------------------------------------------------------------------ texts


@dataclass(slots=True)
class Body:
    """A resource's text as HTML, and the fields it was made of."""

    html: str = ""
    newlines_break: bool = False
    read: set[str] = field(default_factory=set)


def body_of(resource: Resource, known: Mapping[str, Resource]) -> Body:
    """The formatted texts of a resource, its body first, and of the paragraphs it is made of."""
    body = Body()
    names = [name for name in resource.long_texts() if not is_standfirst(name) and not role_said_by(name)]
    parts: list[str] = []
    for name in sorted(names, key=lambda name: name != "body"):
        parts.append(formatted(resource.attributes[name]))
        body.read.add(name)
    for name, references in resource.related.items():
        paragraphs = [
            known[one.id] for one in references if one.type.startswith("paragraph--") and one.id in known
        ]
        if paragraphs:
            parts += [_paragraph(one, known, 1) for one in paragraphs]
            body.read.add(name)
    body.html = "\n".join(part for part in parts if part)
    body.newlines_break = bool(body.html) and not has_paragraphs(body.html) and "<br" not in body.html.lower()
    return body


def formatted(value: Mapping[str, Any]) -> str:
    """A formatted text as HTML: as Drupal's filters made it, if it says that."""
    text = str(value.get("processed") or value.get("value") or "")
    if not value.get("processed") and value.get("format") == "plain_text":
        return escape(text, quote=False)
    return text


def _paragraph(resource: Resource, known: Mapping[str, Resource], depth: int) -> str:
    """A paragraph's texts and pictures, in the order of its fields."""
    if depth > _DEEPEST:
        return ""
    parts: list[str] = []
    for name in resource.attributes:
        if not name.startswith("field_"):
            continue
        value = resource.attributes[name]
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            parts.append(formatted(value))
        elif isinstance(value, str) and value.strip() and not re.fullmatch(r"[\w-]{1,30}", value.strip()):
            parts.append(f"<p>{escape(value, quote=False)}</p>")
    for references in resource.related.values():
        for one in references:
            if one.type.startswith("paragraph--") and one.id in known:
                parts.append(_paragraph(known[one.id], known, depth + 1))
            elif url := picture_at(one, known):
                parts.append(f'<figure><img src="{escape(url)}" alt="{escape(alt_of(one, known))}"></figure>')
    return "\n".join(part for part in parts if part)


def picture_at(reference: Reference, known: Mapping[str, Resource], depth: int = 1) -> str:
    """Where the picture is that a file, or a record of media, holds; empty for what is none."""
    resource = known.get(reference.id)
    if resource is None or depth > 3:
        return ""
    if resource.entity == "file":
        uri = resource.attributes.get("uri")
        url = (uri.get("url") or uri.get("value")) if isinstance(uri, dict) else uri
        kind = str(resource.attributes.get("filemime") or "")
        return str(url) if isinstance(url, str) and (not kind or kind.startswith("image/")) else ""
    if resource.entity == "media":
        inside = (one for name, many in resource.related.items() if name != "thumbnail" for one in many)
        return next((url for one in inside if (url := picture_at(one, known, depth + 1))), "")
    return ""


def alt_of(reference: Reference, known: Mapping[str, Resource]) -> str:
    resource = known.get(reference.id)
    inside = (one for many in resource.related.values() for one in many) if resource is not None else ()
    return reference.alt or next((one.alt for one in inside if one.alt), "")


def unread_fields(resource: Resource, read: set[str]) -> Counter[str]:
    """The fields of a site's own that nothing was made of, if they hold anything."""
    own = [
        name
        for name in resource.attributes
        if name.startswith("field_") and resource.attributes[name] not in (None, "", [], {})
    ]
    own += [name for name in resource.related if name.startswith("field_")]
    return Counter(name for name in own if name not in read)
