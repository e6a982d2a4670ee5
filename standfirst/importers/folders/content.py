"""Turns a text's body into body blocks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from standfirst.importers.folders import markup
from standfirst.importers.folders.documents import Document
from standfirst.importers.folders.marks import Marks
from standfirst.importers.folders.settings import text as plain
from standfirst.importers.reading.htmlbody import BodyBuilder, clean_caption, without_own_marks
from standfirst.importers.reading.records import BodyBlock, ConvertedBody, MediaRef

_NOTE = re.compile(rf'<{markup.NOTE} n="(\d+)">(.*?)</{markup.NOTE}>', re.DOTALL)
_HREF = re.compile(r"""(<a\b[^<>]*?\bhref=)(["'])([^"'<>]*)\2""", re.IGNORECASE)
_ASIDE = re.compile(r"<d-footnote>(.*?)</d-footnote>", re.DOTALL)
_STATIC = re.compile(
    r"\A(?:\{(?:static|attach|filename|photo|author|category|tag|index)\}|%7B(?:static|attach|filename)%7D|\|filename\|)",
    re.IGNORECASE,
)
_OWN = (
    "static",
    "assets",
    "public",
    "source",
    "content",
    "src",
    "images",
    "files",
    "docs",
    "media",
    "src/assets",
    "app",
)
MORE = re.compile(r"<!--\s*more\s*-->|\{/\*\s*truncate\s*\*/\}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a body can point at: the folder's pictures, its other texts, and the site's own address."""

    generator: str
    pictures: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)  # names by the site's own ids
    base_path: str = ""
    resolve: Callable[[str, str], str] = field(
        default=lambda path, link: ""
    )  # a text and a link in it → an address

    def picture(self, path: str, url: str) -> MediaRef:
        """The picture an address names in the text at this path."""
        clean = _STATIC.sub("", url.strip())
        found = self._here(path, clean, is_rooted=clean != url.strip())
        return MediaRef(found, url) if found else MediaRef(url=url)

    def _here(self, path: str, url: str, *, is_rooted: bool) -> str:
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""
        if parts.netloc and (parts.hostname or "").removeprefix("www.") not in self.hosts:
            return ""
        name = unquote(parts.path).strip()
        if not name:
            return ""
        folder = path.rpartition("/")[0]
        if not name.startswith("/") and not parts.netloc:
            beside = normpath(f"{folder}/{name}") if folder else normpath(name)
            if beside in self.pictures:
                return beside
        bare = name.lstrip("/")
        if self.base_path and f"/{bare}".startswith(f"{self.base_path}/"):
            bare = bare[len(self.base_path) :]
        homes = ["", *(f"{home}/" for home in _OWN)]
        # The site may lie deeper than the folder that was given.
        top = (
            path.partition("/content/")[0]
            if "/content/" in path
            else path.partition("/_posts/")[0]
            if "/_posts/" in path
            else ""
        )
        if top and top != path:
            homes += [f"{top}/{home}" for home in homes]
        return next((found for home in homes if (found := normpath(f"{home}{bare}")) in self.pictures), "")


def convert(document: Document, reach: Reach) -> ConvertedBody:
    """The body in blocks, and what an editor should know of it."""
    text = without_own_marks(document.body)
    marks = Marks(
        generator=reach.generator,
        source="folders",
        variables={**reach.variables, **_said_of_itself(document)} if "{{" in text else reach.variables,
        people=reach.people,
        resolve=lambda link: reach.resolve(document.path, link),
        picture=lambda url: reach.picture(document.path, url),
        rich=lambda words: markup.inline(words, reach.generator),
    )
    unknown: list[str] = []
    if document.is_rst:
        unknown = markup.unknown_directives(text)
        _, html = markup.rst_to_html(text)
    elif document.is_html:
        html = marks.take_out(text)
    else:
        html = markup.to_html(
            marks.take_out(MORE.sub("", text)), reach.generator, is_mdx=document.ending == ".mdx"
        )
    notes: list[tuple[str, str]] = []
    if f"<{markup.NOTE} " in html:
        notes = [(number, _note(words)) for number, words in _NOTE.findall(html)]
        html = _NOTE.sub("", html)
    if "<d-footnote>" in html:
        html = _ASIDE.sub(lambda match: _aside(match[1], notes), html)
    html = marks.put_back(html)
    if "<a" in html:
        html = _HREF.sub(lambda match: _linked(match, document.path, reach), html)
    builder = BodyBuilder(marks=marks.blocks, titles_are_captions=not document.is_html)
    blocks = [_placed(block, document.path, reach) for block in builder.build(html)]
    if notes:
        values = [{"mark": number, "text": marks.words_back(words)} for number, words in notes]
        blocks.append(BodyBlock("footnotes", values))
    said = ("holds mathematics, which is kept as it was typed",) if marks.has_math else ()
    return ConvertedBody(tuple(blocks), (*marks.unknown, *unknown), notes=said)


def _said_of_itself(document: Document) -> dict[str, str]:
    """What a text may print of its own fields: `{{ page.meta.place }}`, `{{ page.place }}`."""
    said = {name: words for name, value in document.values.items() if (words := plain(value))}
    found = {f"page.{name}": words for name, words in said.items()}
    return found | {f"page.meta.{name}": words for name, words in said.items()}


def _note(html: str) -> str:
    return clean_caption(re.sub(r"</p>\s*<p>", "<br>", html.strip()))


def _aside(words: str, notes: list[tuple[str, str]]) -> str:
    notes.append((str(len(notes) + 1), _note(words)))
    return f'<sup data-fn-mark="{len(notes)}">{len(notes)}</sup>'


def _linked(match: re.Match[str], path: str, reach: Reach) -> str:
    """A link to another text of the folder leads to its old address, one to the old site to a path here."""
    head, quote, href = match.groups()
    found = _target(href, path, reach)
    return f"{head}{quote}{found}{quote}" if found else match.group()


def _target(href: str, path: str, reach: Reach) -> str:
    plain = _STATIC.sub("", href)
    if plain != href or re.search(r"\.(?:md|markdown|mdx|rst)(?:[#?]|\Z)", plain, re.IGNORECASE):
        link, mark, fragment = plain.partition("#")
        if "://" not in link:
            address = reach.resolve(path, unquote(link))
            return f"{address}{mark}{fragment}" if address else ""
    if reach.hosts and href.startswith(("http://", "https://")):
        try:
            parts = urlsplit(href)
        except ValueError:
            return ""
        if (parts.hostname or "").removeprefix("www.") in reach.hosts:
            rest = href.partition("://")[2].partition("/")
            return f"/{rest[2]}"
    return ""


def _placed(block: BodyBlock, path: str, reach: Reach) -> BodyBlock:
    """The block with its pictures looked for in the folder."""
    if block.type == "image":
        return BodyBlock("image", _with_picture(block.value, path, reach))
    if block.type == "gallery":
        images = [_with_picture(image, path, reach) for image in block.value["images"]]
        return BodyBlock("gallery", {**block.value, "images": images})
    return block


def _with_picture(value: dict[str, object], path: str, reach: Reach) -> dict[str, object]:
    ref = value["image"]
    if not isinstance(ref, MediaRef) or ref.source_id or not ref.url:
        return value
    return {**value, "image": reach.picture(path, ref.url)}
