"""What a saved page says of who could read it: its place, its address, its classes, and what it tells machines."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from typing import NamedTuple

from standfirst.importers.pages.items import Item
from standfirst.importers.pages.statements import Statements
from standfirst.importers.reading.documents import Node
from standfirst.importers.reading.limits import moment_in
from standfirst.importers.reading.states import is_put_aside, was_public

_PREVIEW = re.compile(r"[?&](?:preview(?:=(?:true|1))?(?:&|\Z)|preview_(?:id|nonce)=)")
_STATUS = re.compile(r"(?:post-)?status-([a-z-]+)\Z")
_NOT_FREE = frozenset(["locked", "metered", "premium", "paid", "subscribers", "members"])


class Standing(NamedTuple):
    """Why a page was not public, in the words of the report; empty if nothing says so. And when it ceased to be."""

    withheld: str = ""
    expires: datetime | None = None


def standing_of(
    found: Statements, main: Mapping[str, Item], scope: Node, *, file: str, zone: tzinfo
) -> Standing:
    """What a page says of who could read it; one sign that it was not public is enough."""
    stated = [
        found.said("article:expiration_time", "og:article:expiration_time"),
        *(item.text("expires") for item in main.values()),
    ]
    moments = [moment_in(zone)(text) for text in stated if text]
    withheld = next(_signs(found, main.values(), scope, file), "")
    if not withheld and None in moments:
        withheld = "have a term that cannot be read"
    return Standing(withheld, min(filter(None, moments), default=None))


def _signs(found: Statements, main: Iterable[Item], scope: Node, file: str) -> Iterator[str]:
    for folder in PurePosixPath(file).parent.parts:
        if is_put_aside(folder):
            yield f"lie in the folder “{folder[:40]}”"
    if any(map(_PREVIEW.search, _addresses(found))):
        yield "are previews"
    for node in (scope, *scope.iterancestors()):
        for name in (node.get("class") or "").split():
            if name == "post-password-required":
                yield "were protected by a password"
            elif (status := _STATUS.match(name)) and was_public(status[1]) is False:
                yield f"had the status “{status[1][:40]}”"
    if any(node.get("name") == "post_password" for node in scope.iter("input")):
        yield "were protected by a password"
    if (tier := found.said("article:content_tier").lower()) in _NOT_FREE:
        yield f"were not free (“{tier}”)"
    for item in main:
        if (state := item.text("creativeWorkStatus")) and was_public(state) is not True:
            yield f"had the status “{state[:40]}”"
        if item.text("isAccessibleForFree").rpartition("/")[2].lower() in ("false", "no", "0"):
            yield "were not free"


def _addresses(found: Statements) -> Iterator[str]:
    yield from found.meta.get("og:url", ())
    for link in found.root.iter("link"):
        if {"canonical", "shortlink"} & set((link.get("rel") or "").lower().split()):
            yield link.get("href") or ""
