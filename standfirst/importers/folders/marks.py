"""What a text holds beside its writer's words: Liquid and Nunjucks tags, shortcodes of Hugo and Zola, includes.

Each is taken out before the text is read as Markdown, and a *token* of letters and figures stands in its place, which
Markdown passes through wherever it stands. Afterwards a token in running text becomes a block or a mark for the editor;
one in code, or in an address, becomes again what was typed.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath

from standfirst.importers.folders.settings import ELEVENTY, HEXO, HUGO, JEKYLL, MKDOCS, NIKOLA, PELICAN, ZOLA
from standfirst.importers.reading.htmlbody import MARK, embed_block, image_block, unknown_block
from standfirst.importers.reading.records import BodyBlock, MediaRef
from standfirst.text import markup
from standfirst.text.marks import printed_words, typed, without_typed

EMBEDS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "youtubelite": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}",
    "soundcloud": "https://soundcloud.com/{}",
    "spotify": "https://open.spotify.com/{}",
    "speakerdeck": "https://speakerdeck.com/player/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "asciinema": "https://asciinema.org/a/{}",
    "codepen": "https://codepen.io/{}",
    "mastodon": "{}",
    "bluesky": "{}",
    "oembed": "{}",
    "embed": "{}",
    "iframe": "{}",
    "video": "{}",
    "audio": "{}",
    "podcast": "{}",
}
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)\Z", re.IGNORECASE)
_LIQUID = r"\{%-?\s*(?P<lname>/?[\w-]+)(?P<largs>(?:[^%'\"]|'[^']*'|\"[^\"]*\"|%(?!\})){0,4000}?)-?%\}"
_OUTPUT = r"\{\{-?(?P<out>[^{}\n<%](?:[^{}\n'\"]|'[^'\n]*'|\"[^\"]{0,500}\"){0,1000}?)-?\}\}"
_HUGO = (
    r"\{\{(?:<|%)\s*(?P<hclose>/)?\s*(?P<hname>[\w./-]+)(?P<hargs>(?:[^>%'\"`]|'[^']*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|%(?!\}\})|>(?!\}\})){0,4000}?)"
    r"(?P<hself>/)?\s*(?:>|%)\}\}"
)
_HUGO_COMMENT = r"\{\{(?:<|%)\s*/\*(?P<escaped>[^\n]{0,400}?)\*/\s*(?:>|%)\}\}"
_ZOLA = r"\{\{\s*(?P<zname>[a-z_]\w*)\((?P<zargs>(?:[^()'\"`]|'[^']*'|\"[^\"]*\"|`[^`]*`){0,4000})\)\s*\}\}"
_ZOLA_BLOCK = (
    r"\{%\s*(?P<zbname>[a-z_]\w*)\((?P<zbargs>(?:[^()'\"`]|'[^']*'|\"[^\"]*\"|`[^`]*`){0,4000})\)\s*%\}"
)
_ZOLA_END = r"\{%\s*(?P<zend>end)\s*%\}"
_INCLUDE = r"\{\{#(?P<mdname>\w+)(?P<mdargs>[^{}\n]*)\}\}"
_TAG_AS_WORDS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[{%#]", re.DOTALL)
_RAW = (re.compile(r"\{%-?\s*raw\s*-?%\}"), re.compile(r"(?:\{\{|\{%)-?\s*endraw\s*-?(?:%\}|\}\})"))
_COMMENT = (re.compile(r"\{%-?\s*comment\s*-?%\}"), re.compile(r"\{%-?\s*endcomment\s*-?%\}"))
_NOTE = (re.compile(r"\{#(?!\w+\})"), re.compile(r"#\}"))
_HIGHLIGHT = (
    re.compile(
        r"\{(?:%-?|\{<)\s*(?:highlight|code_block|codeblock)(?P<args>[^%>\n]{0,300}?)-?(?:%\}|>\}\})\n?"
    ),
    re.compile(r"\{(?:%-?|\{<)\s*(?:end|/)\s*(?:highlight|code_block|codeblock)\s*-?(?:%\}|>\}\})"),
)
_MATH = re.compile(r"\$\$(?:(?!\n[ \t]*\n)[^$]){1,5000}\$\$")
_ARGUMENT = re.compile(
    r"""([\w.-]+)\s*[=:](?!//)\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|`([^`]*)`|([^\s,"'`]+))|"((?:\\.|[^"\\])*)"|'([^']*)'|`([^`]*)`|([^\s,"'`]+)"""
)
_TAGS = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
_AS_TYPED = frozenset(["pre", "code", "script", "style", "textarea"])


