"""Reads values as PHP writes them down (`serialize`), which is how WordPress keeps what is more than one word.

The format: https://www.php.net/manual/en/function.serialize.php. Numbers, words, truth and arrays are read; an object is not, for
it would be a program's. Whatever a value holds, it is read in a time that grows with its length.
"""

import re
from typing import Any, TypeAlias

PhpValue: TypeAlias = str | dict[str, Any]  # the values of an array are such values again

_DEEPEST = 12
_LONGEST = 200_000
_HEADS = re.compile(rb"(?:[idb]:([^;{}]{0,30});|(N);|s:(\d{1,7}):\"|a:(\d{1,6}):\{)")


class _NoValue(Exception):
    pass


def read_php(text: str) -> PhpValue | None:
    """The value, with numbers as words and arrays as mappings; None for what is no such value, or is damaged."""
    text = text.strip()
    if len(text) > _LONGEST or not re.match(r"a:\d+:\{|s:\d+:\"", text):
        return None
    raw = text.encode("utf-8", "surrogatepass")
    try:
        value, end = _read(raw, 0, 0)
    except _NoValue:
        return None
    return value if end == len(raw) else None


def _read(raw: bytes, at: int, depth: int) -> tuple[PhpValue, int]:
    head = _HEADS.match(raw, at)
    if head is None or depth > _DEEPEST:
        raise _NoValue
    number, nothing, length, count = head.groups()
    if number is not None or nothing is not None:
        return (number or b"").decode("ascii", "replace"), head.end()
    if length is not None:
        end = head.end() + int(length)
        if raw[end : end + 2] != b'";':
            raise _NoValue
        return raw[head.end() : end].decode("utf-8", "replace"), end + 2
    found: dict[str, PhpValue] = {}
    position = head.end()
    for _ in range(int(count)):
        key, position = _read(raw, position, depth + 1)
        value, position = _read(raw, position, depth + 1)
        if not isinstance(key, str):
            raise _NoValue
        found[key] = value
    if raw[position : position + 1] != b"}":
        raise _NoValue
    return found, position + 1
