"""What programs get of each kind of thing: its fields, each with what it says, once for answers and description.

A field's schema is JSON Schema (draft 2020-12), as OpenAPI 3.1 takes it. A field that is not `usual` is in lists only when
it is asked for; of one thing alone every field is given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from standfirst.addresses.paths import absolute
from standfirst.archives.people import ContributorRecord
from standfirst.archives.rows import ContributorProfile
from standfirst.articles.records import ArticleRecord, CreditRecord, ShelfRecord
from standfirst.bodies.rows import Link, Picture

from .parameters import ROOT

Thing = TypeVar("Thing")
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field(Generic[Thing]):
    name: str
    schema: Schema
    of: Callable[[Thing], Any]
    usual: bool = True


@dataclass(frozen=True, slots=True)
class Shape(Generic[Thing]):
    """A kind of thing, as a program gets it. `id` is its first field, and always given."""

    name: str
    description: str
    fields: tuple[Field[Thing], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def usual(self) -> tuple[str, ...]:
        """The fields given in lists unless others are asked for."""
        return tuple(field.name for field in self.fields if field.usual)

    def of(self, thing: Thing, only: Iterable[str] | None = None) -> dict[str, Any]:
        """The thing as JSON takes it, with all its fields or only these."""
        wanted = set(self.names if only is None else only) | {self.fields[0].name}
        return {field.name: field.of(thing) for field in self.fields if field.name in wanted}

    @property
    def schema(self) -> dict[str, Any]:
        # In lists any but the first may have been left out.
        return {
            "type": "object",
            "description": self.description,
            "properties": {field.name: dict(field.schema) for field in self.fields},
            "required": [self.fields[0].name],
            "additionalProperties": False,
        }


# ------------------------------------------------------------------------------------------------------------ their parts


def text(description: str) -> Schema:
    return {"type": "string", "description": description}


def number(description: str) -> Schema:
    return {"type": "integer", "description": description}


def address(description: str) -> Schema:
    return {"type": "string", "format": "uri", "description": description}


def moment(description: str) -> Schema:
    return {"type": "string", "format": "date-time", "description": description}


def perhaps(schema: Schema) -> Schema:
    """The same, or null."""
    return {**schema, "type": [schema["type"], "null"]}


def each(schema: Schema, description: str) -> Schema:
    return {"type": "array", "items": schema, "description": description}


def whole(description: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


CREDITED = {
    "contributor": perhaps(number("The contributor's id; null for who has no page here.")),
    "uri": perhaps(address("What the contributor is known by for good; null for who has no page here.")),
    "url": perhaps(address("Their page; null for who has none.")),
    "name": text("The name as printed with this article, which may not be today's."),
    "type": {"type": "string", "enum": ["person", "organisation"]},
    "role": text("The role's code, such as “author” or “translator”."),
    "role_label": text("What the role is called here."),
    "is_authorship": {"type": "boolean", "description": "Whether it counts as authorship."},
}
SHELF = {"id": number("Its id."), "name": text("Its name."), "url": address("Its page.")}
PICTURE = whole(
    "A picture.",
    url=address("The picture in a middle size."),
    width=number("In pixels."),
    height=number("In pixels."),
    sizes=text("The same in every size, as HTML's “srcset” takes it."),
    alt=text("What can be seen in it, for who cannot."),
    caption=text("Its caption, as HTML."),
    credit=text("Whose it is."),
)
LINK = whole("A link.", label=text("What it is called."), url=address("Where it leads."))


def kind_of(is_person: bool) -> str:
    return "person" if is_person else "organisation"


def credited(credit: CreditRecord) -> dict[str, Any]:
    return {
        "contributor": credit.contributor if credit.uri else None,
        "uri": credit.uri or None,
        "url": credit.url or None,
        "name": credit.name,
        "type": kind_of(credit.is_person),
        "role": credit.role,
        "role_label": credit.role_label,
        "is_authorship": credit.is_authorship,
    }


def shelved(shelf: ShelfRecord) -> dict[str, Any]:
    return {"id": shelf.id, "name": shelf.name, "url": shelf.url}


def pictured(picture: Picture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    sizes = ", ".join(absolute(size) for size in picture.srcset.split(", ")) if picture.srcset else ""
    return {
        "url": absolute(picture.url),
        "width": picture.width,
        "height": picture.height,
        "sizes": sizes,
        "alt": picture.alt,
        "caption": str(picture.caption),
        "credit": picture.credit,
    }


def linked(links: Sequence[Link]) -> list[dict[str, Any]]:
    return [{"label": link.text, "url": link.url} for link in links]


# ------------------------------------------------------------------------------------------------------------ the shapes

ARTICLE: Shape[ArticleRecord] = Shape(
    "Article",
    "An article that is public.",
    (
        Field("id", number("The article's id."), lambda a: a.id),
        Field(
            "permanent_id",
            text("A URN that is never given up, wherever the magazine moves."),
            lambda a: a.permanent_id,
        ),
        Field("url", address("Its page."), lambda a: a.url),
        Field("headline", text("Its headline."), lambda a: a.headline),
        Field("standfirst", text("The words under the headline."), lambda a: a.standfirst),
        Field("kicker", text("The words above the headline."), lambda a: a.kicker),
        Field("language", text("A language tag, such as “en” (RFC 5646)."), lambda a: a.language),
        Field(
            "section",
            perhaps(whole("The section it is in.", **SHELF)),
            lambda a: shelved(a.section) if a.section else None,
        ),
        Field(
            "topics",
            each(whole("A topic.", **SHELF), "What it is about."),
            lambda a: list(map(shelved, a.topics)),
        ),
        Field("published_at", moment("When it first appeared."), lambda a: a.published_at.isoformat()),
        Field(
            "modified_at",
            moment("When it was last updated or put right."),
            lambda a: a.modified_at.isoformat(),
        ),
        Field(
            "credits",
            each(whole("One contributor in one role.", **CREDITED), "Who did what, in printed order."),
            lambda a: list(map(credited, a.credits)),
        ),
        Field(
            "corrections",
            each(
                whole(
                    "What was put right.",
                    kind={"type": "string", "enum": ["correction", "clarification"]},
                    dated={"type": "string", "format": "date"},
                    text=text("As HTML."),
                ),
                "Corrections and clarifications, oldest first.",
            ),
            lambda a: [
                {"kind": note.kind, "dated": note.dated.isoformat(), "text": str(note.text)}
                for note in a.corrections
            ],
        ),
        Field("picture", perhaps(PICTURE), lambda a: pictured(a.picture)),
        Field("words", number("How many words there are in the body."), lambda a: a.words, usual=False),
        Field("body", text("The body as printed, as HTML."), lambda a: str(a.body), usual=False),
    ),
)
# Fields that ask for the body.
OF_BODIES = frozenset({"words", "body"})


@dataclass(frozen=True, slots=True)
class ArticleCredit:
    """A credit with the article it is on; `place` is counted from one in printed order."""

    article: ArticleRecord
    place: int
    credit: CreditRecord


def _of_credit(name: str) -> Callable[[ArticleCredit], Any]:
    return lambda one: credited(one.credit)[name]


CREDIT: Shape[ArticleCredit] = Shape(
    "Credit",
    "One contributor, in one role, on one article.",
    (
        Field("article", number("The article's id."), lambda c: c.article.id),
        Field("place", number("Its place among the article's credits, from 1."), lambda c: c.place),
        Field("headline", text("The article's headline."), lambda c: c.article.headline),
        Field("article_url", address("The article's page."), lambda c: c.article.url),
        Field(
            "published_at",
            moment("When the article first appeared."),
            lambda c: c.article.published_at.isoformat(),
        ),
        *(Field(name, schema, _of_credit(name)) for name, schema in CREDITED.items()),
    ),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A contributor, with what their own page says of them where it was asked for."""

    record: ContributorRecord
    profile: ContributorProfile | None = None


