"""One text of a folder, understood: what it is, what it says of itself, and what is left to be converted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache, partial
from os.path import splitext

from standfirst.importers.folders import bylines, dates
from standfirst.importers.folders.addresses import Facts, stem_of
from standfirst.importers.folders.bylines import RawEntry
from standfirst.importers.folders.fields import (
    CHANGE_FIELDS,
    DATE_FIELDS,
    LINE_FIELDS,
    SECTION_FIELDS,
    TOPIC_FIELDS,
    Fields,
    flattened,
)
from standfirst.importers.folders.kinds import Kinds, Traits
from standfirst.importers.folders.markup import inline
from standfirst.importers.folders.matter import Matter, Value, split, truth
from standfirst.importers.folders.profiles import is_profile
from standfirst.importers.folders.settings import (
    DOCUSAURUS,
    ELEVENTY,
    HEXO,
    HUGO,
    JEKYLL,
    MDBOOK,
    MKDOCS,
    NIKOLA,
    PELICAN,
    ZOLA,
    Settings,
    text,
)
from standfirst.importers.folders.standing import SO, Standing, standing_of
from standfirst.importers.folders.tree import MARKDOWN, Tree
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.records import Refused
from standfirst.text.markup import plain_text
from standfirst.text.slugs import slug_for

_ABOUT_THE_FOLDER = frozenset(
    [
        "readme",
        "license",
        "licence",
        "copying",
        "notice",
        "contributing",
        "changelog",
        "code_of_conduct",
        "code-of-conduct",
        "security",
        "support",
        "maintainers",
        "summary",
        "pull_request_template",
        "issue_template",
        "authors",
        "history",
        "todo",
    ]
)
_FURNITURE = frozenset(
    [
        "404",
        "search",
        "archive",
        "archives",
        "tags",
        "categories",
        "sitemap",
        "robots",
        "feed",
        "rss",
        "atom",
        "offline",
    ]
)
PAGE_LAYOUTS = frozenset(["page", "pages", "single-page", "static", "about", "contact", "landing", "home"])
_POSTS = frozenset(["blog", "post", "posts", "news", "articles"])
_LANGUAGES = frozenset(
    [
        "ar",
        "be",
        "bg",
        "bn",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "el",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "fi",
        "fr",
        "ga",
        "gl",
        "he",
        "hi",
        "hr",
        "hu",
        "id",
        "is",
        "it",
        "ja",
        "ka",
        "ko",
        "lt",
        "lv",
        "mk",
        "ms",
        "nb",
        "nl",
        "nn",
        "no",
        "pl",
        "pt",
        "pt-br",
        "ro",
        "ru",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
        "ta",
        "th",
        "tr",
        "uk",
        "ur",
        "vi",
        "zh",
        "zh-cn",
        "zh-tw",
        "zh-hans",
        "zh-hant",
    ]
)
_LANGUAGE = re.compile(r"\.([a-z]{2}(?:-[a-z]{2,4})?)\Z", re.IGNORECASE)
_HEADING = re.compile(
    r"[ \t]{0,3}(#{1,6})[ \t]+(.*?)[ \t#]*(?:\{[^{}]*\})?[ \t]*(?:\n|\Z)|([^\n]+)\n[ \t]{0,3}(?:={3,}|-{3,})[ \t]*(?:\n|\Z)"
)
_SKIP_TO_HEADING = re.compile(r"(?:\s+|<!--.*?-->|!\[[^\]\n]*\]\([^)\n]*\)|\[TOC\])*", re.DOTALL)
_HTML_HEADING = re.compile(r"\s*<h1\b[^>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)
_DECK = re.compile(r"<!--+\s*deck\s*start\s*--+>(.*?)<!--+\s*deck\s*end\s*--+>", re.DOTALL | re.IGNORECASE)
_LINK_LINE = re.compile(
    r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:\[[^\]]*\]\([^)]*\.md[^)]*\)|\*{0,2}[^\n]{0,60})[ \t]*\Z"
)
_DEFAULT_SECTIONS = frozenset(
    ["post", "posts", "blog", "article", "articles", "content", "_posts", "en", "news-and-posts"]
)

_SLUG_FIELDS = ("slug", "basename", "path", "permalink", "url")
NO_MATTER = "has no front matter, so {} does not publish it"
MDBOOK_CONTENTS = "a table of contents"


@dataclass(frozen=True, slots=True)
class Document:
    """One text. `reason` says why it is left out; it is empty for an article, a page and a profile."""

    path: str
    ending: str
    matter: Matter
    kind: str  # article, page, profile, other or refused
    reason: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)  # with the folder's defaults
    title: str = ""
    is_title_stated: bool = False
    body: str = ""
    stem: str = ""
    language: str = ""  # of a translation beside another text
    date: datetime | None = None
    date_from: str = ""
    changed: datetime | None = None
    entries: tuple[RawEntry, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    standfirst: str = ""
    search_description: str = ""
    status: str = ""
    notes: tuple[str, ...] = ()
    link: str = ""  # to the story elsewhere that it tells of
    unread: Mapping[str, str] = field(default_factory=dict)  # fields that no words of it are made of
    why: str = ""  # it is an article, where something else spoke against it

    @property
    def is_html(self) -> bool:
        return self.ending in (".html", ".htm", ".xhtml")

    @property
    def is_rst(self) -> bool:
        return self.ending in (".rst", ".rest")

    @property
    def headline(self) -> str:
        return self.title or _words(self.stem)

    @property
    def slug(self) -> str:
        """What the article is called in its new address."""
        stated = next((words for name in _SLUG_FIELDS if (words := text(self.values.get(name)))), "")
        name = re.sub(r"\.\w{2,5}\Z", "", stated.rstrip("/").rpartition("/")[2])
        base = slug_for(name, fallback="") if name and not re.search(r"[:{]|\Aindex\Z", name) else ""
        if not base:
            # A name in words is a slug; a name like `p2` or `article` says less than the headline.
            is_named = re.search(r"[-_ ]", self.stem) or not self.title.isascii()
            base = slug_for(self.stem if is_named or not self.title else self.title, fallback="article")
        return f"{base}-{self.language}" if self.language and not base.endswith(f"-{self.language}") else base

    def facts(self) -> Facts:
        stated = text(self.values.get("slug"))
        author = self.entries[0].raw if self.entries else ""
        return Facts(
            path=self.path,
            stem=self.stem,
            slug=stated or slug_for(self.headline),
            stated_slug=stated,
            title=self.headline,
            date=self.date,
            categories=self.categories,
            language=self.language,
            is_page=self.kind == "page",
            values=self.values,
            author=author,
        )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What one text needs to know of the folder."""

    settings: Settings
    dates: Mapping[str, datetime] = field(default_factory=dict)  # of texts a table of contents dates
    parts: Mapping[str, str] = field(default_factory=dict)  # the issue or part of a book each is in
    translated: frozenset[str] = frozenset()  # texts that stand beside another in another language
    resources: frozenset[str] = frozenset()  # texts in the folder of a page, which are none of their own
    fields: Fields = field(default_factory=Fields)
    kinds: Kinds = field(default_factory=Kinds)
    people: frozenset[str] = frozenset()  # folders whose texts are profiles, by what names them


