"""What kinds of texts a folder holds, weighed over all of them: no one field, name or place decides alone.

A template that every post shares (`layout: page`) makes no page of what is dated and signed; a folder in which nothing is
dated holds no articles. An editor's word about paths (`--articles`, `--pages`) goes before it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase

_ENOUGH = 3
_AMONG_POSTS = re.compile(r"(?:\A|/)(?:_?posts?|blog|news|articles?)/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Traits:
    """What speaks for and against a text being an article."""

    path: str
    layout: str = ""
    date: datetime | None = None
    is_signed: bool = False
    is_index: bool = False

    @property
    def for_article(self) -> tuple[str, ...]:
        reasons = (
            ("dated", self.date is not None),
            ("signed", self.is_signed),
            ("among the posts", _AMONG_POSTS.search(self.path) is not None),
        )
        return tuple(reason for reason, holds in reasons if holds)

    @property
    def folders(self) -> list[str]:
        parts = self.path.split("/")[: -2 if self.is_index else -1]
        return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


@dataclass(frozen=True, slots=True)
class Kinds:
    """What was found of a folder's kinds of texts, and what an editor said of them."""

    article_layouts: frozenset[str] = frozenset()  # called pages, and mostly of articles
    undated_folders: frozenset[str] = frozenset()
    has_dated: bool = False
    is_index_a_page: bool = (
        False  # whether an `index.md` is the page of its folder, and no text in one of its own
    )
    articles: tuple[str, ...] = ()  # patterns of paths
    pages: tuple[str, ...] = ()

    def stated(self, path: str) -> bool | None:
        """Whether an editor said that a text is a page; None where nobody did."""
        if _matches(path, self.articles):
            return False
        return True if _matches(path, self.pages) else None

    def although(self, traits: Traits) -> str:
        """Why a text is an article although its layout is a page's; empty if it is none."""
        reasons = traits.for_article
        if traits.layout not in self.article_layouts or len(reasons) < 2:
            return ""
        return f"{' and '.join(reasons[:2])}, although they say `layout: {traits.layout}`"

    def is_undated(self, traits: Traits) -> bool:
        """Whether a text lies in a folder that holds no articles."""
        return any(folder in self.undated_folders for folder in traits.folders)


def weigh(samples: Sequence[Traits], layouts: Iterable[str], tops: Iterable[str]) -> Kinds:
    """The kinds of a folder's texts. `layouts` are those of pages, `tops` the folders that hold everything."""
    paged = Counter(one.layout for one in samples if one.layout in set(layouts))
    posts = Counter(one.layout for one in samples if len(one.for_article) > 1)
    within: Counter[str] = Counter()
    dated: Counter[str] = Counter()
    for one in samples:
        within.update(one.folders)
        dated.update(one.folders if one.date is not None else ())
    indexes = [one.is_index for one in samples if len(one.for_article) > 1]
    return Kinds(
        article_layouts=frozenset(name for name, count in paged.items() if posts[name] * 2 >= count),
        undated_folders=frozenset(
            folder
            for folder, count in within.items()
            if count >= _ENOUGH and not dated[folder] and folder not in set(tops)
        ),
        has_dated=any(one.date is not None for one in samples),
        is_index_a_page=sum(indexes) * 2 < len(indexes),
    )


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(
        fnmatchcase(path, pattern) or path.startswith(f"{pattern.rstrip('/')}/") for pattern in patterns
    )
