"""Whether a text of a folder was public: by what it says, and by where it lies. What is not understood was not."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from standfirst.importers.folders import dates
from standfirst.importers.folders.fields import flattened
from standfirst.importers.folders.matter import Value, read_json, split, truth
from standfirst.importers.folders.settings import NIKOLA, ZOLA, text
from standfirst.importers.folders.tree import Tree
from standfirst.importers.reading.states import (
    Claim,
    claim_of,
    draft_in_name,
    is_marked_draft,
    is_put_aside,
    was_public,
)

DRAFT = "draft"
SO = "so it is a draft here"
# Fields that say it for one generator, whatever they are called.
_BUILT = ("permalink", "build", "_build")
_NEVER = ("never", "none", "n/a")
# Of what a text tells of, where its last day is of that and not of the text.
_EVENTS = re.compile(r"start|begin|event|venue|location|when")
# Nikola once had no field for the state (https://getnikola.com/handbook.html#draft-and-private-posts).
_TAGGED = ("draft", "private")
_MOST_SHOWN = 40
_DATA = re.compile(r"(.+?)(?:(?:\.11tydata)?\.json|\.11tydata\.(js|cjs|mjs|ts))")
_CONTENT = re.compile(r"(?:.*?/)?content(?=/|\Z)|[^/]*")  # the folder that Hugo's paths are below
_PAIR = re.compile(r"\b(\w+)[\"']?\s*:\s*[\"']?(true|false)\b")


class Standing(NamedTuple):
    """What a text's state was called, empty if it was public; and what an editor should know of it."""

    status: str = ""
    note: str = ""


def standing_of(path: str, values: Mapping[str, Value], generator: str = "", title: str = "") -> Standing:
    """The state of a text at this path of the folder, by its fields in small letters and its title."""
    if why := _put_aside(path, title):
        return Standing(DRAFT, f"{why}, {SO}")
    for field, value in values.items():
        if found := _claimed(field, said_in(value), values):
            return found
    if truth(values.get("permalink")) is False or _is_not_built(values):
        return Standing("unpublished")
    if generator == NIKOLA and (tag := next((tag for tag in _TAGGED if tag in _tags(values)), "")):
        return Standing(tag)
    return Standing()


def _put_aside(path: str, title: str) -> str:
    """By what a text's place or title says that it is not ready; empty if neither does."""
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0]
    if stem.partition(".")[0] == "index" and folders:
        stem = folders.pop()  # the folder is the text's own, and is called as it is
    if place := next((folder for folder in folders if is_put_aside(folder)), ""):
        return f"lies in “{place}/”"
    if word := draft_in_name(stem):
        return f"has “{word}” in its file's name"
    return "has a title that begins as a draft's" if is_marked_draft(title) else ""


def _claimed(field: str, said: str, values: Mapping[str, Value]) -> Standing | None:
    """The state that one field gives a text; None if it gives it none, or leaves it public."""
    claim = claim_of(field)
    if claim is None or not said:
        return None
    says, known = truth(said), was_public(said)
    quoted = f"says “{field}: {said[:_MOST_SHOWN]}”"
    unclear = f"{quoted}, which is not understood, {SO}" if says is None and known is None else ""
    status = "unpublished"
    match claim:
        case Claim.PASSWORD if says is not False:
            return Standing(status, f"has a “{field}”, {SO}")
        case Claim.STATE if not known:
            return Standing(said if unclear else said.lower(), unclear)
        case Claim.MAYBE_STATE if known is False and says is None:
            return Standing(said.lower())
        case Claim.HELD if says is not False:
            return Standing(DRAFT if "draft" in field else "hidden", unclear)
        case Claim.MAYBE_HELD if says:
            return Standing("hidden", f"{quoted}, {SO}")
        case Claim.SHOWN if not (says or known or dates.readings(said)):
            return Standing(status, unclear)
        case Claim.MAYBE_SHOWN if says is False or known is False:
            return Standing(status, f"{quoted}, {SO}")
        case Claim.EMBARGO | Claim.ENDS if says is not None:
            return Standing(status, f"{quoted}, {SO}") if says else None
        case Claim.MAYBE_ENDS if not _is_of_text(values):
            return None
        case Claim.EMBARGO | Claim.OPENS | Claim.ENDS | Claim.MAYBE_ENDS:
            is_read = said.lower() in _NEVER or dates.readings(said)
            return None if is_read else Standing(status, f"{quoted}, which is not understood, {SO}")
    return None


