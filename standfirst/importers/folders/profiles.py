"""Author data: `_data/authors.yml`, `data/authors/*`, `_authors/*.md`, `content/authors/*/_index.md` and their kin.

An e-mail address is for recognising somebody, and goes no further than the ledger.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from standfirst.importers.folders.bylines import is_unfinished
from standfirst.importers.folders.fields import are_people, flattened
from standfirst.importers.folders.matter import Matter, Value, read_json, read_toml, read_yaml, split
from standfirst.importers.folders.settings import text
from standfirst.importers.folders.tree import LARGEST_TEXT, Tree
from standfirst.importers.reading.records import MediaRef, ParsedAuthor
from standfirst.text.slugs import slug_for

_PEOPLE = frozenset(
    [
        "author",
        "authors",
        "people",
        "person",
        "team",
        "staff",
        "contributors",
        "writers",
        "members",
        "profiles",
        "bloggers",
    ]
)
_DATA_HOMES = frozenset(
    ["_data", "data", "content", "src", "blog", "site", "app", "source", "config", "collections"]
)
_SERVICES = {
    "twitter": "https://twitter.com/{}",
    "twitter_account_name": "https://twitter.com/{}",
    "twitter_username": "https://twitter.com/{}",
    "github": "https://github.com/{}",
    "github_account_name": "https://github.com/{}",
    "github_username": "https://github.com/{}",
    "gitlab": "https://gitlab.com/{}",
    "codeberg": "https://codeberg.org/{}",
    "linkedin": "https://www.linkedin.com/in/{}",
    "facebook": "https://www.facebook.com/{}",
    "instagram": "https://www.instagram.com/{}",
    "youtube": "https://www.youtube.com/{}",
    "keybase": "https://keybase.io/{}",
    "bluesky": "https://bsky.app/profile/{}",
    "mastodon": "{}",
    "researchgate": "{}",
}
_SITES = ("website", "web", "url", "link", "site", "home", "homepage", "blog", "site_url", "uri")
_PORTRAITS = (
    "avatar",
    "portrait",
    "image",
    "img",
    "photo",
    "picture",
    "headshot",
    "thumbnail",
    "profile_image",
    "profile",
)
NAMES = frozenset(["name", "title", "display_name", "displayname", "first_name", "full_name"])
_LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[a-zA-Z]{2,4})?)\Z")
MOST_PROFILES = 200_000
MOST_LOOKED_AT = 40


@dataclass(slots=True)
class Profiles:
    """The people a folder has records of."""

    people: dict[str, ParsedAuthor] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)  # a person's old address, by their id
    files: list[str] = field(default_factory=list)  # where they were read
    unfinished: list[str] = field(default_factory=list)  # whose name is a template's own mark
    damaged: list[str] = field(default_factory=list)

    def add(self, person: ParsedAuthor, where: str) -> None:
        if is_unfinished(person.display_name):
            self.unfinished.append(where)
            return
        known = self.people.get(person.source_id)
        if known is None:
            if len(self.people) < MOST_PROFILES:
                self.people[person.source_id] = person
            return
        # The same person in another language or another file: what the first did not say.
        names = dict.fromkeys([*known.aliases, person.display_name, *person.aliases])
        names.pop(known.display_name, None)
        names.pop("", None)
        self.people[person.source_id] = replace(
            known,
            display_name=known.display_name or person.display_name,
            biography=known.biography or person.biography,
            email=known.email or person.email,
            portrait=known.portrait or person.portrait,
            sort_name=known.sort_name or person.sort_name,
            websites=tuple(dict.fromkeys([*known.websites, *person.websites])),
            identifiers=tuple(dict.fromkeys([*known.identifiers, *person.identifiers])),
            aliases=tuple(names),
        )


def is_profile_path(path: str, learned: Collection[str] = ()) -> bool:
    """Whether a text lies where authors' profiles do: `_authors/ada.md`, `content/authors/ada/_index.md`.

    `learned` are folders that are called something else, and hold them all the same.
    """
    parts = path.split("/")
    if learned and profile_folder(path) in learned:
        return True
    for number, part in enumerate(parts[:-1]):
        name = part.lstrip("_").lower()
        if name not in _PEOPLE:
            continue
        deeper = len(parts) - number - 2
        home = parts[number - 1].lower() if number else ""
        if (
            part.startswith("_")
            or home in _DATA_HOMES
            or re.fullmatch(r"[a-z]{2}(?:-[a-z]{2})?", home)
            or not number
        ):
            stem = _stem(parts[-1])
            return deeper == 0 or (deeper == 1 and stem in ("index", "_index"))
    return False


def profile_folder(path: str) -> str:
    """The folder in which a text would be one of many profiles: `content/authors` of `content/authors/ada/_index.md`."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[0] if _stem(name) in ("index", "_index") else folder


def profile_id(path: str) -> str:
    """What a text would be called by articles, if it is a profile."""
    folder, _, name = path.rpartition("/")
    stem = _stem(name)
    return folder.rpartition("/")[2] if stem in ("index", "_index") else stem


