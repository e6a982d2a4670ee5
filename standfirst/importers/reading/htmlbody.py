"""Turns HTML into body blocks.

One walk over the document. Running text gathers into a paragraph until something that is a block of its own ends it;
wrappers that only arrange (`div`, columns, groups) are walked through. Images and embeds come out of the paragraph they
stand in, because here they are blocks. What HTML can't say (a gallery of ids, a plugin's shortcode) comes in as a
*mark*: an element `<sf-mark n="3">` standing for blocks the caller has ready.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, TypeAlias

from lxml import etree

from standfirst.importers.reading.depth import shallow
from standfirst.importers.reading.records import BodyBlock, MediaRef
from standfirst.text import markup
from standfirst.text.urls import parts_of

Node: TypeAlias = Any  # an lxml element; lxml comes without types

MARK = "sf-mark"
_OWN = re.compile(r"<(/?)(sf-(?:mark|note|block)\b)", re.IGNORECASE)
_NOT_IN_DOCUMENTS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEEPEST = (
    150  # elements within each other; what lies deeper is read as text, since the walk has an end of its own
)
_CONTAINERS = frozenset(
    [
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "center",
        "body",
        "html",
        "nav",
        "fieldset",
        "dd",
        "dt",
        "hgroup",
        "noscript",
        "form",
        "font-face",
        "picture",
        "search",
    ]
)
_BLOCKS = _CONTAINERS | frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "blockquote",
        "pre",
        "figure",
        "table",
        "hr",
        "iframe",
        "embed",
        "object",
        "video",
        "audio",
        "details",
        "address",
        "sf-block",
    ]
)
_DROPPED = frozenset(["script", "style", "head", "title", "meta", "link", "template"])
_LEVELS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_NEWLINE_OUTSIDE_TAGS = re.compile(r"\n(?![^<]*>)")
_FIRST_BREAKS = re.compile(r"(?:<br\s*/?>\s*)+")
_LAST_BREAK = re.compile(r"<br\s*/?>\Z")
_TAG = re.compile(r"<[^>]*>")
_DOUBLE_BREAK = re.compile(r"(?:<br\s*/?>[ \t\n]*)+(?=<br\s*/?>)")
_ATTACHMENT_ID = re.compile(r"\bwp-image-(\d+)\b")
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|svg)(?:\?|#|\Z)", re.IGNORECASE)
LANGUAGE = re.compile(r"\b(?:lang(?:uage)?-|brush:\s*|lang:)([\w+#-]+)")
_PARSER = etree.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True, huge_tree=True)


@dataclass(slots=True)
class BodyBuilder:
    """Gathers body blocks from HTML.

    `newlines_break` is the rule of texts written without paragraph tags: a blank line starts a paragraph, and a single
    newline is a line break.
    """

    newlines_break: bool = False
    marks: Sequence[Sequence[BodyBlock]] = ()
    titles_are_captions: bool = False  # as in Markdown, where somebody typed them
    embeds_alone: Callable[[str], bool] = field(default=lambda url: False)
    blocks: list[BodyBlock] = field(default_factory=list)
    _paragraph: list[str] = field(default_factory=list)
    _after: list[BodyBlock] = field(default_factory=list)
    _depth: int = 0

    def build(self, html: str) -> list[BodyBlock]:
        """Returns the blocks of a whole text."""
        root = parse_fragment(html)
        if root is not None:
            for note in list(root.iter("sup")):
                _plain_note_mark(note)
            for reading in list(root.iter("rt")):
                _in_brackets(reading)
            for twin in list(root.iter("noscript")):
                _without_twin(twin)
            self._children(root)
        self._flush()
        return self.blocks

    # ---------------------------------------------------------------------------------------------------- the walk

    def _children(self, node: Node) -> None:
        if self._depth >= _DEEPEST:
            self._text(" ".join(node.itertext()))
            return
        self._depth += 1
        self._text(node.text)
        for child in node:
            self._node(child)
            self._text(child.tail)
        self._depth -= 1

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not self.newlines_break:
            self._paragraph.append(escape(text, quote=False))
            return
        first, *others = _BLANK_LINE.split(text)
        self._paragraph.append(escape(first, quote=False).replace("\n", "<br>"))
        for piece in others:
            self._flush()
            self._paragraph.append(escape(piece, quote=False).replace("\n", "<br>"))

    def _node(self, node: Node) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in _DROPPED:
            return
        if tag == MARK and (found := self._marked(node)) is not None:
            self._place(found)
        elif tag == "img":
            self._image_in_text(node)
        elif tag == "math":
            self._text(_formula(node))
        elif tag in _BLOCKS:
            self._block(node, tag)
        elif _holds(node, _BLOCKS):
            self._wrapped_blocks(node, tag)
        else:
            self._inline(node)

    def _block(self, node: Node, tag: str) -> None:
        self._flush()
        if tag in _LEVELS:
            self._heading(node, tag)
        elif tag == "p" or tag == "address":
            self._children(node)
            self._flush()
        elif tag in ("ul", "ol"):
            self._list(node)
        elif tag == "blockquote":
            self._quotation(node)
        elif tag == "pre":
            self._preformatted(node)
        elif tag == "figure":
            self._figure(node)
        elif tag == "table":
            self._table(node)
        elif tag == "hr":
            self._emit(BodyBlock("divider", None))
        elif tag in ("iframe", "embed", "object", "video", "audio"):
            self._player(node, "")
        elif tag == "dl":
            self._html(node)
        elif tag == "details":
            self._details(node)
        else:
            if _has_class(node, "gallery"):
                self._gallery(node)
                return
            self._children(node)
            self._flush()

    def _wrapped_blocks(self, node: Node, tag: str) -> None:
        """An inline element around blocks: walked through, unless it is a link, which would be lost."""
        if tag == "a" and node.get("href") and not _holds(node, {"figure", "img", MARK}):
            self._flush()
            self._html(node)
            return
        self._children(node)

    def _inline(self, node: Node) -> None:
        pictures = [image for image in node.iter("img") if not _is_smiley(image)]
        taken: list[BodyBlock] = []
        for picture in pictures:
            taken.append(self._image(picture))
            _remove(picture)
        taken += self._marks_out(node)
        if pictures or taken:
            self._beside_text(taken)
            if not "".join(node.itertext()).strip():
                return
        for formula in list(node.iter("math")):
            _replace_with_text(formula, _formula(formula))
        for smiley in list(node.iter("img")):
            _replace_with_text(smiley, smiley.get("alt") or "")
        html = _outer(node)
        if self.newlines_break and "\n" in html:
            html = self._broken_lines(html)
        self._paragraph.append(html)

    def _broken_lines(self, html: str) -> str:
        return _NEWLINE_OUTSIDE_TAGS.sub("<br>", html)

    # -------------------------------------------------------------------------------------------------- paragraphs

    def _flush(self) -> None:
        html = _trimmed("".join(self._paragraph))
        self._paragraph.clear()
        if html:
            self._emit_paragraph(html)
        after, self._after = self._after, []
        self.blocks.extend(after)

    def _emit_paragraph(self, html: str) -> None:
        words = html.strip()
        if words.startswith("http") and not re.search(r"\s|<", words):
            url = _unescape(words)
            if self.embeds_alone(url) and markup.safe_url(url):
                self.blocks.append(embed_block(url))
                return
        if "<br" in html:
            html = _DOUBLE_BREAK.sub("", html)
        cleaned = markup.clean_rich_text(f"<p>{html}</p>")
        if _TAG.sub("", cleaned).replace("&nbsp;", " ").strip():
            self.blocks.append(BodyBlock("paragraph", cleaned))

    def _emit(self, *blocks: BodyBlock) -> None:
        self._flush()
        self.blocks.extend(blocks)

    def _place(self, blocks: Sequence[BodyBlock]) -> None:
        """Puts blocks where they stand if that is at the edge of a line, and beside the sentence if it is inside one."""
        so_far = "".join(self._paragraph).rstrip()
        if not so_far or so_far.endswith("<br>"):
            self._emit(*blocks)
        else:
            self._after.extend(blocks)

    def _beside_text(self, blocks: Sequence[BodyBlock]) -> None:
        """Puts blocks found in a paragraph before it if nothing was said yet, else after it: no sentence is cut."""
        if "".join(self._paragraph).strip():
            self._after.extend(blocks)
        else:
            self._emit(*blocks)

    def _marked(self, node: Node) -> Sequence[BodyBlock] | None:
        """The blocks a mark stands for; None for an element of the old site that is only named like one."""
        number = node.get("n", "")
        is_ours = re.fullmatch(r"[0-9]{1,9}", number) and int(number) < len(self.marks)
        return self.marks[int(number)] if is_ours else None

    def _marks_out(self, node: Node) -> list[BodyBlock]:
        """Removes marks from an element, and returns what they stand for. What is only named like one keeps its words."""
        found: list[BodyBlock] = []
        for mark in list(node.iter(MARK)):
            if (blocks := self._marked(mark)) is None:
                mark.tag = "span"
                continue
            found.extend(blocks)
            _remove(mark)
        return found

    # ------------------------------------------------------------------------------------------------------ blocks

    def _heading(self, node: Node, tag: str) -> None:
        found = self._take_out(node)
        text = markup.plain_text(_inner(node)).strip()
        if text:
            self._emit(BodyBlock("heading", {"text": text, "level": _LEVELS[tag]}))
        self._emit(*found)

    def _list(self, node: Node) -> None:
        if _has_class(node, "wp-block-gallery", "blocks-gallery-grid"):
            self._gallery(node)
            return
        found = self._take_out(node)
        if "".join(node.itertext()).strip():
            self._emit(BodyBlock("list", markup.clean_body_html(_collapse(_outer(node)))))
        self._emit(*found)

    def _quotation(self, node: Node) -> None:
        if _has_class(node, "twitter-tweet", "instagram-media", "tiktok-embed"):
            links = [link.get("href") for link in node.iter("a") if link.get("href")]
            url = node.get("data-instgrm-permalink") or node.get("cite") or (links[-1] if links else "")
            if url and markup.safe_url(url):
                self._emit(embed_block(url, caption=_text_of(node)))
                return
        attribution = ""
        for cite in list(node.iter("cite")) or [child for child in node if child.tag == "footer"]:
            attribution = attribution or _text_of(cite)
            _remove(cite)
        inside = BodyBuilder(
            self.newlines_break, self.marks, self.titles_are_captions, _depth=self._depth + 1
        )
        inside._children(node)
        inside._flush()
        words = [block for block in inside.blocks if block.type in ("paragraph", "list")]
        others = [block for block in inside.blocks if block.type not in ("paragraph", "list")]
        text = "".join(_quoted(block) for block in words)
        if not text and not others and attribution:
            text, attribution = f"<p>{escape(attribution)}</p>", ""
        if text:
            source = markup.safe_url(node.get("cite") or "") or ""
            value = {"text": text, "attribution": attribution, "source_url": source}
            if _has_class(node, "wp-block-pullquote", "pullquote"):
                value = {"text": markup.plain_text(text).strip(), "attribution": attribution}
                self._emit(BodyBlock("pull_quote", value))
            else:
                self._emit(BodyBlock("quotation", value))
        self._emit(*others)

    def _preformatted(self, node: Node) -> None:
        for line_break in list(node.iter("br")):
            _replace_with_text(line_break, "\n")
        text = "".join(node.itertext()).strip("\n")
        if not text.strip():
            return
        if _has_class(node, "wp-block-verse"):
            self._emit(BodyBlock("verse", {"text": text}))
            return
        inner = node.find("code")
        classes = f"{node.get('class', '')} {inner.get('class', '') if inner is not None else ''}"
        language = LANGUAGE.search(classes)
        name = language.group(1) if language else node.get("lang", "")
        self._emit(BodyBlock("code", {"language": name, "code": text}))

    def _details(self, node: Node) -> None:
        summary = node.find("summary")
        if summary is not None:
            words = _text_of(summary)
            _remove(summary)
            if words:
                self._emit(BodyBlock("heading", {"text": words, "level": "h4"}))
        self._children(node)
        self._flush()

    def _html(self, node: Node) -> None:
        cleaned = markup.clean_body_html(_outer(node))
        if cleaned.strip():
            self._emit(BodyBlock("html", cleaned))

    def _take_out(self, node: Node) -> list[BodyBlock]:
        """Removes images and marks from an element that can't hold them, and returns them as blocks."""
        found: list[BodyBlock] = []
        for image in [image for image in node.iter("img") if not _is_smiley(image)]:
            found.append(self._image(image))
            _remove(image)
        return found + self._marks_out(node)

    # ------------------------------------------------------------------------------------------------------- tables

    def _table(self, node: Node, caption: str = "") -> None:
        own = node.find("caption")
        if own is not None:
            caption = caption or _text_of(own)
            _remove(own)
        rows = list(node.iter("tr"))
        plain = not _holds(
            node, {"img", "a", "ul", "ol", "table", "p", "h2", "h3", "h4", "iframe", MARK}
        ) and not any(
            cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1"
            for cell in node.iter("td", "th")
        )
        data = [[_text_of(cell) for cell in row if cell.tag in ("td", "th")] for row in rows]
        width = max((len(row) for row in data), default=0)
        if not width:  # no table at all, whatever it is marked as: its words stay
            self._children(node)
            self._flush()
            return
        if not plain:
            found = self._take_out(node)
            cleaned = markup.clean_body_html(_outer(node))
            self._emit(BodyBlock("html", cleaned + (f"<p>{escape(caption)}</p>" if caption else "")), *found)
            return
        first = rows[0]
        value: dict[str, Any] = {
            "data": [row + [""] * (width - len(row)) for row in data],
            "first_row_is_table_header": all(cell.tag == "th" for cell in first if cell.tag in ("td", "th")),
            "first_col_is_header": len(rows) > 1
            and all(next((c.tag for c in row if c.tag in ("td", "th")), "") == "th" for row in rows[1:]),
            "table_caption": caption,
        }
        value["table_header_choice"] = {
            (True, True): "both",
            (True, False): "row",
            (False, True): "column",
            (False, False): "neither",
        }[value["first_row_is_table_header"], value["first_col_is_header"]]
        self._emit(BodyBlock("table", value))

    # ------------------------------------------------------------------------------------------- figures and images

    def _figure(self, node: Node) -> None:
        caption_node = node.find("figcaption")
        if caption_node is None and not _holds(node, {"figure"}):
            caption_node = next(node.iter("figcaption"), None)
        caption = ""
        if caption_node is not None:
            caption = clean_caption(_inner(caption_node))
            _remove(caption_node)
        images = [image for image in node.iter("img") if not _is_smiley(image)]
        player = next((child for child in node.iter("iframe", "embed", "object", "video", "audio")), None)
        if player is not None:
            self._player(player, markup.plain_text(caption).strip())
        elif next(node.iter("table"), None) is not None:
            self._table(next(node.iter("table")), markup.plain_text(caption).strip())
        elif next(node.iter("blockquote"), None) is not None:
            quote = next(node.iter("blockquote"))
            if _has_class(node, "wp-block-pullquote"):
                quote.set("class", "pullquote")
            self._quotation(quote)
        elif len(images) > 1 or _has_class(node, "wp-block-gallery"):
            self._gallery(node, caption)
        elif images:
            found = self._image(images[0])
            _remove(images[0])
            value = dict(found.value)
            value["caption"] = caption or value["caption"]
            self._emit(BodyBlock("image", value))
            self._children(node)
            self._flush()
        else:
            self._children(node)
            self._flush()
            if caption:
                self._emit(BodyBlock("paragraph", markup.clean_rich_text(f"<p>{caption}</p>")))

    def _gallery(self, node: Node, caption: str = "") -> None:
        images = []
        for image in [image for image in node.iter("img") if not _is_smiley(image)]:
            value = dict(self._image(image).value)
            figure = next(
                (parent for parent in image.iterancestors("figure", "li", "dl") if parent is not node), None
            )
            if figure is not None:
                words = next((n for n in figure.iter("figcaption", "dd")), None)
                if words is not None:
                    value["caption"] = clean_caption(_inner(words))
            images.append(value)
        if len(images) == 1:
            self._emit(BodyBlock("image", images[0]))
        elif images:
            self._emit(BodyBlock("gallery", {"images": images, "caption": caption}))

    def _image_in_text(self, node: Node) -> None:
        if _is_smiley(node):
            self._paragraph.append(escape(node.get("alt") or "", quote=False))
            return
        self._beside_text([self._image(node)])

    def _image(self, node: Node) -> BodyBlock:
        found = _ATTACHMENT_ID.search(node.get("class", ""))
        source_id = found.group(1) if found else node.get("data-id", "")
        return image_block(
            MediaRef(source_id, node.get("data-orig-file") or node.get("src") or node.get("data-src") or ""),
            alt=node.get("alt", ""),
            caption=(_title_caption(node) if self.titles_are_captions else "") or _link_caption(node),
        )

    def _player(self, node: Node, caption: str) -> None:
        source = node.get("src") or node.get("data-src") or node.get("data") or ""
        if not source:
            inner = next((child for child in node.iter("source", "embed") if child.get("src")), None)
            source = inner.get("src", "") if inner is not None else ""
        if not source:
            movie = next((p for p in node.iter("param") if p.get("name") in ("movie", "src")), None)
            source = movie.get("value", "") if movie is not None else ""
        if source.startswith("//"):
            source = f"https:{source}"
        if markup.safe_url(source):
            self._emit(embed_block(source, title=node.get("title", ""), caption=caption))
        else:
            self._html(node)


