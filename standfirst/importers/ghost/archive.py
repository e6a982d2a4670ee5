"""A Ghost export as an archive that can be imported."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from standfirst.importers.ghost import content, drafting, tags
from standfirst.importers.ghost.addresses import addresses_of
from standfirst.importers.ghost.drafting import Drafting
from standfirst.importers.ghost.people import People
from standfirst.importers.ghost.reader import read_posts, survey
from standfirst.importers.ghost.rows import GhostPost
from standfirst.importers.ghost.uploads import uploads_of
from standfirst.importers.reading.archive import Opening, weight_of
from standfirst.importers.reading.drafting import with_remembered_body
from standfirst.importers.reading.fences import fenced
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
    Skipped,
)
from standfirst.importers.reading.sections import SectionRule, decide
from standfirst.importers.reading.workers import read_ahead

_SETTINGS = frozenset(["settings", "custom_theme_settings"])
_COMMENTS = frozenset(["comments", "comment_likes", "comment_reports"])
_READERS = frozenset(["subscribers", "members", "emails", "email_batches", "email_recipients"])
_RUNNING = re.compile(
    r"roles|permissions|migrations|apps?\b|app_|brute|invites|sessions|integrations|api_keys|actions"
)
_DAMAGED = frozenset(
    ["posts without fields", "users without fields", "users without an id", "tags without fields"]
)


class GhostArchive:
    """One export, surveyed. Raises ImportRefused if it is none, or is damaged."""

    format = "ghost"
    system = "Ghost"

    def __init__(self, path: Path, opening: Opening) -> None:
        self._found = survey(path, on_bytes=opening.on_bytes)
        self._people = People(self._found)
        self._now, self._memory = opening.now, opening.memory
        self._addresses = addresses_of(path, self._found.settings, self._found.base_path)
        self._categories = tags.categories_in(self._found)
        self._rule = SectionRule("auto", ())
        self.pictures = uploads_of(path, opening.uploads)

    @property
    def site(self) -> ParsedSite:
        return self._found.site

    @property
    def expected(self) -> int:
        return self._found.articles + self._found.pages

    @property
    def warnings(self) -> tuple[str, ...]:
        found = [*self._found.warnings, *self._addresses.warnings]
        if patterns := self._addresses.patterns:
            some = ", ".join(patterns[:5])
            found.append(
                f"{len(patterns):,} of the old site's own redirects are patterns, which cannot be taken over: {some}"
                f"{' …' if len(patterns) > 5 else ''}"
            )
        coded = sum(tag.has_code for tag in self._found.tags.values())
        if coded:
            found.append(f"{coded:,} tags had code of their own (code injection), which is left out")
        return tuple(found)

    @property
    def media(self) -> Mapping[str, ParsedMedia]:
        """Ghost keeps no list of its pictures."""
        return {}

    @property
    def contributors(self) -> tuple[DraftContributor, ...]:
        return self._people.contributors

    @property
    def author_records(self) -> int:
        return self._people.records

    def settle_sections(self, rule: str, *, is_stated: bool) -> str:
        """Makes the rule for sections definite; returns it in a form that gives the same answer next time."""
        self._rule = decide(rule, self._categories, is_stated=is_stated)
        return self._rule.settled

    def read_counts(self) -> dict[str, int]:
        found = self._found
        comments = sum(found.others[table] for table in _COMMENTS)
        return {
            "articles": found.articles,
            "pages": found.pages,
            "authors": len(found.users),
            "tags": len(found.tags) + found.unnamed_tags,
            "comments": comments,
            "other": sum(found.others.values()) - comments,
        }

    def left_out(self) -> Iterator[LeftBehind]:
        found = self._found
        internal = sorted(tag.name for tag in found.tags.values() if tag.is_internal)
        if internal:
            yield LeftBehind("tags", "internal, for the old theme only", len(internal), tuple(internal))
        if found.unnamed_tags:
            yield LeftBehind("tags", "without a name", found.unnamed_tags)
        twice = sum(not tag.is_internal for tag in found.tags.values()) - len(set(self.term_keys()))
        if twice:
            yield LeftBehind("tags", "another record of a tag already counted", twice)
        if self._people.samples:
            yield LeftBehind("authors", "the account of Ghost's own sample articles", self._people.samples)
        rest: Counter[tuple[str, str]] = Counter()
        for table, count in found.others.items():
            rest[_what(table)] += count
        yield from (LeftBehind(kind, reason, count) for (kind, reason), count in sorted(rest.items()))

    def term_keys(self) -> Iterator[str]:
        yield from (f"tag:{slug}" for slug in sorted(self._categories.names))

    def is_default_term(self, key: str) -> bool:
        return False

    def all_section_keys(self) -> tuple[str, ...]:
        if self._rule.name != "all":
            return ()
        return tuple(f"tag:{slug}" for slug in sorted(self._rule.sections))

    def term(self, key: str) -> DraftTerm:
        return tags.draft_term(key, self._found, self._addresses)

    def site_paths(self) -> Iterator[OldPath]:
        addresses = self._addresses
        for draft in self.contributors:
            for path in (path for slug in draft.old_slugs for path in addresses.of_author(slug)):
                yield from _with_feed(path, f"contributor:{draft.key}")
        for key in self.term_keys():
            for path in addresses.of_tag(key.partition(":")[2]):
                yield from _with_feed(path, key)
        for path in ("rss/", "feed/", "rss/index.xml"):
            yield OldPath(f"{addresses.base}/{path}", "articles", is_feed=True)
        for path in addresses.collections:
            yield from _with_feed(f"{addresses.base}/{path.strip('/')}/", "articles")
        if addresses.base:
            yield OldPath(f"{addresses.base}/", "front")
        for redirect in addresses.redirects:
            yield OldPath(redirect.path, f"address:{redirect.to}")

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def drafts(self, *, processes: int | None = None) -> Iterator[Outcome]:
        """Yields the articles and pages, bodies converted, in the order of the file, and what is left out of them."""
        using = Drafting(
            self._found, self._people, self._rule, self._categories, self._addresses, self._now, self._memory
        )
        return read_ahead(
            partial(read_drafts, using), weigh=weight_of, expected=self.expected, processes=processes
        )

    def body_of(self, made_of: tuple[GhostPost, Sequence[str]]) -> ConvertedBody:
        return content.convert(*made_of)


def read_drafts(using: Drafting) -> Iterator[Outcome]:
    """The second pass over an export; may run in a process of its own."""
    for post in read_posts(using.found):
        yield fenced(partial(_drafted, post, using), kind=_kind(post), record=_record(post))


def _drafted(post: GhostPost, using: Drafting) -> DraftArticle | Skipped:
    reason = drafting.reason_to_leave_out(post)
    if reason:
        return Skipped(_kind(post), reason, _record(post))
    article = drafting.draft(post, using)
    made_of = post, using.found.hosts
    return with_remembered_body(
        article, partial(content.convert, *made_of), made_of, source="ghost", memory=using.memory
    )


def _kind(post: GhostPost) -> str:
    return "pages" if post.is_page else "articles"


def _with_feed(path: str, leads_to: str) -> Iterator[OldPath]:
    yield OldPath(path, leads_to)
    yield OldPath(f"{path}rss/", leads_to, is_feed=True)


def _record(post: GhostPost) -> str:
    return f"post {post.id or '?'} “{post.title[:80]}”"


def _what(table: str) -> tuple[str, str]:
    """What the rows of a table that is not read are, for the report."""
    if table in _COMMENTS:
        return "comments", "comments are not imported"
    if table in _SETTINGS:
        return "other", "a setting of the old site"
    if table in _READERS:
        return "other", "about readers, who are not imported"
    if table in _DAMAGED:
        return "other", f"{table}, which say nothing"
    if _RUNNING.match(table):
        return "other", "about how the old site was run: roles, permissions, updates"
    return "other", f"of the table “{table[:60]}”, which is not imported"
