"""Writes small documents of Drupal's JSON:API."""

import json
from pathlib import Path

LINK = "https://lantern.example"


def relation(*references):
    return {
        "data": [
            {"type": kind, "id": number} | more
            for kind, number, *rest in references
            for more in (rest or [{}])
        ]
    }


def article(number=1, text="<p>It rained.</p>", *, bundle="article", related=None, **attributes):
    stated = {
        "drupal_internal__nid": number,
        "langcode": "en",
        "status": True,
        "title": f"Title {number}",
        "created": "2012-03-04T19:15:00+00:00",
        "path": {"alias": f"/reports/{number}", "langcode": "en"},
        "body": {"value": text, "format": "full_html", "summary": ""},
    }
    return {
        "type": f"node--{bundle}",
        "id": f"u{number}",
        "attributes": {name: value for name, value in (stated | attributes).items() if value is not None},
        "relationships": {"uid": relation(("user--user", "us1")), **(related or {})},
    }


def resource(kind, number, **attributes):
    return {"type": kind, "id": number, "attributes": attributes}


WEBMASTER = resource("user--user", "us1", display_name="webmaster", mail="webmaster@lantern.example")
ADA = resource("node--person", "p1", title="Ada Quill", path={"alias": "/people/ada"}, status=True)
BEN = resource("node--person", "p2", title="Ben Marsh", status=True)


def by(*numbers, field="field_author"):
    return {field: relation(*(("node--person", number) for number in numbers))}


def document(*data, included=(WEBMASTER, ADA, BEN), **more):
    return {
        "jsonapi": {"version": "1.0"},
        "data": list(data),
        "included": list(included),
        "links": {"self": {"href": f"{LINK}/jsonapi/node/article"}},
    } | more


def write(folder: Path, *data, name="article.json", **more) -> Path:
    path = folder / name
    path.write_text(json.dumps(document(*data, **more), ensure_ascii=False), encoding="utf-8")
    return path