def read_document(tree: Tree, path: str, around: Surroundings) -> Document:
    """Reads and understands one text, inside a fence."""
    try:
        words = tree.read(path)
    except OSError as error:
        return Document(path, "", Matter(), "other", f"cannot be read ({error.strerror})")
    document = fenced(partial(understand, path, words, around), kind="articles", record=path)
    return (
        Document(path, "", Matter(), "refused", document.reason)
        if isinstance(document, Refused)
        else document
    )


def understand(path: str, words: str, around: Surroundings) -> Document:
    settings = around.settings
    ending = splitext(path)[1].lower()
    matter = split(words, ending)
    kind = _posts_kind(path)
    values = {**settings.defaults_of(settings.inside(path), kind)}
    values |= {str(key): value for key, value in matter.values.items()}
    typed = flattened(values)
    document, named = _placed(path, typed, around)
    document = replace(
        document,
        matter=matter,
        link=around.fields.link(typed),
        unread=around.fields.unread(typed),
    )
    if is_profile(path, matter.values, around.people):
        return replace(document, kind="profile")
    document = _understood(document, named, around)
    if reason := _reason(document, around):
        return replace(document, kind="other", reason=reason)
    return document


def traits_in_matter(path: str, typed: Mapping[str, Value], around: Surroundings) -> Traits:
    """What speaks for a text being an article, as far as its path and its flattened fields tell."""
    document, named = _placed(path, typed, around)
    date, _ = _date(document, named, around)
    return _traits(document, date, bylines.in_matter(document.values, around.fields.bylines))


