"""What stands before a text: front matter in YAML, TOML or JSON, header lines, fields and comments.

Every value is kept as it was typed, as text: whether `1.10` is a version and `no` a language is not for the reader of
front matter to say. What does not parse is read line by line, and that is noted.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeAlias

import yaml

Value: TypeAlias = Any  # text, a list of values or a mapping of them

LARGEST = 200_000
DAMAGED = "has front matter that does not parse; it was read line by line"
TWICE = "has front matter that says one thing twice; the last was taken"
_YAML = re.compile(r"\A---[ \t]*\n(.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_REMARKS = re.compile(r"\A(?:\[#\]:[^\n]*\n|\s*\n)+")
_NIKOLA_LINE = re.compile(r"\A[ \t]*\.\. ([\w-]+):(?!:)[ \t]*(.*)\Z")
_HEADER = re.compile(r"\A([A-Za-z][\w -]{0,39}):(?:[ \t]+(.*)|[ \t]*)\Z")
_TOP = re.compile(r"^([A-Za-z_][\w.-]*)[ \t]*:(?=[ \t]|$)(.*)", re.MULTILINE)
_FIELD = re.compile(r"\A:([\w -]+):[ \t]*(.*)\Z")


@dataclass(frozen=True, slots=True)
class Matter:
    """What a text says of itself, and the text."""

    values: Mapping[str, Value] = field(default_factory=dict)
    body: str = ""
    kind: str = ""  # yaml, toml, json, headers, fields, comments, meta, or none
    notes: tuple[str, ...] = ()

    def text(self, *names: str) -> str:
        """The first of these values that is a text and not empty."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str) and (words := " ".join(value.split())) and words not in ("null", "~"):
                return words
        return ""

    def is_true(self, name: str) -> bool:
        return truth(self.values.get(name)) is True

    def is_false(self, name: str) -> bool:
        return truth(self.values.get(name)) is False


def truth(value: Value) -> bool | None:
    """Whether a value says yes or no; None if it says neither."""
    word = value.strip().lower() if isinstance(value, str) else ""
    return (
        True if word in ("true", "yes", "on", "1") else False if word in ("false", "no", "off", "0") else None
    )


def split(text: str, ending: str) -> Matter:
    """Takes the front matter off a text."""
    text = text.lstrip("\n") if text.startswith("\n") else text
    if text.startswith("[#]:"):  # definitions of links that lead nowhere: remarks
        text = _REMARKS.sub("", text)
    if text.startswith("---") and (found := _YAML.match(text)) and len(found[1]) <= LARGEST:
        values, notes = read_yaml(found[1])
        if values or not found[1].strip() or notes:
            return Matter(values, text[found.end() :], "yaml", notes)
    if text.startswith("+++") and (found := _TOML.match(text)) and len(found[1]) <= LARGEST:
        values, notes = read_toml(found[1])
        return Matter(values, text[found.end() :], "toml", notes)
    if text.startswith("{") and (read := _json(text)):
        return read
    if ending in (".html", ".htm", ".xhtml"):
        return _comments(text) or _meta(text) or Matter({}, text)
    if ending in (".rst", ".rest"):
        return _comments(text) or _fields(text)
    return _comments(text) or _headers(text) or _at_the_end(text) or Matter({}, text)


# -------------------------------------------------------------------------------------------------------------- YAML


class _Loader(yaml.CSafeLoader):
    """Reads every scalar as the text it was typed as."""

    yaml_implicit_resolvers = {"<": [("tag:yaml.org,2002:merge", re.compile(r"\A<<\Z"))]}
    is_doubled = False

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) < len(keys) and "<<" not in keys:
            self.is_doubled = True
        return super().construct_mapping(node, deep)


