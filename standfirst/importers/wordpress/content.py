"""Turns the content of a WordPress post, classic or in blocks, into body blocks.

Pure and picklable on both ends, so that several processes can share the work.
"""

import json
import re
from bisect import bisect_left
from html import escape
from typing import Any

from standfirst.importers.reading.htmlbody import (
    LANGUAGE,
    MARK,
    BodyBuilder,
    clean_caption,
    embed_block,
    image_block,
    parse_fragment,
    unknown_block,
    without_own_marks,
)
from standfirst.importers.reading.records import BodyBlock, ContentContext, ConvertedBody, MediaRef
from standfirst.importers.wordpress import blocks, shortcodes
from standfirst.text import markup
from standfirst.text.marks import CODES, attributes_of, is_code, payload_in, printed_words
from standfirst.text.urls import parts_of

# Sites whose address alone on a line WordPress showed as an embed.
_EMBEDDING_HOSTS = frozenset(
    [
        "youtube.com",
        "youtu.be",
        "vimeo.com",
        "dailymotion.com",
        "dai.ly",
        "twitter.com",
        "x.com",
        "facebook.com",
        "instagram.com",
        "flickr.com",
        "flic.kr",
        "soundcloud.com",
        "spotify.com",
        "open.spotify.com",
        "tiktok.com",
        "ted.com",
        "wordpress.tv",
        "videopress.com",
        "scribd.com",
        "slideshare.net",
        "speakerdeck.com",
        "imgur.com",
        "reddit.com",
        "tumblr.com",
        "mixcloud.com",
        "kickstarter.com",
        "issuu.com",
        "animoto.com",
        "cloudup.com",
        "crowdsignal.com",
        "polldaddy.com",
        "reverbnation.com",
        "screencast.com",
        "smugmug.com",
        "bsky.app",
        "pinterest.com",
        "wolframcloud.com",
        "amazon.com",
        "embed.ted.com",
        "archive.org",
        "bandcamp.com",
    ]
)
HIDDEN = "has parts that only some readers were shown; they are kept for the editor and not printed"
_MARKED = re.compile(rf'<{MARK} n="(\d+)"></{MARK}>')
_OWN_LINK_ATTRIBUTE = r"""(href\s*=\s*["'])https?://(?:www\.)?(?:{hosts})(?=[/"'?#])"""
_TYPED = re.compile(r"<(?P<tag>pre|code)(?P<about>(?:\s[^<>]*)?)>", re.IGNORECASE)
_TYPED_ENDS = re.compile(r"</(pre|code)\s*>", re.IGNORECASE)
_CODE_WITHIN = re.compile(
    r"\s*<code(?P<about>(?:\s[^<>]*)?)>(?P<code>.*?)</code\s*>\s*\Z", re.DOTALL | re.IGNORECASE
)
# What a highlighter puts into code, and what the visual editor does.
_OPENING_TAG = re.compile(r"<([a-z][\w-]*)[^<>]*>", re.IGNORECASE)
_HIGHLIGHTING = frozenset(
    ["span", "b", "i", "em", "strong", "font", "br", "code", "mark", "u", "ins", "del", "a"]
)
_LINES = frozenset(["div", "ol", "ul", "li", "table", "tbody", "tr", "td"])
_MEDIA_ID = re.compile(r"(\d+)(?:\|\w+)?")
_EDITORS_TAG = re.compile(r"</?p[^<>]*>|<br\s*/?>\n?", re.IGNORECASE)


def convert(content: str, context: ContentContext) -> ConvertedBody:
    """Returns the body blocks of a content, and the names of what it did not understand."""
    return _Conversion(context).run(content)