def _placed(
    path: str, typed: Mapping[str, Value], around: Surroundings
) -> tuple[Document, dates.NamedDate | None]:
    """A text as far as its path and its fields tell, and the date in its name."""
    stem, language = _stem_and_language(path, around)
    named = dates.in_file_name(stem)
    return Document(
        path,
        splitext(path)[1].lower(),
        Matter(),
        "article",
        values=around.fields.applied(typed),
        stem=named.rest if named and named.rest else stem,
        language=language,
    ), named


def _understood(document: Document, named: dates.NamedDate | None, around: Surroundings) -> Document:
    values, settings, matter = document.values, around.settings, document.matter
    notes = list(matter.notes)
    title = text(values.get("title")) or text(values.get("headline"))
    body = matter.body
    if document.is_rst:
        title, body = (title, body) if title else _rst_title(body)
    elif document.ending in MARKDOWN or not document.is_html:
        title, body = _titled(title, body)
    elif not title and (heading := _HTML_HEADING.match(body)):
        title, body = plain_text(heading[1]), body[heading.end() :]
    entries = bylines.in_matter(values, around.fields.bylines)
    date, date_from = _date(document, named, around)
    standfirst = ""
    if document.ending in MARKDOWN and (not entries or date is None):
        if "deck" in body[:3000] and (deck := _DECK.search(body[:20_000])):
            standfirst, body = _said(deck[1]), body[: deck.start()] + body[deck.end() :]
        lines = bylines.in_text(body, lambda words: dates.parse(words) is not None)
        if not entries and lines.entries:
            entries, body = lines.entries, lines.body
        elif lines.date:
            body = lines.body if not entries else body
        if date is None and lines.date:
            date, date_from = dates.parse(lines.date), "line"
    said = [words for name in LINE_FIELDS if (words := _said(values.get(name)))]
    standfirst = standfirst or (said[0] if said else "")
    traits = _traits(document, date, entries)
    why = around.kinds.although(traits)
    is_page = _is_page(document, traits, around)
    title_html = inline(title, "") if re.search(r"[`*_\[<&]", title) else title
    standing = standing_of(document.path, values, settings.generator, title)
    if not standing.status and (unbuilt := settings.unbuilt_by(document.path)) is not None:
        standing = Standing("unpublished", f"was no page of the old site, by {unbuilt.by}, {SO}")
    return replace(
        document,
        kind="page" if is_page else "article",
        title=plain_text(title_html).strip(),
        is_title_stated=bool(text(values.get("title"))),
        body=body,
        date=date,
        date_from=date_from,
        changed=_changed(values),
        entries=entries,
        categories=_categories(document, values, settings),
        tags=_tags(values, settings, around.parts.get(document.path, "")),
        standfirst=standfirst,
        search_description=next((words for words in said[1:] if words != standfirst), ""),
        status=standing.status,
        notes=(*notes, standing.note) if standing.note else tuple(notes),
        why="" if is_page else why,
    )


# ----------------------------------------------------------------------------------------------------- what it is


