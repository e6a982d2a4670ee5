"""What an old system left among an article's words: notes for the editor."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from standfirst.articles.models import ArticlePage
from standfirst.bodies.awaited import is_awaited_picture, is_picture_elsewhere
from standfirst.bodies.text import printed_texts
from standfirst.text.flow import Flow
from standfirst.text.marks import find_marks

from .finding import Check, Found, said

SHOWN = 3
LONGEST = 50


def printed_marks(now: datetime) -> Found:
    for article, title, body in _bodies():
        marks = [
            mark.raw
            for block in body
            for text in printed_texts(block["type"], block["value"])
            for mark in find_marks(Flow(text.text, is_html=text.is_html).text).marks
        ]
        if marks:
            yield f"article:{article}", f"{said(title, article)} prints {_some(marks)}."


def not_understood(now: datetime) -> Found:
    for article, title, body in _bodies():
        names = [
            _name(value)
            for value in _unknown(body)
            if not (is_awaited_picture(value) or is_picture_elsewhere(value))
        ]
        if names:
            what = "a block that was" if len(names) == 1 else f"{len(names)} blocks that were"
            yield f"article:{article}", f"{said(title, article)} holds {what} not understood: {_some(names)}."


def missing_pictures(now: datetime) -> Found:
    for article, title, body in _bodies():
        if count := sum(map(is_awaited_picture, _unknown(body))):
            what = "a picture" if count == 1 else f"{count} pictures"
            yield (
                f"article:{article}",
                f"{said(title, article)} waits for {what} that an import had no file for.",
            )


def pictures_elsewhere(now: datetime) -> Found:
    for article, title, body in _bodies():
        if count := sum(map(is_picture_elsewhere, _unknown(body))):
            what = "a picture that was" if count == 1 else f"{count} pictures that were"
            yield f"article:{article}", f"{said(title, article)} has places for {what} kept on other sites."


def _unknown(body: list[dict[str, Any]]) -> list[Any]:
    return [block["value"] for block in body if block["type"] == "unknown"]


def _bodies() -> Iterator[tuple[int, str, list[dict[str, Any]]]]:
    articles = ArticlePage.objects.order_by("pk").only("pk", "title", "body")
    for article in articles.iterator(chunk_size=200):
        yield article.pk, article.title, list(article.body.raw_data)


def _name(value: Any) -> str:
    return (isinstance(value, dict) and value.get("name")) or "without a name"


def _some(found: list[str]) -> str:
    different = list(dict.fromkeys(re.sub(r"\s+", " ", one)[:LONGEST] for one in found))
    shown = ", ".join(different[:SHOWN])
    return f"{shown} and {len(different) - SHOWN} more" if len(different) > SHOWN else shown


CHECKS = (
    Check(
        "printed-marks",
        "Prints what looks like marks of another system",
        "Open the article in the back office and take them out, or make them code; or import it again.",
        printed_marks,
        is_note=True,
    ),
    Check(
        "not-understood",
        "Holds what an import did not understand",
        "Readers see the words it held. Open the article, and make something of each block or delete it.",
        not_understood,
        is_note=True,
    ),
    Check(
        "missing-pictures",
        "Waits for pictures that an import had no file for",
        "Import again with --uploads and a copy of the old site's folder of pictures: they take the places that wait for them. "
        "Do not delete those blocks before. Or fetch them, also into articles that were edited here: `standfirst import pictures` "
        "lists the hosts they are on.",
        missing_pictures,
        is_note=True,
    ),
    Check(
        "pictures-elsewhere",
        "Has places for pictures that were kept on other sites",
        "Fetch them, if you may: `standfirst import pictures` lists the hosts they are on. Or open the article, and delete those "
        "blocks.",
        pictures_elsewhere,
        is_note=True,
    ),
)
