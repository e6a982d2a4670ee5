"""The words of an article's body: for the search index, and where they stand."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from standfirst.text.flow import Flow
from standfirst.text.marks import find_marks
from standfirst.text.markup import plain_text

# Values that are addresses, marks or settings, not words; `raw` is for the editor alone.
NOT_WORDS = frozenset(
    {"url", "source_url", "level", "language", "mark", "source", "name", "id", "type", "raw"}
)

HTML, PLAIN = True, False
# Where the words of each kind of block stand that a reader sees, and whether they are HTML. Code is none of them: it is
# printed as typed. `*` is every item of a list.
PRINTED: dict[str, tuple[tuple[str, bool], ...]] = {
    "paragraph": (("", HTML),),
    "list": (("", HTML),),
    "html": (("", HTML),),
    "heading": (("text", PLAIN),),
    "quotation": (("text", HTML), ("attribution", PLAIN)),
    "pull_quote": (("text", PLAIN), ("attribution", PLAIN)),
    "image": (("alt", PLAIN), ("caption", HTML), ("credit", PLAIN)),
    "gallery": (
        ("images.*.alt", PLAIN),
        ("images.*.caption", HTML),
        ("images.*.credit", PLAIN),
        ("caption", HTML),
    ),
    "embed": (("title", PLAIN), ("caption", PLAIN)),
    "table": (("table_caption", PLAIN), ("data.*.*", PLAIN)),
    "verse": (("text", PLAIN),),
    "footnotes": (("*.text", HTML),),
}


class PrintedText(NamedTuple):
    """Words of a block, and the way to them in its value."""

    path: tuple[str | int, ...]
    text: str
    is_html: bool


def printed_texts(kind: str, value: Any) -> Iterator[PrintedText]:
    """The words of one block that a reader sees, in their order; nothing of what is missing or of another shape."""
    for path, is_html in PRINTED.get(kind, ()):
        yield from _at(value, tuple(filter(None, path.split("."))), (), is_html)


def with_text(value: Any, path: tuple[str | int, ...], text: str) -> Any:
    """A copy of a block's value with other words at the end of a path."""
    if not path:
        return text
    here, *rest = path
    if isinstance(value, list):
        return [with_text(item, tuple(rest), text) if at == here else item for at, item in enumerate(value)]
    return {**value, here: with_text(value[here], tuple(rest), text)}


def words_of_unknown(raw: str) -> str:
    """The words a reader gets of what was not understood, where its import did not say."""
    text = plain_text(raw)
    return Flow(text, is_html=False).without(
        (mark.start, mark.end, mark.words) for mark in find_marks(text).marks
    )


def body_text(blocks: Iterable[dict[str, Any]]) -> str:
    """All words of a body given as its raw JSON blocks, markup taken off."""
    return " ".join(without_markup(text) for text in written_texts(blocks))


def written_texts(blocks: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The texts of a body one by one, as they are stored; `without_markup` makes words of each."""
    for block in blocks:
        yield from _texts(block["value"])


def without_markup(text: str) -> str:
    return plain_text(text) if "<" in text or "&" in text else text


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            if "raw" in value and "words" not in value:
                yield words_of_unknown(str(value["raw"] or ""))
            # In PostgreSQL's order of names (its jsonb): stored or not yet, on any database, the words come in one order.
            for name in sorted(value, key=lambda name: (len(name), name)):
                if name not in NOT_WORDS:
                    yield from _texts(value[name])


def _at(
    value: Any, steps: tuple[str, ...], path: tuple[str | int, ...], is_html: bool
) -> Iterator[PrintedText]:
    if not steps:
        if isinstance(value, str) and value:
            yield PrintedText(path, value, is_html)
        return
    step, *rest = steps
    if step == "*" and isinstance(value, list):
        for at, item in enumerate(value):
            # Stored, an item of a list is wrapped: {"type": "item", "value": …}.
            if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
                yield from _at(item["value"], tuple(rest), (*path, at, "value"), is_html)
            else:
                yield from _at(item, tuple(rest), (*path, at), is_html)
    elif isinstance(value, dict) and step in value:
        yield from _at(value[step], tuple(rest), (*path, step), is_html)
