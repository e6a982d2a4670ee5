"""What planning and applying ask of an archive, whatever system it comes from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from standfirst.importers.reading.fields import settled
from standfirst.importers.reading.memory import Memory
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
    ReadColumn,
    UnreadField,
)
from standfirst.importers.reading.uploads import PictureFinder


@dataclass(frozen=True, slots=True)
class Rules:
    """An editor's word on what an archive holds, which goes before anything that is weighed."""

    fields: Mapping[str, str] = field(default_factory=dict)  # what a field is, by its name in small letters
    articles: tuple[str, ...] = ()  # patterns of the paths of articles, whatever they look like
    pages: tuple[str, ...] = ()  # and of pages

    @property
    def in_words(self) -> tuple[str, ...]:
        """Each as it is said, as in `--field people=byline`."""
        return (
            *(f"--field {name}={use}" for name, use in sorted(self.fields.items())),
            *(f"--articles {pattern}" for pattern in self.articles),
            *(f"--pages {pattern}" for pattern in self.pages),
        )

    def over(self, before: "Rules") -> "Rules":
        """These, and what was said before of what these say nothing about. An empty pattern takes back those before."""
        return Rules(
            settled(before.fields, self.fields),
            tuple(filter(None, self.articles or before.articles)),
            tuple(filter(None, self.pages or before.pages)),
        )


@dataclass(frozen=True, slots=True)
class Opening:
    """With what an archive is opened."""

    zone: tzinfo
    now: datetime
    uploads: Path | None = None  # a folder of pictures that was named for it
    on_bytes: Callable[[int], None] | None = (
        None  # told how much was read, in bytes of a file or files of a folder
    )
    rules: Callable[[ParsedSite], Rules] = field(
        default=lambda site: Rules()
    )  # for this site: what is said now, over what was said at its last import
    columns: Mapping[str, str] = field(default_factory=dict)  # what somebody says columns of a table are
    memory: Memory = field(default_factory=Memory)  # of bodies that were converted before
    remembered_columns: Callable[[Sequence[str]], Mapping[str, str]] = field(
        default=lambda headings: {}
    )  # what columns under the same headings were the last time


class Archive(Protocol):
    """An archive, surveyed: everything about it is known but the articles, which are read again one by one.

    Whoever makes one raises ImportRefused, before anything is written, for what is none or is damaged.
    """

    @property
    def format(self) -> str:
        """The format's short name, by which the ledger knows it."""

    @property
    def system(self) -> str:
        """What the system is called, as in “WordPress”."""

    @property
    def site(self) -> ParsedSite: ...

    @property
    def expected(self) -> int:
        """How many articles and pages will be read."""

    @property
    def warnings(self) -> tuple[str, ...]: ...

    @property
    def media(self) -> Mapping[str, ParsedMedia]:
        """The pictures the archive lists, by its own ids; empty if it keeps no list."""

    @property
    def pictures(self) -> PictureFinder:
        """Where the files of its pictures are."""

    @property
    def contributors(self) -> tuple[DraftContributor, ...]: ...

    @property
    def author_records(self) -> int:
        """How many records of authors it holds, one for each person it only names."""

    def settle_sections(self, rule: str, *, is_stated: bool) -> str:
        """Makes the rule for sections definite; returns it in a form that gives the same answer next time."""

    def read_counts(self) -> dict[str, int]:
        """How many records of each kind it holds."""

    def left_out(self) -> Iterator[LeftBehind]:
        """Records that are never imported, by kind and reason."""

    def term_keys(self) -> Iterator[str]:
        """Every category and tag it defines or uses, as in `category:news` and `tag:tides`."""

    def term(self, key: str) -> DraftTerm: ...

    def is_default_term(self, key: str) -> bool:
        """Whether a category says only that nobody chose one."""

    def all_section_keys(self) -> tuple[str, ...]:
        """Categories that are sections whether or not an article is in them."""

    def site_paths(self) -> Iterator[OldPath]:
        """Old addresses that are no article's: of authors, categories, tags, feeds and the front page."""

    def drafts(self, *, processes: int | None = None) -> Iterator[Outcome]:
        """Yields articles and pages, bodies converted, always in the same order, and what is left out of them.

        Each is made inside a fence (`fences`): a record nothing can be made of is one refused, and the next is read.
        """

    def claims(self) -> tuple[Claim, ...]:
        """What the old site said of its contributors' archives, beside what was found; empty if it said nothing."""


@runtime_checkable
class HasColumns(Protocol):
    """An archive whose fields had to be told from columns; what was concluded of them is shown, and remembered."""

    @property
    def columns(self) -> tuple[ReadColumn, ...]: ...

    @property
    def to_remember(self) -> Mapping[tuple[str, ...], Mapping[str, str]]:
        """What each column is, by the headings of its table."""


@runtime_checkable
class LeavesBodies(Protocol):
    """An archive whose drafts come without a body where one of the same was converted before."""

    def body_of(self, made_of: Any) -> ConvertedBody:
        """What a draft's body is, by what it is made of."""


@runtime_checkable
class Concludes(Protocol):
    """An archive that was understood by weighing all of it; what was concluded is said before anything is imported."""

    @property
    def conclusions(self) -> tuple[str, ...]:
        """What was concluded and from what, a sentence each."""


@runtime_checkable
class Weighed(Concludes, Protocol):
    """An archive whose records say themselves what their fields are called, so that evidence had to be weighed."""

    @property
    def unread(self) -> tuple[UnreadField, ...]:
        """The fields that nothing was made of."""


def weight_of(item: Outcome) -> int:
    """About how many letters an item holds: a few long reads fill as much memory as many notes."""
    return sum(map(len, item.words)) if isinstance(item, DraftArticle) else 0