def said_in(value: Value) -> str:
    """What a value says, in one line: a text, the one text of a list, or all of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(said_in, value)))
    return ", ".join(map(str, value)) if isinstance(value, dict) else text(value)


class Limits(NamedTuple):
    """The days from which the old site showed a text, those of them that could be others, and from which it did not."""

    opens: tuple[datetime, ...] = ()
    unsure: tuple[datetime, ...] = ()
    ends: tuple[datetime, ...] = ()


def limits_of(values: Mapping[str, Value]) -> Limits:
    """The days between which a text was to be shown, as its fields say."""
    opens: list[datetime] = []
    unsure: list[datetime] = []
    ends: list[datetime] = []
    for field, value in values.items():
        match claim_of(field):
            case Claim.OPENS | Claim.EMBARGO | Claim.SHOWN:
                days = dates.readings(said_in(value))
                opens += days
                unsure += days if len(days) > 1 else ()
            case Claim.ENDS:
                ends += dates.readings(said_in(value))
            case Claim.MAYBE_ENDS if _is_of_text(values):
                ends += dates.readings(said_in(value))
    return Limits(tuple(opens), tuple(unsure), tuple(ends))


def _is_of_text(values: Mapping[str, Value]) -> bool:
    """Whether a last day is the text's own, and not that of an event it tells of."""
    return not any(_EVENTS.search(field) for field in values)


def said_for_all(tree: Tree, generator: str = "") -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Folders, files and patterns of them, each with what a file of its own says of the state of the texts there.

    Hugo's cascade (https://gohugo.io/content-management/front-matter/#cascade-1), Zola's sections, and Eleventy's data of a
    directory or a file (https://www.11ty.dev/docs/data-template-dir/); of these only what `standing_of` reads.
    """
    texts: dict[str, list[str]] = {}
    for path in tree.texts:
        folder, _, name = path.rpartition("/")
        texts.setdefault(path.rpartition(".")[0], []).append(path)
        if name.startswith("_index."):
            values = split(tree.read(path), path[path.rfind(".") :].lower()).values
            cascades = next((value for name, value in values.items() if name.lower() == "cascade"), None)
            top = _CONTENT.match(folder)
            yield from cascaded(cascades, folder, top[0] if top else "")
            # What is below a draft of a section is one there (https://www.getzola.org/documentation/content/section/).
            if generator == ZOLA and truth(values.get("draft")):
                yield folder, {"draft": "true"}
    for path in tree.data:
        if (found := _DATA.fullmatch(path)) is None:
            continue
        folder, _, name = found[1].rpartition("/")
        is_of_folder = bool(folder) and name == folder.rpartition("/")[2]
        for scope in [folder] if is_of_folder else texts.get(found[1], []):
            said = tree.read(path)
            yield scope, states_in(dict(_PAIR.findall(said)) if found[2] else read_json(said))


def cascaded(said: Value, folder: str, top: str = "") -> Iterator[tuple[str, Mapping[str, Value]]]:
    """What a cascade says of states, by the folder it is of or the pattern of its target."""
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, dict):
            lower = {name.lower(): value for name, value in one.items()}
            target = lower.get("target") or lower.get("_target")
            target = target if isinstance(target, dict) else {}
            if text(target.get("kind")).lower() in ("", "page"):
                pattern = re.sub(r"\{[^}]*\}", "*", text(target.get("path")).lstrip("/"))
                yield f"{top or folder}/{pattern}" if pattern else folder, states_in(flattened(one))


def states_in(said: Value) -> dict[str, Value]:
    """Of some fields, those that say something of a state."""
    if not isinstance(said, dict):
        return {}
    return {name.lower(): value for name, value in said.items() if name.lower() in _BUILT or claim_of(name)}


def _tags(values: Mapping[str, Value]) -> list[str]:
    return [tag.strip().lower() for tag in said_in(values.get("tags")).split(",")]


def _is_not_built(values: Mapping[str, Value]) -> bool:
    """Whether Hugo was told not to make a page of it (https://gohugo.io/content-management/build-options/)."""
    for field in ("build", "_build"):
        options = values.get(field)
        if isinstance(options, dict) and text(options.get("render")).lower() in ("never", "false", "link"):
            return True
    return False
