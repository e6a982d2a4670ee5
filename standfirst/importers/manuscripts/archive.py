"""A folder of manuscripts as an archive that can be imported. Each of them is a draft."""

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from standfirst.importers.errors import NotAnArchive
from standfirst.importers.manuscripts.converting import to_html
from standfirst.importers.manuscripts.format import UNREAD, WORD, files_below, is_word
from standfirst.importers.manuscripts.package import Beside, Unreadable, look_into, words_in
from standfirst.importers.manuscripts.pieces import Pieces, take_apart
from standfirst.importers.reading.archive import Opening
from standfirst.importers.reading.drafting import with_body
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.htmlbody import unknown_block
from standfirst.importers.reading.people import Bylines, ParsedByline
from standfirst.importers.reading.records import (
    BodyBlock,
    Claim,
    ConvertedBody,
    DraftArticle,
    DraftContributor,
    LeftBehind,
    OldPath,
    Outcome,
    ParsedMedia,
    ParsedSite,
    Publicity,
    Refused,
)
from standfirst.importers.reading.sections import Categories, Shelved, Shelves
from standfirst.text.slugs import slug_for

FORMAT = "manuscripts"
_OTHER = "a file that is no manuscript"


@dataclass(frozen=True, slots=True)
class ManuscriptPictures:
    """The pictures of all manuscripts, taken out of them."""

    folder: Path | None

    def path_of(self, url: str) -> str:
        return "" if "://" in url else url

    def candidates(self, path: str) -> Iterable[str]:
        yield path


@dataclass(slots=True)
class Findings:
    """What the first reading found; the manuscripts themselves are in the folder, one file each."""

    manuscripts: list[str] = field(default_factory=list)  # their paths below the folder that was given
    pictures: list[str] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)


class ManuscriptArchive(Shelved):
    """One manuscript or a folder of them. Raises ImportRefused if there is none."""

    format = FORMAT
    system = "Word"

    def __init__(self, path: Path, opening: Opening) -> None:
        # Held for the folder, which goes when the archive does.
        self._unpacked = tempfile.TemporaryDirectory(prefix="standfirst-import-")
        self._folder = Path(self._unpacked.name)
        self._name = path.resolve().name if path.is_dir() else path.stem
        self._bylines = Bylines()
        self._found = Findings()
        self._shelves = Shelves(Categories(path.name, {}), {})
        root = path if path.is_dir() else path.parent
        for number, file in enumerate(files_below(path) if path.is_dir() else [path]):
            self._read(file, file.relative_to(root).as_posix())
            if opening.on_bytes is not None and path.is_dir():
                opening.on_bytes(number + 1)
        if not self._found.manuscripts:
            raise NotAnArchive(_nothing_in(path, self._found))

    def _read(self, file: Path, name: str) -> None:
        suffix = file.suffix.lower()
        if suffix not in WORD and not is_word(file):
            self._found.left_out.setdefault(UNREAD.get(suffix, _OTHER), []).append(name)
            return
        read = fenced(partial(self._take_in, file, name), kind="articles", record=name)
        if isinstance(read, Refused):
            self._found.refused.append(read)

    def _take_in(self, file: Path, name: str) -> None:
        try:
            beside = look_into(file)
            converted = to_html(file, self._folder / "pictures", name)
            pieces = take_apart(converted.html)
        except Unreadable as error:
            self._found.unreadable[name] = str(error)
            return
        unread = words_in(file, converted.not_read) if converted.not_read else ""
        if unread:
            names = ", ".join(element.rpartition("}")[2] for element in converted.not_read)
            pieces.notes.append(f"hold words that are not read ({names}); they are in the ledger")
        with (self._folder / str(len(self._found.manuscripts))).open("wb") as out:
            pickle.dump((pieces, replace(beside, unread=unread)), out, pickle.HIGHEST_PROTOCOL)
        self._found.manuscripts.append(name)
        self._found.pictures += converted.pictures
        self._bylines.see(_entries(pieces))

    @property
    def site(self) -> ParsedSite:
        return ParsedSite(self._name, "", identity=f"manuscripts {self._name}")

    @property
    def expected(self) -> int:
        return len(self._found.manuscripts)

    @property
    def warnings(self) -> tuple[str, ...]:
        return ()

    @property
    def conclusions(self) -> tuple[str, ...]:
        return ("manuscripts say nothing of what was published, so each of them is a draft",)

    @property
    def media(self) -> Mapping[str, ParsedMedia]:
        return {path: ParsedMedia(path, path, file_path=path) for path in self._found.pictures}

    @property
    def pictures(self) -> ManuscriptPictures:
        return ManuscriptPictures(self._folder / "pictures")

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return self._bylines.contributors

    @property
    def author_records(self) -> int:
        return self._bylines.records

    def read_counts(self) -> dict[str, int]:
        found = self._found
        return {
            "articles": len(found.manuscripts) + len(found.unreadable) + len(found.refused),
            "authors": self.author_records,
            "media": len(found.pictures),
            "other": sum(map(len, found.left_out.values())),
        }

    def left_out(self) -> Iterator[LeftBehind]:
        for name, why in self._found.unreadable.items():
            yield LeftBehind("articles", f"a manuscript that {why}", 1, (name,))
        for reason, names in self._found.left_out.items():
            yield LeftBehind("other", reason, len(names), tuple(names[:50]))

    def site_paths(self) -> Iterator[OldPath]:
        return iter(())

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def drafts(self, *, processes: int | None = None) -> Iterator[Outcome]:
        """Yields a draft for each manuscript in the order of their paths; `processes` is as many as one needs."""
        yield from self._found.refused
        for number, name in enumerate(self._found.manuscripts):
            with (self._folder / str(number)).open("rb") as source:
                pieces, beside = pickle.load(source)  # our own, of this import
            draft = partial(_draft, name, pieces, beside, self._bylines)
            yield fenced(draft, kind="articles", record=name)


