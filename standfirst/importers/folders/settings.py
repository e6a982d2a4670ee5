"""What made a folder into a site, and how: the generator, what its configuration says, and what its texts show of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import NamedTuple
from zoneinfo import ZoneInfo

from standfirst.importers.folders.matter import Value
from standfirst.text.urls import parts_of

JEKYLL, HUGO, PELICAN, ELEVENTY = "Jekyll", "Hugo", "Pelican", "Eleventy"
NIKOLA, ZOLA, MDBOOK, PLAIN = "Nikola", "Zola", "mdBook", "a folder"
HEXO, MKDOCS, DOCUSAURUS = "Hexo", "MkDocs", "Docusaurus"


class Unbuilt(NamedTuple):
    """Texts that were never a page of the site, and by what."""

    expression: str
    by: str  # as in “`exclude` of the configuration”
    is_draft: bool = False  # they are imported, as drafts

    def holds(self, path: str) -> bool:
        return re.search(self.expression, path) is not None


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
    taxonomies: tuple[str, ...] = ()  # that it declares, by their fields
    inputs: tuple[str, ...] = ()  # the folders its texts are in; empty for all of them
    default_date: datetime | None = None  # of what states none
    variables: Mapping[str, str] = field(default_factory=dict)  # that texts may print, by name
    unbuilt: tuple[Unbuilt, ...] = ()  # what the generator made no page of
    warnings: tuple[str, ...] = ()

    @property
    def base_path(self) -> str:
        """What every address of the site begins with, as in `/blog`."""
        return parts_of(self.address).path.rstrip("/")

    def inside(self, path: str) -> str:
        """A path below the folder the configuration is in."""
        return path.removeprefix(f"{self.base}/") if self.base else path

    def is_input(self, path: str) -> bool:
        """Whether the generator makes pages of what lies there."""
        inside = self.inside(path)
        return not self.inputs or any(inside.startswith(f"{name.strip('/')}/") for name in self.inputs)

    def below_input(self, path: str) -> str:
        """A path below the innermost folder of texts it lies in; empty where it lies in none."""
        inside = self.inside(path)
        for name in sorted(self.inputs, key=len, reverse=True):
            if inside.startswith(f"{name.strip('/')}/"):
                return inside.removeprefix(f"{name.strip('/')}/")
        return path.partition("content/")[2]

    def unbuilt_by(self, path: str) -> Unbuilt | None:
        """What kept a text from being a page of the old site."""
        inside = self.inside(path)
        return next((one for one in self.unbuilt if one.holds(inside)), None)

    def time_zone(self) -> ZoneInfo | None:
        try:
            return ZoneInfo(self.zone) if self.zone else None
        except (ValueError, OSError, KeyError):
            return None

    def defaults_of(self, path: str, kind: str) -> dict[str, Value]:
        """Jekyll's front matter defaults for a file."""
        found: dict[str, Value] = {}
        for scope, of_kind, values in self.defaults:
            if of_kind in ("", kind) and _is_in(path, scope):
                found |= values
        return found


def _is_in(path: str, scope: str) -> bool:
    """Whether a path is one of a scope: of a folder or a file, or as a pattern has it."""
    if "*" in scope:
        return fnmatchcase(path, scope) or fnmatchcase(path, f"{scope.rstrip('/')}/*")
    return not scope or path == scope or path.startswith(f"{scope.rstrip('/')}/")


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


def text(value: Value) -> str:
    """A value if it is a text that says something."""
    if not isinstance(value, str):
        return ""
    words = " ".join(value.split())
    return "" if words in ("null", "~") else words
