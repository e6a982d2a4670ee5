"""What page builders keep beside a post as JSON, such as Elementor's `_elementor_data`: each element with its settings.

Most of them also leave a copy of the words in the post itself, which is what is imported. Where they did not, the words are taken
from here, in their order: what is written for a reader is HTML or a sentence, and a picture is an address that ends like one.
"""

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from standfirst.importers.reading.records import ParsedPost
from standfirst.text import markup

_LARGEST = 5_000_000
_DEEPEST = 60
_ELEMENTS = re.compile(r"\A\s*\[\s*\{")
_HTML = re.compile(r"<(?:p|h[1-6]|ul|ol|li|blockquote|img|iframe|strong|em|a|br|pre|table)\b", re.IGNORECASE)
_PICTURE = re.compile(r"https?://\S+\.(?:jpe?g|png|gif|webp|avif)\Z", re.IGNORECASE)
_NO_WORDS = re.compile(r"\A(?:https?://|#|\{)|[{}]|;\s*\Z")
_HEADINGS = ("title", "heading", "title_text")
_MISSED = 0.1  # of a builder's words, before it is said that the post lacks them


def built(post: ParsedPost) -> str:
    """The HTML of what a page builder shows in a post; empty if none keeps anything beside it."""
    for _, value in post.meta:
        if len(value) < _LARGEST and _ELEMENTS.match(value) and '"settings"' in value:
            try:
                return "\n".join(_shown(json.loads(value)))
            except (ValueError, RecursionError):
                continue
    return ""


def lacks_words_of(content: str, html: str) -> bool:
    """Whether a post does not say much of what its page builder does."""
    said, shown = set(markup.plain_text(content).split()), set(markup.plain_text(html).split())
    return len(shown - said) > max(3, _MISSED * len(shown))


def _shown(value: Any, name: str = "", depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _shown(item, key, depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _shown(item, name, depth + 1)
    elif isinstance(value, str) and not name.startswith("_"):
        text = value.strip()
        if _PICTURE.match(text):
            yield f'<figure><img src="{escape(text)}" alt=""></figure>'
        elif _HTML.search(text):
            yield text
        elif name in _HEADINGS and re.search(r"\w{2}", text):
            yield f"<h2>{escape(text, quote=False)}</h2>"
        elif len(text.split()) > 3 and not _NO_WORDS.search(text):
            yield f"<p>{escape(text, quote=False)}</p>"
