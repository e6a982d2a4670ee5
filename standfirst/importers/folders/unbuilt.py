"""What a generator never made a page of: by its configuration, by a file of names it ignores, or by the name itself.

Patterns of every generator become one kind here: an expression that is looked for in a path below the site's folder.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from standfirst.importers.folders.matter import Value, truth
from standfirst.importers.folders.settings import (
    DOCUSAURUS,
    ELEVENTY,
    HEXO,
    HUGO,
    JEKYLL,
    MKDOCS,
    PELICAN,
    ZOLA,
    Settings,
    Unbuilt,
    text,
)
from standfirst.importers.folders.tree import IGNORES, Tree

_OWN = ("_posts", "_drafts")
_MOST_PATTERNS, _LONGEST = 500, 300
# An expression that could take for ever, which Go's could not.
_NESTED = re.compile(r"[+*}]\)[+*{]")
_ADDED = re.compile(r"ignores\.add\(\s*(['\"`])([^'\"`$\n]+)\1")


def as_ignored(pattern: str, below: str = "", *, at_top: bool = False) -> str:
    """A pattern as `.gitignore` has it, of paths below a folder, as an expression; empty for one that names nothing."""
    pattern = pattern.strip().removeprefix("./")
    if not pattern or pattern.startswith(("#", "!")) or len(pattern) > _LONGEST:
        return ""
    is_rooted = at_top or "/" in pattern.rstrip("/")
    inner = "".join(map(_part, re.findall(r"\*\*/?|\*|\?|\[[^\]]*\]|.", pattern.strip("/"))))
    beginning = re.escape(f"{below.strip('/')}/") if below.strip("/.") else ""
    return rf"\A{beginning}{'' if is_rooted else '(?:.*/)?'}{inner}(?:/|\Z)"


def _part(part: str) -> str:
    if part.startswith("**"):
        return "(?:.*/)?" if part.endswith("/") else ".*"
    if part.startswith("[") and len(part) > 2:
        return f"[{'^' if part[1] in '!^' else ''}{re.escape(part[1:-1].lstrip('!^')).replace(re.escape('-'), '-')}]"
    return {"*": "[^/]*", "?": "[^/]"}.get(part, re.escape(part))


def _ignored(patterns: Iterable[str], by: str, below: str = "", **how: Any) -> list[Unbuilt]:
    is_draft = how.pop("is_draft", False)
    found = (as_ignored(pattern, below, **how) for pattern in list(patterns)[:_MOST_PATTERNS])
    return [Unbuilt(expression, by, is_draft) for expression in found if expression]


def _listed(value: Value) -> list[str]:
    """The patterns of a setting: a list, or one a line."""
    return (
        [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else _lines(value)
    )


def _lines(value: Value) -> list[str]:
    return value.splitlines() if isinstance(value, str) else []


def unbuilt_by(generator: str, values: Mapping[str, Value]) -> tuple[Unbuilt, ...]:
    """What a configuration says is not built. `values` are as it has them, of Pelican's those that are plain."""
    reader = {JEKYLL: _jekyll, HUGO: _hugo, MKDOCS: _mkdocs, ZOLA: _zola, HEXO: _hexo, PELICAN: _pelican}
    return tuple(reader[generator](values)) if generator in reader else ()


def _jekyll(values: Mapping[str, Value]) -> list[Unbuilt]:
    """https://jekyllrb.com/docs/configuration/options/ and https://jekyllrb.com/docs/collections/"""
    found = _ignored(_listed(values.get("exclude")), "`exclude` in its configuration", at_top=True)
    collections = values.get("collections")
    if isinstance(collections, list):
        collections = {one: {} for one in collections if isinstance(one, str)}
    names = {str(name): said for name, said in collections.items()} if isinstance(collections, dict) else {}
    for name, said in names.items():
        is_built = isinstance(said, dict) and truth(said.get("output"))
        if not is_built and name not in ("posts", "drafts"):
            by = f"the collection `{name}`, which has no `output: true`"
            found += _ignored(
                [f"_{name}"], by, text(values.get("collections_dir")), at_top=True, is_draft=True
            )
    own = "|".join(map(re.escape, (*_OWN, *(f"_{name}" for name in names), *_listed(values.get("include")))))
    found.append(
        Unbuilt(rf"(?:\A|/)(?!(?:{own})(?:/|\Z))[_#~][^/]*(?:/|\Z)", "a name that Jekyll passes over")
    )
    return found


