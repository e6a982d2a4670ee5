"""What a merge would move, and what stands in its way."""

from collections.abc import Iterator
from dataclasses import dataclass

from standfirst.contributors.models import Contributor


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something about a merge that an editor should know, in a sentence. One that `blocks` prevents it.

    `kind` is a word for programs; `article` is the article it is about, if it is about one.
    """

    kind: str
    sentence: str
    article: int | None = None
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would move from one contributor to the other, and its conflicts. Nothing is done yet."""

    kept: Contributor
    absorbed: Contributor
    credits: tuple[tuple[str, int], ...]
    set_aside: int
    drafts: int
    scheduled: int
    revisions: int
    slugs: tuple[str, ...]
    aliases: tuple[str, ...]
    links: tuple[str, ...]
    authority_ids: tuple[str, ...]
    details: tuple[str, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def can_merge(self) -> bool:
        return not any(conflict.blocks for conflict in self.conflicts)