def _reason(document: Document, around: Surroundings) -> str:
    """Why a text is not of the publication; empty if it is."""
    path, values, matter, settings = document.path, document.values, document.matter, around.settings
    lower = stem_name(path).lower()
    # Whatever it is called, and however short: somebody wrote it on that day.
    is_told = document.date is not None and bool(document.entries or document.link)
    if re.split(r"[.-](?=[a-z]{2}\b|apache|mit|cc|bsd|gpl)", lower)[0] in _ABOUT_THE_FOLDER and not text(
        values.get("title")
    ):
        return "is about the folder, and no text of the publication"
    if not settings.is_input(path):
        return f"lies outside {_listed(settings.inputs)}, where {settings.generator} looks for texts"
    if (unbuilt := settings.unbuilt_by(path)) is not None and not unbuilt.is_draft and lower != "_index":
        return f"was no page of the old site, by {unbuilt.by}"
    if lower == "_index":
        return "is a section's own page; its articles are listed here by themselves"
    if path in around.resources:
        return "lies beside another page, and is part of it"
    if text(values.get("status")).lower() == "skip":
        return "says that it is to be skipped"
    if is_told and matter.kind:
        return ""
    is_template = "endfor" in matter.body and re.search(r"\{%-?\s*for\s", matter.body) is not None
    is_listing = lower in _FURNITURE or lower == "index" or "list" in lower or text(values.get("pagination"))
    if is_template and is_listing:
        return "is a template of the old site"
    if lower in _FURNITURE and (is_template or len(matter.body) < 400):
        return "is a template of the old site"
    if "{{name}}" in path or (
        "template" in lower and not matter.body.strip() and not text(values.get("title"))
    ):
        return "is a template of the old site"
    if settings.generator == JEKYLL and settings.is_stated and matter.kind != "yaml":
        return NO_MATTER.format(JEKYLL)
    if (
        splitext(path)[1].lower() in (".html", ".htm")
        and not matter.values
        and settings.generator not in (NIKOLA, PELICAN)
    ):
        return "is a page of HTML without front matter"
    if (lower == "toc" or settings.generator == MDBOOK) and _is_contents(matter.body):
        return MDBOOK_CONTENTS
    if not matter.body.strip() and (
        lower == "index" or not text(values.get("title")) or set(values) <= {"title", "layout", "template"}
    ):
        return (
            "is empty"
            if lower != "index"
            else "is a list's own page; its articles are listed here by themselves"
        )
    return ""


def _is_contents(body: str) -> bool:
    """Whether a text is hardly more than a list of links to others of the folder."""
    lines = [line for line in body.splitlines() if line.strip() and not line.lstrip().startswith(("#", "!["))]
    links = sum(1 for line in lines if ".md" in line and _LINK_LINE.match(line))
    return links >= 3 and links * 10 >= len(lines) * 7


def _posts_kind(path: str) -> str:
    found = re.search(r"(?:\A|/)_([\w-]+)/", path)
    return found[1] if found else "pages"


def _traits(document: Document, date: datetime | None, entries: tuple[RawEntry, ...]) -> Traits:
    values = document.values
    layout = (text(values.get("layout")) or text(values.get("type")) or text(values.get("post_type"))).lower()
    return Traits(
        document.path,
        layout.rpartition("/")[2].partition(".")[0],
        date,
        bool(entries),
        stem_name(document.path).lower() == "index",
    )


def _is_page(document: Document, traits: Traits, around: Surroundings) -> bool:
    settings, kinds = around.settings, around.kinds
    if (said := kinds.stated(document.path)) is not None:
        return said
    if traits.layout in PAGE_LAYOUTS:
        return not kinds.although(traits)
    if traits.is_index and settings.generator in (MKDOCS, DOCUSAURUS) and kinds.is_index_a_page:
        return True
    if traits.date is not None or traits.is_signed:
        return False
    folders = document.path.split("/")[:-1]
    if {"_pages", "stories"} & set(folders) or (
        "pages" in folders and settings.generator in (PELICAN, NIKOLA, ELEVENTY, HUGO, JEKYLL)
    ):
        return True
    if settings.is_stated and kinds.has_dated and kinds.is_undated(traits):
        return True
    if settings.generator == JEKYLL:
        return settings.is_stated and not any(folder.startswith("_") for folder in folders)
    if settings.generator == HEXO:
        return "_posts" not in folders
    if settings.generator in (MKDOCS, DOCUSAURUS) and settings.is_stated:
        return not kinds.has_dated or not set(folders) & _POSTS
    if settings.generator in (HUGO, ZOLA, ELEVENTY):
        inside = settings.below_input(document.path)
        return bool(inside) and inside.count("/") - traits.is_index <= 0
    return False