def _nothing_in(path: Path, found: Findings) -> str:
    if found.unreadable:
        name, why = next(iter(found.unreadable.items()))
        return f"{name} {why}; nothing was imported."
    for refused in found.refused:
        return f"{refused.record} {refused.reason}; nothing was imported."
    reasons = [reason for reason in found.left_out if reason != _OTHER]
    names = [name for reason in reasons for name in found.left_out[reason]]
    if not reasons:
        return f"{path} holds no manuscript (.docx); nothing was imported."
    return f"{path} holds no .docx: {names[0]} is {reasons[0]}; nothing was imported."


def _entries(pieces: Pieces) -> tuple[ParsedByline, ...]:
    return tuple(ParsedByline(raw, field="byline") for raw in pieces.bylines)


def _draft(name: str, pieces: Pieces, beside: Beside, bylines: Bylines) -> DraftArticle:
    notes = list(pieces.notes)
    headline = pieces.headline
    if not headline:
        headline = Path(name).stem.replace("_", " ").strip() or "Untitled"
        notes.append("have no headline; the file's name was taken")
    byline = bylines.byline(_entries(pieces))
    if not byline.credits:
        notes.append(
            "name no author; the file's properties do, which may be anybody who typed"
            if beside.creator
            else "name no author"
        )
    blocks = pieces.blocks
    if beside.has_tracked_changes:
        notes.append(
            "have tracked changes, which were read as accepted: look at what they were, above the text"
        )
        blocks = [_on_changes(beside), *blocks]
    if beside.comments:
        notes.append("have comments, which are printed nowhere; they are in the ledger")
    if beside.margins:
        notes.append("have headers or footers, which are printed nowhere; they are in the ledger")
    if not pieces.blocks:
        notes.append("have a headline and no text")
    draft = DraftArticle(
        key=f"file:{name}"[:400],
        is_page=False,
        publicity=Publicity.DRAFT,
        headline=headline,
        slug=slug_for(headline, fallback="article"),
        standfirst=pieces.standfirst,
        credits=byline.credits,
        raw_byline=byline.raw,
        doubts=byline.doubts,
        notes=(*notes, *byline.notes),
        source_status="manuscript",
        place=name,
        kept=tuple(beside.kept()),
    )
    return with_body(draft, ConvertedBody(tuple(blocks)), source=FORMAT)


def _on_changes(beside: Beside) -> BodyBlock:
    """For the editor: what tracked changes put in and took out. A reader gets none of it."""
    lines = [f"inserted: {text}" for text in beside.inserted] + [
        f"deleted: {text}" for text in beside.deleted
    ]
    return unknown_block("tracked changes", "\n".join(lines), source=FORMAT)
