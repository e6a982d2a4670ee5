"""The words of an article's body, for the search index."""

from collections.abc import Iterable, Iterator
from typing import Any

from standfirst.text.markup import plain_text

# Values that are addresses, marks or settings, not words.
NOT_WORDS = frozenset({"url", "source_url", "level", "language", "mark", "source", "name", "id", "type"})


def body_text(blocks: Iterable[dict[str, Any]]) -> str:
    """All words of a body given as its raw JSON blocks, markup taken off."""
    return " ".join(text for block in blocks for text in _words(block["value"]))


def _words(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield plain_text(value) if "<" in value or "&" in value else value
        case list():
            for item in value:
                yield from _words(item)
        case dict():
            for name, item in value.items():
                if name not in NOT_WORDS:
                    yield from _words(item)
