"""What made a folder into a site, and how: the generator and what its configuration says of addresses and people.

Configuration in Python or JavaScript is read as text, never run.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from standfirst.importers.errors import ImportRefused
from standfirst.importers.folders.matter import Value, read_json, read_toml, read_yaml
from standfirst.importers.folders.tree import Tree
from standfirst.text.urls import parts_of

JEKYLL, HUGO, PELICAN, ELEVENTY = "Jekyll", "Hugo", "Pelican", "Eleventy"
NIKOLA, ZOLA, MDBOOK, PLAIN = "Nikola", "Zola", "mdBook", "a folder"
_FILES = {
    "_config.yml": JEKYLL,
    "_config.yaml": JEKYLL,
    "_config.toml": JEKYLL,
    "hugo.toml": HUGO,
    "hugo.yaml": HUGO,
    "hugo.yml": HUGO,
    "hugo.json": HUGO,
    "pelicanconf.py": PELICAN,
    "publishconf.py": PELICAN,
    "conf.py": NIKOLA,
    ".eleventy.js": ELEVENTY,
    "eleventy.config.js": ELEVENTY,
    "eleventy.config.mjs": ELEVENTY,
    "eleventy.config.cjs": ELEVENTY,
    "book.toml": MDBOOK,
    "config.toml": "",
    "config.yaml": "",
    "config.yml": "",
}
MOST_CONFIGURATION = 500_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a folder's configuration says; everything has a value, whether or not there is a configuration."""

    generator: str = PLAIN
    is_stated: bool = False  # a configuration says so; else it shows in the files
    base: str = ""  # the folder the configuration is in
    title: str = ""
    address: str = ""
    language: str = ""
    zone: str = ""
    permalinks: Mapping[str, str] = field(default_factory=dict)  # by kind or section; "" for all
    taxonomy_paths: Mapping[str, str] = field(default_factory=dict)  # "tag", "category", "author" → pattern
    collections: tuple[str, ...] = ()
    author: str = ""  # who wrote what names nobody
    defaults: tuple[tuple[str, str, Mapping[str, Value]], ...] = ()  # scope's path and type, values
    languages: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def base_path(self) -> str:
        """What every address of the site begins with, as in `/blog`."""
        return parts_of(self.address).path.rstrip("/")

    def time_zone(self) -> ZoneInfo | None:
        try:
            return ZoneInfo(self.zone) if self.zone else None
        except (ValueError, OSError, KeyError):
            return None

    def defaults_of(self, path: str, kind: str) -> dict[str, Value]:
        """Jekyll's front matter defaults for a file."""
        found: dict[str, Value] = {}
        for scope, of_kind, values in self.defaults:
            if of_kind in ("", kind) and (
                not scope or path == scope or path.startswith(f"{scope.rstrip('/')}/")
            ):
                found |= values
        return found


def read_settings(tree: Tree, kinds: Counter[str]) -> Settings:
    """The settings of a folder; `kinds` are the signs its texts show (`signs_of`).

    Raises ImportRefused for a folder of several sites.
    """
    found = [(path, made_by) for path in tree.data if (made_by := _made_by(tree, path))]
    tops = _outermost(found)
    sites = {path.rpartition("/")[0] for path, _ in tops}
    if len(sites) > 1:
        some = " and ".join(sorted(sites)[:2])
        raise ImportRefused(
            f"{tree.name} holds {len(sites)} sites ({some}{' …' if len(sites) > 2 else ''}); nothing was imported; "
            "import them one at a time."
        )
    if tops:
        # The one that is for publishing comes after the one for trying out, and says more truly where the site is.
        settings = Settings(generator=tops[0][1], is_stated=True, base=next(iter(sites)))
        for path, _ in sorted(tops):
            settings = _configured(settings, tree, path)
        return settings
    return Settings(generator=_shown(tree, kinds))


def signs_of(path: str, kind: str, values: Mapping[str, Value], body: str) -> Iterable[str]:
    """What a text shows of the generator it was written for."""
    if (
        kind == "headers"
        or (kind == "meta" and values.keys() & {"tags", "category", "author", "authors"})
        or (kind == "fields" and values.keys() & {"date", "category", "author", "authors", "tags"})
    ):
        yield PELICAN
    elif kind == "comments":
        yield NIKOLA
    if "/_posts/" in f"/{path}" or (
        kind == "yaml"
        and re.search(r"(?:\A|/)\d{4}-\d{1,2}-\d{1,2}-[^/]+\.\w+\Z", path)
        and "authors" not in values
    ):
        yield JEKYLL
    if "{{<" in body or "{{%" in body or "_index." in path:
        yield HUGO if kind != "toml" else ZOLA
    if kind == "toml":
        yield ZOLA if values.keys() & {"extra", "taxonomies", "path", "template"} else HUGO
    if "| url }}" in body or re.search(r"\{% (?:image|renderTemplate|set) ", body):
        yield ELEVENTY