# ------------------------------------------------------------------------------------------------------ block values


def image_block(ref: MediaRef, *, alt: str = "", caption: str = "", credit: str = "") -> BodyBlock:
    """An image block whose image is still the source's."""
    return BodyBlock("image", {"image": ref, "alt": alt.strip(), "caption": caption, "credit": credit})


def embed_block(url: str, *, title: str = "", caption: str = "") -> BodyBlock:
    """An embed block: an address that is shown as a link, and fetched by nobody."""
    return BodyBlock("embed", {"url": url, "title": title.strip(), "caption": caption.strip()})


def unknown_block(name: str, raw: str, words: str = "", *, source: str = "wordpress") -> BodyBlock:
    """What was not understood, kept as it stood for an editor to decide; `words` are all a reader gets of it."""
    return BodyBlock("unknown", {"source": source, "name": name, "words": words, "raw": raw})


def clean_caption(html: str) -> str:
    """A caption's words with its links and emphasis."""
    return _trimmed(markup.clean_inline(html))


def without_own_marks(html: str) -> str:
    """HTML of the old site whose elements are named like none of our own: these are ours alone, wherever they lead."""
    return _OWN.sub(r"<\1x-\2", html) if "<" in html else html


def parse_fragment(html: str) -> Node | None:
    """Parses a piece of HTML as a browser would hold it, whatever is wrong with it."""
    if not html.strip():
        return None
    # The parser takes some characters that its own documents may not hold.
    html = shallow(_NOT_IN_DOCUMENTS.sub("", html))
    # Wrapped in an element: bare text would otherwise be given paragraphs that the writer did not set.
    document = f"<html><body><div>{html}</div></body></html>".encode("utf-8", "replace")
    root = etree.fromstring(document, _PARSER)
    return None if root is None else root.find("body")