def _any_tag(loader: Any, suffix: str, node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return loader.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else node.value


_Loader.add_multi_constructor("", _any_tag)
for _tag in ("bool", "int", "float", "null", "timestamp", "str"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", lambda loader, node: node.value)


_OPENS = re.compile(r"[\[{]|[-?:]\s")
_DEEPEST = 100


def read_yaml(text: str) -> tuple[dict[str, Value], tuple[str, ...]]:
    """A mapping in YAML, its scalars as text; what of it can be read, if it is damaged."""
    try:
        values, notes = _loaded(text)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError):
        try:
            values, notes = _loaded(text.replace("\t", "  "))
        except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError):
            values, notes = _rescued(text), ()
        return values, (DAMAGED, *notes)
    return values, notes


def _loaded(text: str) -> tuple[dict[str, Value], tuple[str, ...]]:
    if len(_OPENS.findall(text)) > _DEEPEST and _depth(text) > _DEEPEST:
        raise ValueError
    loader = _Loader(text)
    try:
        found = loader.get_single_data()
        if not isinstance(found, dict):
            return {}, ()
        return {str(key): value for key, value in found.items()}, (TWICE,) if loader.is_doubled else ()
    finally:
        loader.dispose()


def _depth(text: str) -> int:
    """How deep the values of a text in YAML are within each other; the loader goes into each and has no end of its own."""
    deepest = depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return depth
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        deepest = max(deepest, depth)
    return deepest


def _rescued(text: str) -> dict[str, Value]:
    """Each top-level key read on its own; what still does not parse is taken as it stands."""
    starts = list(_TOP.finditer(text))
    values: dict[str, Value] = {}
    for start, end in zip(starts, [*(match.start() for match in starts[1:]), len(text)], strict=True):
        piece = text[start.start() : end].replace("\t", "  ")
        try:
            values |= _loaded(piece)[0]
        except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError):
            values[start[1]] = " ".join(text[start.start(2) : end].split()).strip("'\"")
    return values


# --------------------------------------------------------------------------------------------------------- TOML, JSON


def read_toml(text: str) -> tuple[dict[str, Value], tuple[str, ...]]:
    try:
        return {key: as_text(value) for key, value in tomllib.loads(text).items()}, ()
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        values: dict[str, Value] = {}
        for line in text.splitlines():
            key, equals, rest = line.partition("=")
            if not equals or not re.fullmatch(r"\s*[\w-]+\s*", key):
                continue
            try:
                values[key.strip()] = as_text(tomllib.loads(f"value = {rest}")["value"])
            except (tomllib.TOMLDecodeError, ValueError, RecursionError):
                values[key.strip()] = rest.strip().strip("'\"")
        return values, (DAMAGED,)


