"""The account an import gives of itself: every record of the source is in it once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import asdict, dataclass, field
from typing import Any

from standfirst.importers.reading.records import Claim, ReadColumn, UnreadField

# Lists in the report are for reading; a count beside each says how many there were.
MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that could not be imported, and why."""

    kind: str
    record: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records that were on purpose not imported, and why."""

    kind: str
    reason: str
    count: int
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    format: str
    source: str
    is_dry_run: bool
    read: Mapping[str, int]
    created: Mapping[str, int]
    updated: Mapping[str, int]
    unchanged: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    refused: tuple[Refusal, ...]
    articles: Mapping[str, int]
    contributors: Mapping[str, int]
    credits: Mapping[str, int]
    media: Mapping[str, Any]
    redirects: Mapping[str, int]
    unknown: Mapping[str, Mapping[str, int]]
    notes: tuple[LeftOut, ...] = ()
    doubts: Mapping[str, int] = field(default_factory=dict)
    questions: Mapping[str, int] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    columns: tuple[ReadColumn, ...] = ()
    warnings: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()  # from evidence that was weighed, with the reason
    unread: tuple[UnreadField, ...] = ()  # fields that nothing was made of
    sections_rule: str = ""
    rules: tuple[str, ...] = ()  # an editor's word that held, as in `--field people=byline`
    remembered: tuple[str, ...] = ()  # of these, what was said at an earlier import or in the back office
    seconds: float = 0.0

    @property
    def unaccounted(self) -> dict[str, int]:
        """How many records of each kind are in no column; empty, unless the importer is wrong."""
        gone = Counter(dict.fromkeys(self.read, 0))
        for column in (self.created, self.updated, self.unchanged):
            gone.update(column)
        for left in self.left_out:
            gone[left.kind] += left.count
        for refusal in self.refused:
            gone[refusal.kind] += 1
        return {kind: count - gone[kind] for kind, count in self.read.items() if count != gone[kind]}

    @property
    def alarms(self) -> tuple[str, ...]:
        """What is true of most of the archive, and should not be: said before anything else, a sentence each."""
        articles, pages = self.read.get("articles", 0), self.read.get("pages", 0)
        refused = sum(refusal.kind in ("articles", "pages") for refusal in self.refused)
        unsigned, drafts = self.credits.get("unsigned_articles", 0), self.articles.get("draft", 0)
        found = (
            (refused, articles + pages, "of the {} texts are refused: see the reasons below"),
            (
                unsigned,
                articles,
                "of the {} articles are signed by nobody: look whether a field that was not read is the byline",
            ),
            (drafts, articles, "of the {} articles are drafts here, as they have no date or were not public"),
            (pages, articles + pages, "of the {} texts are pages, not articles"),
        )
        return tuple(
            f"{count:,} {words.format(f'{whole:,}')}" for count, whole, words in found if count * 2 > whole
        )

    def as_json(self) -> dict[str, Any]:
        """The report for programs; its keys are documented and stay."""
        return {
            "format": self.format,
            "source": self.source,
            "dry_run": self.is_dry_run,
            "read": dict(self.read),
            "created": dict(self.created),
            "updated": dict(self.updated),
            "unchanged": dict(self.unchanged),
            "left_out": [_group(left) for left in self.left_out],
            "refused": [{"kind": r.kind, "record": r.record, "reason": r.reason} for r in self.refused],
            "articles": dict(self.articles),
            "contributors": dict(self.contributors),
            "credits": dict(self.credits),
            "media": dict(self.media),
            "redirects": dict(self.redirects),
            "unknown": {kind: dict(names) for kind, names in self.unknown.items()},
            "notes": [_group(note) for note in self.notes],
            "doubts": dict(self.doubts),
            "questions": dict(self.questions),
            "claims": [asdict(claim) for claim in self.claims],
            "alarms": list(self.alarms),
            "columns": [asdict(column) for column in self.columns],
            "warnings": list(self.warnings),
            "conclusions": list(self.conclusions),
            "unread_fields": [asdict(field) for field in self.unread],
            "sections_rule": self.sections_rule,
            "rules": list(self.rules),
            "remembered_rules": list(self.remembered),
            "seconds": round(self.seconds, 2),
        }


def _group(group: LeftOut) -> dict[str, Any]:
    return {"kind": group.kind, "reason": group.reason, "count": group.count, "records": list(group.records)}


@dataclass
class Tally:
    """Counts while an import runs."""

    read: Counter[str] = field(default_factory=Counter)
    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    contributors: Counter[str] = field(default_factory=Counter)
    credits: Counter[str] = field(default_factory=Counter)
    redirects: Counter[str] = field(default_factory=Counter)
    shortcodes: Counter[str] = field(default_factory=Counter)
    blocks: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)  # put in the review queue by this run
    refused: list[Refusal] = field(default_factory=list)
    _left: defaultdict[tuple[str, str], list[Any]] = field(
        default_factory=lambda: defaultdict(lambda: [0, []])
    )
    _notes: defaultdict[tuple[str, str], list[Any]] = field(
        default_factory=lambda: defaultdict(lambda: [0, []])
    )

    def leave_out(self, kind: str, reason: str, *records: str, count: int = 1) -> None:
        entry = self._left[kind, reason]
        entry[0] += count
        entry[1] += records[: max(0, MOST_NAMED - len(entry[1]))]

    def note(self, kind: str, reason: str, record: str) -> None:
        entry = self._notes[kind, reason]
        entry[0] += 1
        if len(entry[1]) < MOST_NAMED:
            entry[1].append(record)

    def refuse(self, kind: str, record: str, reason: str) -> None:
        self.refused.append(Refusal(kind, record, reason))

    def checkpoint(self) -> Callable[[], None]:
        """What takes back all that is counted from now on, but what is refused."""
        kept = {name: copy(value) for name, value in vars(self).items() if isinstance(value, Counter)}

        def take_back() -> None:
            vars(self).update(kept)

        return take_back

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return _groups(self._left)

    @property
    def notes(self) -> tuple[LeftOut, ...]:
        return _groups(self._notes)


def _groups(entries: Mapping[tuple[str, str], list[Any]]) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(kind, reason, count, tuple(records))
        for (kind, reason), (count, records) in sorted(entries.items())
    )
