"""Writes small exports of Joomla's tables, as phpMyAdmin makes them, and answers of its web services."""

import json
from pathlib import Path


def row(number=1, text="<p>It rained.</p>", **fields):
    return {
        "id": str(number),
        "title": f"Title {number}",
        "alias": f"title-{number}",
        "introtext": text,
        "fulltext": "",
        "state": "1",
        "access": "1",
        "catid": "8",
        "created": "2012-03-04 19:15:00",
        "created_by": "42",
        "created_by_alias": "Ada Quill",
        "publish_up": "2012-03-04 19:15:00",
        "publish_down": "0000-00-00 00:00:00",
    } | fields


SEA = {
    "id": "8",
    "title": "Sea",
    "alias": "sea",
    "path": "sea",
    "published": "1",
    "access": "1",
    "parent_id": "1",
}
BEN = {
    "id": "42",
    "name": "Ben Marsh",
    "username": "sailor77",
    "email": "ben@mail.example",
    "password": "$2y$10$x",
}


def tables(*rows, **more):
    found = {"users": [BEN], "categories": [SEA], "content": list(rows)} | more
    return [
        {"type": "header", "version": "5.2.0", "comment": "Export to JSON plugin for PHPMyAdmin"},
        {"type": "database", "name": "lantern"},
        *(
            {"type": "table", "name": f"jos_{name}", "database": "lantern", "data": data}
            for name, data in found.items()
        ),
    ]


def answer(*rows, following=""):
    data = [{"type": "articles", "id": one["id"], "attributes": one} for one in rows]
    return {"links": {"self": "x", **({"next": following} if following else {})}, "data": data}


def write(folder: Path, content, name="lantern.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
