"""What the interface is, for programs: an OpenAPI 3.1 document, made of the same shapes and parameters as the answers."""

from dataclasses import dataclass, field
from typing import Any

from standfirst.addresses.paths import absolute
from standfirst.articles.paths import EVERYTHING

from .asked import MOST, USUAL_LIMIT
from .parameters import BEST, COUNTED, ROOT, SORTS
from .shapes import ARTICLE, CONTRIBUTOR, CREDIT, SECTION, TOPIC, Shape

ID = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}
ERROR = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "status": {"type": "integer"},
                "message": {"type": "string", "description": "One sentence."},
            },
            "required": ["status", "message"],
        }
    },
    "required": ["error"],
}
PARAMETERS: dict[str, dict[str, Any]] = {
    "cursor": {
        "description": "Where the page begins, as “next” of the page before says. It is opaque, and this list's alone.",
        "schema": {"type": "string"},
    },
    "limit": {
        "description": "How many are wanted.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL_LIMIT},
    },
    "contributor": {"description": "Only theirs: a contributor's id.", "schema": ID},
    "role": {
        "description": "With “contributor”: their work in this role in place of their articles, by the role's code "
        "(“translator”, “photographer” …). What counts as authorship, such as “author”, is none of them: it makes their articles, "
        "which “contributor” alone asks for.",
        "schema": {"type": "string"},
    },
    "section": {"description": "Only those in a section, by its id.", "schema": ID},
    "topic": {"description": "Only those on a topic, by its id.", "schema": ID},
    "q": {
        "description": 'What a reader would type: words, a "phrase", -not, by:name, in:section, year:2019, role:translator.',
        "schema": {"type": "string"},
    },
    "sort": {
        "description": "The order of what is found.",
        "schema": {"type": "string", "enum": list(SORTS), "default": BEST},
    },
    "slug": {
        "description": "The one whose page has, or had, this slug in its address.",
        "schema": {"type": "string"},
    },
}
OF_SEARCH = {
    "is_exact": {
        "type": "boolean",
        "description": "Whether “count” is all there is: it goes to a thousand, and a search may run out of time.",
    },
    "searched_for": {
        "type": "string",
        "description": "The words: those of “q”, or those they were taken for if they find nothing.",
    },
}
STATUSES = {
    "400": "What was asked makes no sense.",
    "404": "There is no such thing, or it is not public.",
    "410": "What was there has been withdrawn.",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing: its list, and each of it by id if it has one. `selectable` are the fields of its list."""

    name: str
    shape: Shape[Any]
    about: str
    selectable: tuple[str, ...]
    has_ids: bool = True
    said_of_all: dict[str, Any] = field(default_factory=dict)  # beside what is said of every list


KINDS = (
    Kind("articles", ARTICLE, "Articles, newest first.", ARTICLE.names),
    Kind(
        "credits",
        CREDIT,
        "The credits of articles, the newest article first. “limit” counts articles.",
        CREDIT.names,
        False,
    ),
    Kind("contributors", CONTRIBUTOR, "Contributors with anything public, A to Z.", CONTRIBUTOR.usual),
    Kind("sections", SECTION, "Sections that have anything public.", SECTION.names),
    Kind("topics", TOPIC, "Topics on which anything is public.", TOPIC.names),
    Kind("search", ARTICLE, "Articles that a search finds, best first.", ARTICLE.names, False, OF_SEARCH),
)


def description(publication: str) -> dict[str, Any]:
    """The document, for the publication of this name."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": publication,
            "version": "1",
            "description": (
                "What this magazine has published, for programs. It is for reading alone. Lists are walked by following "
                "“next”; the first page says how many there are. Answers have an ETag: ask again with If-None-Match. "
                "Whole archives are not among these paths, but below the pages that readers browse: works.csv, works.bib, "
                f"works.ris, works.csl.json and works.json below {absolute(EVERYTHING)} and every contributor, section and "
                "topic; cite.bib, cite.ris and cite.csl.json below every article."
            ),
        },
        "servers": [{"url": absolute(ROOT).rstrip("/")}],
        "paths": {path: {"get": operation} for kind in KINDS for path, operation in _paths(kind).items()},
        "components": {
            "schemas": {**{kind.shape.name: kind.shape.schema for kind in KINDS}, "Error": ERROR},
            "responses": {
                status: {"description": about, **_json({"$ref": "#/components/schemas/Error"})}
                for status, about in STATUSES.items()
            },
        },
    }


def _paths(kind: Kind) -> dict[str, dict[str, Any]]:
    thing = {"$ref": f"#/components/schemas/{kind.shape.name}"}
    paths = {
        f"/{kind.name}/": {
            "operationId": f"list_{kind.name}",
            "summary": kind.about,
            "parameters": [
                {"name": name, "in": "query", **(PARAMETERS.get(name) or _fields(kind))}
                for name in sorted(COUNTED[f"{ROOT}{kind.name}/"])
            ],
            "responses": _responses(
                {
                    "type": "object",
                    "properties": {
                        "count": {
                            "type": "integer",
                            "description": "How many there are; on the first page alone.",
                        },
                        "next": {"type": ["string", "null"], "format": "uri"},
                        "results": {"type": "array", "items": thing},
                        **kind.said_of_all,
                    },
                    "required": ["next", "results", *kind.said_of_all],
                    "additionalProperties": False,
                }
            ),
        }
    }
    if kind.has_ids:
        paths[f"/{kind.name}/{{id}}/"] = {
            "operationId": f"get_{kind.name}",
            "summary": f"One of them. {kind.shape.description}",
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": ID}],
            "responses": _responses(thing),
        }
    return paths


def _fields(kind: Kind) -> dict[str, Any]:
    return {
        "description": "The fields wanted, with commas between; the first one is always given.",
        "style": "form",
        "explode": False,
        "schema": {
            "type": "array",
            "items": {"type": "string", "enum": list(kind.selectable)},
            "minItems": 1,
        },
    }


def _responses(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "200": {"description": "What was asked for.", **_json(schema)},
        "304": {"description": "It is as it was when If-None-Match was given."},
        **{status: {"$ref": f"#/components/responses/{status}"} for status in STATUSES},
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}