CONTRIBUTOR: Shape[Person] = Shape(
    "Contributor",
    "Somebody who is credited here: a person or an organisation.",
    (
        Field("id", number("The contributor's id."), lambda p: p.record.id),
        Field(
            "uri", address("What they are known by for good; it leads to their page."), lambda p: p.record.uri
        ),
        Field("url", address("Their page."), lambda p: p.record.url),
        Field("name", text("Their name."), lambda p: p.record.name),
        Field("sort_name", text("How the name is filed."), lambda p: p.record.sort_name),
        Field(
            "type",
            {"type": "string", "enum": ["person", "organisation"]},
            lambda p: kind_of(p.record.is_person),
        ),
        Field("note", text("Who they are, in a line."), lambda p: p.record.note),
        Field("articles", number("How many articles by them are public."), lambda p: p.record.articles),
        Field(
            "work",
            each(
                whole(
                    "Work in one role.",
                    role=text("The role's code."),
                    label=text("What it is called."),
                    count=number("How much."),
                ),
                "Their work besides articles.",
            ),
            lambda p: [
                {"role": done.role, "label": done.label, "count": done.count} for done in p.record.work
            ],
        ),
        Field("works", address("All their articles, in one file."), lambda p: f"{p.record.url}works.json"),
        Field(
            "biography",
            text("As HTML."),
            lambda p: str(p.profile.biography) if p.profile else "",
            usual=False,
        ),
        Field(
            "other_names",
            each(text("A name."), "Other names they are known by."),
            lambda p: list(p.profile.aliases) if p.profile else [],
            usual=False,
        ),
        Field(
            "links",
            each(LINK, "Places of theirs on the web."),
            lambda p: linked(p.profile.links) if p.profile else [],
            usual=False,
        ),
        Field(
            "identifiers",
            each(LINK, "Who they are in authority files."),
            lambda p: linked(p.profile.identifiers) if p.profile else [],
            usual=False,
        ),
        Field(
            "portrait",
            perhaps(PICTURE),
            lambda p: pictured(p.profile.portrait) if p.profile else None,
            usual=False,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class ShelfWithCount:
    """A section or topic, with how many articles are in it or on it; `kind` is what filters call it."""

    id: int
    name: str
    url: str
    description: str
    articles: int
    kind: str


def _shelf_shape(name: str, description: str) -> Shape[ShelfWithCount]:
    return Shape(
        name,
        description,
        (
            Field("id", number("Its id."), lambda s: s.id),
            Field("name", text("Its name."), lambda s: s.name),
            Field("url", address("Its page."), lambda s: s.url),
            Field("description", text("As HTML."), lambda s: s.description),
            Field("articles", number("How many articles there are."), lambda s: s.articles),
            Field(
                "articles_url",
                address("Those articles, by this interface."),
                lambda s: absolute(f"{ROOT}articles/?{s.kind}={s.id}"),
            ),
        ),
    )


SECTION = _shelf_shape("Section", "A department of the magazine that has anything public.")
TOPIC = _shelf_shape("Topic", "A subject on which anything is public.")
