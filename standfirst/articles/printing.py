"""An article as its page shows it: every block turned into what its template is given, everything fetched."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils import timezone
from markupsafe import Markup, escape

from standfirst.addresses.cachekeys import page
from standfirst.addresses.paths import absolute
from standfirst.addresses.richtext import rich
from standfirst.bylines.models import Credit
from standfirst.bylines.wording import PrintedCredit, byline, foot_credits
from standfirst.contributors.cachekeys import contributor
from standfirst.pagecache.recording import shows
from standfirst.publications.cachekeys import section, topic
from standfirst.text.markup import clean_body_html, plain_text, safe_url
from standfirst.text.urls import parts_of

from . import cachekeys
from .pictures import captioned, pictures
from .rows import ContributorNote, CorrectionNote, Link, Picture, PrintedArticle

if TYPE_CHECKING:
    from .models import ArticlePage, PublicationPage

NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
TAG_OR_NOTE_MARK = re.compile(rf"<[^>]*>|{NOTE_MARK.pattern}")  # A mark inside a tag is none.


def printed_article(article: "ArticlePage") -> dict[str, Any]:
    """What the template of an article is given, less what other rooms add."""
    # While it is written, a credit may have nobody yet, and a correction no day.
    named = (credit for credit in article.credits.all() if credit.contributor_id and credit.role_id)
    credits = sorted(named, key=lambda credit: credit.sort_order or 0)
    shows(cachekeys.page_text(article.pk or 0), *(contributor(credit.contributor_id) for credit in credits))
    shows(*(topic(filed.pk) for filed in article.topics.all()))
    if article.section_id:
        shows(section(article.section_id))
    printed = [printed_credit(credit) for credit in credits]
    images = pictures([article.lead_image_id, *body_images(article.body)])
    corrections = sorted(
        ((correction.dated or timezone.localdate(), correction) for correction in article.corrections.all()),
        key=lambda dated: dated[0],
    )
    return _head(article, article.standfirst, f"/{article.address}/" if article.address else "") | {
        "article": PrintedArticle(
            headline=article.title,
            url=f"/{article.address}/" if article.address else "",
            standfirst=article.standfirst,
            kicker=article.kicker,
            byline=byline(printed, article.byline_wording),
            foot=foot_credits(printed, article.byline_wording),
            published_at=timezone.localtime(article.first_published_at)
            if article.first_published_at
            else None,
            updated_at=timezone.localtime(article.updated_at) if article.updated_at else None,
            printed_on=article.printed_on,
            section=Link(article.section.name, f"/section/{article.section.slug}/")
            if article.section
            else None,
            topics=tuple(Link(topic.name, f"/topic/{topic.slug}/") for topic in article.topics.all()),
            lead_image=captioned(
                images.get(article.lead_image_id),
                alt=article.lead_image_alt,
                caption=rich(article.lead_image_caption),
                credit=article.lead_image_credit,
            ),
            body=printed_body(article.body, images),
            corrections=tuple(
                CorrectionNote(correction.get_kind_display(), dated, rich(correction.text))
                for dated, correction in corrections
            ),
            notes=contributor_notes(credits),
            more=(),
        )
    }


def printed_page(shown: "PublicationPage") -> dict[str, Any]:
    """What the template of a publication page is given, less what other rooms add."""
    shows(page(shown.pk or 0), cachekeys.page_text(shown.pk or 0))
    return _head(shown, shown.standfirst, shown.url or "") | {
        "title": shown.title,
        "standfirst": shown.standfirst,
        "body": printed_body(shown.body, pictures(body_images(shown.body))),
    }


def _head(page: Any, standfirst: str, path: str) -> dict[str, Any]:
    """What the head of a page says of it."""
    return {
        "page_title": page.seo_title or page.title,
        "description": page.search_description or plain_text(standfirst),
        "canonical_url": absolute(path) if path else "",
        "robots": "",
        "json_ld": "",
        "feeds": (),
    }


def printed_credit(credit: Credit) -> PrintedCredit:
    """A credit as a byline needs it; a contributor without a page is named and not linked."""
    contributor, role = credit.contributor, credit.role
    return PrintedCredit(
        name=credit.printed_name or contributor.display_name,
        url=f"/author/{contributor.slug}/" if contributor.has_page else "",
        phrase=role.byline_phrase,
        prints=role.prints,
        role_order=role.sort_order,
        label=role.label,
    )


def contributor_notes(credits: Iterable[Credit]) -> tuple[ContributorNote, ...]:
    """Who the contributors are, as printed with the article, each once."""
    notes: dict[int, ContributorNote] = {}
    for credit in credits:
        note = credit.printed_note or ("" if credit.printed_name else credit.contributor.note)
        if note and credit.contributor_id not in notes:
            shown = printed_credit(credit)
            notes[credit.contributor_id] = ContributorNote(shown.name, shown.url, escape(note))
    return tuple(notes.values())


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
                for note in value
            ]
            return {"notes": listed} if listed else None
        case "html":
            html = Markup(clean_body_html(str(value or "")))
            return {"html": html} if html else None
        case "unknown":
            text = plain_text(_words(value, "raw"))
            return {"text": text} if text else None
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
            for note in block.value:
                mark = _words(note, "mark")
                if mark not in seen:
                    seen.add(mark)
                    yield mark


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