def stem_name(path: str) -> str:
    """A file's name without ending and language."""
    return _LANGUAGE.sub("", splitext(path.rpartition("/")[2])[0])


def _stem_and_language(path: str, around: Surroundings) -> tuple[str, str]:
    """A text's name, and its language where it is a translation beside another text."""
    stem = stem_of(path)
    language = ""
    found = _LANGUAGE.search(splitext(path)[0])
    if found and (found[1].lower() in around.settings.languages or found[1].lower() in _LANGUAGES):
        stem = stem.removesuffix(found[0])
        if path in around.translated:
            language = found[1].lower()
    return stem, language


def translations(tree: Tree) -> frozenset[str]:
    """The texts that stand beside another as its translation: `index.es.md` beside `index.md`."""
    groups: dict[str, list[str]] = {}
    for path in tree.texts:
        bare = splitext(path)[0]
        found = _LANGUAGE.search(bare)
        if found and found[1].lower() in _LANGUAGES:
            groups.setdefault(bare[: found.start()], []).append(path)
    alone: set[str] = set()
    for bare, paths in groups.items():
        originals = [name for ending in MARKDOWN if (name := f"{bare}{ending}") in _set(tree.texts)]
        if not originals:
            # No text without a language: the English one, or else the first, is the original.
            alone.add(next((path for path in paths if ".en." in path), paths[0]))
    return frozenset(path for paths in groups.values() for path in paths if path not in alone)


def resources(tree: Tree, generator: str) -> frozenset[str]:
    """The texts beside an `index.md`, which to Hugo and Zola are parts of that page."""
    if generator not in (HUGO, ZOLA):
        return frozenset()
    bundles = {path.rpartition("/")[0] for path in tree.texts if stem_name(path) == "index" and "/" in path}
    return frozenset(
        path for path in tree.texts if path.rpartition("/")[0] in bundles and stem_name(path) != "index"
    )


@lru_cache(maxsize=2)
def _set(paths: tuple[str, ...]) -> frozenset[str]:
    return frozenset(paths)


# ------------------------------------------------------------------------------------------------------ its fields


def _titled(title: str, body: str) -> tuple[str, str]:
    """The headline, and the text without it: where the front matter says none, it is the first heading."""
    start = _SKIP_TO_HEADING.match(body[:4000])
    position = start.end() if start else 0
    found = _HEADING.match(body, position)
    if found is None or (found[3] and found[3].lstrip().startswith(("-", "*", ">", "|", "+"))):
        return title, body
    words = (found[2] or found[3] or "").strip()
    if not words:
        return title, body
    if not title:
        return words, body[: found.start()] + body[found.end() :]
    if slug_for(plain_text(words)) == slug_for(plain_text(title)):
        return title, body[: found.start()] + body[found.end() :]
    return title, body


_RST_TITLE = re.compile(
    r"\A\s*(?:([=\-`:'\"~^_*+#<>.])\1{2,}[ \t]*\n)?[ \t]*([^\s.:][^\n]*)\n([=\-`:'\"~^_*+#<>.])\3{2,}[ \t]*(?:\n|\Z)"
)


def _rst_title(body: str) -> tuple[str, str]:
    found = _RST_TITLE.match(body)
    return (found[2].strip(), body[found.end() :]) if found else ("", body)


def _date(
    document: Document, named: dates.NamedDate | None, around: Surroundings
) -> tuple[datetime | None, str]:
    values = document.values
    for name in DATE_FIELDS:
        value = values.get(name)
        # MkDocs' blogs keep them together: `date: {created: …, updated: …}`.
        stated = _first_said(value, DATE_FIELDS) if isinstance(value, dict) else text(value)
        if stated and truth(stated) is None and (found := dates.parse(stated)):
            return found, "front matter"
    if named is not None:
        return named.moment, "file name"
    stated_path = text(values.get("path")) or text(values.get("permalink")) or text(values.get("url"))
    for path, said in ((f"/{stated_path}", "address"), (document.path, "folder")):
        if found := dates.in_path(path):
            return found, said
    if document.path in around.dates:
        return around.dates[document.path], "contents"
    if around.settings.default_date is not None:
        return around.settings.default_date, "configuration"
    return None, ""


