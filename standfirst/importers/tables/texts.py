"""Turns the text of a cell into body blocks: HTML, Markdown, Wix's rich text, or words with line breaks."""

import re
from html import escape

import pyromark
from lxml import etree

from standfirst.importers.reading.documents import flatten
from standfirst.importers.reading.htmlbody import BodyBuilder, parse_fragment
from standfirst.importers.reading.records import BodyBlock, ConvertedBody
from standfirst.importers.reading.shapes import settle_shapes
from standfirst.importers.tables.ricos import ricos_blocks, ricos_document

_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|table|blockquote|figure|br|section|article|pre|img)\b[^<>]{0,2000}/?>", re.I
)
_INLINE = re.compile(
    r"<(?:a\s[^<>]{1,2000}|/?(?:b|i|em|strong|u|s|sup|sub|span|cite|code|small)(?:\s[^<>]{0,500})?)>|</[a-z][\w-]{0,60}>|&(?:#\d{1,6}|[a-z]{2,8});",
    re.I,
)
_MARKDOWN = re.compile(r"\]\([^()\s]+\)|^#{1,6} \S|\*\*\S[^*\n]{0,400}\*\*|^> \S|^!\[", re.MULTILINE)
_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_PROSE_LINE = 60  # letters; shorter lines are a poem's or an address's


def blocks_of_html(text: str) -> bool:
    """Whether a text is HTML with paragraphs of its own."""
    return bool(_BLOCK.search(text))


def is_markdown(text: str) -> bool:
    """Whether a text has what only Markdown has."""
    return not blocks_of_html(text) and bool(_MARKDOWN.search(text))


def is_rich_text(text: str) -> bool:
    """Whether a text is Wix's rich content."""
    return text.startswith("{") and ricos_document(text) is not None


def convert(text: str, *, column_is_markdown: bool) -> ConvertedBody:
    """The body blocks of a text. A mark of Markdown is one only where the whole column is written so."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return ConvertedBody(())
    if (document := ricos_document(text)) is not None:
        return ricos_blocks(document)
    if blocks_of_html(text):
        return ConvertedBody(tuple(_from_html(text)))
    if column_is_markdown:
        return ConvertedBody(tuple(_from_html(pyromark.html(text, options=_OPTIONS))))
    html = text if _INLINE.search(text) else escape(text, quote=False)
    return ConvertedBody(tuple(BodyBuilder(newlines_break=True).build(_with_paragraphs(html))))


def _from_html(html: str) -> list[BodyBlock]:
    root = parse_fragment(html)
    if root is None:
        return []
    flatten(root)
    after = settle_shapes(root)
    whole = "".join(str(etree.tostring(child, encoding="unicode", method="html")) for child in root)
    return [*BodyBuilder().build(whole), *after]


def _with_paragraphs(text: str) -> str:
    """Words with blank lines between paragraphs, also where each paragraph was one line."""
    if "\n\n" in text or "\n" not in text:
        return text
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n\n".join(lines) if sum(len(line) >= _PROSE_LINE for line in lines) * 2 > len(lines) else text