def _shown(tree: Tree, kinds: Counter[str]) -> str:
    if any(path.rpartition("/")[2] == "SUMMARY.md" for path in tree.texts):
        return MDBOOK
    if any("/_posts/" in f"/{path}" for path in tree.texts):
        return JEKYLL
    if not kinds:
        return PLAIN
    best, count = kinds.most_common(1)[0]
    if best == JEKYLL and kinds[ELEVENTY] * 20 > count:
        best = ELEVENTY
    return best if count * 8 >= len(tree.texts) else PLAIN


def _made_by(tree: Tree, path: str) -> str:
    folder, _, name = path.rpartition("/")
    made_by = _FILES.get(name)
    if (
        made_by is None
        or folder.count("/") > 3
        or re.search(r"(?:\A|/)(?:exampleSite|test|tests|docs/_build)(?:/|\Z)", folder)
    ):
        return ""
    if made_by == NIKOLA:
        text = _text(tree, path)
        return NIKOLA if re.search(r"^(?:POSTS|BLOG_TITLE)\s*=", text, re.MULTILINE) else ""
    if made_by == "":
        text = _text(tree, path)
        if re.search(r"^base_url\s*=", text, re.MULTILINE):
            return ZOLA
        return (
            HUGO
            if re.search(r"^\s*(?:baseURL|languageCode|theme)\s*[=:]", text, re.MULTILINE | re.IGNORECASE)
            else ""
        )
    return made_by