# ----------------------------------------------------------------------------------------------------------- reading


def _holds(node: Node, tags: frozenset[str] | set[str]) -> bool:
    return any(child.tag in tags for child in node.iterdescendants())


def _has_class(node: Node, *names: str) -> bool:
    classes = (node.get("class") or "").split()
    return any(name in classes for name in names)


def _is_smiley(node: Node) -> bool:
    return _has_class(node, "wp-smiley", "emoji", "smiley")


def _outer(node: Node) -> str:
    return str(etree.tostring(node, encoding="unicode", method="html", with_tail=False))


def _inner(node: Node) -> str:
    return escape(node.text or "", quote=False) + "".join(
        str(etree.tostring(child, encoding="unicode", method="html")) for child in node
    )


def _text_of(node: Node) -> str:
    return " ".join("".join(node.itertext()).split())


def _formula(node: Node) -> str:
    """A formula's words: as it was typed, where it says so."""
    typed = next(node.iter("annotation"), None)
    return _text_of(typed if typed is not None else node)


def _trimmed(html: str) -> str:
    """The HTML without space and line breaks at its edges."""
    html = html.strip()
    if html.startswith("<br"):
        first = _FIRST_BREAKS.match(html)
        html = html[first.end() :] if first else html
    while html.endswith(">") and (last := _LAST_BREAK.search(html, max(0, len(html) - 10))):
        html = html[: last.start()].rstrip()
    return html


