"""The addresses a text had on the old site: as it says itself, as the configuration says, or as its generator makes them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote

from standfirst.importers.folders.fields import FORMER_FIELDS
from standfirst.importers.folders.matter import Value
from standfirst.importers.folders.settings import (
    ELEVENTY,
    HUGO,
    JEKYLL,
    MDBOOK,
    NIKOLA,
    PELICAN,
    PLAIN,
    ZOLA,
    Settings,
    text,
)
from standfirst.text.slugs import slug_for
from standfirst.text.urls import parts_of

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
_HOMES = ("content", "pages", "src", "source", "app", "site", "docs", "_pages", "articles")
# A token, and which parts of it are meant: https://gohugo.io/configuration/permalinks/#tokens
_TOKEN = re.compile(r":([a-z_]+)(?:\[(last|\d*)(:)?(last|\d*)\])?")
_BRACES = re.compile(r"\{\{?\s*([^{}]*?)\s*\}\}?")
OWN_FIELDS = ("permalink", "url", "path", "save_as")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an address can be made of."""

    path: str
    stem: str  # the file's name without date, language and ending; of a bundle, its folder's
    slug: str  # as stated, or made of the title
    stated_slug: str
    title: str
    date: datetime | None
    categories: tuple[str, ...]
    language: str  # where it is a translation, else empty
    is_page: bool
    values: Mapping[str, Value]
    author: str = ""


def own_paths(facts: Facts, settings: Settings, learned: Sequence[str]) -> Iterator[str]:
    """Every address a text had, the present one first; none of them guessed but from the folder itself."""
    base = settings.base_path
    seen: set[str] = set()
    for path in (*_own(facts, settings, learned), *_former(facts.values)):
        path = _clean(path)
        if path in ("", "/"):
            continue
        whole = path if path.startswith(f"{base}/") and base else f"{base}{path}"
        if whole not in seen and len(whole) < 250:
            seen.add(whole)
            yield whole


def _own(facts: Facts, settings: Settings, learned: Sequence[str]) -> Iterator[str]:
    values, generator = facts.values, settings.generator
    stated = next((words for name in OWN_FIELDS if (words := text(values.get(name)))), "")
    if stated and "://" in stated:
        stated = parts_of(stated).path
    if stated:
        yield _filled(stated, facts) or stated
        if generator != JEKYLL or ":" not in stated:
            return
    if generator == JEKYLL and (settings.is_stated or not learned or facts.is_page):
        yield from _jekyll(facts, settings)
    elif generator == HUGO:
        if settings.permalinks or settings.is_stated or not learned or facts.is_page:
            yield from _hugo(facts, settings)
    elif generator == PELICAN:
        kind = "pages" if facts.is_page else ""
        pattern = settings.permalinks.get(kind) or ("pages/{slug}.html" if facts.is_page else "{slug}.html")
        yield _filled(pattern, facts)
    elif generator == NIKOLA:
        pattern = settings.permalinks.get(facts.path.partition("/")[0], "/posts/:title/")
        yield _filled(pattern, facts)
        yield f"{_filled(pattern, facts).rstrip('/')}.html"
    elif generator == ZOLA:
        yield _by_folder(facts, facts.stated_slug or slug_for(facts.stem, fallback=facts.stem))
    elif generator == MDBOOK:
        yield f"/{_without_home(facts.path).rpartition('.')[0]}.html"
    elif generator == ELEVENTY and not learned:
        yield _by_folder(facts, facts.stem)
    elif generator == PLAIN and not learned:
        yield f"/{_without_home(facts.path).rpartition('.')[0]}"
    for pattern in learned if facts.date is not None else ():
        yield (f"/{facts.language}" if facts.language else "") + _with_date(pattern, facts)


def _jekyll(facts: Facts, settings: Settings) -> Iterator[str]:
    collection = next((name for name in settings.collections if f"_{name}/" in facts.path), "")
    if collection and collection != "posts":
        yield _filled(settings.permalinks.get(collection) or f"/{collection}/:path/", facts)
    elif facts.is_page:
        inside = _without_home(facts.path).rpartition(".")[0]
        yield f"/{inside.removesuffix('/index')}/"
        yield f"/{inside}.html"
    elif facts.date is not None or ":year" not in settings.permalinks.get("", ":year"):
        pattern = settings.permalinks.get("posts") or settings.permalinks.get("")
        for style in (pattern,) if pattern else ("date", "pretty"):
            yield _filled(_STYLES.get(style, style), facts)