def _hugo(values: Mapping[str, Value]) -> list[Unbuilt]:
    """https://gohugo.io/configuration/all/#ignorefiles: expressions, of the whole path"""
    patterns = next((_listed(value) for name, value in values.items() if name.lower() == "ignorefiles"), [])
    return [Unbuilt(one, "`ignoreFiles` in its configuration") for one in patterns if _is_expression(one)]


def _is_expression(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return 0 < len(pattern) <= _LONGEST and not _NESTED.search(pattern)


def _mkdocs(values: Mapping[str, Value]) -> list[Unbuilt]:
    """https://www.mkdocs.org/user-guide/configuration/#exclude_docs"""
    below = text(values.get("docs_dir")) or "docs"
    return [
        *_ignored(_lines(values.get("exclude_docs")), "`exclude_docs` in its configuration", below),
        *_ignored(
            _lines(values.get("draft_docs")), "`draft_docs` in its configuration", below, is_draft=True
        ),
    ]


def _zola(values: Mapping[str, Value]) -> list[Unbuilt]:
    """https://www.getzola.org/documentation/getting-started/configuration/"""
    patterns = _listed(values.get("ignored_content"))
    return _ignored(patterns, "`ignored_content` in its configuration", "content")


def _hexo(values: Mapping[str, Value]) -> list[Unbuilt]:
    """https://hexo.io/docs/configuration#Include-Exclude-Files-or-Folders"""
    below = text(values.get("source_dir")) or "source"
    kept = "|".join(map(re.escape, _OWN))
    hidden = Unbuilt(rf"(?:\A|/)(?!(?:{kept})/)_[^/]*(?:/|\Z)", "a name that Hexo passes over")
    return [
        *_ignored(_listed(values.get("exclude")), "`exclude` in its configuration", below, at_top=True),
        hidden,
    ]


def _pelican(values: Mapping[str, Value]) -> list[Unbuilt]:
    """https://docs.getpelican.com/en/latest/settings.html: folders below its input, and names of files"""
    below = text(values.get("PATH")).removeprefix("./")
    found = _ignored(_listed(values.get("IGNORE_FILES")), "`IGNORE_FILES` in its configuration")
    for name in ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES"):
        # Each keeps folders from being read as one kind, and the other's own folder stands in it by default.
        named = [one for one in _listed(values.get(name)) if one.strip("/") not in ("pages", "articles")]
        found += _ignored(named, f"`{name}` in its configuration", below, at_top=True)
    return found


def unbuilt_in(tree: Tree, settings: Settings) -> tuple[Unbuilt, ...]:
    """What is not built by files beside the configuration, and by names that no generator of this kind reads."""
    found = [Unbuilt(r"(?:\A|/)(?:[.#]|~\$)[^/]*\Z", "a name that hides it")]
    if settings.generator == DOCUSAURUS:
        found.append(Unbuilt(r"(?:\A|/)_[^/]*(?:/|\Z)", "a name that Docusaurus passes over"))
    for path in tree.data if settings.generator == ELEVENTY else ():
        folder, _, name = settings.inside(path).rpartition("/")
        if name == IGNORES:
            found += _ignored(tree.read(path).splitlines(), f"`{IGNORES}`", folder)
        elif name.startswith((".eleventy.", "eleventy.config.")):
            added = [one for _, one in _ADDED.findall(tree.read(path))]
            found += _ignored(added, "`ignores` in its configuration", folder, at_top=True)
    return tuple(found)
