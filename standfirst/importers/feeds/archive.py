"""Feeds as an archive that can be imported."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path

from standfirst.importers.feeds.reader import read_feed
from standfirst.importers.feeds.records import FeedPerson, ParsedEntry, ParsedFeed
from standfirst.importers.feeds.survey import Entry, Survey, author_of, people_by_address, person_key, survey
from standfirst.importers.reading.addresses import last_word, old_path
from standfirst.importers.reading.archive import Opening, weight_of
from standfirst.importers.reading.documents import Unreadable
from standfirst.importers.reading.drafting import with_body
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.htmlbody import embed_block
from standfirst.importers.reading.keys import ledger_key
from standfirst.importers.reading.limits import limit_of, moment_in
from standfirst.importers.reading.people import Bylines, ParsedByline
from standfirst.importers.reading.records import (
    Claim,
    ConvertedBody,
    DraftArticle,
    DraftContributor,
    LeftBehind,
    MediaRef,
    OldPath,
    Outcome,
    ParsedAuthor,
    ParsedMedia,
    ParsedSite,
    Publicity,
    Refused,
    Skipped,
)
from standfirst.importers.reading.sections import Categories, Shelved, Shelves
from standfirst.importers.reading.texts import blocks_of
from standfirst.importers.reading.uploads import PicturesByAddress
from standfirst.importers.reading.workers import read_ahead
from standfirst.text import markup
from standfirst.text.names import matching_form
from standfirst.text.slugs import slug_for

FORMAT = "feed"
_CUT_SHORT = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\[&hellip;\]|&hellip;)\s*(?:</p>)?\s*(?:<p>\s*<a\b.*)?\Z", re.S
)


@dataclass(slots=True)
class Reading:
    """All that is needed to draft one entry after another; it travels to another process."""

    found: Survey
    bylines: Bylines
    shelves: Shelves
    addressed: frozenset[str]
    zone: tzinfo
    now: datetime


class FeedArchive(Shelved):
    """One feed or a folder of them, surveyed. Raises ImportRefused if there is none."""

    format = FORMAT
    system = "Feed"

    def __init__(self, path: Path, opening: Opening) -> None:
        found = survey(path, zone=opening.zone, on_bytes=opening.on_bytes)
        self._found = found
        self._uploads = opening.uploads
        people = people_by_address(found)
        bylines = Bylines(publication=found.title, language=found.language)
        for key, person in people.items():
            bylines.profile(_profile(key, person))
        addressed = frozenset(people)
        for entry in found.entries.values():
            bylines.see(entries_for(entry.people, found, addressed))
        tags = dict(_names(entry.tags for entry in found.entries.values()))
        self._shelves = Shelves(_categories(found, path.name), tags)
        self._reading = Reading(
            found,
            bylines,
            self._shelves,
            addressed,
            opening.zone,
            opening.now,
        )

    @property
    def site(self) -> ParsedSite:
        return ParsedSite(self._found.title, self._found.address, (), self._found.language)

    @property
    def expected(self) -> int:
        return len(self._found.entries)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._found.warnings)

    @property
    def media(self) -> Mapping[str, ParsedMedia]:
        return {}

    @property
    def pictures(self) -> PicturesByAddress:
        return PicturesByAddress(self._uploads)

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return self._reading.bylines.contributors

    @property
    def author_records(self) -> int:
        return self._reading.bylines.records

    def read_counts(self) -> dict[str, int]:
        return {
            "articles": len(self._found.entries) + len(self._found.refused),
            "authors": self.author_records,
            "categories": len(self._shelves.categories.uses),
            "tags": len(self._shelves.tags),
            "comments": self._found.replies,
            "other": sum(left.count for left in self.left_out() if left.kind == "other"),
        }

    def left_out(self) -> Iterator[LeftBehind]:
        if self._found.replies:
            yield LeftBehind("comments", "comments are not imported", self._found.replies)
        if self._found.copies:
            yield LeftBehind(
                "other",
                "an entry that stands in several places; the newest and fullest was taken",
                self._found.copies,
            )
        for reason, files in sorted(self._found.others.items()):
            yield LeftBehind("other", reason, len(files), tuple(files[:50]))

    def site_paths(self) -> Iterator[OldPath]:
        for key in sorted(self._reading.addressed):
            if key.startswith("/"):
                yield OldPath(key, f"contributor:author:{key}")
        for head in self._found.heads:
            path = self._found.site.key_of(head.self_url) if head.self_url else ""
            if path and path != "/" and not author_of(head, self._found):
                yield OldPath(path, "articles", is_feed=True)

    def drafts(self, *, processes: int | None = None) -> Iterator[Outcome]:
        read = partial(read_drafts, self._reading)
        return read_ahead(read, weigh=weight_of, expected=self.expected, processes=processes)

    def claims(self) -> tuple[Claim, ...]:
        return tuple(claims(self._reading))


# ----------------------------------------------------------------------------------------------------------- the people


def entries_for(
    people: Iterable[FeedPerson], found: Survey, addressed: frozenset[str]
) -> tuple[ParsedByline, ...]:
    """What a feed says of an entry's people, as bylines are read."""
    said: list[ParsedByline] = []
    for person in people:
        if person.is_inherited and matching_form(person.raw) == matching_form(found.title):
            continue  # the feed's own name, for want of anybody's
        if not person.raw and not person.email:
            continue
        key = person_key(person.url, found) if person.url and person.raw else ""
        number = key if key in addressed else "" if person.raw else person.email
        said.append(
            ParsedByline(
                raw=person.raw,
                field=person.source.rpartition(":")[2],
                role=person.role,
                person=number,
                url=person.url,
                printed_name=person.raw if number else "",
                email=person.email,
            )
        )
    return tuple(said)


