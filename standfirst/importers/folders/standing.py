"""Whether a text of a folder was public: by what it says, and by where it lies. What is not understood was not."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from standfirst.importers.folders import dates
from standfirst.importers.folders.matter import Value, read_json, split, truth
from standfirst.importers.folders.settings import text
from standfirst.importers.folders.tree import Tree
from standfirst.importers.reading.states import is_put_aside, was_public

DRAFT = "draft"
# Fields that say the state itself, and any word in them counts; and others that are of something else as often.
_STATES = ("status", "post_status", "publish_status", "publication_status", "publishing_status", "visibility")
_MAYBE_STATES = ("state", "workflow", "workflow_state", "access")
_KEPT_BACK = ("hidden", "private", "unlisted", "headless")
_PUBLISHED = ("published", "publish", "is_published", "public")
_ENDS = ("expirydate", "expiry_date", "expires", "unpublishdate", "unpublish_date")
_READ = frozenset(
    [DRAFT, *_STATES, *_MAYBE_STATES, *_PUBLISHED, *_KEPT_BACK, *_ENDS, "permalink", "build", "_build"]
)


class Standing(NamedTuple):
    """What a text's state was called, empty if it was public; and what an editor should know of it."""

    status: str = ""
    note: str = ""


def standing_of(path: str, values: Mapping[str, Value]) -> Standing:
    """The state of a text at this path of the folder, by its fields in small letters."""
    *folders, name = path.split("/")
    if (
        place := next((folder for folder in folders if is_put_aside(folder)), "")
    ) or ".draft." in name.lower():
        where = f"lies in “{place}/”" if place else "has “.draft” in its file's name"
        return Standing(DRAFT, f"{where}, so it is a draft here")
    if _is_stated(values, "draft"):
        return Standing(DRAFT, _unsure("draft", values))
    for field in _STATES:
        word = text(values.get(field))
        known = was_public(word) if word else True
        if known is None:
            return Standing(
                word, f"says “{field}: {word[:40]}”, which is not understood, so it is a draft here"
            )
        if not known:
            return Standing(word.lower())
    for field in _MAYBE_STATES:
        if (word := text(values.get(field))) and was_public(word) is False:
            return Standing(word.lower())
    for field in _PUBLISHED:
        said = text(values.get(field))
        if said and truth(said) is not True and was_public(said) is not True and dates.parse(said) is None:
            return Standing("unpublished", _unsure(field, values))
    for field in _KEPT_BACK:
        if _is_stated(values, field):
            return Standing("hidden", _unsure(field, values))
    if truth(values.get("permalink")) is False or _is_not_built(values):
        return Standing("unpublished")
    return Standing()


def said_for_all(tree: Tree) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Folders, each with what a file of its own says of the state of every text in it.

    Hugo's cascade (https://gohugo.io/content-management/front-matter/#cascade-1) and Eleventy's data of a directory
    (https://www.11ty.dev/docs/data-template-dir/); of these only what `standing_of` reads.
    """
    for path in tree.texts:
        if path.rpartition("/")[2].startswith("_index."):
            values = split(tree.read(path), path[path.rfind(".") :].lower()).values
            cascades = next((value for name, value in values.items() if name.lower() == "cascade"), None)
            for cascade in cascades if isinstance(cascades, list) else [cascades]:
                yield path.rpartition("/")[0], _states_in(cascade)
    for path in tree.data:
        folder, _, name = path.rpartition("/")
        if folder and name in (
            f"{folder.rpartition('/')[2]}{ending}" for ending in (".json", ".11tydata.json")
        ):
            yield folder, _states_in(read_json(tree.read(path)))


def _states_in(said: Value) -> dict[str, Value]:
    if not isinstance(said, dict):
        return {}
    return {name.lower(): value for name, value in said.items() if name.lower() in _READ}


def ends(values: Mapping[str, Value]) -> str:
    """The day from which the old site no longer showed a text; empty if it names none."""
    return next((said for field in _ENDS if (said := text(values.get(field)))), "")


def _is_stated(values: Mapping[str, Value], field: str) -> bool:
    """Whether a field says yes, or anything else but no."""
    value = values.get(field)
    return bool(text(value)) and truth(value) is not False


def _unsure(field: str, values: Mapping[str, Value]) -> str:
    """A note of a word that is neither yes nor no, nor the name of a state."""
    word = text(values.get(field))
    if truth(word) is not None or was_public(word) is not None:
        return ""
    return f"says “{field}: {word[:40]}”, which is not understood, so it is a draft here"


def _is_not_built(values: Mapping[str, Value]) -> bool:
    """Whether Hugo was told not to make a page of it (https://gohugo.io/content-management/build-options/)."""
    for field in ("build", "_build"):
        options = values.get(field)
        if isinstance(options, dict) and text(options.get("render")).lower() in ("never", "false", "link"):
            return True
    return False