def _hugo(facts: Facts, settings: Settings) -> Iterator[str]:
    own = f"content/{settings.language}/"
    if own.rstrip("/") in settings.inputs and facts.path.startswith(own):
        # The texts of the site's own language lie in a folder of theirs, which is in no address.
        facts = replace(facts, path=f"content/{facts.path.removeprefix(own)}")
    inside = facts.path.partition("content/")[2] or facts.path
    section = inside.partition("/")[0] if "/" in inside else ""
    pattern = settings.permalinks.get(section) or settings.permalinks.get("/", "")
    prefix = f"/{facts.language}" if facts.language else ""
    if pattern and (facts.date is not None or ":year" not in pattern):
        if filled := _filled(pattern, facts, section=section):
            path = f"{prefix}{filled}".replace("//", "/")
            yield from (path.lower(), path)  # Hugo writes it small, unless it is told not to
        return
    address = f"{prefix}{_by_folder(facts, facts.stated_slug or _urlised(facts.stem))}"
    yield f"{address.rstrip('/')}.html" if settings.permalinks.get("ugly") else address


def _by_folder(facts: Facts, name: str) -> str:
    folders = _without_home(facts.path).split("/")[:-1]
    if _is_bundle(facts.path) and folders:
        folders = folders[:-1]
    return "/" + "/".join([*map(_urlised, folders), name]) + "/"


def _is_bundle(path: str) -> bool:
    return path.rpartition("/")[2].partition(".")[0] in ("index", "_index")


def _without_home(path: str) -> str:
    """A path without the folders that hold the site, and are in none of its addresses."""
    for home in ("content/", "pages/"):
        head, found, tail = path.partition(home)
        if found and (not head or head.endswith("/")):
            return tail
    parts = path.split("/")
    while len(parts) > 1 and parts[0] in _HOMES:
        parts = parts[1:]
    return "/".join(part for part in parts if part != "_posts")


def _urlised(name: str) -> str:
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.\-]+", "-", name.strip().lower())).strip("-")


_NAME_TOKENS: Mapping[str, Callable[[Facts], str]] = {
    "title": lambda facts: facts.stated_slug or facts.stem,
    "slug": lambda facts: facts.stated_slug or slug_for(facts.stem, fallback=facts.stem),
    "slugorfilename": lambda facts: facts.stated_slug or facts.stem,
    "slugorcontentbasename": lambda facts: facts.stated_slug or facts.stem,
    "contentbasename": lambda facts: facts.stem,
    "filename": lambda facts: facts.stem,
    "name": lambda facts: facts.stem,
    "basename": lambda facts: facts.path.rpartition("/")[2].rpartition(".")[0],
    "path": lambda facts: re.sub(r"\A(?:.*/)?_[\w-]+/", "", facts.path).rpartition(".")[0],
    "categories": lambda facts: "/".join(slug_for(name) for name in facts.categories),
    "sections": lambda facts: "/".join(
        _without_home(facts.path).split("/")[: -2 if _is_bundle(facts.path) else -1]
    ),
    "output_ext": lambda facts: ".html",
    "collection": lambda facts: next(iter(re.findall(r"_([\w-]+)/", facts.path)), ""),
}
_DATE_TOKENS: Mapping[str, Callable[[datetime], str]] = {
    "year": lambda date: f"{date:%Y}",
    "month": lambda date: f"{date:%m}",
    "day": lambda date: f"{date:%d}",
    "i_month": lambda date: str(date.month),
    "i_day": lambda date: str(date.day),
    "short_year": lambda date: f"{date:%y}",
    "short_month": lambda date: f"{date:%b}",
    "long_month": lambda date: f"{date:%B}",
    "monthname": lambda date: f"{date:%B}".lower(),
    "weekday": lambda date: str(date.isoweekday() % 7),
    "yearday": lambda date: str(date.timetuple().tm_yday),
    "y_day": lambda date: f"{date:%j}",
    "week": lambda date: f"{date:%V}",
    "short_day": lambda date: f"{date:%a}",
    "hour": lambda date: f"{date:%H}",
    "minute": lambda date: f"{date:%M}",
    "second": lambda date: f"{date:%S}",
}