def _changed(values: Mapping[str, Value]) -> datetime | None:
    nested = values.get("date")
    for source in (values, nested if isinstance(nested, dict) else {}):
        for name in CHANGE_FIELDS:
            if found := dates.parse(text(source.get(name))):
                return found
    return None


def _first_said(values: Mapping[str, Value], names: tuple[str, ...]) -> str:
    return next((words for name in names if (words := text(values.get(name)))), "")


def _said(value: Value) -> str:
    if not isinstance(value, str) or truth(value) is not None:
        return ""
    words = value.strip()
    if not words or words in ("null", "~"):
        return ""
    if re.search(r"[`*_\[<&\\]", words):
        words = inline(words.replace("\n", " "), "")
    return plain_text(words).strip()


def _names(value: Value, *, by_space: bool = False) -> list[str]:
    if isinstance(value, str):
        words = text(value)
        if not words or words in ("[]", "{}"):
            return []
        if "," in words or ";" in words:
            return [part.strip(" '\"") for part in re.split(r"[,;]", words) if part.strip(" '\"")]
        return words.split() if by_space else [words]
    if isinstance(value, list):
        found: list[str] = []
        for item in value[:300]:
            found += (
                [words]
                if (words := text(item))
                else _names(item)
                if isinstance(item, list)
                else _names_of(item)
            )
        return found
    return _names_of(value)


def _names_of(value: Value) -> list[str]:
    if isinstance(value, dict):
        words = text(value.get("name")) or text(value.get("title"))
        return [words] if words else []
    return []


def _field(values: Mapping[str, Value], *names: str) -> list[tuple[str, Value]]:
    return [(name, values[name]) for name in names if name in values]


def _categories(document: Document, values: Mapping[str, Value], settings: Settings) -> tuple[str, ...]:
    by_space = settings.generator == JEKYLL
    found: list[str] = []
    for name, value in _field(values, *SECTION_FIELDS):
        found += _names(value, by_space=by_space and name == "categories")
    if not found:
        found = _by_folder(document.path, settings)
    return tuple(dict.fromkeys(name for name in found if slug_for(name, fallback="")))


def _by_folder(path: str, settings: Settings) -> list[str]:
    """The category a text's folder is, where folders mean categories."""
    folders = path.split("/")[:-1]
    if settings.generator == JEKYLL and "_posts" in folders:
        before = folders[: folders.index("_posts")]
        return [] if before in ([], ["app"], ["src"], ["docs"], ["source"]) else before[-1:]
    if settings.generator in (HUGO, ZOLA, PELICAN) and "content" in folders:
        inside = folders[folders.index("content") + 1 :]
        if stem_name(path) == "index":
            inside = inside[:-1]
        if (
            inside
            and inside[0].lower() not in _DEFAULT_SECTIONS
            and not re.fullmatch(r"[\d-]+|[a-z]{2}", inside[0])
        ):
            return [inside[0]]
    return []


def _tags(values: Mapping[str, Value], settings: Settings, part: str) -> tuple[str, ...]:
    found: list[str] = [part] if part else []
    for name, value in _field(values, *TOPIC_FIELDS):
        found += _names(value, by_space=settings.generator == JEKYLL and name == "tags")
    if settings.generator == ELEVENTY:
        found = [name for name in found if name.lower() not in ("post", "posts", "all", "nav")]
    return tuple(dict.fromkeys(name for name in found if slug_for(name, fallback="")))


def _listed(folders: tuple[str, ...]) -> str:
    outermost = [one for one in folders if not any(one.startswith(f"{other}/") for other in folders)]
    return " and ".join(f"`{folder}`" for folder in outermost)


def _words(stem: str) -> str:
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:]
