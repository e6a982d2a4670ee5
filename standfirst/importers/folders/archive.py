"""A folder of texts as an archive that can be imported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property, partial
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from standfirst.importers.folders.addresses import own_paths
from standfirst.importers.folders.documents import Document, read_document
from standfirst.importers.folders.drafting import Drafter
from standfirst.importers.folders.notebook import Notebook, temporary_folder
from standfirst.importers.folders.settings import HUGO, JEKYLL, NIKOLA, PELICAN, PLAIN, ZOLA
from standfirst.importers.folders.survey import Findings, survey
from standfirst.importers.folders.tree import open_tree
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.memory import Memory, state_of_file
from standfirst.importers.reading.records import (
    Claim,
    ConvertedBody,
    DraftArticle,
    DraftContributor,
    DraftTerm,
    LeftBehind,
    OldPath,
    Outcome,
    ParsedMedia,
    ParsedSite,
    Refused,
    UnreadField,
)
from standfirst.importers.reading.sections import Categories, Shelved, Shelves
from standfirst.importers.reading.workers import read_in_parts
from standfirst.text.slugs import slug_for

_DEFAULTS = frozenset({"uncategorized", "uncategorised", "misc", "general", "blog", "posts", "post"})
_FEEDS = {
    JEKYLL: ("/feed.xml", "/atom.xml"),
    HUGO: ("/index.xml",),
    ZOLA: ("/atom.xml", "/rss.xml"),
    PELICAN: ("/feeds/all.atom.xml", "/feeds/all.rss.xml"),
    NIKOLA: ("/rss.xml", "/feed.xml"),
}
_TERM_PATHS = {
    HUGO: {"category": "/categories/{}/", "tag": "/tags/{}/", "author": "/authors/{}/"},
    ZOLA: {"category": "/categories/{}/", "tag": "/tags/{}/", "author": "/authors/{}/"},
    PELICAN: {"category": "/category/{}.html", "tag": "/tag/{}.html", "author": "/author/{}.html"},
    NIKOLA: {"category": "/categories/{}/", "tag": "/categories/{}/", "author": "/authors/{}/"},
    JEKYLL: {"category": "/categories/{}/", "tag": "/tags/{}/", "author": "/authors/{}/"},
}
_TERM_FALLBACK = {"category": "/categories/{}/", "tag": "/tags/{}/", "author": "/authors/{}/"}


@dataclass(frozen=True, slots=True)
class FolderPictures:
    """Pictures beside the texts, or in a folder named for them."""

    folder: Path | None
    is_elsewhere: bool = False

    def path_of(self, url: str) -> str:
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""
        return "" if parts.netloc or parts.scheme else unquote(parts.path).lstrip("/")

    def candidates(self, path: str) -> Iterator[str]:
        """The path itself; in a folder given for the pictures also with fewer of the folders before it."""
        path = normpath(path)
        yield path
        if self.is_elsewhere:
            while "/" in path:
                path = path.partition("/")[2]
                yield path


class FoldersArchive(Shelved):
    """One folder, read once. Raises ImportRefused if it is none of these, or several of them."""

    format = "folders"

    def __init__(self, path: Path, opening: Opening) -> None:
        tree = open_tree(path, opening.on_bytes if path.is_dir() else None)
        # Held for their folders, which go when the archive does; what travels to another process must not take them along.
        self._unpacked = tree.unpacked
        self._notes = temporary_folder()
        self._notebook = Notebook(Path(self._notes.name))
        self._found: Findings = survey(
            replace(tree, unpacked=None),
            self._notebook,
            opening.on_bytes if path.is_dir() else None,
            opening.rules,
        )
        self._zone, self._now = opening.zone, opening.now
        self._memory = opening.memory
        self._state = repr((tree.state() if path.is_dir() else state_of_file(path), self._found.rules))
        names = self._found.names
        categories = Categories(
            source=tree.name,
            uses=self._found.categories,
            names={key.partition(":")[2]: name for key, name in names.items() if key.startswith("category:")},
            defaults=_DEFAULTS,
        )
        self._shelves = Shelves(
            categories, {slug: names.get(f"tag:{slug}", slug) for slug in self._found.tags}
        )
        self.pictures = FolderPictures(opening.uploads or tree.root, opening.uploads is not None)

    @property
    def system(self) -> str:
        generator = self._found.settings.generator
        return "Folder" if generator == PLAIN else generator

    @property
    def site(self) -> ParsedSite:
        return self._found.site

    @property
    def expected(self) -> int:
        return self._found.articles + self._found.pages

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._found.warnings)

    @property
    def conclusions(self) -> tuple[str, ...]:
        return tuple(self._found.conclusions)

    @property
    def unread(self) -> tuple[UnreadField, ...]:
        return tuple(sorted(self._found.unread.values(), key=lambda one: (-one.count, one.name)))

    @property
    def media(self) -> Mapping[str, ParsedMedia]:
        return {path: ParsedMedia(path, path, file_path=path) for path in self._found.tree.pictures}

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return self._found.bylines.contributors

    @property
    def author_records(self) -> int:
        return self._found.bylines.records

    def read_counts(self) -> dict[str, int]:
        found = self._found
        return {
            "articles": found.articles + len(found.refused),
            "pages": found.pages,
            "authors": self.author_records,
            "categories": len(found.categories),
            "tags": len(found.tags),
            "media": len(found.tree.pictures),
            "other": sum(found.left_counts.values()),
        }

    def left_out(self) -> Iterator[LeftBehind]:
        for (kind, reason), records in self._found.left_out.items():
            yield LeftBehind(kind, reason, self._found.left_counts[kind, reason], tuple(records))

    def term(self, key: str) -> DraftTerm:
        kind, _, slug = key.partition(":")
        name = self._shelves.name(key)
        return DraftTerm(key, name, slug, old_paths=tuple(self._listing(kind, name)))

    def site_paths(self) -> Iterator[OldPath]:
        settings = self._found.settings
        base = settings.base_path
        profiles = self._profile_paths()
        for draft in self.contributors:
            here = f"contributor:{draft.key}"
            for path in dict.fromkeys(
                [
                    *profiles.get(draft.key, ()),
                    *(p for slug in draft.old_slugs for p in self._listing("author", slug)),
                ]
            ):
                yield OldPath(path, here)
        for key in self.term_keys():
            yield from (OldPath(path, key) for path in self.term(key).old_paths)
        for path in _FEEDS.get(settings.generator, ()):
            yield OldPath(f"{base}{path}", "articles", is_feed=True)
        if base:
            yield OldPath(f"{base}/", "front")

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def drafts(self, *, processes: int | None = None) -> Iterator[Outcome]:
        """Yields articles and pages in the order of their paths."""
        parts = read_in_parts(
            self._reader, range(self._found.parts), expected=self.expected, processes=processes
        )
        return self._while_held(parts)

    def body_of(self, made_of: tuple[str, Document]) -> ConvertedBody:
        return self._reader.body_of(made_of[1])

    @cached_property
    def _reader(self) -> "DraftReader":
        return DraftReader(
            self._found,
            self._notebook,
            self._shelves,
            self._zone,
            self._now,
            self._state,
            self._memory,
        )

    def _while_held(self, parts: Iterator[list[DraftArticle | Refused]]) -> Iterator[Outcome]:
        """All of the parts; the folders they are read from go when nobody holds the archive."""
        yield from self._found.refused
        for part in parts:
            yield from part

    # ------------------------------------------------------------------------------------------------------- addresses

    def _listing(self, kind: str, name: str) -> Iterator[str]:
        """The addresses of a list of articles on the old site, as its configuration or its generator has them."""
        settings = self._found.settings
        stated = settings.taxonomy_paths.get(kind, "")
        slug = slug_for(name)
        if stated:
            path = stated.replace("{slug}", slug).replace(":name", slug).replace(":slug", slug)
        else:
            path = _TERM_PATHS.get(settings.generator, _TERM_FALLBACK)[kind].format(slug)
        yield f"{settings.base_path}/{path.lstrip('/')}"

    def _profile_paths(self) -> dict[str, list[str]]:
        """The addresses of profiles that were pages of their own."""
        found: dict[str, list[str]] = {}
        if self._found.settings.generator not in (HUGO, ZOLA, JEKYLL):
            return found
        for path in self._found.tree.texts:
            if "author" not in path and "people" not in path and "team" not in path:
                continue
            document = read_document(self._found.tree, path, self._found.around)
            if document.kind == "profile":
                parts = path.split("/")
                stem = parts[-1].partition(".")[0]
                number = parts[-2] if stem in ("index", "_index") and len(parts) > 1 else stem
                facts = replace(document.facts(), is_page=True)
                found.setdefault(f"author:{number}", []).extend(own_paths(facts, self._found.settings, ()))
        return found


@dataclass
class DraftReader:
    """The second reading of a folder, some texts at a time; may run in processes of their own."""

    found: Findings
    notebook: Notebook
    shelves: Shelves
    zone: tzinfo
    now: datetime
    state: str
    memory: Memory

    def __call__(self, part: int) -> list[DraftArticle | Refused]:
        return [
            fenced(
                partial(self._drafter.draft, document),
                kind="pages" if document.kind == "page" else "articles",
                record=f"file {document.path}",
            )
            for document in self.notebook.read(part)
        ]

    @cached_property
    def _drafter(self) -> Drafter:
        return Drafter(
            self.found,
            self.shelves,
            zone=self.zone,
            now=self.now,
            state=self.state,
            memory=self.memory,
        )

    def body_of(self, document: Document) -> ConvertedBody:
        return self._drafter.body_of(document)