def _profile(key: str, person: FeedPerson) -> ParsedAuthor:
    is_own = key.startswith("/")
    return ParsedAuthor(
        "feed",
        key,
        display_name=person.raw,
        slug=last_word(key) if is_own else "",
        website="" if is_own else person.url,
        email=person.email,
    )


# ------------------------------------------------------------------------------------------------------------ articles


def _slug(name: str) -> str:
    return slug_for(name, fallback="topic")


def _names(groups: Iterable[Iterable[str]]) -> list[tuple[str, str]]:
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        for name in group:
            words[_slug(name)][name] += 1
    return [(slug, names.most_common(1)[0][0]) for slug, names in words.items()]


def _categories(found: Survey, source: str) -> Categories:
    uses: Counter[str] = Counter()
    for entry in found.entries.values():
        uses.update({_slug(name) for name in entry.categories})
    names = dict(_names(entry.categories for entry in found.entries.values()))
    return Categories(source, uses, names, defaults=("uncategorized",))


def read_drafts(reading: Reading) -> Iterator[Outcome]:
    """The second pass over the feeds; may run in a process of its own."""
    found = reading.found
    yield from found.refused
    by_place = {(entry.file, entry.number): (key, entry) for key, entry in found.entries.items()}
    for file, path in enumerate(found.files):
        number = 0
        for item in read_feed(path, zone=reading.zone):
            if isinstance(item, ParsedFeed):
                continue
            kept = by_place.get((file, number))
            number += 1
            if kept is not None and isinstance(item, Refused):
                yield item
            elif kept is not None and isinstance(item, ParsedEntry):
                draft = partial(_draft, *kept, item, found.heads[file], reading)
                yield fenced(draft, kind="articles", record=f"entry {kept[0]} “{item.title[:80]}”")


def _limits_of(item: ParsedEntry, now: datetime) -> Iterator[str]:
    for name, value in item.limits:
        if limit := limit_of(name, value, now=now, moment=moment_in(UTC)):
            yield limit