def is_profile(path: str, values: Mapping[str, Value], learned: Collection[str] = ()) -> bool:
    """Whether a text is somebody's profile: it lies where these do, and says a name and no date."""
    if not is_profile_path(path, learned) or ("date" in values and "name" not in values):
        return False
    stem = _stem(path.rpartition("/")[2])
    lower = {str(key).lower() for key in values}
    if stem in ("_index", "index") and path.split("/")[-2].lstrip("_").lower() in _PEOPLE:
        return False  # the list's own page
    return bool(lower & NAMES) and not lower & {
        "author",
        "authors",
    }


def profile_of(path: str, matter: Matter, rich: Callable[[str], str]) -> ParsedAuthor | None:
    """The person a profile is of; `rich` turns its text into HTML."""
    return person_of(profile_id(path), matter.values, rich, body=matter.body, folder=path.rpartition("/")[0])


def folders_of_people(tree: Tree, named: Sequence[Collection[str]]) -> frozenset[str]:
    """The folders whose texts are profiles, whatever they are called: a field's values are what its texts are called.

    `named` is what each field that may name people holds. A tag has a page of its own, too: the texts must be of people.
    """
    within: dict[str, dict[str, str]] = {}
    for path in tree.texts:
        if not is_profile_path(path):
            within.setdefault(profile_folder(path), {}).setdefault(slug_for(profile_id(path)), path)
    found = set()
    for raws in named:
        slugs = {slug_for(raw) for raw in raws}
        for folder, paths in within.items():
            known = [paths[slug] for slug in slugs if slug in paths]
            if (
                len(known) * 2 >= len(slugs)
                and known
                and folder
                and _are_profiles(tree, known[:MOST_LOOKED_AT])
            ):
                found.add(folder)
    return frozenset(found)


def _are_profiles(tree: Tree, paths: Sequence[str]) -> bool:
    names = []
    for path in paths:
        try:
            values = flattened(split(tree.read(path), path[path.rfind(".") :].lower()).values)
        except OSError:
            continue
        if "date" in values or not values.keys() & NAMES:
            return False
        # Who is named, and not titled, is somebody.
        if not values.keys() & (NAMES - {"title"}):
            names.append(text(values.get("title")))
    return not names or are_people(names)


def lists_of_people(tree: Tree, named: Sequence[Collection[str]]) -> list[str]:
    """Data files that list people, whatever they are called: a field's values are what they know somebody by."""
    found = []
    usual = set(data_files(tree))
    for path in tree.data:
        folder, _, name = path.rpartition("/")
        if (
            path in usual
            or folder.rpartition("/")[2].lower() not in _DATA_HOMES
            or not name.endswith((".yml", ".yaml", ".toml", ".json"))
        ):
            continue
        records = Profiles()
        read_data(tree, path, records, escape)
        ids = {*records.people, *(person.display_name for person in records.people.values())}
        if any(ids and len(ids & set(raws)) * 2 >= len(raws) for raws in named if raws):
            found.append(path)
        if len(found) > MOST_LOOKED_AT:
            break
    return found


def data_files(tree: Tree) -> Iterator[str]:
    """Data files that may list people."""
    for path in tree.data:
        *folders, name = path.split("/")
        stem, _, ending = name.lstrip(".").rpartition(".")
        if ending.lower() not in ("yml", "yaml", "toml", "json"):
            continue
        lowered = [folder.lstrip("_").lower() for folder in folders]
        is_list = stem.lstrip("_").lower() in _PEOPLE and (
            not folders or folders[-1].lower() in _DATA_HOMES or re.fullmatch("[a-z]{2}", folders[-1])
        )
        if is_list or (lowered and lowered[-1] in _PEOPLE and len(folders) < 5):
            yield path


def read_data(tree: Tree, path: str, into: Profiles, rich: Callable[[str], str]) -> bool:
    """Reads a data file of people; False if it holds none."""
    try:
        words = tree.read(path)[:LARGEST_TEXT]
    except OSError:
        return False
    notes: tuple[str, ...] = ()
    found: Value
    if path.endswith(".json"):
        found = read_json(words)
    elif path.endswith(".toml"):
        found, notes = read_toml(words)
    else:
        found, notes = read_yaml(words)
        if not found and words.lstrip().startswith("-"):
            found, notes = read_yaml("people:\n" + "\n".join(f"  {line}" for line in words.splitlines()))
    if notes:
        into.damaged.append(path)
    before = len(into.people) + len(into.unfinished)
    stem = path.rpartition("/")[2].lstrip(".").rpartition(".")[0]
    folder = path.rpartition("/")[0]
    if (
        isinstance(found, dict)
        and len(found) == 1
        and isinstance(only := next(iter(found.values())), dict | list)
    ):
        inner = only if not _is_person(only) else found
        found = inner
    if _is_person(found) and stem.lstrip("_").lower() not in _PEOPLE:
        _take(into, stem, found, rich, folder, path)
    elif isinstance(found, dict):
        for key, value in found.items():
            if isinstance(value, dict):
                _take(into, str(key), value, rich, folder, path)
            elif text(value) and _is_name(text(value)):
                into.add(ParsedAuthor("profile", str(key), slug=str(key), display_name=text(value)), path)
    elif isinstance(found, list):
        for value in found[:MOST_PROFILES]:
            if isinstance(value, dict):
                number = next(
                    (
                        text(value.get(key))
                        for key in ("id", "slug", "username", "key", "handle", "name")
                        if text(value.get(key))
                    ),
                    "",
                )
                if number:
                    _take(into, number, value, rich, folder, path)
    if len(into.people) + len(into.unfinished) == before:
        return False
    into.files.append(path)
    return True


