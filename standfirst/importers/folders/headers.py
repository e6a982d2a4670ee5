"""Header lines: `Key: value` at the head of a text, without or within a fence that is left open.

As their generators read them: the Markdown extension Meta-Data (https://python-markdown.github.io/extensions/meta_data/),
which Pelican and MkDocs use, the fields of reStructuredText, and Hexo's front matter without a first fence
(https://github.com/hexojs/hexo-front-matter). These are strict, and put what they do not take into the text; here, what stands
among the lines of a header is never text, and is named.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

LONGEST = 300  # lines
MOST_NAMED = 3
ODD = "has an odd line in its header: “{}”"
UNCLOSED = "has front matter that is never closed; it was taken to end where its lines do"
# One of these is enough to tell a header from a text that happens to begin like one.
_TELLING = frozenset(["title", "date", "author", "authors", "category", "tags", "slug", "status", "summary"])
_LINE = re.compile(r" {0,3}([A-Za-z][\w-]{0,39}(?: [\w-]{1,20}){0,2})[ \t]*:(?!//)(?:[ \t]+(.*)|(.*))\Z")
_DAY = re.compile(r"\A\W{0,2}(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\b")
_FENCE = re.compile(r"(?:-{3,}|\.{3})[ \t]*\Z")
_OF_YAML = re.compile(r"(?:[A-Za-z_][\w .-]{0,60}:(?:[ \t]|\Z)|[ \t]+\S|- |#|\]|\}|-\Z)")
_MAIL = re.compile(r"\S+@\S+\.\S+")
_ALMOST = re.compile(r"[\w-]{1,30}[ \t]*[=：][ \t]*\S")
_FIELD = re.compile(r":([\w -]+):[ \t]*(.*)\Z")
_ODD_FIELD = re.compile(r":?[A-Za-z][\w -]{0,39}:?(?:\S|[ \t])")


class Header(NamedTuple):
    """What header lines say, the text without them, and what an editor should know."""

    values: dict[str, str]
    body: str
    notes: tuple[str, ...] = ()


def header_lines(text: str) -> Header | None:
    """The header a text begins with, up to its first empty line; None if it begins with none."""
    lines = _before_the_first_empty_one(text)
    if not lines or not _LINE.match(lines[0]):
        return None
    values: dict[str, str] = {}
    odd: dict[int, str] = {}
    last, end, is_fenced = "", 0, False
    for number, line in enumerate(lines):
        found = _LINE.match(line)
        if _FENCE.match(line):
            end, is_fenced = number, True
            break
        if found and (not odd or " " not in found[1]):
            last = plain_key(found[1])
            value = (found[2] or found[3] or "").strip()
            values[last] = f"{values[last]}, {value}" if last in values else value
            if found[3]:
                odd[number] = line  # a generator may have read it otherwise
        elif last and line[:1] in " \t":
            values[last] = f"{values[last]} {line.strip()}".strip()
        else:
            odd[number] = line
            if not _is_almost(line):
                continue
        end = number + 1
    strays = [number for number in odd if number < end]
    if not _is_header(values, end, len(strays)):
        return None
    rest = text.split("\n")[end + is_fenced :]
    if rest and not rest[0].strip():
        rest = rest[1:]
    named = [odd[number] for number in strays] if len(strays) < end else []
    return Header(values, "\n".join(rest), _odd(named))


def _before_the_first_empty_one(text: str) -> list[str]:
    lines = text.split("\n", LONGEST)[:LONGEST]
    return lines[: next((number for number, line in enumerate(lines) if not line.strip()), len(lines))]


def _is_header(values: dict[str, str], lines: int, strays: int) -> bool:
    if not values or strays * 2 > lines + 1:
        return False
    if values.keys() & _TELLING:
        return True
    return len(values) >= 3 and not strays and any(_DAY.match(value) for value in values.values())


def _is_almost(line: str) -> bool:
    """Whether a line was meant for the header, though nothing reads it."""
    return bool(_ALMOST.match(line)) or (len(line.split()) <= 4 and bool(_MAIL.search(line)))


def _odd(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(ODD.format(_shown(line.strip())) for line in list(lines)[:MOST_NAMED])


def _shown(line: str) -> str:
    """The line, without an address of somebody's mail."""
    line = _MAIL.sub("…", line)
    return line if len(line) <= 60 else f"{line[:60]}…"


def left_open(text: str) -> tuple[str, str] | None:
    """The lines of YAML behind a first fence that no second one closes, and the text after them; None if there are none."""
    lines = text.split("\n", LONGEST)
    end = next(
        (number for number, line in enumerate(lines[1:], 1) if not _OF_YAML.match(line)),
        len(lines),
    )
    inside = lines[1:end]
    keys = {line.partition(":")[0].strip().lower() for line in inside}
    if not keys & _TELLING:
        return None
    return "\n".join(inside) + "\n", "\n".join(lines[end:]).removeprefix("\n")


_WITHOUT_A_FIRST = re.compile(
    r"[A-Za-z_][\w-]{0,39}:(?!//)[^\n]*\n(?:[^\n]*\n){0,300}?(?P<fence>-{3,}|;{3,})[ \t]*(?:\n|\Z)"
)


def without_first_fence(text: str) -> tuple[str, str] | None:
    """The lines before the one fence of Hexo's front matter, and the text after it; None if there is none such."""
    found = _WITHOUT_A_FIRST.match(text)
    if found is None:
        return None
    inside = text[: found.start("fence")]
    keys = [line.partition(":")[0].strip().lower() for line in inside.split("\n") if ":" in line]
    # One line over a row of dashes is a heading.
    if (
        len(keys) < 2
        or not _TELLING & set(keys)
        or not all(map(_OF_YAML.match, filter(None, inside.split("\n"))))
    ):
        return None
    return inside, text[found.end() :]


def field_lines(text: str) -> Header | None:
    """reStructuredText's field list (`:date: …`) after the title or at the very top."""
    lines = text.split("\n")
    values: dict[str, str] = {}
    start = next((n for n, line in enumerate(lines[:40]) if _FIELD.match(line)), None)
    if start is None or any(line.strip() for line in lines[:start][3:] if not line.startswith(".. ")):
        return None
    number, last, odd = start, "", []
    while number < len(lines):
        line = lines[number]
        if found := _FIELD.match(line):
            last = plain_key(found[1])
            values[last] = found[2].strip()
        elif last and line.startswith((" ", "\t")) and line.strip():
            values[last] = f"{values[last]}\n{line.strip()}".strip()
        elif line.strip() and _is_among_fields(lines, number):
            odd.append(line)
        elif line.strip() or (number + 1 < len(lines) and not lines[number + 1].startswith((" ", ":"))):
            break
        number += 1
    return Header(values, "\n".join([*lines[:start], *lines[number:]]), _odd(odd))


def _is_among_fields(lines: list[str], number: int) -> bool:
    """Whether a line that is no field has fields before it and after it, with no empty line between."""
    after = lines[number + 1 : number + 2]
    return bool(lines[number - 1].strip()) and (
        bool(after and _FIELD.match(after[0]))
        or (lines[number].startswith(":") and bool(_ODD_FIELD.match(lines[number])))
    )


def plain_key(name: str) -> str:
    return name.strip().lower().replace(" ", "_")
