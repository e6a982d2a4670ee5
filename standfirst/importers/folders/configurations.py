"""Reads a folder's configuration: which generator it is for, and what it says of addresses, people and the publication.

Configuration in Python or JavaScript is read as text, never run.
"""

import ast
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from standfirst.importers.errors import ImportRefused
from standfirst.importers.folders.matter import Value, as_text, read_json, read_toml, read_yaml
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
    PLAIN,
    ZOLA,
    Settings,
    text,
)
from standfirst.importers.folders.standing import cascaded, states_in
from standfirst.importers.folders.tree import Tree
from standfirst.importers.folders.unbuilt import unbuilt_by

_FILES = {
    "_config": JEKYLL,
    "hugo": HUGO,
    "pelicanconf": PELICAN,
    "publishconf": PELICAN,
    "conf": NIKOLA,
    ".eleventy": ELEVENTY,
    "eleventy.config": ELEVENTY,
    "book": MDBOOK,
    "mkdocs": MKDOCS,
    "docusaurus.config": DOCUSAURUS,
    "config": "",  # Hugo's or Zola's
}
_ENDINGS = {
    JEKYLL: ("yml", "yaml", "toml"),
    HUGO: ("toml", "yaml", "yml", "json"),
    PELICAN: ("py",),
    NIKOLA: ("py",),
    ELEVENTY: ("js", "mjs", "cjs", "ts"),
    MDBOOK: ("toml",),
    MKDOCS: ("yml", "yaml"),
    DOCUSAURUS: ("js", "mjs", "cjs", "ts"),
    "": ("toml", "yaml", "yml"),
}
# Hugo's environments are one configuration: what holds everywhere, and what the public site has instead.
_ENVIRONMENT = re.compile(r"(?:(?P<home>.*)/)?config/(?P<name>[\w-]+)\Z|\Aconfig/(?P<top>[\w-]+)\Z")
_PUBLIC = ("_default", "production")
_DEFAULT = "_default"
# What is tried out or shown as an example is no site of the publication.
_EXAMPLES = re.compile(r"(?:\A|/)(?:exampleSite|examples?|test|tests|docs/_build)(?:/|\Z)")
_DATA_OF_SITE = re.compile(r"(?:\A|/)_data/(?:site|metadata|meta)\.(?:json|ya?ml|js|cjs|mjs)\Z")
MOST_CONFIGURATION = 500_000


def read_settings(tree: Tree, kinds: Counter[str]) -> Settings:
    """The settings of a folder; `kinds` are the signs its texts show (`signs_of`).

    Raises ImportRefused for a folder of several sites.
    """
    found = [(path, made_by) for path in tree.data if (made_by := _made_by(tree, path))]
    tops = _outermost(found)
    sites = {_home(path) for path, _ in tops}
    if len(sites) > 1:
        some = " and ".join(sorted(sites)[:2])
        raise ImportRefused(
            f"{tree.name} holds {len(sites)} sites ({some}{' …' if len(sites) > 2 else ''}); nothing was imported; "
            "import them one at a time."
        )
    if not tops:
        return Settings(generator=_shown(tree, kinds))
    settings = _said_by(tree, tops, kinds)
    # Where nothing lies where it should, the folder that was given is a part of the site.
    is_there = any(settings.is_input(path) for path in tree.texts)
    return settings if is_there else replace(settings, inputs=())


def _said_by(tree: Tree, tops: list[tuple[str, str]], kinds: Counter[str]) -> Settings:
    # Of two generators the one that the texts are written for; a site may keep what it moved from.
    generator = max(dict.fromkeys(made_by for _, made_by in tops), key=lambda name: kinds[name])
    settings = Settings(generator=generator, is_stated=True, base=_home(tops[0][0]))
    # The one that is for publishing comes after the one for trying out, and says more truly where the site is.
    paths = sorted(path for path, made_by in tops if made_by == generator)
    if generator == HUGO:
        return _configured_in_parts(settings, tree, paths)
    if generator == ELEVENTY:
        paths += [path for path in tree.data if _DATA_OF_SITE.search(path)]
    for path in paths:
        settings = _configured(settings, tree, path)
    return settings


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
    stem, _, ending = name.rpartition(".")
    # `mkdocs.blog.yml` is one of several for the same texts.
    made_by = _FILES.get(stem, MKDOCS if stem.startswith("mkdocs.") else None)
    if made_by is None or ending not in _ENDINGS[made_by]:
        return ""
    if folder.count("/") > 3 or _EXAMPLES.search(folder):
        return ""
    if made_by == NIKOLA:
        text = _text(tree, path)
        return NIKOLA if re.search(r"^(?:POSTS|BLOG_TITLE)\s*=", text, re.MULTILINE) else ""
    if made_by == JEKYLL:
        return HEXO if _is_hexo(_text(tree, path)) else JEKYLL
    if made_by == "":
        text = _text(tree, path)
        if re.search(r"^base_url\s*=", text, re.MULTILINE):
            return ZOLA
        is_hugo = re.search(
            r"^\s*(?:baseURL|languageCode|theme)\s*[=:]", text, re.MULTILINE | re.IGNORECASE
        ) or _ENVIRONMENT.search(folder)
        return HUGO if is_hugo else ""
    return made_by