def _draft(
    key: str, entry: Entry, item: ParsedEntry, head: ParsedFeed, reading: Reading
) -> DraftArticle | Skipped:
    if not item.title and not item.content.strip() and not item.players:
        return Skipped("articles", "empty", key)
    if item.kind:
        return Skipped("articles", f"says that it is no article, but of the kind “{item.kind[:40]}”", key)
    notes: list[str] = []
    body = convert(item)
    publicity = Publicity.LIVE
    if item.is_draft:
        notes.append("was a draft, so it is one here")
        publicity = Publicity.DRAFT
    elif limit := next(_limits_of(item, reading.now), ""):
        notes.append(f"{limit}, so they are drafts here")
        publicity = Publicity.DRAFT
    elif item.published is None:
        notes.append("have no date, so they are drafts here")
        publicity = Publicity.DRAFT
    elif item.published > reading.now:
        publicity = Publicity.SCHEDULED
    if _CUT_SHORT.search(item.content.strip()[-400:]):
        notes.append("end in “…”: the feed may hold their beginning only")
    byline = reading.bylines.byline(entries_for(entry.people, reading.found, reading.addressed))
    if not byline.credits:
        notes.append(
            "name no author"
            if not head.managing_editor
            else "name no author, and the feed only its managing editor"
        )
    elif any(person.is_inherited for person in entry.people):
        notes.append("name no author; the feed's was taken")
    credits = tuple(
        replace(credit, evidence=_evidence(credit.evidence, entry.people)) for credit in byline.credits
    )
    slugs = [_slug(name) for name in entry.categories]
    section, topics = reading.shelves.shelve(slugs, [_slug(name) for name in entry.tags])
    headline = item.title or _beginning(item.content) or "Untitled"
    draft = DraftArticle(
        key=ledger_key(f"entry:{key}"),
        is_page=False,
        publicity=publicity,
        headline=headline,
        slug=slug_for(
            last_word(key) if key.startswith("/") and "?" not in key else headline, fallback="article"
        ),
        standfirst=_standfirst(item),
        published_at=item.published,
        updated_at=max(filter(None, (item.updated, item.published)), default=None),
        credits=credits,
        section_key=section,
        topic_keys=topics,
        lead_image=MediaRef(url=item.image) if item.image else None,
        lead_alt=item.image_alt,
        old_paths=_old_paths(item, entry, reading.found) if publicity is not Publicity.DRAFT else (),
        raw_byline=byline.raw,
        doubts=byline.doubts,
        notes=(*notes, *byline.notes),
        source_status=head.kind,
        feed_id=item.id,
    )
    return with_body(draft, body, source="feeds")


def _evidence(evidence: str, people: tuple[FeedPerson, ...]) -> str:
    places = ", ".join(dict.fromkeys(person.source for person in people))
    inherited = " of the feed" if any(person.is_inherited for person in people) else ""
    return f"{places}{inherited}: {evidence}"


def convert(item: ParsedEntry) -> ConvertedBody:
    """The body blocks of an entry."""
    try:
        blocks = blocks_of(item.content, base=item.base)
    except Unreadable:
        blocks = []
    if blocks and item.image and blocks[0].type == "image" and blocks[0].value["image"].url == item.image:
        blocks = blocks[1:]
    there = {block.value["url"] for block in blocks if block.type == "embed"}
    blocks += [
        embed_block(url, title=title)
        for url, title in item.players
        if url not in there and markup.safe_url(url)
    ]
    return ConvertedBody(tuple(blocks))


def _standfirst(item: ParsedEntry) -> str:
    """The summary, unless it is but the beginning of the text."""
    said = markup.plain_text(item.summary).strip()
    if not said or _CUT_SHORT.search(said):
        return ""
    squeezed = re.sub(r"\W+", "", said).casefold()
    text = re.sub(r"\W+", "", markup.plain_text(item.content[:5000])).casefold()
    return "" if text.startswith(squeezed[:80]) else said[:1200]


def _beginning(html: str) -> str:
    words = markup.plain_text(html[:2000]).split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")


def _old_paths(item: ParsedEntry, entry: Entry, found: Survey) -> tuple[str, ...]:
    urls = [item.link, entry.link, item.id if item.id.startswith("http") else ""]
    paths = [old_path(url) for url in urls if url.startswith("http") and found.site.key_of(url)]
    return tuple(path for path in dict.fromkeys(paths) if path.strip("/"))


# ------------------------------------------------------------------------------------------------------ the truth report


def claims(reading: Reading) -> Iterator[Claim]:
    """What feeds of one author's entries list, beside what all of them together hold by that author."""
    found = reading.found
    heads = [
        (head, keys, author_of(head, found)) for head, keys in zip(found.heads, found.listed, strict=True)
    ]
    if not any(name for _, _, name in heads):
        return
    by_name: defaultdict[str, dict[str, None]] = defaultdict(dict)
    names = {draft.key: draft.display_name for draft in reading.bylines.contributors}
    for key, entry in found.entries.items():
        for credit in reading.bylines.byline(entries_for(entry.people, found, reading.addressed)).credits:
            by_name[matching_form(names[credit.contributor_key])][key] = None
    for head, keys, name in heads:
        if not name:
            continue
        credited = by_name.get(matching_form(name), {})
        link = {key: found.entries[key].link or key for key in [*keys, *credited] if key in found.entries}
        yield Claim(
            contributor=name,
            claimed=head.total,
            found=len(credited),
            source=head.link,
            listed_and_found=tuple(link[key] for key in keys if key in credited),
            listed_and_uncredited=tuple(link[key] for key in keys if key in link and key not in credited),
            found_and_unlisted=tuple(link[key] for key in credited if key not in keys),
        )