def _filled(pattern: str, facts: Facts, *, section: str = "") -> str:
    """A pattern with the facts in place of its tokens: Jekyll's and Hugo's `:year`, `{slug}`, `{{ page.fileSlug }}`.

    Empty where it has a token that nobody here knows.
    """
    date = facts.date
    unknown: list[str] = []

    def token(match: re.Match[str]) -> str:
        name = match[1]
        if name == "section":
            return section
        if name == "title" and section:
            return slug_for(facts.title, fallback=facts.stem)
        if name in _NAME_TOKENS:
            return _chosen(_NAME_TOKENS[name](facts), match)
        if name in _DATE_TOKENS and date is not None:
            return _DATE_TOKENS[name](date)
        unknown.append(name)
        return ""

    def brace(match: re.Match[str]) -> str:
        name, _, shape = match[1].partition(":")
        if "|" in match[1] and "date" in match[1] and date is not None:
            name, shape = "date", next(iter(re.findall(r"['\"]([^'\"]*%[^'\"]*)['\"]", match[1])), "%Y/%m/%d")
        if name == "date" and date is not None:
            return date.strftime(shape or "%Y-%m-%d") if re.fullmatch(r"[\w%/.:-]{0,40}", shape) else ""
        name = name.partition("|")[0].strip().removeprefix("page.")
        return {
            "fileSlug": facts.stem,
            "filePathStem": _without_home(facts.path).rpartition(".")[0],
            "title": slug_for(facts.title),
            "slug": facts.stated_slug or (facts.slug if "{slug}" in pattern else facts.stem),
            "category": slug_for(facts.categories[0]) if facts.categories else "misc",
            "lang": facts.language,
            "author": slug_for(facts.author) if facts.author else "",
        }.get(name, "")

    filled = _BRACES.sub(brace, pattern) if "{" in pattern else _TOKEN.sub(token, pattern)
    return "" if unknown else filled


def _chosen(path: str, token: re.Match[str]) -> str:
    """The folders of a path that a token chooses: `[1:]` is all but the first, `[last]` the last."""
    if token[2] is None:
        return path
    folders = path.split("/")
    ends = [len(folders) - 1 if end == "last" else int(end) if end else None for end in (token[2], token[4])]
    if token[3]:
        return "/".join(folders[slice(*ends)])
    return folders[ends[0]] if ends[0] is not None and ends[0] < len(folders) else ""


def _former(values: Mapping[str, Value]) -> Iterator[str]:
    lower = {str(key).lower(): value for key, value in values.items()}
    for name in FORMER_FIELDS:
        value = lower.get(name)
        for item in value[:50] if isinstance(value, list) else [value]:
            words = text(item)
            if words:
                yield parts_of(words).path if "://" in words else words


def _clean(path: str) -> str:
    path = unquote(path.strip()).partition("#")[0]
    if not path or "{" in path or re.search(r"[\s<>\"\\]|/:[a-z]", path):
        return ""
    path = re.sub(r"/{2,}", "/", f"/{path}")
    return re.sub(r"/index\.html?\Z", "/", path)


# ----------------------------------------------------------------------------------------- learned from the links

_DATED_LINK = re.compile(
    r"(?:\]\(|href=[\"']|\{\{\s*[\"'])(?P<site>https?://[\w.:-]+)?(?P<path>(?:/[\w.-]+){0,3}/\d{4}/\d{1,2}(?:/\d{1,2})?/[\w%.~-]+/?)"
)
MOST_LINKS = 20_000


def dated_links(body: str) -> Iterator[str]:
    """Links of a text that look like addresses of dated articles."""
    if "/20" in body or "/19" in body:
        for match in _DATED_LINK.finditer(body):
            yield f"{match['site'] or ''}{match['path']}"


def learn(links: Iterable[str], facts: Mapping[str, Facts], settings: Settings) -> tuple[str, ...]:
    """The pattern of the old site's addresses, where no configuration says it, from how its texts link to each other.

    `facts` are of texts by their slugs. A pattern is believed if several links to texts that are here say the same.
    """
    votes: Counter[tuple[bool, str]] = Counter()
    own = parts_of(settings.address).netloc
    for link in dict.fromkeys(links):
        parts = parts_of(link)
        if parts.netloc and own and parts.netloc != own:
            continue
        path = parts.path
        name = path.rstrip("/").rpartition("/")[2]
        known = facts.get(name.removesuffix(".html").lower())
        if known is None or known.date is None:
            continue
        head = path.rstrip("/").rpartition("/")[0]
        found = re.fullmatch(r"(.*?)/(\d{4})/(\d{1,2})(?:/(\d{1,2}))?", head)
        if found is None or (int(found[2]), int(found[3])) != (known.date.year, known.date.month):
            continue
        ending = "/" if path.endswith("/") or not name.endswith(".html") else ".html"
        votes[not parts.netloc, f"{found[1]}/%Y/%m{'/%d' if found[4] else ''}/{{}}{ending}"] += 1
    # A link without a host is surely to the site itself.
    for is_own in (True, False):
        some = [(count, pattern) for (own_link, pattern), count in votes.items() if own_link is is_own]
        if some and max(some)[0] >= 3:
            return (max(some)[1],)
    return ()


def _with_date(pattern: str, facts: Facts) -> str:
    name = facts.stated_slug or facts.stem
    return (facts.date.strftime(pattern) if facts.date else pattern).replace("{}", name)


def stem_of(path: str) -> str:
    """A file's name without its ending; of a bundle, its folder's."""
    pure = PurePosixPath(path)
    return pure.parent.name if _is_bundle(path) and pure.parent.name else pure.stem
