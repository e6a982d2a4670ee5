"""Turns the content of a WordPress post, classic or in blocks, into body blocks.

Pure and picklable on both ends, so that several processes can share the work.
"""

import json
import re
from typing import Any

from standfirst.importers.reading.htmlbody import (
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
from standfirst.text.marks import attributes_of, printed_words
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
_OWN_LINK_ATTRIBUTE = r"""(\b(?:href)\s*=\s*["'])https?://(?:www\.)?(?:{hosts})(?=[/"'?#])"""
_TYPED = re.compile(
    r"(?P<pre><pre\b.*?</pre\s*>)|<code(?P<about>(?:\s[^<>]*)?)>(?P<code>.*?)</code\s*>",
    re.DOTALL | re.IGNORECASE,
)


def convert(content: str, context: ContentContext) -> ConvertedBody:
    """Returns the body blocks of a content, and the names of what it did not understand."""
    return _Conversion(context).run(content)


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
        self.reusable_depth = 0

    def run(self, content: str) -> ConvertedBody:
        text = without_own_marks(content.replace("\r\n", "\n").replace("\r", "\n"))
        text = self._own_links_relative(text)
        is_blocks = blocks.is_block_content(text)
        if is_blocks:
            text = blocks.replace_blocks(text, self)
        elif "<code" in text or "<pre" in text:
            text = _TYPED.sub(self._typed_code, text)
        text = shortcodes.replace_shortcodes(text, self)
        if self.notes:
            text = self._numbered_notes(text)
        builder = BodyBuilder(newlines_break=not is_blocks, marks=self.marks, embeds_alone=can_embed)
        body = builder.build(text)
        if self.notes:
            values = [{"mark": str(mark), "text": words} for mark, words in self.notes.values()]
            body.append(BodyBlock("footnotes", values))
        return ConvertedBody(tuple(body), tuple(self.unknown_shortcodes), tuple(self.unknown_blocks))

    def _own_links_relative(self, text: str) -> str:
        lowered = (
            text.lower()
        )  # Most texts name no host of their own, and an expression takes longer to tell.
        if not any(host.lower() in lowered for host in self.context.hosts):
            return text
        hosts = "|".join(re.escape(host) for host in self.context.hosts)
        found = re.sub(_OWN_LINK_ATTRIBUTE.format(hosts=hosts), r"\1", text, flags=re.IGNORECASE)
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
            True for _ in root.iter("iframe", "embed", "object", "video", "audio", "blockquote")
        ):
            return html  # players and posts of other sites become embeds; the walk knows how
        cleaned = markup.clean_body_html(html)
        if not cleaned.strip():
            self.unknown_blocks.append("html")
            return self._mark(unknown_block("html", html.strip()))
        return self._mark(BodyBlock("html", cleaned))

    def unknown_block(self, name: str, raw: str, words: str = "") -> str:
        self.unknown_blocks.append(name)
        return self._mark(unknown_block(name, raw, words))

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
        self.unknown_shortcodes.append(shortcode.name)
        words = markup.plain_text(shortcode.payload or "") or printed_words(
            shortcode.name, shortcode.attributes, is_wrapper=shortcode.inner is not None
        )
        return self._mark(unknown_block(shortcode.name, shortcode.raw, words))

    def core(self, shortcode: shortcodes.Shortcode) -> str:
        name = shortcode.name
        if name in ("caption", "wp_caption"):
            return self._caption(shortcode)
        if name == "gallery":
            return self._gallery(shortcode)
        if shortcode.language is not None or name in shortcodes.CODES:
            return self._code(shortcode)
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
        inner = shortcodes.replace_shortcodes(shortcode.inner or "", self)
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
        text = _code_text(shortcode.inner or "")
        return (
            self._mark(BodyBlock("code", {"language": shortcode.language or "", "code": text}))
            if text
            else ""
        )

    def _typed_code(self, match: re.Match[str]) -> str:
        """Lines of code in a text, typed as they are: a browser would take some of them for markup."""
        if match["pre"]:
            return match.group().replace("<?", "&lt;?")
        if "\n" not in match["code"].strip(" \t"):
            return match.group()
        named, _, _ = attributes_of(match["about"])
        text = _code_text(match["code"])
        return (
            self._mark(BodyBlock("code", {"language": named.get("lang", ""), "code": text})) if text else ""
        )

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


def _code_text(html: str) -> str:
    """Code between shortcodes was typed as text: only the entities an editor put in are undone."""
    text = re.sub(r"<br\s*/?>\n?", "\n", html)
    text = re.sub(r"</?p[^>]*>", "", text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#039;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text.strip("\n").rstrip()
