"""What stands before a text: front matter in YAML, TOML or JSON, header lines, fields and comments.

Every value is kept as it was typed, as text: whether `1.10` is a version and `no` a language is not for the reader of
front matter to say. What does not parse is read line by line, and that is noted.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, TypeAlias

import yaml

from standfirst.importers.folders.headers import (
    UNCLOSED,
    field_lines,
    header_lines,
    left_open,
    plain_key,
    without_first_fence,
)
from standfirst.text.printable import printable

Value: TypeAlias = Any  # text, a list of values or a mapping of them

LARGEST = 200_000
DAMAGED = "has front matter that does not parse; it was read line by line"
TWICE = "has front matter that says one thing twice; the last was taken"
TOO_LARGE = "has front matter that is larger than any (over 200,000 characters); it was not read"
WITHOUT_END = "has front matter whose values stand within each other without end; it was read line by line"
CODE = "has front matter that is a program, which is not run; what can be read of it was taken line by line"
TWO = "has front matter twice; both were taken"
# Hexo closes with as many dashes as it opened with, and gray-matter, which Eleventy and many others use, takes the
# language behind the first (https://github.com/jonschlinkert/gray-matter).
_YAML = re.compile(
    r"\A-{3,}[ \t]*(?:ya?ml)?[ \t]*\n(.*?)(?<=\n)(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.IGNORECASE
)
_TOML = re.compile(r"\A(\+\+\+|---[ \t]*toml)[ \t]*\n(.*?)(?<=\n)(?:\+\+\+|---)[ \t]*(?:\n|\Z)", re.DOTALL)
_OTHER = re.compile(
    r"\A(?:---[ \t]*(json|js|javascript|coffee)|;;;)[ \t]*\n(.*?)(?<=\n)(?:---|;;;)[ \t]*(?:\n|\Z)", re.DOTALL
)
_EMPTY_LINES = re.compile(r"\A\ufeff?(?:[ \t]*\n)*\ufeff?")
_REMARKS = re.compile(r"\A(?:\[#\]:[^\n]*\n|\s*\n)+")
_NIKOLA_LINE = re.compile(r"\A[ \t]*\.\. ([\w-]+):(?!:)[ \t]*(.*)\Z")
_TOP = re.compile(r"^[\"']?([A-Za-z_][\w.-]*)[\"']?[ \t]*:(?=[ \t]|$)(.*)", re.MULTILINE)
# `draft:true`, which YAML takes for a word, and a field that is indented below another's text, for a part of it.
_CLOSE = re.compile(r"^([ \t]*[A-Za-z_][\w.-]*):(?=[^\s:/])", re.MULTILINE)
_BELOW = re.compile(r"^[ \t]+([A-Za-z_][\w.-]*)[ \t]*:[ \t]+(\S.*)", re.MULTILINE)


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
    """Takes the front matter off a text. What looks like front matter and is damaged is none of the text either."""
    text = _EMPTY_LINES.sub("", text, count=1)
    if text.startswith("[#]:"):  # definitions of links that lead nowhere: remarks
        text = _REMARKS.sub("", text)
    found = _fenced(text) or _json(text)
    if found is None:
        return _lines(text, ending)
    again = _fenced(found.body.lstrip("\n")) if found.values else None
    if again is None or not again.values.keys() & found.values.keys():
        return found
    return replace(again, values={**again.values, **found.values}, notes=(*found.notes, *again.notes, TWO))


def _fenced(text: str) -> Matter | None:
    """Front matter between fences, or behind one."""
    if not text.startswith(("---", "+++", ";;;")):
        return None
    if (found := _YAML.match(text)) is not None:
        if len(found[1]) > LARGEST:
            return Matter({}, text[found.end() :], "yaml", (TOO_LARGE,))
        values, notes = read_yaml(found[1])
        if values or not found[1].strip() or notes:
            return Matter(values, text[found.end() :], "yaml", notes)
    if (found := _TOML.match(text)) is not None:
        if len(found[2]) > LARGEST:
            return Matter({}, text[found.end() :], "toml", (TOO_LARGE,))
        values, notes = read_toml(found[2])
        return Matter(values, text[found.end() :], "toml", notes)
    if (found := _OTHER.match(text)) is not None:
        said = read_json(found[2] if found[2].lstrip().startswith("{") else f"{{{found[2]}}}")
        if isinstance(said, dict):
            return Matter(said, text[found.end() :], "json")
        return Matter(_by_line(found[2]), text[found.end() :], "json", (CODE if found[1] else DAMAGED,))
    if text.startswith("---") and (opened := left_open(text)):
        values, notes = read_yaml(opened[0])
        return Matter(values, opened[1], "yaml", (UNCLOSED, *notes))
    return None


def _lines(text: str, ending: str) -> Matter:
    """Front matter without fences."""
    if ending in (".html", ".htm", ".xhtml"):
        return _comments(text) or _meta(text) or Matter({}, text)
    if ending in (".rst", ".rest"):
        return _comments(text) or _fields(text)
    if found := _comments(text):
        return found
    if half := without_first_fence(text):
        values, notes = read_yaml(half[0])
        return Matter(values, half[1], "yaml", notes)
    if header := header_lines(text):
        return Matter(header.values, header.body, "headers", header.notes)
    return _at_the_end(text) or Matter({}, text)


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
    return (
        loader.construct_sequence(node, deep=True)
        if isinstance(node, yaml.SequenceNode)
        else printable(node.value)
    )


_Loader.add_multi_constructor("", _any_tag)
for _tag in ("bool", "int", "float", "null", "timestamp", "str"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", lambda loader, node: printable(node.value))


_OPENS = re.compile(r"[\[{]|[-?:]\s")
_LETTER = re.compile(r"\w")
_DEEPEST = 100
# So many values and more, several times as many as were written, are no front matter but a trap.
_MOST_UNFOLDED, _TIMES = 10_000, 4


class WithoutEnd(ValueError):
    """Values within each other without end, as they are written or as their aliases unfold."""


_FAULTS = (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError)


def read_yaml(text: str) -> tuple[dict[str, Value], tuple[str, ...]]:
    """A mapping in YAML, its scalars as text; what of it can be read, if it is damaged."""
    try:
        return _loaded(text)
    except WithoutEnd:
        return _rescued(text), (WITHOUT_END,)
    except _FAULTS:
        try:
            values, notes = _loaded(text.replace("\t", "  "))
        except _FAULTS:
            values, notes = _rescued(text), ()
        return values, (DAMAGED, *notes)


def _loaded(text: str) -> tuple[dict[str, Value], tuple[str, ...]]:
    if len(_OPENS.findall(text)) > _DEEPEST and _depth(text) > _DEEPEST:
        raise WithoutEnd
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            return {}, ()
        if "*" in text:
            _unfold(node, 0, {})
        found = loader.construct_document(node)
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


def _unfold(node: Any, depth: int, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many values a node is once its aliases are, and how deep; raises WithoutEnd before anything unfolds."""
    if (here := known.get(id(node))) is None:
        if depth > _DEEPEST:
            raise WithoutEnd
        inside = node.value if isinstance(node, yaml.CollectionNode) else ()
        parts = [
            _unfold(part, depth + 1, known)
            for item in inside
            for part in (item if isinstance(item, tuple) else (item,))
        ]
        here = known[id(node)] = (
            1 + sum(count for count, _ in parts),
            1 + max((height for _, height in parts), default=0),
        )
    count, height = here
    if depth + height > _DEEPEST or count > max(_MOST_UNFOLDED, _TIMES * len(known)):
        raise WithoutEnd
    return here