def _take(
    into: Profiles,
    number: str,
    value: Mapping[str, Value],
    rich: Callable[[str], str],
    folder: str,
    path: str,
) -> None:
    person = person_of(number, value, rich, folder=folder)
    if person is not None:
        into.add(person, f"{path}: {number}")


def _is_person(value: Value) -> bool:
    return (
        isinstance(value, dict)
        and bool({"name", "display_name", "first_name", "full_name"} & {str(k).lower() for k in value})
        and not any(isinstance(item, dict) and "name" in item for item in value.values())
    )


def _is_name(words: str) -> bool:
    return 2 < len(words) < 80 and "/" not in words and not words.replace(".", "").isdigit()


def person_of(
    number: str, values: Mapping[str, Value], rich: Callable[[str], str], *, body: str = "", folder: str = ""
) -> ParsedAuthor | None:
    """Somebody, from the fields of their record; None if it has no name."""
    lower = {str(key).lower().replace("-", "_"): value for key, value in values.items()}

    def said(*names: str) -> str:
        return next((words for name in names if (words := text(lower.get(name)))), "")

    name = said("name", "display_name", "displayname", "full_name", "title", "fullname")
    if not name:
        name = f"{said('first_name', 'firstname', 'given_name')} {said('last_name', 'lastname', 'family_name')}".strip()
    if not name:
        return None
    role = (
        said("role", "position", "job", "job_title", "job-title", "affiliation") if lower.get("name") else ""
    )
    about = said_long(lower, "bio", "biography", "about", "description", "excerpt") or body.strip()
    biography = "".join(f"<p>{part}</p>" for part in [role] if part and part not in about) + (
        rich(about) if about else ""
    )
    nested = [
        item for key in ("social", "links", "socials", "sidebar", "extra") for item in _nested(lower.get(key))
    ]
    sites = [words for key in _SITES if "://" in (words := said(key)) or words.startswith("www.")]
    sites = [f"https://{site}" if site.startswith("www.") else site for site in sites]
    for key, value in [*lower.items(), *nested]:
        handle = text(value)
        pattern = _SERVICES.get(str(key).lower())
        if pattern and handle:
            sites.append(handle if "://" in handle else pattern.format(handle.lstrip("@")))
    sites += [text(value) for key, value in nested if "://" in text(value)]
    portrait = next((_picture(lower.get(key)) for key in _PORTRAITS if _picture(lower.get(key))), "")
    orcid = said("orcid")
    return ParsedAuthor(
        kind="profile",
        source_id=number,
        slug=said("slug") or number,
        email=said("email", "mail", "e_mail").removeprefix("mailto:"),
        display_name=name,
        biography=biography,
        portrait=MediaRef(
            url=portrait if "://" in portrait or portrait.startswith("/") else _beside(folder, portrait)
        )
        if portrait
        else None,
        websites=tuple(dict.fromkeys(site for site in sites if site.startswith(("http://", "https://")))),
        identifiers=(("orcid", orcid),) if orcid else (),
        sort_name=_sort_name(said("sort_name", "sortname", "sort"), name),
        aliases=tuple(filter(None, [said("alias", "aka", "pen_name"), *_former_names(lower, name)])),
    )


def _former_names(values: Mapping[str, Value], name: str) -> list[str]:
    """What else a record calls somebody: the title of a page whose name is stated beside it."""
    title = text(values.get("title"))
    return [title] if title and title != name and text(values.get("displayname")) else []


def said_long(values: Mapping[str, Value], *names: str) -> str:
    """The first of these texts, its paragraphs kept."""
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and text(value):
            return value.strip()
    return ""


def _nested(value: Value) -> list[tuple[str, Value]]:
    if isinstance(value, dict):
        return [(str(key), item) for key, item in value.items()][:50]
    pairs: list[tuple[str, Value]] = []
    for item in value[:50] if isinstance(value, list) else ():
        if isinstance(item, dict):
            url = text(item.get("url")) or text(item.get("link"))
            pairs += [("url", url)] if url else [(str(key), value) for key, value in item.items()]
    return pairs


def _picture(value: Value) -> str:
    words = (
        text(value.get("url") or value.get("src") or value.get("path"))
        if isinstance(value, dict)
        else text(value)
    )
    return words if re.search(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|\Z)", words, re.IGNORECASE) else ""


def _beside(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _sort_name(stated: str, name: str) -> str:
    """A stated sort name; a surname alone is not one, and is given the other names behind it."""
    if not stated or "," in stated or " " not in name:
        return stated
    if name.casefold().endswith(stated.casefold()):
        return f"{stated}, {name[: -len(stated)].strip()}"
    return stated


def _stem(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return _LANGUAGE.sub("", stem)
