"""A WordPress export as an archive that can be imported."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from standfirst.importers.reading.archive import Opening, weight_of
from standfirst.importers.reading.drafting import with_remembered_body
from standfirst.importers.reading.fences import fenced
from standfirst.importers.reading.memory import Memory
from standfirst.importers.reading.records import (
    Claim,
    ContentContext,
    ConvertedBody,
    DraftArticle,
    DraftContributor,
    DraftTerm,
    LeftBehind,
    OldPath,
    Outcome,
    ParsedMedia,
    ParsedPost,
    ParsedSite,
    Skipped,
    UnreadField,
)
from standfirst.importers.reading.sections import Categories, SectionRule, decide
from standfirst.importers.reading.workers import read_ahead
from standfirst.importers.wordpress import content, drafting, sections
from standfirst.importers.wordpress.people import People
from standfirst.importers.wordpress.reader import (
    ARTICLE_TYPES,
    DEFAULT_CATEGORIES,
    PAGE_TYPES,
    Survey,
    read_posts,
    survey,
)
from standfirst.importers.wordpress.uploads import WordPressUploads
from standfirst.text.markup import plain_text

# What is kept as posts, and is no text of the publication.
_FURNITURE = {
    "nav_menu_item": "a menu's entry",
    "wp_navigation": "a menu",
    "wp_template": "a template of the old theme",
    "wp_template_part": "a template of the old theme",
    "wp_global_styles": "a style of the old theme",
    "custom_css": "a style of the old theme",
    "customize_changeset": "a setting of the old theme",
    "revision": "an older version",
    "oembed_cache": "a cache",
    "wp_block": "a reusable block; it is put into the articles that use it",
    "guest-author": "",
    "guest_author": "",
}


class WordPressArchive:
    """One export, surveyed. Raises ImportRefused if it is none, or is damaged."""

    format = "wordpress"

    def __init__(self, path: Path, opening: Opening) -> None:
        self._found: Survey = survey(path, on_bytes=opening.on_bytes, rules=opening.rules)
        self._people = People(self._found)
        self._zone, self._now = opening.zone, opening.now
        self._categories = sections.categories_in(self._found)
        self._rule = SectionRule("auto", ())
        self._memory = opening.memory
        self.pictures = WordPressUploads(opening.uploads)

    @property
    def system(self) -> str:
        return "Squarespace" if self._found.collections else "WordPress"

    @property
    def site(self) -> ParsedSite:
        return self._found.site

    @property
    def expected(self) -> int:
        """How many articles and pages will be read."""
        return self._found.posts

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._found.warnings)

    @property
    def conclusions(self) -> tuple[str, ...]:
        """What was concluded of the fields beside the posts, and from what."""
        return self._found.fields.conclusions

    @property
    def unread(self) -> tuple[UnreadField, ...]:
        return self._found.fields.left

    @property
    def media(self) -> dict[str, ParsedMedia]:
        return self._found.media

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
        """How many records of each kind the export holds."""
        items = self._found.items
        counts = {
            "articles": sum(count for (kind, _), count in items.items() if kind in ARTICLE_TYPES),
            "pages": sum(count for (kind, _), count in items.items() if kind in PAGE_TYPES),
            "authors": self.author_records,
            "categories": len(self._term_slugs("category")),
            "tags": len(self._term_slugs("post_tag")),
            "media": sum(count for (kind, _), count in items.items() if kind == "attachment"),
            "comments": self._found.comments,
            "other": 0,
        }
        known = ARTICLE_TYPES | PAGE_TYPES | {"attachment", "guest-author", "guest_author"}
        counts["other"] = sum(count for (kind, _), count in items.items() if kind not in known)
        return counts

    def left_out(self) -> Iterator[LeftBehind]:
        if self._found.comments:
            yield LeftBehind("comments", "comments are not imported", self._found.comments)
        if self._found.media_twice:
            yield LeftBehind("media", "stands twice in the archive", self._found.media_twice)
        kinds: dict[str, int] = {}
        known = ARTICLE_TYPES | PAGE_TYPES | {"attachment", "guest-author", "guest_author"}
        for (kind, _), count in self._found.items.items():
            if kind not in known:
                kinds[kind] = kinds.get(kind, 0) + count
        for kind, count in sorted(kinds.items()):
            yield LeftBehind("other", _FURNITURE.get(kind) or f"of a type of its own, “{kind}”", count)

    def term_keys(self) -> Iterator[str]:
        """Every category and tag the export defines or uses."""
        yield from (f"category:{slug}" for slug in sorted(self._term_slugs("category")))
        yield from (f"tag:{slug}" for slug in sorted(self._term_slugs("post_tag")))

    def is_default_term(self, key: str) -> bool:
        return key.partition(":")[2] in DEFAULT_CATEGORIES and key.startswith("category:")

    def all_section_keys(self) -> tuple[str, ...]:
        """Categories that are sections whether or not an article is in them."""
        return (
            tuple(f"category:{slug}" for slug in sorted(self._rule.sections))
            if self._rule.name == "all"
            else ()
        )

    def term(self, key: str) -> DraftTerm:
        return sections.draft_term(key, self._categories, self._found)

    def site_paths(self) -> Iterator[OldPath]:
        base = self._found.base_path
        slugs = [(slug, draft.key) for draft in self.contributors for slug in draft.old_slugs]
        for slug, key in (*slugs, *self._people.old_slugs_of_several):
            yield OldPath(f"{base}/author/{slug}/", f"contributor:{key}")
            yield OldPath(f"{base}/author/{slug}/feed/", f"contributor:{key}", is_feed=True)
        for draft in self.contributors:
            here = f"contributor:{draft.key}"
            links = (self._found.profile_links.get(slug, "") for slug in draft.old_slugs)
            yield from (
                OldPath(path, here) for link in links if (path := drafting.own_path(link, self._found))
            )
            for number in draft.old_ids:
                if number.isdigit():
                    yield OldPath(f"{base}/?author={number}", here)
                yield from (OldPath(f"{where}?author={number}", here) for where in self._found.collections)
        for key in self.term_keys():
            for path in self.term(key).old_paths:
                yield OldPath(path, key)
                if path.endswith("/"):
                    yield OldPath(f"{path}feed/", key, is_feed=True)
        for where in self._found.collections:
            yield OldPath(where, "articles")
            yield OldPath(f"{where}?format=rss", "articles", is_feed=True)
        for path in ("feed/", "feed/rss/", "feed/rss2/", "feed/atom/", "?feed=rss2"):
            yield OldPath(f"{base}/{path}", "articles", is_feed=True)
        if base:
            yield OldPath(f"{base}/", "front")

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def drafts(self, *, processes: int | None = None) -> Iterator[Outcome]:
        """Yields the articles and pages, bodies converted, in the order of the file, and what is left out of them."""
        read = partial(
            read_drafts,
            self._found,
            self._people,
            self._rule,
            self._categories,
            self._zone,
            self._now,
            self._memory,
        )
        return read_ahead(read, weigh=weight_of, expected=self.expected, processes=processes)

    def body_of(self, made_of: tuple[str, ContentContext]) -> ConvertedBody:
        return content.convert(*made_of)

    def _term_slugs(self, taxonomy: str) -> set[str]:
        return {slug for kind, slug in (*self._found.terms, *self._found.term_texts) if kind == taxonomy}


def read_drafts(
    found: Survey,
    people: People,
    rule: SectionRule,
    categories: Categories,
    zone: tzinfo,
    now: datetime,
    memory: Memory,
) -> Iterator[Outcome]:
    """The second pass over an export; may run in a process of its own."""

    def drafted(post: ParsedPost) -> DraftArticle | Skipped:
        post = drafting.with_built(post)
        reason = drafting.reason_to_leave_out(post)
        if reason:
            return Skipped(_kind(post), reason, _record(post))
        article = drafting.draft(
            post, found=found, people=people, rule=rule, categories=categories, zone=zone, now=now
        )
        made_of = post.content, drafting.content_context(post, found)
        return with_remembered_body(
            article, partial(content.convert, *made_of), made_of, source="wordpress", memory=memory
        )

    for post in read_posts(found):
        yield fenced(partial(drafted, post), kind=_kind(post), record=_record(post))


def _kind(post: ParsedPost) -> str:
    return "pages" if post.post_type in PAGE_TYPES else "articles"


def _record(post: ParsedPost) -> str:
    return f"post {post.source_id or '?'} “{plain_text(post.title)[:80]}”"