def _rescued(text: str) -> dict[str, Value]:
    """Each top-level key read on its own; what still does not parse is taken as it stands."""
    text = _CLOSE.sub(r"\1: ", text)
    starts = list(_TOP.finditer(text))
    values: dict[str, Value] = {}
    for start, end in zip(starts, [*(match.start() for match in starts[1:]), len(text)], strict=True):
        piece = text[start.start() : end].replace("\t", "  ")
        try:
            values |= _loaded(piece)[0]
        except _FAULTS:
            words = " ".join(text[start.start(2) : end].split()).strip("'\"")
            # Nor does an alias of what stands elsewhere say anything by itself, nor do brackets.
            is_said = _LETTER.search(words) and not words.startswith(("&", "*"))
            values[start[1]] = printable(words) if is_said else ""
            for name, said in _BELOW.findall(piece):
                values.setdefault(name, printable(said.strip().strip("'\"")))
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
                values[key.strip()] = printable(rest.strip().strip("'\""))
        return values, (DAMAGED,)


def read_json(text: str) -> Value:
    """A document in JSON, its scalars as text; None if it is none."""
    try:
        return as_text(json.loads(text))
    except (ValueError, RecursionError):
        return None


_BROKEN_OBJECT = re.compile(
    r"\A\{\s*\n\s*[\"'][\w.-]+[\"']\s*:.*?^\}[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)


def _json(text: str) -> Matter | None:
    if not text.startswith("{"):
        return None
    try:
        found, end = json.JSONDecoder().raw_decode(text[:LARGEST])
        said = as_text(found)
    except (ValueError, RecursionError):
        damaged = _BROKEN_OBJECT.match(text)
        return Matter(_by_line(damaged[0]), text[damaged.end() :], "json", (DAMAGED,)) if damaged else None
    return Matter(said, text[end:].lstrip("\n"), "json")


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
    return "" if value is None else printable(str(value))


def _by_line(text: str) -> dict[str, Value]:
    """The `"key": "value",` lines of an object that does not parse."""
    return {match[1]: printable(match[2].strip()) for match in _PAIR.finditer(text)}


_PAIR = re.compile(
    r"""^[ \t]*["']?([A-Za-z_][\w.-]*)["']?[ \t]*:[ \t]*["']?(.*?)["']?,?[ \t]*$""", re.MULTILINE
)

# ---------------------------------------------------------------------------------------- lines, fields and comments


def _fields(text: str) -> Matter:
    """reStructuredText's fields; a list in one is a list."""
    found = field_lines(text)
    if found is None:
        return Matter({}, text)
    values: dict[str, Value] = {}
    for key, value in found.values.items():
        if value.startswith("- "):
            values[key] = [item.strip() for item in re.split(r"(?:\A|\n)- ", value) if item.strip()]
        else:
            values[key] = " ".join(value.split())
    return Matter(values, found.body, "fields", found.notes)


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
            values[plain_key(found[1])] = found[2].strip()
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
    return Matter({plain_key(key): value.strip() for key, _, value in pairs}, text[:start], "comment")


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
        name = plain_key(attributes.get("name", ""))
        if name and name not in ("viewport", "generator", "robots"):
            value = attributes.get("content", attributes.get("contents", "")).strip()
            values[name] = f"{values[name]}, {value}" if values.get(name) and value else value
    if "keywords" in values:
        values.setdefault("tags", values.pop("keywords"))
    if title := _TITLE.search(head[1]):
        values["title"] = " ".join(title[1].split())
    body = _BODY.search(text)
    return Matter(values, body[1] if body else text[head.end() :], "meta")
