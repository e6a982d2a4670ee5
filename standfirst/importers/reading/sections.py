"""Decides which categories are sections, and which are topics.

Most systems let an article be in any number of categories; here it is in one section, and may have any number of topics.
The rule is the editor's to choose (`--sections`):

- `auto`: the categories are the sections, if that makes no more than a magazine can have; else the topmost ones; else
  the most used ones. An article is in the section of its primary category, where the source knows one, and else in the
  largest of the sections it could be in: WordPress, for one, keeps no order among a post's categories.
- `first`: an article's primary or else first category is its section, however many that makes.
- `all`: every category is a section, also one that no article is in.
- `topics`: no category is a section.
- a list of names: those are the sections. A category below one of them counts as it.

A category that is not an article's section is one of its topics. Nothing is dropped. What `auto` decided is kept with
the site, so that its next export is shelved the same way.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from standfirst.importers.errors import ImportRefused
from standfirst.importers.reading.records import DraftTerm

MOST_SECTIONS = 24
A_HANDFUL = 12
RULES = ("auto", "first", "all", "topics")
_KEPT = "auto:"


@dataclass(frozen=True, slots=True)
class Categories:
    """The categories of an archive, by slug."""

    source: str  # the archive's name, for a sentence about it
    uses: Mapping[str, int]  # how many articles are in each
    names: Mapping[str, str] = field(default_factory=dict)  # of those the archive defines, used or not
    parents: Mapping[str, str] = field(default_factory=dict)
    defaults: Collection[str] = ()  # those that say only that nobody chose one

    def name(self, slug: str) -> str:
        return self.names.get(slug, slug)

    def by_weight(self) -> tuple[str, ...]:
        return tuple(sorted(self.uses, key=lambda slug: (-self.uses[slug], slug)))

    def ancestors(self, slug: str) -> list[str]:
        """The categories a category is below, the nearest first."""
        chain = [slug]
        while True:
            parent = self.parents.get(chain[-1])
            # A damaged archive may hold a category that is its own ancestor.
            if not parent or parent in chain:
                return chain[1:]
            chain.append(parent)

    def top(self, slug: str) -> str:
        return (self.ancestors(slug) or [slug])[-1]


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A rule made definite for one archive: which categories are sections, by slug, the weightiest first."""

    name: str
    sections: tuple[str, ...]

    @property
    def settled(self) -> str:
        """The rule in a form that gives the same answer for another export of the same site."""
        return f"{_KEPT} {', '.join(self.sections)}".strip() if self.name == "auto" else self.name

    def shelve(
        self,
        slugs: Sequence[str],
        categories: Categories,
        *,
        has_primary: bool = False,
        tags: Sequence[str] = (),
    ) -> tuple[str, tuple[str, ...]]:
        """The keys of an article's section ("" for none) and of its topics.

        `slugs` are its categories; the first is the one it mostly belongs in, if `has_primary`.
        """
        section = self._section(slugs, categories, has_primary=has_primary)
        topics = [f"category:{slug}" for slug in slugs if slug != section] + [f"tag:{slug}" for slug in tags]
        return (f"category:{section}" if section else ""), tuple(dict.fromkeys(topics))

    def _section(self, slugs: Sequence[str], categories: Categories, *, has_primary: bool) -> str:
        if not self.sections or not slugs:
            return ""
        if self.name in ("first", "all"):
            return slugs[0]
        weight = {slug: number for number, slug in enumerate(self.sections)}
        if has_primary and (primary := _counts_as(slugs[0], weight, categories)):
            return primary
        possible = [section for slug in slugs if (section := _counts_as(slug, weight, categories))]
        return min(possible, key=weight.__getitem__, default="")


AUTO = SectionRule("auto", ())