def _outermost(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Configurations that are not inside another's site."""
    folders = {path.rpartition("/")[0] for path, _ in found}
    tops = {f for f in folders if not any(g != f and (not g or f.startswith(f"{g}/")) for g in folders)}
    return [(path, made_by) for path, made_by in found if path.rpartition("/")[0] in tops]


def _text(tree: Tree, path: str) -> str:
    try:
        return tree.read(path)[:MOST_CONFIGURATION]
    except OSError:
        return ""


def _configured(settings: Settings, tree: Tree, path: str) -> Settings:
    text = _text(tree, path)
    if path.endswith(".py"):
        return _from_python(settings, _constants(text))
    if path.endswith((".js", ".mjs", ".cjs", ".ts")):
        return settings
    if path.endswith(".json"):
        values = read_json(text)
        notes: tuple[str, ...] = ()
    else:
        values, notes = read_toml(text) if path.endswith(".toml") else read_yaml(text)
    warnings = tuple(f"{path} {note.removeprefix('has front matter that ')}" for note in notes)
    if not isinstance(values, dict):
        return settings
    read = {JEKYLL: _jekyll, HUGO: _hugo, ZOLA: _zola, MDBOOK: _mdbook}.get(settings.generator)
    found = read(values) if read else {}
    return _with(settings, **found, warnings=(*settings.warnings, *warnings))


def _with(settings: Settings, **changes: Any) -> Settings:
    """The settings with those changes that say something."""
    return replace(settings, **{name: value for name, value in changes.items() if value})


def _jekyll(values: Mapping[str, Value]) -> dict[str, Any]:
    permalinks = {"": text(values.get("permalink"))} if text(values.get("permalink")) else {}
    collections = values.get("collections")
    names: list[str] = []
    if isinstance(collections, dict):
        for name, said in collections.items():
            names.append(str(name))
            if isinstance(said, dict) and text(said.get("permalink")):
                permalinks[str(name)] = text(said.get("permalink"))
    elif isinstance(collections, list):
        names = [text(name) for name in collections]
    defaults: list[tuple[str, str, Mapping[str, Value]]] = []
    for entry in values.get("defaults") or ():
        if isinstance(entry, dict) and isinstance(entry.get("values"), dict):
            said = entry.get("scope")
            scope: Mapping[str, Value] = said if isinstance(said, dict) else {}
            path = text(scope.get("path"))
            if "*" not in path:
                defaults.append((path, text(scope.get("type")), entry["values"]))
    taxonomy: dict[str, str] = {}
    archives = values.get("jekyll-archives")
    if isinstance(archives, dict) and isinstance(archives.get("permalinks"), dict):
        for kind in ("tag", "category"):
            if text(archives["permalinks"].get(kind)):
                taxonomy[kind] = text(archives["permalinks"][kind])
    return {
        "title": text(values.get("title")) or text(values.get("name")),
        "address": text(values.get("url")).rstrip("/") + text(values.get("baseurl")).rstrip("/"),
        "language": text(values.get("lang")) or text(values.get("locale")),
        "zone": text(values.get("timezone")),
        "permalinks": permalinks,
        "taxonomy_paths": taxonomy,
        "collections": tuple(filter(None, names)),
        "defaults": tuple(defaults),
    }


def _hugo(values: Mapping[str, Value]) -> dict[str, Any]:
    lower = {key.lower(): value for key, value in values.items()}
    permalinks: dict[str, str] = {}
    said = lower.get("permalinks")
    if isinstance(said, dict):
        inner = said.get("page")
        pages: Mapping[str, Value] = inner if isinstance(inner, dict) else said
        permalinks = {str(name): text(pattern) for name, pattern in pages.items() if text(pattern)}
    languages = lower.get("languages")
    if text(lower.get("uglyurls")).lower() == "true":
        permalinks["ugly"] = "true"
    return {
        "title": text(lower.get("title")),
        "address": text(lower.get("baseurl")).rstrip("/"),
        "language": text(lower.get("defaultcontentlanguage")) or text(lower.get("languagecode")),
        "zone": text(lower.get("timezone")),
        "permalinks": permalinks,
        "languages": tuple(map(str, languages)) if isinstance(languages, dict) else (),
    }


def _zola(values: Mapping[str, Value]) -> dict[str, Any]:
    return {
        "title": text(values.get("title")),
        "address": text(values.get("base_url")).rstrip("/"),
        "language": text(values.get("default_language")),
    }


def _mdbook(values: Mapping[str, Value]) -> dict[str, Any]:
    book = values.get("book")
    output = values.get("output")
    html = output.get("html") if isinstance(output, dict) else None
    said = book if isinstance(book, dict) else {}
    return {
        "title": text(said.get("title")),
        "language": text(said.get("language")),
        "address": text(html.get("site-url")) if isinstance(html, dict) else "",
    }


def _from_python(settings: Settings, values: Mapping[str, Any]) -> Settings:
    def said(name: str) -> str:
        value = values.get(name)
        return value if isinstance(value, str) else ""

    if settings.generator == NIKOLA:
        permalinks = {}
        for kind in ("POSTS", "PAGES"):
            for entry in values.get(kind) or ():
                if (
                    isinstance(entry, tuple | list)
                    and len(entry) > 1
                    and all(isinstance(e, str) for e in entry[:2])
                ):
                    permalinks[entry[0].partition("/")[0]] = f"/{entry[1]}/:title/".replace("//", "/")
        return _with(
            settings,
            title=said("BLOG_TITLE"),
            address=(said("SITE_URL") or said("BASE_URL")).rstrip("/"),
            language=said("DEFAULT_LANG"),
            zone=said("TIMEZONE"),
            author=said("BLOG_AUTHOR"),
            permalinks=permalinks,
        )
    permalinks = {
        kind: said(name)
        for kind, name in (("", "ARTICLE_URL"), ("pages", "PAGE_URL"), ("drafts", "DRAFT_URL"))
        if said(name)
    }
    taxonomy = {
        kind: said(name)
        for kind, name in (("tag", "TAG_URL"), ("category", "CATEGORY_URL"), ("author", "AUTHOR_URL"))
        if said(name)
    }
    return _with(
        settings,
        title=said("SITENAME"),
        address=said("SITEURL").rstrip("/"),
        language=said("DEFAULT_LANG"),
        zone=said("TIMEZONE"),
        author=said("AUTHOR"),
        permalinks=permalinks,
        taxonomy_paths=taxonomy,
    )


def _constants(text: str) -> dict[str, Any]:
    """The plain values a Python file assigns; the file is never run."""
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, Any] = {}
    for statement in module.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name):
                try:
                    found[target.id] = ast.literal_eval(statement.value)
                except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                    continue
    return found


def text(value: Value) -> str:
    """A value if it is a text that says something."""
    if not isinstance(value, str):
        return ""
    words = " ".join(value.split())
    return "" if words in ("null", "~") else words
