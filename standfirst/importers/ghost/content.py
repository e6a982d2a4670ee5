"""Turns the text of a Ghost post, from whichever editor, into body blocks.

Ghost keeps up to three versions of a text: what the present editor stores (lexical), what the former one did (mobiledoc),
and the HTML it made of either. The first that can be read is taken. Pure and picklable on both ends, so that it can run in
another process.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from standfirst.importers.ghost import lexical, mobiledoc
from standfirst.importers.ghost.cards import SOURCE, CardKeeper, card_blocks, has_blocks_of_its_own
from standfirst.importers.ghost.published import with_marks, without_notes
from standfirst.importers.ghost.rows import HOME, GhostPost
from standfirst.importers.reading.htmlbody import MARK, BodyBuilder, unknown_block, without_own_marks
from standfirst.importers.reading.records import BodyBlock, ConvertedBody
from standfirst.text import markup

_MARKDOWN_CARDS = ("markdown", "card-markdown")
_OWN_LINK = r"""(\b(?:href)\s*=\s*["'])https?://(?:www\.)?(?:{hosts})(?=[/"'?#])"""
_LAZY_HEADING = re.compile(r"^( {0,3}#{1,6})(?=[^#\s])")
_UNFIT = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
DAMAGED = "has a damaged text in the export; an older version of it was taken"


def convert(post: GhostPost, hosts: Sequence[str] = ()) -> ConvertedBody:
    """The body blocks of a post, and what it says of itself."""
    conversion = _Conversion(tuple(hosts), is_gated=not post.is_for_everybody)
    blocks = conversion.run(post)
    return ConvertedBody(
        tuple(blocks), unknown_blocks=tuple(conversion.unknown), notes=tuple(conversion.said)
    )


class _Conversion(CardKeeper):
    def __init__(self, hosts: tuple[str, ...], *, is_gated: bool) -> None:
        self.is_gated = is_gated
        names = "|".join(re.escape(host) for host in hosts)
        self._own_link = re.compile(_OWN_LINK.format(hosts=names), re.IGNORECASE) if hosts else None
        self._own_url = (
            re.compile(rf"https?://(?:www\.)?(?:{names})(?=[/?#]|\Z)", re.IGNORECASE) if hosts else None
        )
        self._depth = 0
        self.notes: list[str] = []
        self.marks: list[list[BodyBlock]] = []
        self.unknown: list[str] = []
        self.said: dict[str, None] = {}

    def run(self, post: GhostPost) -> list[BodyBlock]:
        for text, read in (
            (post.lexical, self._lexical),
            (post.mobiledoc, lambda text: self._mobiledoc(text, post.html)),
            (post.html, self.html_blocks),
            (post.plaintext, self._plain),
        ):
            if not text.strip():
                continue
            try:
                blocks = read(text)
            except (ValueError, RecursionError):
                self.note(DAMAGED)
                continue
            if blocks:
                return self._with_notes(blocks)
        return []

    def _with_notes(self, blocks: list[BodyBlock]) -> list[BodyBlock]:
        if not self.notes:
            return blocks
        values = [{"mark": str(number), "text": text} for number, text in enumerate(self.notes, 1)]
        return [*blocks, BodyBlock("footnotes", values)]

    # --------------------------------------------------------------------------------------------------- the versions

    def _lexical(self, text: str) -> list[BodyBlock]:
        return self._marked(lexical.to_html, _document(text))

    def _mobiledoc(self, text: str, html: str) -> list[BodyBlock]:
        document = _document(text)
        if html.strip() and mobiledoc.only_card(document, *_MARKDOWN_CARDS):
            # Markdown alone: the HTML is what Ghost's own reading of it made, and what readers saw.
            return self.html_blocks(html)
        return self._marked(mobiledoc.to_html, document)

    def _plain(self, text: str) -> list[BodyBlock]:
        builder = BodyBuilder(newlines_break=True)
        return builder.build(escape(text, quote=False))

    def _marked(
        self, to_html: Callable[[Any, Callable[[str, Mapping[str, Any]], str]], str], document: Any
    ) -> list[BodyBlock]:
        html = to_html(document, lambda name, fields: self._mark(card_blocks(name, fields, self)))
        return self._build(self.at_home(html))

    def _mark(self, blocks: list[BodyBlock]) -> str:
        if not blocks:
            return ""
        self.marks.append(blocks)
        return f'<{MARK} n="{len(self.marks) - 1}"></{MARK}>'

    def _build(self, html: str) -> list[BodyBlock]:
        return BodyBuilder(marks=self.marks).build(html)

    # ------------------------------------------------------------------------------------------ what cards ask for

    def html_blocks(self, html: str) -> list[BodyBlock]:
        if self._depth > 3:  # a card's HTML may hold what looks like a card
            return self._build(markup.clean_body_html(html))
        self._depth += 1
        try:
            html = self.at_home(without_own_marks(html))
            html = with_marks(html, self, self._mark)
            return self._build(without_notes(html, self._number))
        finally:
            self._depth -= 1

    def raw_html(self, html: str) -> list[BodyBlock]:
        html = self.at_home(without_own_marks(html)).strip()
        if not html:
            return []
        if has_blocks_of_its_own(html):
            return self._build(html)  # pictures become blocks, players and posts of other sites embeds
        cleaned = markup.clean_body_html(html)
        if not cleaned.strip():
            self.not_understood("html")
            return [unknown_block("html", html, source=SOURCE)]
        return [BodyBlock("html", cleaned)]

    def markdown(self, text: str) -> list[BodyBlock]:
        return self.html_blocks(_markdown().render(_with_spaced_headings(text)))

    def at_home(self, url: str) -> str:
        """An address or HTML with the old site's own address taken off its links."""
        if HOME in url:
            url = url.replace(f"{HOME}/", "/").replace(HOME, "/")
        if self._own_url is None or "://" not in url:
            return url
        if "<" not in url:
            found = self._own_url.match(url)
            return (url[found.end() :] or "/") if found and "/content/" not in url else url
        assert self._own_link is not None
        found_html = self._own_link.sub(r"\1", url)
        return re.sub(r"""(\bhref\s*=\s*)(["'])\2""", r"\1\2/\2", found_html)

    def note(self, words: str) -> None:
        self.said[words] = None

    def not_understood(self, name: str) -> None:
        self.unknown.append(name[:100] or "without a name")

    def _number(self, text: str) -> int:
        self.notes.append(text)
        return len(self.notes)


def _document(text: str) -> Any:
    """A document of an editor's, less what no database takes: characters cut in half, and NUL."""
    document = json.loads(text)
    if not _UNFIT.search(text):
        return document
    whole = json.dumps(document, ensure_ascii=False).replace("\\u0000", "")
    return json.loads(whole.encode("utf-8", "replace"))


@cache
def _markdown() -> MarkdownIt:
    """Markdown as Ghost's cards read it: HTML allowed, every line break kept."""
    return (
        MarkdownIt("commonmark", {"breaks": True, "html": True})
        .enable(["table", "strikethrough"])
        .use(footnote_plugin)
    )


def _with_spaced_headings(text: str) -> str:
    """Ghost took `#Heading` for a heading, without the space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    fence = ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if found and (not fence or found.group(1) == fence):
            fence = "" if fence else found.group(1)
        elif not fence:
            lines[number] = _LAZY_HEADING.sub(r"\1 ", line)
    return "\n".join(lines)