def read_json(text: str) -> Value:
    """A document in JSON, its scalars as text; None if it is none."""
    try:
        return as_text(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _json(text: str) -> Matter | None:
    try:
        found, end = json.JSONDecoder().raw_decode(text[:LARGEST])
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return Matter({str(key): as_text(value) for key, value in found.items()}, text[end:].lstrip("\n"), "json")


def as_text(value: Any) -> Value:
    """A value of TOML or JSON with its scalars as text."""
    if isinstance(value, dict):
        return {str(key): as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else str(value)


# ---------------------------------------------------------------------------------------- lines, fields and comments


def _headers(text: str) -> Matter | None:
    """Pelican's `Title: …` lines before the first empty one, as the Markdown extension Meta-Data reads them."""
    lines = text.lstrip("\ufeff").split("\n")
    values: dict[str, Value] = {}
    last = ""
    end = 0
    for number, line in enumerate(lines):
        if not line.strip():
            end = number + 1
            break
        if last and line.startswith("    "):
            values[last] = f"{values[last]} {line.strip()}".strip()
        elif (found := _HEADER.match(line)) and not line.startswith(("http:", "https:")):
            last = _plain_key(found[1])
            value = (found[2] or "").strip()
            values[last] = f"{values[last]}, {value}" if last in values else value
        else:
            return None
        end = number + 1
    known = values.keys() & {
        "title",
        "date",
        "author",
        "authors",
        "category",
        "tags",
        "slug",
        "status",
        "summary",
    }
    return Matter(values, "\n".join(lines[end:]), "headers") if known else None


def _fields(text: str) -> Matter:
    """reStructuredText's field list (`:date: …`) after the title or at the very top."""
    lines = text.split("\n")
    values: dict[str, Value] = {}
    start = next((n for n, line in enumerate(lines[:40]) if _FIELD.match(line)), None)
    if start is None or any(line.strip() for line in lines[:start][3:] if not line.startswith(".. ")):
        return Matter({}, text)
    number, last = start, ""
    while number < len(lines):
        line = lines[number]
        if found := _FIELD.match(line):
            last = _plain_key(found[1])
            values[last] = found[2].strip()
        elif last and line.startswith((" ", "\t")) and line.strip():
            values[last] = f"{values[last]}\n{line.strip()}".strip()
        elif line.strip() or (number + 1 < len(lines) and not lines[number + 1].startswith((" ", ":"))):
            break
        number += 1
    for key, value in values.items():
        if value.startswith("- "):
            values[key] = [item.strip() for item in re.split(r"(?:\A|\n)- ", value) if item.strip()]
        else:
            values[key] = " ".join(value.split())
    return Matter(values, "\n".join([*lines[:start], *lines[number:]]), "fields")


def _comments(text: str) -> Matter | None:
    """Nikola's `.. title: …` lines, bare or in a comment."""
    if ".. title:" not in text[:4000] and ".. slug:" not in text[:4000] and ".. date:" not in text[:4000]:
        return None
    lines = text.split("\n")
    values: dict[str, Value] = {}
    number = 0
    while number < len(lines):
        line = lines[number]
        if found := _NIKOLA_LINE.match(line):
            values[_plain_key(found[1])] = found[2].strip()
        elif line.strip() in ("<!--", "-->", "..") or (not line.strip() and not values):
            if line.strip() == "-->":
                number += 1
                break
        else:
            break
        number += 1
    return Matter(values, "\n".join(lines[number:]), "comments") if values else None


_LAST_COMMENT = re.compile(r"<!--+[ \t]*\n((?:[ \t]*[A-Z][\w ]{1,30}:[^\n]*\n)+)[ \t]*--+>\s*\Z")


def _at_the_end(text: str) -> Matter | None:
    """`Key: value` lines in a comment that ends the text."""
    start = text.rfind("<!--", -3000 if len(text) > 3000 else 0)
    found = _LAST_COMMENT.match(text, start) if start >= 0 else None
    if found is None:
        return None
    pairs = (line.partition(":") for line in found[1].splitlines())
    return Matter({_plain_key(key): value.strip() for key, _, value in pairs}, text[:start], "comment")


_HEAD = re.compile(r"<head\b[^>]*>(.*?)</head>", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>(.*?)(?:</body>|\Z)", re.IGNORECASE | re.DOTALL)
_META = re.compile(r"<meta\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def _meta(text: str) -> Matter | None:
    """Pelican's metadata in an HTML page: its title and `<meta name=… content=…>`."""
    head = _HEAD.search(text)
    if head is None:
        return None
    values: dict[str, Value] = {}
    for tag in _META.finditer(head[1]):
        attributes = {
            name.lower(): double or single or bare
            for name, double, single, bare in _ATTRIBUTE.findall(tag[1])
        }
        name = _plain_key(attributes.get("name", ""))
        if name and name not in ("viewport", "generator", "robots"):
            value = attributes.get("content", attributes.get("contents", "")).strip()
            values[name] = f"{values[name]}, {value}" if values.get(name) and value else value
    if "keywords" in values:
        values.setdefault("tags", values.pop("keywords"))
    if title := _TITLE.search(head[1]):
        values["title"] = " ".join(title[1].split())
    body = _BODY.search(text)
    return Matter(values, body[1] if body else text[head.end() :], "meta")


def _plain_key(name: str) -> str:
    return name.strip().lower().replace(" ", "_")
