"""Takes the bylines out of what an export wrapped them in: a JSON or Python list, a JSON-LD person, CDATA."""

import ast
import json
import re
from typing import Any

CDATA = re.compile(r"<!\[CDATA\[(.*)\]\]>", re.S)


def unwrapped(raw: str) -> list[str]:
    """The bylines in a field: each item of a list, the name of each person; any other text is one byline."""
    wrapped = CDATA.fullmatch(raw.strip())
    text = (wrapped[1] if wrapped else raw).strip()
    if text[:2] in ('"{', '"['):
        # JSON within JSON.
        inner = _value(text)
        text = inner.strip() if isinstance(inner, str) else text
    if text[:1] not in ("[", "{"):
        return [text]
    value = _value(text)
    items = value if isinstance(value, list) else [value]
    names = [_name(item) if isinstance(item, dict) else item for item in items]
    names = [name for one in names for name in (one if isinstance(one, list) else [one])]
    bylines = [name for name in names if isinstance(name, str)]
    return bylines if len(bylines) == len(names) else [text]


def _name(person: dict[str, Any]) -> Any:
    """The name of a JSON-LD person, of its parts if it has no whole one."""
    if whole := person.get("name") or person.get("byline"):
        return whole
    parts = [person.get(part) for part in ("givenName", "additionalName", "familyName")]
    named = " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())
    # A reference to somebody whose name stands elsewhere names nobody here.
    return named or ("" if {"@id", "@type", "name"} & person.keys() else None)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    if text[:2] not in ("['", '["'):
        return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None