def _is_hexo(text: str) -> bool:
    """Whether a `_config.yml` is Hexo's: it names what Jekyll has no names for."""
    names = re.findall(
        r"^(new_post_name|default_layout|source_dir|public_dir|post_asset_folder|archive_dir|skip_render)\s*:",
        text,
        re.MULTILINE,
    )
    return len(names) > 1


def _home(path: str) -> str:
    """The folder of the site a configuration is of."""
    folder = path.rpartition("/")[0]
    found = _ENVIRONMENT.fullmatch(folder)
    return (found["home"] or "") if found else folder


def _outermost(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Configurations that are not inside another's site."""
    folders = {_home(path) for path, _ in found}
    tops = {f for f in folders if not any(g != f and (not g or f.startswith(f"{g}/")) for g in folders)}
    return [(path, made_by) for path, made_by in found if _home(path) in tops]


def _text(tree: Tree, path: str) -> str:
    try:
        return tree.read(path)[:MOST_CONFIGURATION]
    except OSError:
        return ""


def _configured(settings: Settings, tree: Tree, path: str) -> Settings:
    words = _text(tree, path)
    if path.endswith(".py"):
        return _from_python(settings, _constants(words))
    if path.endswith((".js", ".mjs", ".cjs", ".ts")):
        return _with(settings, **_from_javascript(words))
    values, warnings = _values(path, words)
    read = {
        JEKYLL: _jekyll,
        HEXO: _hexo,
        ZOLA: _zola,
        MDBOOK: _mdbook,
        MKDOCS: _mkdocs,
        ELEVENTY: _data_of_site,
    }.get(settings.generator)
    found = read(values) if read else {}
    # Several configurations of one folder may each have texts of their own.
    found["unbuilt"] = (*settings.unbuilt, *unbuilt_by(settings.generator, values))
    found["inputs"] = tuple(dict.fromkeys((*settings.inputs, *found.get("inputs", ()))))
    return _with(settings, **found, warnings=(*settings.warnings, *warnings))


def _configured_in_parts(settings: Settings, tree: Tree, paths: list[str]) -> Settings:
    """Hugo's configuration: one file, or many in a folder for each environment (gohugo.io, Configuration directory)."""
    folders = {path.rpartition("/")[0] for path in paths}
    if any(_ENVIRONMENT.fullmatch(folder) for folder in folders):
        paths += [path for path in tree.data if path.rpartition("/")[0] in folders and path not in paths]
    whole: dict[str, Value] = {}
    warnings: list[str] = []
    for path in sorted(paths, key=_rank):
        folder, _, name = path.rpartition("/")
        found = _ENVIRONMENT.fullmatch(folder)
        if found and (found["name"] or found["top"]) not in _PUBLIC:
            continue
        values, notes = _values(path, _text(tree, path))
        stem = name.rpartition(".")[0]
        if found and stem not in ("hugo", "config"):
            for part in reversed(stem.split(".")):
                values = {part: values}
        whole = _merged(whole, values)
        warnings += notes
    return _with(settings, **_hugo(whole), unbuilt=unbuilt_by(HUGO, whole), warnings=tuple(warnings))


def _rank(path: str) -> tuple[bool, str]:
    """What holds everywhere comes first, and yields to what the public site has."""
    return f"/{_DEFAULT}/" not in f"/{path}", path


def _merged(first: Mapping[str, Value], second: Mapping[str, Value]) -> dict[str, Value]:
    merged = dict(first)
    for key, value in second.items():
        known = merged.get(key)
        merged[key] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged


def _values(path: str, words: str) -> tuple[Mapping[str, Value], tuple[str, ...]]:
    """What a data file says, and what is wrong with it."""
    notes: tuple[str, ...] = ()
    values: Value
    if path.endswith(".json"):
        values = read_json(words)
    else:
        values, notes = read_toml(words) if path.endswith(".toml") else read_yaml(words)
    warnings = tuple(f"{path} {note.removeprefix('has front matter that ')}" for note in notes)
    return (values if isinstance(values, dict) else {}), warnings


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
        "variables": _variables(values, "site."),
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
    language = text(lower.get("defaultcontentlanguage")) or text(lower.get("languagecode"))
    title = text(lower.get("title"))
    if not title and isinstance(languages, dict):
        own = languages.get(language) or next(iter(languages.values()), None)
        title = text(own.get("title")) if isinstance(own, dict) else ""
    if text(lower.get("uglyurls")).lower() == "true":
        permalinks["ugly"] = "true"
    taxonomies = lower.get("taxonomies")
    inputs = [text(lower.get("contentdir")) or "content"]
    for one in languages.values() if isinstance(languages, dict) else ():
        if isinstance(one, dict):
            inputs.append(text(one.get("contentDir")) or inputs[0])
    return {
        "title": title,
        "inputs": tuple(dict.fromkeys(inputs)),
        "address": text(lower.get("baseurl")).rstrip("/"),
        "language": language,
        "taxonomies": tuple(filter(None, map(text, taxonomies.values())))
        if isinstance(taxonomies, dict)
        else (),
        "zone": text(lower.get("timezone")),
        "permalinks": permalinks,
        "languages": tuple(map(str, languages)) if isinstance(languages, dict) else (),
        "defaults": tuple((scope, "", said) for scope, said in cascaded(lower.get("cascade"), inputs[0])),
    }


def _hexo(values: Mapping[str, Value]) -> dict[str, Any]:
    permalink = text(values.get("permalink"))
    return {
        "title": text(values.get("title")),
        "address": text(values.get("url")).rstrip("/"),
        "language": text(values.get("language")),
        "zone": text(values.get("timezone")),
        "permalinks": {"": f"/{permalink.lstrip('/')}" if permalink else "/:year/:month/:day/:title/"},
        "inputs": (text(values.get("source_dir")) or "source",),
    }


def _mkdocs(values: Mapping[str, Value]) -> dict[str, Any]:
    theme = values.get("theme")
    return {
        "title": text(values.get("site_name")),
        "address": text(values.get("site_url")).rstrip("/"),
        "language": text(theme.get("language")) if isinstance(theme, dict) else "",
        "inputs": (text(values.get("docs_dir")) or "docs",),
        "variables": _variables(values.get("extra"), "config.extra."),
    }


def _variables(values: Value, beginning: str) -> dict[str, str]:
    """What texts may print of a configuration, but for addresses of people."""
    if not isinstance(values, dict):
        return {}
    said = {str(name): text(value) for name, value in values.items()}
    return {f"{beginning}{name}": words for name, words in said.items() if words and "@" not in words}


def _data_of_site(values: Mapping[str, Value]) -> dict[str, Any]:
    """What sites that have no names for it in their configuration mostly call it in their data."""
    address = text(values.get("url"))
    return {
        "title": text(values.get("title")) or text(values.get("name")),
        "address": address.rstrip("/") if "://" in address else "",
        "language": text(values.get("lang")) or text(values.get("language")),
    }


_JAVASCRIPT = (
    r"^(?P<indent>[ \t]*)(?:const\s+)?['\"]?{}['\"]?\s*[:=]\s*(?P<quote>['\"`])(?P<words>[^\n]*?)(?P=quote)"
)


def _from_javascript(words: str) -> dict[str, Any]:
    """The name and address of a site, from what an object states outermost."""

    def said(name: str) -> str:
        found = list(re.finditer(_JAVASCRIPT.format(name), words, re.MULTILINE))
        best = min(found, key=lambda match: len(match["indent"].expandtabs(4)), default=None)
        return best["words"].strip() if best is not None and "${" not in best["words"] else ""

    address = said("url")
    base = said("baseUrl").strip("/")
    return {
        "title": said("title") or said("name"),
        "address": "/".join(filter(None, (address.rstrip("/"), base))) if "://" in address else "",
        "language": said("defaultLocale") or said("lang"),
    }


def _zola(values: Mapping[str, Value]) -> dict[str, Any]:
    return {
        "title": text(values.get("title")),
        "address": text(values.get("base_url")).rstrip("/"),
        "language": text(values.get("default_language")),
        "inputs": ("content",),
        "taxonomies": tuple(
            text(one.get("name")) for one in values.get("taxonomies") or () if isinstance(one, dict)
        ),
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
    defaults = states_in(_metadata(values))
    day = values.get("DEFAULT_DATE")
    inputs = [f"{said('PATH').strip('./')}/{name}".strip("/") for name in _named_paths(values)]
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
        inputs=tuple(inputs) if all(inputs) else (),
        defaults=(("", "", defaults),) if defaults else (),
        unbuilt=(*settings.unbuilt, *unbuilt_by(PELICAN, values)),
        default_date=_moment(day) if isinstance(day, tuple) else None,
    )


def _metadata(values: Mapping[str, Any]) -> Value:
    """What Pelican takes for what a text leaves out; older ones have it as pairs."""
    try:
        return as_text(dict(values.get("DEFAULT_METADATA") or ()))
    except (TypeError, ValueError):
        return {}


def _named_paths(values: Mapping[str, Any]) -> list[str]:
    """The folders Pelican reads, below its input folder; that itself, where none is named."""
    named = [values.get("ARTICLE_PATHS") or [""], values.get("PAGE_PATHS") or ["pages"]]
    return [name for some in named if isinstance(some, list) for name in some if isinstance(name, str)]


def _moment(parts: tuple[Any, ...]) -> datetime | None:
    try:
        return datetime(*parts[:5])  # noqa: DTZ001
    except (ValueError, TypeError):
        return None


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