def _collapse(html: str) -> str:
    return re.sub(r"[ \t\n\r]+", " ", html)


def _unescape(text: str) -> str:
    return text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def _remove(node: Node) -> None:
    """Takes an element out and leaves the text that follows it."""
    _replace_with_text(node, "")


def _replace_with_text(node: Node, text: str) -> None:
    parent = node.getparent()
    if parent is None:
        return
    words = text + (node.tail or "")
    previous = node.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    parent.remove(node)


def _in_brackets(reading: Node) -> None:
    """How a word is read, or what it is called elsewhere, behind it: in brackets, as browsers that know no ruby print it."""
    words = _text_of(reading)
    if words and (reading.getprevious() is None or reading.getprevious().tag != "rp"):
        wide = not words.isascii()
        _replace_with_text(reading, f"（{words}）" if wide else f" ({words})")


def _without_twin(fallback: Node) -> None:
    """Takes out what browsers without scripts are given, where it is a picture that stands beside it once more."""
    parent = fallback.getparent()
    if parent is None:
        return
    inside = list(fallback.iter("img"))
    beside = {_place_of(image) for image in parent.iter("img") if image not in inside}
    if inside and not _text_of(fallback) and {_place_of(image) for image in inside} <= beside:
        _remove(fallback)


def _place_of(image: Node) -> str:
    """Where a picture is, whatever its size; scripts that load it late keep its address in another attribute."""
    source = image.get("src") or ""
    if not source or source.startswith("data:"):
        source = image.get("data-src") or source
    return str(source).partition("?")[0]


