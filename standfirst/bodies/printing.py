"""A body as its page shows it: every block turned into what its template is given, everything fetched."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from markupsafe import Markup
from wagtail.rich_text import expand_db_html

from standfirst.addresses.cachekeys import page
from standfirst.pagecache.recording import shows
from standfirst.text.markup import clean_body_html

from .pictures import captioned
from .rows import Picture

LINKED_PAGE = re.compile(r"<a\b[^>]*\bid=\"(\d+)\"")
NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
TAG_OR_NOTE_MARK = re.compile(rf"<[^>]*>|{NOTE_MARK.pattern}")  # A mark inside a tag is none.


def printed_body(body: Any, images: dict[int, Picture]) -> Markup:
    """The body as HTML, each block through its own template, footnotes numbered in the order they are listed."""
    numbers = {mark: number for number, mark in enumerate(_note_marks(body), 1)}
    mentioned = {mark for block in body.raw_data for mark in NOTE_MARK.findall(str(block["value"]))}
    html = "".join(
        render_to_string(f"blocks/{block.block_type}.html", {"value": value}, using="jinja2")
        for block in body
        if (value := _printed_value(block.block_type, block.value, images, numbers, mentioned)) is not None
    )
    return Markup(_with_note_links(html, numbers))


def body_images(body: Any) -> Iterator[int]:
    """The ids of all images in a body, read from its JSON without fetching one."""
    for block in body.raw_data:
        value = block["value"]
        if block["type"] == "image":
            yield value["image"]
        elif block["type"] == "gallery":
            yield from (item.get("value", item)["image"] for item in value["images"])


def rich(html: Any) -> Markup:
    """Rich text as the reader gets it, its internal links resolved."""
    source = str(getattr(html, "source", html) or "")
    shows(*(page(int(number)) for number in LINKED_PAGE.findall(source)))
    return Markup(expand_db_html(source))


def _printed_value(
    kind: str, value: Any, images: dict[int, Picture], notes: dict[str, int], mentioned: set[str]
) -> dict[str, Any] | None:
    """What the block's template is given; None if there is nothing to print."""
    match kind:
        case "paragraph" | "list":
            return {"html": rich(value)}
        case "heading" | "code" | "verse" | "pull_quote":
            return dict(value)
        case "quotation":
            return {
                "html": rich(value["text"]),
                "attribution": value["attribution"],
                "source_url": value["source_url"],
            }
        case "image":
            picture = _picture(value, images)
            return {"picture": picture} if picture else None
        case "gallery":
            shown = [figure for figure in (_picture(each, images) for each in value["images"]) if figure]
            return {"pictures": shown, "caption": rich(value["caption"])} if shown else None
        case "embed":
            site = (urlsplit(value["url"]).hostname or "").removeprefix("www.")
            return {"url": value["url"], "title": value["title"], "caption": value["caption"], "site": site}
        case "table":
            return _table(value)
        case "divider":
            return {}
        case "footnotes":
            return {
                "notes": [
                    {
                        "number": notes[note["mark"]],
                        "html": rich(note["text"]),
                        "is_mentioned": note["mark"] in mentioned,
                    }
                    for note in value
                ]
            }
        case "html":
            return {"html": Markup(clean_body_html(str(value)))}
        case "unknown":
            words = (value["words"] or "").strip()
            return {"text": words} if words else None
    return None


def _picture(figure: Any, images: dict[int, Picture]) -> Picture | None:
    image = figure["image"]
    return captioned(
        images.get(image.pk if image else 0),
        alt=figure["alt"],
        caption=rich(figure["caption"]),
        credit=figure["credit"],
    )


def _table(value: dict[str, Any]) -> dict[str, Any] | None:
    rows = [[cell if cell is not None else "" for cell in row] for row in value.get("data") or []]
    if not rows:
        return None
    header = value.get("first_row_is_table_header") or value.get("table_header_choice") in ("row", "both")
    return {
        "caption": value.get("table_caption") or "",
        "head": rows[0] if header else [],
        "rows": rows[1:] if header else rows,
        "first_column_is_header": bool(value.get("first_col_is_header")),
    }


def _note_marks(body: Any) -> Iterator[str]:
    seen: set[str] = set()
    for block in body:
        if block.block_type == "footnotes":
            for note in block.value:
                if note["mark"] not in seen:
                    seen.add(note["mark"])
                    yield note["mark"]


def _with_note_links(html: str, numbers: dict[str, int]) -> str:
    """Marks such as `[^2]` made links to their notes. The first mention of a note is where its way back leads."""
    mentioned: set[int] = set()

    def link(mark: re.Match[str]) -> str:
        number = numbers.get(mark.group(1) or "")
        if number is None:
            return mark.group(0)
        anchor = "" if number in mentioned else f' id="note-mark-{number}"'
        mentioned.add(number)
        return (
            f'<sup class="note-mark"><a href="#note-{number}"{anchor} role="doc-noteref">{number}</a></sup>'
        )

    return TAG_OR_NOTE_MARK.sub(link, html) if numbers else html
