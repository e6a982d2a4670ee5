"""Reads the comments that delimit WordPress blocks.

A block's saved HTML says what it is, and is converted as any HTML. Only three kinds need their delimiters: blocks that
hold raw HTML, blocks that the old site filled in when a page was shown (they hold nothing to bring), and blocks of
plugins, which are marked for the editor while the HTML inside them is converted all the same.
"""

import json
import re
from typing import Any

from standfirst.importers.reading.limits import hides_its_inside
from standfirst.text.markup import plain_text

_DELIMITER = re.compile(
    r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)*)\s*"
    r"(?P<attributes>\{.*?\}(?=\s*/?-->))?\s*(?P<void>/)?-->",
    re.DOTALL,
)

# Blocks of WordPress whose saved HTML is all there is to them, or which only arrange others.
STATIC = frozenset(
    [
        "paragraph",
        "heading",
        "list",
        "list-item",
        "quote",
        "pullquote",
        "verse",
        "code",
        "preformatted",
        "table",
        "image",
        "gallery",
        "media-text",
        "cover",
        "columns",
        "column",
        "group",
        "row",
        "stack",
        "buttons",
        "button",
        "separator",
        "spacer",
        "audio",
        "video",
        "file",
        "embed",
        "details",
        "footnotes",
        "more",
        "nextpage",
        "freeform",
        "classic",
        "html",
        "shortcode",
        "missing",
        "text-columns",
        "subhead",
        "cover-image",
        "math",
        "accordion",
        "accordion-item",
        "accordion-heading",
        "accordion-panel",
    ]
)
# Blocks whose whole region is a pattern for the old site to fill, not text of this article.
TEMPLATES = frozenset(
    ["query", "comments", "comments-query-loop", "post-comments", "navigation", "post-template"]
)
# Of these, the parts that stand for what the old site had found, or say that it found nothing.
_FILLED_IN = frozenset(["post-template", "comment-template", "query-no-results"])
_SEEN_BY_SOME = re.compile(r'"(?:\w*[rR]oles?|\w*[lL]ogged|users?|visibilityByRole|dateTime|password)')
# Containers of such blocks that hold nothing of their own.
ARRANGING = frozenset(["social-links", "template-part", "pattern", "post-content"])


class BlockKeeper:
    """Answers what stands in a block's place. Subclassed by the body converter."""

    def raw_html(self, markup: str) -> str:
        raise NotImplementedError

    def unknown_block(self, name: str, raw: str, words: str = "") -> str:
        raise NotImplementedError

    def hidden(self, name: str, raw: str) -> str:
        """What stands in the place of what was for some readers only."""
        raise NotImplementedError

    def reusable(self, source_id: str, raw: str) -> str:
        raise NotImplementedError

    def embed(self, url: str, markup: str) -> str:
        raise NotImplementedError


def is_block_content(text: str) -> bool:
    """Whether a text was written in the block editor."""
    return "<!-- wp:" in text


def replace_blocks(text: str, keep: BlockKeeper) -> str:
    """Returns the text with delimiters gone, and what HTML alone does not say replaced by what `keep` gives."""
    out: list[str] = []
    position = 0
    matches = list(_DELIMITER.finditer(text))
    index = 0
    while index < len(matches):
        match = matches[index]
        index += 1
        if match.start() < position:
            continue
        out.append(text[position : match.start()])
        position = match.end()
        if match["close"]:
            continue
        name = match["name"].removeprefix("core/")
        attributes = _attributes(match["attributes"])
        if _is_paywall(name, match):
            out.append(keep.hidden(name, text[match.start() :]))
            position = len(text)
        elif _is_hidden(name, attributes):
            _, position = _region(matches[index - 1 :], len(text)) if not match["void"] else (0, position)
            out.append(keep.hidden(name, text[match.start() : position]))
        elif match["void"]:
            out.append(_void(name, attributes, match.group(), keep))
        elif name == "html":
            start, position = _region(matches[index - 1 :], len(text))
            out.append(keep.raw_html(text[match.end() : start]))
        elif name in TEMPLATES:
            _, position = _region(matches[index - 1 :], len(text))
            raw = text[match.start() : position]
            out.append(keep.unknown_block(name, raw, "" if name in _FILLED_IN else _words_around(raw)))
        elif name in ("embed",) or name.startswith("core-embed/"):
            start, position = _region(matches[index - 1 :], len(text))
            out.append(keep.embed(str(attributes.get("url", "")), text[match.end() : start]))
        elif name not in STATIC and name not in ARRANGING:
            out.append(keep.unknown_block(name, match.group()))
    out.append(text[position:])
    return "".join(out)


def _words_around(raw: str) -> str:
    """The words that a writer set around what the old site filled in, such as the heading of a list of articles."""
    out: list[str] = []
    position = 0
    matches = list(_DELIMITER.finditer(raw))
    for index, match in enumerate(matches):
        if match.start() < position or match["close"] or match["void"]:
            continue
        if match["name"].removeprefix("core/") in _FILLED_IN:
            out.append(raw[position : match.start()])
            _, position = _region(matches[index:], len(raw))
    return plain_text("".join([*out, raw[position:]]))


def _is_paywall(name: str, match: re.Match[str]) -> bool:
    """Whether what follows a block was for some readers only."""
    return bool(match["void"]) and "paywall" in name.rpartition("/")[2]


def _is_hidden(name: str, attributes: dict[str, Any]) -> bool:
    """Whether a block was shown to nobody, or to some readers only."""
    own = name.rpartition("/")[2]
    about = attributes.get("metadata")
    said = [part.get("blockVisibility") for part in (attributes, about) if isinstance(part, dict)]
    return (name not in STATIC and hides_its_inside(own, ())) or any(map(_says_hidden, said))


def _says_hidden(said: Any) -> bool:
    """What a block says of its being seen; where it is hidden on small screens, readers saw it."""
    if isinstance(said, dict):
        return said.get("hideBlock") is True or bool(_SEEN_BY_SOME.search(json.dumps(said)))
    return said is not None and said is not True


def _void(name: str, attributes: dict[str, Any], raw: str, keep: BlockKeeper) -> str:
    if name == "block" and attributes.get("ref"):
        return keep.reusable(str(attributes["ref"]), raw)
    if name in STATIC or name in ARRANGING:
        return ""
    return keep.unknown_block(name, raw)


def _region(matches: list[re.Match[str]], end: int) -> tuple[int, int]:
    """Where the inside of the first of these blocks ends, and where the block does."""
    depth = 0
    for match in matches:
        if match["name"] != matches[0]["name"] or match["void"]:
            continue
        depth += -1 if match["close"] else 1
        if not depth:
            return match.start(), match.end()
    return end, end


def _attributes(text: str | None) -> dict[str, Any]:
    if not text:
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