def _plain_note_mark(node: Node) -> None:
    """A footnote's mark becomes the plain text that refers to one here."""
    mark = node.get("data-fn-mark")
    if mark:
        _replace_with_text(node, f"[^{mark}]")


def _title_caption(image: Node) -> str:
    """The title of an image as its caption, unless it only says again what it shows or what its file is called."""
    title = " ".join((image.get("title") or "").split())
    file = re.sub(r"\.\w+\Z", "", (image.get("src") or "").rpartition("/")[2])
    known = {_only_letters(words) for words in (image.get("alt") or "", file)}
    return escape(title, quote=False) if _only_letters(title) not in known else ""


def _only_letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def _link_caption(image: Node) -> str:
    """The address an image linked to, kept as its caption when it led somewhere else than to the image itself."""
    link = next(image.iterancestors("a"), None)
    if link is None:
        return ""
    href = link.get("href", "")
    if (
        not href
        or _IMAGE_FILE.search(href)
        or "attachment_id=" in href
        or "attachment" in (link.get("rel") or "")
    ):
        return ""
    if not href.startswith(("http://", "https://")) or not markup.safe_url(href):
        return ""
    if "".join(link.itertext()).strip():
        return ""  # the link keeps its own words in the paragraph
    host = parts_of(href).hostname or href
    return clean_caption(f'<a href="{escape(href)}">{escape(host.removeprefix("www."))}</a>')


def _quoted(block: BodyBlock) -> str:
    return str(block.value)