def decide(rule: str, categories: Categories, *, is_stated: bool = True) -> SectionRule:
    """Makes a rule definite.

    Raises ImportRefused for a list that names a category the archive does not have, if the rule was stated for it and
    not only remembered from another import of the site.
    """
    rule = rule.strip() or "auto"
    used = categories.by_weight()
    if rule == "topics":
        return SectionRule(rule, ())
    if rule == "first":
        return SectionRule(rule, used)
    if rule == "all":
        return SectionRule(
            rule, (*used, *sorted(set(categories.names) - set(used) - set(categories.defaults)))
        )
    if rule == "auto":
        return SectionRule(rule, _chosen(used, categories))
    if rule.startswith(_KEPT):
        kept = tuple(slug.strip() for slug in rule.removeprefix(_KEPT).split(",") if slug.strip())
        new = tuple(
            slug for slug in used if slug not in kept and not set(categories.ancestors(slug)) & set(kept)
        )
        return SectionRule("auto", (*kept, *new) if len(kept) + len(new) <= MOST_SECTIONS else kept)
    return SectionRule(rule, _named(rule, categories, is_stated=is_stated))


def _chosen(used: tuple[str, ...], categories: Categories) -> tuple[str, ...]:
    if len(used) <= MOST_SECTIONS:
        return used
    tops = tuple(dict.fromkeys(categories.top(slug) for slug in used))
    return tops if len(tops) <= MOST_SECTIONS else used[:A_HANDFUL]


def _named(rule: str, categories: Categories, *, is_stated: bool) -> tuple[str, ...]:
    slugs: dict[str, None] = {}
    known = dict(categories.names) | {slug: slug for slug in categories.uses if slug not in categories.names}
    for wanted in (part.strip() for part in rule.split(",")):
        if not wanted:
            continue
        matches = [
            slug for slug, name in known.items() if wanted.casefold() in (slug.casefold(), name.casefold())
        ]
        if not matches and is_stated:
            some = ", ".join(sorted(set(known.values()))[:12]) or "none"
            raise ImportRefused(
                f"{categories.source} has no category “{wanted}”; nothing was imported; --sections takes "
                f"{', '.join(RULES)} or names of categories (there are: {some})."
            )
        slugs.update(dict.fromkeys(matches))
    return tuple(slugs)


def _counts_as(slug: str, weight: Mapping[str, int], categories: Categories) -> str:
    """The section a category is, or is below."""
    return next((name for name in (slug, *categories.ancestors(slug)) if name in weight), "")


@dataclass(slots=True)
class Shelves:
    """The categories and tags of an archive, with the rule that tells sections from topics; travels to other processes."""

    categories: Categories
    tags: Mapping[str, str]  # names by slug
    rule: SectionRule = AUTO

    def shelve(
        self, slugs: Sequence[str], tags: Sequence[str] = (), *, has_primary: bool = False
    ) -> tuple[str, tuple[str, ...]]:
        return self.rule.shelve(slugs, self.categories, has_primary=has_primary, tags=tags)

    def name(self, key: str) -> str:
        kind, _, slug = key.partition(":")
        return self.categories.name(slug) if kind == "category" else self.tags.get(slug, slug)


class Shelved:
    """How an archive is shelved, for those whose articles name their categories and tags and nothing defines them."""

    _shelves: Shelves

    def settle_sections(self, rule: str, *, is_stated: bool) -> str:
        self._shelves.rule = decide(rule, self._shelves.categories, is_stated=is_stated)
        return self._shelves.rule.settled

    def term_keys(self) -> Iterator[str]:
        yield from (f"category:{slug}" for slug in sorted(self._shelves.categories.uses))
        yield from (f"tag:{slug}" for slug in sorted(self._shelves.tags))

    def term(self, key: str) -> DraftTerm:
        return DraftTerm(key, self._shelves.name(key), key.partition(":")[2])

    def is_default_term(self, key: str) -> bool:
        kind, _, slug = key.partition(":")
        return kind == "category" and slug in self._shelves.categories.defaults

    def all_section_keys(self) -> tuple[str, ...]:
        rule, used = self._shelves.rule, self._shelves.categories.uses
        return tuple(
            f"category:{slug}" for slug in sorted(rule.sections) if slug in used and rule.name == "all"
        )
