"""Whether structured data says only what schema.org's vocabulary has words for."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

# A distance is written as one value, and no thing.
DATA_TYPES = frozenset(
    {"Text", "URL", "Boolean", "Integer", "Number", "Date", "DateTime", "Time", "Distance"}
)


@cache
def vocabulary() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "vocabulary.json").read_text())


def faults(node: dict[str, Any], where: str = "", of: str = "") -> Iterator[str]:
    """What of a node, and of those in it, is no word of schema.org's, is said of the wrong type, or says nothing."""
    kind = node["@type"]
    where = where or kind
    if kind not in vocabulary()["types"]:
        yield f"{where}: there is no type {kind}"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if kind == "Role" and name == of:
            # A role stands between, and says the property once more (https://schema.org/Role).
            yield from faults(value, f"{where}.{name}")
            continue
        found = vocabulary()["properties"].get(name)
        if found is None or not set(found["domain"]) & _and_above(kind):
            yield f"{where}: a {kind} has no {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            at = f"{where}.{name}"
            if each in ("", None, [], {}):
                yield f"{at} says nothing"
            elif not isinstance(each, dict):
                if not set(found["range"]) & DATA_TYPES and not _is_an_address(each):
                    yield f"{at} is no text: {found['range']}"
            else:
                if not set(found["range"]) & _and_above(each["@type"]) and each["@type"] != "Role":
                    yield f"{at} is no {each['@type']}: {found['range']}"
                yield from faults(each, at, of=name)


def _is_an_address(value: object) -> bool:
    """Whether it is where a thing is, which may stand for the thing; so may `https://schema.org/WriteAction`."""
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def _and_above(kind: str) -> set[str]:
    return {kind}.union(*(_and_above(above) for above in vocabulary()["types"].get(kind, ())))
