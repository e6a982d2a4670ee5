"""A body as its page shows it: every block turned into what its template is given, everything fetched."""

import re
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from markupsafe import Markup

from standfirst.addresses.richtext import rich
from standfirst.text.markup import clean_body_html, safe_url
from standfirst.text.urls import parts_of

from .pictures import captioned
from .rows import Picture

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


def body_images(body: Any) -> Iterator[int | None]:
    """The ids of all images in a body, read from its JSON without fetching one."""
    for block in body.raw_data:
        value = block["value"]
        if block["type"] == "image":
            yield value.get("image")
        elif block["type"] == "gallery":
            yield from (item.get("value", item).get("image") for item in value.get("images") or ())


def _printed_value(
    kind: str, value: Any, images: dict[int, Picture], notes: dict[str, int], mentioned: set[str]
) -> dict[str, Any] | None:
    """What the block's template is given; None if there is nothing to print.

    A block may be half filled, while it is written or as it was stored: what is there is printed.
    """
    match kind:
        case "paragraph" | "list":
            html = rich(value)
            return {"html": html} if html else None
        case "heading":
            said = _with(value, "text", "level")
            return said and said | {"level": said["level"] or "h2"}
        case "verse":
            return _with(value, "text")
        case "pull_quote":
            return _with(value, "text", "attribution")
        case "code":
            return _with(value, "code", "language")
        case "quotation":
            return _quotation(value)
        case "image":
            picture = _picture(value, images)
            return {"picture": picture} if picture else None
        case "gallery":
            shown = [figure for figure in (_picture(each, images) for each in value["images"]) if figure]
            return {"pictures": shown, "caption": rich(value["caption"])} if shown else None
        case "embed":
            return _embed(value)
        case "table":
            return _table(value or {})
        case "divider":
            return {}
        case "footnotes":
            listed = [
                {
                    "number": notes[_words(note, "mark")],
                    "html": rich(note["text"]),
                    "is_mentioned": _words(note, "mark") in mentioned,
                }
                for note in _notes(value)
            ]
            return {"notes": listed} if listed else None
        case "html":
            html = Markup(clean_body_html(str(value or "")))
            return {"html": html} if html else None
        case "unknown":
            words = _words(value, "words").strip()
            return {"text": words} if words else None
    return None


def _words(value: Any, name: str) -> str:
    """What stands in one field of a block; empty for one that was never filled in."""
    return str(value.get(name) or "")


def _with(value: Any, first: str, *others: str) -> dict[str, Any] | None:
    """The words of a block by field; None if the first, without which it is nothing, is empty."""
    said = {name: _words(value, name) for name in (first, *others)}
    return said if said[first].strip() else None


def _quotation(value: Any) -> dict[str, Any] | None:
    html, attribution = rich(value["text"]), _words(value, "attribution")
    source = safe_url(_words(value, "source_url")) or ""
    return {"html": html, "attribution": attribution, "source_url": source} if html else None


def _embed(value: Any) -> dict[str, Any] | None:
    url = safe_url(_words(value, "url")) or ""
    site = (parts_of(url).hostname or "").removeprefix("www.")
    said = {"url": url, "title": _words(value, "title"), "caption": _words(value, "caption"), "site": site}
    return said if any(said.values()) else None


def _picture(figure: Any, images: dict[int, Picture]) -> Picture | None:
    image = figure["image"]
    return captioned(
        images.get(image.pk if image else 0),
        alt=_words(figure, "alt"),
        caption=rich(figure["caption"]),
        credit=_words(figure, "credit"),
    )


def _table(value: dict[str, Any]) -> dict[str, Any] | None:
    rows = [[cell if cell is not None else "" for cell in row] for row in value.get("data") or []]
    if not any(cell for row in rows for cell in row):
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
            for note in _notes(block.value):
                mark = _words(note, "mark")
                if mark not in seen:
                    seen.add(mark)
                    yield mark


def _notes(value: Any) -> list[Any]:
    """The notes in which anything stands."""
    return [note for note in value if _words(note, "mark") or rich(note["text"])]


def _with_note_links(html: str, numbers: dict[str, int]) -> str:
    """Marks such as `[^2]` made links to their notes. The first mention of a note is where its way back leads."""
    mentioned: set[int] = set()

    def link(mark: re.Match[str]) -> str:
        # A tag has no name, and is not the mark of a note that has none either.
        number = numbers.get(mark.group(1)) if mark.group(1) else None
        if number is None:
            return mark.group(0)
        anchor = "" if number in mentioned else f' id="note-mark-{number}"'
        mentioned.add(number)
        return (
            f'<sup class="note-mark"><a href="#note-{number}"{anchor} role="doc-noteref">{number}</a></sup>'
        )

    return TAG_OR_NOTE_MARK.sub(link, html) if numbers else html