def is_picture(url: str) -> bool:
    return bool(re.search(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)\Z", parts_of(url).path, re.IGNORECASE))


def can_embed(url: str) -> bool:
    host = (parts_of(url).hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    return host in _EMBEDDING_HOSTS or host.endswith((".tumblr.com", ".bandcamp.com"))


class _Conversion(shortcodes.ShortcodeKeeper, blocks.BlockKeeper):
    def __init__(self, context: ContentContext) -> None:
        self.context = context
        self.marks: list[list[BodyBlock]] = []
        self.unknown_shortcodes: list[str] = []
        self.unknown_blocks: list[str] = []
        self.notes = _footnotes(context.footnotes)
        self.arranging: list[shortcodes.Shortcode] = []  # of page builders
        self.reusable_depth = 0
        self.has_hidden = False
        self.depth = 0  # of shortcodes within each other

    def run(self, content: str) -> ConvertedBody:
        text = without_own_marks(content.replace("\r\n", "\n").replace("\r", "\n"))
        text = self._own_links_relative(text)
        is_blocks = blocks.is_block_content(text)
        if "<code" in text or "<pre" in text:
            text = self._with_typed_code(text, is_blocks=is_blocks)
        if is_blocks:
            text = blocks.replace_blocks(text, self)
        text = shortcodes.replace_shortcodes(text, self)
        if self.notes:
            text = self._numbered_notes(text)
        builder = BodyBuilder(newlines_break=not is_blocks, marks=self.marks, embeds_alone=can_embed)
        body = builder.build(text)
        if self.notes:
            values = [{"mark": str(mark), "text": words} for mark, words in self.notes.values()]
            body.append(BodyBlock("footnotes", values))
        if self.arranging:
            # For the editor, together: a page may be made of hundreds.
            names = ", ".join(dict.fromkeys(part.name for part in self.arranging))
            body.append(unknown_block(names[:200], "\n".join(part.raw for part in self.arranging)))
        notes = (HIDDEN,) if self.has_hidden else ()
        return ConvertedBody(
            tuple(body), tuple(self.unknown_shortcodes), tuple(self.unknown_blocks), notes=notes
        )

    def _own_links_relative(self, text: str) -> str:
        lowered = text.lower()  # An expression that sees no difference of case takes five times as long.
        hosts = "|".join(re.escape(host.lower()) for host in self.context.hosts)
        own_link = _OWN_LINK_ATTRIBUTE.format(hosts=hosts)
        if not hosts or re.search(own_link, lowered) is None:
            return text
        found = re.sub(own_link, r"\1", text, flags=re.IGNORECASE)
        return re.sub(r"""(\bhref\s*=\s*)(["'])\2""", r"\1\2/\2", found) if found != text else text

    def _numbered_notes(self, text: str) -> str:
        def mark(match: re.Match[str]) -> str:
            note = self.notes.get(match.group(1))
            return f'<sup data-fn-mark="{note[0]}">{note[0]}</sup>' if note else match.group()

        return re.sub(r"<sup\b[^>]*\bdata-fn=[\"']([^\"']+)[\"'][^>]*>.*?</sup>", mark, text, flags=re.DOTALL)

    def _mark(self, *found: BodyBlock) -> str:
        self.marks.append(list(found))
        return f'<{MARK} n="{len(self.marks) - 1}"></{MARK}>'

    # ------------------------------------------------------------------------------------------------------ blocks

    def raw_html(self, html: str) -> str:
        if not html.strip():
            return ""
        root = parse_fragment(html)
        if root is not None and any(
            True for _ in root.iter("iframe", "embed", "object", "video", "audio", "blockquote", MARK)
        ):
            return html  # players, code and posts of other sites become blocks; the walk knows how
        cleaned = markup.clean_body_html(html)
        if not cleaned.strip():
            self.unknown_blocks.append("html")
            return self._mark(unknown_block("html", html.strip()))
        return self._mark(BodyBlock("html", cleaned))

    def unknown_block(self, name: str, raw: str, words: str = "") -> str:
        self.unknown_blocks.append(name)
        return self._mark(unknown_block(name, raw, words))

    def hidden(self, name: str, raw: str) -> str:
        self.unknown_blocks.append(name)
        self.has_hidden = True
        return self._mark(unknown_block(name, _MARKED.sub(self._spelt, raw)))

    def _spelt(self, mark: re.Match[str]) -> str:
        """What a mark stands for, as the editor may read it."""
        return "\n".join(str(block.value) for block in self.marks[int(mark[1])])

    def reusable(self, source_id: str, raw: str) -> str:
        content = self.context.reusable.get(source_id)
        # A reusable block may hold itself; the old site stopped there too.
        if content is None or self.reusable_depth > 3:
            return self.unknown_block("block", raw)
        self.reusable_depth += 1
        try:
            return blocks.replace_blocks(content, self)
        finally:
            self.reusable_depth -= 1

    def embed(self, url: str, html: str) -> str:
        root = parse_fragment(html)
        caption = ""
        if root is not None:
            words = next(root.iter("figcaption"), None)
            caption = " ".join("".join(words.itertext()).split()) if words is not None else ""
            if not url:
                url = next(iter(re.findall(r"https?://\S+", "".join(root.itertext()))), "")
        if not markup.safe_url(url):
            return html
        return self._mark(embed_block(url, caption=caption))

    # -------------------------------------------------------------------------------------------------- shortcodes

    def unknown(self, shortcode: shortcodes.Shortcode) -> str:
        said = (payload_in(value) for value in (shortcode.inner or "", *shortcode.attributes.values()))
        packed = without_own_marks("".join(html for html in said if html))
        if _says_something(packed):
            self.unknown_shortcodes.append(shortcode.name)
            return packed  # HTML that was packed away: it is read where it stands
        if shown := self.shown(shortcode):
            return shown
        self.unknown_shortcodes.append(shortcode.name)
        words = printed_words(shortcode.name, shortcode.attributes, is_wrapper=shortcode.inner is not None)
        if shortcode.is_of_builder and not words and not packed:
            self.arranging.append(shortcode)
            return ""  # it only arranged what it holds
        return self._mark(unknown_block(shortcode.name, shortcode.raw, words))

    def shown(self, shortcode: shortcodes.Shortcode) -> str:
        kinds = set(re.split(r"[_-]", shortcode.name))
        attributes = shortcode.attributes
        values = [value.strip() for value in (*attributes.values(), *shortcode.words, shortcode.inner or "")]
        block = None
        if kinds & {"gallery", "slider", "carousel"}:
            ids = next((_ids(value) for value in values if re.fullmatch(r"\d+(?:\s*,\s*\d+)+", value)), ())
            images = [image_block(MediaRef(number, "")).value for number in ids]
            block = BodyBlock("gallery", {"images": images, "caption": ""}) if images else None
        elif kinds & {"image", "img", "imageframe", "photo", "picture"}:
            url = next((value for value in values if is_picture(value) and markup.safe_url(value)), "")
            number = next((found[1] for value in values if (found := _MEDIA_ID.fullmatch(value))), "")
            if url or number:
                caption = clean_caption(attributes.get("caption", ""))
                ref = MediaRef("" if url else number, url)
                block = image_block(ref, alt=attributes.get("alt", ""), caption=caption)
        elif kinds & {"video", "audio", "youtube", "vimeo"}:
            url = next((value for value in values if can_embed(value) and markup.safe_url(value)), "")
            block = embed_block(url, title=attributes.get("title", "")) if url else None
        return self._mark(block) if block else ""

    def core(self, shortcode: shortcodes.Shortcode) -> str:
        name = shortcode.name
        if name in ("caption", "wp_caption"):
            return self._caption(shortcode)
        if name == "gallery":
            return self._gallery(shortcode)
        if shortcode.language is not None:
            return self._code(shortcode)
        if name in CODES:
            return self.unknown(shortcode)  # the code itself is elsewhere
        if name == "playlist":
            ids = _ids(shortcode.attributes.get("ids", "")) or self.context.attached
            urls = [self.context.media_urls.get(media_id, "") for media_id in ids]
            found = [embed_block(url) for url in urls if markup.safe_url(url)]
            return self._mark(*found) if found else self.unknown(shortcode)
        url = self._player_url(shortcode)
        if not markup.safe_url(url):
            return self.unknown(shortcode)
        return self._mark(embed_block(url, title=shortcode.attributes.get("title", "")))

    def _caption(self, shortcode: shortcodes.Shortcode) -> str:
        """An image with words below it: `[caption id="attachment_7"]<a><img></a> Words[/caption]`."""
        attributes = shortcode.attributes
        inner = self._within(shortcode.inner or "")
        root = parse_fragment(inner)
        image = next((node for node in root.iter("img")), None) if root is not None else None
        if image is None:
            return inner
        found = BodyBuilder()._image(image)
        link = next((parent for parent in image.iterancestors("a")), image)
        html = (
            re.sub(r"\A.*?<img\b[^>]*>(?:\s*</a>)?", "", inner, count=1, flags=re.DOTALL)
            if link is not None
            else inner
        )
        caption = clean_caption(attributes.get("caption", "") or html)
        value: dict[str, Any] = dict(found.value)
        attached = re.search(r"\d+\Z", attributes.get("id", ""))
        ref: MediaRef = value["image"]
        if attached and not ref.source_id:
            ref = MediaRef(attached.group(), ref.url)
        value["image"] = ref
        value["caption"] = caption or value["caption"]
        return self._mark(BodyBlock("image", value))

    def _within(self, inner: str) -> str:
        """What a shortcode of WordPress holds, without the shortcodes in it, unless these go on and on."""
        if self.depth > 3:
            return inner
        self.depth += 1
        try:
            return shortcodes.replace_shortcodes(inner, self)
        finally:
            self.depth -= 1

    def _gallery(self, shortcode: shortcodes.Shortcode) -> str:
        attributes = shortcode.attributes
        ids = _ids(attributes.get("ids", "") or attributes.get("include", ""))
        if not ids:
            left_out = set(_ids(attributes.get("exclude", "")))
            ids = tuple(media_id for media_id in self.context.attached if media_id not in left_out)
        if not ids:
            return self.unknown(shortcode)
        images = [image_block(MediaRef(media_id, "")) for media_id in ids]
        if len(images) == 1:
            return self._mark(images[0])
        return self._mark(BodyBlock("gallery", {"images": [image.value for image in images], "caption": ""}))

    def _code(self, shortcode: shortcodes.Shortcode) -> str:
        text = _code_text(shortcode.inner or "", shortcode.language or "")
        if shortcode.is_in_a_line:
            return f"<code>{escape(text, quote=False)}</code>"
        return self._code_block(shortcode.language or "", text)

    def _code_block(self, language: str, text: str) -> str:
        return self._mark(BodyBlock("code", {"language": language, "code": text})) if text else ""

    def _with_typed_code(self, text: str, *, is_blocks: bool) -> str:
        """The text with code that was typed as it is made code: a browser would take some of it for markup."""
        ends: dict[str, list[re.Match[str]]] = {"pre": [], "code": []}
        for end in _TYPED_ENDS.finditer(text):
            ends[end[1].lower()].append(end)
        out: list[str] = []
        position = 0
        while opening := _TYPED.search(text, position):
            closing = ends[opening["tag"].lower()]
            number = bisect_left(closing, opening.end(), key=lambda end: end.start())
            out.append(text[position : opening.start()])
            position = closing[number].end() if number < len(closing) else opening.end()
            whole = text[opening.start() : position]
            if number < len(closing):
                inner = text[opening.end() : closing[number].start()]
                whole = self._typed_code(opening, inner, whole, is_blocks=is_blocks)
            out.append(whole)
        out.append(text[position:])
        return "".join(out)

    def _typed_code(self, opening: re.Match[str], inner: str, whole: str, *, is_blocks: bool) -> str:
        about, is_pre = opening["about"], opening["tag"].lower() == "pre"
        if is_pre and (within := _CODE_WITHIN.match(inner)):
            about, inner = f"{about} {within['about']}", within["code"]
        attributes, _, _ = attributes_of(about)
        stated = attributes.get("lang", "")
        stated = stated if is_code(stated, inner) else ""
        if is_pre:
            in_class = LANGUAGE.search(attributes.get("class", ""))
            if (stated and attributes.get("escaped") != "true") or (in_class and not _is_highlighted(inner)):
                language = in_class[1] if in_class else stated
                return self._code_block(language, _code_text(inner, language))
            return whole.replace("<?", "&lt;?")
        if "\n" not in inner.strip(" \t"):
            return f"<code>{escape(_code_text(inner, stated), quote=False)}</code>" if stated else whole
        if is_blocks and not stated:
            return whole
        return self._code_block(stated, _code_text(inner, stated))

    def _player_url(self, shortcode: shortcodes.Shortcode) -> str:
        attributes = shortcode.attributes
        if shortcode.name == "embed":
            return _plain(shortcode.inner or attributes.get("src", "") or "".join(shortcode.words[:1]))
        if shortcode.name in ("audio", "video"):
            kinds = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "wmv", "flv", "wma")
            return next((attributes[kind] for kind in kinds if attributes.get(kind)), "") or "".join(
                shortcode.words[:1]
            )
        value = attributes.get("url") or attributes.get("id") or attributes.get("src") or ""
        value = value or _plain(shortcode.inner or "") or "".join(shortcode.words[:1]).lstrip("=")
        if value.startswith(("http://", "https://")):
            return value
        pattern = shortcodes.EMBEDS[shortcode.name]
        return pattern.format(value) if re.fullmatch(r"[\w-]+(?:/[\w-]+)*", value) and pattern != "{}" else ""


def _footnotes(text: str) -> dict[str, tuple[int, str]]:
    """Reads the notes WordPress keeps beside a post: id → number and words."""
    if not text.strip().startswith("["):
        return {}
    try:
        notes = json.loads(text)
    except ValueError:
        return {}
    found = [note for note in notes if isinstance(note, dict) and note.get("id")]
    return {
        str(note["id"]): (number, clean_caption(str(note.get("content", ""))))
        for number, note in enumerate(found, 1)
    }


def _ids(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", text))


def _plain(html: str) -> str:
    return markup.plain_text(html).strip()


def _says_something(html: str) -> bool:
    """Whether HTML shows a reader something: words, a picture or a player."""
    return bool(html) and bool(
        markup.plain_text(re.sub(r"<(script|style)\b.*?</\1\s*>", "", html, flags=re.DOTALL)).strip()
        or re.search(r"<(?:img|iframe|video|audio)\b", html)
    )


def _code_text(typed: str, language: str) -> str:
    """Code as it was typed. What the visual editor did to it, and only that, is undone.

    The editor breaks lines with tags and writes signs as entities. Code that holds any other tag never went through it, and
    neither did HTML that holds those of the editor: there they are code.
    """
    others = _EDITORS_TAG.sub("", typed)
    is_markup = language.lower() in ("html", "xml", "xhtml", "markup", "htm", "svg", "jsx", "vue")
    if "<" not in others and (others == typed or not is_markup or _is_in_paragraphs(typed)):
        typed = _EDITORS_TAG.sub(lambda tag: "\n" if tag.group()[1] in "bB" else "", typed)
        for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#039;", "'"), ("&amp;", "&")):
            typed = typed.replace(entity, sign)
    return typed.strip("\n").rstrip()


def _is_in_paragraphs(typed: str) -> bool:
    """Whether the marks around the code stand in paragraphs of their own, as in `<p>[html]</p>…<p>[/html]</p>`."""
    return typed.lstrip().startswith("</p>")


def _is_highlighted(code: str) -> bool:
    """Whether the tags in a piece of code are a highlighter's or none, and not the code's own."""
    tags = {tag[1].lower() for tag in _OPENING_TAG.finditer(code)}
    return tags <= _HIGHLIGHTING or ("span" in tags and tags <= _HIGHLIGHTING | _LINES)
