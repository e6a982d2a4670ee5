"""Writes small Ghost exports, valid unless a test asks for something else."""

import json
from pathlib import Path

from standfirst.importers.ghost.rows import GhostPost

SITE_ID = "5fa2a8a4-2e0a-4a52-8a3f-3d2f6c0e1a11"


def table(*rows):
    return list(rows)


def user(number="1", name="Ada Quill", slug="ada", **fields):
    return {"id": number, "name": name, "slug": slug, "email": f"{slug}@mail.example"} | fields


def tag(number, name, slug=None, **fields):
    return {
        "id": number,
        "name": name,
        "slug": slug or name.lower().strip("#"),
        "visibility": "public",
    } | fields


def post(number, title="A headline", *, author="1", **fields):
    return {
        "id": str(number),
        "title": title,
        "slug": f"post-{number}",
        "html": "<p>Words.</p>",
        "type": "post",
        "status": "published",
        "visibility": "public",
        "author_id": author,
        "created_at": "2015-03-01 11:00:00",
        "published_at": "2015-03-01 12:00:00",
    } | fields


def by(post_id, *users):
    """Rows of who wrote a post, in order, but written down backwards."""
    rows = [{"post_id": str(post_id), "author_id": number, "sort_order": n} for n, number in enumerate(users)]
    return rows[::-1]


def filed(post_id, *tags):
    rows = [{"post_id": str(post_id), "tag_id": number, "sort_order": n} for n, number in enumerate(tags)]
    return rows[::-1]


def settings(**values):
    stated = {"title": "The Lantern", "db_hash": SITE_ID} | values
    return [{"id": str(n), "key": key, "value": value} for n, (key, value) in enumerate(stated.items())]


def export(*posts, users=None, **tables):
    data = {"posts": list(posts), "users": users if users is not None else [user()], "settings": settings()}
    return {"db": [{"meta": {"version": "5.80.0", "exported_on": 1700000000000}, "data": data | tables}]}


def write(folder: Path, *posts, name="lantern.ghost.json", **tables):
    return write_json(folder, export(*posts, **tables), name=name)


def write_json(folder: Path, content, name="lantern.ghost.json"):
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def text(string, bits=0):
    return {"type": "extended-text", "text": string, "format": bits, "version": 1}


def node(kind, *children, **fields):
    return {"type": kind, "children": list(children), "version": 1} | fields


def lexical(*nodes):
    return json.dumps({"root": node("root", *nodes)})


def mobiledoc(*sections, cards=(), markups=(), atoms=()):
    return json.dumps(
        {
            "version": "0.3.1",
            "sections": list(sections),
            "cards": list(cards),
            "markups": list(markups),
            "atoms": list(atoms),
        }
    )


def parsed(**fields):
    """A post as the reader gives it."""
    stated = {
        "id": "1",
        "is_page": False,
        "status": "published",
        "visibility": "public",
        "title": "A headline",
    }
    return GhostPost(**(stated | fields))
