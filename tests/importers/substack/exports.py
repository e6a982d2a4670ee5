"""Writes small Substack exports, as folders."""

import csv
from pathlib import Path

COLUMNS = (
    "post_id", "post_date", "is_published", "email_sent_at", "inbox_sent_at", "type", "audience", "title", "subtitle",
    "podcast_url",
)  # fmt: skip


def post(number=1, text="<p>It rained.</p>", *, slug="", **fields):
    """A row of the table, and the text beside it."""
    return {
        "post_id": f"{number}.{slug or f'post-{number}'}",
        "post_date": "2022-03-04T19:15:30.000Z",
        "is_published": "true",
        "type": "newsletter",
        "audience": "everyone",
        "title": f"Title {number}",
        "subtitle": "",
        "text": text,
    } | fields


def write(folder: Path, *posts, columns=COLUMNS) -> Path:
    root = folder / "export"
    (root / "posts").mkdir(parents=True, exist_ok=True)
    with (root / "posts.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, columns, extrasaction="ignore")
        table.writeheader()
        table.writerows(posts)
    for one in posts:
        if one["text"]:
            (root / "posts" / f"{one['post_id']}.html").write_text(one["text"], encoding="utf-8")
    (root / "email_list.lantern.csv").write_text("email\nreader@lantern.example\n", encoding="utf-8")
    (root / "posts" / "1.post-1.opens.csv").write_text("email\nreader@lantern.example\n", encoding="utf-8")
    return root
