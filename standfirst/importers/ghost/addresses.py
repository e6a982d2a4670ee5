"""What addresses things had on a Ghost site, and where Ghost's own redirects led.

An export does not hold the routes. The defaults are known, versions before 2 kept the pattern of a post's address among the
settings, and later ones keep `routes.yaml` and `redirects.yaml` (or `.json`), which are read where they stand beside the
export. Their formats: https://docs.ghost.org/themes/routing
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from standfirst.text.urls import parts_of

MOST_BYTES = 5_000_000
_DEFAULT = "/{slug}/"
_PLACES = ("", "data", "settings", "content/data", "content/settings")
_SLOT = re.compile(r"[:{](slug|id|year|month|day|author|primary_author|primary_tag)\b\}?")
# What a path is made of; anything else makes a rule a pattern.
_PLAIN = re.compile(r"[\w\-./%~@,!&;=]*\Z")


@dataclass(frozen=True, slots=True)
class Redirected:
    """One of Ghost's own redirects: an old path, and the path or address it led to."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """What a post's address was made of."""

    slug: str
    id: str = ""
    published: datetime | None = None
    author: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Addresses:
    """The routes of one site."""

    base: str = ""
    zone: ZoneInfo | None = None
    posts: tuple[str, ...] = (_DEFAULT,)  # patterns of posts' addresses
    tags: tuple[str, ...] = ("/tag/{slug}/",)
    authors: tuple[str, ...] = ("/author/{slug}/",)
    collections: tuple[str, ...] = ()  # lists of posts at addresses of their own
    redirects: tuple[Redirected, ...] = ()
    patterns: tuple[str, ...] = ()  # redirects that are patterns, which cannot be taken over
    warnings: tuple[str, ...] = field(default=())

    def of_post(self, post: Addressed) -> Iterator[str]:
        """Every address a post may have had; most patterns fit one kind of post only, and more do no harm."""
        for pattern in self.posts:
            yield from self._with_amp(_filled(pattern, post, self.zone))

    def of_page(self, slug: str) -> Iterator[str]:
        yield from self._with_amp(f"/{slug}/")

    def of_tag(self, slug: str) -> Iterator[str]:
        yield from (f"{self.base}{_filled(pattern, Addressed(slug))}" for pattern in self.tags)

    def of_author(self, slug: str) -> Iterator[str]:
        yield from (f"{self.base}{_filled(pattern, Addressed(slug))}" for pattern in self.authors)

    def _with_amp(self, path: str) -> Iterator[str]:
        if path:
            yield f"{self.base}{path}"
            yield f"{self.base}{path}amp/"


def addresses_of(path: Path, settings: Mapping[str, str], base: str) -> Addresses:
    """The routes of the site an export was made from, as far as it and what stands beside it say."""
    warnings: list[str] = []
    routes = _mapping(_beside(path, ("routes.yaml", "routes.yml"), warnings))
    taxonomies = _mapping(routes.get("taxonomies"))
    collections = _mapping(routes.get("collections"))
    own = [
        pattern
        for collection in collections.values()
        if isinstance(pattern := _mapping(collection).get("permalink"), str)
    ]
    redirects, patterns = _redirects(
        _beside(path, ("redirects.json", "redirects.yaml", "redirects.yml"), warnings)
    )
    return Addresses(
        base=base,
        zone=_zone(settings.get("timezone") or settings.get("active_timezone", "")),
        posts=tuple(dict.fromkeys([*own, *filter(None, [settings.get("permalinks")]), _DEFAULT])),
        tags=_either(taxonomies.get("tag"), "/tag/{slug}/"),
        authors=_either(taxonomies.get("author"), "/author/{slug}/"),
        collections=tuple(name for name in collections if isinstance(name, str) and name.strip("/")),
        redirects=tuple(redirects),
        patterns=tuple(patterns),
        warnings=tuple(warnings),
    )


def _filled(pattern: str, post: Addressed, zone: ZoneInfo | None = None) -> str:
    """A pattern with its slots filled; empty if the post lacks what one asks for."""
    date = post.published.astimezone(zone) if post.published and zone else post.published
    values = {
        "slug": post.slug,
        "id": post.id,
        "year": f"{date:%Y}" if date else "",
        "month": f"{date:%m}" if date else "",
        "day": f"{date:%d}" if date else "",
        "author": post.author,
        "primary_author": post.author,
        "primary_tag": post.tag or "all",
    }
    if any(not values[slot] for slot in _SLOT.findall(pattern)):
        return ""
    return f"/{_SLOT.sub(lambda found: values[found.group(1)], pattern).strip('/')}/"


# ------------------------------------------------------------------------------------------- files beside the export


def _beside(path: Path, names: tuple[str, ...], warnings: list[str]) -> Any:
    """What the first of these files says, in one of the folders where Ghost keeps them."""
    for place in _PLACES:
        for name in names:
            file = path.parent / place / name
            if file == path or not file.is_file():
                continue
            try:
                if file.stat().st_size > MOST_BYTES:
                    raise ValueError("too large")
                text = file.read_text(encoding="utf-8-sig")
                return json.loads(text) if file.suffix == ".json" else yaml.safe_load(text)
            except (OSError, ValueError, RecursionError, yaml.YAMLError):
                warnings.append(f"{file.name}, beside the export, cannot be read; it was not used")
    return None


def _redirects(found: Any) -> tuple[list[Redirected], list[str]]:
    """Redirects that name one path, and the patterns."""
    rules: list[tuple[Any, Any]] = []
    if isinstance(found, list):
        rows = [row for row in found if isinstance(row, dict)]
        rules = [(row.get("from"), row.get("to")) for row in rows]
    for code in (301, 302, "301", "302"):
        rules += _mapping(_mapping(found).get(code)).items()
    plain: list[Redirected] = []
    patterns: list[str] = []
    for old, new in rules:
        if not isinstance(old, str) or not isinstance(new, str):
            continue
        path = _plain_path(old)
        if not path or not _can_lead_to(new):
            patterns.append(old)
        else:
            plain.append(Redirected(path, new))
    return plain, patterns


def _can_lead_to(address: str) -> bool:
    """Whether a rule leads to one path or address, and to a length that is kept."""
    if "$" in address or len(address) > 255 or address.startswith("//"):
        return False
    return address.startswith("/") or parts_of(address).scheme in ("http", "https")


def _plain_path(rule: str) -> str:
    """The path a rule is about, if it is about one: Ghost reads every rule as a regular expression."""
    rule = rule.strip()
    if rule.startswith("/") and rule.endswith("/i"):  # how Ghost writes a rule that is blind to capitals
        rule = rule.removeprefix("/").removesuffix("/i")
    text = (
        rule.removeprefix("^").removesuffix("$").replace("\\/", "/").replace("\\.", ".").replace("\\-", "-")
    )
    text = re.sub(r"(?:\(/\)|/)\?\Z", "/", text)
    text = f"/{text.removeprefix('/')}"
    return text if text.strip("/") and _PLAIN.match(text) else ""


def _either(stated: Any, usual: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([stated, usual])) if isinstance(stated, str) and "slug" in stated else (usual,)


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) else {}


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):
        return None


def path_on(url: str, hosts: tuple[str, ...]) -> str:
    """The path of an address on the old site; empty for another site's."""
    parts = parts_of(url)
    if parts.netloc and parts.netloc.removeprefix("www.") not in hosts:
        return ""
    return parts.path