@dataclass(slots=True)
class Marks:
    """The tags of one text, taken out of it."""

    generator: str
    source: str  # the format, by which a block tells where it came from
    variables: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)  # names by the site's own ids
    resolve: Callable[[str], str] = field(
        default=lambda link: ""
    )  # the address of another text of the folder
    picture: Callable[[str], MediaRef] = field(default=lambda url: MediaRef(url=url))
    rich: Callable[[str], str] = field(default=escape)
    blocks: list[list[BodyBlock]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    has_math: bool = False
    _raws: list[str] = field(default_factory=list)
    _shown: list[str | None] = field(default_factory=list)  # what stands there, if words; None for blocks
    _names: list[str] = field(default_factory=list)  # of what is unknown
    _nonce: str = "sfx"

    # ------------------------------------------------------------------------------------------------------ taking out

    def take_out(self, text: str) -> str:
        """The text with a token for everything that is no word of it."""
        # The same text has the same tokens at every import, and no text has one of its own.
        self._nonce = (
            f"sf{hashlib.blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()}x"
        )
        if "{%" in text or "{{" in text or "{#" in text:
            text = self._take_tags(text)
        if self.generator == JEKYLL and "$$" in text:
            self.has_math = True
            text = _MATH.sub(lambda match: self._token(typed := self._typed(match.group()), typed), text)
        return text

    def _take_tags(self, text: str) -> str:
        if self.generator in (JEKYLL, ELEVENTY, PELICAN, HUGO, HEXO):
            text = _between(text, _HIGHLIGHT, self._highlight)
        if self.generator in (JEKYLL, ELEVENTY, PELICAN, HEXO, MKDOCS):
            text = _between(text, _RAW, lambda _, inner: _TAG_AS_WORDS.sub(self._raw, inner))
            text = _between(text, _COMMENT, lambda *_: "")
            text = _between(text, _NOTE, lambda *_: "")
        pattern = _PATTERNS.get(self.generator, _PATTERNS[""])
        gallery: list[str] = []
        return pattern.sub(lambda match: self._tag(match, gallery), text)

    def _typed(self, text: str) -> str:
        """A stretch that is taken out whole, with what was taken out of it before."""
        if self._nonce not in text:
            return text
        return re.sub(rf"{self._nonce}(\d+)z", lambda match: self._raws[int(match[1])], text)

    def _token(self, raw: str, shown: str | None, *blocks: BodyBlock, name: str = "") -> str:
        self._raws.append(raw)
        self._shown.append(shown)
        self._names.append(name)
        self.blocks.append(list(blocks))
        return f"{self._nonce}{len(self._raws) - 1}z"

    def _raw(self, tag: re.Match[str]) -> str:
        """What its writer kept from being read as a tag: it is printed."""
        words = self._typed(tag.group())
        return self._token(words, typed(words))

    def _highlight(self, opening: re.Match[str], inner: str) -> str:
        language = (opening["args"].split() or [""])[0].strip("\"'")
        code = self._typed(_between(inner, _RAW, lambda _, words: words)).strip("\n").rstrip()
        if not code:
            return ""
        block = BodyBlock("code", {"language": language, "code": code})
        return f"\n\n{self._token(inner, None, block)}\n\n"

    def _tag(self, match: re.Match[str], gallery: list[str]) -> str:
        found = {name: self._typed(value) for name, value in match.groupdict().items() if value is not None}
        raw = self._typed(match.group())
        if "escaped" in found:
            return self._token(raw, typed(raw.replace("/*", "").replace("*/", "")))
        if "out" in found:
            return self._output(found["out"], raw)
        if "mdname" in found:
            return (
                self._unknown(found["mdname"], raw)
                if found["mdname"] != "include"
                else self._unknown("include", raw)
            )
        if "zend" in found:
            return self._token(raw, "")
        for name, arguments in (
            ("hname", "hargs"),
            ("zname", "zargs"),
            ("zbname", "zbargs"),
            ("lname", "largs"),
        ):
            if name in found:
                if found.get("hclose") or (name == "lname" and found[name].startswith(("end", "/"))):
                    return self._token(raw, "")
                return self._shortcode(found[name], found.get(arguments, ""), raw)
        return raw

    def _unknown(self, name: str, raw: str, words: str = "") -> str:
        return self._token(raw, None, unknown_block(name, raw, words, source=self.source), name=name)

    # ------------------------------------------------------------------------------------------------------ what it is

    def _shortcode(self, name: str, arguments: str, raw: str) -> str:
        named, words = parse_arguments(self._evaluated(arguments))
        if name in ("include", "include_relative", "include_cached") and words:
            name = PurePosixPath(words.pop(0)).name.rpartition(".")[0] or name
        name = (
            name.rpartition("/")[2].rpartition(".")[0] or name.rpartition("/")[2]
            if "." in name
            else name.rpartition("/")[2]
        )
        plain = name.lower()
        if plain in ("post_url", "link", "ref", "relref"):
            target = (words or [named.get("path", "")])[0]
            address = self.resolve(target) or (f"/{target.lstrip('/')}" if target else "")
            return self._token(raw, address) if address else self._unknown(name, raw)
        if plain in ("raw", "endraw", "rawhtml", "unsafe", "html"):
            return self._token(raw, "")
        if plain in (
            "gallery",
            "figuregroup",
            "imgtxt",
            "columns",
            "column",
            "quote",
            "blockquote",
            "notice",
            "details",
        ):
            return self._wrapper(plain, named, words, raw)
        block = self._picture(named, words) or self._embed(plain, named, words) or self._card(named)
        if block is not None:
            return self._spaced(raw, *block)
        return self._unknown(name, raw, printed_words(name, named, is_wrapper=True))

    def _spaced(self, raw: str, *blocks: BodyBlock) -> str:
        return self._token(raw, None, *blocks)

    def _wrapper(self, name: str, named: Mapping[str, str], words: list[str], raw: str) -> str:
        """An opening shortcode whose text stays where it is; a picture it names stands before that."""
        block = self._picture(named, words)
        if block is not None:
            return self._spaced(raw, *block)
        title = named.get("title") or named.get("summary") or named.get("caption") or ""
        source = (
            named.get("author")
            or named.get("footer")
            or named.get("source")
            or named.get("attribution")
            or ""
        )
        if name in ("quote", "blockquote") and source:
            return self._spaced(
                raw, BodyBlock("paragraph", f"<p>{escape(markup.plain_text(source), quote=False)}:</p>")
            )
        if title:
            return self._spaced(raw, BodyBlock("heading", {"text": markup.plain_text(title), "level": "h4"}))
        return self._token(raw, "")

    def _picture(self, named: Mapping[str, str], words: list[str]) -> list[BodyBlock] | None:
        keys = ("src", "path", "image", "url", "file", "filename", "image_path", "img", "source", "link")
        url = next((named[key] for key in keys if _PICTURE.search(named.get(key, "").partition("?")[0])), "")
        rest = list(words)
        if not url:
            url = next((word for word in words if _PICTURE.search(word.partition("?")[0])), "")
            rest = [word for word in words if word != url and " " in word.strip()]
        if not url:
            return None
        caption = named.get("caption") or named.get("title") or named.get("figcaption") or ""
        credit = named.get("attr") or named.get("credit") or ""
        alt = named.get("alt") or (rest[0] if rest else "")
        block = image_block(self.picture(url), alt=markup.plain_text(alt), caption=self._inline(caption))
        block.value["credit"] = markup.plain_text(credit)[:255]
        return [block]

    def _inline(self, words: str) -> str:
        return markup.clean_inline(self.rich(words)).strip() if words else ""

    def _embed(self, name: str, named: Mapping[str, str], words: list[str]) -> list[BodyBlock] | None:
        base = next(
            (key for key in EMBEDS if name == key or name.split("-")[0] == key or name.split("_")[0] == key),
            "",
        )
        if not base:
            return None
        value = next(
            (
                named[key]
                for key in ("url", "src", "link", "id", "user", "href", "mp4", "file")
                if named.get(key)
            ),
            "",
        )
        if name in ("tweet", "twitter", "x") and named.get("user") and named.get("id"):
            value = named["id"]
        value = value or "/".join(words[:2] if base == "gist" else words[:1])
        url = value if value.startswith(("http://", "https://")) else ""
        if not url and re.fullmatch(r"[\w./-]+", value) and EMBEDS[base] != "{}":
            url = EMBEDS[base].format(value)
        if not markup.safe_url(url) or not url:
            return None
        return [
            embed_block(
                url, title=named.get("title", ""), caption=markup.plain_text(named.get("caption", ""))
            )
        ]

    def _card(self, named: Mapping[str, str]) -> list[BodyBlock] | None:
        """A link with a title and some words about it, as link round-ups include them."""
        url = named.get("link") or named.get("url") or named.get("href") or ""
        title = named.get("title") or named.get("text") or ""
        if not url.startswith(("http://", "https://", "/")) or not title or not markup.safe_url(url):
            return None
        blocks: list[BodyBlock] = []
        picture = next(
            (named[key] for key in ("screenshot", "image", "img", "thumbnail") if named.get(key)), ""
        )
        if picture:
            blocks.append(image_block(self.picture(picture), alt=markup.plain_text(title)))
        words = named.get("text") or named.get("description") or ""
        more = f"<p>{self._inline(words)}</p>" if words and words != title else ""
        html = f'<p><a href="{escape(url)}">{escape(markup.plain_text(title), quote=False)}</a></p>{more}'
        blocks += [
            BodyBlock("paragraph", markup.clean_rich_text(part))
            for part in re.findall(r"<p>.*?</p>", html, re.DOTALL)
        ]
        return blocks

    # ------------------------------------------------------------------------------------------------------ outputs

    def _evaluated(self, arguments: str) -> str:
        if "{{" not in arguments:
            return arguments
        return re.sub(_OUTPUT, lambda match: self._value(match["out"]) or match.group(), arguments)

    def _output(self, expression: str, raw: str) -> str:
        filters = [part.strip() for part in _split_bars(expression)]
        if len(filters) > 1 and filters[1].startswith("embed"):
            url = _literal(filters[0])
            if url and markup.safe_url(url):
                title = _literal(filters[1].partition(":")[2]) or ""
                return self._spaced(raw, embed_block(url, title=title))
        value = self._value(expression)
        if value is not None:
            return self._token(raw, value)
        if not re.search(r"[\w\"']", expression):
            return raw
        return self._unknown((filters[-1].partition(":")[0] or "output")[:40], raw)

    def _value(self, expression: str) -> str | None:
        """What an expression prints, where the folder says; None where only the old site knew."""
        first, *filters = (part.strip() for part in _split_bars(expression))
        value: str | None = _literal(first)
        if value is None:
            value = self.variables.get(first.replace(" ", ""))
        if value is None:
            return None
        for part in filters:
            name, _, argument = part.partition(":")
            name, argument = name.strip(), argument.strip()
            other = _literal(argument)
            if other is None:
                other = self.variables.get(argument, "")
            if name == "prepend":
                value = other + value
            elif name == "append":
                value = value + other
            elif name in ("relative_url", "absolute_url", "url", "relURL", "absURL", "asset_url"):
                value = value if "://" in value else f"/{value.lstrip('/')}"
            elif name in ("escape", "strip", "safe", "markdownify", "smartify", "xml_escape", "trim", "dump"):
                value = value.strip()
            elif value in self.people and "photo" not in name:
                value = self.people[value]  # a filter of the site's own that printed somebody's name
            else:
                return None
        return value

    # ---------------------------------------------------------------------------------------------------- putting back

    def put_back(self, html: str) -> str:
        """HTML with a mark for each token that stands for blocks, and with words for the others."""
        if not self._raws:
            return html
        token = re.compile(rf"{self._nonce}(\d+)z")
        seen: set[int] = set()

        def in_text(match: re.Match[str]) -> str:
            number = int(match[1])
            shown = self._shown[number]
            if shown is not None:
                return escape(shown, quote=False)
            seen.add(number)
            return f'<{MARK} n="{number}"></{MARK}>'

        def as_typed(match: re.Match[str]) -> str:
            return escape(self._raws[int(match[1])], quote=True)

        def as_value(match: re.Match[str]) -> str:
            shown = self._shown[int(match[1])]
            return escape(
                without_typed(shown) if shown is not None else self._raws[int(match[1])], quote=True
            )

        out: list[str] = []
        position, inside = 0, 0
        for tag in _TAGS.finditer(html):
            out.append(token.sub(as_typed if inside else in_text, html[position : tag.start()]))
            out.append(token.sub(as_value, tag.group()))
            if tag[2].lower() in _AS_TYPED and not tag.group().endswith("/>"):
                inside = max(0, inside - 1) if tag[1] else inside + 1
            position = tag.end()
        out.append(token.sub(as_typed if inside else in_text, html[position:]))
        self.unknown = [name for number, name in enumerate(self._names) if name and number in seen]
        return "".join(out)

    def words_back(self, text: str) -> str:
        """Plain text with what was typed, for a headline or a heading that is taken away."""
        return re.sub(rf"{self._nonce}(\d+)z", lambda match: self._shown[int(match[1])] or "", text)


def _between(
    text: str, marks: tuple[re.Pattern[str], re.Pattern[str]], replaced: Callable[[re.Match[str], str], str]
) -> str:
    """The text with every stretch from an opening mark to the next closing one replaced."""
    opening, closing = marks
    out: list[str] = []
    position = 0
    while (start := opening.search(text, position)) and (end := closing.search(text, start.end())):
        out += (text[position : start.start()], replaced(start, text[start.end() : end.start()]))
        position = end.end()
    return "".join((*out, text[position:]))


def parse_arguments(text: str) -> tuple[dict[str, str], list[str]]:
    """The named and the bare values of a tag."""
    named: dict[str, str] = {}
    words: list[str] = []
    for name, d, s, b, bare, *others in _ARGUMENT.findall(text):
        if name:
            named.setdefault(name.lower(), (d or s or b or bare).replace('\\"', '"'))
        elif value := next((value for value in others if value), ""):
            words.append(value.replace('\\"', '"'))
    return named, words


def _split_bars(expression: str) -> list[str]:
    return re.findall(r"(?:[^|'\"]|'[^']*'|\"[^\"]*\")+", expression) or [""]


def _literal(words: str) -> str | None:
    words = words.strip()
    return words[1:-1] if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'" else None


_PATTERNS = {
    HUGO: re.compile(f"{_HUGO_COMMENT}|{_HUGO}", re.DOTALL),
    JEKYLL: re.compile(f"{_LIQUID}|{_OUTPUT}", re.DOTALL),
    ELEVENTY: re.compile(f"{_LIQUID}|{_OUTPUT}", re.DOTALL),
    PELICAN: re.compile(_LIQUID, re.DOTALL),
    HEXO: re.compile(f"{_LIQUID}|{_OUTPUT}", re.DOTALL),
    MKDOCS: re.compile(f"{_LIQUID}|{_OUTPUT}", re.DOTALL),
    ZOLA: re.compile(f"{_ZOLA}|{_ZOLA_BLOCK}|{_ZOLA_END}", re.DOTALL),
    NIKOLA: re.compile(_HUGO, re.DOTALL),
    # Of a generator that is not known, an output within a link's address: Markdown would not take it for a link.
    "": re.compile(rf"{_INCLUDE}|{_HUGO}|(?<=\]\(){_OUTPUT}", re.DOTALL),
}
